"""Domain: where a device may stand, and the floor plan behind it.

The members of `placement.domains` build this one value; solvers, metrics and maps need nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from placement.core.types import BoolArray, FloatArray

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STANDING_TOLERANCE_M = 1e-6
"""A device on the edge of the free space stands in it; rounding may put it this far outside [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """A named part of the floor: `outline` is a shapely polygon in the planning frame [m]."""

    name: str
    outline: BaseGeometry


@dataclass(frozen=True, slots=True, eq=False)
class FloorPlan:
    """What stands on the floor, as shapely geometries in the planning frame [m].

    Parameters
    ----------
    outline : BaseGeometry
        The building: its outer edge, without holes.
    floor : BaseGeometry
        Where there is floor to stand on, walls not yet taken away.
    walls : BaseGeometry
        Walls and columns as areas.
    voids : BaseGeometry
        Inside the outline but neither floor nor wall: light wells, shafts.
    doors, windows : BaseGeometry
        Line work, for drawing.
    rooms : tuple of Room
        Named rooms; may be empty.
    """

    outline: BaseGeometry
    floor: BaseGeometry
    walls: BaseGeometry
    voids: BaseGeometry
    doors: BaseGeometry
    windows: BaseGeometry
    rooms: tuple[Room, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """Where a device may stand: a closed set.

    Parameters
    ----------
    kind : str
        ``"plane"`` or ``"floor_plan"``.
    free : BaseGeometry or None
        The free space as a shapely (multi)polygon [m]; None when a device may stand anywhere.
    forbidden : BaseGeometry or None
        The zones the user forbade, for maps [m].
    plan : FloorPlan or None
        The floor plan, when there is one.
    """

    kind: str
    free: BaseGeometry | None = None
    forbidden: BaseGeometry | None = None
    plan: FloorPlan | None = field(default=None)

    def contains(self, xy: FloatArray) -> BoolArray:
        """Tell which points [m] of shape (k, 2) lie in the free space, its edge included."""
        if self.free is None:
            return np.ones(len(xy), dtype=bool)
        import shapely

        shapely.prepare(self.free)
        return np.asarray(shapely.dwithin(self.free, shapely.points(xy), STANDING_TOLERANCE_M), dtype=bool)

    def nearest_free(self, xy: FloatArray) -> FloatArray:
        """Return for each point [m] of shape (k, 2) the nearest place where a device may stand.

        For weighted squared distances this is the best place for a group of points whose centroid is `xy`:
        ``sum w |x - c|^2 = sum w |x - mean|^2 + W |mean - c|^2``, so only the distance to the centroid counts.
        """
        if self.free is None:
            return xy
        inside = self.contains(xy)
        if inside.all():
            return xy
        import shapely

        line = shapely.shortest_line(shapely.points(xy[~inside]), self.free)
        moved = xy.copy()
        moved[~inside] = shapely.get_coordinates(line)[1::2]
        return moved
