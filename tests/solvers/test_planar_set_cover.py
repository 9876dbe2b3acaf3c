"""set_cover anywhere: the fewest of all subsets of places, proofs that can be recomputed, what is infeasible and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from cover_check import best_cover, recomputed_bound
from placement.bounds.verify import verify
from placement.core import Domain, Plan, Problem, Search
from placement.core.claim import Claim
from placement.errors import InfeasibleError
from placement.objectives.set_cover import SetCoverObjective
from placement.progress import Watch
from placement.solvers import places, planar_set_cover, solve
from problems import make_problem, random_problem


def cover(problem: Problem, radius: float) -> Problem:
    """Return the problem with the number of devices as objective."""
    return replace(problem, objective=SetCoverObjective(radius_m=radius))


def assert_honest(problem: Problem, plan: Plan) -> None:
    """Check value, bound and certificate of a plan from the problem alone, and that everybody is within the radius."""
    radius = problem.objective.radius_m  # type: ignore[attr-defined]
    assert plan.value == plan.p - problem.fixed.m
    assert (plan.service_distance <= radius * (1 + 5e-9)).all()
    assert plan.bound is not None
    assert plan.bound <= plan.value
    assert plan.certificate is not None
    assert recomputed_bound(problem, plan) >= plan.bound


@pytest.mark.parametrize("seed", range(10))
def test_the_fewest_of_all_subsets_are_found_and_proven(seed: int) -> None:
    """Up to eight points, every subset of the circle intersection points, with fixed devices."""
    rng = np.random.default_rng(seed)
    n, radius = int(rng.integers(2, 9)), 3.0 + seed % 4
    problem = cover(random_problem(seed, n=n, p=n, fixed=(rng.random((seed % 2, 2)) * 20).tolist()), radius)
    plan = solve(problem, Search(seed=1))
    fewest = next(count for count, weight in best_cover(problem, radius) if weight == problem.demand.total_weight)
    assert plan.value == plan.bound == fewest
    assert plan.status == "optimal"
    assert_honest(problem, plan)


@pytest.mark.parametrize("effort", ["fast", "good"])
@pytest.mark.parametrize("seed", range(4))
def test_office_plans_are_honest_and_at_full_effort_proven(seed: int, effort: str) -> None:
    """Bounds hold at every effort; "good" closes the gap of a hundred desks."""
    problem = cover(random_problem(seed, n=100, p=40, fixed=[[3, 3]] if seed % 2 else []), 3.5)
    plan = solve(problem, Search(seed=1, effort=effort))  # type: ignore[arg-type]
    assert_honest(problem, plan)
    assert plan.status == "optimal" or effort == "fast"


def test_walls_may_ask_for_one_more() -> None:
    """Two points on both sides of a well share a device in the plane, not in the free space."""
    free = shapely.box(0, 0, 20, 4).difference(shapely.box(5, -1, 15, 5))
    problem = cover(make_problem([[5, 2], [15, 2]], 3, domain=Domain("floor_plan", free=free)), 5.0)
    plan = solve(problem, Search(seed=1))
    assert plan.value == 2
    assert plan.bound == 1
    assert plan.status == "feasible"
    assert plan.scope == "any number of devices anywhere in the plane, walls ignored"
    assert_honest(problem, plan)


def test_fixed_devices_that_reach_everybody_need_no_other() -> None:
    """No new device, proven."""
    problem = cover(make_problem([[0, 0], [5, 5]], 2, fixed=[[0, 1], [5, 6]]), 1.0)
    plan = solve(problem, Search(seed=1))
    assert plan.value == plan.bound == 0
    assert plan.p == 2
    assert plan.status == "optimal"


def test_too_small_a_budget_is_told_what_it_takes() -> None:
    """Three far points and one device: the text says three."""
    with pytest.raises(InfeasibleError, match=r"1 new device does not bring everybody within 2 m; it takes 3"):
        solve(cover(make_problem([[0, 0], [50, 0], [0, 50]], 1), 2.0), Search(seed=1))


def test_who_cannot_be_reached_is_named_with_the_radius_that_would() -> None:
    """A point 9 m from the free space, with a radius of 2 m."""
    domain = Domain("floor_plan", free=shapely.box(0, 0, 1, 1))
    with pytest.raises(InfeasibleError, match=r"within 2 m of a1; .* 9 m$"):
        solve(cover(make_problem([[0, 0], [10, 1]], 2, domain=domain), 2.0), Search(seed=1))


def test_a_larger_radius_never_needs_more() -> None:
    """The fewest fall with the radius, down to one."""
    problem = random_problem(2, n=60, p=60)
    fewest = [solve(cover(problem, radius), Search(seed=1)).value for radius in (2.0, 4.0, 8.0, 40.0)]
    assert fewest == sorted(fewest, reverse=True)
    assert fewest[-1] == 1


def test_moving_turning_order_and_copies_change_nothing() -> None:
    """The number is the same however the demand is written down."""
    problem = cover(random_problem(4, n=50, p=50), 4.0)
    demand = problem.demand
    first = solve(problem, Search(seed=1))
    turned = replace(demand, xy=demand.xy @ np.array([[0.6, 0.8], [-0.8, 0.6]]) + 4e6)
    doubled = replace(
        demand, ids=tuple(f"b{i}" for i in range(100)), xy=np.vstack([demand.xy] * 2), weight=np.concatenate([demand.weight] * 2)
    )
    for other in (turned, demand.take(np.random.default_rng(1).permutation(50)), doubled):
        plan = solve(replace(problem, demand=other), Search(seed=1))
        assert plan.value == first.value
        assert plan.status == "optimal"


@pytest.mark.parametrize(
    ("xy", "radius", "value"),
    [
        ([[3, 4]], 1.0, 1),
        ([[1, 1]] * 4, 0.1, 1),
        ([[0, 0], [4, 0], [10, 0]], 0.5, 3),
        ([[0, 0], [4, 0], [8, 0]], 2.0, 2),  # two circles that touch
        ([[0, 0], [4, 0], [8, 0]], 4.0, 1),
    ],
)
def test_odd_inputs(xy: list[list[float]], radius: float, value: float) -> None:
    """Degenerate demand has exact answers, proven."""
    problem = cover(make_problem(xy, len(xy)), radius)
    plan = solve(problem, Search(seed=1))
    assert plan.value == plan.bound == value
    assert plan.status == "optimal"
    assert_honest(problem, plan)


def test_a_tiny_time_limit_still_gives_a_plan_and_a_bound() -> None:
    """Stopped at once, everybody is covered and the bound is proven."""
    problem = cover(random_problem(5, n=140, p=140), 3.0)
    plan = solve(problem, Search(seed=1), Watch(time_limit_s=0.0))
    assert_honest(problem, plan)


def test_the_same_seed_gives_the_same_plan() -> None:
    """Twice the same, byte by byte."""
    problem = cover(random_problem(8, n=80, p=80), 4.0)
    first, second = (solve(problem, Search(seed=4)) for _ in range(2))
    assert first.device_xy.tobytes() == second.device_xy.tobytes()
    assert first.bound == second.bound


@pytest.mark.parametrize("seed", range(8))
def test_shares_and_backup_are_the_fewest_of_all_subsets(seed: int) -> None:
    """Up to six points, by trying everything: 70 % of the weight, or two devices for each; places may be used twice."""
    rng = np.random.default_rng(seed)
    n, radius, share, k = int(rng.integers(2, 7)), 4.0 + seed % 3, (0.7, 1.0)[seed % 2], (1, 2)[(seed // 2) % 2]
    if share == 1.0 and k == 1:
        k = 2
    problem = random_problem(seed, n=n, p=2 * n, fixed=(rng.random((seed % 2, 2)) * 20).tolist())
    problem = replace(problem, objective=SetCoverObjective(radius_m=radius, share=share, n_serving=k))
    plan = solve(problem, Search(seed=1))
    total = problem.demand.total_weight
    assert plan.value == next(count for count, weight in best_cover(problem, radius) if weight >= share * total - 1e-9)
    assert plan.status == "optimal"
    assert plan.certificate is not None
    assert plan.certificate.kind == "solver" or recomputed_bound(problem, plan) >= plan.value
    verdict = verify(problem, Claim.of(plan))
    assert verdict.is_confirmed
    assert verdict.bound is not None
    assert verdict.bound <= plan.value
    distance = np.sort(np.hypot(*(problem.demand.xy[:, None] - plan.device_xy[None]).transpose(2, 0, 1)), axis=1)
    reached = distance[:, k - 1] <= radius * (1 + 5e-9) if plan.p >= k else np.zeros(n, dtype=bool)
    assert problem.demand.weight[reached].sum() >= share * total * (1 - 1e-9)


def test_a_share_may_leave_out_who_cannot_be_reached() -> None:
    """With 60 % to cover, the far point is nobody's concern; with all, it is named."""
    domain = Domain("floor_plan", free=shapely.box(0, 0, 3, 1))
    problem = make_problem([[0, 0], [3, 1], [10, 1]], 2, domain=domain)
    plan = solve(replace(problem, objective=SetCoverObjective(radius_m=2.0, share=0.6)), Search(seed=1))
    assert plan.value == plan.bound == 1
    with pytest.raises(InfeasibleError, match="a2"):
        solve(replace(problem, objective=SetCoverObjective(radius_m=2.0, share=0.9)), Search(seed=1))


