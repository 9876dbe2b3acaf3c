"""Scale bar and north arrow, in the strip under a map where they cover nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from placement.units import METRES_PER_UNIT
from placement.view import style
from placement.view.outlines import points_from

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Frame, Result
    from placement.view.extent import Extent

LONGEST = 0.24
"""Length of a scale bar at most, as a share of the map's width."""

BAR_Y, BAR_HEIGHT = -32.0, 4.5
"""Lower edge of the bar relative to the map's lower edge, and its height [points]."""


def bar_length(extent: Extent, frame: Frame) -> float:
    """Return the length of the scale bar [m]: round in the unit in which it is read; kilometres on the Earth."""
    longest = LONGEST * extent.width
    unit = bar_unit(extent, frame)
    return style.round_step(longest / METRES_PER_UNIT[unit]) * METRES_PER_UNIT[unit]


def bar_unit(extent: Extent, frame: Frame) -> str:
    """Return the unit of the scale bar: the user's, or kilometres for metres on the Earth or from 1,000 m on."""
    if frame.is_geographic and frame.unit == "m":
        return "km"
    return style.reading_unit(LONGEST * extent.width, frame.unit)


def draw_scale_bar(axes: Axes, result: Result, extent: Extent) -> None:
    """Draw a two-part bar of true length with its start, middle and end in the user's unit."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import blended_transform_factory

    frame = result.problem.frame
    length, unit = bar_length(extent, frame), bar_unit(extent, frame)
    place = blended_transform_factory(axes.transData, points_from(axes, (0, 0)))
    for start, colour in ((0.0, style.INK), (0.5, "white")):
        corner = (extent.west + start * length, BAR_Y)
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": style.INK, "linewidth": 0.8, "gid": "scale-bar"}
        axes.add_artist(Rectangle(corner, length / 2, BAR_HEIGHT, transform=place, clip_on=False, **look))
    for share in (0.0, 0.5, 1.0):
        number = style.short_number(share * length / METRES_PER_UNIT[unit]) if share else "0"
        text = f"{number} {unit}" if share == 1 else number
        words: dict[str, Any] = {"fontsize": style.SMALL_SIZE, "color": style.INK, "transform": place}
        # The first label starts at the edge of the map; the unit hangs to the right so that numbers stay centred.
        x, align = extent.west + share * length, "left" if share == 0 else "center"
        axes.text(x, BAR_Y - 2.5, text, ha=align, va="top", gid="scale-label", **words)


def draw_north_arrow(axes: Axes, result: Result, extent: Extent) -> None:
    """Draw an arrow to true north at the middle of the map; nothing when north is unknown."""
    from matplotlib.patches import Polygon
    from matplotlib.transforms import Affine2D

    frame = result.problem.frame
    if not frame.is_geographic:
        return
    east, north = true_north(frame, extent)
    place = Affine2D(np.array([[north, east, -12], [-east, north, -27], [0, 0, 1]])) + points_from(axes, (1, 0))
    for side, colour in ((-1, style.INK), (1, "white")):
        half = [(0, 11), (side * 4.5, -7), (0, -3.5)]
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": style.INK, "linewidth": 0.8, "gid": "north-arrow"}
        axes.add_artist(Polygon(half, closed=True, transform=place, clip_on=False, **look))
    words: dict[str, Any] = {"fontsize": style.TEXT_SIZE, "fontweight": "bold", "color": style.INK, "transform": place}
    axes.text(-11, 2, "N", ha="center", va="center", gid="north", **words)


def true_north(frame: Frame, extent: Extent) -> tuple[float, float]:
    """Return the unit vector (east, north) of true north in the planning frame, at the middle of the map."""
    middle = np.array([[(extent.west + extent.east) / 2, (extent.south + extent.north) / 2]])
    lonlat = frame.to_lonlat(middle)
    if lonlat is None:
        raise ValueError("north is known only in a frame that stands on the Earth")
    step = frame.to_planning(lonlat + np.array([[0.0, 1e-4]]), "EPSG:4326") - middle
    east, north = step[0] / np.hypot(*step[0])
    return float(east), float(north)
