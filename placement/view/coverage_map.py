"""Who and what is within reach, and nothing else: fine bands of distance up to the requirement, the failing part hatched.

Where distances are no straight lines, areas would not tell the truth: the demand points have the colours of the bands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from placement.core.score import ROUNDING_M
from placement.view import style
from placement.view.bands import Bands, choose_bands, draw_bands, reaches_beyond
from placement.view.caption import share_text
from placement.view.devices import badge_area, device_labels, draw_devices
from placement.view.extent import map_extent
from placement.view.floor import draw_floor, draw_forbidden
from placement.view.grid import draw_grid
from placement.view.labels import Label, draw_labels
from placement.view.legend import Entry, band_entries, draw_legend, place_entries
from placement.view.outlines import points_from
from placement.view.people import MOST_VECTOR_POINTS, point_area
from placement.view.scale_bar import draw_north_arrow, draw_scale_bar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Result
    from placement.core.types import BoolArray

FINE_STEPS = 6
"""Bands up to the requirement."""

_FAILING_AREA = 40.0


def coverage_bands(result: Result) -> Bands:
    """Return `FINE_STEPS` even bands up to the requirement, or the bands of the map when there is none.

    Distances that are no straight lines have bands too: they colour points, not areas.
    """
    if result.problem.radii_m:
        required = result.problem.radii_m[0]
        edges = tuple(required * (k + 1) / FINE_STEPS for k in range(FINE_STEPS))
        return Bands(edges, is_required=True, palette=style.HEAT_COLOURS)
    return choose_bands(result)


def coverage_entries(result: Result) -> list[Entry]:
    """Return the lines of the legend of the coverage map, top to bottom."""
    problem, bands = result.problem, coverage_bands(result)
    title = "Straight line to the nearest device" if problem.distance.is_straight else "Distance of a point to its device"
    is_beyond = problem.distance.is_straight and reaches_beyond(result)
    entries = [Entry(title, "heading", {}), *band_entries(bands, problem.frame.unit, is_beyond=is_beyond)]
    failing = int(_is_failing(result).sum())
    if failing:
        entries.append(Entry(f"demand that misses it ({failing:,})", "marker", _failing_look()))
    return [*entries, *place_entries(result)]


def draw_coverage_map(axes: Axes, result: Result) -> None:
    """Draw how far each place is from its nearest device on `axes`, legend and words around it. Nothing is saved.

    Parameters
    ----------
    axes : Axes
        Empty axes with room around them, as for `placement.view.plan_map.draw_plan_map`.
    result : Result
        What to draw.
    """
    extent, domain = map_extent(result), result.problem.domain
    axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north), autoscale_on=False)
    axes.set_aspect("equal")
    axes.apply_aspect()
    if result.problem.distance.is_straight:
        draw_bands(axes, result, coverage_bands(result))
    draw_grid(axes, result, extent)
    if domain.plan is not None:
        draw_floor(axes, domain.plan)
    draw_forbidden(axes, domain)
    if result.problem.distance.is_straight:
        _draw_failing(axes, result)
    else:
        _draw_points(axes, result)
    draw_devices(axes, result)
    draw_labels(axes, _labels(result), result.plan.device_xy)
    draw_scale_bar(axes, result, extent)
    draw_north_arrow(axes, result, extent)
    draw_legend(axes, coverage_entries(result))
    _draw_words(axes, result)


def _is_failing(result: Result) -> BoolArray:
    far = result.plan.service_distance
    if not result.problem.radii_m:
        return np.zeros(len(far), dtype=bool)
    return np.asarray(far > result.problem.radii_m[0] + ROUNDING_M)


def _failing_look() -> dict[str, Any]:
    return {"marker": "X", "markersize": 6.5, "markerfacecolor": style.FORBIDDEN_LINE, "markeredgewidth": 0.0}


def _draw_failing(axes: Axes, result: Result) -> None:
    is_failing = _is_failing(result)
    if is_failing.any():
        x, y = result.problem.demand.xy[is_failing].T
        is_dense = int(is_failing.sum()) > MOST_VECTOR_POINTS
        look: dict[str, Any] = {"edgecolors": "white", "linewidths": 0.6, "rasterized": is_dense, "gid": "failing"}
        axes.scatter(x, y, _FAILING_AREA, style.FORBIDDEN_LINE, marker="X", zorder=3.2, **look)


def _draw_points(axes: Axes, result: Result) -> None:
    """Draw every demand point in the colour of its band; crosses in grey circles are those beyond the last one."""
    bands, demand = coverage_bands(result), result.problem.demand
    if not bands.edges_m:
        return
    rank = np.searchsorted(np.array(bands.edges_m) + ROUNDING_M, result.plan.service_distance, side="left")
    area = point_area(result, demand.weight) + 12
    for k, colour in enumerate((*bands.colours, bands.beyond_colour)):
        mine = rank == k
        if mine.any():
            x, y = demand.xy[mine].T
            is_dense = demand.n > MOST_VECTOR_POINTS
            look: dict[str, Any] = {"edgecolors": style.SOFT_INK, "linewidths": 0.5, "rasterized": is_dense}
            axes.scatter(x, y, area[mine], colour, zorder=3 + 0.01 * k, gid=f"band-{k}", **look)
            if k == len(bands.edges_m) and bands.is_required:
                axes.scatter(x, y, _FAILING_AREA, style.FORBIDDEN_LINE, marker="x", linewidths=1.2, zorder=3.2, gid="failing")


def _labels(result: Result) -> list[Label]:
    badge, xy = badge_area(result) ** 0.5 / 2 + 3, result.plan.device_xy
    names = device_labels(result)
    return [
        Label(text, (float(x), float(y)), badge, style.device_style(j).edge)
        for j, (text, (x, y)) in enumerate(zip(names, xy, strict=True))
    ]


def _draw_words(axes: Axes, result: Result) -> None:
    above, score, unit = points_from(axes, (0, 1)), result.score, result.problem.frame.unit
    told = [
        f"{share_text(each.share)} of the demand within {style.short_length(each.radius_m, unit)}" for each in score.coverage[:1]
    ]
    floor = next((area for area in score.areas if area.kind == "floor" and area.covered_floor_share is not None), None)
    if floor is not None and floor.covered_floor_share is not None:
        told.append(f"{share_text(floor.covered_floor_share)} of the floor")
    look: dict[str, Any] = {"ha": "left", "va": "baseline", "parse_math": False, "transform": above}
    axes.text(0, 11, ", ".join(told) or "How far it is to a device", fontsize=11, fontweight="bold", color=style.INK, **look)
