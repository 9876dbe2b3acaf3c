"""The legend beside a map: only what the map shows, in sections, with the very markers and hatches of the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.view import style
from placement.view.bands import Bands, choose_bands, reaches_beyond
from placement.view.extent import unused_candidates
from placement.view.outlines import points_from
from placement.view.people import has_weights, point_area, ringed

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from placement.core import Result
    from placement.core.types import FloatArray

WIDTH = 172.0
"""Room for the legend right of the map [points]."""

ROW, HEADING_GAP, INDENT, KEY_WIDTH = 13.5, 7.0, 26.0, 17.0
"""Height of a row, room above a heading, start of the text, width of a key [points]."""

MOST_LISTED, MOST_IN_ONE_COLUMN = 40, 10
"""Devices that the legend names, and names one below the other."""

SIZES_SHOWN = 3
"""Sizes of a point in the legend."""

_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend.

    Parameters
    ----------
    label : str
        The text.
    shape : {"heading", "patch", "line", "ring", "marker"}
        What kind of key stands before it; a heading has none.
    look : dict
        Properties of the key.
    is_right : bool
        Whether it stands in the right half of the row above.
    """

    label: str
    shape: str
    look: dict[str, Any]
    is_right: bool = False


def legend_entries(result: Result) -> list[Entry]:
    """Return the lines of the legend of `result`, top to bottom."""
    return [*_devices(result), *_statuses(result), *_coverage(result), *_points(result), *place_entries(result)]


def legend_height(entries: list[Entry]) -> float:
    """Return the height of a legend [points]."""
    return sum(_advance(entry) for entry in entries)


def draw_legend(axes: Axes, entries: list[Entry]) -> None:
    """Draw a legend right of the map, from its upper edge down."""
    place = points_from(axes, (1, 1))
    y, is_first = 6.0, True
    for entry in entries:
        y -= _advance(entry) - (HEADING_GAP if is_first else 0)
        is_first = False
        left = 16.0 + (WIDTH / 2 - 8 if entry.is_right else 0)
        if entry.shape == "heading":
            _write(axes, entry.label, left, y, place, fontweight="bold", color=style.INK)
            continue
        key = _key(entry, left, y)
        key.set(transform=place, clip_on=False, gid=f"legend-{entry.shape}")
        axes.add_artist(key)
        _write(axes, entry.label, left + INDENT, y, place, color=style.INK)


def _write(axes: Axes, text: str, x: float, y: float, place: object, **look: Any) -> None:
    axes.text(x, y, text, transform=place, va="center_baseline", fontsize=style.TEXT_SIZE, gid="legend-text", **look)


def _advance(entry: Entry) -> float:
    if entry.is_right:
        return 0.0
    return ROW + HEADING_GAP if entry.shape == "heading" else ROW


def _key(entry: Entry, left: float, y: float) -> Artist:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    if entry.shape == "patch":
        return Rectangle((left, y - 4.5), KEY_WIDTH, 9.0, **entry.look)
    if entry.shape == "line":
        return Line2D([left, left + KEY_WIDTH], [y, y], **entry.look)
    return Line2D([left + KEY_WIDTH / 2], [y], linestyle="none", **entry.look)


def _heading(text: str) -> Entry:
    return Entry(text, "heading", {})


def _marker(label: str, shape: str, area: float, colour: str, edge: str, **more: Any) -> Entry:
    look = {"marker": shape, "markersize": area**0.5, "markerfacecolor": colour, "markeredgecolor": edge}
    return Entry(label, "marker", {**look, "markeredgewidth": more.get("width", 0.6)}, bool(more.get("is_right")))


