"""p_center anywhere: the optimum of brute force, proofs that can be recomputed, the laws of plans, odd inputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from cover_check import least_radius, recomputed_bound
from placement.core import Domain, Plan, Problem, Search
from placement.objectives.p_center import PCenterObjective
from placement.progress import Progress, Watch
from placement.solvers import solve
from problems import make_problem, random_problem

ROOM = shapely.box(0, 0, 30, 20).difference(shapely.box(11, 5, 19, 15)).difference(shapely.box(5, 12, 6, 20))


def center(problem: Problem, *, is_weighted: bool = False) -> Problem:
    """Return the problem with the largest distance as objective."""
    return replace(problem, objective=PCenterObjective(is_weighted=is_weighted))


def scale_of(problem: Problem) -> np.ndarray:
    """Return what a metre counts for each point."""
    return problem.demand.weight if problem.objective.is_weighted else np.ones(problem.demand.n)  # type: ignore[attr-defined]


def assert_honest(problem: Problem, plan: Plan) -> None:
    """Check value, bound and certificate of a plan from the problem alone."""
    distance = np.hypot(*(problem.demand.xy[:, None] - plan.device_xy[None]).transpose(2, 0, 1)).min(axis=1)
    assert plan.value == pytest.approx((scale_of(problem) * distance).max(), abs=1e-12)
    assert plan.bound is not None
    assert plan.bound <= plan.value
    if plan.certificate is None:
        assert plan.bound == 0
    else:
        assert recomputed_bound(problem, plan) == plan.bound == plan.certificate.bound


@pytest.mark.parametrize("seed", range(12))
def test_the_optimum_of_brute_force_is_found_and_proven(seed: int) -> None:
    """All splits of up to eight points into groups, with weights and with fixed devices."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(2, 8)), int(rng.integers(1, 4))
    fixed = rng.random((seed % 3, 2)) * [30, 20]
    problem = center(random_problem(seed, n=n, p=p, fixed=fixed.tolist()), is_weighted=seed % 2 == 1)
    plan = solve(problem, Search(seed=seed))
    assert plan.value == pytest.approx(least_radius(problem, scale_of(problem)), rel=1e-9, abs=1e-9)
    assert plan.status == "optimal"
    assert_honest(problem, plan)


@pytest.mark.parametrize("effort", ["fast", "good"])
@pytest.mark.parametrize("seed", range(4))
def test_office_plans_are_honest_and_at_full_effort_proven(seed: int, effort: str) -> None:
    """Bounds hold at every effort; "good" closes the gap of a hundred desks."""
    problem = center(random_problem(seed, n=100, p=3 + seed, fixed=[[3, 3]] if seed % 2 else []), is_weighted=seed == 2)
    plan = solve(problem, Search(seed=1, effort=effort))  # type: ignore[arg-type]
    assert_honest(problem, plan)
    assert plan.status == "optimal" or effort == "fast"


def test_more_work_never_gives_less() -> None:
    """Value and bound of "good" are at least as good as those of "fast"."""
    problem = center(random_problem(3, n=120, p=8))
    fast, good = (solve(problem, Search(seed=1, effort=effort)) for effort in ("fast", "good"))  # type: ignore[arg-type]
    assert good.value <= fast.value * (1 + 1e-9)
    assert fast.bound is not None
    assert good.bound is not None
    assert fast.bound <= good.value
    assert good.bound <= fast.value


@pytest.mark.parametrize("seed", range(3))
def test_in_a_floor_plan_no_free_grid_place_beats_the_plan(seed: int) -> None:
    """Two devices in a room with a light well and a wall: no pair of free places of a fine grid reaches everybody nearer."""
    domain = Domain("floor_plan", free=ROOM)
    problem = center(random_problem(seed, n=25, p=2, domain=domain))
    plan = solve(problem, Search(seed=1))
    grid = np.stack(np.meshgrid(np.linspace(0, 30, 61), np.linspace(0, 20, 41)), axis=-1).reshape(-1, 2)
    grid = grid[shapely.intersects_xy(ROOM, *grid.T)]
    distance = np.hypot(*(problem.demand.xy[:, None] - grid[None]).transpose(2, 0, 1))
    best = min(np.minimum(distance[:, j, None], distance).max(axis=0).min() for j in range(len(grid)))
    assert domain.contains(plan.device_xy).all()
    assert plan.value <= best * (1 + 1e-9)
    assert_honest(problem, plan)
    assert plan.scope == "any 2 devices anywhere in the plane, walls ignored"


def test_one_device_in_a_light_well_goes_to_its_edge() -> None:
    """Four corners around a forbidden middle: the best free places are the middles of the well's sides."""
    well = shapely.box(0, 0, 12, 12).difference(shapely.box(4, 4, 8, 8))
    problem = center(make_problem([[0, 0], [12, 0], [0, 12], [12, 12]], 1, domain=Domain("floor_plan", free=well)))
    plan = solve(problem, Search(seed=1))
    assert plan.value == pytest.approx(np.hypot(6, 8))
    assert plan.bound == pytest.approx(np.hypot(6, 6), rel=1e-6)


def test_the_mean_is_small_among_plans_of_the_same_radius() -> None:
    """The far pair dictates 5 m; the device of the near group stands at its crowd, not in the middle of its circle."""
    xy = [[0, 0], [10, 0], [100, 0], [100, 1], [100, 2], [100, 8]]
    plan = solve(center(make_problem(xy, 2)), Search(seed=1))
    assert plan.value == pytest.approx(5)
    assert plan.device_xy[1].tolist() == pytest.approx([100, 3])
    assert plan.service_distance[2:].tolist() == pytest.approx([3, 2, 1, 5])


