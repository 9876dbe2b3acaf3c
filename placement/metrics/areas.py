"""How each part of a place is served: every room of a floor plan, or, where no room is named, every device's own points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from placement.core.score import ROUNDING_M, AreaScore
from placement.core.statistics import weighted_mean
from placement.core.types import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from placement.core import Plan, Problem, Room

QUARTER_SEGMENTS = 64
"""A disc is drawn as a polygon of four times so many sides, whose area is short by one part in 10,000."""


def area_scores(problem: Problem, plan: Plan) -> tuple[AreaScore, ...]:
    """Return how each part of the place is served.

    Parameters
    ----------
    problem : Problem
        Its floor plan says which parts there are; the first of its radii is the requirement.
    plan : Plan
        The plan; its assignment must belong to this demand.

    Returns
    -------
    tuple of AreaScore
        Named rooms in the order of the scenario, the floor outside them and the whole floor; without named rooms one for each
        device, and the whole floor when there is one. A demand point in several rooms belongs to the smallest; floor counts in
        each of them.

    Examples
    --------
    >>> from placement.core import Demand, Domain, Frame, Plan, Problem, Sites
    >>> demand = Demand(("a", "b"), np.array([[0.0, 0.0], [3.0, 4.0]]), np.ones(2))
    >>> problem = Problem(demand, Sites.none(), None, Domain("plane"), None, None, 1, (3.0,), Frame())
    >>> index, reach = np.zeros(2, dtype=np.intp), np.array([3.0, 4.0])
    >>> plan = Plan(("D1",), np.array([[3.0, 0.0]]), ("new",), index, reach, 25.0, "m2", None, "", "feasible", 0)
    >>> [(area.name, area.kind, area.covered_share) for area in area_scores(problem, plan)]
    [('D1', 'device', 0.5)]
    """
    floor_plan = problem.domain.plan
    if floor_plan is None:
        return _by_device(problem, plan)
    import shapely

    floor = shapely.difference(floor_plan.floor, floor_plan.walls)
    within = _within(problem, plan, floor)
    everybody = np.ones(problem.demand.n, dtype=bool)
    whole = _score(problem, plan, everybody, "", "floor", _measured(floor, within))
    if not floor_plan.rooms:
        return (*_by_device(problem, plan), whole)
    home = _home(floor_plan.rooms, problem.demand.xy)
    named = shapely.union_all([room.outline for room in floor_plan.rooms])
    rooms = [
        _score(problem, plan, home == k, room.name, "room", _measured(shapely.intersection(floor, room.outline), within))
        for k, room in enumerate(floor_plan.rooms)
    ]
    return (*rooms, _score(problem, plan, home < 0, "", "rest", _measured(shapely.difference(floor, named), within)), whole)


def _by_device(problem: Problem, plan: Plan) -> tuple[AreaScore, ...]:
    mine = [(plan.assignment == j) & plan.is_reached for j in range(plan.p)]
    return tuple(_score(problem, plan, is_mine, plan.device_ids[j], "device", (None, None)) for j, is_mine in enumerate(mine))


def _home(rooms: Sequence[Room], xy: FloatArray) -> IntArray:
    """Return the position of the smallest room around each point, -1 for none; of equal ones the first by name."""
    import shapely

    home, spots = np.full(len(xy), -1, dtype=np.intp), shapely.points(xy)
    largest_first = sorted(range(len(rooms)), key=lambda k: (float(rooms[k].outline.area), rooms[k].name), reverse=True)
    for k in largest_first:
        shapely.prepare(rooms[k].outline)
        home[shapely.covers(rooms[k].outline, spots)] = k
    return home


def _within(problem: Problem, plan: Plan, floor: BaseGeometry) -> BaseGeometry | None:
    """Return the floor within the required radius of a device; None when straight discs would not tell."""
    if not problem.radii_m or not problem.distance.is_straight:
        return None
    import shapely

    discs = shapely.buffer(shapely.points(plan.device_xy), problem.radii_m[0], quad_segs=QUARTER_SEGMENTS)
    return shapely.intersection(floor, shapely.union_all(discs))


def _measured(part: BaseGeometry, within: BaseGeometry | None) -> tuple[float | None, float | None]:
    """Return the area [m2] of a part of the floor and which share of it lies within the radius."""
    import shapely

    area = float(part.area)
    if within is None or area == 0:
        return area, None
    return area, min(float(shapely.intersection(part, within).area) / area, 1.0)


def _score(
    problem: Problem,
    plan: Plan,
    is_inside: BoolArray,
    name: str,
    kind: Literal["room", "rest", "floor", "device"],
    floor: tuple[float | None, float | None],
) -> AreaScore:
    weight, is_near = problem.demand.weight, is_inside & plan.is_reached
    distance, load, total = plan.service_distance[is_near], weight[is_near], float(weight[is_inside].sum())
    is_covered = is_inside & (plan.service_distance <= (problem.radii_m[0] if problem.radii_m else 0.0) + ROUNDING_M)
    share = float(weight[is_covered].sum()) / total if total else None
    return AreaScore(
        name=name,
        kind=kind,
        demand_points=int(is_inside.sum()),
        demand_weight=total,
        mean_m=weighted_mean(distance, load) if len(distance) else None,
        max_m=float(distance.max()) if len(distance) else None,
        covered_points=int(is_covered.sum()) if problem.radii_m else None,
        covered_share=share if problem.radii_m else None,
        floor_m2=floor[0],
        covered_floor_share=floor[1],
    )
