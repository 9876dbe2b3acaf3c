"""Covers by a mixed-integer program: rows that need several columns, and a share of the weight instead of everybody.

These bounds rest on the word of HiGHS; beside it stands what the duals of the fractional program prove to anybody. Where one
device for everybody is enough, `cover_proof` and `weight_proof` are used instead.
"""

from __future__ import annotations

from math import ceil, floor, inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.highs import quiet_highs
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

if TYPE_CHECKING:
    import highspy

FEASIBLE = 1e-6
"""By how much HiGHS may miss a row."""
ROUNDING = 1e-8
"""Share by which a claimed weight is widened."""


class Rows(NamedTuple):
    """What is to be covered: how many columns each row needs, >= 1, and what it weighs."""

    need: IntArray
    weight: FloatArray


class Solved(NamedTuple):
    """The best choice (None when none was found), and what HiGHS claims about all others."""

    chosen: IntArray | None
    bound: float


def covered_weight(columns: Columns, rows: Rows, chosen: IntArray) -> float:
    """Return the weight of the rows that have as many chosen columns as they need."""
    return float(rows.weight[columns.counts(chosen) >= rows.need].sum())


def fewest_for_weight(columns: Columns, rows: Rows, needed: float, *, nodes: int, watch: Watch) -> Solved:
    """Choose the fewest columns so that rows of at least `needed` weight have what they need.

    ``min sum_j x_j`` with ``sum_{j covers i} x_j >= need_i z_i`` and ``sum_i w_i z_i >= needed``, x and z binary.

    Parameters
    ----------
    columns : Columns
        What may be chosen.
    rows : Rows
        Needs and weights.
    needed : float
        Weight, at most that of all rows that can be served.
    nodes : int
        Nodes of the search tree at most.
    watch : Watch
        May stop it.

    Returns
    -------
    Solved
        The bound is a number of columns.
    """
    cost = np.concatenate([np.ones(columns.m), np.zeros(columns.n_rows)])
    weights = np.concatenate([np.zeros(columns.m), rows.weight])
    solved = _solve(columns, rows.need, cost, (weights, needed * (1 - 1e-12), np.inf), nodes=nodes, watch=watch)
    return solved._replace(bound=float(ceil(max(solved.bound, 0.0) - FEASIBLE)))


def most_for_need(columns: Columns, rows: Rows, p: int, *, nodes: int, watch: Watch) -> Solved:
    """Choose p columns so that the rows which have what they need weigh most.

    ``max sum_i w_i z_i`` with ``sum_{j covers i} x_j >= need_i z_i`` and ``sum_j x_j <= p``, x and z binary.

    Parameters
    ----------
    columns : Columns
        What may be chosen.
    rows : Rows
        Needs and weights.
    p : int
        How many columns.
    nodes : int
        Nodes of the search tree at most.
    watch : Watch
        May stop it.

    Returns
    -------
    Solved
        The bound is a weight.
    """
    cost = np.concatenate([np.zeros(columns.m), -rows.weight])
    counted = np.concatenate([np.ones(columns.m), np.zeros(columns.n_rows)])
    solved = _solve(columns, rows.need, cost, (counted, -np.inf, float(p)), nodes=nodes, watch=watch)
    bound = min(-solved.bound * (1 + ROUNDING), float(rows.weight.sum()))
    is_whole = bool((rows.weight == np.round(rows.weight)).all())
    return solved._replace(bound=float(floor(bound + FEASIBLE)) if is_whole else bound)


def share_duals(columns: Columns, rows: Rows, needed: float) -> FloatArray:
    """Return what each row is worth where so much weight must be covered, in weight.

    Duals of ``min sum_j x_j`` with ``sum_{j covers i} x_j >= need_i z_i``, ``sum_i w_i z_i >= needed`` and ``z_i <= 1``: those of
    the rows over that of the weight.
    """
    cost = np.concatenate([np.ones(columns.m), np.zeros(columns.n_rows)])
    weights = np.concatenate([np.zeros(columns.m), rows.weight])
    duals = _relaxed_duals(columns, rows.need, cost, (weights, needed, inf))
    return np.maximum(duals[:-1], 0.0) / duals[-1] if duals[-1] > 0 else np.zeros(columns.n_rows)


def weight_duals(columns: Columns, rows: Rows, p: int) -> FloatArray:
    """Return what each row is worth to p columns, in weight: the duals of `most_for_need` with fractions."""
    cost = np.concatenate([np.zeros(columns.m), -rows.weight])
    counted = np.concatenate([np.ones(columns.m), np.zeros(columns.n_rows)])
    return np.maximum(_relaxed_duals(columns, rows.need, cost, (counted, -inf, float(p)))[:-1], 0.0)


