"""The ground on which sums over candidate sites are solved: canonical demand, sites in order, costs as lists."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from placement import kernels
from placement.bounds.site_costs import SiteCosts, list_length, site_costs
from placement.bounds.site_multipliers import Copies
from placement.core.demand import Demand
from placement.core.problem import Problem
from placement.core.protocols import SumObjective
from placement.core.sites import Sites
from placement.core.types import BoolArray, IntArray
from placement.errors import InfeasibleError
from placement.progress import Watch
from placement.solvers.merging import merged_demand

MOST_NAMES = 10
"""How many lost points a message names."""


class Ground(NamedTuple):
    """The problem as it is solved.

    Parameters
    ----------
    costs : SiteCosts
        Of demand in its canonical form and sites in the order of their coordinates.
    order : ndarray of shape (m,)
        The scenario's position of each site.
    copies : Copies
        How the scenario's points became those of `costs`.
    n_open : int
        How many sites open.
    """

    costs: SiteCosts
    order: IntArray
    copies: Copies
    n_open: int

    @property
    def lists(self) -> kernels.SiteLists:
        """The costs as lists."""
        return self.costs.lists


def make_ground(problem: Problem, breadth: int, watch: Watch) -> Ground:
    """Put a problem into canonical form, so that the order of the input does not matter.

    Parameters
    ----------
    problem : Problem
        With candidates and an objective that adds up costs.
    breadth : int
        How many sites a point lists, as `list_length` has it.
    watch : Watch
        When it says stop before the lists are made, they become short.

    Returns
    -------
    Ground
        Ready to be solved.

    Raises
    ------
    InfeasibleError
        If there are fewer sites than devices, or a point can be reached neither from a site nor from a fixed device; the text
        names them.
    """
    candidates = problem.candidates or Sites.none()
    if candidates.m < problem.n_new:
        raise InfeasibleError(f"{problem.n_new} devices need as many candidate sites, there are {candidates.m}; add sites")
    order = np.array(sorted(range(candidates.m), key=lambda j: (*candidates.xy[j], candidates.ids[j])), dtype=np.intp)
    demand, copies = _canonical(problem)
    length = list_length(demand.n, candidates.m, problem.n_new, breadth)
    objective = cast("SumObjective", problem.objective)
    costs = site_costs(demand, candidates.take(order), problem.fixed, objective, problem.distance, length=length, watch=watch)
    if costs.is_unreachable.any():
        lost = name_points(problem.demand, costs.is_unreachable[copies.group])
        raise InfeasibleError(f"no candidate site and no fixed device reaches {lost}")
    return Ground(costs, order, copies, problem.n_new)


def name_points(demand: Demand, is_lost: BoolArray) -> str:
    """Return the names of the lost points, the first few of them, `is_lost` of shape (n,)."""
    lost = [demand.ids[i] for i in np.flatnonzero(is_lost)]
    rest = f" and {len(lost) - MOST_NAMES} more" if len(lost) > MOST_NAMES else ""
    return f"{'points' if len(lost) > 1 else 'point'} {', '.join(lost[:MOST_NAMES])}{rest}"


def _canonical(problem: Problem) -> tuple[Demand, Copies]:
    """Return demand in the order of its coordinates, equal places as one where the distance is straight."""
    given = problem.demand
    group = np.empty(given.n, dtype=np.intp)
    if not problem.distance.is_straight:
        order = np.array(sorted(range(given.n), key=lambda i: (*given.xy[i], given.ids[i])), dtype=np.intp)
        group[order] = np.arange(given.n)
        return given.take(order), Copies(group, np.ones(given.n))
    demand = merged_demand(problem)
    order = np.lexsort((given.xy[:, 1], given.xy[:, 0]))
    is_next = np.r_[False, (np.diff(given.xy[order], axis=0) != 0).any(axis=1)]
    group[order] = np.cumsum(is_next)
    return demand, Copies(group, given.weight / demand.weight[group])
