"""Plans with a short mean in which nobody is farther than a radius, made from the devices of plans that are known already.

The solver for a cutoff anywhere begins anew and proves a bound each time, which is most of its work; beside a plan that is solved
already neither is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from placement.alternatives.quick import solved
from placement.core.constraints import Constraints
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.rules import ROUNDING, has_limited_room, keeps_constraints
from placement.core.sites import Sites
from placement.errors import InfeasibleError
from placement.progress import Watch
from placement.solvers.constrained_sites import choose
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.moving import move_devices

MOST_ROUNDS = 10
"""Of moving the devices and serving everybody from the nearest anew."""


def within_radius(problem: Problem, known: Sequence[Plan], search: Search, watch: Watch) -> Plan | None:
    """Return a plan with a short objective that keeps the cutoff.

    Parameters
    ----------
    problem : Problem
        With p_median and a cutoff.
    known : sequence of Plan
        Plans for the same number of devices; one of them keeps the cutoff.
    search : Search
        How to search.
    watch : Watch
        May stop the search.

    Returns
    -------
    Plan or None
        Anywhere and without other rules, the best choice among the devices of `known`, moved as long as that helps;
        otherwise what the solver finds. None when nothing was found, or it is time to stop.
    """
    rules = replace(problem.constraints, cutoff_m=Constraints().cutoff_m)
    if problem.candidates is not None or not rules.is_free or has_limited_room(problem):
        return solved(problem, search, watch)
    return _moved(problem, _chosen(problem, known, search, watch), search, watch)


def _chosen(problem: Problem, known: Sequence[Plan], search: Search, watch: Watch) -> Plan | None:
    """Return the best choice among the devices of known plans."""
    if watch.stop_reason() is not None:
        return None
    xy = np.unique(np.vstack([plan.device_xy[problem.fixed.m :] for plan in known]), axis=0)
    places = Sites(tuple(f"place {j + 1}" for j in range(len(xy))), xy)
    try:
        return choose(replace(problem, candidates=places), search, watch)
    except InfeasibleError:
        return None


def _moved(problem: Problem, plan: Plan | None, search: Search, watch: Watch) -> Plan | None:
    """Return the plan with its devices moved for those whom they serve, until that gains nothing."""
    if plan is None:
        return None
    ending = Ending(search.seed, status_of(watch), "chosen among the devices of other plans, then moved")
    best = finish_free(problem, plan.device_xy[problem.fixed.m :], ending)
    for _ in range(MOST_ROUNDS):
        again = finish_free(problem, move_devices(problem, best.device_xy[problem.fixed.m :], best.assignment, watch), ending)
        if again.value >= best.value * (1 - ROUNDING) or not keeps_constraints(problem, again):
            break
        best = again
    return best
