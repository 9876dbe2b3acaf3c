"""The pictures of a comparison as SVG: the same bytes for the same comparison."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from placement.view.figures import drawing_settings
from placement.view.frontier import make_frontier
from placement.view.small_multiples import make_small_multiples
from placement.view.tradeoff import draw_tradeoff

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from placement.core.alternatives import TradeOff
    from placement.core.comparison import Comparison

_SMALL = (5.0, 3.2)
"""[inches]"""


def frontier_svg(comparison: Comparison) -> bytes:
    """Return objective and distances over the budget, one above the other."""
    with drawing_settings():
        return _svg(make_frontier(comparison))


def maps_svg(comparison: Comparison) -> bytes:
    """Return a small map of every plan."""
    with drawing_settings():
        return _svg(make_small_multiples(comparison))


def tradeoff_svg(front: TradeOff, unit: str) -> bytes:
    """Return mean against largest distance of a front in the user's `unit`."""
    from matplotlib.figure import Figure

    with drawing_settings():
        figure = Figure(figsize=_SMALL, facecolor="white", layout="constrained")
        draw_tradeoff(figure.subplots(), front, unit)
        return _svg(figure)


def _svg(figure: Figure) -> bytes:
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", dpi=150, metadata={"Date": None, "Creator": None})
    return stream.getvalue()
