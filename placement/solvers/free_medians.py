"""Best places for single devices under p_median when not every place is free.

The sum of weighted distances ``f(x) = sum w |x - a|`` is convex. When its minimum, the median, is free, it is the answer. When
it is not, no inner point of the free space is better than all its neighbours, so the best free place lies on the edge
of the free space: on one of its segments, along each of which f is convex again.
"""

from __future__ import annotations

import numpy as np

from placement.core.domain import Domain
from placement.core.types import FloatArray

GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
GOLDEN_STEPS = 60
"""A segment shrinks to 3e-13 of its length."""
MOST_ENTRIES = 1 << 21
"""Segments times points handled at once."""


class FreeMedians:
    """The edge of a free space, ready to be searched.

    Parameters
    ----------
    domain : Domain
        With a free space that is not the whole plane.
    origin : ndarray of shape (2,)
        Where coordinates are counted from [m].
    """

    def __init__(self, domain: Domain, origin: FloatArray) -> None:
        import shapely

        self._domain, self._origin = domain, origin
        rings = shapely.get_parts(shapely.get_rings(shapely.get_parts(domain.free)))
        corners = [shapely.get_coordinates(ring) - origin for ring in rings]
        self._start = np.vstack([ring[:-1] for ring in corners])
        self._end = np.vstack([ring[1:] for ring in corners])

    def contains(self, xy: FloatArray) -> bool:
        """Tell whether a place, shape (2,), is free."""
        return bool(self._domain.contains((xy + self._origin)[None])[0])

    def project(self, xy: FloatArray) -> FloatArray:
        """Return the free places nearest to those of shape (k, 2)."""
        return self._domain.nearest_free(xy + self._origin) - self._origin

    def best_on_edge(self, xy: FloatArray, weight: FloatArray, median: FloatArray) -> FloatArray:
        """Return the best place on the edge of the free space for weighted points whose median is not free.

        Parameters
        ----------
        xy, weight : ndarray of shape (m, 2) and (m,)
            Who is served.
        median : ndarray of shape (2,)
            Their weighted median.

        Returns
        -------
        ndarray of shape (2,)
            The best of all segments; each is left out whose tangent at the middle stays above the projected median.
        """
        projected = self.project(median[None])
        best, value = projected[0], float(_sum_of_distances(projected, xy, weight)[0])
        step = max(1, MOST_ENTRIES // len(xy))
        for first in range(0, len(self._start), step):
            start, end = self._start[first : first + step], self._end[first : first + step]
            near = np.flatnonzero(_least_on_segments(start, end, xy, weight) < value)
            if len(near) == 0:
                continue
            places = _golden_section(start[near], end[near], xy, weight)
            values = _sum_of_distances(places, xy, weight)
            if values.min() < value:
                best, value = places[values.argmin()], float(values.min())
        return np.asarray(best)


def _sum_of_distances(places: FloatArray, xy: FloatArray, weight: FloatArray) -> FloatArray:
    return np.asarray((weight * np.hypot(places[:, None, 0] - xy[:, 0], places[:, None, 1] - xy[:, 1])).sum(axis=1))


def _least_on_segments(start: FloatArray, end: FloatArray, xy: FloatArray, weight: FloatArray) -> FloatArray:
    """Return a lower bound of the sum along each segment: its tangent at the middle."""
    middle, half = (start + end) / 2, (end - start) / 2
    away = middle[:, None, :] - xy[None, :, :]
    distance = np.hypot(away[..., 0], away[..., 1])
    pull = np.divide(weight, distance, out=np.zeros_like(distance), where=distance > 0)
    slope = (pull[..., None] * away).sum(axis=1)
    return np.asarray((weight * distance).sum(axis=1) - np.abs((slope * half).sum(axis=1)))


def _golden_section(start: FloatArray, end: FloatArray, xy: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the best place on each segment, shape (s, 2); the sum is convex along it."""
    low, high = np.zeros(len(start)), np.ones(len(start))

    def at(share: FloatArray) -> FloatArray:
        return _sum_of_distances(start + share[:, None] * (end - start), xy, weight)

    for _ in range(GOLDEN_STEPS):
        lower, upper = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        is_left = at(lower) < at(upper)
        low, high = np.where(is_left, low, lower), np.where(is_left, upper, high)
    ends = np.stack([low, high, np.zeros_like(low), np.ones_like(low)])
    values = np.stack([at(share) for share in ends])
    share = ends[values.argmin(axis=0), np.arange(len(low))]
    return np.asarray(start + share[:, None] * (end - start))
