"""The edge of a map: round coordinates in the user's unit, or a graticule of longitude and latitude."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from placement.units import METRES_PER_UNIT
from placement.view import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Frame, Result
    from placement.core.types import FloatArray
    from placement.view.extent import Extent

LINES = 4.0
"""Graticule lines or ticks along a side, about."""

_SAMPLES = 25


def draw_grid(axes: Axes, result: Result, extent: Extent) -> None:
    """Draw the frame of the map with ticks, or with the graticule when the map stands on the Earth."""
    frame = result.problem.frame
    axes.tick_params(length=3, width=0.6, color=style.FAINT_INK, labelsize=style.SMALL_SIZE, labelcolor=style.SOFT_INK, pad=2)
    for spine in axes.spines.values():
        spine.set(edgecolor=style.FAINT_INK, linewidth=0.8, zorder=6)
    if frame.is_geographic:
        _draw_graticule(axes, frame, extent)
    else:
        scale = METRES_PER_UNIT[frame.unit]
        longest, shortest = max(extent.width, extent.height), min(extent.width, extent.height)
        step = round_ticks(min(longest / (2 * LINES), shortest / LINES) / scale)
        for axis, low, high in ((axes.xaxis, extent.west, extent.east), (axes.yaxis, extent.south, extent.north)):
            ticks = multiples(low / scale, high / scale, step)
            axis.set_ticks(ticks * scale, [style.short_number(tick) if tick else "0" for tick in ticks])


def round_ticks(least: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below `least` > 0.

    Examples
    --------
    >>> round_ticks(3.2), round_ticks(0.2)
    (5.0, 0.2)
    """
    step = style.round_step(least)
    if step == least:
        return step
    lead = float(f"{step:e}"[0])
    return step * (2.5 if lead == 2 else 2.0)  # noqa: PLR2004 - after 2 comes 5


def multiples(low: float, high: float, step: float) -> FloatArray:
    """Return the multiples of `step` from `low` to `high`.

    Examples
    --------
    >>> multiples(-1.0, 11.0, 5.0).tolist()
    [0.0, 5.0, 10.0]
    """
    count = np.arange(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    return np.asarray(count * step, dtype=float)


def degrees(value: float, step: float, hemispheres: str) -> str:
    """Return an angle as text with the decimals of `step`; `hemispheres` names the positive one first.

    Examples
    --------
    >>> degrees(-122.4, 0.05, "EW"), degrees(0.0, 1.0, "NS")
    ('122.40° W', '0°')
    """
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    name = "" if round(value, digits) == 0 else " " + hemispheres[int(value < 0)]
    return f"{abs(value):.{digits}f}°{name}"


def _draw_graticule(axes: Axes, frame: Frame, extent: Extent) -> None:
    from matplotlib.collections import LineCollection

    (west, south), (east, north) = _lonlat_box(frame, extent)
    step = round_ticks(max((east - west), (north - south)) / (1.5 * LINES))
    meridians, parallels = multiples(west, east, step), multiples(south, north, step)
    up, across = np.linspace(south, north, _SAMPLES), np.linspace(west, east, _SAMPLES)
    lon_lines = [_on_paper(frame, np.column_stack([np.full(_SAMPLES, lon), up])) for lon in meridians]
    lat_lines = [_on_paper(frame, np.column_stack([across, np.full(_SAMPLES, lat)])) for lat in parallels]
    lines = LineCollection([*lon_lines, *lat_lines], colors=style.FAINT_INK, linewidths=0.6, zorder=1.5, gid="graticule")
    axes.add_collection(lines, autolim=False)
    x = np.array([np.interp(extent.south, line[:, 1], line[:, 0]) for line in lon_lines])
    y = np.array([np.interp(extent.west, line[:, 0], line[:, 1]) for line in lat_lines])
    seen_x, seen_y = (x > extent.west) & (x < extent.east), (y > extent.south) & (y < extent.north)
    axes.set_xticks(x[seen_x], [degrees(lon, step, "EW") for lon in meridians[seen_x]])
    axes.set_yticks(y[seen_y], [degrees(lat, step, "NS") for lat in parallels[seen_y]], rotation=90, va="center")


def _lonlat_box(frame: Frame, extent: Extent) -> FloatArray:
    # Edges bend in longitude and latitude: corners alone would miss the bulge.
    t = np.linspace(0, 1, 9)
    x, y = extent.west + t * extent.width, extent.south + t * extent.height
    sides = [np.column_stack([x, np.full(9, v)]) for v in (extent.south, extent.north)]
    sides += [np.column_stack([np.full(9, v), y]) for v in (extent.west, extent.east)]
    lonlat = frame.to_lonlat(np.concatenate(sides))
    if lonlat is None:
        raise ValueError("a graticule needs a frame that stands on the Earth")
    return np.array([lonlat.min(axis=0), lonlat.max(axis=0)])


def _on_paper(frame: Frame, lonlat: FloatArray) -> FloatArray:
    return frame.to_planning(lonlat, "EPSG:4326")
