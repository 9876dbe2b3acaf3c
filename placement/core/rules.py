"""The constraints of a problem, held against a plan: which devices and points break which of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import AnyArray, BoolArray, FloatArray, IntArray

ROUNDING = 1e-9
"""Relative room for rounding in loads, prices and lengths."""
ROUNDING_M = 1e-6
"""Absolute room for rounding in lengths [m]: coordinates are written with six decimals."""
MOST_NAMED = 3
"""Demand points that one sentence names at most."""


def with_room(length_m: float) -> float:
    """Return a length with room for rounding: who is no farther than that keeps to it [m]."""
    return length_m * (1 + ROUNDING) + ROUNDING_M


def broken_rules(problem: Problem, devices: Sites, serving: IntArray, reached_m: FloatArray) -> list[str]:
    """Say which constraints a plan breaks, in sentences that name who breaks them; none when it keeps them all.

    Parameters
    ----------
    problem : Problem
        Its constraints, fixed devices and candidate sites. The number of devices is not looked at.
    devices : Sites
        The p devices; those with the name of a fixed device or candidate have its price, group and capacity.
    serving : ndarray of shape (n,)
        Device 0..p-1 that serves each demand point, -1 for none.
    reached_m : ndarray of shape (n,)
        How far each point is from what serves it [m].

    Examples
    --------
    >>> from placement.core import Demand, Domain, Frame
    >>> from placement.core.constraints import Constraints
    >>> from placement.distances import DISTANCES
    >>> from placement.objectives import OBJECTIVES
    >>> demand = Demand(("a", "b"), np.array([[0.0, 0], [9, 0]]), np.array([2.0, 3]))
    >>> parts = (Sites.none(), None, Domain("plane"), OBJECTIVES["p_median"](), DISTANCES["euclidean"](), 1, (), Frame())
    >>> problem = Problem(demand, *parts, constraints=Constraints(cutoff_m=5.0, capacity_max=4.0))
    >>> for sentence in broken_rules(problem, Sites(("D1",), np.zeros((1, 2))), np.array([0, 0]), np.array([0.0, 9])):
    ...     print(sentence)
    b is served from beyond the cutoff
    D1 serves more than its capacity: 5 of 4
    """
    return [
        *_far(problem, serving, reached_m),
        *_loads(problem, devices, serving),
        *_shopping(problem, devices),
        *_crowding(problem, devices),
        *_pairs(problem, devices, serving),
    ]


def broken_by(problem: Problem, plan: Plan) -> list[str]:
    """Say which constraints a plan breaks; points that no device reaches, or covers where that is asked for, are not served."""
    reach = with_room(getattr(problem.objective, "radius_m", np.inf))
    serving = np.where(plan.is_reached & (plan.service_distance <= reach), plan.assignment, -1)
    return broken_rules(problem, Sites(plan.device_ids, plan.device_xy), serving, plan.service_distance)


def has_limited_room(problem: Problem) -> bool:
    """Tell whether some device may serve only so much weight."""
    sites = (problem.fixed, problem.candidates or Sites.none())
    return bool(np.isfinite(problem.constraints.capacity_max)) or any(part.capacity is not None for part in sites)


def may_leave_out(problem: Problem) -> bool:
    """Tell whether a rule may be why nobody serves a point that a device could reach: limited room, a cutoff, or pairs."""
    rules = problem.constraints
    return has_limited_room(problem) or rules.cutoff_m < np.inf or bool(rules.required_pairs + rules.forbidden_pairs)


def keeps_constraints(problem: Problem, plan: Plan) -> bool:
    """Tell whether a plan of this problem has no more devices than asked for and keeps every constraint."""
    return plan.p - problem.fixed.m <= problem.n_new and not broken_by(problem, plan)


def purchase_rules(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Return what may be bought, as linear rules ``a @ y <= b`` over fixed devices and sites: y_j = 1 where j carries a device.

    Parameters
    ----------
    problem : Problem
        Its money, prices, groups and quotas.

    Returns
    -------
    rows : ndarray of shape (1 + 2 q, m)
        a of the money, then of each of the q quotas its least and its most.
    limits : ndarray of shape (1 + 2 q,)
        b; infinite where there is no limit.
    """
    rules, sites = problem.constraints, problem.sites
    group, is_new = known(problem, sites, "group", ""), np.arange(sites.m) >= problem.fixed.m
    rows, limits = [known(problem, sites, "price", 0.0) * is_new], [rules.money * (1 + ROUNDING)]
    for quota in rules.quotas:
        members = (group == quota.group).astype(float)
        rows, limits = [*rows, -members, members], [*limits, -quota.least, quota.most]
    return np.array(rows), np.array(limits, dtype=float)