def test_moving_turning_and_scaling_change_nothing_but_the_scale() -> None:
    """Far coordinates, another direction, another unit: the same value and bound."""
    problem = center(random_problem(4, n=60, p=4))
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    first = solve(problem, Search(seed=1))
    for scale, shift in ((1.0, 4e6), (250.0, 0.0)):
        xy = problem.demand.xy @ turn.T * scale + shift
        other = solve(replace(problem, demand=replace(problem.demand, xy=xy)), Search(seed=1))
        assert other.value == pytest.approx(scale * first.value, rel=1e-6)
        assert other.status == "optimal"


def test_order_and_copies_do_not_matter() -> None:
    """Reordering and repeating points leaves every device where it was; unweighted p_center ignores weights."""
    problem = center(random_problem(6, n=50, p=4))
    demand, order = problem.demand, np.random.default_rng(2).permutation(50)
    first = solve(problem, Search(seed=1))
    shuffled = solve(replace(problem, demand=demand.take(order)), Search(seed=1))
    names = tuple(f"b{i}" for i in range(100))
    doubled = replace(demand, ids=names, xy=np.vstack([demand.xy] * 2), weight=np.concatenate([demand.weight] * 2))
    twice = solve(replace(problem, demand=doubled), Search(seed=1))
    for other in (shuffled, twice):
        assert np.array_equal(first.device_xy, other.device_xy)
        assert other.value == first.value
        assert other.bound == first.bound


def test_of_copies_the_heaviest_decides() -> None:
    """With weights, copies at one place count as the heaviest of them, not as their sum."""
    problem = make_problem([[0, 0], [0, 0], [6, 0]], 1, weight=[2, 1, 1])
    plan = solve(center(problem, is_weighted=True), Search(seed=1))
    assert plan.value == pytest.approx(4)
    assert plan.device_xy[0].tolist() == pytest.approx([2, 0])
    assert_honest(center(problem, is_weighted=True), plan)


@pytest.mark.parametrize(
    ("xy", "p", "value"),
    [
        ([[3, 4]], 1, 0.0),  # one point
        ([[3, 4]], 3, 0.0),  # more devices than points
        ([[1, 1]] * 5, 2, 0.0),  # all equal
        ([[0, 0], [4, 0], [10, 0]], 3, 0.0),  # a device for each
        ([[0, 0], [4, 0], [10, 0]], 2, 2.0),  # on a line
        ([[0, 0], [1, 0], [2, 0], [3, 0]], 1, 1.5),
    ],
)
def test_odd_inputs(xy: list[list[float]], p: int, value: float) -> None:
    """Degenerate demand has exact answers, proven."""
    problem = center(make_problem(xy, p))
    plan = solve(problem, Search(seed=1))
    assert plan.value == pytest.approx(value, abs=1e-12)
    assert plan.status == "optimal"
    assert plan.p == p
    assert_honest(problem, plan)


def test_fixed_devices_that_serve_everybody_leave_nothing_to_improve() -> None:
    """Points on fixed devices: the value is 0 whatever the new one does."""
    plan = solve(center(make_problem([[0, 0], [5, 5]], 1, fixed=[[0, 0], [5, 5]])), Search(seed=1))
    assert plan.value == 0
    assert plan.status == "optimal"
    assert plan.p == 3


def test_a_tiny_time_limit_still_gives_a_plan_and_a_bound() -> None:
    """Stopped at once, the plan is whole, says so, and its bound is proven."""
    problem = center(random_problem(5, n=140, p=9))
    plan = solve(problem, Search(seed=1), Watch(time_limit_s=0.0))
    assert plan.p == 9
    assert plan.status == "time_limit"
    assert plan.bound is not None
    assert plan.bound > 0
    assert_honest(problem, plan)


def test_the_same_seed_gives_the_same_plan_and_progress_is_reported() -> None:
    """Twice the same, byte by byte; the watcher hears of value and bound."""
    problem = center(random_problem(8, n=80, p=5))
    heard: list[Progress] = []
    first = solve(problem, Search(seed=4), Watch(on_progress=heard.append))
    second = solve(problem, Search(seed=4))
    assert first.device_xy.tobytes() == second.device_xy.tobytes()
    assert first.bound == second.bound
    assert any(report.bound is not None and report.value is not None for report in heard)


def test_a_gap_that_is_allowed_ends_the_proof_early() -> None:
    """With ``gap=0.3`` the bound is weaker than with the default, and good enough."""
    problem = center(random_problem(7, n=120, p=7))
    loose = solve(problem, Search(seed=1, gap=0.3))
    assert loose.gap is not None
    assert 1e-6 < loose.gap <= 0.3


def test_weights_of_very_different_sizes_come_to_an_end() -> None:
    """Two points of weight 1e12 and one of 1 on a line: one device for the first, one for both others, so 1 at least."""
    problem = center(make_problem([[0.0, 0], [1, 0], [2, 0]], 2, weight=[1e12, 1e12, 1.0]), is_weighted=True)
    plan = solve(problem, Search())
    assert plan.value == pytest.approx(1.0, rel=1e-3)
    assert plan.bound is not None
    assert plan.bound <= 1.0
