"""From geometries to paths."""

from __future__ import annotations

import numpy as np
import shapely

from placement.view.outlines import area_path, line_path


def test_holes_stay_empty_whatever_the_winding():
    """Rings and holes wind in opposite ways, whatever the order of their corners: a fill leaves the hole out."""
    outer, hole = shapely.box(0, 0, 10, 10), shapely.box(4, 4, 6, 6)
    for inner in (hole.exterior.coords, list(hole.exterior.coords)[::-1]):
        path = area_path(shapely.Polygon(outer.exterior.coords, [inner]))
        rings = [shapely.LinearRing(ring) for ring in path.to_polygons(closed_only=True)]
        signed = [shapely.Polygon(ring).area * (1 if ring.is_ccw else -1) for ring in rings]
        assert sorted(signed) == [-4.0, 100.0]


def test_all_parts_of_a_collection_are_drawn():
    """Polygons of a nested collection are areas; its lines are lines."""
    mixed = shapely.GeometryCollection(
        [shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]), shapely.LineString([(0, 9), (9, 9)])]
    )
    assert area_path(mixed).contains_points([[0.5, 0.5], [5.5, 5.5], [3, 3]]).tolist() == [True, True, False]
    assert np.array_equal(line_path(shapely.LineString([(0, 9), (9, 9)])).vertices, [[0, 9], [9, 9]])


def test_nothing_gives_no_path():
    """Empty geometries draw nothing."""
    assert area_path(shapely.Polygon()) is None
    assert line_path(shapely.MultiLineString()) is None
