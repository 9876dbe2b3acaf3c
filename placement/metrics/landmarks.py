"""Landmarks: how an installer finds the spot, by tape measure from walls or from places with a name."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from placement.core.survey import Landmark
from placement.core.types import FloatArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from placement.core import FloorPlan, Plan, Problem

SHORTEST_FACE_M = 0.5
"""Nobody measures from a door jamb: shorter stretches of wall are used only when there is nothing else [m]."""

LARGEST_COLUMN_M = 1.2
"""A free-standing piece of wall no longer and no wider than this is called a column [m]."""

LARGEST_COSINE = 0.5
"""Two measures fix a position well when their directions, or opposites, are at least 60 degrees apart."""

NEAREST_POINTS = 64
"""How many of the nearest named places are looked at for one in another direction."""

PANE_M = 0.01
"""Half the thickness of a glass partition [m]."""

WINDOW_RECESS_M = 1.0
"""A floor edge with a window at most this far behind it is the inside of that window's recess [m]."""

_TOUCH_M = 0.01
_SIGHT_M = 0.002
_PLAN_SIDES = ("right", "upper right", "above", "upper left", "left", "lower left", "below", "lower right")
_COMPASS_SIDES = ("east", "northeast", "north", "northwest", "west", "southwest", "south", "southeast")


def landmarks(problem: Problem, plan: Plan, *, limit: int | None = None) -> tuple[tuple[Landmark, ...], ...]:
    """Return for each device up to two landmarks, nearest first, which together fix where it stands.

    On a floor plan they are walls in sight of the device and square to it: the nearest, and the nearest whose
    direction is at least 60 degrees away from the first one's and from its opposite. Where the floor ends without a wall
    (a glass front, a light well) the edge counts. Stretches shorter than `SHORTEST_FACE_M` are passed over.
    Without a plan, or where one wall is all there is, they are fixed devices and demand points.

    Parameters
    ----------
    problem : Problem
        The demand, fixed devices and floor plan.
    plan : Plan
        The p devices.
    limit : int, optional
        Only the first so many devices.

    Returns
    -------
    tuple of tuple of Landmark
        One entry per device. A device right on a named place has that place alone; when all named places lie in one
        line, the two nearest are given. Of equally near walls the left one comes first, then the one below.

    Examples
    --------
    >>> from placement.core import Demand, Domain, Frame, Plan, Problem, Sites
    >>> demand = Demand(("a", "b"), np.array([[0.0, 0.0], [3.0, 4.0]]), np.ones(2))
    >>> problem = Problem(demand, Sites.none(), None, Domain("plane"), None, None, 1, (), Frame())
    >>> index, reach = np.zeros(2, dtype=np.intp), np.array([3.0, 4.0])
    >>> plan = Plan(("D1",), np.array([[3.0, 0.0]]), ("new",), index, reach, 25.0, "m2", None, "", "feasible", 0)
    >>> [(mark.what, mark.distance_m, mark.direction) for mark in landmarks(problem, plan)[0]]
    [('a', 3.0, 'left'), ('b', 4.0, 'above')]
    """
    sides = _COMPASS_SIDES if problem.frame.is_geographic else _PLAN_SIDES
    faces = None if problem.domain.plan is None else _faces(problem.domain.plan)
    found = []
    for device_id, xy in itertools.islice(zip(plan.device_ids, plan.device_xy, strict=True), limit):
        walls = () if faces is None else _two_directions(faces.around(xy))
        points = () if len(walls) > 1 else _two_directions(_named_places(problem, device_id, xy), any_direction=True)
        found.append(tuple(Landmark(what, far, _side(way, sides)) for what, far, way in (*walls, *points)[:2]))
    return tuple(found)


def room_of(problem: Problem, xy: FloatArray) -> str | None:
    """Return the name of the room that a position [m] of shape (2,) lies in: the smallest, where rooms overlap.

    Returns None without a floor plan and outside every named room; a shared wall belongs to both sides.

    Examples
    --------
    >>> from placement.core import Demand, Domain, Frame, Problem, Sites
    >>> demand = Demand(("a",), np.zeros((1, 2)), np.ones(1))
    >>> room_of(Problem(demand, Sites.none(), None, Domain("plane"), None, None, 1, (), Frame()), np.zeros(2)) is None
    True
    """
    if problem.domain.plan is None:
        return None
    import shapely

    spot = shapely.points(xy)
    around = [room for room in problem.domain.plan.rooms if shapely.covers(room.outline, spot)]
    return min(around, key=lambda room: (float(room.outline.area), room.name)).name if around else None


_Sighting = tuple[str, float, FloatArray]
"""What is seen, how far away [m], and the direction to it: a unit vector, or zero when the device is right on it."""


