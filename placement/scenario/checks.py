"""What must hold between the places of a problem, and between places and free space."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from placement.core.domain import STANDING_TOLERANCE_M, Domain
from placement.core.frame import Frame
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray
from placement.errors import Fault
from placement.scenario.points import Points
from placement.units import count

MOST_NAMED = 20
"""Points named one by one in a list of faults; the rest are counted."""
LARGEST = 1e12
"""Coordinate [m] or weight; of larger ones squares and sums lose every digit that matters."""
LARGE_EXTENT_M = 1_000_000.0
"""Demand wider than this is more likely a wrong coordinate than one plan [m]."""


def unplaced(points: Points, frame: Frame) -> list[Fault]:
    """Name the points that cannot be projected into the planning frame, and numbers that nothing can be reckoned with."""
    is_heavy = points.weight > LARGEST
    faults = _named(points, is_heavy, "a weight so large is no amount of anything", f"up to {LARGEST:,.0f}", "check the number")
    xy = frame.to_planning(points.xy, points.crs)
    lonlat = frame.to_lonlat(xy)
    if lonlat is None:
        is_beyond = np.asarray(~(np.abs(xy) <= LARGEST).all(axis=1))
        return [
            *faults,
            *_named(points, is_beyond, "so far out there is no place", f"up to {LARGEST:,.0f} m", "check the number"),
        ]
    is_wrong = np.asarray(~np.isfinite(lonlat).all(axis=1))
    problem = f"this is no place that can be planned together with the others in {frame.crs}"
    return faults + _named(points, is_wrong, problem, "", "check the numbers, and whether latitude and longitude are swapped")


def misplaced(problem: Problem, points: Mapping[str, Points]) -> list[Fault]:
    """Name the demand outside the plan, the fixed devices that cannot stand where they are, and names used twice."""
    return [*_outside(problem, points), *_in_walls(problem, points), *_same_names(problem, points)]


def far_apart(problem: Problem) -> list[str]:
    """Warn when the places of a map lie so far apart that a coordinate must be wrong."""
    places = np.vstack([problem.demand.xy, problem.fixed.xy, (problem.candidates or Sites.none()).xy])
    width = float(np.ptp(places, axis=0).max())
    if problem.frame.is_geographic and width > LARGE_EXTENT_M:
        return [f"the places are spread over {width / 1000:,.0f} km; are longitude and latitude swapped in some rows?"]
    return []


def _outside(problem: Problem, points: Mapping[str, Points]) -> list[Fault]:
    plan = problem.domain.plan
    if plan is None or "demand" not in points:
        return []
    import shapely

    is_outside = ~shapely.intersects_xy(plan.outline, problem.demand.xy)
    bounds = problem.frame.to_user(np.array(plan.outline.bounds).reshape(2, 2))
    (x0, y0), (x1, y1) = bounds
    allowed = f"x from {x0:.4g} to {x1:.4g}, y from {y0:.4g} to {y1:.4g} {problem.frame.unit}, as in the drawing"
    return _named(points["demand"], is_outside, "lies outside the plan", allowed, "move the point, or check units and origin")


def _in_walls(problem: Problem, points: Mapping[str, Points]) -> list[Fault]:
    """Name fixed devices that cannot stand where they are said to; one on the face of a wall, within the clearance, can."""
    if "fixed" not in points:
        return []
    fix = "measure its position again, or mend the drawing's layers or the zone"
    faults = []
    for i, xy in enumerate(problem.fixed.xy):
        where = obstacle_at(problem.domain, xy)
        if where:
            faults.append(points["fixed"].fault(i, f"this fixed device stands {where}", allowed="a place on the floor", fix=fix))
    return faults


def obstacle_at(domain: Domain, xy: FloatArray) -> str:
    """Return what stands where a device is said to be, or nothing; edges are free."""
    import shapely

    spot, plan = shapely.points(xy), domain.plan
    zones = {"in a forbidden zone": domain.forbidden}
    if plan is not None:
        zones = {"in a wall": plan.walls, "in a void": plan.voids, **zones}
    for words, zone in zones.items():
        if (
            zone is not None
            and shapely.contains(zone, spot)
            and shapely.distance(shapely.boundary(zone), spot) > STANDING_TOLERANCE_M
        ):
            return words
    is_outside = plan is not None and not shapely.dwithin(plan.outline, spot, STANDING_TOLERANCE_M)
    return "outside the building" if is_outside else ""


def _same_names(problem: Problem, points: Mapping[str, Points]) -> list[Fault]:
    if problem.candidates is None:
        return []
    taken = np.array([name in problem.fixed.ids for name in problem.candidates.ids])
    return _named(
        points["candidates"], taken, "a fixed device has this name already", "", "give the site or the device another name"
    )


def _named(points: Points, is_wrong: BoolArray, problem: str, allowed: str, fix: str) -> list[Fault]:
    wrong = np.flatnonzero(is_wrong)
    faults = [points.fault(int(i), problem, allowed=allowed, fix=fix) for i in wrong[:MOST_NAMED]]
    if len(wrong) > MOST_NAMED:
        more = Fault(faults[0].file, None, None, "", f"{count(len(wrong) - MOST_NAMED, 'more point')}: {problem}")
        faults.append(more)
    return faults
