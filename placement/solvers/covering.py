"""Choice among columns: few that cover all rows, or p that cover the most weight; with what was proven about it.

Columns are sets of rows (demand points) that one device would cover. The room knows nothing of distances: on candidate sites a
column is a site, in the plane a disc.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_proof import refute
from placement.bounds.cover_tree import CoverTree
from placement.bounds.weight_proof import WeightLimit, limit_weight
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch


class Covered(NamedTuple):
    """The best choice that a search found.

    Parameters
    ----------
    chosen : ndarray
        At most p columns, ascending.
    uncovered_rows : ndarray
        The rows that none of them covers; empty for a cover.
    row_weight : ndarray of shape (n_rows,)
        How hard each row was to cover: 1 plus how often it was left over.
    """

    chosen: IntArray
    uncovered_rows: IntArray
    row_weight: IntArray


def cover_within(
    columns: Columns, p: int, *, rng: np.random.Generator, work: int, watch: Watch, start: IntArray | None = None
) -> Covered:
    """Look for p columns that cover all rows, by swaps that mind the rows which are hard to cover.

    Parameters
    ----------
    columns : Columns
        What may be chosen; every row has at least one column.
    p : int
        How many at most, >= 0.
    rng : Generator
        Source of ties.
    work : int
        Swaps at most.
    watch : Watch
        May stop the search.
    start : ndarray, optional
        Columns to begin with; more or fewer than p will do. A greedy choice without.

    Returns
    -------
    Covered
        The choice with the fewest rows left over that was met.

    References
    ----------
    Q. Zhang, Z. Lu, Z. Su, C. Li, Y. Fang, F. Ma, "Vertex weighting-based tabu search for p-center problem", IJCAI 2020, section 3.
    """
    by_row = columns.turned()
    weight = np.ones(columns.n_rows, dtype=np.intp)
    chosen = list(greedy(columns, p) if start is None else start[:p])
    best = list(chosen)
    last = -1
    for _ in range(work):
        counts = columns.counts(np.array(chosen, dtype=np.intp))
        left = np.flatnonzero(counts == 0)
        if len(left) < columns.n_rows - np.count_nonzero(columns.counts(np.array(best, dtype=np.intp))):
            best = list(chosen)
        if len(left) == 0 or p == 0 or watch.stop_reason() is not None:
            break
        weight[left] += 1
        row = int(rng.choice(left))
        chosen.append(int(rng.choice(by_row.rows_of(row))))
        if len(chosen) > p:
            lost = columns.sums(np.where(columns.counts(np.array(chosen)) == 1, weight, 0).astype(float))[chosen]
            lost[-1] = np.inf
            lost[[k == last for k in chosen]] = np.inf
            last = chosen[-1]
            del chosen[int(lost.argmin())]
    found = np.unique(np.array(best, dtype=np.intp))
    return Covered(found, np.flatnonzero(columns.counts(found) == 0), weight)


def greedy(columns: Columns, p: int, weight: FloatArray | None = None) -> IntArray:
    """Return up to p columns, each the one that covers most (weight) of what is left; ties to the first."""
    left = np.ones(columns.n_rows) if weight is None else weight.astype(float)
    chosen: list[int] = []
    while len(chosen) < p:
        worth = columns.sums(left)
        if worth.max(initial=0.0) <= 0:
            break
        chosen.append(int(worth.argmax()))
        left = left.copy()
        left[columns.rows_of(chosen[-1])] = 0.0
    return np.array(chosen, dtype=np.intp)


class Fewest(NamedTuple):
    """A cover and how few columns can do; `rows` and `tree` prove `bound` as in `Refutation`."""

    chosen: IntArray
    bound: int
    rows: IntArray
    tree: CoverTree


def fewest(
    columns: Columns, *, rng: np.random.Generator, search_work: int, proof_work: int, watch: Watch, upper: IntArray | None = None
) -> Fewest:
    """Cover all rows with as few columns as possible.

    Parameters
    ----------
    columns : Columns
        What may be chosen; every row has at least one column.
    rng : Generator
        Source of ties.
    search_work, proof_work : int
        Swaps for each number of columns tried, and simplex steps for each proof.
    watch : Watch
        May stop search and proof; the best cover and bound so far come back.
    upper : ndarray, optional
        A cover that is known.

    Returns
    -------
    Fewest
        The cover, and a number below which none exists.
    """
    chosen = greedy(columns, columns.n_rows) if upper is None else upper
    while len(chosen):
        found = cover_within(columns, len(chosen) - 1, rng=rng, work=search_work, watch=watch, start=chosen)
        if len(found.uncovered_rows) == 0:
            chosen = found.chosen
            continue
        proof = refute(columns, len(chosen) - 1, work=proof_work, watch=watch)
        if proof.status != "coverable":
            return Fewest(chosen, int(np.ceil(proof.lower - 1e-6)), proof.rows, proof.tree)
        chosen = proof.chosen
    return Fewest(chosen, 0, np.empty(0, dtype=np.intp), {"duals": []})


def most_weight(
    columns: Columns, weight: FloatArray, p: int, *, gap: float, proof_work: int, watch: Watch, start: IntArray | None = None
) -> WeightLimit:
    """Choose p columns that cover as much weight as possible.

    Parameters
    ----------
    columns : Columns
        What may be chosen.
    weight : ndarray of shape (n_rows,)
        Of the rows, > 0.
    p : int
        How many columns, >= 1.
    gap : float
        How close the bound has to come, as a share of the value.
    proof_work : int
        Simplex steps at most.
    watch : Watch
        May stop it.
    start : ndarray, optional
        A choice to begin with; the greedy one without.

    Returns
    -------
    WeightLimit
        The best choice, its value, the bound and its proof.
    """
    chosen = greedy(columns, p, weight) if start is None else start
    return limit_weight(columns, weight, p, chosen=chosen, gap=gap, work=proof_work, watch=watch)