def uncovered_weight(columns: Columns, rows: Rows, duals: FloatArray) -> FloatArray:
    """Return the weight that 0, 1, ..., m columns leave uncovered at least.

    ``sum_i min(w_i, need_i u_i)`` less the largest ``sum_{i in j} u_i``, with ``u_i <= w_i``.

    Examples
    --------
    >>> apart = Columns.of_matrix(np.eye(3, dtype=bool))
    >>> uncovered_weight(apart, Rows(np.ones(3, dtype=int), np.array([5.0, 3.0, 1.0])), np.array([5.0, 3.0, 1.0])).tolist()
    [9.0, 4.0, 1.0, 0.0]
    """
    u = np.minimum(duals, rows.weight)
    earned = np.cumsum(np.sort(columns.sums(u))[::-1])
    return np.asarray(np.minimum(rows.need * u, rows.weight).sum() - np.concatenate([[0.0], earned]))


def weight_for_need(columns: Columns, rows: Rows, duals: FloatArray, p: int) -> float:
    """Return the weight that p columns cover at most, a little widened."""
    left = uncovered_weight(columns, rows, duals)[min(p, columns.m)]
    return float(rows.weight.sum() - max(left, 0.0)) * (1 + ROUNDING)


def devices_for_share(columns: Columns, rows: Rows, needed: float, duals: FloatArray) -> int:
    """Return how many columns it takes at least to cover `needed` weight.

    Examples
    --------
    >>> apart = Columns.of_matrix(np.eye(3, dtype=bool))
    >>> devices_for_share(apart, Rows(np.ones(3, dtype=int), np.ones(3)), 2.0, np.ones(3))
    2
    """
    spared = float(rows.weight.sum()) - needed
    return int((uncovered_weight(columns, rows, duals) > spared + FEASIBLE * max(1.0, needed)).sum())


def _relaxed_duals(columns: Columns, need: IntArray, cost: FloatArray, extra: tuple[FloatArray, float, float]) -> FloatArray:
    model = quiet_highs()
    _fill(model, columns, need, cost, extra)
    model.run()
    return np.asarray(model.getSolution().row_dual, dtype=float)


def greedy_for_need(columns: Columns, rows: Rows, p: int, needed: float = inf) -> IntArray:
    """Return up to p columns, each the one that helps the most weight of rows in need; fewer when `needed` weight is served."""
    counts = np.zeros(columns.n_rows, dtype=np.intp)
    is_free = np.ones(columns.m, dtype=bool)
    chosen: list[int] = []
    while len(chosen) < min(p, columns.m) and float(rows.weight[counts >= rows.need].sum()) < needed:
        worth = np.where(is_free, columns.sums(np.where(counts < rows.need, rows.weight, 0.0)), -1.0)
        chosen.append(int(worth.argmax()))
        is_free[chosen[-1]] = False
        counts[columns.rows_of(chosen[-1])] += 1
    return np.array(sorted(chosen), dtype=np.intp)


def _solve(
    columns: Columns, need: IntArray, cost: FloatArray, extra: tuple[FloatArray, float, float], *, nodes: int, watch: Watch
) -> Solved:
    """Minimise over binary x, z with the covering rows and one more row ``low <= coefficients <= high``."""
    import highspy

    m, n = columns.m, columns.n_rows
    model = quiet_highs(watch)
    _fill(model, columns, need, cost, extra)
    model.changeColsIntegrality(m + n, np.arange(m + n, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * (m + n)))
    model.setOptionValue("mip_max_nodes", nodes)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.run()
    info, solution = model.getInfo(), np.asarray(model.getSolution().col_value)
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Solved(np.flatnonzero(solution[:m] > 1 / 2) if is_found else None, float(info.mip_dual_bound))


def _fill(
    model: highspy.Highs, columns: Columns, need: IntArray, cost: FloatArray, extra: tuple[FloatArray, float, float]
) -> None:
    """Put the shares x and z, the covering rows and the extra row into an empty model."""
    m, n = columns.m, columns.n_rows
    none = np.empty(0, dtype=np.int32)
    model.addCols(m + n, cost, np.zeros(m + n), np.ones(m + n), 0, none, none, np.empty(0))
    by_row = columns.turned()
    index = np.insert(by_row.rows, by_row.start[1:], m + np.arange(n)).astype(np.int32)
    value = np.insert(np.ones(len(by_row.rows)), by_row.start[1:], -need.astype(float))
    start = (by_row.start + np.arange(n + 1)).astype(np.int32)
    model.addRows(n, np.zeros(n), np.full(n, np.inf), len(index), start[:-1], index, value)
    coefficients, low, high = extra
    used = np.flatnonzero(coefficients).astype(np.int32)
    model.addRow(low, high, len(used), used, coefficients[used])
