"""Devices on a map: badges in their colour, the outer shape telling their status, the inner one that of their points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.view import style
from placement.view.extent import unused_candidates

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Result

CROWD = 12
"""Above this many devices, badges are smaller."""


def badge_area(result: Result) -> float:
    """Return the area of a device's badge [square points]."""
    return 230.0 if result.plan.p <= CROWD else 130.0


def draw_devices(axes: Axes, result: Result) -> None:
    """Draw each device: white halo, badge by status, and in white the shape of the points it serves."""
    plan, area = result.plan, badge_area(result)
    status = np.array(plan.device_status)
    for kind, shape in style.STATUS_SHAPES.items():
        mine = np.flatnonzero(status == kind)
        if len(mine) == 0:
            continue
        looks = [style.device_style(int(j)) for j in mine]
        (x, y), size = plan.device_xy[mine].T, area * style.STATUS_AREA[kind]
        axes.scatter(x, y, size, "white", marker=shape, edgecolors="white", linewidths=5.0, zorder=4)
        edges = [look.edge for look in looks]
        axes.scatter(
            x, y, size, [look.colour for look in looks],
            marker=shape, edgecolors=edges, linewidths=1.3, zorder=4.1, gid=f"devices-{kind}",
        )  # fmt: skip
    _draw_glyphs(axes, result, area)


def draw_unused_candidates(axes: Axes, result: Result) -> None:
    """Draw candidate sites that were not chosen as small hollow diamonds."""
    unused = unused_candidates(result)
    candidates = result.problem.candidates
    if candidates is not None and unused.any():
        x, y = candidates.xy[unused].T
        axes.scatter(x, y, 26, "white", marker="D", edgecolors=style.SOFT_INK, linewidths=0.9, zorder=2.9, gid="candidates")


def device_labels(result: Result) -> list[str]:
    """Return what stands beside each device: its id, and whether it stood there before."""
    plan = result.plan
    return [
        f"{name} (fixed)" if kind == "fixed" else name for name, kind in zip(plan.device_ids, plan.device_status, strict=True)
    ]


def _draw_glyphs(axes: Axes, result: Result, area: float) -> None:
    positions = np.arange(result.plan.p)
    for k, shape in enumerate(style.POINT_SHAPES):
        mine = positions[positions % len(style.POINT_SHAPES) == k]
        if len(mine):
            x, y = result.plan.device_xy[mine].T
            edges = [style.device_style(j).edge for j in mine]
            size = 0.2 * area * style.SHAPE_AREA[shape]
            axes.scatter(x, y, size, "white", marker=shape, edgecolors=edges, linewidths=0.6, zorder=4.2)
