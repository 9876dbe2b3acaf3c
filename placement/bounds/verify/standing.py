"""Looking at a plan: do its devices stand where they may, does it keep the constraints, is its value right."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

import numpy as np

from placement.bounds.verify.proof import SLACK
from placement.bounds.verify.sums import distance_rows
from placement.core.domain import STANDING_TOLERANCE_M
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray

if TYPE_CHECKING:
    from placement.bounds.verify import Claim

VALUE_TOLERANCE = 1e-6
"""Relative difference between claimed and recomputed value that is still rounding."""


def look_at(problem: Problem, claim: Claim) -> tuple[list[str], float | None]:
    """Return what is wrong with a plan, in sentences, and its recomputed value (None when it cannot be computed)."""
    faults = _misshapen(problem, claim)
    if faults:
        return faults, None
    faults, sites = _standing(problem, claim)
    if faults:
        return faults, None
    nearest, reached = _distances(problem, sites, claim.assignment if _is_assigned(problem) else None)
    faults = _broken(problem, sites, claim.status, nearest, reached)
    value, lowest, highest = (_value(problem, sites, reached + off) for off in (0.0, -claim.rounding_m, claim.rounding_m))
    if _is_assigned(problem) and claim.assignment is None:
        faults.append("the constraints need to know who is served by which device, and the plan does not say")
    tolerance = VALUE_TOLERANCE * abs(value)
    if not min(lowest, highest) - tolerance <= claim.value <= max(lowest, highest) + tolerance:
        faults.append(f"the value of these devices is {value:.12g}, not {claim.value:.12g}")
    return faults, value


def _misshapen(problem: Problem, claim: Claim) -> list[str]:
    devices, p, n, chosen = claim.devices, claim.devices.m, problem.demand.n, claim.assignment
    if not p or len(claim.status) != p or devices.xy.shape != (p, 2) or not np.isfinite(devices.xy).all():
        return ["each device needs a name, a status and a place"]
    if chosen is not None and (chosen.shape != (n,) or chosen.min() < -1 or chosen.max() >= p):
        return ["each demand point needs one of the devices"]
    if not isfinite(claim.value) or not 0 <= claim.rounding_m < inf:
        return ["the value of the plan is not a number"]
    return []


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
    for rows, distance in distance_rows(problem, sites):
        serving[rows] = distance.argmin(axis=1) if chosen is None else chosen[rows]
        served = np.take_along_axis(distance, serving[rows, None], axis=1)[:, 0]
        if k == 1:
            reached[rows] = np.where(serving[rows] < 0, inf, served)
        elif k <= sites.m:
            reached[rows] = np.partition(distance, k - 1, axis=1)[:, k - 1]
    return serving, reached


def _value(problem: Problem, sites: Sites, reached: FloatArray) -> float:
    return problem.objective.value(problem.demand.weight, np.maximum(reached, 0.0), sites.m - problem.fixed.m)


def _broken(problem: Problem, sites: Sites, status: tuple[str, ...], serving: IntArray, reached: FloatArray) -> list[str]:
    """Return the constraints that a plan breaks; each has its own sentence."""
    rules, weight, more = problem.constraints, problem.demand.weight, 1 + SLACK
    load = np.bincount(serving[serving >= 0], weight[serving >= 0], sites.m)
    group, price, capacity = _attributes(problem, sites)
    is_fixed = np.array([one == "fixed" for one in status])
    gaps = np.hypot(*(sites.xy[:, None] - sites.xy[None]).T)
    gaps[np.eye(sites.m, dtype=bool) | (is_fixed[:, None] & is_fixed)] = inf
    names = [sites.ids[j] if j >= 0 else "" for j in serving]
    short = getattr(problem.objective, "share", 0.0) * weight.sum() * (1 - SLACK)
    is_reached = reached <= getattr(problem.objective, "radius_m", inf) * more + VALUE_TOLERANCE * (short > 0)
    checks: list[tuple[bool | np.bool_, str]] = [
        ((reached[serving >= 0] > rules.cutoff_m * more + VALUE_TOLERANCE).any(), "somebody is served from beyond the cutoff"),
        ((load > capacity * more).any(), "a device serves more than its capacity"),
        ((load < rules.capacity_min * (1 - SLACK)).any(), "a device serves less than it has to"),
        (price.sum() > rules.money * more, "the new devices cost more than there is money"),
        (gaps.min(initial=inf) < rules.spacing_m * (1 - SLACK) - VALUE_TOLERANCE, "two devices stand too close together"),
        *((not q.least <= group.count(q.group) <= q.most, f"the quota of {q.group} is not kept") for q in rules.quotas),
        *((names[i] != site, f"a point is not served from {site}, as it must") for i, site in rules.required_pairs),
        *((names[i] == site, f"a point is served from {site}, as it must not") for i, site in rules.forbidden_pairs),
        (weight[is_reached].sum() < short, "less weight than demanded is within the radius"),
    ]
    return [sentence for is_broken, sentence in checks if is_broken]


def _attributes(problem: Problem, sites: Sites) -> tuple[list[str], FloatArray, FloatArray]:
    """Return the group, price and capacity of each device; fixed ones cost nothing more."""
    group, price, capacity = [""] * sites.m, np.zeros(sites.m), np.full(sites.m, problem.constraints.capacity_max)
    for known, is_paid in ((problem.fixed, False), (problem.candidates or Sites.none(), True)):
        for k, j in ((k, known.ids.index(name)) for k, name in enumerate(sites.ids) if name in known.ids):
            group[k] = known.group[j] if known.group is not None else ""
            price[k] = known.price[j] if known.price is not None and is_paid else 0.0
            capacity[k] = known.capacity[j] if known.capacity is not None else capacity[k]
    return group, price, capacity
