"""Among plans that serve everybody within a radius, towards a smaller mean distance: swaps of one site for another while they help."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.core.types import FloatArray, IntArray
from placement.progress import Watch
from placement.solvers.reach import Reach


class _Ranked(NamedTuple):
    """For each row: its nearest open site (p for a fixed device), what it costs, and what the next one costs."""

    owner: IntArray
    first: FloatArray
    second: FloatArray


def lower_mean(near: Reach, fixed: FloatArray, weight: FloatArray, chosen: IntArray, watch: Watch) -> IntArray:
    """Swap sites while that lowers ``sum_i w_i c_i`` and leaves nobody without a site in reach.

    Parameters
    ----------
    near : Reach
        The pairs within the radius; each row's cost ``c_i`` is that of its cheapest pair with an open site.
    fixed : ndarray of shape (n_rows,)
        What each row costs from a fixed device; more than the radius counts as out of reach.
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
    columns = near.columns
    entry_site, entry_row = columns.column_of_entry, columns.rows
    # A row without any site costs more than all rows together can save.
    lost = 4.0 * (columns.n_rows + 1) * max(1.0, float((weight.max() * near.cost).max(initial=0.0)))
    served = np.minimum(weight * np.where(np.isfinite(fixed), fixed, 0.0), lost)
    served = np.where(fixed <= near.cost.max(initial=0.0), served, lost)
    cost = weight[entry_row] * near.cost
    while watch.stop_reason() is None:
        ranked = _rank(near, served, cost, chosen, lost)
        change = _swap_changes(columns.m, len(chosen), ranked, (entry_site, entry_row, cost))
        change[:, chosen] = np.inf
        place, site = np.unravel_index(int(change.argmin()), change.shape)
        if not change[place, site] < -1e-9 * max(float(ranked.first.sum()), 1e-300):
            break
        chosen = np.sort(np.append(np.delete(chosen, place), site))
    return chosen


def _rank(near: Reach, served: FloatArray, cost: FloatArray, chosen: IntArray, lost: float) -> _Ranked:
    first, second = served.copy(), np.full(len(served), lost)
    owner = np.full(len(served), len(chosen))
    for place, site in enumerate(chosen):
        entries = slice(near.columns.start[site], near.columns.start[site + 1])
        rows, own = near.columns.rows[entries], cost[entries]
        is_nearer = own < first[rows]
        second[rows] = np.minimum(second[rows], np.maximum(own, first[rows]))
        owner[rows[is_nearer]] = place
        first[rows] = np.minimum(own, first[rows])
    return _Ranked(owner, first, second)


def _swap_changes(m: int, p: int, ranked: _Ranked, entries: tuple[IntArray, IntArray, FloatArray]) -> FloatArray:
    """Return by how much each swap (close the site at place r, open site j) changes the sum, shape (p, m).

    Opening j saves ``max(0, first - c)``; closing r costs ``second - first`` for the rows that it serves, less what j then spares
    them.
    """
    site, row, cost = entries
    saved = np.bincount(site, weights=np.maximum(ranked.first[row] - cost, 0.0), minlength=m)
    is_owned = ranked.owner < p
    closing = np.bincount(ranked.owner[is_owned], weights=(ranked.second - ranked.first)[is_owned], minlength=p)
    spared = np.maximum(ranked.second[row] - np.maximum(cost, ranked.first[row]), 0.0)
    is_useful = (spared > 0) & is_owned[row]
    index = ranked.owner[row[is_useful]] * m + site[is_useful]
    both = np.bincount(index, weights=spared[is_useful], minlength=p * m).reshape(p, m)
    return closing[:, None] - saved[None, :] - both
