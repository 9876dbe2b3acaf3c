"""Which part of the world a map shows, and the round edges of the area whose coverage it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from placement.core import Result
    from placement.core.types import BoolArray, FloatArray

MARGIN = 0.05
"""White around the data, as a share of its longer side."""

NARROWEST, WIDEST = 0.72, 2.3
"""Width over height of a map; beyond, the shorter side shows more of the surroundings."""

SINGLE_POINT_M = 10.0
"""Side of a map of one place without a radius [m]."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A box in the planning frame [m]."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """East less west [m]."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """North less south [m]."""
        return self.north - self.south


def map_extent(result: Result) -> Extent:
    """Return what the map of `result` shows: everything given, a margin, and a shape that fits a page.

    A single place gets a box as wide as four requirement radii, or `SINGLE_POINT_M`; points on a line get the
    width that `NARROWEST` and `WIDEST` ask for.
    """
    xy = _everything(result)
    low, high = xy.min(axis=0), xy.max(axis=0)
    side = float((high - low).max())
    middle = (low + high) / 2
    width, height = high - low + 2 * MARGIN * side if side else np.full(2, _lonely_side(result))
    if width / height > WIDEST:
        height = width / WIDEST
    elif width / height < NARROWEST:
        width = height * NARROWEST
    half = np.array([width, height]) / 2
    return Extent(*(float(v) for v in (*(middle - half), *(middle + half))))


def unused_candidates(result: Result) -> BoolArray:
    """Tell which candidate sites, shape (m,), no device of the plan stands on; empty without candidates.

    Sites that share a place (one for each type of device) are used when one of them is.
    """
    candidates = result.problem.candidates
    if candidates is None:
        return np.zeros(0, dtype=bool)
    chosen = set(result.plan.device_ids)
    is_used = [name in chosen for name in candidates.ids]
    places = {tuple(xy) for xy in candidates.xy[is_used].tolist()}
    return np.array([tuple(xy) not in places for xy in candidates.xy.tolist()], dtype=bool)


def served_ring(result: Result) -> FloatArray:
    """Return the ring [m], shape (k, 2), in which a map without a floor plan tells the coverage.

    On plain coordinates it is all that the map shows; on the Earth, where the box of a city is half sea, the convex hull
    of the points, each widened to a small disc, so that a line has one as well.
    """
    extent = map_extent(result)
    if not result.problem.frame.is_geographic:
        west, south, east, north = extent.west, extent.south, extent.east, extent.north
        return np.array([[west, south], [east, south], [east, north], [west, north]])
    margin = MARGIN * max(extent.width, extent.height)
    xy = np.concatenate([result.problem.demand.xy, result.plan.device_xy])
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    discs = convex_hull(xy)[:, None] + 0.7 * margin * np.column_stack([np.cos(angle), np.sin(angle)])[None]
    return convex_hull(discs.reshape(-1, 2))


def convex_hull(xy: FloatArray) -> FloatArray:
    """Return the corners of the convex hull of points (n, 2), counter-clockwise; one or two corners when degenerate.

    References
    ----------
    A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing Letters
    9(5), 1979, doi:10.1016/0020-0190(79)90072-3.

    Examples
    --------
    >>> convex_hull(np.array([[0.0, 0], [2, 0], [1, 0.5], [0, 2], [2, 2]])).tolist()
    [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]
    """
    points = [(float(x), float(y)) for x, y in np.unique(xy, axis=0)]
    if len(points) < 3:  # noqa: PLR2004 - a hull needs three points
        return np.array(points)
    return np.array(_half_hull(points)[:-1] + _half_hull(points[::-1])[:-1])


def _half_hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) > 1:
            (ax, ay), (bx, by) = hull[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            hull.pop()
        hull.append((x, y))
    return hull


def _everything(result: Result) -> FloatArray:
    problem = result.problem
    parts = [problem.demand.xy, result.plan.device_xy]
    if problem.candidates is not None:
        parts.append(problem.candidates.xy)
    plan, forbidden = problem.domain.plan, problem.domain.forbidden
    if plan is not None:
        parts.append(np.array(plan.outline.bounds).reshape(2, 2))
    elif forbidden is not None and not forbidden.is_empty:
        parts.append(np.array(forbidden.bounds).reshape(2, 2))
    return np.concatenate(parts)


def _lonely_side(result: Result) -> float:
    radii = result.problem.radii_m
    return 4 * radii[0] if radii else SINGLE_POINT_M
