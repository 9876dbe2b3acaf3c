"""The plans of a comparison as small maps of one scale, side by side."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from placement.view import style
from placement.view.extent import map_extent
from placement.view.floor import draw_floor

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from placement.core.comparison import ComparedPlan, Comparison

MOST_MAPS = 12
"""Maps on one sheet; of more rows, the first, the last and those between at equal steps."""
MOST_VECTOR_POINTS = 1000
"""Of one device; more are drawn as an image."""
_COLUMNS = 3
_WIDTH = 7.2
"""Of the sheet [inches]."""
_LETTER = 0.078
"""Of a letter of a title, bold or not, with what lies between two maps [inches]."""
_TITLE_LINES = 2


def make_small_multiples(comparison: Comparison) -> Figure:
    """Return a sheet with a small map of every plan.

    Points have the colour and shape of their device; those beyond the required radius are hollow.
    """
    from matplotlib.figure import Figure

    rows = shown_rows(comparison)
    extent = map_extent(rows[0].result)
    columns = min(_COLUMNS, len(rows))
    lines = -(-len(rows) // columns)
    height = _WIDTH / columns * extent.height / extent.width + 0.4
    figure = Figure(figsize=(_WIDTH, lines * height), facecolor="white", layout="constrained")
    for k, axes in enumerate(np.atleast_1d(figure.subplots(lines, columns)).ravel()):
        axes.set_axis_off()
        if k < len(rows):
            axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north), aspect="equal")
            _draw(axes, rows[k])
            _entitle(axes, rows[k], k == _position(comparison, rows), int(_WIDTH / columns / _LETTER))
    return figure


def shown_rows(comparison: Comparison) -> tuple[ComparedPlan, ...]:
    """Return the rows that get a map: all of them, or some at equal steps, the recommended one among them."""
    rows = comparison.rows
    if len(rows) <= MOST_MAPS:
        return rows
    kept = set(np.linspace(0, len(rows) - 1, MOST_MAPS - 1).astype(int).tolist())
    if comparison.recommended is not None:
        kept.add(comparison.recommended.row)
    return tuple(rows[k] for k in sorted(kept))


def _position(comparison: Comparison, rows: tuple[ComparedPlan, ...]) -> int:
    if comparison.recommended is None:
        return -1
    chosen = comparison.rows[comparison.recommended.row]
    return next((k for k, row in enumerate(rows) if row is chosen), -1)


def row_title(row: ComparedPlan, letters: int, mark: str = "") -> str:
    """Return what stands above a row's own map: its label in two lines at most, with a mark; its largest and mean distance.

    Parameters
    ----------
    row : ComparedPlan
        The row.
    letters : int
        As many fit above the map.
    mark : str
        Stands behind the label, whole.
    """
    score, unit = row.result.score, row.result.problem.frame.unit
    largest = "?" if score.max_m is None else style.short_length(score.max_m, unit)
    mean = "?" if score.mean_m is None else style.short_length(score.mean_m, unit)
    room = max(letters - len(mark), 1)
    lines = textwrap.wrap(row.label, room, max_lines=_TITLE_LINES, placeholder="…") or [row.label]
    return "\n".join([*lines[:-1], f"{lines[-1]}{mark}", f"worst {largest}, mean {mean}"])


def _draw(axes: Axes, row: ComparedPlan) -> None:
    result = row.result
    if result.problem.domain.plan is not None:
        draw_floor(axes, result.problem.domain.plan)
    demand, plan = result.problem.demand, result.plan
    radius = result.score.coverage[0].radius_m if result.score.coverage else np.inf
    area = 9.0 if demand.n <= 300 else 3.0  # noqa: PLR2004 - as many as a small map can show apart
    for j in range(plan.p):
        look = style.device_style(j)
        mine = plan.assignment == j
        for is_near, face in ((plan.service_distance <= radius, look.colour), (plan.service_distance > radius, "white")):
            xy = demand.xy[mine & is_near]
            axes.scatter(
                xy[:, 0],
                xy[:, 1],
                s=area,
                marker=look.shape,
                facecolor=face,
                edgecolor=look.edge,
                linewidth=0.5,
                zorder=3,
                rasterized=len(xy) > MOST_VECTOR_POINTS,
            )
    axes.scatter(
        plan.device_xy[:, 0],
        plan.device_xy[:, 1],
        s=46,
        marker="o",
        facecolor=style.INK,
        edgecolor="white",
        linewidth=1.2,
        zorder=4,
    )


def _entitle(axes: Axes, row: ComparedPlan, is_recommended: bool, letters: int) -> None:
    weight = "bold" if is_recommended else "normal"
    mark = " (recommended)" if is_recommended else ""
    axes.set_title(
        row_title(row, letters, mark), fontsize=style.SMALL_SIZE, color=style.INK, fontweight=weight, loc="left", pad=3
    )