@pytest.mark.parametrize("most_walked", [3e3, 1.0])
def test_with_too_many_places_everybody_is_covered_and_the_bound_holds(
    monkeypatch: pytest.MonkeyPatch, most_walked: float
) -> None:
    """Some circles and a sample of the rows: a cover all the same, and a certificate that can be recomputed."""
    problem = cover(random_problem(3, n=90, p=90), 4.0)
    exact = solve(problem, Search(seed=1))
    monkeypatch.setattr(places, "MOST_WALKED", most_walked)
    monkeypatch.setattr(planar_set_cover, "SAMPLE_ROWS", 40)
    plan = solve(problem, Search(seed=1))
    assert_honest(problem, plan)
    assert plan.bound is not None
    assert 1 < plan.bound <= exact.value <= plan.value <= 1.7 * exact.value


def test_a_share_is_mostly_proven_by_duals() -> None:
    """Of several offices with a share of 85 %, duals that can be recomputed reach the optimum in most."""
    kinds = []
    for seed in range(6):
        problem = replace(random_problem(seed, n=60, p=60), objective=SetCoverObjective(radius_m=4.0, share=0.85))
        plan = solve(problem, Search(seed=1))
        assert plan.status == "optimal"
        assert plan.certificate is not None
        kinds.append(plan.certificate.kind)
        if kinds[-1] == "cover":
            assert_honest_bound(problem, plan)
    assert kinds.count("cover") >= 3


def assert_honest_bound(problem: Problem, plan: Plan) -> None:
    """Check a bound by its certificate."""
    assert plan.bound is not None
    assert recomputed_bound(problem, plan) >= plan.bound
