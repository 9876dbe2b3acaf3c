"""Devices anywhere in the free space when more than their number is demanded: capacity, cutoff, spacing.

First the problem without its constraints: when that plan keeps them, it is the answer, proof included. Otherwise the choice is
made among trial places by a program, and then devices are moved one by one as long as that helps and every constraint holds.
The bound is that of the free problem: constraints can only make plans worse.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from placement.core.constraints import Constraints
from placement.core.plan import Plan
from placement.core.problem import Effort, Problem, Search
from placement.core.protocols import Objective
from placement.core.rules import ROUNDING, has_limited_room
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.errors import InfeasibleError
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve as solve_free
from placement.solvers.constrained_sites import choose
from placement.solvers.finish import Ending, finish_free, holds_under, status_of, with_service
from placement.solvers.moving import move_devices
from placement.units import count, format_length

MOST_PLACES = 200
"""Trial places for the program."""
_LESS: dict[Effort, Effort] = {"fast": "fast", "good": "fast", "best": "good"}
FEW_PLACES = 60
"""The same where devices have limited room: sharing it makes each place dear."""
MORE_STARTS = 6
"""Further plans without constraints that are settled under them."""
MOST_ROUNDS = 10
"""Of moving and choosing anew."""


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place `n_new` devices anywhere in the free space under the problem's constraints.

    Parameters
    ----------
    problem : Problem
        Without candidates; with a capacity, a cutoff or a spacing.
    search : Search
        Starts, seed, effort and limits.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan.

    Returns
    -------
    Plan
        Its bound is about all plans with so many devices, the constraints ignored.

    Raises
    ------
    InfeasibleError
        If no plan was found that respects the constraints, with what would be feasible.
    """
    relaxed = _solve_free(problem, problem.objective, search, watch)
    if holds_under(problem, relaxed):
        return relaxed
    ahead = [relaxed]
    if np.isfinite(problem.constraints.cutoff_m):
        ahead.append(_within_cutoff(problem, search, watch))
    best = _best(problem, ahead, search, watch)
    scope = f"{relaxed.scope}; the constraints ignored"
    return _named(problem, best, Ending(search.seed, status_of(watch), scope, relaxed.bound, relaxed.certificate))


def _best(problem: Problem, ahead: list[Plan], search: Search, watch: Watch) -> Plan:
    """Settle plans made without constraints, and where that is not enough the choice among trial places; return the best."""
    starts = [plan.device_xy[problem.fixed.m :] for plan in (*ahead, *_more_starts(problem, search, watch))]
    found, faults = _settle_all(problem, starts, search, watch)
    # Sharing limited room among many places is hard work, and settling does it well; spacing needs places to choose from.
    is_short = all(plan.p - problem.fixed.m < problem.n_new for plan in found)
    if is_short or not has_limited_room(problem) or search.effort == "best":
        more, faults = _settle_all(problem, [_places(problem, starts, search)], search, watch)
        found += more
    if not found:
        raise InfeasibleError(f"no plan was found on {MOST_PLACES} trial places; there {faults[-1]}")
    return min(found, key=lambda plan: problem.sign * plan.value)


def _more_starts(problem: Problem, search: Search, watch: Watch) -> list[Plan]:
    # Any gap will do: these plans are only begun from, and need no proof.
    searches = [replace(search, seed=search.seed + k, n_init=1, effort="fast", gap=np.inf) for k in range(1, MORE_STARTS + 1)]
    return [_solve_free(problem, problem.objective, one, watch) for one in searches if watch.stop_reason() is None]


def _settle_all(
    problem: Problem, starts: list[FloatArray], search: Search, watch: Watch
) -> tuple[list[Plan], list[InfeasibleError]]:
    found, faults = [], []
    for places in starts:
        try:
            found.append(_settled(problem, places, search, watch))
        except InfeasibleError as error:
            faults.append(error)
    return found, faults


def _settled(problem: Problem, places: FloatArray, search: Search, watch: Watch) -> Plan:
    best = _choose(problem, places, search, watch)
    for _ in range(MOST_ROUNDS):
        plan = _again(problem, best, search, watch)
        gain = problem.sign * (best.value - plan.value)
        if gain <= ROUNDING * abs(best.value) or watch.stop_reason() is not None:
            break
        best = plan
    return best


def _again(problem: Problem, plan: Plan, search: Search, watch: Watch) -> Plan:
    """Move the devices for those whom they serve, then choose anew who serves whom."""
    moved = move_devices(problem, plan.device_xy[problem.fixed.m :], _serving(plan), watch)
    return _choose(problem, moved, search, watch)


def _named(problem: Problem, plan: Plan, ending: Ending) -> Plan:
    """Return the plan with the names of new devices instead of those of trial places, from west to east."""
    new_xy = plan.device_xy[problem.fixed.m :]
    order = np.lexsort((new_xy[:, 1], new_xy[:, 0]))
    position = np.concatenate([np.arange(problem.fixed.m), problem.fixed.m + np.argsort(order), [-1]])
    return with_service(problem, finish_free(problem, new_xy, ending), position[_serving(plan)])


def _solve_free(problem: Problem, objective: Objective, search: Search, watch: Watch) -> Plan:
    free = replace(problem, objective=objective, constraints=Constraints(), fixed=replace(problem.fixed, capacity=None))
    return solve_free(free, search, watch)


def _within_cutoff(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Return the plan whose worst distance is smallest; without one within the cutoff there is none."""
    cutoff, unit = problem.constraints.cutoff_m, problem.frame.unit
    nearest = _solve_free(problem, OBJECTIVES["p_center"](), search, watch)
    if nearest.bound is not None and nearest.bound > cutoff:
        raise InfeasibleError(
            f"no plan with {count(problem.n_new, 'new device')} keeps the cutoff of {format_length(cutoff, unit)}: somebody is "
            f"{format_length(nearest.bound, unit)} away or more in every one; {format_length(nearest.value, unit)} is possible"
        )
    return nearest


def _places(problem: Problem, starts: list[FloatArray], search: Search) -> FloatArray:
    """Return where devices may be tried: those of plans without constraints, and demand points spread over all."""
    distinct = np.unique(problem.demand.xy, axis=0)
    most = FEW_PLACES if has_limited_room(problem) else MOST_PLACES
    room = max(most - sum(map(len, starts)), most // 2)
    if len(distinct) > room:
        rng = np.random.default_rng(search.seed)
        distinct = distinct[np.sort(rng.choice(len(distinct), room, replace=False))]
    return np.unique(np.vstack([*starts, problem.domain.nearest_free(distinct)]), axis=0)


def _choose(problem: Problem, places: FloatArray, search: Search, watch: Watch) -> Plan:
    """Choose among places with little work: they will be moved anyway."""
    sites = Sites(tuple(f"place {j + 1}" for j in range(len(places))), places)
    return choose(replace(problem, candidates=sites), replace(search, effort=_LESS[search.effort]), watch)


def _serving(plan: Plan) -> IntArray:
    return np.where(np.isfinite(plan.service_distance), plan.assignment, -1)
