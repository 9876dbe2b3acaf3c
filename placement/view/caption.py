"""The words around a map: what it is, how good the plan is, what its distances and coordinates mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placement.view import style
from placement.view.outlines import points_from

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core import Result

_LONGEST_TITLE = 78

# En spaces: SVG folds a run of plain ones into one.
_BETWEEN = "\N{EN SPACE}·\N{EN SPACE}"


def score_line(result: Result) -> str:
    """Return the plan's scores in one line, lengths in the user's unit."""
    score, unit, p, n = result.score, result.problem.frame.unit, result.plan.p, result.problem.demand.n
    parts = [
        f"{p:,} device{'s' if p > 1 else ''} for {n:,} point{'s' if n > 1 else ''}",
        *([f"{score.unreachable:,} not served"] if score.unreachable else []),
        *([] if score.max_m is None else [f"farthest {style.precise_length(score.max_m, unit)}"]),
        *([] if score.mean_m is None else [f"mean {style.precise_length(score.mean_m, unit)}"]),
    ]
    if score.coverage:
        first = score.coverage[0]
        parts.append(f"{share_text(first.share)} within {style.short_length(first.radius_m, unit)}")
    return _BETWEEN.join(parts)


def share_text(share: float) -> str:
    """Return a share as per cent, never rounded up to 100 % nor down to 0 %.

    Examples
    --------
    >>> share_text(1.0), share_text(0.9999), share_text(0.5)
    ('100 %', '99.9 %', '50.0 %')
    """
    if share in (0.0, 1.0):
        return f"{share * 100:.0f} %"
    return f"{min(max(share * 100, 0.1), 99.9):.1f} %"


def foot_lines(result: Result) -> tuple[str, str]:
    """Return what a reader must know to use the map: the kind of distance and the program; the coordinates."""
    frame = result.problem.frame
    where = f"Coordinates: local, in {frame.unit}"
    if frame.is_geographic:
        where = f"Data in {frame.crs}, planned and drawn in {_crs_name(frame.planning_crs or '')}"
    distance = result.problem.distance
    measured = "Distances are straight lines" if distance.is_straight else f"Distance means {distance.meaning}"
    return f"{measured}. Made with placement {result.version}.", f"{where}."


def draw_caption(axes: Axes, result: Result) -> None:
    """Write title and scores above the map, the foot lines below it."""
    above, below = points_from(axes, (0, 1)), points_from(axes, (0, 0))
    name = result.source.name
    title = name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"
    look: dict[str, Any] = {"ha": "left", "va": "baseline", "parse_math": False}
    axes.text(0, 29, title, transform=above, fontsize=style.TITLE_SIZE, fontweight="bold", color=style.INK, gid="title", **look)
    axes.text(0, 11, score_line(result), transform=above, fontsize=9.5, color=style.SOFT_INK, gid="scores", **look)
    for rank, line in enumerate(foot_lines(result)):
        foot: dict[str, Any] = {"fontsize": style.SMALL_SIZE, "color": style.SOFT_INK, "transform": below, "gid": "foot"}
        axes.text(0, -57 - 10 * rank, line, **foot, **look)


def _crs_name(crs: str) -> str:
    """Shorten a projection string to what tells it from others."""
    words = dict(part.lstrip("+").split("=", 1) for part in crs.split() if "=" in part)
    if words.get("proj") != "tmerc":
        return crs
    return f"transverse Mercator around {words.get('lat_0')}°, {words.get('lon_0')}° (WGS84)"