def _two_directions(sightings: Iterable[_Sighting], *, any_direction: bool = False) -> tuple[_Sighting, ...]:
    """Return the nearest and the nearest across from it; `any_direction` takes the second nearest if none is across."""
    seen = iter(sightings)
    first = next(seen, None)
    if first is None or not first[2].any():
        return () if first is None else (first,)
    spare = None
    for sighting in seen:
        if abs(float(first[2] @ sighting[2])) <= LARGEST_COSINE:
            return first, sighting
        spare = spare or sighting
    return (first, spare) if any_direction and spare else (first,)


def _named_places(problem: Problem, device_id: str, xy: FloatArray) -> Iterator[_Sighting]:
    """Yield fixed devices and demand points, nearest first, the device itself left out."""
    others = [j for j, name in enumerate(problem.fixed.ids) if name != device_id]
    names = [problem.fixed.ids[j] for j in others]
    places = np.concatenate([problem.fixed.xy[others], problem.demand.xy])
    offset = places - xy
    far = np.hypot(offset[:, 0], offset[:, 1])
    near = np.argpartition(far, NEAREST_POINTS)[:NEAREST_POINTS] if len(far) > NEAREST_POINTS else np.arange(len(far))
    for index in near[np.lexsort((near, far[near]))]:
        name = names[index] if index < len(names) else problem.demand.ids[index - len(names)]
        yield name, float(far[index]), offset[index] / far[index] if far[index] > 0 else np.zeros(2)


@lru_cache(maxsize=1)
def _faces(plan: FloorPlan) -> _Faces:
    """Return the faces of a floor plan; comparisons ask for those of one plan again and again."""
    return _Faces(plan)


class _Faces:
    """The straight stretches along which the open floor ends, each with the direction that points out of the floor."""

    def __init__(self, plan: FloorPlan) -> None:
        import shapely

        self._plan = plan
        # Glass partitions stop a tape as walls do; they are drawn as lines across the floor.
        inside = shapely.buffer(plan.floor, -_TOUCH_M, join_style="mitre")
        self._panes = shapely.buffer(shapely.intersection(plan.windows, inside), PANE_M, cap_style="square")
        open_floor = shapely.difference(plan.floor, shapely.union(plan.walls, self._panes))
        # Collinear pieces become one face; with the floor on the left of each ring, a face's right-hand side points out of it.
        oriented = shapely.orient_polygons(shapely.simplify(open_floor, _SIGHT_M / 2))
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_parts(shapely.boundary(shapely.get_parts(oriented)))]
        self._start = np.concatenate([np.empty((0, 2)), *(ring[:-1] for ring in rings)])
        vector = np.concatenate([np.empty((0, 2)), *(np.diff(ring, axis=0) for ring in rings)])
        self._length = np.hypot(vector[:, 0], vector[:, 1])
        self._along = vector / np.maximum(self._length, np.finfo(float).tiny)[:, None]
        self._out = np.column_stack([self._along[:, 1], -self._along[:, 0]])
        # Devices may stand right on an edge and look along it, so sight reaches a hair into the walls.
        self._sight = shapely.buffer(open_floor, _SIGHT_M, join_style="mitre")
        shapely.prepare(self._sight)

    def around(self, xy: FloatArray) -> Iterator[_Sighting]:
        """Yield the faces that a tape from `xy` meets squarely and unobstructed: long ones first, each kind nearest first."""
        offset = self._start - xy
        distance = np.einsum("ij,ij->i", offset, self._out)
        reach = -np.einsum("ij,ij->i", offset, self._along)
        is_square = (distance >= -_SIGHT_M) & (reach >= -_SIGHT_M) & (reach <= self._length + _SIGHT_M)
        is_short = self._length < SHORTEST_FACE_M
        order = np.lexsort((self._out[:, 1].round(6), self._out[:, 0].round(6), distance.round(6), is_short))
        for index in order[is_square[order]]:
            far = max(float(distance[index]), 0.0)
            foot = xy + far * self._out[index]
            if self._sees(xy, foot):
                yield self._kind(foot), far, self._out[index]

    def _sees(self, xy: FloatArray, foot: FloatArray) -> bool:
        import shapely

        return bool(shapely.covers(self._sight, shapely.linestrings([xy, foot])))

    def _kind(self, foot: FloatArray) -> str:
        import shapely

        spot = shapely.points(foot)
        for part in shapely.get_parts(self._plan.walls):
            if shapely.dwithin(part, spot, _TOUCH_M):
                return "column" if _is_column(part) else "wall"
        if shapely.dwithin(self._panes, spot, _TOUCH_M):
            return "glass wall"
        return "window" if shapely.dwithin(self._plan.windows, spot, WINDOW_RECESS_M) else "floor edge"


def _is_column(part: BaseGeometry) -> bool:
    left, bottom, right, top = part.bounds
    return bool(max(right - left, top - bottom) <= LARGEST_COLUMN_M)


def _side(way: FloatArray, sides: tuple[str, ...]) -> str:
    """Return the name of the eighth of the circle around `way`, or nothing for the zero vector."""
    if not way.any():
        return ""
    return sides[round(float(np.arctan2(way[1], way[0])) / (np.pi / 4)) % len(sides)]
