"""CSV as people really save it, and as nobody should."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.errors import FileFormatError
from placement.readers import read_table


def written(folder: Path, content: str | bytes, name: str = "data.csv") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        "name,x,y\nA,1,2\nB,3,4\n",
        "name,x,y\nA,1,2\nB,3,4",  # no newline at the end
        "\ufeffname,x,y\r\nA,1,2\r\nB,3,4\r\n",  # Excel on Windows
        "name;x;y\nA;1;2\nB;3;4\n",  # Excel where the comma is decimal
        "name\tx\ty\nA\t1\t2\nB\t3\t4\n",
        '"name","x","y"\n"A","1","2"\n"B","3","4"\n',
        " name , x ,y \n A , 1,2\nB,3, 4\n",
        "name,x,y,,\nA,1,2,,\nB,3,4,,\n",  # empty columns at the right
        "name,x,y\n\nA,1,2\n,,\nB,3,4\n\n",  # empty lines
    ],
)
def test_dialects(tmp_path: Path, content: str) -> None:
    """Every way to save the same table reads as the same cells."""
    assert read_table(written(tmp_path, content)).columns == {"name": ["A", "B"], "x": ["1", "3"], "y": ["2", "4"]}


def test_no_geometry(tmp_path: Path) -> None:
    """A CSV has neither geometry nor a coordinate system, and nothing to tell."""
    table = read_table(written(tmp_path, "x\n1\n"))
    assert (table.xy, table.crs, table.notes, table.n) == (None, None, (), 1)


def test_row_numbers_are_lines(tmp_path: Path) -> None:
    """Rows are numbered as an editor numbers lines, across empty lines and cells of several lines."""
    table = read_table(written(tmp_path, 'name,x\nA,1\n\n"B\nb",2\nC,3\n'))
    assert table.row_numbers == [2, 4, 6]
    assert table.columns["name"][1] == "B\nb"


def test_comma_inside_quotes_is_no_delimiter(tmp_path: Path) -> None:
    """The delimiter is counted outside quotes."""
    table = read_table(written(tmp_path, '"name, first, last";x\n"A, B";1\n'))
    assert table.columns == {"name, first, last": ["A, B"], "x": ["1"]}


def test_tsv_is_always_tabs(tmp_path: Path) -> None:
    """In a .tsv a comma is text; the end of the name counts in upper case too."""
    assert read_table(written(tmp_path, "a,b,c\tx\n1,2,3\t4\n", "data.TSV")).columns == {"a,b,c": ["1,2,3"], "x": ["4"]}


def test_column_without_a_name(tmp_path: Path) -> None:
    """A nameless column, as R writes for row names, is called by its place."""
    assert list(read_table(written(tmp_path, '"",x\n1,2\n')).columns) == ["column 1", "x"]


def test_header_only(tmp_path: Path) -> None:
    """A table without rows is a table."""
    assert read_table(written(tmp_path, "x,y\n")).n == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("x,y\n1\n", "the header has 2 cells, but line 2 has 1"),
        ("x,y\n1,2\n1,2,3\n", "the header has 2 cells, but line 3 has 3"),
        ("x,y\n" + "1\n" * 9, "line 6 has 1, and 4 more"),
        ("x,y,x\n1,2,3\n", "the column 'x' stands twice in the header"),
        ('x,y\n"1,2\n3,4\n', "line 2 cannot be read: unexpected end of data"),
        (b"PK\x03\x04\x00\x00", "an Excel workbook or a zip archive"),
        (b"\xff\xfex\x00,\x00y\x00", "save it again as 'CSV UTF-8'"),
        (b"x,y\n1,\x002\n", "this is not CSV text in UTF-8"),
        ("x,y\nä,2\n".encode("latin-1"), "line 2 is not UTF-8 text"),
        ("x,y\n" + "9" * 140_000 + ",2\n", "line 2 cannot be read: field larger than field limit"),
    ],
)
def test_bad_files(tmp_path: Path, content: str | bytes, words: str) -> None:
    """A file that is no sound CSV is refused with its name and the reason."""
    path = written(tmp_path, content)
    with pytest.raises(FileFormatError) as caught:
        read_table(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
