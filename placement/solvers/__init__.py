"""How plans are found: `solve` hands a problem to the solver that supports it.

Devices stand either anywhere in the free space or only on candidate sites; each objective has a solver for either. A solver
returns its best plan, and the bound and certificate that it could prove on the way.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.rules import has_limited_room
from placement.progress import Watch

ANYWHERE = {
    "k_means": "placement.solvers.planar",
    "p_median": "placement.solvers.planar_p_median",
    "p_center": "placement.solvers.planar_center",
    "max_cover": "placement.solvers.planar_max_cover",
    "set_cover": "placement.solvers.planar_set_cover",
}
"""Objective to the module that places devices anywhere in the free space."""

ON_SITES = {
    "k_means": "placement.solvers.site_sums",
    "p_median": "placement.solvers.site_sums",
    "p_center": "placement.solvers.site_center",
    "max_cover": "placement.solvers.site_max_cover",
    "set_cover": "placement.solvers.site_set_cover",
}
"""Objective to the module that chooses among candidate sites."""

CONSTRAINED_ON_SITES = "placement.solvers.constrained_sites"
CONSTRAINED_ANYWHERE = "placement.solvers.constrained_anywhere"
"""The modules for every objective when more than the number of devices is demanded."""


class Solver(Protocol):
    """What every module of this family offers."""

    def solve(self, problem: Problem, search: Search, watch: Watch) -> Plan:
        """Return the best plan found, with what was proven about it."""
        ...


def solve(problem: Problem, search: Search, watch: Watch | None = None) -> Plan:
    """Find a plan: on the candidate sites when there are any, else anywhere in the free space.

    Parameters
    ----------
    problem : Problem
        What to solve.
    search : Search
        Starts, seed, effort and limits.
    watch : Watch, optional
        Hears about progress and may stop the search.

    Returns
    -------
    Plan
        The best plan found.
    """
    solver = cast("Solver", import_module(_module(problem)))
    return solver.solve(problem, search, watch or Watch(search.time_limit_s))


def _module(problem: Problem) -> str:
    is_anywhere = problem.candidates is None
    if problem.constraints.is_free and not has_limited_room(problem):
        return (ANYWHERE if is_anywhere else ON_SITES)[problem.objective.kind]
    return CONSTRAINED_ANYWHERE if is_anywhere else CONSTRAINED_ON_SITES
