"""p_center, max_cover and set_cover on candidate sites: the best plan, its proof, and what happens at the edges."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covers import TableDistance, best_by_force, proven_bound, small_problem, with_objective
from placement.core import Plan, Problem, Search
from placement.errors import InfeasibleError
from placement.progress import Watch
from placement.solvers import solve
from problems import make_problem

KINDS = ["p_center", "max_cover", "set_cover"]


def test_nobody_is_needed_where_fixed_devices_cover_all() -> None:
    """set_cover adds none and proves it."""
    problem = with_objective(make_problem([[0, 0], [1, 0]], 2, fixed=[[0, 0]], candidates=[[1, 0]]), "set_cover", radius_m=1.0)
    plan = solve(problem, Search())
    assert (plan.value, plan.bound, plan.status, plan.device_ids) == (0.0, 0.0, "optimal", ("AP1",))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40))
def test_the_plan_is_the_best_and_its_certificate_says_so(seed: int, kind: str) -> None:
    """Weights, fixed devices, shares and backup: value and bound are what trying everything gives; a plain check agrees."""
    problem = small_problem(np.random.default_rng([seed, KINDS.index(kind)]), kind)
    best = best_by_force(problem)
    if best is None:
        with pytest.raises(InfeasibleError):
            solve(problem, Search())
        return
    plan = solve(problem, Search())
    assert plan.value == pytest.approx(best)
    assert plan.bound == pytest.approx(best)
    assert plan.status == "optimal"
    _check_word(problem, plan)


def _check_word(problem: Problem, plan: Plan) -> None:
    assert plan.certificate is not None
    if plan.certificate.kind == "solver":
        assert problem.objective.n_serving == 2 or problem.objective.share < 1  # type: ignore[attr-defined]
        return
    json.dumps(plan.certificate.data)
    word = proven_bound(problem, plan)
    assert word == pytest.approx(plan.bound, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), kind=st.sampled_from(KINDS), effort=st.sampled_from(["fast", "good"]))
def test_values_and_bounds_never_cross(seed: int, kind: str, effort: str) -> None:
    """Whatever the effort, the true optimum lies between value and bound."""
    problem = small_problem(np.random.default_rng(seed), kind)
    best = best_by_force(problem)
    if best is None:
        return
    plan = solve(problem, Search(effort=effort))  # type: ignore[arg-type]
    low, high = sorted((plan.value, plan.bound or 0.0))
    assert low - 1e-9 <= best <= high * (1 + 1e-9) + 1e-9


def _random(kind: str) -> Problem:
    n, rng = 60, np.random.default_rng(60)
    xy = rng.random((n, 2)) * 30
    problem = make_problem(xy, 8 if kind == "set_cover" else 5, weight=rng.integers(1, 5, n).tolist(), candidates=xy)
    return with_objective(problem, kind, **({} if kind == "p_center" else {"radius_m": 9.0 if kind == "set_cover" else 5.0}))


@pytest.mark.parametrize("kind", KINDS)
def test_no_time_still_brings_a_plan_and_a_bound(kind: str) -> None:
    """A watch that says stop at once: a plan with a bound that holds, and the reason why it ended."""
    problem = replace(_random(kind), n_new=60) if kind == "set_cover" else _random(kind)
    best = solve(problem, Search()).value
    plan = solve(problem, Search(), Watch(0.0))
    assert plan.status in {"time_limit", "optimal"}
    assert plan.bound is not None
    low, high = sorted((plan.value, plan.bound))
    assert low - 1e-9 <= best <= high + 1e-9
    assert proven_bound(problem, plan) == pytest.approx(plan.bound, rel=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_plan(kind: str) -> None:
    """Device by device, and the certificate with them."""
    first, second = (solve(_random(kind), Search(seed=3)) for _ in range(2))
    assert first.device_ids == second.device_ids
    assert first.certificate is not None
    assert second.certificate is not None
    assert first.certificate.data == second.certificate.data


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_the_input_does_not_matter(kind: str) -> None:
    """Points and sites the other way round: the same places, the same value."""
    problem = _random(kind)
    assert problem.candidates is not None
    back = np.arange(problem.demand.n)[::-1].copy()
    turned = replace(problem, demand=problem.demand.take(back), candidates=problem.candidates.take(back))
    plan, other = solve(problem, Search()), solve(turned, Search())
    assert plan.device_ids == other.device_ids
    assert (plan.value, plan.bound) == (other.value, other.bound)
    assert proven_bound(turned, other) == pytest.approx(other.bound, rel=1e-9)


def test_of_equal_radii_the_smaller_mean_wins() -> None:
    """Two sites serve both ends within 4; the one in the middle of the many is taken."""
    xy = [[0, 0], [8, 0], [5, 0], [5, 0], [5, 0], [20, 0], [20, 8]]
    problem = make_problem(xy, 2, candidates=[[4, 0], [20, 4], [4, 1]])
    plan = solve(with_objective(problem, "p_center"), Search())
    assert plan.value == 4.0
    assert plan.device_ids == ("C1", "C2")
    ends = make_problem([[0, 0], [10, 0], [9, 0], [1, 9]], 1, candidates=[[1, 0], [9, 0]])
    assert solve(with_objective(ends, "p_center"), Search()).value == 9.0


def test_weights_count_in_p_center_only_when_asked() -> None:
    """With weights the heavy point pulls the device to its side."""
    problem = make_problem([[0, 0], [10, 0]], 1, weight=[1, 9], candidates=[[4, 0], [9, 0]])
    assert solve(with_objective(problem, "p_center"), Search()).device_ids == ("C1",)
    weighted = solve(with_objective(problem, "p_center", is_weighted=True), Search())
    assert (weighted.device_ids, weighted.value, weighted.bound) == (("C2",), 9.0, 9.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("xy", [[[3, 3]], [[2, 2]] * 4, [[0, 0], [1, 0], [2, 0]]], ids=["one", "equal", "line"])
def test_as_many_devices_as_points(kind: str, xy: list[list[float]]) -> None:
    """Everybody has a device: nothing is left to better."""
    problem = with_objective(make_problem(xy, len(xy), candidates=xy), kind, **({} if kind == "p_center" else {"radius_m": 0.5}))
    plan = solve(problem, Search())
    expected = {"p_center": 0.0, "max_cover": float(len(xy)), "set_cover": float(len({tuple(place) for place in xy}))}
    assert (plan.value, plan.status) == (expected[kind], "optimal")


def _table() -> TableDistance:
    return TableDistance({("a0", "C1"): 1.0, ("a1", "C1"): 2.0, ("a2", "C2"): 5.0, ("a0", "C2"): 1.0})


def test_a_table_may_have_holes() -> None:
    """Two of two sites are needed where no way leads from one to the other's points."""
    problem = make_problem([[0, 0], [0, 0], [0, 0]], 2, candidates=[[0, 0], [0, 0]])
    plan = solve(with_objective(replace(problem, distance=_table()), "p_center"), Search())
    assert (plan.value, plan.bound, plan.device_ids) == (5.0, 5.0, ("C1", "C2"))


