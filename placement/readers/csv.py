"""CSV and TSV: UTF-8 text, a header line, cells parted by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from placement.core.table import Table
from placement.errors import FileFormatError

MOST_RAGGED_LINES = 5
"""Lines with a wrong number of cells named in an error."""


def read(path: Path) -> Table:
    """Read a CSV or TSV file.

    Parameters
    ----------
    path : Path
        The file; with or without a byte order mark. The delimiter is the one most frequent in the header line.

    Returns
    -------
    Table
        Cells as text, white space around them removed; empty lines are left out.

    Raises
    ------
    FileFormatError
        If it is not UTF-8 text, has no header, repeats a column, or has lines with too few or too many cells.
    """
    text = _decode(path, path.read_bytes())
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text.partition("\n")[0])
    lines = _split(path, text, delimiter)
    if not lines:
        raise FileFormatError(f"{path}: the file is empty; the first line must name the columns")
    header = _header(path, lines[0][1])
    rows = [(number, _trimmed(cells, len(header))) for number, cells in lines[1:]]
    ragged = [f"line {number} has {len(cells)}" for number, cells in rows if len(cells) != len(header)]
    if ragged:
        more = f", and {len(ragged) - MOST_RAGGED_LINES} more" if len(ragged) > MOST_RAGGED_LINES else ""
        raise FileFormatError(f"{path}: the header has {len(header)} cells, but {', '.join(ragged[:MOST_RAGGED_LINES])}{more}")
    columns: dict[str, list[object]] = {name: [cells[index] for _, cells in rows] for index, name in enumerate(header)}
    return Table(path, columns, [number for number, _ in rows])


def _decode(path: Path, content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        raise FileFormatError(f"{path}: this is an Excel workbook or a zip archive with the wrong name, not CSV")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise FileFormatError(f"{path}: this is not CSV text in UTF-8; save it again as 'CSV UTF-8'")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileFormatError(f"{path}: line {line} is not UTF-8 text; save the file again as 'CSV UTF-8'") from None


def _delimiter(header: str) -> str:
    outside_quotes = "".join(header.split('"')[::2])
    return max(",;\t", key=outside_quotes.count)


def _split(path: Path, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = []
    last = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((last + 1, [cell.strip() for cell in cells]))
            last = reader.line_num
    except csv.Error as error:
        raise FileFormatError(
            f"{path}: line {last + 1} cannot be read: {error}; is a quote left open, or the file cut off?"
        ) from None
    return lines


def _header(path: Path, names: list[str]) -> list[str]:
    while len(names) > 1 and not names[-1]:
        names = names[:-1]
    named = [name or f"column {index}" for index, name in enumerate(names, start=1)]
    repeated = [name for index, name in enumerate(named) if name in named[:index]]
    if repeated:
        raise FileFormatError(f"{path}: the column '{repeated[0]}' stands twice in the header; rename one")
    return named


def _trimmed(cells: list[str], width: int) -> list[str]:
    """Drop empty cells beyond the header: spreadsheets like to add them."""
    return cells[:width] if not any(cells[width:]) else cells
