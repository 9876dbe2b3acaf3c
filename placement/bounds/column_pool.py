"""The columns of column generation: distinct sets of points, what serving each costs from its best place, and that place."""

from __future__ import annotations

import numpy as np

from placement.core.types import FloatArray, IntArray
from placement.kernels import PointSets


def take_sets(sets: PointSets, index: IntArray) -> PointSets:
    """Return the sets at these positions, in this order.

    Examples
    --------
    >>> sets = PointSets(np.array([0, 2, 3]), np.array([4, 7, 5]))
    >>> [part.tolist() for part in take_sets(sets, np.array([1, 0]))]
    [[0, 1, 3], [5, 4, 7]]
    """
    size = np.diff(sets.start)[index]
    start = np.concatenate(([0], np.cumsum(size)))
    offset = np.repeat(sets.start[:-1][index] - start[:-1], size)
    return PointSets(start, sets.member[np.arange(start[-1]) + offset])


def join_sets(parts: list[PointSets]) -> PointSets:
    """Return the sets of all parts, one part behind the other."""
    sizes = np.concatenate([np.diff(part.start) for part in parts])
    return PointSets(np.concatenate(([0], np.cumsum(sizes))), np.concatenate([part.member for part in parts]))


CHEAPER = 1e-9
"""A known set that costs less by this share than before is a column of its own: places of medians are found step by step."""


class ColumnPool:
    """All columns found so far, none twice unless a better place was found for it.

    Attributes
    ----------
    sets : PointSets
        s sets, none empty.
    cost : ndarray of shape (s,)
        What serving each costs.
    xy : ndarray of shape (s, 2)
        From where.

    Examples
    --------
    >>> pool = ColumnPool()
    >>> sets = PointSets(np.array([0, 2, 3, 5]), np.array([0, 1, 1, 0, 1]))
    >>> pool.add(sets, np.array([1.0, 0.0, 1.0]), np.zeros((3, 2))).tolist()
    [0, 1]
    >>> pool.gains(np.array([2.0, 3.0])).tolist()
    [4.0, 3.0]
    """

    def __init__(self) -> None:
        self.sets = PointSets(np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int64))
        self.cost: FloatArray = np.empty(0)
        self.xy: FloatArray = np.empty((0, 2))
        self._known: dict[bytes, float] = {}

    def add(self, sets: PointSets, cost: FloatArray, xy: FloatArray) -> IntArray:
        """Add the sets that are new, or cheaper than known, and not empty; return the positions that they got."""
        fresh = np.array([k for k in range(len(cost)) if self._is_new(sets, k, float(cost[k]))], dtype=np.intp)
        first = len(self.cost)
        if len(fresh):
            self.sets = join_sets([self.sets, take_sets(sets, fresh)])
            self.cost = np.concatenate([self.cost, cost[fresh]])
            self.xy = np.vstack([self.xy, xy[fresh]])
        return np.arange(first, first + len(fresh))

    def gains(self, multipliers: FloatArray) -> FloatArray:
        """Return ``sum_{i in S} u_i - c_S`` of every column, shape (s,)."""
        worth = np.concatenate(([0.0], np.cumsum(multipliers[self.sets.member])))
        return np.asarray(worth[self.sets.start[1:]] - worth[self.sets.start[:-1]] - self.cost)

    def _is_new(self, sets: PointSets, k: int, cost: float) -> bool:
        members = sets.member[sets.start[k] : sets.start[k + 1]]
        key = members.tobytes()
        if len(members) == 0 or (key in self._known and not cost < self._known[key] * (1.0 - CHEAPER)):
            return False
        self._known[key] = cost
        return True


def distinct(sets: PointSets) -> IntArray:
    """Return the positions of the sets that are not empty and differ from all before.

    Examples
    --------
    >>> distinct(PointSets(np.array([0, 1, 2, 2, 3]), np.array([4, 4, 5]))).tolist()
    [0, 3]
    """
    first: dict[bytes, int] = {}
    for k in range(len(sets.start) - 1):
        first.setdefault(sets.member[sets.start[k] : sets.start[k + 1]].tobytes(), k)
    first.pop(b"", None)
    return np.array(sorted(first.values()), dtype=np.intp)
