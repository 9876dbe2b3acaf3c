"""Free placement: hand cases, the free space, fixed devices, the laws of DESIGN, and brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import shapely

from placement.core import Demand, Domain, Problem, Search
from placement.domains.plane import plane
from placement.progress import Progress, Watch
from placement.solvers import solve
from problems import line5, make_problem, random_problem

SEARCH = Search(n_init=20, seed=3)


def with_demand(problem: Problem, xy: np.ndarray, weight: np.ndarray) -> Problem:
    names = tuple(f"b{i}" for i in range(len(xy)))
    return replace(problem, demand=Demand(names, xy, weight))


def test_line_of_five_is_solved_by_hand() -> None:
    """Two groups on a line: devices at 1 and 11, four squared metres."""
    plan = solve(line5(), SEARCH)
    np.testing.assert_allclose(plan.device_xy, [[1, 0], [11, 0]], atol=1e-12)
    assert plan.value == pytest.approx(4)
    assert plan.assignment.tolist() == [0, 0, 0, 1, 1]
    assert plan.device_ids == ("D1", "D2")
    assert plan.status == "optimal"
    assert plan.bound == pytest.approx(4, rel=1e-6)
    assert plan.scope == "any 2 devices anywhere in the plane"


def test_one_device_for_one_point_stands_on_it() -> None:
    """The smallest problem: distance 0."""
    plan = solve(make_problem([[5, 7]], 1), SEARCH)
    assert plan.device_xy.tolist() == [[5, 7]]
    assert plan.value == 0


def test_device_stays_out_of_a_forbidden_zone_and_is_best_there() -> None:
    """The centroid (0, 0) is forbidden: the device goes to the nearest edge, 1 m away, not anywhere else."""
    zone = np.array([[-1, -3], [4, -3], [4, 3], [-1, 3]], dtype=float)
    xy = np.array([[-6.0, 0], [6, 0], [0, -5], [0, 5]])
    problem = make_problem(xy, 1, domain=plane(xy, [zone]))
    plan = solve(problem, SEARCH)
    np.testing.assert_allclose(plan.device_xy, [[-1, 0]], atol=1e-9)
    assert plan.value == pytest.approx(36 + 36 + 25 + 25 + 4 * 1)


def test_plan_is_optimised_again_around_the_zone_not_only_snapped() -> None:
    """A device that must give way takes other points with it: the plan is a fixed point of assign and place."""
    rng = np.random.default_rng(8)
    xy = rng.random((60, 2)) * 20
    domain = plane(xy, [np.array([[3, 3], [17, 3], [17, 17], [3, 17]], dtype=float)])
    plan = solve(make_problem(xy, 4, domain=domain), SEARCH)
    centroids = np.array([xy[plan.assignment == j].mean(axis=0) for j in range(4)])
    np.testing.assert_allclose(plan.device_xy, domain.nearest_free(centroids), atol=1e-6)
    snapped = domain.nearest_free(solve(make_problem(xy, 4), SEARCH).device_xy)
    distance = np.hypot(*(xy[:, None] - snapped[None]).transpose(2, 0, 1)).min(axis=1)
    assert plan.value < (distance**2).sum()


@pytest.mark.parametrize("seed", range(12))
def test_no_grid_of_free_places_beats_the_plan(seed: int) -> None:
    """Brute force over a fine grid of the free space, two devices, a notched room: never better."""
    rng = np.random.default_rng(seed)
    room = shapely.box(0, 0, 6, 4).difference(shapely.box(2, 1, 4, 4))
    xy = rng.random((9, 2)) * [6, 4]
    plan = solve(make_problem(xy, 2, domain=Domain("floor_plan", free=room)), SEARCH)
    grid = np.array(list(product(np.linspace(0, 6, 25), np.linspace(0, 4, 17))))
    grid = grid[shapely.intersects_xy(room, grid)]
    squared = ((xy[:, None] - grid[None]) ** 2).sum(axis=2)
    best = min(np.minimum(squared[:, [j]], squared).sum(axis=0).min() for j in range(len(grid)))
    assert plan.value <= best + 1e-9


def test_fixed_devices_stay_and_serve() -> None:
    """A fixed device keeps its place and name; new ones do not take its name and go where it does not serve."""
    problem = make_problem([[0, 0], [1, 0], [2, 0], [10, 0], [12, 0]], 1, fixed=[[1, 0]])
    problem = replace(problem, fixed=replace(problem.fixed, ids=("D1",)))
    plan = solve(problem, SEARCH)
    assert plan.device_ids == ("D1", "D2")
    assert plan.device_status == ("fixed", "new")
    np.testing.assert_allclose(plan.device_xy, [[1, 0], [11, 0]])


@pytest.mark.parametrize("seed", range(5))
def test_reordering_the_input_changes_only_indices(seed: int) -> None:
    """The plan of shuffled points is the same plan, to the bit."""
    problem = random_problem(seed)
    order = np.random.default_rng(seed).permutation(problem.demand.n)
    shuffled = with_demand(problem, problem.demand.xy[order], problem.demand.weight[order])
    one, other = solve(problem, SEARCH), solve(shuffled, SEARCH)
    assert np.array_equal(one.device_xy, other.device_xy)
    assert np.array_equal(one.assignment[order], other.assignment)


@pytest.mark.parametrize("seed", range(5))
def test_weight_is_the_same_as_copies(seed: int) -> None:
    """A point of weight w gives the plan of w points."""
    problem = random_problem(seed)
    times = problem.demand.weight.astype(int)
    copies = with_demand(problem, np.repeat(problem.demand.xy, times, axis=0), np.ones(times.sum()))
    assert np.array_equal(solve(problem, SEARCH).device_xy, solve(copies, SEARCH).device_xy)


@pytest.mark.parametrize("seed", range(5))
def test_moving_rotating_and_scaling_follow(seed: int) -> None:
    """Moved by a UTM-sized shift, rotated and scaled points give the moved, rotated and scaled value."""
    problem = random_problem(seed)
    value = solve(problem, SEARCH).value
    cos, sin = np.cos(0.7), np.sin(0.7)
    changes = {
        "moved": (problem.demand.xy + np.array([5.5e5, 4.2e6]), 1.0),
        "rotated": (problem.demand.xy @ np.array([[cos, -sin], [sin, cos]]), 1.0),
        "scaled": (problem.demand.xy * 3, 9.0),
    }
    for name, (xy, factor) in changes.items():
        changed = solve(with_demand(problem, xy, problem.demand.weight), Search(n_init=60, seed=3)).value
        assert changed == pytest.approx(value * factor, rel=1e-6), name


def test_more_devices_are_never_worse() -> None:
    """The value falls with the budget on twenty random fields."""
    for seed in range(20):
        values = [solve(random_problem(seed, p=p), Search(n_init=30, seed=1)).value for p in (1, 2, 3, 4)]
        assert values == sorted(values, reverse=True)


def test_same_seed_same_plan_and_input_untouched() -> None:
    """Two runs agree to the bit, another seed may differ, and nothing given is changed."""
    problem = random_problem(1)
    before = problem.demand.xy.copy()
    one, two = solve(problem, SEARCH), solve(problem, SEARCH)
    assert np.array_equal(one.device_xy, two.device_xy)
    assert np.array_equal(problem.demand.xy, before)


def test_each_centre_is_the_weighted_mean_of_its_points() -> None:
    """In the open plane the plan is a K-Means solution."""
    problem = random_problem(2)
    plan = solve(problem, SEARCH)
    for j in range(plan.p):
        mine = plan.assignment == j
        mean = np.average(problem.demand.xy[mine], axis=0, weights=problem.demand.weight[mine])
        np.testing.assert_allclose(plan.device_xy[j], mean, atol=1e-9)


def test_time_limit_and_interrupt_return_the_best_plan_so_far() -> None:
    """A stopped search hands over a whole plan and says that it was stopped."""
    rng = np.random.default_rng(0)
    problem = make_problem(rng.random((20_000, 2)), 20)
    search = Search(n_init=500, seed=1)
    late = solve(problem, search, Watch(time_limit_s=0.0))
    assert late.status == "time_limit"
    assert late.p == 20
    watch = Watch(on_progress=lambda _: watch.interrupt())
    assert solve(problem, search, watch).status == "interrupted"


def test_progress_counts_up_to_all_starts() -> None:
    """The search reports that all starts are done; then value never rises, and the bound, never above it, never falls."""
    seen: list[Progress] = []
    plan = solve(random_problem(4), SEARCH, Watch(on_progress=seen.append))
    starts = [report for report in seen if report.phase == "searching"]
    assert starts[-1].done == starts[-1].total == SEARCH.n_init
    values = [report.value for report in seen]
    assert values == pytest.approx(sorted(values, reverse=True), rel=1e-12)
    bounds = [report.bound for report in seen if report.bound is not None]
    assert bounds == sorted(bounds)
    assert bounds[-1] <= plan.value
