"""Columns: who would be covered by each place where a device may stand, as sets of rows.

A row is a demand point (or several that the same places cover), a column the rows within the radius of one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from placement.core.types import BoolArray, FloatArray, IntArray
from placement.kernels import SetList, mark_containment, turn_sets

FEW_ENTRIES = 100_000
"""Up to so many entries one pass costs less than finding the columns that have any."""


@dataclass(frozen=True, eq=False)
class Columns:
    """The m sets of rows, one behind the other.

    Parameters
    ----------
    n_rows : int
        Number of rows.
    start : ndarray of shape (m + 1,)
        Column j is ``rows[start[j]:start[j + 1]]``.
    rows : ndarray of shape (start[m],)
        Positions 0..n_rows-1, each at most once in a column.

    Examples
    --------
    >>> columns = Columns.of_matrix(np.array([[True, False], [True, True]]))
    >>> columns.rows_of(0).tolist(), columns.rows_of(1).tolist()
    ([0, 1], [1])
    >>> columns.sums(np.array([5.0, 2.0])).tolist()
    [7.0, 2.0]
    """

    n_rows: int
    start: IntArray
    rows: IntArray

    @property
    def m(self) -> int:
        """Number of columns."""
        return len(self.start) - 1

    @property
    def size(self) -> IntArray:
        """Number of rows of each column, shape (m,)."""
        return np.diff(self.start)

    @cached_property
    def column_of_entry(self) -> IntArray:
        """To which column each entry of `rows` belongs."""
        return np.repeat(np.arange(self.m), self.size)

    def rows_of(self, column: int) -> IntArray:
        """Return the rows of one column."""
        return self.rows[self.start[column] : self.start[column + 1]]

    def sums(self, value: FloatArray) -> FloatArray:
        """Return, for each column, the sum of `value`, shape (n_rows,), over its rows; shape (m,)."""
        if len(self.rows) <= FEW_ENTRIES:
            return np.bincount(self.column_of_entry, weights=value[self.rows], minlength=self.m).astype(np.float64)
        total = np.zeros(self.m)
        filled = np.flatnonzero(self.size)  # reduceat takes the entry itself where a column is empty
        if len(filled):
            total[filled] = np.add.reduceat(np.asarray(value, dtype=np.float64)[self.rows], self.start[filled])
        return total

    def counts(self, chosen: IntArray) -> IntArray:
        """Return by how many of the `chosen` columns each row is covered, shape (n_rows,)."""
        return np.bincount(self.take(chosen).rows, minlength=self.n_rows)

    def turned(self) -> Columns:
        """Return the columns of each row: rows and columns change places."""
        return self._turned

    @cached_property
    def _turned(self) -> Columns:
        return Columns(self.m, *turn_sets(self.sets, self.n_rows))

    def take(self, chosen: IntArray) -> Columns:
        """Return the chosen columns, in this order, over the same rows."""
        first, size = self.start[:-1][chosen], self.size[chosen]
        start = np.concatenate([[0], np.cumsum(size)]).astype(np.intp)
        entry = np.arange(start[-1]) + np.repeat(first - start[:-1], size)
        return Columns(self.n_rows, start, self.rows[entry])

    @cached_property
    def lean(self) -> tuple[IntArray, Columns]:
        """The rows that no other one makes superfluous, and the columns on these rows (see `undominated_rows`)."""
        kept = undominated_rows(self)
        return kept, self.on_rows(kept)

    @cached_property
    def undominated(self) -> tuple[IntArray, IntArray]:
        """The rows and the columns that matter (see `undominated`)."""
        return undominated(self)

    def on_rows(self, kept: IntArray) -> Columns:
        """Return all columns restricted to the rows `kept` (ascending), which become 0, 1, ..."""
        position = np.full(self.n_rows, -1)
        position[kept] = np.arange(len(kept))
        found = position[self.rows]
        is_kept = found >= 0
        start = np.concatenate([[0], np.cumsum(is_kept)])[self.start]
        return Columns(len(kept), start, found[is_kept])

    @property
    def sets(self) -> SetList:
        """What the kernels take."""
        return SetList(self.start, self.rows)

    @classmethod
    def of_matrix(cls, is_covered: BoolArray) -> Columns:
        """Return the columns of a matrix of shape (n_rows, m) that says which row each column covers."""
        column, row = np.nonzero(is_covered.T)
        start = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=is_covered.shape[1]))])
        return cls(is_covered.shape[0], start, row)


def undominated(columns: Columns) -> tuple[IntArray, IntArray]:
    """Return the rows and the columns that matter: all others are covered, or replaced, whenever these are.

    A row goes when another row's columns are all among its own; a column goes when another column covers all its rows; and again,
    until nothing goes. Of equals the first stays.

    Examples
    --------
    >>> [kept.tolist() for kept in undominated(Columns.of_matrix(np.array([[True, True], [False, True]])))]
    [[1], [1]]
    """
    rows, kept = np.arange(columns.n_rows), np.arange(columns.m)
    while True:
        turned = columns.turned()
        is_holding = mark_containment(turned.sets, columns.sets)[1]
        columns, rows = columns.on_rows(np.flatnonzero(~is_holding)), rows[~is_holding]
        is_within = mark_containment(columns.sets, columns.turned().sets)[0]
        if not is_within.any():
            return rows, kept
        columns, kept = columns.take(np.flatnonzero(~is_within)), kept[~is_within]


def undominated_rows(columns: Columns) -> IntArray:
    """Return the rows whose columns are not all and more than those of another: whoever covers these, covers all."""
    return np.flatnonzero(~mark_containment(columns.turned().sets, columns.sets)[1])


def undominated_columns(columns: Columns) -> IntArray:
    """Return the columns that no other one holds; of equals the first."""
    return np.flatnonzero(~mark_containment(columns.sets, columns.turned().sets)[0])


def merged_rows(columns: Columns) -> IntArray:
    """Return a group for each row, shape (n_rows,): rows with the same columns share one; 0, 1, ... as they first appear."""
    turned = columns.turned()
    groups: dict[bytes, int] = {}
    keys = (turned.rows_of(row).tobytes() for row in range(columns.n_rows))
    return np.array([groups.setdefault(key, len(groups)) for key in keys], dtype=np.intp)
