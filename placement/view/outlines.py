"""From shapely geometries to the one path that draws them all, and places relative to a corner of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from matplotlib.transforms import Transform
    from shapely.geometry.base import BaseGeometry

    from placement.core.types import FloatArray


def area_path(geometry: BaseGeometry) -> Path | None:
    """Return one path of all polygons in `geometry`, holes wound the other way so that they stay empty; None if none."""
    import shapely

    parts = shapely.get_parts(shapely.get_parts(geometry))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    rings = shapely.get_rings(shapely.orient_polygons(polygons))
    return _joined(rings, is_closed=True)


def line_path(geometry: BaseGeometry) -> Path | None:
    """Return one path of all lines in `geometry`, outlines of polygons included; None when there are none."""
    import shapely

    parts = shapely.get_parts(shapely.get_parts(geometry))
    kind = shapely.get_type_id(parts)
    is_area = kind == shapely.GeometryType.POLYGON
    is_line = (kind == shapely.GeometryType.LINESTRING) | (kind == shapely.GeometryType.LINEARRING)
    return _joined(np.concatenate([parts[is_line], shapely.get_rings(parts[is_area])]), is_closed=False)


def ring_path(corners: FloatArray) -> Path:
    """Return the closed path through `corners`, shape (k, 2)."""
    from matplotlib.path import Path

    return Path(np.concatenate([corners, corners[:1]]), closed=True)


def points_from(axes: Axes, corner: tuple[float, float]) -> Transform:
    """Return the transform from points (1/72 inch) right of and above a corner of the map, (0, 0) being bottom left."""
    from matplotlib.transforms import Affine2D, ScaledTranslation

    at_corner = ScaledTranslation(*corner, cast("Affine2D", axes.transAxes))
    return Affine2D().scale(1 / 72) + _root(axes).dpi_scale_trans + at_corner


def to_points(axes: Axes, xy: FloatArray) -> FloatArray:
    """Return where planning coordinates (n, 2) [m] lie on the paper [points]."""
    return np.asarray(axes.transData.transform(xy)) * 72 / _root(axes).dpi


def from_points(axes: Axes, xy: FloatArray) -> FloatArray:
    """Return the planning coordinates (n, 2) [m] of places on the paper [points]."""
    return np.asarray(axes.transData.inverted().transform(xy * _root(axes).dpi / 72))


def _root(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("the map needs axes that stand on a figure")
    return figure


def _joined(lines: object, *, is_closed: bool) -> Path | None:
    import shapely
    from matplotlib.path import Path

    xy, line_index = shapely.get_coordinates(lines, return_index=True)
    if len(xy) == 0:
        return None
    starts = np.flatnonzero(np.diff(line_index, prepend=-1))
    codes = np.full(len(xy), Path.LINETO, dtype=np.uint8)
    codes[starts] = Path.MOVETO
    if is_closed:
        codes[np.append(starts[1:], len(xy)) - 1] = Path.CLOSEPOLY
    return Path(xy, codes)
