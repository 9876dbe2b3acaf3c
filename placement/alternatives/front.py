"""Mean against worst distance against coverage, with the same number of devices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from placement.alternatives.between import within_radius
from placement.alternatives.quick import quickly, solved
from placement.core.alternatives import FrontPlan, TradeOff
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.statistics import weighted_mean
from placement.metrics.coverage import coverage
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.units import format_length

BETWEEN = 4
"""Plans with a limit on the largest distance: at the best that is possible, and at equal steps up to that of p_median."""
MOST_POINTS = 5_000
"""Demand points; of more, only the ends of the front are searched for."""
SAME = 1e-6
"""Figures that differ relatively less are equal: a cutoff is kept up to rounding."""
RULE = (
    "nearest to the ideal: smallest distance from the best mean and the best worst distance, both scaled to 0..1 over the front"
)


def tradeoff(problem: Problem, search: Search, watch: Watch | None = None, own: Plan | None = None) -> TradeOff | None:
    """Find plans between the shortest mean and the shortest largest distance.

    They are: the plan of the problem's own objective, that of p_center, that of p_median, and p_median plans in which
    nobody is served from farther than a radius ``r``, with `BETWEEN` radii from the largest distance of p_center up to
    that of p_median. Plans that another beats or equals in every figure are dropped.

    Parameters
    ----------
    problem : Problem
        Its objective does not matter beyond its own plan.
    search : Search
        Seed and starts; the effort is always "fast".
    watch : Watch, optional
        When it says stop, the plans found so far are compared.
    own : Plan, optional
        The plan of the problem's own objective, so that it need not be searched again.

    Returns
    -------
    TradeOff or None
        None when no plan was found that reaches everybody. A tie for the balanced plan goes to the shorter mean.
    """
    watch, search = watch or Watch(search.time_limit_s), quickly(search)
    own = own or solved(problem, search, watch)
    found = [] if own is None else [_measured(problem, problem.objective.kind, own)]
    alike = problem if own is None else _as_many(problem, own)
    found += [_measured(alike, aim, plan) for aim, plan in _others(alike, own, search, watch)]
    whole = [one for one in found if np.isfinite(one.max_m)]
    if not whole:
        return None
    front = _front(whole)
    dropped = tuple(one.aim for one in whole if one not in front)
    return TradeOff(tuple(front), _balanced(front), RULE, dropped)


def _as_many(problem: Problem, plan: Plan) -> Problem:
    """Give other objectives as many devices as set_cover took; otherwise the budget is known already."""
    return replace(problem, n_new=plan.p - problem.fixed.m) if problem.objective.kind == "set_cover" else problem


def _others(problem: Problem, own: Plan | None, search: Search, watch: Watch) -> Iterator[tuple[str, Plan]]:
    """Yield aims and plans besides the problem's own."""
    ends: dict[str, Plan | None] = {}
    for aim in ("p_center", "p_median"):
        is_own = aim == problem.objective.kind
        plan = ends[aim] = own if is_own else solved(_aiming(problem, aim), search, watch)
        if plan is not None and not is_own:
            yield aim, plan
    center, median = ends["p_center"], ends["p_median"]
    if center is None or median is None:
        return
    least, most = float(center.service_distance.max()), float(median.service_distance.max())
    if not least < most < np.inf:
        return
    known = [one for one in (own, center, median) if one is not None]
    for step in range(BETWEEN if problem.demand.n <= MOST_POINTS else 0):
        radius = least + (most - least) * step / BETWEEN
        plan = within_radius(_within(problem, radius), known, search, watch)
        if plan is not None:
            known.append(plan)
            yield f"p_median within {format_length(radius, problem.frame.unit)}", plan


def _aiming(problem: Problem, kind: str) -> Problem:
    return replace(problem, objective=OBJECTIVES[kind]())


def _within(problem: Problem, radius_m: float) -> Problem:
    rules = problem.constraints
    return replace(_aiming(problem, "p_median"), constraints=replace(rules, cutoff_m=min(rules.cutoff_m, radius_m)))


def _measured(problem: Problem, aim: str, plan: Plan) -> FrontPlan:
    distance, weight = plan.service_distance, problem.demand.weight
    share = coverage(weight, distance, problem.radii_m[0]).share if problem.radii_m else None
    return FrontPlan(aim, plan, float(distance.max()), weighted_mean(distance, weight), share)


def _front(plans: Sequence[FrontPlan]) -> list[FrontPlan]:
    """Return the plans that no other beats; of equal ones the first."""
    kept = []
    for place, one in enumerate(plans):
        others = [(other, k < place) for k, other in enumerate(plans) if k != place]
        if not any(_beats(other, one, is_first=is_first) for other, is_first in others):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.max_m, one.mean_m))


def _beats(one: FrontPlan, other: FrontPlan, *, is_first: bool) -> bool:
    """Tell whether `one` is nowhere worse than `other`, and better somewhere or named first."""
    ahead = [
        _compared(one.max_m, other.max_m),
        _compared(one.mean_m, other.mean_m),
        _compared(-(one.covered_share or 0.0), -(other.covered_share or 0.0)),
    ]
    return min(ahead) >= 0 and (max(ahead) > 0 or is_first)


def _compared(mine: float, other: float) -> int:
    """Return 1 when `mine` is smaller, -1 when it is larger, 0 when both are the same up to rounding."""
    if abs(mine - other) <= SAME * max(abs(mine), abs(other)):
        return 0
    return 1 if mine < other else -1


def _balanced(front: Sequence[FrontPlan]) -> int:
    figures = np.array([(one.max_m, one.mean_m) for one in front])
    ideal, span = figures.min(axis=0), np.ptp(figures, axis=0)
    scaled = (figures - ideal) / np.where(span > 0, span, 1.0)
    # Rounded, so that equal distances are a tie on every machine.
    return int(np.lexsort((figures[:, 1], np.round(np.hypot(*scaled.T), 9)))[0])
