"""Devices anywhere under capacity, cutoff and spacing: hand-computed cases and laws for every objective."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from placement.core import Domain, Plan, Problem, Search
from placement.core.constraints import Constraints
from placement.errors import InfeasibleError
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import ANYWHERE, solve
from problems import make_problem, random_problem

SEARCH = Search(n_init=10, seed=3)
RULES = {
    "capacity": Constraints(capacity_max=26.0),
    "spacing": Constraints(spacing_m=12.0),
    "both": Constraints(capacity_max=30.0, spacing_m=9.0),
}


def objective_of(kind: str):
    radius = {"max_cover": 7.0, "set_cover": 13.0}
    return OBJECTIVES[kind](**({"radius_m": radius[kind]} if kind in radius else {}))


def problem_of(kind: str, rules: Constraints, seed: int = 1, **parts: object) -> Problem:
    problem = random_problem(seed, n=30, p=4, **parts)
    n_new = 12 if kind == "set_cover" else problem.n_new
    return replace(problem, objective=objective_of(kind), constraints=rules, n_new=n_new)


def assert_kept(problem: Problem, plan: Plan) -> None:
    rules = problem.constraints
    served = np.isfinite(plan.service_distance)
    load = np.bincount(plan.assignment[served], weights=problem.demand.weight[served], minlength=plan.p)
    assert (load <= rules.capacity_max + 1e-9).all()
    assert plan.service_distance[served].max() <= rules.cutoff_m * (1 + 1e-9)
    gaps = np.hypot(*(plan.device_xy[:, None] - plan.device_xy[None]).transpose(2, 0, 1)) + np.eye(plan.p) * 1e9
    assert gaps.min() >= rules.spacing_m * (1 - 1e-9)
    assert problem.domain.contains(plan.device_xy).all()
    assert plan.p <= problem.fixed.m + problem.n_new


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ANYWHERE)
def test_every_rule_is_kept_and_the_bound_holds(kind: str, rule: str) -> None:
    """No plan breaks a rule, none is better than its bound, and rules never make plans better."""
    problem = problem_of(kind, RULES[rule])
    plan = solve(problem, SEARCH)
    assert_kept(problem, plan)
    if problem.objective.kind != "max_cover":
        assert np.isfinite(plan.service_distance).all()
    free = solve(replace(problem, constraints=Constraints()), SEARCH)
    sign = 1 if problem.objective.sense == "min" else -1
    assert sign * plan.value >= sign * free.value - 1e-6 * abs(free.value)
    assert plan.bound is None or sign * plan.bound <= sign * plan.value + 1e-9
    assert list(plan.device_status) == ["new"] * plan.p


def test_capacity_divides_a_crowd() -> None:
    """Three points at one end and one at the other, two each: the middle one of the crowd goes to the far device.

    Groups {0, 1} and {2, 10}: centres 0.5 and 6, value 0.5 + 32 = 32.5; any other split into pairs is worse.
    """
    problem = make_problem([[0, 0], [1, 0], [2, 0], [10, 0]], 2)
    plan = solve(replace(problem, constraints=Constraints(capacity_max=2.0)), SEARCH)
    assert plan.value == pytest.approx(32.5)
    assert plan.device_xy[:, 0] == pytest.approx([0.5, 6.0])
    assert plan.assignment.tolist() == [0, 0, 1, 1]


def test_a_rule_that_does_not_bind_changes_nothing() -> None:
    """With room for all, the plan is that of the free problem, proof included."""
    problem = random_problem(5, n=20, p=3)
    free = solve(problem, SEARCH)
    plan = solve(replace(problem, constraints=Constraints(capacity_max=1e6)), SEARCH)
    assert np.array_equal(plan.device_xy, free.device_xy)
    assert (plan.bound, plan.scope, plan.status) == (free.bound, free.scope, free.status)


def test_rules_hold_inside_walls_beside_a_fixed_device() -> None:
    """Devices stay in the free space and away from the fixed one."""
    free = shapely.box(0, 0, 30, 20).difference(shapely.box(10, 5, 20, 15))
    domain = Domain("floor_plan", free)
    problem = problem_of("k_means", Constraints(spacing_m=10.0), domain=domain, fixed=[[5.0, 5.0]])
    plan = solve(replace(problem, n_new=2), SEARCH)
    assert_kept(replace(problem, n_new=2), plan)
    assert plan.device_ids[0] == "AP1"


def test_too_little_capacity_says_how_much_is_missing() -> None:
    """Weight 4 on one device for 3."""
    problem = make_problem([[0, 0], [1, 0], [2, 0], [10, 0]], 1)
    with pytest.raises(InfeasibleError, match="1 is missing"):
        solve(replace(problem, constraints=Constraints(capacity_max=3.0)), SEARCH)


@pytest.mark.skipif("p_center" not in ANYWHERE, reason="needs the p_center solver")
def test_a_cutoff_below_the_best_radius_is_refused_with_that_radius() -> None:
    """One device for two points 10 m apart: 5 m is possible, 4 m is not."""
    problem = make_problem([[0, 0], [10, 0]], 1)
    with pytest.raises(InfeasibleError, match=r"5\.00 m is possible"):
        solve(replace(problem, constraints=Constraints(cutoff_m=4.0)), SEARCH)


@pytest.mark.skipif("p_center" not in ANYWHERE, reason="needs the p_center solver")
def test_a_cutoff_balances_mean_and_worst() -> None:
    """At a cutoff between the best radius and that of the k_means plan, nobody is farther, and the value is a little higher."""
    problem = random_problem(8, n=30, p=4)
    free = solve(problem, SEARCH)
    radius = solve(replace(problem, objective=objective_of("p_center")), SEARCH).value
    cutoff = (radius + free.service_distance.max()) / 2
    plan = solve(replace(problem, constraints=Constraints(cutoff_m=cutoff)), SEARCH)
    assert_kept(replace(problem, constraints=Constraints(cutoff_m=cutoff)), plan)
    assert free.value <= plan.value < free.value * 1.5


def test_without_time_there_is_still_a_plan() -> None:
    """A watch that says stop at once gets a plan that keeps the rules."""
    problem = problem_of("k_means", RULES["both"])
    plan = solve(problem, SEARCH, Watch(time_limit_s=0.0))
    assert plan.status == "time_limit"
    assert_kept(problem, plan)


def test_same_seed_same_plan() -> None:
    """Twice the same bytes."""
    problem = problem_of("k_means", RULES["both"])
    assert np.array_equal(solve(problem, SEARCH).device_xy, solve(problem, SEARCH).device_xy)
