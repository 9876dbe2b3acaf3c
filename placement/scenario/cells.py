"""Cells of a table to numbers and names; each that cannot be one becomes a fault at its row and column."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from placement.core.table import Table
from placement.core.types import BoolArray, FloatArray
from placement.errors import Fault
from placement.scenario.hints import number_hint
from placement.scenario.scalars import read_number
from placement.units import count

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

    def numbers_or_none(self, column: str, rule: str, holds: Callable[[FloatArray], BoolArray]) -> FloatArray:
        """Return a column as finite numbers of shape (n,) for which a rule holds; nan for an empty cell."""
        cells = self.table.columns[column]
        values = np.array([math.nan if is_empty(cell) else self._number(row, column, cell) for row, cell in enumerate(cells)])
        for row in np.flatnonzero(~np.isnan(values) & ~holds(values)):
            self._note(int(row), column, rule, cells[row], "")
        return values

    def lengths(self, column: str, *, may_be_endless: bool = False) -> FloatArray:
        """Return a column as numbers of shape (n,), 0 or more; where it may be, an empty cell or ``inf`` is endless."""
        cells = self.table.columns[column]
        values = _plain_numbers(cells)
        if values is None:
            values = np.array([self._length(row, column, cell, may_be_endless) for row, cell in enumerate(cells)], dtype=float)
        for row in np.flatnonzero(values < 0):
            self._note(int(row), column, "a distance cannot be below 0", cells[row], "")
        return values

    def texts(self, column: str) -> tuple[str, ...]:
        """Return a column as n texts; a cell may be empty."""
        return tuple(name_of(cell) for cell in self.table.columns[column])

    def names(self, column: str) -> tuple[str, ...]:
        """Return a column as n distinct names."""
        names = [name_of(cell) for cell in self.table.columns[column]]
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
        rest = count(len(self.faults) - MOST_FAULTS_PER_FILE, "more fault")
        more = Fault(str(self.table.path), None, None, "", f"and {rest} in this file", fix="mend these first")
        return [*self.faults[:MOST_FAULTS_PER_FILE], more]

    def fault(self, row: int, column: str, problem: str, value: str = "", allowed: str = "", fix: str = "") -> Fault:
        """Return a fault at a row, and a column unless it is empty; `row` counts from 0."""
        return row_fault(self.table, row, column, problem, value=value, allowed=allowed, fix=fix)

    def _note(self, row: int, column: str, problem: str, cell: object, fix: str) -> None:
        self.faults.append(self.fault(row, column, problem, value=str(cell)[:60], fix=fix))

    def _length(self, row: int, column: str, cell: object, may_be_endless: bool) -> float:
        is_nan = isinstance(cell, float) and math.isnan(cell)
        if may_be_endless and ((is_empty(cell) and not is_nan) or as_number(cell) == math.inf):
            return math.inf
        return self._number(row, column, cell)

    def _number(self, row: int, column: str, cell: object) -> float:
        if is_empty(cell):
            self._note(row, column, "the cell is empty, a number is expected", "", "")
            return math.nan
        value = as_number(cell)
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


def is_empty(cell: object) -> bool:
    """Tell whether nothing stands in a cell: no text, or the gap that spreadsheets and data frames write as nan."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and math.isnan(cell))


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


def _plain_numbers(cells: Sequence[object]) -> FloatArray | None:
    """Return cells of text as numbers when all of them are plain ones, which is fast; None when one needs a closer look."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells) or "_" in "".join(texts):
        return None
    try:
        values = np.array(texts, dtype=float)
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def as_number(cell: object) -> float | None:
    """Return a cell as a number, which may be nan or infinite, or None when it is not one."""
    if isinstance(cell, str):
        return read_number(cell)
    if isinstance(cell, (int, float, np.number)) and not isinstance(cell, (bool, np.bool_)):
        try:
            return float(cell)
        except OverflowError:
            return math.inf
    return None


def name_of(cell: object) -> str:
    """Return a cell as a name: spreadsheets store 12 as 12.0."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
