"""The front of one budget: mean against largest distance, the plans numbered and the balanced one ringed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.units import METRES_PER_UNIT
from placement.view import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from placement.core.alternatives import TradeOff

_POINT, _CHOSEN = style.DEVICE_COLOURS[0], style.DEVICE_COLOURS[3]
_MARGIN = 0.18
"""Room around the points for their names [share of the axes]."""
_TOUCHING = 0.06
"""Points nearer than this would have their names on each other [share of the front's span]."""


def draw_tradeoff(axes: Axes, front: TradeOff, unit: str) -> None:
    """Draw every plan of a front as a point with its number, counted from 1.

    Parameters
    ----------
    axes : Axes
        Empty.
    front : TradeOff
        Its plans by rising largest distance.
    unit : str
        The user's unit.
    """
    scale = METRES_PER_UNIT[unit]
    largest, mean = [one.max_m / scale for one in front.plans], [one.mean_m / scale for one in front.plans]
    axes.plot(largest, mean, color=_POINT, linewidth=0.9, linestyle=":", zorder=1)
    axes.plot(largest, mean, "o", color=_POINT, markersize=5, gid="front")
    chosen = (largest[front.balanced], mean[front.balanced])
    axes.plot(*chosen, "o", markersize=12, markerfacecolor="none", markeredgecolor=_CHOSEN, markeredgewidth=2, gid="balanced")
    axes.margins(_MARGIN)
    for words, place in _names(largest, mean, front.balanced):
        axes.annotate(
            words,
            place,
            xytext=(9, 5),
            textcoords="offset points",
            fontsize=style.TEXT_SIZE,
            color=style.INK,
            gid="name",
        )
    _finish(axes, unit)


def _names(largest: Sequence[float], mean: Sequence[float], balanced: int) -> list[tuple[str, tuple[float, float]]]:
    """Return the numbers 1, 2, ... of the plans and where they are written; points on each other share one name."""
    names: list[tuple[str, tuple[float, float]]] = []
    span = max(largest) - min(largest) or 1.0, max(mean) - min(mean) or 1.0
    for k, (x, y) in enumerate(zip(largest, mean, strict=True)):
        words = f"{k + 1} balanced" if k == balanced else f"{k + 1}"
        before = names[-1] if names else ("", (math.inf, math.inf))
        if max(abs(x - before[1][0]) / span[0], abs(y - before[1][1]) / span[1]) < _TOUCHING:
            names[-1] = (f"{before[0]}, {words}", before[1])
        else:
            names.append((words, (x, y)))
    return names


def _finish(axes: Axes, unit: str) -> None:
    axes.set_xlabel(f"largest distance [{unit}]", fontsize=style.TEXT_SIZE)
    axes.set_ylabel(f"mean distance [{unit}]", fontsize=style.TEXT_SIZE)
    axes.tick_params(labelsize=style.SMALL_SIZE, colors=style.SOFT_INK)
    axes.grid(color=style.FAINT_INK, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
