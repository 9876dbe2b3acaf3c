"""What the loss of a chosen site costs, and which sites no good plan does without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placement.alternatives.sites import site_robustness
from placement.core import Search
from placement.core.constraints import Constraints, Pair
from placement.progress import Watch
from placement.solvers import solve
from problems import line5, make_problem

QUICK = Search(n_init=4, seed=1, effort="fast")
LINE = [[0, 0], [1, 0], [2, 0], [10, 0], [12, 0]]


def test_regret_by_hand() -> None:
    """Sites 1, 11, 11.1, 0: without 1 the left three cost 0 + 1 + 4 = 5 instead of 2; without 11 next to nothing is lost."""
    problem = make_problem(LINE, 2, candidates=[[1, 0], [11, 0], [11.1, 0], [0, 0]])
    found = site_robustness(problem, solve(problem, QUICK), QUICK)
    first, second = found.regrets
    assert (first.site, first.value, first.regret, first.is_in_all) == ("C1", pytest.approx(7.0), pytest.approx(3.0), True)
    # 1.1^2 + 0.9^2 = 2.02, half a per cent of 4 more than 2.
    assert (second.site, second.regret, second.is_in_all) == ("C2", pytest.approx(0.02), False)
    assert (found.n_plans, found.n_near) == (6, 5)


def test_a_full_list_of_sites_leaves_no_choice() -> None:
    """Two sites, two devices: without one of them a single device serves all; without the only site there is nothing."""
    problem = make_problem(LINE, 2, candidates=[[1, 0], [11, 0]])
    found = site_robustness(problem, solve(problem, QUICK), QUICK)
    assert {one.site: one.value for one in found.regrets} == {"C1": pytest.approx(304.0), "C2": pytest.approx(204.0)}
    only = make_problem(LINE, 1, candidates=[[1, 0]])
    lost = site_robustness(only, solve(only, QUICK), QUICK).regrets
    assert [(one.site, one.value, one.regret, one.is_in_all) for one in lost] == [("C1", None, None, True)]


def test_a_required_site_cannot_be_lost() -> None:
    """a3 at 10 must be served from C1 at 1: 81 + 1 + 1, and 0.81 for 12 from 11.1 or 1 from 11. Without C1 there is no plan."""
    problem = make_problem(LINE, 2, candidates=[[1, 0], [11, 0], [11.1, 0]])
    rules = Constraints(required_pairs=(Pair(3, "C1"),), forbidden_pairs=(Pair(0, "C3"),))
    problem = replace(problem, constraints=rules)
    found = site_robustness(problem, solve(problem, QUICK), QUICK)
    assert [(one.site, one.value) for one in found.regrets] == [("C1", None), ("C3", pytest.approx(84.0))]
    assert found.regrets[1].regret == pytest.approx(0.19)


def test_devices_anywhere_have_no_sites() -> None:
    """Nothing to forbid in the plane; no time, nothing looked at."""
    assert site_robustness(line5(), solve(line5(), QUICK), QUICK) is None
    watch = Watch()
    watch.interrupt()
    problem = make_problem(LINE, 2, candidates=[[1, 0], [11, 0]])
    assert site_robustness(problem, solve(problem, QUICK), QUICK, watch).regrets == ()
