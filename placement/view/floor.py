"""The floor plan under a map, drawn as an architect would: walls solid, doors and windows thin, voids crossed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placement.view import style
from placement.view.outlines import area_path, line_path, to_points

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from placement.core import Domain, FloorPlan

VOID_LABEL_SIZE = 30.0
"""Least width and height on paper of a void that carries its name [points]."""


def draw_floor(axes: Axes, plan: FloorPlan) -> None:
    """Draw voids, walls, windows and doors of `plan`; what the plan has none of is left out."""
    _draw_area(axes, plan.voids, 2.0, facecolor="white", edgecolor=style.VOID_LINE, linewidth=0.6, hatch=style.VOID_HATCH)
    _draw_area(axes, plan.walls, 2.1, facecolor=style.WALL_COLOUR, linewidth=0)
    _draw_lines(axes, plan.windows, 2.2, edgecolor="white", linewidth=1.8)
    _draw_lines(axes, plan.windows, 2.2, edgecolor=style.WINDOW_COLOUR, linewidth=0.7)
    _draw_lines(axes, plan.doors, 2.2, edgecolor=style.DOOR_COLOUR, linewidth=0.6)
    _name_voids(axes, plan.voids)


def draw_forbidden(axes: Axes, domain: Domain) -> None:
    """Draw the zones where the user forbade devices."""
    if domain.forbidden is not None:
        look = {"facecolor": style.FORBIDDEN_COLOUR, "edgecolor": style.FORBIDDEN_LINE, "hatch": style.FORBIDDEN_HATCH}
        _draw_area(axes, domain.forbidden, 1.9, linewidth=1.0, gid="forbidden", **look)


def _draw_area(axes: Axes, geometry: BaseGeometry, zorder: float, **look: Any) -> None:
    from matplotlib.patches import PathPatch

    path = area_path(geometry)
    if path is not None:
        axes.add_artist(PathPatch(path, zorder=zorder, **look))


def _draw_lines(axes: Axes, geometry: BaseGeometry, zorder: float, **look: Any) -> None:
    from matplotlib.patches import PathPatch

    path = line_path(geometry)
    if path is not None:
        axes.add_artist(PathPatch(path, fill=False, capstyle="butt", zorder=zorder, **look))


def _name_voids(axes: Axes, voids: BaseGeometry) -> None:
    import shapely

    for part in shapely.get_parts(voids):
        corners = to_points(axes, shapely.get_coordinates(shapely.box(*part.bounds)))
        if (corners.max(axis=0) - corners.min(axis=0)).min() < VOID_LABEL_SIZE:
            continue
        place = part.representative_point()
        box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "linewidth": 0}
        look: dict[str, Any] = {"fontsize": style.SMALL_SIZE, "color": style.SOFT_INK, "bbox": box, "zorder": 2.05}
        axes.text(place.x, place.y, "void", ha="center", va="center", clip_on=True, **look)
