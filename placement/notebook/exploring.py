"""From a result or comparison to the planner page in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.errors import MissingExtraError
from placement.writers.planner_html import embedded_page

if TYPE_CHECKING:
    from placement.core import Result
    from placement.core.comparison import Comparison
    from placement.notebook.widget import PlannerWidget


def explore(shown: Result | Comparison) -> PlannerWidget:
    """Return a widget with the planner page of a result, or of a comparison of budgets.

    Parameters
    ----------
    shown : Result or Comparison
        What is played with; it does not change.

    Returns
    -------
    PlannerWidget
        Shows itself as the last line of a cell.

    Raises
    ------
    MissingExtraError
        Without the libraries of the extra ``notebook``.
    ValueError
        For a comparison of anything but budgets.
    """
    page = embedded_page(shown)
    try:
        from placement.notebook.widget import PlannerWidget
    except ModuleNotFoundError as error:
        raise MissingExtraError("explore()", "notebook") from error
    return PlannerWidget(page=page)
