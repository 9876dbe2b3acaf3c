"""planner.html: the plan as a page to play with, in one file that asks nothing of any server.

`document` turns a result or a comparison into the numbers that the page starts from, `plans` what its slider goes through,
`outlines` the floor into rings, `charts` its way back
to the user's coordinates, `page` sets them with the modules of `placement/web/` into one file,
and `finding` finds that of an earlier run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placement.core.comparison import BUDGET_AXES, Comparison
from placement.files import write_atomic
from placement.writers.planner_html.document import compared_document, planner_document
from placement.writers.planner_html.finding import FILE
from placement.writers.planner_html.page import EMBEDDED, MODULES, START_EMBEDDED, page_html, script_text

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``planner.html`` and return its path; the same bytes for the same result."""
    return [write_atomic(folder / FILE, planner_page(result))]


def planner_page(result: Result) -> str:
    """Return the planner page of `result` as HTML: self-contained, offline, under a strict Content-Security-Policy."""
    return page_html(planner_document(result), script_text())


def write_compared(comparison: Comparison, folder: Path) -> list[Path]:
    """Write ``planner.html`` with a slider over every budget of a comparison, and return its path."""
    return [write_atomic(folder / FILE, compared_page(comparison))]


def compared_page(comparison: Comparison) -> str:
    """Return the planner page of a comparison of budgets as HTML, of the same kind as `planner_page`.

    Raises
    ------
    ValueError
        If variants or scenarios are compared: their plans answer different questions, so no slider can go through them.
    """
    return page_html(_compared(comparison), script_text())


def embedded_page(shown: Result | Comparison) -> str:
    """Return the same page for a frame in a notebook: it tells the window around it where the devices stand.

    Raises
    ------
    ValueError
        As `compared_page`.
    """
    document = _compared(shown) if isinstance(shown, Comparison) else planner_document(shown)
    return page_html(document, script_text(START_EMBEDDED, (*MODULES, EMBEDDED)))


def _compared(comparison: Comparison) -> dict[str, Any]:
    if comparison.axis not in BUDGET_AXES:
        raise ValueError(f"the planner page goes through budgets; these rows are compared by {comparison.axis}")
    return compared_document(comparison)
