"""GeoJSON of RFC 7946, of older days, and of no day."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from placement.errors import FileFormatError
from placement.readers import read_table
from placement.readers.geojson import read_polygons

SQUARE = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """Return a feature."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def written(folder: Path, *features: Any, name: str = "data.geojson", **members: Any) -> Path:
    """Write a feature collection and return its path."""
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(features)}), encoding="utf-8")
    return path


def test_points(tmp_path: Path) -> None:
    """Points come with their properties, in order; a property that one feature lacks is None there."""
    table = read_table(
        written(tmp_path, feature("Point", [4.9, 52.3], id=1, n="a"), feature("Point", [5, 52, 7.5], id=2), name="data.json")
    )
    assert table.xy is not None
    assert table.xy.tolist() == [[4.9, 52.3], [5.0, 52.0]]
    assert table.columns == {"id": [1, 2], "n": ["a", None]}
    assert (table.crs, table.row_numbers, table.notes) == ("EPSG:4326", [1, 2], ())


def test_areas_count_at_their_centroid(tmp_path: Path) -> None:
    """An area stands for its centroid, and the reader says so."""
    table = read_table(
        written(tmp_path, feature("Polygon", SQUARE), feature("MultiPoint", [[0, 0], [4, 2]]), feature("Point", [1, 1]))
    )
    assert table.xy is not None
    assert table.xy.tolist() == [[1.0, 1.0], [2.0, 1.0], [1.0, 1.0]]
    assert table.notes == ("2 areas or groups of points: their centroids are used",)


def test_feature_without_geometry(tmp_path: Path) -> None:
    """A feature without geometry keeps its row, its position is nan."""
    table = read_table(
        written(
            tmp_path, {"type": "Feature", "properties": None, "geometry": None}, feature("Point", []), feature("Point", [1, 2])
        )
    )
    assert table.xy is not None
    assert [math.isnan(x) for x in table.xy[:, 0]] == [True, True, False]


@pytest.mark.parametrize(
    ("member", "crs"),
    [
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}, "EPSG:28992"),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG:9.1:28992"}}, "EPSG:28992"),
        ({"type": "name", "properties": {"name": "EPSG:3857"}}, "EPSG:3857"),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, "EPSG:4326"),
        (None, None),
    ],
)
def test_old_style_crs(tmp_path: Path, member: Any, crs: str | None) -> None:
    """What an older file says of its coordinate system is believed; null means unknown."""
    assert read_table(written(tmp_path, feature("Point", [1, 2]), crs=member)).crs == crs


@pytest.mark.parametrize("document", [feature("Point", [1, 2]), {"type": "Point", "coordinates": [1, 2]}])
def test_single_feature_or_geometry(tmp_path: Path, document: Any) -> None:
    """A lone feature or geometry is a table of one row."""
    path = tmp_path / "one.geojson"
    path.write_text("\ufeff" + json.dumps(document), encoding="utf-8")
    assert read_table(path).n == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            '{"type": "FeatureCollection", "features": [',
            "this is not JSON, or it is cut off: Expecting value at line 1, column 44",
        ),
        ("", "this is not JSON, or it is cut off"),
        ("[1, 2]", "this is JSON but not GeoJSON"),
        ('{"devices": []}', "this is JSON but not GeoJSON"),
        ('{"type": "FeatureCollection", "features": [3]}', "this is JSON but not GeoJSON"),
        ('{"type": "FeatureCollection", "features": [{"properties": [1]}]}', "this is JSON but not GeoJSON"),
        ('{"type": "Feature", "geometry": null, "properties": 1.5}', "this is JSON but not GeoJSON"),
        ('{"type": "Feature", "geometry": 3}', "the geometry of feature 1 is not GeoJSON"),
        ('{"type": "Feature", "geometry": {"type": "Point"}}', "the geometry of feature 1 is not GeoJSON"),
        ('{"type": "Feature", "geometry": {"type": "Pint", "coordinates": [1, 2]}}', "the geometry of feature 1 is not GeoJSON"),
        (
            '{"type": "Feature", "geometry": {"type": "Point", "coordinates": ["a", 2]}}',
            "the geometry of feature 1 is not GeoJSON",
        ),
        ('{"type": "Point", "coordinates": [NaN, 2]}', "a coordinate of feature 1 is not a finite number"),
        ('{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}', "feature 1 is a LineString; points or polygons are expected"),
        ("[" * 100_000, "this is not JSON"),
        (b'{"type": "\xff"}', "this is not JSON text in UTF-8"),
    ],
)
def test_bad_files(tmp_path: Path, content: str | bytes, words: str) -> None:
    """A file that is no GeoJSON of points or areas is refused with its name and the reason."""
    path = tmp_path / "bad.geojson"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(FileFormatError) as caught:
        read_table(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)


def test_polygons(tmp_path: Path) -> None:
    """Polygons come as rings, the outer one first; a multipolygon as several polygons."""
    hole = [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 0.5]]
    path = written(
        tmp_path, feature("Polygon", [SQUARE[0], hole]), feature("MultiPolygon", [SQUARE, [[[5, 5], [6, 5], [6, 6], [5, 5]]]])
    )
    polygons, crs = read_polygons(path)
    assert [[len(ring) for ring in rings] for rings in polygons] == [[5, 4], [5], [4]]
    assert polygons[0][1].tolist() == hole
    assert crs == "EPSG:4326"


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (feature("Point", [1, 2]), "feature 1 is a Point; polygons are expected"),
        ({"type": "Feature", "properties": {}, "geometry": None}, "feature 1 has no geometry; polygons are expected"),
        (
            feature("Polygon", [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]),
            "the polygon of feature 1 is not sound: Self-intersection",
        ),
    ],
)
def test_bad_polygons(tmp_path: Path, one: Any, words: str) -> None:
    """What is no sound polygon is refused by number."""
    with pytest.raises(FileFormatError, match=words):
        read_polygons(written(tmp_path, one))
