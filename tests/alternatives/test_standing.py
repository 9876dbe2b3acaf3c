"""From today's devices to a plan: everyone of both is named once, and staying is never better than moving."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placement.alternatives.standing import diff, standstill
from placement.core import Search, Sites
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve
from placement.solvers.finish import Ending, finish_free, finish_sites
from problems import line5, make_problem

QUICK = Search(n_init=4, seed=1, effort="fast")


def today(**places: float) -> Sites:
    """Return devices on the line y = 0."""
    return Sites(tuple(places), np.array([[x, 0.0] for x in places.values()]).reshape(-1, 2))


def planned(*places: float):
    """Return the plan of new devices D1, D2, ... on the line y = 0."""
    return finish_free(line5(), np.array([[x, 0.0] for x in places]), Ending(0, "feasible", ""))


def test_near_devices_stay_and_far_ones_move() -> None:
    """A at 0 is 0.5 from D1 and stays, B at 9 goes 3 to D2, D3 at 40 is left for C at 30."""
    found = diff(today(A=0, B=9, C=30), planned(0.5, 12, 40))
    assert [(one.standing, one.planned, one.distance_m) for one in found.stay] == [("A", "D1", 0.5)]
    assert [(one.standing, one.planned, one.distance_m) for one in found.move] == [("C", "D3", 10.0), ("B", "D2", 3.0)]
    assert (found.new, found.removed, found.moved_m) == ((), (), 13.0)


def test_more_or_fewer_devices_are_new_or_removed() -> None:
    """Two for one: the nearer takes its part."""
    assert diff(today(A=0), planned(2, 12)).new == ("D2",)
    assert diff(today(A=0, B=11), planned(10)).removed == ("A",)


def test_a_name_that_a_plan_invented_says_nothing() -> None:
    """Today's D1 stands at 12, where the plan's D2 is; the plan's own D1 is another device."""
    found = diff(today(D1=12), planned(1, 12))
    assert (found.stay[0].planned, found.new) == ("D2", ("D1",))


def test_a_site_is_known_by_its_name() -> None:
    """C1 of today is C1 of the plan."""
    problem = make_problem([[0, 0], [9, 0]], 2, candidates=[[0, 0], [9, 0]])
    plan = finish_sites(problem, np.array([0, 1]), Ending(0, "feasible", ""))
    found = diff(Sites(("C2", "old"), np.array([[9.0, 0], [1, 1]])), plan)
    assert [(one.standing, one.planned) for one in found.stay] == [("C2", "C2")]
    assert [(one.standing, one.planned) for one in found.move] == [("old", "C1")]


def test_no_devices_today_makes_all_new() -> None:
    """Nothing to pair."""
    assert diff(Sites.none(), planned(1, 2)).new == ("D1", "D2")


def test_what_not_moving_costs_by_hand() -> None:
    """0, 1, 2, 10, 12 with one fixed at 0: with a second at 11 it costs 0 + 1 + 4 + 1 + 1 = 7; free, 4."""
    problem = replace(line5(), n_new=1, fixed=today(AP=0))
    plan = solve(problem, QUICK)
    found = standstill(problem, plan, QUICK, Watch())
    assert (found.kept, found.free) == (pytest.approx(7.0), pytest.approx(4.0))
    assert len(found.diff.stay) + len(found.diff.move) == 1
    assert found.diff.new == ("D2",)


def test_on_sites_the_places_of_today_may_be_kept() -> None:
    """The fixed device stands at the best place, which is no candidate: nothing is gained, and it stays."""
    problem = make_problem([[0, 0], [2, 0], [10, 0]], 1, fixed=[[1, 0]], candidates=[[10, 0], [30, 0]])
    plan = solve(problem, QUICK)
    found = standstill(problem, plan, QUICK, Watch())
    assert found.kept == found.free == pytest.approx(2.0)
    assert [one.planned for one in found.diff.stay] == ["AP1"]
    assert found.diff.new == ("C1",)


def test_a_free_plan_stands_on_the_places_of_today_too() -> None:
    """AP1 at 1 is good, AP2 at 50 is not: 1 + 1 + 81 with it and 20; freed, AP2 goes to 20, the new one to 10: 1 + 1."""
    problem = make_problem([[0, 0], [2, 0], [10, 0], [20, 0]], 1, fixed=[[1, 0], [50, 0]], candidates=[[10, 0], [20, 0]])
    found = standstill(problem, solve(problem, QUICK), QUICK, Watch())
    assert (found.kept, found.free) == (pytest.approx(83.0), pytest.approx(2.0))
    assert [(one.standing, one.planned, one.distance_m) for one in found.diff.move] == [("AP2", "C2", 30.0)]


def test_a_search_that_finds_nothing_better_keeps_what_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The free plan found is worse than that with today's devices: those stay, and it costs nothing."""
    problem = replace(line5(), n_new=1, fixed=today(AP=1))
    plan = solve(problem, QUICK)
    monkeypatch.setattr("placement.alternatives.standing.solved", lambda *_: planned(0, 30))
    found = standstill(problem, plan, QUICK, Watch())
    assert (found.plan, found.kept, found.free) == (plan, plan.value, plan.value)
    assert [one.planned for one in found.diff.stay] == ["AP"]


def test_set_cover_counts_all_devices_when_they_are_free() -> None:
    """One stands uselessly at 30: two more are needed, three in all; free, two are enough."""
    problem = replace(line5(), n_new=5, fixed=today(AP=30), objective=OBJECTIVES["set_cover"](radius_m=2.0))
    found = standstill(problem, solve(problem, QUICK), QUICK, Watch())
    assert (found.kept, found.free) == (3.0, 2.0)


def test_nothing_fixed_costs_nothing() -> None:
    """No fixed devices, or no time: no answer."""
    assert standstill(line5(), solve(line5(), QUICK), QUICK, Watch()) is None
    watch = Watch()
    watch.interrupt()
    problem = replace(line5(), fixed=today(AP=0))
    assert standstill(problem, solve(problem, QUICK), QUICK, watch) is None


def test_devices_move_least_in_all() -> None:
    """Today 0 and 30, planned 20 and 45: the nearest pair first would move 10 + 45; least are 20 + 15."""
    found = diff(today(A=0, B=30), planned(20, 45))
    assert [(one.standing, one.planned, one.distance_m) for one in found.move] == [("A", "D1", 20.0), ("B", "D2", 15.0)]
    assert found.moved_m == 35.0


def test_of_equally_short_ways_fewest_devices_move() -> None:
    """Today 0 and 10, planned 10 and 20: both go 10, or one stays and one goes 20."""
    found = diff(today(A=0, B=10), planned(10, 20))
    assert [(one.standing, one.planned) for one in found.stay] == [("B", "D1")]
    assert [(one.standing, one.distance_m) for one in found.move] == [("A", 20.0)]


def test_what_stays_within_a_metre_costs_no_way() -> None:
    """Today 0 and 1.5, planned 0.9 and 100: A stays at 0.9 and B goes 98.5, not the other way round, which moves 100."""
    found = diff(today(A=0, B=1.5), planned(0.9, 100))
    assert (len(found.stay), found.moved_m) == (1, 98.5)
