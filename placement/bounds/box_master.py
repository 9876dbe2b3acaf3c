"""The master problem of column generation, in the multipliers and within a box around the best ones known.

    maximise    sum_i u_i - n_new s
    subject to  sum_{i in S} u_i - s <= c_S      for every column S
                |u_i - center_i| <= half_width_i,  0 <= u_i <= f_i,  s >= 0

It is the dual of "choose at most n_new columns that cover every point, or pay f_i". Columns are rows here: adding some, and
moving the box, both leave a basis from which the dual simplex method goes on. The box keeps the multipliers from jumping about.

References
----------
O. du Merle, D. Villeneuve, J. Desrosiers, P. Hansen, "Stabilized column generation", Discrete Math. 194 (1999) 229-237,
section 2.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from placement.bounds.column_pool import ColumnPool, take_sets
from placement.core.types import FloatArray, IntArray

ROWS_PER_POINT, MOST_ROWS = 4, 600
"""Columns that were not used lately leave the master when there are more than so many for each point, and in all."""
IDLE_ROUNDS = 10
USED = 1e-9


class MasterStep(NamedTuple):
    """The optimum of the master within its box.

    Parameters
    ----------
    multipliers : ndarray of shape (n,)
        The best ones for the columns known.
    price : float
        s, what a device must gain at least.
    value : float
        An upper bound on every Lagrangian bound within the box.
    """

    multipliers: FloatArray
    price: float
    value: float


class BoxMaster:
    """The master problem; `columns` are positions in the pool, `shares` how much of each the relaxed plan uses."""

    def __init__(self, cap: FloatArray, n_new: int) -> None:
        import highspy

        self._n = len(cap)
        self._cap = cap
        self._infinity = highspy.kHighsInf
        self._solver = _quiet_solver()
        n = self._n
        self._solver.addVars(n + 1, np.zeros(n + 1), np.append(cap, self._infinity))
        cost = np.concatenate([-np.ones(n), [float(n_new)]])
        self._solver.changeColsCost(n + 1, np.arange(n + 1, dtype=np.int32), cost)
        self.columns: IntArray = np.empty(0, dtype=np.intp)
        self.shares: FloatArray = np.empty(0)
        self._idle: IntArray = np.empty(0, dtype=np.intp)

    def add(self, pool: ColumnPool, columns: IntArray) -> None:
        """Take columns of the pool into the master."""
        if len(columns) == 0:
            return
        sets = take_sets(pool.sets, columns)
        size = np.diff(sets.start)
        # Each row ends with the entry -1 of s.
        ends = np.cumsum(size + 1) - 1
        index = np.full(len(sets.member) + len(columns), self._n, dtype=np.int32)
        entry = np.ones(len(index))
        entry[ends] = -1.0
        index[entry > 0] = sets.member
        low = np.full(len(columns), -self._infinity)
        starts = (ends - size).astype(np.int32)
        self._solver.addRows(len(columns), low, pool.cost[columns], len(index), starts, index, entry)
        self.columns = np.concatenate([self.columns, columns])
        self.shares = np.concatenate([self.shares, np.zeros(len(columns))])
        self._idle = np.concatenate([self._idle, np.zeros(len(columns), dtype=np.intp)])

    def solve(self, center: FloatArray, half_width: FloatArray) -> MasterStep | None:
        """Return the optimum within the box, or None when the solver gives up."""
        self._drop_idle()
        n = self._n
        high = np.minimum(center + half_width, self._cap)
        low = np.minimum(np.maximum(center - half_width, 0.0), high)
        self._solver.changeColsBounds(n, np.arange(n, dtype=np.int32), low, high)
        self._solver.run()
        if self._solver.getModelStatus().name != "kOptimal":
            return None
        solution = self._solver.getSolution()
        found = np.array(solution.col_value)
        self.shares = -np.array(solution.row_dual)
        self._idle = np.where(self.shares > USED, 0, self._idle + 1)
        u = np.clip(found[:n], low, high)
        return MasterStep(u, float(found[n]), -float(self._solver.getInfo().objective_function_value))

    def _drop_idle(self) -> None:
        if len(self.columns) <= max(ROWS_PER_POINT * self._n, MOST_ROWS):
            return
        is_idle = self._idle > IDLE_ROUNDS
        idle = np.flatnonzero(is_idle)
        self._solver.deleteRows(len(idle), idle.astype(np.int32))
        self.columns, self.shares, self._idle = self.columns[~is_idle], self.shares[~is_idle], self._idle[~is_idle]


def _quiet_solver() -> Any:
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "presolve": "off",
        "solver": "simplex",
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver
