"""Kernels for covering problems: which sets lie within others, and the search for columns that cover every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from placement.kernels import _core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SetList(NamedTuple):
    """Sets of positions, one behind the other: set s is ``items[start[s]:start[s + 1]]``.

    Parameters
    ----------
    start : ndarray of shape (n_sets + 1,)
        Where each set begins; the last entry is the number of items.
    items : ndarray of shape (start[n_sets],)
        Positions >= 0, each at most once in a set.
    """

    start: NDArray[np.int64]
    items: NDArray[np.int64]


def mark_containment(sets: SetList, turned: SetList) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the sets that lie within another one, and those that hold another one.

    Parameters
    ----------
    sets : SetList
        What is compared.
    turned : SetList
        For each item, the sets that contain it.

    Returns
    -------
    is_within : ndarray of shape (n_sets,)
        True for a set that is part of another; of equal sets all but the first; an empty set always.
    is_holding : ndarray of shape (n_sets,)
        True for a set of which another, not empty, is part; of equal sets all but the first.

    Raises
    ------
    ValueError
        If `start` and `items` do not fit each other.

    Notes
    -----
    A set is compared only with those that contain its rarest item.

    Examples
    --------
    >>> import numpy as np
    >>> sets = SetList(np.array([0, 1, 3, 5]), np.array([0, 0, 1, 0, 1]))
    >>> turned = SetList(np.array([0, 3, 5]), np.array([0, 1, 2, 1, 2]))
    >>> [marks.tolist() for marks in mark_containment(sets, turned)]
    [[True, False, True], [False, True, True]]
    """
    is_within, is_holding = _core.containment(sets.start, sets.items, turned.start, turned.items)
    return is_within.view(bool), is_holding.view(bool)


def turn_sets(sets: SetList, n_items: int) -> SetList:
    """Return for each item the sets that contain it, ascending; in linear time.

    Parameters
    ----------
    sets : SetList
        Sets of items from 0 to ``n_items - 1``.
    n_items : int
        How many items there may be.

    Returns
    -------
    SetList
        `n_items` sets of positions of `sets`.

    Raises
    ------
    ValueError
        If `start` and `items` do not fit each other, or an item is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> start, items = turn_sets(SetList(np.array([0, 1, 3]), np.array([0, 0, 1])), 2)
    >>> start.tolist(), items.tolist()
    ([0, 2, 3], [0, 1, 1])
    """
    return SetList(*_core.turn_sets(sets.start, sets.items, n_items))


def order_by_group_and_value(group: NDArray[np.int64], n_groups: int, value: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the order of entries by their group, within a group by `value`, shape (n,), equals as they stand.

    Parameters
    ----------
    group : ndarray of shape (n,)
        From 0 to ``n_groups - 1``.
    n_groups : int
        How many groups there may be.
    value : ndarray of shape (n,)
        No NaN among them.

    Returns
    -------
    ndarray of shape (n,)
        Positions.

    Raises
    ------
    ValueError
        If a group is out of range, or groups and values differ in number.

    Examples
    --------
    >>> import numpy as np
    >>> order_by_group_and_value(np.array([1, 0, 1, 0]), 2, np.array([5.0, 9.0, 3.0, 9.0])).tolist()
    [1, 3, 2, 0]
    """
    return _core.order_by_group_and_value(group, n_groups, value)


class CoverSearch:
    """A search for p columns that cover every row as often as it needs, by swaps that mind the rows which are hard to cover.

    Parameters
    ----------
    columns : SetList
        The rows of each column. Where lists are narrowed later, entries that go first stand last.
    rows : SetList
        The columns of each row.
    need : ndarray of shape (n_rows,)
        How many columns each row wants.
    p : int
        How many columns to choose.
    seed : int
        Random stream, 0 to 2**64 - 1.

    Notes
    -----
    A step draws a row that lacks a column and makes the best swap that brings it one, by the weight of the rows left lacking;
    neither partner of the last swap moves back at once. When the best swap does not help, every row that lacks a column gains
    weight 1. Costs and gains of all columns are kept up to date, so that a step costs about (columns of a row) x (rows of a
    column + p).

    References
    ----------
    Q. Zhang, Z. Lu, Z. Su, C. Li, Y. Fang, F. Ma, "Vertex weighting-based tabu search for p-center problem", IJCAI 2020,
    section 3; here a row may need more than one column, and lists narrow in place.

    Examples
    --------
    >>> import numpy as np
    >>> columns = SetList(np.array([0, 1, 3, 4]), np.array([0, 0, 1, 2]))
    >>> rows = SetList(np.array([0, 2, 3, 4]), np.array([0, 1, 1, 2]))
    >>> search = CoverSearch(columns, rows, np.ones(3, dtype=np.int64), 2, 0)
    >>> search.run(10), sorted(search.chosen.tolist()), search.shortage
    (0, [1, 2], 0)
    """

    def __init__(self, columns: SetList, rows: SetList, need: NDArray[np.int64], p: int, seed: int) -> None:
        self._search = _core.CoverSearch(*columns, *rows, need, p, seed)

    def start_from(self, chosen: NDArray[np.int64]) -> None:
        """Begin from these columns; greedily more or fewer of them until they are p."""
        self._search.start_from(chosen)

    def narrow(self, column_end: NDArray[np.int64], row_end: NDArray[np.int64], need: NDArray[np.int64]) -> None:
        """Keep only the entries before these ends, set what rows need, and begin from what is chosen."""
        self._search.narrow(column_end, row_end, need)

    def run(self, n_steps: int) -> int:
        """Make up to `n_steps` swaps, fewer when every row is covered; return how many."""
        return self._search.run(n_steps)

    @property
    def shortage(self) -> int:
        """How many columns all rows lack together."""
        return self._search.shortage()

    @property
    def chosen(self) -> NDArray[np.int64]:
        """The columns that are open now."""
        return self._search.chosen()

    @property
    def best(self) -> NDArray[np.int64]:
        """The columns that left the smallest shortage since the last start."""
        return self._search.best()

    @property
    def weight(self) -> NDArray[np.int64]:
        """What each row weighs now: 1 and more for rows that stayed uncovered, shape (n_rows,)."""
        return self._search.weight()
