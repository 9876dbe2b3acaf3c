"""max_cover anywhere: the optimum of all subsets of places, proofs that can be recomputed, laws and odd inputs."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import shapely

from cover_check import best_cover, recomputed_bound
from placement.bounds.verify import verify
from placement.core import Domain, Plan, Problem, Search
from placement.core.claim import Claim
from placement.objectives.max_cover import MaxCoverObjective
from placement.progress import Watch
from placement.solvers import places, solve
from problems import make_problem, random_problem

ROOM = shapely.box(0, 0, 30, 20).difference(shapely.box(11, 5, 19, 15))


def cover(problem: Problem, radius: float) -> Problem:
    """Return the problem with the weight within the radius as objective."""
    return replace(problem, objective=MaxCoverObjective(radius_m=radius))


def assert_honest(problem: Problem, plan: Plan) -> None:
    """Check value, bound and certificate of a plan from the problem alone."""
    distance = np.hypot(*(problem.demand.xy[:, None] - plan.device_xy[None]).transpose(2, 0, 1)).min(axis=1)
    radius = problem.objective.radius_m  # type: ignore[attr-defined]
    assert plan.value == problem.demand.weight[distance <= radius].sum()
    assert plan.bound is not None
    assert plan.bound >= plan.value
    assert plan.certificate is not None
    assert recomputed_bound(problem, plan) <= plan.bound * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize("seed", range(10))
def test_the_optimum_of_all_subsets_is_found_and_proven(seed: int) -> None:
    """Up to eight points, every subset of the circle intersection points, with fixed devices."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(2, 9)), int(rng.integers(1, 4))
    problem = cover(random_problem(seed, n=n, p=p, fixed=(rng.random((seed % 2, 2)) * 20).tolist()), 3.0 + seed % 4)
    plan = solve(problem, Search(seed=1))
    assert plan.value == max(weight for _, weight in islice(best_cover(problem, 3.0 + seed % 4), p + 1))
    assert plan.status == "optimal"
    assert plan.p == problem.fixed.m + p
    assert_honest(problem, plan)


@pytest.mark.parametrize("effort", ["fast", "good"])
@pytest.mark.parametrize("seed", range(4))
def test_office_plans_are_honest_and_at_full_effort_proven(seed: int, effort: str) -> None:
    """Bounds hold at every effort; "good" closes the gap of a hundred weighted desks."""
    problem = cover(random_problem(seed, n=100, p=2 + seed, fixed=[[3, 3]] if seed % 2 else []), 3.5)
    plan = solve(problem, Search(seed=1, effort=effort))  # type: ignore[arg-type]
    assert_honest(problem, plan)
    assert plan.status == "optimal" or effort == "fast"


@pytest.mark.parametrize("seed", range(3))
def test_in_a_floor_plan_no_free_grid_place_beats_the_plan(seed: int) -> None:
    """Two devices in a room with a light well: no pair of free places of a fine grid covers more."""
    domain = Domain("floor_plan", free=ROOM)
    problem = cover(random_problem(seed, n=40, p=2, domain=domain), 6.0)
    plan = solve(problem, Search(seed=1))
    grid = np.stack(np.meshgrid(np.linspace(0, 30, 61), np.linspace(0, 20, 41)), axis=-1).reshape(-1, 2)
    grid = grid[shapely.intersects_xy(ROOM, *grid.T)]
    near = np.hypot(*(problem.demand.xy[:, None] - grid[None]).transpose(2, 0, 1)) <= 6.0
    near = np.unique(near, axis=1)
    best = max((problem.demand.weight @ (near[:, j, None] | near)).max() for j in range(near.shape[1]))
    assert domain.contains(plan.device_xy).all()
    assert plan.value >= best
    assert_honest(problem, plan)


def test_weights_decide() -> None:
    """One heavy point is worth more than three light ones together."""
    xy = [[0, 0], [1, 0], [0, 1], [50, 50]]
    assert solve(cover(make_problem(xy, 1, weight=[1, 1, 1, 5]), 2.0), Search(seed=1)).value == 5
    assert solve(cover(make_problem(xy, 1, weight=[1, 1, 1, 2]), 2.0), Search(seed=1)).value == 3


def test_a_larger_radius_and_more_devices_never_cover_less() -> None:
    """The optimum rises with radius and budget."""
    problem = random_problem(2, n=60, p=1)
    by_radius = [solve(cover(problem, radius), Search(seed=1)).value for radius in (1.0, 2.0, 4.0, 8.0, 40.0)]
    by_budget = [solve(cover(replace(problem, n_new=p), 4.0), Search(seed=1)).value for p in (1, 2, 3, 4)]
    assert by_radius == sorted(by_radius)
    assert by_radius[-1] == problem.demand.total_weight
    assert by_budget == sorted(by_budget)


def test_moving_turning_scaling_order_and_copies_change_nothing() -> None:
    """The covered weight is the same however the demand is written down; weight w is w copies."""
    problem = cover(random_problem(4, n=50, p=3), 4.0)
    demand = problem.demand
    first = solve(problem, Search(seed=1))
    turned = replace(demand, xy=demand.xy @ np.array([[0.6, 0.8], [-0.8, 0.6]]) + 4e6)
    copies = np.repeat(np.arange(50), demand.weight.astype(int))
    names = tuple(f"b{i}" for i in range(len(copies)))
    copied = replace(demand, ids=names, xy=demand.xy[copies], weight=np.ones(len(copies)))
    for other in (turned, demand.take(np.random.default_rng(1).permutation(50)), copied):
        changed = replace(problem, demand=other)
        plan = solve(changed, Search(seed=1))
        assert plan.value == first.value
        assert plan.status == "optimal"
        assert_honest(changed, plan)
    scaled = replace(problem, demand=replace(demand, xy=demand.xy * 1000), objective=MaxCoverObjective(radius_m=4000.0))
    assert solve(scaled, Search(seed=1)).value == first.value


