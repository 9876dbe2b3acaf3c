"""Searches with little work, for plans that only stand beside another."""

from __future__ import annotations

from dataclasses import replace

from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.errors import InfeasibleError
from placement.progress import Watch
from placement.solvers import solve

MOST_STARTS = 8


def quickly(search: Search) -> Search:
    """Return a search of effort "fast" with few starts and the same seed; time is left to the watch.

    Examples
    --------
    >>> quickly(Search(n_init=50, seed=7)).n_init
    8
    """
    return replace(search, effort="fast", n_init=min(search.n_init, MOST_STARTS), time_limit_s=None)


def solved(problem: Problem, search: Search, watch: Watch) -> Plan | None:
    """Return the best plan found; None when there is none, or when the watch says stop before the search begins."""
    if watch.stop_reason() is not None:
        return None
    try:
        return solve(problem, search, watch)
    except InfeasibleError:
        return None


def worse_by(problem: Problem, value: float, than: float) -> float:
    """Return by how much an objective's `value` is worse `than` another: above 0 when it is worse, 0 for equal infinities.

    Parameters
    ----------
    problem : Problem
        Whether its objective is minimised or maximised.
    value, than : float
        Two values of it.
    """
    if value == than:  # two infinities too; and no negative zero where more is better
        return 0.0
    return problem.sign * (value - than)
