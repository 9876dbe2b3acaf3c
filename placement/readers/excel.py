"""Excel workbooks: the first sheet, its first row the header."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

from placement.core.table import Table
from placement.errors import FileFormatError, MissingExtraError


def read(path: Path) -> Table:
    """Read the first sheet of an Excel workbook.

    Parameters
    ----------
    path : Path
        The ``.xlsx`` file; of formulas the last computed values are read.

    Returns
    -------
    Table
        Cells as text, numbers, dates or None; empty rows are left out; a note when there are more sheets.

    Raises
    ------
    FileFormatError
        If it is no sound workbook, or its first row does not name the columns.
    MissingExtraError
        If openpyxl is not installed.
    """
    names, rows = _load(path)
    header = [("" if cell is None else str(cell).strip()) for cell in rows[0]] if rows else []
    while header and not header[-1]:
        header.pop()
    if not header:
        raise FileFormatError(f"{path}: the first row of sheet '{names[0]}' must name the columns; it is empty")
    named = [name or f"column {index}" for index, name in enumerate(header, start=1)]
    repeated = [name for index, name in enumerate(named) if name in named[:index]]
    if repeated:
        raise FileFormatError(f"{path}: the column '{repeated[0]}' stands twice in the header; rename one")
    filled = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell is not None for cell in row)]
    columns: dict[str, list[object]] = {
        name: [row[index] if index < len(row) else None for _, row in filled] for index, name in enumerate(named)
    }
    notes = (f"sheet '{names[0]}' is read, the other {len(names) - 1} are not",) if len(names) > 1 else ()
    return Table(path, columns, [number for number, _ in filled], notes=notes)


def _load(path: Path) -> tuple[list[str], list[Sequence[object]]]:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError(f"{path}: reading Excel", "excel") from None
    try:
        with warnings.catch_warnings(), path.open("rb") as stream:
            # Styles and validations that the library does not know have nothing to do with cells.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            sheets = book.worksheets
            if not sheets:
                raise FileFormatError(f"{path}: the workbook has no sheet of cells")
            return [sheet.title for sheet in sheets], list(sheets[0].iter_rows(values_only=True))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, SyntaxError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(f"{path}: this is not a sound Excel workbook; is it cut off? ({error})") from None
