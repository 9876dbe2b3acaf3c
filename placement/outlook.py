"""What lies beside a plan: a device fewer and more, the failure of a device, other demand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from placement.core.outlook import OtherBudget, Outlook
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.statistics import weighted_mean
from placement.errors import InfeasibleError
from placement.metrics.coverage import coverage
from placement.metrics.robustness import demand_range, failures
from placement.progress import Watch
from placement.solvers import solve
from placement.solvers.growing import no_worse

LARGEST = 5_000
"""Demand points; other budgets of larger plans are for `place compare`."""
STEPS = (-1, 1, 2)
_STARTS = 10


def look_around(problem: Problem, plan: Plan, search: Search, watch: Watch) -> Outlook:
    """Return what lies beside a plan, with little work: budgets are searched with effort "fast".

    Parameters
    ----------
    problem, plan : Problem, Plan
        What was asked and found.
    search : Search
        How the plan was searched for.
    watch : Watch
        When it says stop, other budgets are left out.

    Returns
    -------
    Outlook
        Budgets only where the number of devices is given and the plan is not large.
    """
    budgets = _budgets(problem, plan, search, watch) if _has_budgets(problem, plan) else ()
    return Outlook(budgets, failures(problem, plan), demand_range(problem, plan))


def _has_budgets(problem: Problem, plan: Plan) -> bool:
    is_given = problem.objective.kind != "set_cover" and not np.isfinite(problem.constraints.money)
    return is_given and problem.demand.n <= LARGEST and plan.p - problem.fixed.m == problem.n_new


def _budgets(problem: Problem, plan: Plan, search: Search, watch: Watch) -> tuple[OtherBudget, ...]:
    quick = replace(search, effort="fast", n_init=min(search.n_init, _STARTS), time_limit_s=None)
    most = len(np.unique(problem.demand.xy, axis=0)) if problem.candidates is None else problem.candidates.m
    found = {problem.n_new: plan}
    for step in STEPS:
        n_new = problem.n_new + step
        if 1 <= n_new <= most and watch.stop_reason() is None:
            other = _plan(replace(problem, n_new=n_new), quick, watch, found.get(n_new - 1))
            if other is not None:
                found[n_new] = other
    return tuple(_told(problem, n_new, found[n_new]) for n_new in sorted(found) if found[n_new].is_reached.any())


def _plan(problem: Problem, search: Search, watch: Watch, fewer: Plan | None) -> Plan | None:
    """Return a plan that is no worse than the one with a device fewer; None when there is none."""
    try:
        plan = solve(problem, search, watch)
    except InfeasibleError:
        return None
    return no_worse(problem, plan, fewer)


def _told(problem: Problem, n_new: int, plan: Plan) -> OtherBudget:
    reached = plan.is_reached
    distance, weight = plan.service_distance[reached], problem.demand.weight[reached]
    covered = coverage(problem.demand.weight, plan.service_distance, problem.radii_m[0]) if problem.radii_m else None
    return OtherBudget(
        n_new=n_new,
        value=plan.value,
        bound=plan.bound,
        max_m=float(distance.max()),
        mean_m=weighted_mean(distance, weight),
        covered_share=None if covered is None else covered.share,
        demand_points_covered=None if covered is None else covered.demand_points,
        device_xy=tuple((float(x), float(y)) for x, y in plan.device_xy[problem.fixed.m :]),
        device_ids=plan.device_ids[problem.fixed.m :],
    )
