"""Choice among candidate sites by vertex interchange: open the best set, swap one for another while that helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.protocols import SumObjective
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.progress import Progress, Watch
from placement.solvers.finish import Ending, finish_sites, status_of
from placement.solvers.merging import merged_demand


@dataclass(frozen=True, slots=True, eq=False)
class _Costs:
    """What serving point i costs: from candidate j, shape (u, m), and from the nearest fixed device, shape (u,)."""

    site: FloatArray
    fixed: FloatArray


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Open `problem.n_new` of the candidate sites, minimising the objective.

    From a greedy start and then from random ones, the best swap of an open site for a closed one is made until none
    lowers the value. Sites are visited in coordinate order, so the order of the input does not matter.

    Parameters
    ----------
    problem : Problem
        With candidates, at least `n_new` of them, all in the free space.
    search : Search
        Starts, seed and limits.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan.

    Returns
    -------
    Plan
        Status "feasible", or "time_limit" or "interrupted" when the watch stopped it.

    References
    ----------
    M. B. Teitz and P. Bart, "Heuristic methods for estimating the generalized vertex median of a weighted graph",
    Oper. Res. 16 (1968) 955-961, doi 10.1287/opre.16.5.955; the swap gains as in M. G. C. Resende and R. F. Werneck,
    "A fast swap-based local search procedure for location problems", Ann. Oper. Res. 150 (2007) 205-230, section 3.
    """
    candidates = problem.candidates or Sites.none()
    order = np.array(sorted(range(candidates.m), key=lambda j: (*candidates.xy[j], candidates.ids[j])), dtype=np.intp)
    sites = candidates.take(order)
    costs = _costs(problem, sites)
    rng = np.random.default_rng(search.seed)
    best, best_value, n_run = np.empty(0, dtype=np.intp), np.inf, 0
    while n_run < search.n_init:
        start = _greedy(costs, problem.n_new) if n_run == 0 else rng.choice(sites.m, problem.n_new, replace=False)
        found, value = _local_search(costs, start)
        n_run += 1
        if value < best_value:
            best, best_value = found, value
        watch.report(Progress("swapping sites", n_run, search.n_init, best_value))
        if watch.stop_reason() is not None:
            break
    scope = f"best of {n_run} independent starts of swap search over {sites.m} candidate sites; no lower bound was computed"
    return finish_sites(problem, order[best], Ending(search.seed, status_of(watch), scope))


def _costs(problem: Problem, sites: Sites) -> _Costs:
    demand = merged_demand(problem)
    objective = cast("SumObjective", problem.objective)
    site = objective.cost(demand.weight, problem.distance.matrix(demand, sites))
    if problem.fixed.m == 0:
        return _Costs(site, np.full(demand.n, np.inf))
    fixed = objective.cost(demand.weight, problem.distance.matrix(demand, problem.fixed))
    return _Costs(site, fixed.min(axis=1))


def _greedy(costs: _Costs, p: int) -> IntArray:
    """Open one site after another, each time the one that lowers the value most; ties to the first in order."""
    nearest = costs.fixed
    chosen: list[int] = []
    for _ in range(p):
        totals = np.minimum(costs.site, nearest[:, None]).sum(axis=0)
        totals[chosen] = np.inf
        chosen.append(int(totals.argmin()))
        nearest = np.minimum(nearest, costs.site[:, chosen[-1]])
    return np.array(chosen, dtype=np.intp)


def _local_search(costs: _Costs, start: IntArray) -> tuple[IntArray, float]:
    """Make the best swap until none helps; return the open sites, sorted, and their value."""
    is_open = np.sort(start)
    while True:
        value, change = _swap_changes(costs, is_open)
        position, site = np.unravel_index(int(change.argmin()), change.shape)
        if not change[position, site] < -1e-12 * max(value, 1e-300):
            return is_open, value
        is_open = np.sort(np.append(np.delete(is_open, position), site))


def _swap_changes(costs: _Costs, is_open: IntArray) -> tuple[float, FloatArray]:
    """Return the value, and by how much each swap (close position r, open site j) would change it, shape (p, m).

    A point keeps the cheaper of its device and the new one, unless its device closes: then the cheaper of its second
    and the new one. The first part is the same for every r, the correction touches only the points that r serves.
    """
    own = np.column_stack([costs.site[:, is_open], costs.fixed])
    serving = own.argmin(axis=1)
    ranked = np.sort(np.column_stack([own, np.full(len(own), np.inf)]), axis=1)
    first, second = ranked[:, 0], ranked[:, 1]
    with_new = np.minimum(costs.site, first[:, None])
    correction = np.minimum(costs.site, second[:, None]) - with_new
    # Plain sums, not a matrix product: those of BLAS may round differently with another number of threads.
    repair = np.stack([correction[serving == position].sum(axis=0) for position in range(len(is_open))])
    change = (with_new - first[:, None]).sum(axis=0)[None, :] + repair
    change[:, is_open] = np.inf
    return float(first.sum()), change