def _devices(result: Result) -> list[Entry]:
    plan = result.plan
    if plan.p > MOST_LISTED:
        return [_heading(f"{plan.p} devices, each with its own points")]
    title = "Device and the points it serves"
    is_double = plan.p > MOST_IN_ONE_COLUMN
    entries = [_heading(title)]
    half = -(-plan.p // 2) if is_double else plan.p
    order = [j for i in range(half) for j in ((i, i + half) if is_double else (i,)) if j < plan.p]
    for j in order:
        look, stats = style.device_style(j), result.score.devices[j]
        name = _shortened(plan.device_ids[j], 9 if is_double else _LONGEST_NAME - 6)
        label = f"{name} ({stats.demand_points:,})"
        area = 52 * style.SHAPE_AREA[look.shape]
        entries.append(_marker(label, look.shape, area, look.colour, look.edge, is_right=is_double and j >= half))
    return entries


def _statuses(result: Result) -> list[Entry]:
    words = {"new": "new device", "fixed": "fixed device, stands already", "candidate": "device on a candidate site"}
    shown = [kind for kind in style.STATUS_SHAPES if kind in result.plan.device_status]
    entries = [
        _marker(words[kind], style.STATUS_SHAPES[kind], 95 * style.STATUS_AREA[kind], style.SOFT_INK, style.INK) for kind in shown
    ]
    if unused_candidates(result).any():
        entries.append(_marker("candidate site, not used", "D", 26, "white", style.SOFT_INK, width=0.9))
    return [_heading("Marks"), *entries, *_ring(result), *_unreached(result)]


def _unreached(result: Result) -> list[Entry]:
    if not result.score.unreachable:
        return []
    look = {"marker": "x", "markersize": style.UNREACHED_AREA**0.5, "markeredgecolor": style.INK, "markeredgewidth": 1.4}
    return [Entry(f"no device serves it ({result.score.unreachable:,})", "marker", look)]


def _ring(result: Result) -> list[Entry]:
    count = len(ringed(result))
    if count == 0:
        return []
    label = "farthest from a device" if count == 1 else f"the {count} farthest from a device"
    return [_marker(label, "o", 80, "none", style.INK, width=1.5)]


def _coverage(result: Result) -> list[Entry]:
    bands = choose_bands(result)
    if not bands.edges_m:
        return []
    entries = band_entries(bands, result.problem.frame.unit, is_beyond=reaches_beyond(result))
    return [_heading("Straight line to the nearest device"), *entries]


def band_entries(bands: Bands, unit: str, *, is_beyond: bool) -> list[Entry]:
    """Return a line for each band, near to far, and one for what lies beyond the last if there is any."""
    texts = [style.short_length(edge, unit) for edge in bands.edges_m]
    entries = []
    for i, (text, colour) in enumerate(zip(texts, bands.colours, strict=True)):
        label = f"within {text}" if i == 0 else f"{texts[i - 1]} to {text}"
        entries.append(Entry(label, "patch", {"facecolor": colour, "edgecolor": style.SOFT_INK, "linewidth": 0.4}))
    if not is_beyond or not texts:
        return entries
    look: dict[str, Any] = {"facecolor": bands.beyond_colour, "edgecolor": style.SOFT_INK, "linewidth": 0.4}
    if bands.is_required:
        look |= {"edgecolor": style.BEYOND_LINE, "hatch": style.BEYOND_HATCH}
    return [*entries, Entry(f"beyond {texts[-1]}", "patch", look)]


def _points(result: Result) -> list[Entry]:
    if not has_weights(result):
        return []
    sizes = _sizes(result.problem.demand.weight)
    areas = point_area(result, np.array(sizes))
    shown = [_marker(style.short_number(w), "o", a, "#d5d9dd", style.SOFT_INK) for w, a in zip(sizes, areas, strict=True)]
    return [_heading("Size of a point: its weight"), *shown]


def _sizes(weight: FloatArray) -> list[float]:
    """Return up to three weights to show: the very ones when there are no more, else the largest and round ones below."""
    different = np.unique(weight)
    if len(different) <= SIZES_SHOWN:
        return [float(w) for w in different[::-1]]
    largest = float(different[-1])
    steps = {style.round_step(largest * share) for share in (0.3, 0.1)}
    return [largest, *sorted((step for step in steps if step >= different[0]), reverse=True)]


def place_entries(result: Result) -> list[Entry]:
    """Return the lines about the place itself: walls, doors, zones without devices."""
    domain = result.problem.domain
    plan, entries = domain.plan, []
    if plan is not None:
        known = {
            "wall or column": (plan.walls, "patch", {"facecolor": style.WALL_COLOUR, "linewidth": 0}),
            "window": (plan.windows, "line", {"color": style.WINDOW_COLOUR, "linewidth": 1.0}),
            "door": (plan.doors, "line", {"color": style.DOOR_COLOUR, "linewidth": 0.8}),
            "void: no floor": (
                plan.voids, "patch",
                {"facecolor": "white", "edgecolor": style.VOID_LINE, "hatch": style.VOID_HATCH, "linewidth": 0.6},
            ),
        }  # fmt: skip
        entries = [Entry(label, shape, look) for label, (part, shape, look) in known.items() if not part.is_empty]
    if domain.forbidden is not None and not domain.forbidden.is_empty:
        look = {"facecolor": style.FORBIDDEN_COLOUR, "edgecolor": style.FORBIDDEN_LINE, "hatch": style.FORBIDDEN_HATCH}
        entries.append(Entry("no device allowed", "patch", {**look, "linewidth": 0.8}))
    return [_heading("Place"), *entries] if entries else []


def _shortened(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
