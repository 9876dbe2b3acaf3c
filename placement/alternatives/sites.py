"""How much a plan depends on each of its sites: what the loss of one costs, and which are in every good plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from placement.alternatives.quick import quickly, solved, worse_by
from placement.core.alternatives import SiteRegret, SiteRobustness
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.sites import Sites
from placement.progress import Watch

TOLERANCE = 0.01
"""Plans at most this share worse than the best are as good as it."""
OTHER_SEEDS = 3
MOST_SITES = 30
"""Chosen sites; of larger plans, so many that serve the most weight are looked at."""


def site_robustness(problem: Problem, plan: Plan, search: Search, watch: Watch | None = None) -> SiteRobustness | None:
    """Search again from other seeds, and with each chosen site forbidden in turn.

    The regret of a site is ``|value without it - value|``, signed so that worse is above 0.

    Parameters
    ----------
    problem, plan : Problem, Plan
        On candidate sites.
    search : Search
        Seed and starts; the effort is always "fast".
    watch : Watch, optional
        When it says stop, the sites looked at so far are reported.

    Returns
    -------
    SiteRobustness or None
        None without candidate sites. A site that a required pair names has no plan without it.
    """
    if problem.candidates is None:
        return None
    watch, quick = watch or Watch(search.time_limit_s), quickly(search)
    plans = [plan]
    for step in range(1, OTHER_SEEDS + 1):
        again = solved(problem, replace(quick, seed=search.seed + step), watch)
        plans += [] if again is None else [again]
    without: dict[str, Plan | None] = {}
    for site in _looked_at(problem, plan):
        if watch.stop_reason() is None:
            without[site] = _without(problem, site, quick, watch)
    plans += [other for other in without.values() if other is not None]
    near = _near(problem, plans)
    shared = frozenset.intersection(*(frozenset(one.device_ids) for one in near))
    regrets = [_regret(problem, plan, site, other, site in shared) for site, other in without.items()]
    regrets.sort(key=lambda one: (-np.inf if one.regret is None else -one.regret, one.site))
    return SiteRobustness(tuple(regrets), TOLERANCE, len(plans), len(near), plan.unit)


def _looked_at(problem: Problem, plan: Plan) -> list[str]:
    load = np.bincount(plan.assignment, weights=problem.demand.weight, minlength=plan.p)
    chosen = range(problem.fixed.m, plan.p)
    return [plan.device_ids[j] for j in sorted(sorted(chosen, key=lambda j: -load[j])[:MOST_SITES])]


def _without(problem: Problem, site: str, search: Search, watch: Watch) -> Plan | None:
    """Return the best plan found without a site; None when a required pair needs it, or there is no other."""
    rules, sites = problem.constraints, problem.candidates or Sites.none()
    if any(pair.site == site for pair in rules.required_pairs):
        return None
    left = sites.take(np.array([j for j, name in enumerate(sites.ids) if name != site], dtype=np.intp))
    if left.m == 0:
        return None
    rules = replace(rules, forbidden_pairs=tuple(pair for pair in rules.forbidden_pairs if pair.site != site))
    return solved(replace(problem, candidates=left, constraints=rules, n_new=min(problem.n_new, left.m)), search, watch)


def _near(problem: Problem, plans: Sequence[Plan]) -> list[Plan]:
    best = min((one.value for one in plans), key=lambda value: problem.sign * value)
    return [one for one in plans if worse_by(problem, one.value, best) <= TOLERANCE * abs(best)]


def _regret(problem: Problem, plan: Plan, site: str, other: Plan | None, is_in_all: bool) -> SiteRegret:
    if other is None:
        return SiteRegret(site, None, None, is_in_all)
    return SiteRegret(site, other.value, worse_by(problem, other.value, plan.value), is_in_all)
