"""The sheet of a map: as large as its shape needs, about as wide as A4 on its side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.view.extent import map_extent
from placement.view.legend import WIDTH, Entry, legend_entries, legend_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from placement.core import Result

MAP_WIDTH, MAP_HEIGHT = 618.0, 460.0
"""Most room for the map itself [points]."""

LEFT, ABOVE, BELOW, RIGHT = 34.0, 58.0, 80.0, WIDTH + 10.0
"""Room around the map for ticks, title, scale bar and legend [points]."""

NARROW_MAP = 330.0
"""Least width of a map [points], so that title and foot lines fit beside the legend."""


def make_sheet(
    result: Result,
    entries: list[Entry] | None = None,
    *,
    largest: tuple[float, float] = (MAP_WIDTH, MAP_HEIGHT),
    above: float = ABOVE,
    below: float = BELOW,
) -> tuple[Figure, Axes]:
    """Return a new Figure and its empty Axes, of the shape of the map of `result` and with room for a legend.

    The legend is that of the plan unless `entries` are another; `largest` is the most room for the map, `above` and `below` are
    what title and foot need [points].
    """
    from matplotlib.figure import Figure

    extent = map_extent(result)
    width = min(largest[0], max(largest[1] * extent.width / extent.height, NARROW_MAP))
    height = width * extent.height / extent.width
    shown = legend_entries(result) if entries is None else entries
    sheet_height = above + max(height + below, legend_height(shown) + 14.0)
    sheet_width = LEFT + width + RIGHT
    figure = Figure(figsize=(sheet_width / 72, sheet_height / 72), facecolor="white")
    bottom = sheet_height - above - height
    box = (LEFT / sheet_width, bottom / sheet_height, width / sheet_width, height / sheet_height)
    return figure, figure.add_axes(box)
