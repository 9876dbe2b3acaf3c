"""The front of mean, worst distance and coverage: nobody on it is beaten, and its ends are the best of each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placement.alternatives.front import _balanced, _front, tradeoff
from placement.core import Search
from placement.core.alternatives import FrontPlan
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve
from problems import line5, make_problem, random_problem

QUICK = Search(n_init=4, seed=1, effort="fast")


def front_plan(aim: str, max_m: float, mean_m: float, share: float | None = None) -> FrontPlan:
    return FrontPlan(aim, solve(line5(), Search(n_init=1)), max_m, mean_m, share)


def test_beaten_and_equal_plans_are_dropped() -> None:
    """Plan b is worse than a in both; c repeats a up to rounding; e has nothing but better coverage and stays."""
    a, b, c = front_plan("a", 4, 4, 0.5), front_plan("b", 5, 5, 0.5), front_plan("c", 4 + 1e-9, 4, 0.5)
    d, e = front_plan("d", 6, 2, 0.5), front_plan("e", 7, 7, 0.9)
    assert [one.aim for one in _front([d, a, b, c, e])] == ["a", "d", "e"]


def test_the_balanced_plan_is_nearest_to_the_ideal() -> None:
    """Scaled, (4, 10), (5, 4), (14, 2) are (0, 1), (.1, .25), (1, 0): the second is 0.27 from the ideal, the others 1."""
    assert _balanced([front_plan("a", 4, 10), front_plan("b", 5, 4), front_plan("c", 14, 2)]) == 1


def test_a_tie_goes_to_the_shorter_mean() -> None:
    """Two ends of a front of two are equally far from the ideal."""
    assert _balanced([front_plan("a", 4, 10), front_plan("b", 14, 2)]) == 1
    assert _balanced([front_plan("a", 4, 10)]) == 0


def test_one_device_on_a_line_by_hand() -> None:
    """Points 0, 0, 0, 10 and sites 0, 3, 5: the mean is shortest at 0 (2.5), the largest at 5 (5); 3 lies between (4, 7)."""
    problem = make_problem([[0, 0], [0.0, 0], [0, 0], [10, 0]], 1, candidates=[[0, 0], [3, 0], [5, 0]], radii_m=(4.0,))
    found = tradeoff(problem, QUICK)
    figures = [(one.max_m, one.mean_m, one.covered_share) for one in found.plans]
    assert figures == [(5.0, 5.0, 0.0), (7.0, 4.0, 0.75), (10.0, 2.5, 0.75)]
    # Sums of squares are 100, 27 + 49 = 76 and 100: the own plan stands at 3.
    assert [one.aim for one in found.plans] == ["p_center", "k_means", "p_median"]
    # Scaled: (0, 1), (0.4, 0.6), (1, 0); 0.4^2 + 0.6^2 < 1.
    assert found.balanced == 1


@pytest.mark.parametrize("candidates", [None, (np.random.default_rng(1).random((9, 2)) * 25).tolist()])
def test_no_plan_of_the_front_beats_another(candidates) -> None:
    """Along the front the largest distance rises and, without coverage, the mean falls."""
    found = tradeoff(random_problem(2, n=20, p=2, candidates=candidates), QUICK)
    assert [one.max_m for one in found.plans] == sorted(one.max_m for one in found.plans)
    assert [one.mean_m for one in found.plans] == sorted((one.mean_m for one in found.plans), reverse=True)
    assert 0 <= found.balanced < len(found.plans)


def test_set_cover_is_compared_with_as_many_devices_as_it_took() -> None:
    """Within 2 of 0, 1, 2, 10, 12 two devices are enough, so nobody else gets five."""
    problem = replace(line5(), n_new=5, objective=OBJECTIVES["set_cover"](radius_m=2.0))
    found = tradeoff(problem, QUICK)
    assert {one.plan.p for one in found.plans} == {2}
    assert min(one.max_m for one in found.plans) == pytest.approx(1.0)


def test_no_time_leaves_the_own_plan() -> None:
    """A watch that says stop: the plan that was there already is the whole front; without one there is none."""
    watch = Watch()
    watch.interrupt()
    own = solve(line5(), QUICK)
    assert [one.plan for one in tradeoff(line5(), QUICK, watch, own).plans] == [own]
    assert tradeoff(line5(), QUICK, watch) is None
