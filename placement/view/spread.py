"""How distances spread: over the demand points of a plan, and over the points of each device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.view import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Plan, Score

MOST_DEVICES = 40
"""Rows of a diagram; of more devices those with the farthest points are shown."""

_ROOM_FOR_WORDS = 1.18
"""Width of the diagram over the worst distance, which is named beside its dot."""

_ROW, _AROUND = 0.24, 0.9
"""Height of a row, and of what stands around them [inches]."""


def draw_spread(axes: Axes, plan: Plan) -> None:
    """Draw which share of the demand points, counted once each, has a device within which distance [m].

    Parameters
    ----------
    axes : Axes
        Empty.
    plan : Plan
        Points that no device can reach are never served: the curve ends below 100 %.
    """
    reached = np.sort(plan.service_distance[plan.is_reached])
    share = 100 * np.arange(1, len(reached) + 1) / len(plan.service_distance)
    axes.plot(np.r_[0.0, reached], np.r_[0.0, share], drawstyle="steps-post", color=style.DEVICE_COLOURS[0], linewidth=1.6)
    if len(reached):
        worst = float(reached[-1])
        axes.plot([worst], [share[-1]], "o", color=style.DEVICE_COLOURS[1], markersize=5, gid="worst")
        axes.annotate(
            f"worst {style.short_length(worst, 'm')}", (worst, share[-1]), xytext=(7, -3), textcoords="offset points",
            fontsize=style.SMALL_SIZE, color=style.INK,
        )  # fmt: skip
        axes.set_xlim(0, worst * _ROOM_FOR_WORDS or 1.0)
    axes.set_ylim(0, 103)
    _finish(axes, f"Demand points within a distance of one of {plan.p} devices")
    axes.set_ylabel("%", fontsize=style.TEXT_SIZE)


def spread_height(score: Score) -> float:
    """Return how high the diagram of `draw_device_spread` is [inches]."""
    return _AROUND + _ROW * max(2, min(MOST_DEVICES, len(score.devices)))


def draw_device_spread(axes: Axes, score: Score) -> None:
    """Draw a row for each device: a line from the mean to the largest distance of its own points [m].

    Parameters
    ----------
    axes : Axes
        Empty.
    score : Score
        Devices that serve nobody have an empty row; a dashed line marks the required radius.
    """
    worst_first = sorted(score.devices, key=lambda one: -1.0 if one.max_m is None else one.max_m, reverse=True)[:MOST_DEVICES]
    shown = [one for one in score.devices if one in worst_first]
    for row, one in enumerate(shown):
        if one.mean_m is None or one.max_m is None:
            continue
        axes.plot([one.mean_m, one.max_m], [row, row], color=style.FAINT_INK, linewidth=3, solid_capstyle="round", zorder=1)
        axes.plot([one.mean_m], [row], "o", color=style.DEVICE_COLOURS[0], markersize=6)
        axes.plot([one.max_m], [row], "s", color=style.DEVICE_COLOURS[1], markersize=5)
    # Names in the order of the plan, downwards; entries of the legend stand for all rows.
    axes.set_yticks(range(len(shown)), [one.id for one in shown])
    axes.set(xlim=(0, None), ylim=(len(shown) - 0.4, -0.6))
    axes.plot([], [], "o", color=style.DEVICE_COLOURS[0], label="mean")
    axes.plot([], [], "s", color=style.DEVICE_COLOURS[1], label="worst")
    if score.coverage:
        radius = score.coverage[0].radius_m
        axes.axvline(
            radius, color=style.INK, linewidth=1, linestyle=(0, (6, 3)), label=f"required {style.short_length(radius, 'm')}"
        )
    axes.legend(fontsize=style.SMALL_SIZE, frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    cut = "" if len(shown) == len(score.devices) else f", the {len(shown)} of {len(score.devices)} with the farthest points"
    _finish(axes, f"Distances of each device's own points{cut}")


def _finish(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", fontsize=style.TEXT_SIZE + 1, fontweight="bold", color=style.INK)
    axes.set_xlabel("m", fontsize=style.TEXT_SIZE)
    axes.tick_params(labelsize=style.SMALL_SIZE, colors=style.SOFT_INK)
    axes.grid(axis="x", color=style.FAINT_INK, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
