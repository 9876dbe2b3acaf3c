"""Values as plain HTML tables, for notebooks: escaped, without style sheet, script or picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import isfinite

from placement.core.problem import PROVEN_GAP
from placement.units import format_length

MOST_ROWS = 50
"""Rows of a table; the rest are counted."""


def html_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in which the first cell of a row names it.

    Parameters
    ----------
    caption : str
        What it shows.
    header : sequence of str
        Titles of the columns; none for a table without them.
    rows : sequence of sequence of str
        The cells; past `MOST_ROWS` rows a last one says how many more there are.

    Returns
    -------
    str
        HTML in which every text is escaped.

    Examples
    --------
    >>> html_table("a < b", (), [("worst", "3 m")])
    '<table><caption>a &lt; b</caption><tbody><tr><th scope="row">worst</th><td>3 m</td></tr></tbody></table>'
    """
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in header)
    lines = [_row(row) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines.append(_row((f"and {len(rows) - MOST_ROWS:,} more",)))
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"{f'<thead><tr>{head}</tr></thead>' if header else ''}<tbody>{''.join(lines)}</tbody></table>"
    )


def length_text(metres: float | None, unit: str = "m") -> str:
    """Return a length in the user's unit, or ``"-"`` where there is none.

    Examples
    --------
    >>> length_text(9.489, "m"), length_text(None), length_text(float("inf"))
    ('9.49 m', '-', '-')
    """
    return "-" if metres is None or not isfinite(metres) else format_length(metres, unit)


def percent_text(share: float | None) -> str:
    """Return a share as a percentage, or ``"-"`` where there is none.

    Examples
    --------
    >>> percent_text(0.8519), percent_text(None)
    ('85.2 %', '-')
    """
    return "-" if share is None or not isfinite(share) else f"{100 * share:.1f} %"


def gap_text(gap: float | None) -> str:
    """Return a gap as a percentage of two figures, 0 when the plan is proven to be the best, ``"-"`` where nothing was proven.

    Examples
    --------
    >>> gap_text(0.0123), gap_text(1e-8), gap_text(None)
    ('1.2 %', '0 %', '-')
    """
    if gap is None or not isfinite(gap):
        return "-"
    return "0 %" if gap <= PROVEN_GAP else f"{100 * gap:.2g} %" if gap < 1 else f"{100 * gap:,.0f} %"


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in others)}</tr>'
