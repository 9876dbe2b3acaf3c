"""Whether a plan keeps the constraints of its problem."""

from __future__ import annotations

import numpy as np

from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray
from placement.solvers.finish import has_limited_room

ROUNDING = 1e-9
"""Relative room for rounding in loads and lengths."""


def keeps_constraints(problem: Problem, plan: Plan) -> bool:
    """Tell whether every constraint holds for a plan of this problem.

    Parameters
    ----------
    problem : Problem
        Its constraints.
    plan : Plan
        Fixed devices first; points at infinite distance are not served.
    """
    return (
        _is_near(problem, plan)
        and _has_room(problem, plan)
        and _is_affordable(problem, plan)
        and _is_spread(problem, plan.device_xy)
        and _keeps_pairs(problem, plan)
    )


def _is_near(problem: Problem, plan: Plan) -> bool:
    distance = plan.service_distance[np.isfinite(plan.service_distance)]
    return bool((distance <= problem.constraints.cutoff_m * (1 + ROUNDING)).all())


def _has_room(problem: Problem, plan: Plan) -> bool:
    rules = problem.constraints
    if not has_limited_room(problem) and rules.capacity_min == 0:
        return True
    is_served = np.isfinite(plan.service_distance)
    weight = problem.demand.weight
    load = np.bincount(plan.assignment[is_served], weights=weight[is_served], minlength=plan.p)
    most = _looked_up(problem, plan, "capacity", rules.capacity_max)
    return bool((load <= most * (1 + ROUNDING)).all() and (load >= rules.capacity_min * (1 - ROUNDING)).all())


def _is_affordable(problem: Problem, plan: Plan) -> bool:
    rules, n_fixed = problem.constraints, problem.fixed.m
    price = _looked_up(problem, plan, "price", 0.0)[n_fixed:].sum()
    groups = _groups(problem, plan)
    in_quota = all(quota.least <= groups.count(quota.group) <= quota.most for quota in rules.quotas)
    return bool(price <= rules.money * (1 + ROUNDING)) and in_quota and plan.p - n_fixed <= problem.n_new


def _is_spread(problem: Problem, device_xy: FloatArray) -> bool:
    if problem.constraints.spacing_m == 0:
        return True
    first, second = np.triu_indices(len(device_xy), 1)
    is_new = second >= problem.fixed.m
    gaps = np.hypot(*(device_xy[first] - device_xy[second])[is_new].T)
    return bool((gaps >= problem.constraints.spacing_m * (1 - ROUNDING)).all())


def _keeps_pairs(problem: Problem, plan: Plan) -> bool:
    rules = problem.constraints
    served = [(plan.device_ids[j] if np.isfinite(d) else "") for j, d in zip(plan.assignment, plan.service_distance, strict=True)]
    is_kept = all(served[pair.demand_index] == pair.site for pair in rules.required_pairs)
    return is_kept and all(served[pair.demand_index] != pair.site for pair in rules.forbidden_pairs)


def _looked_up(problem: Problem, plan: Plan, name: str, default: float) -> FloatArray:
    values: dict[str, float] = {}
    for sites in (problem.fixed, problem.candidates or Sites.none()):
        given = getattr(sites, name)
        values.update(zip(sites.ids, [default] * sites.m if given is None else given.tolist(), strict=True))
    return np.array([values.get(device, default) for device in plan.device_ids])


def _groups(problem: Problem, plan: Plan) -> list[str]:
    groups: dict[str, str] = {}
    for sites in (problem.fixed, problem.candidates or Sites.none()):
        groups.update(zip(sites.ids, sites.group or ("",) * sites.m, strict=True))
    return [groups.get(device, "") for device in plan.device_ids]
