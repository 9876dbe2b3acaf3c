"""Mixed-integer programs in plain arrays, answered by HiGHS on one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from placement.progress import Watch

if TYPE_CHECKING:
    from highspy import Highs
    from numpy.typing import ArrayLike

    from placement.core.types import FloatArray, IntArray

INTEGRALITY = 1e-6
"""How far an integer variable may be from a whole number, and how sure a bound of the solver is, relatively."""


class Answer(NamedTuple):
    """What HiGHS found.

    Parameters
    ----------
    status : {"optimal", "stopped", "infeasible"}
        "stopped" when nodes or time ran out, with or without a solution.
    x : ndarray of shape (k,) or None
        The best solution.
    bound : float
        No solution is better than this; infinite when nothing is known.
    """

    status: Literal["optimal", "stopped", "infeasible"]
    x: FloatArray | None
    bound: float


class Program:
    """Minimise ``cost @ x`` subject to ``lower <= A x <= upper`` and limits on x, some of it whole numbers.

    Columns and rows are added in groups; a group of columns is spoken of by the array of positions it returned.
    """

    def __init__(self) -> None:
        self._columns: list[tuple[FloatArray, FloatArray, FloatArray, bool]] = []
        self._rows: list[tuple[FloatArray, FloatArray]] = []
        self._entries: list[tuple[IntArray, IntArray, FloatArray]] = []
        self.n_columns = 0
        self.n_rows = 0

    def add_columns(
        self, count: int, *, cost: ArrayLike = 0.0, lower: ArrayLike = 0.0, upper: ArrayLike = 1.0, is_integer: bool = True
    ) -> IntArray:
        """Add `count` variables and return their positions."""
        spread = [np.broadcast_to(np.asarray(part, dtype=float), count) for part in (cost, lower, upper)]
        self._columns.append((spread[0], spread[1], spread[2], is_integer))
        self.n_columns += count
        return np.arange(self.n_columns - count, self.n_columns)

    def add_rows(self, lower: ArrayLike, upper: ArrayLike, *parts: tuple[IntArray, IntArray, ArrayLike]) -> IntArray:
        """Add rows between `lower` and `upper` and return their positions.

        Each part holds row numbers within the group, columns and coefficients.
        """
        lengths = [np.size(limit) for limit in (lower, upper) if np.ndim(limit)]
        count = lengths[0] if lengths else max(1, *(int(rows.max(initial=-1)) + 1 for rows, _, _ in parts))
        self._rows.append(
            (np.broadcast_to(np.asarray(lower, dtype=float), count), np.broadcast_to(np.asarray(upper, dtype=float), count))
        )
        for rows, columns, coefficient in parts:
            self._entries.append((rows + self.n_rows, columns, np.broadcast_to(np.asarray(coefficient, dtype=float), len(rows))))
        self.n_rows += count
        return np.arange(self.n_rows - count, self.n_rows)

    def holds(self, x: FloatArray) -> bool:
        """Tell whether `x` of shape (k,) keeps every row and every limit, to `INTEGRALITY`."""
        row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        level = np.bincount(row, weights=value * x[column], minlength=self.n_rows)
        lower, upper = (np.concatenate([group[i] for group in self._rows]) for i in range(2))
        least, most = (np.concatenate([group[i] for group in self._columns]) for i in (1, 2))
        slack = INTEGRALITY * (1 + np.abs(level))
        keeps_rows = (level >= lower - slack) & (level <= upper + slack)
        return bool(keeps_rows.all() and ((x >= least - INTEGRALITY) & (x <= most + INTEGRALITY)).all())

    def solve(self, watch: Watch, *, max_nodes: int, gap: float, start: FloatArray | None = None) -> Answer:
        """Return the best solution within `max_nodes` nodes of the search tree, or sooner when the watch says stop.

        Parameters
        ----------
        watch : Watch
            Asked now and then.
        max_nodes : int
            Work limit, the same on every machine.
        gap : float
            Relative gap at which the search may stop.
        start : ndarray of shape (k,), optional
            A solution to begin with.
        """
        import highspy

        solver = self._load()
        solver.setOptionValue("mip_max_nodes", max_nodes)
        solver.setOptionValue("mip_rel_gap", max(gap, INTEGRALITY))
        solver.setCallback(lambda _type, _text, _out, into, _data: _stop(into, watch), None)
        for moment in ("kCallbackMipInterrupt", "kCallbackSimplexInterrupt", "kCallbackIpmInterrupt"):
            solver.startCallback(getattr(highspy.cb.HighsCallbackType, moment))
        if start is not None:
            solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
        solver.run()
        return _answer(solver)

    def relaxed_duals(self, watch: Watch) -> FloatArray | None:
        """Return what a unit more on the right of each row costs when fractions are allowed; None when stopped or infeasible."""
        import highspy

        solver = self._load(is_whole=False)
        solver.setCallback(lambda _type, _text, _out, into, _data: _stop(into, watch), None)
        for moment in ("kCallbackSimplexInterrupt", "kCallbackIpmInterrupt"):
            solver.startCallback(getattr(highspy.cb.HighsCallbackType, moment))
        solver.run()
        is_solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.asarray(solver.getSolution().row_dual, dtype=float) if is_solved else None

    def _load(self, *, is_whole: bool = True) -> Highs:
        import highspy

        row, column, value = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        order = np.lexsort((row, column))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.n_columns, self.n_rows
        program.col_cost_, program.col_lower_, program.col_upper_ = (
            np.concatenate([group[i] for group in self._columns]) for i in range(3)
        )
        program.row_lower_, program.row_upper_ = (np.concatenate([group[i] for group in self._rows]) for i in range(2))
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = np.searchsorted(column[order], np.arange(self.n_columns + 1))
        program.a_matrix_.index_, program.a_matrix_.value_ = row[order], value[order]
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[is_integer and is_whole] for cost, _, _, is_integer in self._columns for _ in cost]
        solver: Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, option in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0)):
            solver.setOptionValue(name, option)
        solver.passModel(program)
        return solver


def _stop(into: object, watch: Watch) -> None:
    into.user_interrupt = watch.stop_reason() is not None  # type: ignore[attr-defined]


def _answer(solver: Highs) -> Answer:
    import highspy

    status, info = solver.getModelStatus(), solver.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Answer("infeasible", None, np.inf)
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.asarray(solver.getSolution().col_value) if is_found else None
    ended: Literal["optimal", "stopped"] = "optimal" if status == highspy.HighsModelStatus.kOptimal else "stopped"
    return Answer(ended, x, float(info.mip_dual_bound))
