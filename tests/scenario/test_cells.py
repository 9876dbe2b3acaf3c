"""Cells as other formats than CSV bring them: numbers, booleans, dates and nothing."""

from __future__ import annotations

import datetime
import math
from pathlib import Path

import numpy as np
import pytest

from placement.core.table import Table
from placement.scenario.cells import Cells


def cells(*values: object, xy: bool = False) -> Cells:
    """Return a sheet of one column."""
    return Cells(
        Table(Path("a.xlsx"), {"c": list(values)}, list(range(2, len(values) + 2)), np.zeros((len(values), 2)) if xy else None)
    )


def test_numbers_of_any_kind() -> None:
    """Whole numbers, floats, NumPy's and text are all numbers."""
    sheet = cells(1, 2.5, np.int64(3), "4")
    assert sheet.numbers("c").tolist() == [1.0, 2.5, 3.0, 4.0]
    assert sheet.faults == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (True, "a number is expected, this is a bool"),
        (np.bool_(True), "a number is expected, this is a bool"),
        (datetime.date(2026, 11, 21), "a number is expected, this is a date"),
        (None, "the cell is empty, a number is expected"),
        (math.nan, "the cell is empty, a number is expected"),
        ("  ", "the cell is empty, a number is expected"),
        (10**400, "the number is not finite"),
        (-math.inf, "the number is not finite"),
    ],
)
def test_what_is_no_number(value: object, problem: str) -> None:
    """Each kind of value that is no number is called by its kind, at its row."""
    sheet = cells(1, value)
    assert math.isnan(sheet.numbers("c")[1])
    (fault,) = sheet.faults
    assert fault.problem.startswith(problem)
    assert (fault.key, fault.line) == ("row 3, column c", None)


def test_names_of_any_kind() -> None:
    """A sheet stores 12 as 12.0; the name is 12. Text keeps its zeros."""
    assert cells(12.0, 7, "007", 1.5, " b ").names("c") == ("12", "7", "007", "1.5", "b")


def test_missing_names() -> None:
    """Two missing names are two empty cells, not one name that stands twice."""
    sheet = cells(None, math.nan)
    sheet.names("c")
    assert [fault.problem for fault in sheet.faults] == ["the cell is empty", "the cell is empty"]


def test_features_are_called_features() -> None:
    """A geographic file has features, not rows."""
    sheet = cells("x", xy=True)
    sheet.numbers("c")
    assert sheet.faults[0].key == "feature 2, column c"