@pytest.mark.parametrize(
    ("xy", "p", "radius", "value"),
    [
        ([[3, 4]], 1, 1.0, 1),
        ([[1, 1]] * 4, 2, 0.1, 4),
        ([[0, 0], [4, 0], [10, 0]], 3, 0.5, 3),  # a device for each
        ([[0, 0], [4, 0], [10, 0]], 5, 0.5, 3),  # and some to spare
        ([[0, 0], [4, 0], [8, 0]], 1, 2.0, 2),  # two circles that touch
        ([[0, 0], [4, 0], [8, 0]], 1, 4.0, 3),
        ([[0, 0], [4, 0], [10, 0]], 1, 1.9, 1),
    ],
)
def test_odd_inputs(xy: list[list[float]], p: int, radius: float, value: float) -> None:
    """Degenerate demand has exact answers, proven; spare devices stand somewhere."""
    problem = cover(make_problem(xy, p), radius)
    plan = solve(problem, Search(seed=1))
    assert plan.value == value
    assert plan.status == "optimal"
    assert plan.p == p
    assert_honest(problem, plan)


def test_fixed_devices_that_cover_everybody_leave_nothing_to_cover() -> None:
    """The value is the whole weight, proven, wherever the new device stands."""
    problem = cover(make_problem([[0, 0], [5, 5]], 1, fixed=[[0, 1], [5, 6]]), 1.0)
    plan = solve(problem, Search(seed=1))
    assert plan.value == 2
    assert plan.status == "optimal"
    assert_honest(problem, plan)


def test_nobody_within_reach_of_the_free_space_is_a_plan_all_the_same() -> None:
    """A far island covers nobody; the plane's bound says what walls cost."""
    domain = Domain("floor_plan", free=shapely.box(100, 100, 101, 101))
    plan = solve(cover(make_problem([[0, 0], [1, 0]], 1, domain=domain), 2.0), Search(seed=1))
    assert plan.value == 0
    assert plan.bound == 2
    assert domain.contains(plan.device_xy).all()


def test_a_tiny_time_limit_still_gives_a_plan_and_a_bound() -> None:
    """Stopped at once, the plan is whole and its bound is proven."""
    problem = cover(random_problem(5, n=140, p=6), 3.0)
    plan = solve(problem, Search(seed=1), Watch(time_limit_s=0.0))
    assert plan.p == 6
    assert plan.bound is not None
    assert_honest(problem, plan)


def test_the_same_seed_gives_the_same_plan() -> None:
    """Twice the same, byte by byte."""
    problem = cover(random_problem(8, n=80, p=5), 4.0)
    first, second = (solve(problem, Search(seed=4)) for _ in range(2))
    assert first.device_xy.tobytes() == second.device_xy.tobytes()
    assert first.bound == second.bound


@pytest.mark.parametrize("seed", range(6))
def test_backup_is_the_best_of_all_subsets(seed: int) -> None:
    """Up to six points that need two devices each, by trying everything; a place may be used twice, fixed devices count."""
    rng = np.random.default_rng(seed)
    n, p, radius = int(rng.integers(2, 7)), int(rng.integers(1, 5)), 4.0 + seed % 3
    problem = random_problem(seed, n=n, p=p, fixed=(rng.random((seed % 3, 2)) * 20).tolist())
    problem = replace(problem, objective=MaxCoverObjective(radius_m=radius, n_serving=2))
    plan = solve(problem, Search(seed=1))
    assert plan.value == max(weight for _, weight in islice(best_cover(problem, radius), p + 1))
    assert plan.status == "optimal"
    verdict = verify(problem, Claim.of(plan))
    assert verdict.is_confirmed
    assert verdict.bound is not None  # by the duals of fractions of devices, instead of the solver's word or beside it
    assert verdict.bound >= plan.value


def test_weights_that_are_not_whole_are_proven_too() -> None:
    """Bounds of fractional weights are not rounded."""
    problem = random_problem(3, n=60, p=4)
    weight = np.random.default_rng(3).random(60) + 0.1
    problem = cover(replace(problem, demand=replace(problem.demand, weight=weight)), 4.0)
    plan = solve(problem, Search(seed=1))
    assert plan.status == "optimal"
    assert_honest(problem, plan)


@pytest.mark.parametrize("is_walled", [False, True])
def test_with_too_many_places_the_plan_is_good_and_the_bound_holds(monkeypatch: pytest.MonkeyPatch, is_walled: bool) -> None:
    """Some circles only: never better than all, not far below, and bounded from above by the pricing of all places."""
    problem = cover(random_problem(3, n=90, p=4, domain=Domain("floor_plan", free=ROOM) if is_walled else None), 4.0)
    exact = solve(problem, Search(seed=1))
    monkeypatch.setattr(places, "MOST_WALKED", 3e3)
    plan = solve(problem, Search(seed=1))
    verdict = verify(problem, Claim.of(plan))
    assert (verdict.proof, verdict.faults) == ("recomputed", ())
    assert exact.bound is not None
    assert plan.bound is not None
    assert 0.8 * exact.value <= plan.value <= exact.value <= exact.bound <= plan.bound <= 1.3 * exact.value
