"""The linear program of covers, and trials in it."""

from __future__ import annotations

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_lp import CoverProgram
from placement.progress import Watch

NOTHING = np.empty(0, dtype=np.intp)
TWICE = Columns.of_matrix(np.array([[True, True, False], [False, False, True]]))


def test_columns_outside_the_program_come_when_all_inside_are_closed() -> None:
    """A row that loses every column it has in the program still has those that were left out of it."""
    program = CoverProgram(TWICE, np.arange(2), np.array([0, 2]))
    relaxed = program.solve(NOTHING, np.array([0]), 2.0, 100, Watch())
    assert relaxed.is_feasible
    assert relaxed.share.tolist() == [0.0, 1.0, 1.0]


def test_a_row_without_any_column_left_has_no_cover() -> None:
    """Where all columns of a row are closed, nothing can be added."""
    program = CoverProgram(TWICE, np.arange(2), np.array([0, 2]))
    assert not program.solve(NOTHING, np.array([0, 1]), 2.0, 100, Watch()).is_feasible


def test_trials_close_columns_together_and_leave_the_program_as_it_was() -> None:
    """Closing one of two equal columns costs nothing, closing both is impossible; afterwards the optimum is what it was."""
    program = CoverProgram(TWICE, np.arange(2), np.arange(3))
    program.solve(NOTHING, NOTHING, 2.0, 100, Watch())
    assert program.probe(0, NOTHING, 10) == (2.0, 2.0)
    assert program.probe(0, np.array([1]), 10) == (2.0, np.inf)
    assert program.probe(0, NOTHING, 10) == (2.0, 2.0)
    assert program.solve(NOTHING, NOTHING, 2.0, 100, Watch()).share.sum() == 2.0
