"""Choice among columns: few that cover all rows, or p that cover the most weight; with what was proven about it.

Columns are sets of rows (demand points) that one device would cover. The room knows nothing of distances: on candidate sites a
column is a site, in the plane a disc.
"""

from __future__ import annotations

from math import ceil, log10
from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns, merged_rows
from placement.bounds.cover_proof import Refutation, refute
from placement.bounds.cover_tree import CoverTree, map_leaves
from placement.bounds.weight_proof import WeightLimit, limit_weight, tree_weight
from placement.core.problem import Effort
from placement.core.types import FloatArray, IntArray
from placement.kernels import CoverSearch
from placement.progress import Progress, Watch
from placement.solvers.swap_descent import descend

CHUNK = 1e7
"""Elementary steps between two questions whether to stop (some 20 ms)."""
OVERHEAD = 200.0
"""What a swap costs beside looking at rows and columns, in elementary steps."""
EASY_FIRST = (0.05, 1.0)
"""Parts of the work: most covers and proofs are easy."""
IN_SIGHT = 0.9
"""While a cover is made smaller, easy proofs are tried only where the last one came so close."""
NO_PROOF = Refutation("open", np.empty(0, dtype=np.intp), {"duals": []}, np.empty(0, dtype=np.intp), 0.0)
WHOLE = 1e-6
"""A bound this close above a whole number is that number."""


MANY_ROWS, MANY_STEPS = 1500, 5_000
"""With more rows, so many simplex steps of a proof at most, unless the effort is best: some take a millisecond there."""


FIRST_LOOK = 50
"""After each choice so many columns are added up anew; then it is known which others have to be."""


