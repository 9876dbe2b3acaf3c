"""Excel workbooks, written by openpyxl and read by us."""

from __future__ import annotations

import builtins
import datetime
from pathlib import Path
from typing import Any

import pytest

from placement.errors import FileFormatError, MissingExtraError
from placement.readers import read_table

openpyxl = pytest.importorskip("openpyxl")


def written(folder: Path, *rows: list[Any], sheets: tuple[str, ...] = ()) -> Path:
    """Write a workbook of these rows and more, empty sheets."""
    book = openpyxl.Workbook()
    book.active.title = "Desks"
    for row in rows:
        book.active.append(row)
    for title in sheets:
        book.create_sheet(title)
    path = folder / "desks.xlsx"
    book.save(path)
    book.close()
    return path


def test_cells(tmp_path: Path) -> None:
    """Text and numbers come as they are, missing cells as None; rows are numbered as Excel numbers them."""
    day = datetime.datetime(2026, 11, 21)
    table = read_table(written(tmp_path, ["desk", "x", None, "day"], ["A1", 1, 2.5, None], [], [7, "2", None, day]))
    assert table.columns == {"desk": ["A1", 7], "x": [1, "2"], "column 3": [2.5, None], "day": [None, day]}
    assert table.row_numbers == [2, 4]
    assert (table.xy, table.crs, table.notes) == (None, None, ())


def test_other_sheets_are_told(tmp_path: Path) -> None:
    """Only the first sheet is read, and the user is told of the others."""
    assert read_table(written(tmp_path, ["x"], [1], sheets=("Walls", "Notes"))).notes == (
        "sheet 'Desks' is read, the other 2 are not",
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "must name the columns; it is empty"),
        ([[None, None], ["A", 1]], "must name the columns"),
        ([["x", "y", "x"]], "the column 'x' stands twice"),
    ],
)
def test_bad_header(tmp_path: Path, rows: list[list[Any]], words: str) -> None:
    """The first row must name the columns, each once."""
    with pytest.raises(FileFormatError, match=words):
        read_table(written(tmp_path, *rows))


@pytest.mark.parametrize("share", [0.95, 0.5, 0.01, 0.0])
def test_truncated(tmp_path: Path, share: float) -> None:
    """A workbook that was cut off is refused with its name."""
    path = written(tmp_path, ["x"], [1])
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(FileFormatError, match=r"desks\.xlsx: this is not a sound Excel workbook"):
        read_table(path)


def test_damaged_inside(tmp_path: Path) -> None:
    """A zip archive that is no workbook is refused too."""
    import zipfile

    path = tmp_path / "desks.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    with pytest.raises(FileFormatError, match="this is not a sound Excel workbook"):
        read_table(path)


def test_missing_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openpyxl the error names the extra to install."""
    path = written(tmp_path, ["x"], [1])
    original = builtins.__import__

    def find(name: str, *rest: Any) -> Any:
        if name == "openpyxl":
            raise ImportError("No module named 'openpyxl'")
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", find)
    with pytest.raises(MissingExtraError, match=r"pip install 'placement\[excel\]'"):
        read_table(path)
