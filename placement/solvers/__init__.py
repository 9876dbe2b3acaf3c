"""How plans are found: `solve` hands a problem to the solver that supports it."""

from __future__ import annotations

from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.progress import Watch
from placement.solvers.interchange import solve_interchange
from placement.solvers.planar import solve_planar


def solve(problem: Problem, search: Search, watch: Watch | None = None) -> Plan:
    """Find a plan: on the candidate sites when there are any, else anywhere in the free space.

    Parameters
    ----------
    problem : Problem
        What to solve.
    search : Search
        Starts, seed and limits.
    watch : Watch, optional
        Hears about progress and may stop the search.

    Returns
    -------
    Plan
        The best plan found.
    """
    watch = watch or Watch(search.time_limit_s)
    solver = solve_planar if problem.candidates is None else solve_interchange
    return solver(problem, search, watch)
