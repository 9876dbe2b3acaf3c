"""Small pictures for notebooks, as PNG: the same bytes for the same value."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from placement.core.comparison import BUDGET_AXES
from placement.view.figures import drawing_settings
from placement.view.frontier import make_frontier
from placement.view.small_multiples import make_small_multiples
from placement.view.spread import draw_device_spread, draw_spread, spread_height

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from placement.core import Plan, Score
    from placement.core.comparison import Comparison

DPI = 110
_WIDE, _HIGH = 6.0, 2.6
"""Of a single diagram [inches]."""


def plan_png(plan: Plan) -> bytes:
    """Return which share of the demand points is how near to its device: a plan knows no places but those of its devices."""
    from matplotlib.figure import Figure

    with drawing_settings():
        figure = Figure(figsize=(_WIDE, _HIGH), facecolor="white", layout="constrained")
        draw_spread(figure.subplots(), plan)
        return _png(figure)


def score_png(score: Score) -> bytes:
    """Return mean and largest distance of each device's own points."""
    from matplotlib.figure import Figure

    with drawing_settings():
        figure = Figure(figsize=(_WIDE, spread_height(score)), facecolor="white", layout="constrained")
        draw_device_spread(figure.subplots(), score)
        return _png(figure)


def comparison_png(comparison: Comparison) -> bytes:
    """Return the curve over the budget; for variants and scenarios a small map of each."""
    with drawing_settings():
        return _png(make_frontier(comparison) if comparison.axis in BUDGET_AXES else make_small_multiples(comparison))


def _png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()
