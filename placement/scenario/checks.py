"""What must hold between the parts of a problem: places against free space, budget against what there is to serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from placement.core.domain import STANDING_TOLERANCE_M, Domain
from placement.core.frame import Frame
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray
from placement.errors import Fault, InfeasibleError, ScenarioError
from placement.scenario.points import Points
from placement.scenario.scenario import Scenario
from placement.units import count

MOST_NAMED = 20
"""Points named one by one in a list of faults; the rest are counted."""
LARGE_EXTENT_M = 1_000_000.0
"""Demand wider than this is more likely a wrong coordinate than one plan [m]."""


def unplaced(points: Points, frame: Frame) -> list[Fault]:
    """Name the points that cannot be projected into the planning frame."""
    lonlat = frame.to_lonlat(frame.to_planning(points.xy, points.crs))
    if lonlat is None:
        return []
    is_wrong = np.asarray(~np.isfinite(lonlat).all(axis=1))
    problem = f"this is no place that can be planned together with the others in {frame.crs}"
    return _named(points, is_wrong, problem, "", "check the numbers, and whether latitude and longitude are swapped")


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


def check_budget(scenario: Scenario, problem: Problem) -> tuple[Problem, list[str]]:
    """Check that there is something to place devices on, and drop the candidates on which none may stand.

    Parameters
    ----------
    scenario : Scenario
        For the places of faults.
    problem : Problem
        The problem as read.

    Returns
    -------
    problem : Problem
        Without the candidates on which no device may stand.
    warnings : list of str
        Sentences for the user.

    Raises
    ------
    ScenarioError
        If the budget exceeds the distinct demand points or the candidate sites.
    InfeasibleError
        If too few candidates may be used; the text names the feasible budget.
    """
    faults = _budget(scenario, problem)
    if faults:
        raise ScenarioError(faults)
    candidates = problem.candidates
    if candidates is None:
        return problem, []
    may_stand = problem.domain.contains(candidates.xy)
    usable = int(np.count_nonzero(may_stand))
    if usable < problem.n_new:
        raise InfeasibleError(str(_too_few(scenario, problem, usable)))
    kept = Sites(tuple(name for name, ok in zip(candidates.ids, may_stand, strict=True) if ok), candidates.xy[may_stand])
    if usable == candidates.m:
        return problem, []
    unused = ", ".join(_some(candidates, ~may_stand))
    left_out = f"{count(candidates.m - usable, 'candidate site')} may not be used, for no device may stand there: {unused}"
    return replace(problem, candidates=kept), [left_out]


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
        more = Fault(faults[0].file, None, None, "", f"{len(wrong) - MOST_NAMED} more points: {problem}")
        faults.append(more)
    return faults


def _budget(scenario: Scenario, problem: Problem) -> list[Fault]:
    key = "budget" if scenario.spec.devices.budget is not None else "cost"
    if problem.candidates is not None:
        if problem.n_new > problem.candidates.m:
            text = f"{_to_place(problem)} on {count(problem.candidates.m, 'candidate site')}"
            return [scenario.fault(("devices", key), text, allowed=f"1 to {problem.candidates.m}")]
        return []
    distinct = len(set(map(tuple, problem.demand.xy.tolist())))
    if problem.n_new > distinct:
        text = f"{_to_place(problem)}, more than the {distinct} distinct demand points"
        fix = "lower the budget: with a device at every point nobody has any way to go"
        return [scenario.fault(("devices", key), text, allowed=f"1 to {distinct}", fix=fix)]
    return []


def _too_few(scenario: Scenario, problem: Problem, usable: int) -> Fault:
    m = problem.candidates.m if problem.candidates is not None else 0
    sites = count(m, "candidate site")
    head = f"no device may stand on any of {sites}" if usable == 0 else f"only {usable} of {sites} may be used"
    text = f"no plan exists: {head}, and {_to_place(problem)}"
    feasible = f"at most {count(usable, 'device')} can be placed: lower the budget, " if usable else ""
    fix = f"{feasible}make the forbidden zones smaller or add sites"
    return scenario.fault(("devices", "candidates"), text, value="", fix=fix, at="key")


def _to_place(problem: Problem) -> str:
    return f"{count(problem.n_new, 'device is', 'devices are')} to be placed"


def _some(sites: Sites, mask: BoolArray) -> list[str]:
    names = [name for name, wrong in zip(sites.ids, mask, strict=True) if wrong]
    return names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "..."]
