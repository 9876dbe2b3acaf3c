"""How plans are found: `solve` hands a problem to the solver that supports it.

Devices stand either anywhere in the free space or only on candidate sites; each objective has a solver for either. A solver
returns its best plan, and the bound and certificate that it could prove on the way.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.progress import Watch

ANYWHERE = {
    "k_means": "placement.solvers.planar",
    "p_median": "placement.solvers.planar_p_median",
}
"""Objective to the module that places devices anywhere in the free space."""

ON_SITES = {
    "k_means": "placement.solvers.interchange",
    "p_median": "placement.solvers.interchange",
}
"""Objective to the module that chooses among candidate sites."""


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
    family = ANYWHERE if problem.candidates is None else ON_SITES
    solver = cast("Solver", import_module(family[problem.objective.kind]))
    return solver.solve(problem, search, watch or Watch(search.time_limit_s))
