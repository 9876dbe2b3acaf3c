"""Cells of a table to numbers and names; each that cannot be one becomes a fault at its row and column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from placement.core.table import Table
from placement.core.types import FloatArray
from placement.errors import Fault
from placement.scenario.hints import number_hint
from placement.scenario.scalars import read_number

MOST_FAULTS_PER_FILE = 20
"""Wrong cells named for one file; the rest are counted."""

_LINE_FORMATS = {".csv", ".tsv"}


@dataclass(slots=True)
class Cells:
    """The cells of a table and the faults found in them so far."""

    table: Table
    faults: list[Fault] = field(default_factory=list)

    def numbers(self, column: str) -> FloatArray:
        """Return a column as finite numbers of shape (n,); nan where a fault was noted."""
        return np.array([self._number(row, column, cell) for row, cell in enumerate(self.table.columns[column])], dtype=float)

    def weights(self, column: str) -> FloatArray:
        """Return a column as numbers above 0 of shape (n,); nan where a fault was noted."""
        values = self.numbers(column)
        for row in np.flatnonzero(values <= 0):
            self._note(
                int(row),
                column,
                "a weight must be above 0",
                self.table.columns[column][row],
                "leave the row out if nobody is there",
            )
        return values

    def names(self, column: str) -> tuple[str, ...]:
        """Return a column as n distinct names."""
        names = [_name(cell) for cell in self.table.columns[column]]
        for row, name in enumerate(names):
            if not name:
                self._note(row, column, "the cell is empty", "", "give the row a name of its own")
        for row, first in repeats(names):
            if names[row]:
                problem = f"this name stands twice; the first is in row {self.table.row_numbers[first]}"
                self._note(row, column, problem, names[row], "give each row a name of its own")
        return tuple(names)

    def geometry(self) -> FloatArray:
        """Return the positions from the file's geometry, of shape (n, 2)."""
        xy = self.table.xy
        assert xy is not None  # noqa: S101 - callers ask for it only where there is one
        for row in np.flatnonzero(~np.isfinite(xy).all(axis=1)):
            self._note(int(row), "", "the feature has no geometry", "", "draw it, or delete the row")
        return xy

    def shown_faults(self) -> list[Fault]:
        """Return the faults by row, at most `MOST_FAULTS_PER_FILE` of them and one that counts the rest."""
        if len(self.faults) <= MOST_FAULTS_PER_FILE:
            return self.faults
        rest = len(self.faults) - MOST_FAULTS_PER_FILE
        more = Fault(str(self.table.path), None, None, "", f"and {rest:,} more faults in this file", fix="mend these first")
        return [*self.faults[:MOST_FAULTS_PER_FILE], more]

    def fault(self, row: int, column: str, problem: str, value: str = "", allowed: str = "", fix: str = "") -> Fault:
        """Return a fault at a row, and a column unless it is empty; `row` counts from 0."""
        return row_fault(self.table, row, column, problem, value=value, allowed=allowed, fix=fix)

    def _note(self, row: int, column: str, problem: str, cell: object, fix: str) -> None:
        self.faults.append(self.fault(row, column, problem, value=str(cell)[:60], fix=fix))

    def _number(self, row: int, column: str, cell: object) -> float:
        if cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and math.isnan(cell)):
            self._note(row, column, "the cell is empty, a number is expected", "", "")
            return math.nan
        value = _as_number(cell)
        if value is None:
            kind = "text" if isinstance(cell, str) else f"a {type(cell).__name__}"
            self._note(
                row, column, f"a number is expected, this is {kind}", cell, number_hint(cell) if isinstance(cell, str) else ""
            )
            return math.nan
        if not math.isfinite(value):
            self._note(row, column, "the number is not finite", cell, "")
            return math.nan
        return value


def row_fault(table: Table, row: int, column: str, problem: str, *, value: str = "", allowed: str = "", fix: str = "") -> Fault:
    """Return a fault in a data file; only a text file has a line that an editor can jump to."""
    number = table.row_numbers[row]
    line = number if table.path.suffix.lower() in _LINE_FORMATS else None
    word = "row" if table.xy is None else "feature"
    key = f"{word} {number}, column {column}" if column else f"{word} {number}"
    return Fault(str(table.path), line, None, key, problem, value=value, allowed=allowed, fix=fix)


def repeats(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return (position, first position) for every name that stood before.

    Examples
    --------
    >>> repeats(["a", "b", "a"])
    [(2, 0)]
    """
    first: dict[str, int] = {}
    return [(index, first[name]) for index, name in enumerate(names) if first.setdefault(name, index) != index]


def _as_number(cell: object) -> float | None:
    if isinstance(cell, str):
        return read_number(cell)
    if isinstance(cell, (int, float, np.number)) and not isinstance(cell, (bool, np.bool_)):
        try:
            return float(cell)
        except OverflowError:
            return math.inf
    return None


def _name(cell: object) -> str:
    """Return a cell as a name: spreadsheets store 12 as 12.0."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
