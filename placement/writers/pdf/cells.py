"""Tables as plain values: columns, rows, totals, and a note where rows were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_TABLE = 200
"""Rows of one table at most: every cell is tagged, so long tables cost seconds, and nobody reads them on paper."""

Table = dict[str, Any]


def text_column(title: str, width: float) -> Table:
    """Return a column of texts; widths are relative to each other."""
    return {"title": title, "width": width, "is_number": False}


def number_column(title: str, width: float) -> Table:
    """Return a column of numbers, which stand at its right edge."""
    return {"title": title, "width": width, "is_number": True}


def make_table(
    caption: str,
    columns: list[Table],
    rows: Sequence[list[str]],
    *,
    total: Table | None = None,
    cut_note: str = "",
    marked: Sequence[int] = (),
) -> Table:
    """Return a table of at most `LARGEST_TABLE` rows.

    Parameters
    ----------
    caption : str
        What it shows.
    columns : list of dict
        From `text_column` and `number_column`.
    rows : sequence of list of str
        A text for each column.
    total : dict, optional
        The last row: ``label`` over ``span`` columns, and ``values`` for the others.
    cut_note : str
        Stands below when rows were left out: where they are.
    marked : sequence of int
        Positions of rows that are set off from the others.

    Returns
    -------
    dict
        As the layout reads it.

    Examples
    --------
    >>> make_table("Ten.", [text_column("a", 1)], [["x"]] * 300, cut_note="All: a.csv.")["note"]
    'All: a.csv.'
    """
    return {
        "caption": caption,
        "columns": columns,
        "rows": list(rows[:LARGEST_TABLE]),
        "total": total,
        "note": cut_note if len(rows) > LARGEST_TABLE else "",
        "marked": [row for row in marked if row < LARGEST_TABLE],
    }
