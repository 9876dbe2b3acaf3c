"""The linear program of the most weight, solved again and again; and prices without one, for when time is short."""

from __future__ import annotations

import numpy as np

from placement.bounds.columns import Columns, undominated_columns
from placement.bounds.highs import quiet_highs, steps_taken
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

TOLERANCE = 1e-9
STEPS_AT_ONCE = 300
"""Simplex steps between two questions whether to stop."""


class WeightProgram:
    """Maximise ``sum_i w_i z_i`` with ``z_i <= sum_{j covers i} x_j``, ``sum_j x_j <= p`` and all shares at most 1.

    Columns that others hold enter when they are worth more than the p-th best, which happens when those others are closed.

    Parameters
    ----------
    columns : Columns
        All of them.
    weight : ndarray of shape (n_rows,)
        Of the rows, > 0.
    p : int
        How many columns.
    """

    def __init__(self, columns: Columns, weight: FloatArray, p: int) -> None:
        self.columns, self.weight = columns, weight
        self.model = quiet_highs()
        self.model.setOptionValue("presolve", "off")
        self.model.setOptionValue("simplex_iteration_limit", STEPS_AT_ONCE)
        self.n_steps = 0
        self.pool = np.empty(0, dtype=np.intp)
        n, none = columns.n_rows, np.empty(0, dtype=np.int32)
        self.model.addCols(n, -weight, np.zeros(n), np.ones(n), 0, none, none, np.empty(0))
        start, index = np.arange(n, dtype=np.int32), np.arange(n, dtype=np.int32)
        self.model.addRows(n, np.zeros(n), np.full(n, np.inf), n, start, index, -np.ones(n))
        self.model.addRow(-np.inf, float(p), 0, none, np.empty(0))
        self._add(undominated_columns(columns))

    def solve(self, opened: IntArray, closed: IntArray, watch: Watch) -> tuple[FloatArray, FloatArray]:
        """Return each column's share, shape (m,), and the duals u of the rows, shape (n_rows,), with some opened and closed."""
        self._add(np.setdiff1d(opened, self.pool))
        low, high = np.zeros(self.columns.m), np.ones(self.columns.m)
        low[opened] = 1.0
        high[closed] = 0.0
        while True:
            places = (self.columns.n_rows + np.arange(len(self.pool))).astype(np.int32)
            self.model.changeColsBounds(len(places), places, low[self.pool], high[self.pool])
            self._run(watch)
            solution = self.model.getSolution()
            row_dual = np.asarray(solution.row_dual)
            share = np.zeros(self.columns.m)
            share[self.pool] = np.asarray(solution.col_value)[self.columns.n_rows :]
            duals = np.clip(row_dual[:-1], 0.0, self.weight)
            worth = self.columns.sums(duals)
            worth[self.pool] = worth[closed] = 0.0
            missing = np.flatnonzero(worth > -row_dual[-1] * (1 + TOLERANCE) + TOLERANCE)
            if len(missing) == 0 or watch.stop_reason() is not None:
                return share, duals
            self._add(missing)

    def _run(self, watch: Watch) -> None:
        """Solve the program, some steps at a time; when stopped, what it has by then serves as prices all the same."""
        while True:
            self.model.run()
            self.n_steps += steps_taken(self.model)
            if self.model.getModelStatus().name != "kIterationLimit" or watch.stop_reason() is not None:
                return

    def _add(self, chosen: IntArray) -> None:
        taken = self.columns.take(chosen)
        count, n = len(chosen), self.columns.n_rows
        start = taken.start + np.arange(count + 1)
        index = np.insert(taken.rows, taken.start[1:], n).astype(np.int32)
        zeros = np.zeros(count)
        self.model.addCols(
            count, zeros, zeros, np.ones(count), len(index), start[:-1].astype(np.int32), index, np.ones(len(index))
        )
        self.pool = np.concatenate([self.pool, chosen])


CHOICES = 3
"""So many choices of a descent are kept: swaps make more of the best of them than of any greedy one."""


def descended_duals(
    columns: Columns, weight: FloatArray, p: int, chosen: IntArray, n_steps: int
) -> tuple[FloatArray, tuple[IntArray, ...]]:
    """Return good duals by a subgradient descent of the bound, from half of each weight on, and the best choices met on the way.

    Parameters
    ----------
    columns : Columns
        All of them.
    weight : ndarray of shape (n_rows,)
        Of the rows.
    p : int
        How many columns.
    chosen : ndarray
        p columns to begin with: the weight that they cover is what the bound is to meet.
    n_steps : int
        Steps; each costs O(entries).

    References
    ----------
    R. D. Galvao and C. ReVelle, "A Lagrangean heuristic for the maximal covering location problem", Eur. J. Oper. Res. 88 (1996)
    114-123, doi 10.1016/0377-2217(94)00159-6.
    """
    is_reached = np.bincount(columns.rows, minlength=columns.n_rows) > 0
    duals = np.where(is_reached, weight / 2, weight)
    value = float(weight[columns.counts(chosen) > 0].sum())
    best, least, length = duals, np.inf, 1.0
    met: dict[bytes, tuple[float, IntArray]] = {}
    for step in range(n_steps):
        worth = columns.sums(duals)
        taken = np.argsort(-worth, kind="stable")[:p]
        bound = float((weight - duals).sum() + worth[taken].sum())
        if bound < least:
            best, least = duals, bound
        elif step % 10 == 0:
            length *= 0.7
        counts = columns.counts(taken)
        covered = float(weight[counts > 0].sum())
        met[np.sort(taken).tobytes()] = (covered, taken)
        value = max(value, covered)
        slope = np.where(is_reached, 1.0 - counts, 0.0)
        square = float((slope**2).sum())
        if square == 0 or bound <= value:
            break
        duals = np.clip(duals + length * max(bound - value, 1e-3 * bound) / square * slope, 0.0, weight)
    ranked = sorted(met.values(), key=lambda one: -one[0])
    return best, tuple(taken for _, taken in ranked[:CHOICES])
