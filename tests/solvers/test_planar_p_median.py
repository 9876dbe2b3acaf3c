"""Free placement under p_median: hand cases, the free space, fixed devices, the laws of DESIGN, and brute force."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
import shapely

from placement.core import Demand, Domain, Problem, Search
from placement.domains.plane import plane
from placement.objectives import OBJECTIVES
from placement.progress import Progress, Watch
from placement.solvers import solve
from placement.solvers.free_medians import FreeMedians
from problems import make_problem, random_problem

SEARCH = Search(n_init=10, seed=3)


def median_problem(*args: object, **parts: object) -> Problem:
    return replace(make_problem(*args, **parts), objective=OBJECTIVES["p_median"]())  # type: ignore[arg-type]


def random_medians(seed: int, **parts: object) -> Problem:
    return replace(random_problem(seed, **parts), objective=OBJECTIVES["p_median"]())  # type: ignore[arg-type]


def with_demand(problem: Problem, xy: np.ndarray, weight: np.ndarray) -> Problem:
    names = tuple(f"b{i}" for i in range(len(xy)))
    return replace(problem, demand=Demand(names, xy, weight))


def test_two_triples_on_a_line_are_solved_by_hand() -> None:
    """The medians of 0, 1, 5 and of 20, 21, 29 are their middle points: 1 + 4 + 1 + 8 = 14."""
    plan = solve(median_problem([[0, 0], [1, 0], [5, 0], [20, 0], [21, 0], [29, 0]], 2), SEARCH)
    np.testing.assert_allclose(plan.device_xy, [[1, 0], [21, 0]], atol=1e-7)
    assert plan.value == pytest.approx(14)
    assert plan.bound == pytest.approx(14, rel=1e-6)
    assert plan.status == "optimal"
    assert plan.scope == "any 2 devices anywhere in the plane"


def test_as_many_devices_as_points_cost_nothing() -> None:
    """Every point has its own device: value and bound are 0, and that is proven."""
    plan = solve(median_problem([[0, 0], [3, 1], [7, 2]], 3), SEARCH)
    assert plan.value == 0.0
    assert plan.bound == 0.0
    assert plan.status == "optimal"


def test_device_stays_out_of_a_forbidden_zone_and_is_best_there() -> None:
    """The median (0, 0) of a cross is forbidden: of all edges the nearest, 1 m to the west, is best by symmetry."""
    zone = np.array([[-1, -3], [4, -3], [4, 3], [-1, 3]], dtype=float)
    xy = np.array([[-6.0, 0], [6, 0], [0, -5], [0, 5]])
    plan = solve(median_problem(xy, 1, domain=plane(xy, [zone])), SEARCH)
    np.testing.assert_allclose(plan.device_xy, [[-1, 0]], atol=1e-6)
    assert plan.value == pytest.approx(5 + 7 + 2 * np.hypot(1, 5))
    assert plan.bound == pytest.approx(22, rel=1e-6)
    assert plan.scope == "any 1 device anywhere in the plane, walls and forbidden zones ignored"


@pytest.mark.parametrize("seed", range(8))
def test_no_grid_of_free_places_beats_the_plan(seed: int) -> None:
    """Brute force over a fine grid of the free space, two devices, a notched room: never better, and the plan is free."""
    rng = np.random.default_rng(seed)
    room = shapely.box(0, 0, 6, 4).difference(shapely.box(2, 1, 4, 4))
    domain = Domain("floor_plan", free=room)
    xy = rng.random((9, 2)) * [6, 4]
    plan = solve(median_problem(xy, 2, domain=domain), SEARCH)
    grid = np.array(list(product(np.linspace(0, 6, 25), np.linspace(0, 4, 17))))
    grid = grid[shapely.intersects_xy(room, grid)]
    distance = np.hypot(*(xy[:, None] - grid[None]).transpose(2, 0, 1))
    best = min(np.minimum(distance[:, [j]], distance).sum(axis=0).min() for j in range(len(grid)))
    assert plan.value <= best + 1e-9
    assert domain.contains(plan.device_xy).all()
    assert plan.bound is not None
    assert plan.bound <= plan.value


@pytest.mark.parametrize("seed", range(10))
def test_best_place_on_an_edge_beats_every_other_free_place(seed: int) -> None:
    """When the median stands in a wall, no place of a fine raster along and inside the free space is better."""
    rng = np.random.default_rng(seed)
    hole = shapely.Polygon([(1, 1), (7, 0.5), (8, 4), (5, 3), (4, 6), (1, 5)])
    domain = Domain("plane", free=shapely.box(-1, -1, 10, 8).difference(hole))
    xy, weight = rng.random((7, 2)) * [6, 5] + 1, rng.integers(1, 4, 7).astype(float)
    origin = np.array([2.0, 1.0])
    free = FreeMedians(domain, origin)
    found = free.best_on_edge(xy - origin, weight, np.array([3.0, 3.0]) - origin) + origin
    assert domain.contains(found[None]).all()
    along = shapely.get_coordinates(shapely.line_interpolate_point(hole.exterior, np.linspace(0, hole.length, 4000)))
    value = [(weight * np.hypot(*(xy - place).T)).sum() for place in (*along, found)]
    assert value[-1] <= min(value) + 1e-9


def test_fixed_devices_stay_and_serve() -> None:
    """A fixed device keeps its place; the new one goes where it does not serve."""
    plan = solve(median_problem([[0, 0], [1, 0], [2, 0], [10, 0], [12, 0], [17, 0]], 1, fixed=[[1, 0]]), SEARCH)
    assert plan.device_status == ("fixed", "new")
    np.testing.assert_allclose(plan.device_xy, [[1, 0], [12, 0]], atol=1e-7)
    assert plan.status == "optimal"


@pytest.mark.parametrize("seed", range(4))
def test_reordering_changes_only_indices_and_weight_is_copies(seed: int) -> None:
    """The plan of shuffled points, and of weights as copies, is the same plan, to the bit."""
    problem = random_medians(seed)
    order = np.random.default_rng(seed).permutation(problem.demand.n)
    shuffled = with_demand(problem, problem.demand.xy[order], problem.demand.weight[order])
    times = problem.demand.weight.astype(int)
    copies = with_demand(problem, np.repeat(problem.demand.xy, times, axis=0), np.ones(times.sum()))
    one = solve(problem, SEARCH)
    assert np.array_equal(one.device_xy, solve(shuffled, SEARCH).device_xy)
    assert np.array_equal(one.device_xy, solve(copies, SEARCH).device_xy)


@pytest.mark.parametrize("seed", range(3))
def test_moving_rotating_and_scaling_follow(seed: int) -> None:
    """Moved by a UTM-sized shift, rotated and scaled points give the moved, rotated and scaled value."""
    problem = random_medians(seed)
    value = solve(problem, SEARCH).value
    cos, sin = np.cos(0.7), np.sin(0.7)
    xy, weight = problem.demand.xy, problem.demand.weight
    for changed, factor in [(xy + np.array([5.5e5, 4.2e6]), 1.0), (xy @ np.array([[cos, -sin], [sin, cos]]), 1.0), (xy * 3, 3.0)]:
        assert solve(with_demand(problem, changed, weight), SEARCH).value == pytest.approx(value * factor, rel=2e-6)


def test_more_devices_are_never_worse() -> None:
    """The value falls with the budget, and each is proven."""
    for seed in range(4):
        plans = [solve(random_medians(seed, p=p), SEARCH) for p in (1, 2, 3, 4)]
        values = [plan.value for plan in plans]
        assert values == sorted(values, reverse=True)
        assert {plan.status for plan in plans} == {"optimal"}


def test_time_limit_and_interrupt_return_the_best_plan_so_far() -> None:
    """A stopped search hands over a whole plan with a bound, and says that it was stopped; the clock is asked often."""
    rng = np.random.default_rng(0)
    problem = median_problem(rng.random((2000, 2)), 20)
    late = solve(problem, SEARCH, Watch(time_limit_s=0.0))
    assert late.status == "time_limit"
    assert late.p == 20
    assert late.bound is not None
    assert 0.0 <= late.bound <= late.value
    watch = Watch(on_progress=lambda _: watch.interrupt())
    assert solve(problem, SEARCH, watch).status == "interrupted"


def test_progress_value_never_rises_and_bound_never_falls() -> None:
    """Reports of search and proof agree with the plan."""
    seen: list[Progress] = []
    plan = solve(random_medians(4, n=80, p=6), SEARCH, Watch(on_progress=seen.append))
    values = [report.value for report in seen if report.value is not None]
    assert all(later <= earlier * (1 + 1e-12) for earlier, later in pairwise(values))
    bounds = [report.bound for report in seen if report.bound is not None]
    assert bounds == sorted(bounds)
    assert bounds[-1] <= plan.value
    assert {report.phase for report in seen} >= {"searching", "moving devices", "proving"}
