"""Coverage: how far each place is from its nearest device, in bands that start at the requirement.

Distances are straight lines, so "within d of a device" is a union of discs: it is drawn exactly, as circles that
share one outline rule, instead of a raster that would show its cells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from placement.units import METRES_PER_UNIT
from placement.view import style
from placement.view.extent import served_ring
from placement.view.outlines import area_path, ring_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

    from placement.core import Result
    from placement.core.types import BoolArray, FloatArray

MOST_BANDS = 4
"""Bands of a map without a requirement."""

_GRID = 60


@dataclass(frozen=True, slots=True)
class Bands:
    """Distance bands around devices.

    Parameters
    ----------
    edges_m : tuple of float
        Outer edge of each band, near to far [m]; may be empty.
    is_required : bool
        Whether the last edge is the requirement: what lies beyond it fails.
    palette : tuple of str
        Colours near to far, one more than there are edges.
    """

    edges_m: tuple[float, ...]
    is_required: bool
    palette: tuple[str, ...] = style.BAND_COLOURS

    @property
    def colours(self) -> tuple[str, ...]:
        """One colour for each band."""
        return self.palette[: len(self.edges_m)]

    @property
    def beyond_colour(self) -> str:
        """Colour of what lies beyond the last edge."""
        if self.is_required:
            return style.BEYOND_COLOUR
        return self.palette[len(self.edges_m) if self.edges_m else -1]


def choose_bands(result: Result) -> Bands:
    """Return thirds of the requirement when there is one, else up to four round steps that reach everybody.

    Without a requirement nothing is called failing. When everybody sits on a device there is nothing to grade and
    no band; nor when distances are no straight lines, for then discs would say who is near and not tell the truth.

    Examples
    --------
    >>> Bands((4.0, 8.0, 12.0), is_required=True).beyond_colour == style.BEYOND_COLOUR
    True
    """
    if not result.problem.distance.is_straight:
        return Bands((), is_required=False)
    if result.problem.radii_m:
        required = result.problem.radii_m[0]
        return Bands((required / 3, required * 2 / 3, required), is_required=True)
    farthest = result.score.worst[0].distance_m if result.score.worst else 0.0
    if farthest <= 0:
        return Bands((), is_required=False)
    scale = METRES_PER_UNIT[style.reading_unit(farthest, result.problem.frame.unit)]
    step = next(
        step for exponent in range(-12, 13) for factor in (1, 2, 2.5, 5)
        if (step := factor * 10.0**exponent * scale) * MOST_BANDS >= farthest * (1 - 1e-9)
    )  # fmt: skip
    return Bands(tuple(step * i for i in range(1, math.ceil(farthest / step - 1e-9) + 1)), is_required=False)


def served_area(result: Result) -> Path | None:
    """Return where coverage is told: the floor of the plan, or a ring around demand and devices."""
    plan = result.problem.domain.plan
    return ring_path(served_ring(result)) if plan is None else area_path(plan.floor)


def reaches_beyond(result: Result) -> bool:
    """Tell whether any of the area lies beyond the last band, so that the legend must name it.

    Looks at the corners of the area, exactly, and at a grid inside it, with half a cell's diagonal of doubt counted
    as beyond.
    """
    area, bands = served_area(result), choose_bands(result)
    if area is None or not bands.edges_m:
        return False
    if _farthest(np.asarray(area.vertices), result.plan.device_xy) > bands.edges_m[-1]:
        return True
    box = area.get_extents()
    cell = np.array([box.width, box.height]) / _GRID
    middle = box.p0 + (np.arange(_GRID) + 0.5)[:, None] * cell
    grid = np.stack(np.meshgrid(*middle.T), axis=-1).reshape(-1, 2)
    inside = grid[_is_told(result, area, grid)]
    doubt = float(np.hypot(*cell)) / 2
    return len(inside) > 0 and _farthest(inside, result.plan.device_xy) + doubt > bands.edges_m[-1]


def draw_bands(axes: Axes, result: Result, bands: Bands) -> None:
    """Draw the bands, far ones first, clipped to `served_area`; the failing part is grey and hatched."""
    from matplotlib.patches import PathPatch

    area = served_area(result)
    if area is None:
        return
    axes.add_artist(PathPatch(area, facecolor=bands.beyond_colour, linewidth=0, zorder=1))
    if bands.is_required:
        hatch = {"hatch": style.BEYOND_HATCH, "edgecolor": style.BEYOND_LINE}
        axes.add_artist(PathPatch(area, facecolor="none", linewidth=0, zorder=1.01, gid="beyond", **hatch))
    for rank, (edge, colour) in enumerate(zip(bands.edges_m[::-1], bands.colours[::-1], strict=True)):
        # A stroke under the fill leaves only its outer half: the edge of the union, without the arcs inside.
        is_limit = bands.is_required and rank == 0
        stroke = {"edgecolor": style.SOFT_INK, "linewidth": 1.6} if is_limit else {"edgecolor": "white", "linewidth": 0.8}
        discs = _discs(result.plan.device_xy, edge)
        for look in (stroke, {"linewidth": 0}):
            patch = PathPatch(discs, facecolor=colour, zorder=1.1 + 0.01 * rank, **look)
            axes.add_artist(patch)
            patch.set_clip_path(area, axes.transData)


def _discs(centre: FloatArray, radius: float) -> Path:
    from matplotlib.path import Path

    circle = Path.unit_circle()
    vertices = (centre[:, None] + radius * np.asarray(circle.vertices)[None]).reshape(-1, 2)
    return Path(vertices, np.tile(np.asarray(circle.codes), len(centre)))


def _is_told(result: Result, area: Path, xy: FloatArray) -> BoolArray:
    # A Path counts its holes as inside, so a floor with a light well is asked itself.
    plan = result.problem.domain.plan
    if plan is None:
        return area.contains_points(xy)
    import shapely

    shapely.prepare(plan.floor)
    return np.asarray(shapely.contains_xy(plan.floor, *xy.T), dtype=bool)


def _farthest(xy: FloatArray, device_xy: FloatArray) -> float:
    squared = np.full(len(xy), np.inf)
    for device in device_xy:
        np.minimum(squared, ((xy - device) ** 2).sum(axis=1), out=squared)
    return math.sqrt(float(squared.max()))
