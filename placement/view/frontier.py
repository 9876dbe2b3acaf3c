"""Budgets against what they reach: the objective with its proven band, and distances beside the best possible ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.units import METRES_PER_UNIT
from placement.view import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from placement.core.comparison import Comparison

_OBJECTIVE, _MAX, _MEAN, _CHOSEN = (style.DEVICE_COLOURS[k] for k in (0, 1, 2, 3))

_ABOVE = 1.1
"""How high an axis goes, as a multiple of its highest point."""
_SIZE = (7.2, 6.4)
"""Of both diagrams together [inches]."""


def make_frontier(comparison: Comparison) -> Figure:
    """Return a sheet with objective and distances over the budget, one above the other."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, facecolor="white", layout="constrained")
    above, below = figure.subplots(2, 1)
    draw_objective(above, comparison)
    draw_distances(below, comparison)
    return figure


def draw_objective(axes: Axes, comparison: Comparison) -> None:
    """Draw the objective over the budget, and as a band under it what no plan can beat.

    Parameters
    ----------
    axes : Axes
        Empty.
    comparison : Comparison
        Rows of budgets.
    """
    rows = comparison.rows
    sizes, values = _sizes(comparison), np.array([row.result.plan.value for row in rows])
    bounds = np.array([np.nan if row.result.plan.bound is None else row.result.plan.bound for row in rows])
    objective = rows[0].result.problem.objective
    axes.fill_between(sizes, bounds, values, color=_OBJECTIVE, alpha=0.18, linewidth=0, label="not ruled out by the proof")
    axes.plot(sizes, bounds, color=_OBJECTIVE, linewidth=0.8, linestyle=":", label="proven bound")
    axes.plot(sizes, values, color=_OBJECTIVE, marker="o", markersize=4, linewidth=1.6, label="this plan")
    _mark(axes, comparison, values)
    _finish(axes, comparison, f"{objective.kind}: {objective.meaning}", {"m2": "m²"}.get(objective.unit, objective.unit))


def draw_distances(axes: Axes, comparison: Comparison) -> None:
    """Draw the largest and the mean distance over the budget, thin lines for the best possible ones, and the requirement.

    Parameters
    ----------
    axes : Axes
        Empty.
    comparison : Comparison
        Rows of budgets.
    """
    rows, frame = comparison.rows, comparison.rows[0].result.problem.frame
    sizes, scale = _sizes(comparison), METRES_PER_UNIT[frame.unit]
    for name, best, colour, shape in (("max_m", "best_max_m", _MAX, "s"), ("mean_m", "best_mean_m", _MEAN, "^")):
        values = _numbers([getattr(row.result.score, name) for row in rows]) / scale
        possible = _numbers([getattr(row, best) for row in rows]) / scale
        words = {"max_m": "largest", "mean_m": "mean"}[name]
        axes.plot(sizes, values, color=colour, marker=shape, markersize=4, linewidth=1.6, label=f"{words}, this plan")
        axes.plot(sizes, possible, color=colour, linewidth=0.9, linestyle="--", label=f"{words}, best found for it alone")
    if rows[0].result.score.coverage:
        radius = rows[0].result.score.coverage[0].radius_m
        required = f"required {style.short_length(radius, frame.unit)}"
        axes.axhline(radius / scale, color=style.INK, linewidth=1, linestyle=(0, (6, 3)), label=required)
    _mark(axes, comparison, _numbers([row.result.score.max_m for row in rows]) / scale)
    _finish(axes, comparison, "Distance to the nearest device", frame.unit)


def _sizes(comparison: Comparison) -> np.ndarray:
    if comparison.axis == "cost":
        return _numbers([row.cost for row in comparison.rows])
    return np.array([float(row.result.plan.n_new) for row in comparison.rows])


def _numbers(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _mark(axes: Axes, comparison: Comparison, values: np.ndarray) -> None:
    """Ring the row that is advised."""
    chosen = comparison.recommended
    if chosen is None or not np.isfinite(values[chosen.row]):
        return
    place = (_sizes(comparison)[chosen.row], values[chosen.row])
    axes.plot(
        *place,
        marker="o",
        markersize=12,
        markerfacecolor="none",
        markeredgecolor=_CHOSEN,
        markeredgewidth=2,
        linestyle="none",
        gid="recommended",
        label="recommended",
    )


def _finish(axes: Axes, comparison: Comparison, title: str, unit: str) -> None:
    axes.set_title(title, loc="left", fontsize=style.TEXT_SIZE + 2, fontweight="bold", color=style.INK)
    axes.set_xlabel("money for new devices" if comparison.axis == "cost" else "new devices", fontsize=style.TEXT_SIZE)
    axes.set_ylabel(unit, fontsize=style.TEXT_SIZE)
    sizes = _sizes(comparison)
    if comparison.axis != "cost" and len(sizes) <= _MOST_TICKS:
        axes.set_xticks(sizes)
    axes.tick_params(labelsize=style.SMALL_SIZE, colors=style.SOFT_INK)
    highest = float(axes.dataLim.ymax)
    # So that no marker is cut by the edge, not even the only one.
    axes.set_ylim(0, highest * _ABOVE if np.isfinite(highest) and highest > 0 else 1)
    axes.grid(axis="y", color=style.FAINT_INK, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    # Beside the axes: wherever words stood inside, some curve would run through them.
    axes.legend(fontsize=style.SMALL_SIZE, frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))


_MOST_TICKS = 20
