"""The linear program of covers, solved again and again: missed rows and underpriced columns are added when they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.highs import ENTRIES, quiet_highs, steps_taken
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

if TYPE_CHECKING:
    import highspy

TOLERANCE = 1e-7
DEVEX = 1
"""How HiGHS calls the pricing that needs no start."""
ROWS_AT_ONCE = 50
STEPS_AT_ONCE = 300
"""Simplex steps between two questions whether to stop; fewer in large programs."""


class Relaxed(NamedTuple):
    """An optimal fractional cover: how much of each column, and what covering each row costs."""

    share: FloatArray
    duals: FloatArray
    is_feasible: bool


class CoverProgram:
    """Minimise ``sum_j x_j`` so that ``sum_{j covers i} x_j >= 1`` for every row, for columns opened and closed at will.

    Parameters
    ----------
    columns : Columns
        All of them; every row has at least one.
    rows, pool : ndarray
        The rows and columns to begin with.
    """

    def __init__(self, columns: Columns, rows: IntArray, pool: IntArray) -> None:
        self.columns = columns
        self.by_row = columns.turned()
        self.model = quiet_highs()
        self.model.setOptionValue("presolve", "off")
        self.rows = np.empty(0, dtype=np.intp)
        self.pool = np.empty(0, dtype=np.intp)
        self.row_place = np.full(columns.n_rows, -1)
        self.column_place = np.full(columns.m, -1)
        self.low, self.high = np.zeros(columns.m), np.full(columns.m, np.inf)
        self.n_steps = 0
        self.prober = Prober()
        self._add_columns(pool)
        self._add_rows(rows)

    def solve(self, opened: IntArray, closed: IntArray, enough: float, work: int, watch: Watch) -> Relaxed:
        """Return an optimal solution with some columns opened and some closed.

        Rows are only added until the value passes `enough`. Past `work` simplex steps in all, or when the watch says stop,
        whatever there is comes back: its duals are prices all the same.
        """
        self._set_bounds(opened, closed)
        self.prober.forget()
        while True:
            is_feasible = self._run(work, watch)
            solution = self.model.getSolution()
            if not is_feasible and self._relieve():
                continue
            if not is_feasible:
                return Relaxed(np.zeros(self.columns.m), np.zeros(self.columns.n_rows), is_feasible=False)
            share, duals = np.zeros(self.columns.m), np.zeros(self.columns.n_rows)
            share[self.pool] = np.asarray(solution.col_value)
            duals[self.rows] = np.maximum(np.asarray(solution.row_dual), 0.0)
            if self.n_steps >= work or watch.stop_reason() is not None or not self._grow(share, duals, enough):
                return Relaxed(share, duals, is_feasible=True)

    def _run(self, work: int, watch: Watch) -> bool:
        """Solve the program, some steps at a time; return whether it has a solution."""
        part = min(1.0, ENTRIES / max(1, self.model.getNumNz()))
        self.model.setOptionValue("simplex_iteration_limit", max(20, int(STEPS_AT_ONCE * part)))
        while True:
            self.model.run()
            self.n_steps += steps_taken(self.model)
            status = self.model.getModelStatus().name
            if status != "kIterationLimit" or self.n_steps >= work or watch.stop_reason() is not None:
                return status != "kInfeasible"

    def probe(self, column: int, beside: IntArray, n_steps: int) -> tuple[float, float]:
        """Return what the value rises to, in a few simplex steps, when a column is opened, and when it and others are closed.

        Parameters
        ----------
        column : int
            In the pool.
        beside : ndarray
            Columns that are closed together with it.
        n_steps : int
            Of each trial.
        """
        self.prober.watch(self.model)
        place = self.column_place[np.append(column, beside)]
        first, all_of_them = place[:1], place[place >= 0]
        opened, n_opening = self.prober.value(first, 1.0, n_steps)
        closed, n_closing = self.prober.value(all_of_them, 0.0, n_steps)
        self.n_steps += n_opening + n_closing
        return opened, closed

    def _grow(self, share: FloatArray, duals: FloatArray, enough: float) -> bool:
        """Add what is missing; return whether anything was."""
        worth = self.columns.sums(duals)
        priced = np.flatnonzero((worth > 1 + TOLERANCE) & (self.column_place < 0) & (self.high > 0))
        if len(priced):
            self._add_columns(priced[np.argsort(-worth[priced], kind="stable")][:ROWS_AT_ONCE])
            return True
        if share.sum() > enough:
            return False
        covered = np.bincount(self.columns.rows, weights=share[self.columns.column_of_entry], minlength=self.columns.n_rows)
        missed = np.flatnonzero((covered < 1 - TOLERANCE) & (self.row_place < 0))
        self._add_rows(missed[np.argsort(covered[missed], kind="stable")][:ROWS_AT_ONCE])
        return len(missed) > 0

    def _relieve(self) -> bool:
        """Add the columns of rows that have lost all theirs in the pool; return whether there were any."""
        is_open = np.zeros(self.columns.m)
        is_open[self.pool] = self.high[self.pool] > 0
        n_open = np.bincount(self.columns.rows, weights=is_open[self.columns.column_of_entry], minlength=self.columns.n_rows)
        helps = self.columns.sums((n_open == 0).astype(float)) > 0
        added = np.flatnonzero(helps & (self.column_place < 0) & (self.high > 0))
        self._add_columns(added)
        return len(added) > 0

    def _set_bounds(self, opened: IntArray, closed: IntArray) -> None:
        low, high = np.zeros(self.columns.m), np.full(self.columns.m, np.inf)
        low[opened] = 1.0
        high[opened] = 1.0
        high[closed] = 0.0
        self._add_columns(opened[self.column_place[opened] < 0])
        changed = self.pool[(low[self.pool] != self.low[self.pool]) | (high[self.pool] != self.high[self.pool])]
        self.low, self.high = low, high
        if len(changed):
            places = self.column_place[changed].astype(np.int32)
            self.model.changeColsBounds(len(changed), places, low[changed], high[changed])

    def _add_rows(self, rows: IntArray) -> None:
        index, start = _entries(self.by_row, rows, self.column_place)
        self.row_place[rows] = len(self.rows) + np.arange(len(rows))
        self.rows = np.concatenate([self.rows, rows])
        lower, upper = np.ones(len(rows)), np.full(len(rows), np.inf)
        self.model.addRows(len(rows), lower, upper, len(index), start[:-1], index, np.ones(len(index)))

    def _add_columns(self, columns: IntArray) -> None:
        index, start = _entries(self.columns, columns, self.row_place)
        self.column_place[columns] = len(self.pool) + np.arange(len(columns))
        self.pool = np.concatenate([self.pool, columns])
        low, high = self.low[columns], self.high[columns]
        self.model.addCols(len(columns), np.ones(len(columns)), low, high, len(index), start[:-1], index, np.ones(len(index)))


class Prober:
    """A second model in which columns of a program are opened and closed on trial: the program itself keeps its way."""

    def __init__(self) -> None:
        self.model = quiet_highs()
        self.model.setOptionValue("presolve", "off")
        # From a basis that was given, prices of steepest edges cost more to begin with than such short runs take.
        self.model.setOptionValue("simplex_dual_edge_weight_strategy", DEVEX)
        self._basis: Any = None

    def forget(self) -> None:
        """Look at the program anew next time."""
        self._basis = None

    def watch(self, model: highspy.Highs) -> None:
        """Copy a solved model, unless that was done already."""
        if self._basis is None:
            self._basis = model.getBasis()
            self.model.passModel(model.getLp())

    def value(self, places: IntArray, bound: float, n_steps: int) -> tuple[float, int]:
        """Return what the value becomes in at most so many steps when columns are held at a bound, and how many it took."""
        index, held = places.astype(np.int32), np.full(len(places), bound)
        self.model.changeColsBounds(len(index), index, held, held)
        self.model.setBasis(self._basis)
        self.model.setOptionValue("simplex_iteration_limit", n_steps)
        self.model.run()
        is_feasible = self.model.getModelStatus().name != "kInfeasible"
        value = float(self.model.getInfo().objective_function_value) if is_feasible else np.inf
        # Undecided ones only: the others may not be tried.
        self.model.changeColsBounds(len(index), index, np.zeros(len(places)), np.full(len(places), np.inf))
        return value, steps_taken(self.model)


def _entries(sets: Columns, chosen: IntArray, place: IntArray) -> tuple[IntArray, IntArray]:
    """Return places and starts of the chosen sets, as far as they are in the model."""
    taken = sets.take(chosen)
    found = place[taken.rows]
    is_in = found >= 0
    start = np.concatenate([[0], np.cumsum(is_in)])[taken.start]
    return found[is_in].astype(np.int32), start.astype(np.int32)
