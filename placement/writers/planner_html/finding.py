"""Where the planner page of a run stands, from what a user is likely to name."""

from __future__ import annotations

import shlex
from pathlib import Path

from placement.errors import PlacementError

FILE = "planner.html"
"""Name of the page in a result folder."""

REPORTS = Path("reports")
"""Where runs write, unless told otherwise."""


class NoPageError(PlacementError, FileNotFoundError):
    """There is no planner page where one was looked for; the text says how to make it."""


def find_page(target: Path | None = None) -> Path:
    """Return the planner page of a run.

    Parameters
    ----------
    target : Path, optional
        A result folder, a scenario whose folder below ``reports/`` is meant, or the page itself; the newest page below
        ``reports/`` when left out.

    Returns
    -------
    Path
        An existing file.

    Raises
    ------
    NoPageError
        If there is no page.
    """
    if target is None:
        pages = sorted(REPORTS.glob(f"*/{FILE}"), key=lambda page: (page.stat().st_mtime_ns, page))
        if not pages:
            raise NoPageError(f"there is no {FILE} below {REPORTS}/; make one: place SCENARIO.yaml --only planner")
        return pages[-1]
    is_scenario = target.suffix.lower() in (".yaml", ".yml")
    page = REPORTS / target.stem / FILE if is_scenario else target / FILE if target.is_dir() else target
    if page.suffix.lower() == ".html" and page.is_file():
        return page
    make = (
        f"make it: place {shlex.quote(str(target))} --only planner"
        if is_scenario
        else "name a result folder, or a scenario that was run"
    )
    raise NoPageError(f"there is no {page}; {make}")