def _far(problem: Problem, serving: IntArray, reached_m: FloatArray) -> Iterator[str]:
    far = (serving >= 0) & (reached_m > with_room(problem.constraints.cutoff_m))
    if far.any():
        names = _named(problem, far)
        yield f"{names} {'is' if far.sum() == 1 else 'are'} served from beyond the cutoff"


def _loads(problem: Problem, devices: Sites, serving: IntArray) -> Iterator[str]:
    load = np.bincount(serving[serving >= 0], problem.demand.weight[serving >= 0], devices.m)
    most, least = known(problem, devices, "capacity", problem.constraints.capacity_max), problem.constraints.capacity_min
    for name, weight, capacity in zip(devices.ids, load, most, strict=True):
        if weight > capacity * (1 + ROUNDING):
            yield f"{name} serves more than its capacity: {weight:g} of {capacity:g}"
        if weight < least * (1 - ROUNDING):
            yield f"{name} serves less than it has to: {weight:g} of {least:g}"


def _shopping(problem: Problem, devices: Sites) -> Iterator[str]:
    is_new = np.array([name not in problem.fixed.ids for name in devices.ids])
    price, rules = float(known(problem, devices, "price", 0.0)[is_new].sum()), problem.constraints
    if price > rules.money * (1 + ROUNDING):
        yield f"the new devices cost {price:g}, more than there is money: {rules.money:g}"
    groups = known(problem, devices, "group", "").tolist()
    for quota in rules.quotas:
        held = groups.count(quota.group)
        if not quota.least <= held <= quota.most:
            yield f"the quota of {quota.group} is not kept: {held}, and at least {quota.least} and at most {quota.most} may be"


def _crowding(problem: Problem, devices: Sites) -> Iterator[str]:
    """Two fixed devices may be closer: nobody can help it."""
    if problem.constraints.spacing_m == 0:
        return
    is_new = np.array([name not in problem.fixed.ids for name in devices.ids])
    for i, k in zip(*np.triu_indices(devices.m, 1), strict=True):
        gap = float(np.hypot(*(devices.xy[i] - devices.xy[k])))
        if (is_new[i] or is_new[k]) and gap < problem.constraints.spacing_m * (1 - ROUNDING) - ROUNDING_M:
            yield f"{devices.ids[i]} and {devices.ids[k]} stand too close together"


def _pairs(problem: Problem, devices: Sites, serving: IntArray) -> Iterator[str]:
    for pairs, is_asked, words in (
        (problem.constraints.required_pairs, True, "not served from {}, as it must be"),
        (problem.constraints.forbidden_pairs, False, "served from {}, as it must not be"),
    ):
        for point, site in pairs:
            is_served = bool(serving[point] >= 0 and devices.ids[serving[point]] == site)
            # Nobody has to be covered: a site that is asked for, yet too far away, has to carry a device all the same.
            is_open_anyway = is_asked and serving[point] < 0 and hasattr(problem.objective, "radius_m") and site in devices.ids
            if is_served is not is_asked and not is_open_anyway:
                yield f"{problem.demand.ids[point]} is {words.format(site)}"


def _named(problem: Problem, is_named: BoolArray) -> str:
    index = np.flatnonzero(is_named)
    names = ", ".join(problem.demand.ids[i] for i in index[:MOST_NAMED])
    return names if len(index) <= MOST_NAMED else f"{names} and {len(index) - MOST_NAMED:,} more"


def known(problem: Problem, devices: Sites, attribute: Literal["capacity", "price", "group"], default: float | str) -> AnyArray:
    """Return what the scenario says of each device by its name; the default where it says nothing."""
    said: dict[str, float | str] = {}
    for sites in (problem.candidates or Sites.none(), problem.fixed):
        values = getattr(sites, attribute)
        said.update({} if values is None else zip(sites.ids, values, strict=True))
    return np.array([said.get(name, default) for name in devices.ids])
