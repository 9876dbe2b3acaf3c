"""Geometries of a data file as the points they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from placement.core.types import FloatArray

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_POINT, _POLYGON, _MULTI_POINT, _MULTI_POLYGON = 0, 3, 4, 6


def points_of(geometries: Sequence[BaseGeometry | None]) -> tuple[FloatArray, tuple[str, ...]]:
    """Return one point for each geometry: the point itself, or the centroid of an area or a group of points.

    Parameters
    ----------
    geometries : sequence of BaseGeometry or None
        The n geometries of a file.

    Returns
    -------
    xy : ndarray of shape (n, 2)
        In the units of the geometries; nan where there is none or an empty one.
    notes : tuple of str
        How many centroids were taken.

    Raises
    ------
    ValueError
        If one is a line or a collection; the text names the first, counted from 1.

    Examples
    --------
    >>> import shapely
    >>> points_of([shapely.box(0, 0, 2, 4), None])[0].tolist()
    [[1.0, 2.0], [nan, nan]]
    """
    import shapely

    shapes = np.asarray(geometries, dtype=object)
    kinds = shapely.get_type_id(shapes)
    is_missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    is_strange = ~is_missing & ~np.isin(kinds, (_POINT, _POLYGON, _MULTI_POINT, _MULTI_POLYGON))
    if is_strange.any():
        first = int(np.flatnonzero(is_strange)[0])
        raise ValueError(f"feature {first + 1} is a {shapes[first].geom_type}; points or polygons are expected")
    xy = np.full((len(shapes), 2), np.nan)
    centres = shapely.centroid(shapes[~is_missing])
    xy[~is_missing] = np.column_stack([shapely.get_x(centres), shapely.get_y(centres)])
    n_areas = int((~is_missing & (kinds != _POINT)).sum())
    return xy, ((f"{n_areas} areas or groups of points: their centroids are used",) if n_areas else ())
