"""Names beside their points without covering badges, rings or each other: a search over a few offsets.

Each label tries places on growing rings around its anchor and takes the cheapest: leaving the map or overlapping a
badge or an earlier label costs most, covering demand points a little, distance least. Points in, points out (1/72 inch).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.view import style
from placement.view.outlines import from_points, to_points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from placement.core.types import FloatArray

_DIRECTIONS, _RINGS = 16, (0.0, 9.0, 20.0, 34.0, 52.0, 76.0)
_OFF_MAP, _OVERLAP, _COVERED_POINT, _FARTHER = 1e6, 60.0, 5.0, 0.35
_POINT_RADIUS = 3.5
_MOST_OBSTACLES = 4000


@dataclass(frozen=True, slots=True)
class Label:
    """A text and where it belongs.

    Parameters
    ----------
    text : str
        What it says.
    xy : tuple of float
        What it names, in the planning frame [m].
    clearance : float
        How far around that place the paper is taken [points].
    edge : str
        Colour of its box and leader.
    weight : {"bold", "normal"}
        Of the type.
    is_optional : bool
        Whether it is left out when no clear place is found.
    """

    text: str
    xy: tuple[float, float]
    clearance: float
    edge: str
    weight: str = "bold"
    is_optional: bool = False


def label_size(label: Label) -> tuple[float, float]:
    """Return the width and height of a boxed label [points], generous enough for DejaVu Sans.

    Examples
    --------
    >>> label_size(Label("D1", (0.0, 0.0), 8.0, "black"))
    (18.2, 14.0)
    """
    em = 0.7 if label.weight == "bold" else 0.64
    return round(em * style.TEXT_SIZE * len(label.text) + 7, 3), style.TEXT_SIZE + 6


def place_labels(labels: list[Label], anchor: FloatArray, box: FloatArray, points: FloatArray) -> list[FloatArray | None]:
    """Return the centre of each label [points], in order; None for an optional one without a clear place.

    Parameters
    ----------
    labels : list of Label
        Most important first: earlier ones choose earlier.
    anchor : ndarray of shape (k, 2)
        Where each label belongs [points].
    box : ndarray of shape (2, 2)
        Lower left and upper right corner of the map [points].
    points : ndarray of shape (n, 2)
        What should not be covered if it can be helped: demand points, unused sites [points].
    """
    clearance = np.array([label.clearance for label in labels])
    taken = [np.concatenate([at - room, at + room]) for at, room in zip(anchor, clearance, strict=True)]
    points = points[:: max(1, len(points) // _MOST_OBSTACLES)]
    places: list[FloatArray | None] = []
    for label, at in zip(labels, anchor, strict=True):
        half = np.array(label_size(label)) / 2
        centre, reach = _candidates(at, half, label.clearance)
        cost = _cost(centre, half, box, np.array(taken), points) + _FARTHER * reach
        best = int(cost.argmin())
        if label.is_optional and cost[best] >= _OVERLAP:
            places.append(None)
            continue
        places.append(centre[best])
        taken.append(np.concatenate([centre[best] - half, centre[best] + half]))
    return places


def draw_labels(axes: Axes, labels: list[Label], points_xy: FloatArray) -> None:
    """Draw each label in a white box edged in its colour, with a thin leader when it had to stand away."""
    if not labels:
        return
    anchor = to_points(axes, np.array([label.xy for label in labels]))
    corners = np.array([[axes.get_xlim()[0], axes.get_ylim()[0]], [axes.get_xlim()[1], axes.get_ylim()[1]]])
    places = place_labels(labels, anchor, to_points(axes, corners), to_points(axes, points_xy))
    leaders = []
    for label, at, place in zip(labels, anchor, places, strict=True):
        if place is None:
            continue
        x, y = from_points(axes, place[None])[0]
        box = {"boxstyle": "round,pad=0.28", "facecolor": "white", "edgecolor": label.edge, "linewidth": 0.9}
        look: dict[str, Any] = {
            "fontsize": style.TEXT_SIZE,
            "fontweight": label.weight,
            "color": style.INK,
            "bbox": box,
            "zorder": 5,
            "clip_on": False,
        }
        axes.text(x, y, label.text, ha="center", va="center", gid="label", **look)
        half = np.array(label_size(label)) / 2
        if np.maximum(np.abs(place - at) - half, 0).max() > label.clearance + 6:
            leaders.append((label.xy, (x, y), label.edge))
    _draw_leaders(axes, leaders)


def _draw_leaders(axes: Axes, leaders: list[tuple[tuple[float, float], tuple[float, float], str]]) -> None:
    from matplotlib.collections import LineCollection

    if leaders:
        segments, colours = [[start, end] for start, end, _ in leaders], [colour for *_, colour in leaders]
        axes.add_collection(LineCollection(segments, colors=colours, linewidths=0.9, zorder=3.9), autolim=False)


def _candidates(at: FloatArray, half: FloatArray, clearance: float) -> tuple[FloatArray, FloatArray]:
    # Starting east, so that ties go to the right of the point, where a reader looks first.
    angle = 2 * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS
    direction = np.column_stack([np.cos(angle), np.sin(angle)])
    # How far along each direction the label's box stops touching the square of side 2 * clearance.
    with np.errstate(divide="ignore"):
        touch = ((half + clearance) / np.maximum(np.abs(direction), 1e-9)).min(axis=1)
    reach = np.concatenate([touch + 1.0 + ring for ring in _RINGS])
    return at + np.tile(direction, (len(_RINGS), 1)) * reach[:, None], reach


def _cost(centre: FloatArray, half: FloatArray, box: FloatArray, taken: FloatArray, points: FloatArray) -> FloatArray:
    low, high = centre - half, centre + half
    outside = np.maximum(box[0] - low, 0).sum(axis=1) + np.maximum(high - box[1], 0).sum(axis=1)
    shared = np.minimum(high[:, None], taken[None, :, 2:]) - np.maximum(low[:, None], taken[None, :, :2])
    overlap = np.where((shared > 0).all(axis=2), 1 + shared.clip(min=0).prod(axis=2) / half.prod() / 4, 0).sum(axis=1)
    near = (points[None] > low[:, None] - _POINT_RADIUS) & (points[None] < high[:, None] + _POINT_RADIUS)
    covered = near.all(axis=2).sum(axis=1)
    return np.asarray(np.where(outside > 0, _OFF_MAP + outside, 0) + _OVERLAP * overlap + _COVERED_POINT * covered)
