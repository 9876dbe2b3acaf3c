"""planner.html: the plan as a page to play with, in one file that asks nothing of any server.

`document` turns a result into the numbers that the page starts from, `outlines` the floor into rings, `charts` its way back
to the user's coordinates, `page` sets them with the modules of `placement/web/` into one file,
and `finding` finds that of an earlier run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.files import write_atomic
from placement.writers.planner_html.document import planner_document
from placement.writers.planner_html.finding import FILE
from placement.writers.planner_html.page import page_html

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``planner.html`` and return its path; the same bytes for the same result."""
    return [write_atomic(folder / FILE, planner_page(result))]


def planner_page(result: Result) -> str:
    """Return the planner page of `result` as HTML: self-contained, offline, under a strict Content-Security-Policy."""
    return page_html(planner_document(result), result.source.name)