SWAPPED = 1.8e7
"""Entries times devices up to which what a proof came by is improved by swaps: three choices of a third of that each."""


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
    columns: Columns, p: int, *, rng: np.random.Generator, work: float, watch: Watch, start: IntArray | None = None
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
    work : float
        Elementary steps at most, some 4e8 a second; a swap takes (columns of a row) x (rows of a column + p) of them.
    watch : Watch
        May stop the search.
    start : ndarray, optional
        Columns to begin with; more or fewer than p will do. A greedy choice without.

    Returns
    -------
    Covered
        The choice with the fewest rows left over that was met; as many columns as may be.

    Examples
    --------
    >>> columns = Columns.of_matrix(np.array([[True, True, False], [False, True, False], [False, False, True]]))
    >>> cover_within(columns, 2, rng=np.random.default_rng(0), work=1e3, watch=Watch()).chosen.tolist()
    [1, 2]
    """
    by_row = columns.turned()
    need = np.ones(columns.n_rows, dtype=np.int64)
    search = CoverSearch(columns.sets, by_row.sets, need, min(p, columns.m), int(rng.integers(2**63)))
    if start is not None:
        search.start_from(start.astype(np.int64))
    entries = len(columns.rows)
    step_cost = entries / max(1, columns.n_rows) * (entries / max(1, columns.m) + p) + OVERHEAD
    spent = 0.0
    while search.shortage and spent < work and watch.stop_reason() is None:
        chunk = max(1, int(min(CHUNK, work - spent) / step_cost))
        search.run(chunk)
        spent += chunk * step_cost
    chosen = np.sort(search.best)
    return Covered(chosen, np.flatnonzero(columns.counts(chosen) == 0), search.weight)


def proof_steps(n_steps: int, n_rows: int, effort: Effort, most: int = MANY_STEPS) -> int:
    """Return how many of the simplex steps that an effort allows a proof about so many rows gets: `most` when they are many.

    Examples
    --------
    >>> proof_steps(50_000, 1000, "good"), proof_steps(50_000, 3000, "good"), proof_steps(50_000, 3000, "best")
    (50000, 5000, 50000)
    """
    return min(n_steps, most) if n_rows > MANY_ROWS and effort != "best" else n_steps


def greedy(columns: Columns, p: int, weight: FloatArray | None = None) -> IntArray:
    """Return up to p columns, each the one that covers most (weight) of what is left; ties to the first."""
    left = np.ones(columns.n_rows) if weight is None else weight.astype(float)
    worth, chosen = columns.sums(left), list[int]()
    while len(chosen) < p and worth.max(initial=0.0) > 0:
        chosen.append(int(worth.argmax()))
        left[columns.rows_of(chosen[-1])] = 0.0
        _refresh_best(columns, left, worth)
    return np.array(chosen, dtype=np.intp)


def _refresh_best(columns: Columns, left: FloatArray, worth: FloatArray) -> None:
    """Put right, in place, what the best columns are worth: it only falls, so what was worth less before is not the best."""
    first = np.argpartition(-worth, min(FIRST_LOOK, columns.m) - 1)[:FIRST_LOOK]
    worth[first] = columns.take(first).sums(left)
    rest = np.setdiff1d(np.flatnonzero(worth >= worth[first].max()), first)
    if len(rest) > FIRST_LOOK + columns.m // 4:
        worth[:] = columns.sums(left)
    else:
        worth[rest] = columns.take(rest).sums(left)


def filled(chosen: IntArray, p: int, m: int) -> IntArray:
    """Return the chosen columns and the first others up to p of m, ascending."""
    others = np.setdiff1d(np.arange(m), chosen)
    return np.sort(np.append(chosen, others[: p - len(chosen)]))


class Fewest(NamedTuple):
    """A cover and how few columns can do; `rows` and `tree` prove `bound` as in `Refutation`."""

    chosen: IntArray
    bound: int
    rows: IntArray
    tree: CoverTree


def fewest(
    columns: Columns,
    *,
    rng: np.random.Generator,
    search_work: float,
    proof_work: int,
    watch: Watch,
    upper: IntArray | None = None,
) -> Fewest:
    """Cover all rows with as few columns as possible.

    Parameters
    ----------
    columns : Columns
        What may be chosen; every row has at least one column.
    rng : Generator
        Source of ties.
    search_work, proof_work : int
        Elementary steps of the search for each number of columns, and simplex steps of the proof.
    watch : Watch
        May stop search and proof; the best cover and bound so far come back.
    upper : ndarray, optional
        A cover that is known.

    Returns
    -------
    Fewest
        The cover, and a number below which none exists.

    Examples
    --------
    >>> apart, rng = Columns.of_matrix(np.eye(3, dtype=bool)), np.random.default_rng(0)
    >>> found = fewest(apart, rng=rng, search_work=1e3, proof_work=100, watch=Watch())
    >>> found.chosen.tolist(), found.bound
    ([0, 1, 2], 3)
    """
    chosen, known = greedy(columns, columns.m) if upper is None else upper, np.inf
    while True:
        watch.report(Progress("covering with fewer", 0, 1, float(len(chosen))))
        for part in EASY_FIRST:
            # A proof that fell far short before does no better this time.
            steps = int(part * proof_work) if part == 1.0 or known > IN_SIGHT * (len(chosen) - 1) else -1
            fewer, proof = _one_less(columns, chosen, rng, (part * search_work, steps), watch)
            known = known if proof is NO_PROOF else proof.lower
            if fewer is not None or proof.status == "refuted" or (proof is not NO_PROOF and watch.stop_reason() is not None):
                break
        if fewer is None:
            return Fewest(chosen, ceil(proof.lower - WHOLE), proof.rows, proof.tree)
        chosen = fewer


def _one_less(
    columns: Columns, chosen: IntArray, rng: np.random.Generator, work: tuple[float, int], watch: Watch
) -> tuple[IntArray | None, Refutation]:
    """Return a cover of one column less than `chosen`, or what could be proven about it; nothing is with less than 0 steps."""
    p = len(chosen) - 1
    hardest = None
    if watch.stop_reason() is None:
        found = cover_within(columns, p, rng=rng, work=work[0], watch=watch, start=chosen)
        if len(found.uncovered_rows) == 0:
            return found.chosen, NO_PROOF
        hardest = np.argsort(-found.row_weight, kind="stable")
        if work[1] < 0:
            return None, NO_PROOF
    proof = refute(columns, p, work=work[1], watch=watch, first_rows=hardest)
    return (proof.chosen if proof.status == "coverable" else None), proof


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
        Simplex steps at most; where these are too few for one linear program, a short descent bounds the weight instead.
    watch : Watch
        May stop it.
    start : ndarray, optional
        A choice to begin with; the greedy one without.

    Returns
    -------
    WeightLimit
        The best choice, its value, the bound and its proof.

    Notes
    -----
    Rows with the same columns are one until the end: a row's dual is its share, by weight, of the merged one's.

    Examples
    --------
    >>> apart = Columns.of_matrix(np.eye(3, dtype=bool))
    >>> found = most_weight(apart, np.array([5.0, 3.0, 1.0]), 2, gap=0.0, proof_work=100, watch=Watch())
    >>> found.chosen.tolist(), found.value, round(found.bound, 6)
    ([0, 1], 8.0, 8.0)
    """
    group = merged_rows(columns) if watch.stop_reason() is None else np.arange(columns.n_rows)
    first = np.unique(group, return_index=True)[1]
    merged, total = columns.on_rows(first), np.bincount(group, weights=weight).astype(np.float64)
    chosen = greedy(merged, p, total) if start is None else start
    chosen = descend(merged, np.zeros(len(merged.rows)), total, chosen, watch)
    limit = limit_weight(merged, total, p, chosen=chosen, gap=gap, work=proof_work, watch=watch)
    for met in limit.met[: int(SWAPPED / (len(merged.rows) * p + 1))]:
        better = descend(merged, np.zeros(len(merged.rows)), total, met, watch)
        value = float(total[merged.counts(better) > 0].sum())
        limit = limit._replace(chosen=np.sort(better), value=value) if value > limit.value else limit
    part, digits = weight / total[group], 9 - ceil(log10(float(weight.max(initial=1.0))))

    def shared(leaf: CoverTree) -> CoverTree:
        duals = np.round(np.array(leaf["duals"])[group] * part, digits)
        return {"duals": np.minimum(duals, weight).tolist()}

    tree = map_leaves(limit.tree, shared)
    return limit._replace(tree=tree, bound=max(limit.value, tree_weight(columns, weight, p, tree)))
