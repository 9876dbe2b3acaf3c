"""A plan with one more device: what a larger budget can always reach from a smaller one's plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.rules import keeps_constraints
from placement.core.sites import Sites
from placement.core.types import IntArray
from placement.solvers.finish import Ending, finish_free, finish_sites

MOST_PLACES = 500
"""Demand points on which the further device is tried; of more, so many stand for all."""


def no_worse(problem: Problem, plan: Plan, fewer: Plan | None) -> Plan:
    """Return `plan`, or one of a smaller budget with the device that helps most where that is better.

    Parameters
    ----------
    problem : Problem
        The problem of `plan`.
    plan : Plan
        What a search found, with what was proven.
    fewer : Plan or None
        A plan of the same problem with a smaller budget; None when there is none.

    Returns
    -------
    Plan
        With the bound and certificate of `plan`: these are about the problem.
    """
    if fewer is None:
        return plan
    grown = with_one_more(problem, fewer)
    if problem.sign * grown.value >= problem.sign * plan.value:
        return plan
    return replace(grown, bound=plan.bound, scope=plan.scope, certificate=plan.certificate, seed=plan.seed)


def with_one_more(problem: Problem, plan: Plan) -> Plan:
    """Return `plan` with the further device that helps most, or `plan` itself when none helps.

    Parameters
    ----------
    problem : Problem
        With a larger budget than that of the plan.
    plan : Plan
        A plan of the same problem with a smaller budget; it is one of this problem too.

    Returns
    -------
    Plan
        Never worse than `plan`; without a bound. The further device stands on a free candidate site, or where a demand point is,
        brought into the free space.
    """
    same = replace(plan, bound=None, certificate=None, status="feasible")
    if plan.p - problem.fixed.m >= problem.n_new or problem.objective.n_serving > 1:
        return same
    places = _places(problem, plan)
    if places.m == 0:
        return same
    nearest = np.minimum(problem.distance.matrix(problem.demand, places), plan.service_distance[:, None])
    n_new, weight = plan.p + 1 - problem.fixed.m, problem.demand.weight
    values = [problem.sign * problem.objective.value(weight, column, n_new) for column in nearest.T]
    grown = _added(problem, plan, places, int(np.argmin(values)))
    is_better = problem.sign * grown.value < problem.sign * plan.value
    return grown if is_better and keeps_constraints(problem, grown) else same


def _places(problem: Problem, plan: Plan) -> Sites:
    """Return where the further device may stand: sites without a device, or demand points spread over all."""
    if problem.candidates is not None:
        taken = set(plan.device_ids)
        return problem.candidates.take(_positions(name not in taken for name in problem.candidates.ids))
    xy = np.unique(problem.demand.xy, axis=0)
    spread = xy[np.linspace(0, len(xy) - 1, min(len(xy), MOST_PLACES)).astype(np.intp)]
    return Sites(tuple(map(str, range(len(spread)))), problem.domain.nearest_free(spread))


def _added(problem: Problem, plan: Plan, places: Sites, best: int) -> Plan:
    ending = Ending(plan.seed, "feasible", plan.scope)
    if problem.candidates is None:
        return finish_free(problem, np.vstack([plan.device_xy[problem.fixed.m :], places.xy[best]]), ending)
    taken = {*plan.device_ids[problem.fixed.m :], places.ids[best]}
    return finish_sites(problem, _positions(name in taken for name in problem.candidates.ids), ending)


def _positions(is_wanted: Iterable[bool]) -> IntArray:
    return np.flatnonzero(list(is_wanted))
