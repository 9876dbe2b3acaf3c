"""Whether what somebody calls a plan is one: do its devices stand where they may, and is everybody served by one of them."""

from __future__ import annotations

from numbers import Real
from sys import float_info

import numpy as np

from placement.core.claim import Claim
from placement.core.domain import STANDING_TOLERANCE_M
from placement.core.problem import Problem
from placement.core.rules import has_limited_room
from placement.core.sites import Sites


def standing(problem: Problem, claim: Claim) -> tuple[list[str], Sites]:
    """Say who stands where nobody may, and where the devices of a claim stand exactly.

    Parameters
    ----------
    problem : Problem
        Its fixed devices, candidate sites, free space and number of new devices.
    claim : Claim
        Nothing in it is believed.

    Returns
    -------
    faults : list of str
        Sentences; none for a plan.
    devices : Sites
        The devices of the claim; those that are fixed or on a candidate site stand where the problem has these.
    """
    fault = _misshapen(problem, claim)
    return ([fault], claim.devices) if fault else _misplaced(problem, claim)


def needs_assignment(problem: Problem) -> bool:
    """Tell whether more than the nearest device decides who serves whom: capacities and pairs do."""
    rules = problem.constraints
    return has_limited_room(problem) or rules.capacity_min > 0 or bool(rules.required_pairs or rules.forbidden_pairs)


def _misshapen(problem: Problem, claim: Claim) -> str:
    devices, p, n, chosen = claim.devices, claim.devices.m, problem.demand.n, claim.assignment
    if not p or len(claim.status) != p or devices.xy.shape != (p, 2) or not np.isfinite(devices.xy).all():
        return "each device needs a name, a status and a place"
    if chosen is not None and (chosen.shape != (n,) or chosen.min() < -1 or chosen.max() >= p):
        return "each demand point needs one of the devices"
    said = [claim.value, claim.rounding_m, *([] if claim.bound is None else [claim.bound])]
    is_number = all(isinstance(one, Real) and type(one) is not bool and abs(one) <= float_info.max for one in said)
    return "" if is_number and claim.rounding_m >= 0 else "the value of the plan or its bound is not a number"


def _misplaced(problem: Problem, claim: Claim) -> tuple[list[str], Sites]:
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
