"""The plan on a map: coverage, floor plan, demand points, devices, and the words that a map needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.view import style
from placement.view.bands import choose_bands, draw_bands
from placement.view.caption import draw_caption
from placement.view.devices import badge_area, device_labels, draw_devices, draw_unused_candidates
from placement.view.extent import map_extent, unused_candidates
from placement.view.floor import draw_floor, draw_forbidden
from placement.view.grid import draw_grid
from placement.view.labels import Label, draw_labels
from placement.view.legend import draw_legend, legend_entries
from placement.view.people import draw_demand, draw_links, draw_rings, ringed
from placement.view.scale_bar import draw_north_arrow, draw_scale_bar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Result
    from placement.core.types import FloatArray


def draw_plan_map(axes: Axes, result: Result) -> None:
    """Draw the map of `result` on `axes`, with title, legend, scale bar and foot line around it. Nothing is saved.

    Parameters
    ----------
    axes : Axes
        Empty axes with room around them; `placement.view.canvas.make_sheet` makes fitting ones. Their aspect becomes
        equal and their coordinates planning metres.
    result : Result
        What to draw.
    """
    extent = map_extent(result)
    axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north), autoscale_on=False)
    axes.set_aspect("equal")
    axes.apply_aspect()
    domain = result.problem.domain
    draw_bands(axes, result, choose_bands(result))
    draw_grid(axes, result, extent)
    if domain.plan is not None:
        draw_floor(axes, domain.plan)
    draw_forbidden(axes, domain)
    draw_links(axes, result)
    draw_unused_candidates(axes, result)
    draw_demand(axes, result)
    draw_rings(axes, result)
    draw_devices(axes, result)
    draw_labels(axes, _labels(result), _marks(result))
    draw_scale_bar(axes, result, extent)
    draw_north_arrow(axes, result, extent)
    draw_legend(axes, legend_entries(result))
    draw_caption(axes, result)


def _labels(result: Result) -> list[Label]:
    """Name every device, then the farthest point; the next ones only where there is room."""
    badge, plan = badge_area(result) ** 0.5 / 2 + 3, result.plan
    devices = [
        Label(text, (float(x), float(y)), badge, style.device_style(j).edge)
        for j, (text, (x, y)) in enumerate(zip(device_labels(result), plan.device_xy, strict=True))
    ]
    far = [
        Label(text, (float(x), float(y)), 6.0, style.INK, "normal", is_optional=rank > 0)
        for rank, (position, text) in enumerate(ringed(result))
        for x, y in [result.problem.demand.xy[position]]
    ]
    return [*devices, *far]


def _marks(result: Result) -> FloatArray:
    """Return the small marks that names should leave visible: demand points and unused candidate sites."""
    problem = result.problem
    if problem.candidates is None:
        return problem.demand.xy
    return np.concatenate([problem.demand.xy, problem.candidates.xy[unused_candidates(result)]])