def test_too_few_devices_for_everybody_say_how_many_would_do() -> None:
    """One device does not reach all three points of the table, two do."""
    problem = replace(make_problem([[0, 0], [0, 0], [0, 0]], 1, candidates=[[0, 0], [0, 0]]), distance=_table())
    with pytest.raises(InfeasibleError, match="2 can"):
        solve(with_objective(problem, "p_center"), Search())
    with pytest.raises(InfeasibleError, match=r"2 would do; 1 can bring a share of 0\.6667"):
        solve(with_objective(problem, "set_cover", radius_m=5.0), Search())


@pytest.mark.parametrize("kind", ["p_center", "set_cover"])
def test_points_out_of_reach_are_named(kind: str) -> None:
    """At most twenty by name, the others counted."""
    names = {(f"a{i}", "C1"): 1.0 for i in range(2)}
    problem = replace(make_problem([[0, 0]] * 30, 1, candidates=[[0, 0]]), distance=TableDistance(names))
    with pytest.raises(InfeasibleError, match=r"a10, a11, .* and 8 more"):
        solve(with_objective(problem, kind, **({} if kind == "p_center" else {"radius_m": 1.0})), Search())


def test_a_share_out_of_reach_says_what_can_be_had() -> None:
    """Half of the points have no site: a share of 0.9 cannot be."""
    problem = make_problem([[0, 0], [50, 0]], 1, candidates=[[0, 0]])
    with pytest.raises(InfeasibleError, match=r"a share of 0\.5 within the radius, not 0\.9.*: a1"):
        solve(with_objective(problem, "set_cover", radius_m=1.0, share=0.9), Search())


def test_points_without_any_site_do_not_help_max_cover() -> None:
    """They count for nobody, in the value and in the bound."""
    problem = with_objective(make_problem([[0, 0], [50, 0], [3, 0]], 1, candidates=[[0, 0]]), "max_cover", radius_m=1.0)
    plan = solve(problem, Search())
    assert plan.value == 1.0
    assert plan.bound == pytest.approx(1.0)


def test_more_sites_asked_for_than_there_are() -> None:
    """All of them open."""
    problem = with_objective(make_problem([[0, 0], [4, 0]], 5, candidates=[[0, 0], [4, 1]]), "p_center")
    plan = solve(problem, Search())
    assert (plan.value, plan.bound, plan.p) == (1.0, 1.0, 2)


def test_a_point_exactly_at_the_radius_is_covered() -> None:
    """3-4-5: the circle belongs to it, in plan and bound."""
    problem = make_problem([[0, 0], [3, 4]], 1, candidates=[[0, 0]])
    plan = solve(with_objective(problem, "set_cover", radius_m=5.0), Search())
    assert (plan.value, plan.bound) == (1.0, 1.0)


def test_the_published_radius_of_pr439() -> None:
    """Twenty of 439 points: 1185.59, the optimum of Pullan 2008, with its proof."""
    xy = np.loadtxt(Path(__file__).parents[2] / "benchmarks" / "data" / "pr439.csv", delimiter=",", skiprows=1)
    problem = with_objective(make_problem(xy, 20, candidates=xy), "p_center")
    plan = solve(problem, Search())
    assert plan.status == "optimal"
    assert plan.value == pytest.approx(1185.5906, abs=1e-4)
    assert proven_bound(problem, plan) == pytest.approx(plan.value)


def test_an_allowed_gap_saves_work() -> None:
    """With a gap of a third the bound may stay below the value, but never by more than that share."""
    plan = solve(_random("p_center"), Search(gap=1 / 3))
    exact = solve(_random("p_center"), Search())
    assert plan.gap is not None
    assert plan.gap <= 1 / 3
    assert plan.bound is not None
    assert exact.bound is not None
    assert plan.bound <= exact.bound
