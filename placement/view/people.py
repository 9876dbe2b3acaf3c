"""Demand points on a map: in the colour and shape of the device that serves them, as large as their weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.view import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Result
    from placement.core.types import FloatArray

MOST_VECTOR_POINTS = 5000
"""Above, the point layer alone becomes an image; text, walls and devices stay vectors."""

MOST_LINKS = 2000
"""Above, lines from points to devices would be one grey mass."""

MOST_RINGS = 3
"""How many of the worst-served points are ringed and named."""

_SIZES = ((60, 34.0), (300, 22.0), (2000, 9.0), (MOST_VECTOR_POINTS, 4.0))


def has_weights(result: Result) -> bool:
    """Tell whether points count differently, so that their size must say so."""
    weight = result.problem.demand.weight
    return bool(weight.max() > weight.min())


def point_area(result: Result, weight: FloatArray) -> FloatArray:
    """Return marker areas [square points] of points of the given weights: proportional to weight, but never invisible."""
    demand = result.problem.demand
    usual = next((area for most, area in _SIZES if demand.n <= most), 1.5)
    if not has_weights(result):
        return np.full(len(weight), usual)
    return np.asarray(np.maximum(3.2 * usual * weight / demand.weight.max(), 0.15 * usual))


def draw_links(axes: Axes, result: Result) -> None:
    """Draw a faint line from each point to its device; not on a floor plan, where it would run through walls."""
    from matplotlib.collections import LineCollection

    demand, plan = result.problem.demand, result.plan
    if result.problem.domain.plan is not None or demand.n > MOST_LINKS:
        return
    serving = plan.assignment[plan.is_reached]
    segments = np.stack([demand.xy[plan.is_reached], plan.device_xy[serving]], axis=1)
    colours = [style.device_style(j).edge for j in serving]
    axes.add_collection(
        LineCollection(list(segments), colors=colours, linewidths=0.5, alpha=0.45, zorder=2.6, gid="links"), autolim=False
    )


def draw_demand(axes: Axes, result: Result) -> None:
    """Draw one collection of markers for each device that serves anybody, heavy points first so that none is hidden.

    Points that no device can reach are crosses of their own.
    """
    demand, plan = result.problem.demand, result.plan
    heavy_first = np.argsort(-demand.weight, kind="stable")
    heavy_first = heavy_first[plan.is_reached[heavy_first]]
    is_dense = demand.n > MOST_VECTOR_POINTS
    for position in range(plan.p):
        mine = heavy_first[plan.assignment[heavy_first] == position]
        if len(mine) == 0:
            continue
        look = style.device_style(position)
        area = point_area(result, demand.weight[mine]) * style.SHAPE_AREA[look.shape]
        edge = {"edgecolors": "none"} if is_dense else {"edgecolors": look.edge, "linewidths": 0.5}
        x, y = demand.xy[mine].T
        axes.scatter(x, y, area, look.colour, marker=look.shape, zorder=3, rasterized=is_dense, gid=f"points-{position}", **edge)
    if result.score.unreachable:
        x, y = demand.xy[~plan.is_reached].T
        axes.scatter(x, y, style.UNREACHED_AREA, style.INK, marker="x", linewidths=1.4, zorder=3.1, gid="points-unreached")


def ringed(result: Result) -> list[tuple[int, str]]:
    """Return the positions and labels of the worst-served points that a map names, farthest first.

    Nobody is named when everybody sits on a device.
    """
    where = {name: i for i, name in enumerate(result.problem.demand.ids)}
    unit = result.problem.frame.unit
    return [
        (where[worst.demand], f"{worst.demand}: {style.precise_length(worst.distance_m, unit)}")
        for worst in result.score.worst[:MOST_RINGS]
        if worst.distance_m > 0
    ]


def draw_rings(axes: Axes, result: Result) -> None:
    """Draw a black ring with a white edge around each of the worst-served points."""
    marked = [position for position, _ in ringed(result)]
    if not marked:
        return
    demand = result.problem.demand
    area = 1.6 * point_area(result, demand.weight[marked]) + 45
    x, y = demand.xy[marked].T
    axes.scatter(x, y, area, "none", edgecolors="white", linewidths=3.2, zorder=3.5)
    axes.scatter(x, y, area, "none", edgecolors=style.INK, linewidths=1.5, zorder=3.6, gid="worst")
