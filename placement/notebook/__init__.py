"""Values in notebooks: pictures by way of `placement.view`, and the planner page as a widget.

`pin` tells the values how they show themselves (`placement.core.showing`); nothing is drawn or imported before a notebook asks.
`pictures` makes the PNGs, `exploring` the page, and `widget`, which alone needs the extra ``notebook``, puts it into a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.comparison import Comparison
from placement.core.plan import Plan
from placement.core.result import Result
from placement.core.score import Score
from placement.core.showing import PAGES, PICTURES

if TYPE_CHECKING:
    from placement.notebook.widget import PlannerWidget


def pin() -> None:
    """Let plans, scores, results and comparisons show themselves; calling it again changes nothing."""
    PICTURES.update({Plan: _plan, Score: _score, Result: _result, Comparison: _comparison})
    PAGES.update({Result: _explore, Comparison: _explore})


def _plan(plan: Plan) -> bytes:
    from placement.notebook.pictures import plan_png

    return plan_png(plan)


def _score(score: Score) -> bytes:
    from placement.notebook.pictures import score_png

    return score_png(score)


def _result(result: Result) -> bytes:
    from placement.view.figures import Figures

    return Figures(result).map_png


def _comparison(comparison: Comparison) -> bytes:
    from placement.notebook.pictures import comparison_png

    return comparison_png(comparison)


def _explore(shown: Result | Comparison) -> PlannerWidget:
    from placement.notebook.exploring import explore

    return explore(shown)
