"""Looking at a plan: do its devices stand where they may, does it keep the constraints, is its value right."""

from __future__ import annotations

from math import inf, isfinite
from numbers import Real

import numpy as np

from placement.bounds.verify.proof import SLACK
from placement.bounds.verify.scope import Scope
from placement.core.claim import Claim
from placement.core.domain import STANDING_TOLERANCE_M
from placement.core.problem import Problem
from placement.core.rules import ROUNDING_M, broken_rules
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray

VALUE_TOLERANCE = 1e-6
"""Relative difference between claimed and recomputed value that is still rounding."""


def look_at(problem: Problem, claim: Claim) -> tuple[list[str], float | None]:
    """Return what is wrong with a plan, in sentences, and its recomputed value (None when it cannot be computed)."""
    faults, sites = ([fault], claim.devices) if (fault := _misshapen(problem, claim)) else _standing(problem, claim)
    if faults:
        return faults, None
    serving, reached = _distances(problem, sites, claim.assignment if _is_assigned(problem) else None)
    faults = broken_rules(problem, sites, serving, reached)
    if _is_assigned(problem) and claim.assignment is None:
        faults.append("the constraints need to know who is served by which device, and the plan does not say")
    share = getattr(problem.objective, "share", 0.0)
    short = share * problem.demand.total_weight * (1 - SLACK)
    is_within = reached <= getattr(problem.objective, "radius_m", inf) * (1 + SLACK) + ROUNDING_M
    if problem.demand.weight[is_within].sum() < short or (share == 1 and not is_within.all()):
        faults.append("less weight than demanded is within the radius")
    value, *ends = (_value(problem, sites, reached + off) for off in (0.0, -claim.rounding_m, claim.rounding_m))
    tolerance = VALUE_TOLERANCE * abs(value)
    if not min(ends) - tolerance <= claim.value <= max(ends) + tolerance:
        faults.append(f"the value of these devices is {value:.12g}, not {claim.value:.12g}")
    return faults, value


def _misshapen(problem: Problem, claim: Claim) -> str:
    devices, p, n, chosen = claim.devices, claim.devices.m, problem.demand.n, claim.assignment
    if not p or len(claim.status) != p or devices.xy.shape != (p, 2) or not np.isfinite(devices.xy).all():
        return "each device needs a name, a status and a place"
    if chosen is not None and (chosen.shape != (n,) or chosen.min() < -1 or chosen.max() >= p):
        return "each demand point needs one of the devices"
    is_bounded = claim.bound is None or (
        isinstance(claim.bound, Real) and type(claim.bound) is not bool and isfinite(claim.bound)
    )
    is_number = isfinite(claim.value) and is_bounded
    return "" if is_number and 0 <= claim.rounding_m < inf else "the value of the plan or its bound is not a number"


def _standing(problem: Problem, claim: Claim) -> tuple[list[str], Sites]:
    """Return who stands where nobody may, and the devices with fixed ones and candidates exactly where the scenario has them."""
    faults, xy, slack = [], claim.devices.xy.copy(), STANDING_TOLERANCE_M + 2 * claim.rounding_m
    known = {"fixed": problem.fixed, "candidate": problem.candidates or Sites.none(), "new": Sites.none()}
    for k, (name, status) in enumerate(zip(claim.devices.ids, claim.status, strict=True)):
        sites = known.get(status, Sites.none())
        if name in sites.ids and np.hypot(*(sites.xy[sites.ids.index(name)] - xy[k])) <= slack:
            xy[k] = sites.xy[sites.ids.index(name)]
        elif status != "new" or problem.candidates is not None:
            faults.append(f"{name} is no {status if status in known else 'known'} device or site of the scenario at that place")
    is_new = np.array([status == "new" for status in claim.status])
    moved = np.hypot(*(problem.domain.nearest_free(xy[is_new]) - xy[is_new]).T)
    faults += [f"{claim.devices.ids[k]} stands outside the free space" for k in np.flatnonzero(is_new)[moved > slack]]
    if len(set(claim.devices.ids)) < claim.devices.m:
        faults.append("two devices have the same name")
    if claim.devices.ids[: problem.fixed.m] != problem.fixed.ids or claim.status.count("fixed") != problem.fixed.m:
        faults.append("the fixed devices do not stand first, all of them and no other")
    if claim.devices.m - problem.fixed.m > problem.n_new:
        faults.append(f"there are {claim.devices.m - problem.fixed.m} new devices, more than {problem.n_new}")
    return faults, Sites(claim.devices.ids, xy)


def _is_assigned(problem: Problem) -> bool:
    rules, places = problem.constraints, (problem.fixed, problem.candidates or Sites.none())
    is_limited = rules.capacity_min > 0 or rules.capacity_max < inf or any(site.capacity is not None for site in places)
    return is_limited or bool(rules.required_pairs or rules.forbidden_pairs)


def _distances(problem: Problem, sites: Sites, chosen: IntArray | None) -> tuple[IntArray, FloatArray]:
    """Return who serves each point, the nearest unless chosen, and how far the objective reckons it is: to the k-th nearest."""
    n, k = problem.demand.n, problem.objective.n_serving
    serving, reached = np.empty(n, dtype=np.intp), np.full(n, inf)
    for rows, distance in Scope(problem, np.arange(n), inf).distances(sites):
        serving[rows] = distance.argmin(axis=1) if chosen is None else chosen[rows]
        if k == 1:
            served = np.take_along_axis(distance, serving[rows, None], axis=1)[:, 0]
            reached[rows] = np.where(serving[rows] < 0, inf, served)
        elif k <= sites.m:
            near = np.where(distance > problem.constraints.cutoff_m * (1 + SLACK) + ROUNDING_M, inf, distance)
            reached[rows] = np.partition(near, k - 1, axis=1)[:, k - 1]
    if hasattr(problem.objective, "radius_m"):  # a device covers who is within the radius and the cutoff, and nobody else
        reach = min(problem.objective.radius_m, problem.constraints.cutoff_m) * (1 + SLACK) + ROUNDING_M
        serving[reached > reach] = -1
        if chosen is None:
            reached[reached > problem.constraints.cutoff_m * (1 + SLACK) + ROUNDING_M] = inf
    return serving, reached


def _value(problem: Problem, sites: Sites, reached: FloatArray) -> float:
    return problem.objective.value(problem.demand.weight, np.maximum(reached, 0.0), sites.m - problem.fixed.m)
