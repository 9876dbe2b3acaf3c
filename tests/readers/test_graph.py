"""Graphs of OR-Library."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.errors import FileFormatError
from placement.readers import read_table


def test_edges_with_their_lines(tmp_path: Path) -> None:
    """The last line of a repeated edge counts, whichever way round; the note counts the others."""
    path = tmp_path / "pmed.txt"
    path.write_text(" 3 4 1 \n 1 2 5\n 2 3 6\n\n 2 1 7\n 3 2 8 \n")
    table = read_table(path)
    assert table.columns == {"from": ["2", "3"], "to": ["1", "2"], "length": ["7", "8"]}
    assert table.row_numbers == [5, 6]
    assert table.notes == ("pmed.txt: 2 edges stand twice; the last line of each counts",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no OR-Library graph"),
        ("1 2\n", "promises 2 edges, 0 follow"),
        ("from to\n", "no OR-Library graph"),
        ("3 1 1\n1 2\n", "line 2 is no edge"),
        ("3 1 1\n1 b 3\n", "line 2 is no edge"),
        ("3 1 1\n1 4 3\n", "line 2 names a node that is not one of 1 to 3"),
        ("3 1 1\n1 0 3\n", "line 2 names a node"),
        ("3 2 1\n1 2 3\n", "promises 2 edges, 1 follow"),
        ("3 1 1\n1 2 3\n2 3 4\n", "promises 1 edges, 2 follow"),
    ],
)
def test_broken_graphs(tmp_path: Path, text: str, words: str) -> None:
    """What is wrong is said, with its line."""
    path = tmp_path / "pmed.txt"
    path.write_text(text)
    with pytest.raises(FileFormatError, match=words):
        read_table(path)
