"""Swaps of one site for another while they lower a sum over rows that each pay for their cheapest open site."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch
from placement.solvers.reach import Reach


class _Ranked(NamedTuple):
    """For each row: the place of its cheapest open site (p for none), what it pays there, and what it would pay without it."""

    owner: IntArray
    first: FloatArray
    second: FloatArray


def descend(columns: Columns, cost: FloatArray, unserved: FloatArray, chosen: IntArray, watch: Watch) -> IntArray:
    """Make the best swap until none lowers ``sum_i min(unserved_i, min_{j open, i in j} c_ij)``.

    Parameters
    ----------
    columns : Columns
        The rows that each site can serve.
    cost : ndarray
        ``c_ij >= 0`` of each entry of `columns`.
    unserved : ndarray of shape (n_rows,)
        What a row pays without any site.
    chosen : ndarray
        The sites to begin with.
    watch : Watch
        May stop the descent.

    Returns
    -------
    ndarray
        As many sites, ascending.

    Notes
    -----
    A swap search costs O(entries + p m). Equal swaps: the first in order of place and site.

    References
    ----------
    The gains are those of M. G. C. Resende and R. F. Werneck, Ann. Oper. Res. 150 (2007) 205-230, section 3, here over pairs in
    reach only.

    Examples
    --------
    >>> columns = Columns.of_matrix(np.array([[True, False], [True, True], [False, True]]))
    >>> descend(columns, np.zeros(4), np.array([5.0, 1.0, 1.0]), np.array([1]), Watch()).tolist()
    [0]
    """
    while len(chosen) and watch.stop_reason() is None:
        ranked = _rank(columns, cost, unserved, chosen)
        change = _swap_changes(columns, cost, ranked, len(chosen))
        change[:, chosen] = np.inf
        place, site = np.unravel_index(int(change.argmin()), change.shape)
        if not change[place, site] < -1e-9 * max(float(ranked.first.sum()), 1e-300):
            break
        chosen = np.sort(np.append(np.delete(chosen, place), site))
    return chosen


def lower_mean(near: Reach, fixed: FloatArray, weight: FloatArray, chosen: IntArray, watch: Watch) -> IntArray:
    """Swap sites while that lowers ``sum_i w_i c_i`` and leaves nobody without a site in reach.

    Parameters
    ----------
    near : Reach
        The pairs within the radius; each row's cost ``c_i`` is that of its cheapest pair with an open site.
    fixed : ndarray of shape (n_rows,)
        What each row costs from a fixed device; infinite where that is out of reach.
    weight : ndarray of shape (n_rows,)
        Weights.
    chosen : ndarray
        Sites that leave nobody without.
    watch : Watch
        May stop the descent.

    Returns
    -------
    ndarray
        As many sites, ascending.
    """
    cost = weight[near.columns.rows] * near.cost
    # A row without any site pays more than all rows together can save.
    lost = 4.0 * (near.columns.n_rows + 1) * max(1.0, float(cost.max(initial=0.0)))
    unserved = np.where(np.isfinite(fixed), weight * np.where(np.isfinite(fixed), fixed, 0.0), lost)
    return descend(near.columns, cost, unserved, chosen, watch)


def _rank(columns: Columns, cost: FloatArray, unserved: FloatArray, chosen: IntArray) -> _Ranked:
    first, second = unserved.copy(), unserved.copy()
    owner = np.full(len(unserved), len(chosen))
    for place, site in enumerate(chosen):
        entries = slice(columns.start[site], columns.start[site + 1])
        rows, own = columns.rows[entries], cost[entries]
        is_nearer = own < first[rows]
        second[rows] = np.minimum(second[rows], np.maximum(own, first[rows]))
        owner[rows[is_nearer]] = place
        first[rows] = np.minimum(own, first[rows])
    return _Ranked(owner, first, second)


def _swap_changes(columns: Columns, cost: FloatArray, ranked: _Ranked, p: int) -> FloatArray:
    """Return by how much each swap (close the site at place r, open site j) changes the sum, shape (p, m).

    Opening j saves ``max(0, first - c)``; closing r costs ``second - first`` for the rows that it serves, less what j then spares
    them.
    """
    site, row, m = columns.column_of_entry, columns.rows, columns.m
    saved = np.bincount(site, weights=np.maximum(ranked.first[row] - cost, 0.0), minlength=m)
    is_owned = ranked.owner < p
    closing = np.bincount(ranked.owner[is_owned], weights=(ranked.second - ranked.first)[is_owned], minlength=p)
    spared = np.maximum(ranked.second[row] - np.maximum(cost, ranked.first[row]), 0.0)
    is_useful = (spared > 0) & is_owned[row]
    index = ranked.owner[row[is_useful]] * m + site[is_useful]
    both = np.bincount(index, weights=spared[is_useful], minlength=p * m).reshape(p, m)
    return (closing[:, None] - saved[None, :] - both).astype(np.float64)
