"""Choice among candidate sites: brute force, fixed devices, laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from placement.core import Problem, Search
from placement.progress import Watch
from placement.solvers import solve
from problems import make_problem, make_sites, random_problem

SEARCH = Search(n_init=10, seed=5)


def field(seed: int, p: int = 3, m: int = 8, **parts: object) -> Problem:
    rng = np.random.default_rng(100 + seed)
    return random_problem(seed, n=15, p=p, candidates=(rng.random((m, 2)) * [30, 20]).tolist(), **parts)


def brute_force(problem: Problem) -> float:
    places = problem.candidates.xy
    best = np.inf
    for chosen in combinations(range(len(places)), problem.n_new):
        xy = np.vstack([problem.fixed.xy, places[list(chosen)]])
        distance = problem.distance.matrix(problem.demand, make_sites("S", xy.tolist())).min(axis=1)
        best = min(best, problem.objective.value(problem.demand.weight, distance, problem.n_new))
    return best


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("fixed", [[], [[15.0, 10.0]]], ids=["free", "one fixed"])
def test_agrees_with_trying_every_choice(seed: int, fixed: list[list[float]]) -> None:
    """On small problems the swap search finds the best of all choices."""
    problem = field(seed, fixed=fixed)
    assert solve(problem, SEARCH).value == pytest.approx(brute_force(problem), rel=1e-12)


def test_devices_keep_the_names_and_places_of_their_sites() -> None:
    """Chosen sites are devices of status candidate, west to east."""
    problem = make_problem([[0, 0], [10, 0]], 2, candidates=[[11, 0], [5, 0], [-1, 0]])
    plan = solve(problem, SEARCH)
    assert plan.device_ids == ("C3", "C1")
    assert plan.device_status == ("candidate", "candidate")
    assert plan.device_xy.tolist() == [[-1, 0], [11, 0]]


def test_all_candidates_are_opened_when_the_budget_says_so() -> None:
    """A budget of all sites leaves nothing to choose."""
    assert sorted(solve(field(1, p=8), SEARCH).device_ids) == [f"C{i}" for i in range(1, 9)]


def test_order_of_sites_does_not_matter() -> None:
    """Reversed candidates give the same plan."""
    problem = field(3)
    turned = replace(problem.candidates, ids=problem.candidates.ids[::-1], xy=problem.candidates.xy[::-1])
    one, other = solve(problem, SEARCH), solve(replace(problem, candidates=turned), SEARCH)
    assert one.device_ids == other.device_ids


def test_a_candidate_on_a_fixed_device_is_not_chosen() -> None:
    """It would serve nobody better."""
    problem = make_problem([[0, 0], [10, 0]], 1, fixed=[[0, 0]], candidates=[[0, 0], [9, 0]])
    assert solve(problem, SEARCH).device_ids == ("AP1", "C2")


def test_stop_after_the_first_start_still_gives_a_plan() -> None:
    """A time limit of nothing leaves the greedy start, improved."""
    plan = solve(field(2), SEARCH, Watch(time_limit_s=0.0))
    assert plan.status == "time_limit"
    assert plan.p == 3


def test_never_better_than_anywhere() -> None:
    """Candidates restrict: the free plan is at least as good."""
    for seed in range(10):
        problem = field(seed)
        free = solve(replace(problem, candidates=None), Search(n_init=50, seed=1))
        assert free.value <= solve(problem, SEARCH).value + 1e-9


def test_more_sites_never_hurt() -> None:
    """A further candidate can only help."""
    problem = field(6)
    more = make_sites("C", [*problem.candidates.xy.tolist(), [3, 3], [20, 15]])
    assert solve(replace(problem, candidates=more), SEARCH).value <= solve(problem, SEARCH).value + 1e-9
