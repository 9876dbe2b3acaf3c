"""Multipliers of means, lifted to all points: near the best ones, and never more than what is true."""

from __future__ import annotations

import numpy as np
import pytest

from placement import kernels
from placement.bounds.anywhere import prove_anywhere
from placement.bounds.planar_sum import PlanarSum
from placement.bounds.representatives import represent
from placement.core import Problem, Search
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve
from problems import make_problem

KINDS = ["k_means", "p_median"]


def crowd(kind: str, n: int, p: int, fixed: list[list[float]] | None = None) -> Problem:
    """Return n weighted points in four clouds."""
    rng = np.random.default_rng(n)
    xy = rng.normal(size=(n, 2)) * 5 + rng.choice([0.0, 20.0], (n, 2))
    made = make_problem(xy, p, weight=rng.integers(1, 4, n).tolist(), fixed=fixed or [])
    return Problem(
        made.demand, made.fixed, None, made.domain, OBJECTIVES[kind](), made.distance, p, (), made.frame, made.constraints
    )


def plane_sum(problem: Problem) -> PlanarSum:
    xy, weight = kernels.merge_points(problem.demand.xy, problem.demand.weight)
    return PlanarSum(xy, weight, problem.fixed.xy, problem.n_new, problem.objective.kind == "k_means")


@pytest.mark.parametrize("is_squared", [True, False])
def test_means_keep_weight_and_cost(is_squared: bool) -> None:
    """The means weigh what their points weigh, and a mean far away costs what its points cost: squared ones with the extra."""
    problem = plane_sum(crowd("k_means" if is_squared else "p_median", 500, 3))
    found = represent(problem, 40, 1)
    assert found.means.n <= 40
    assert found.means.weight.sum() == pytest.approx(problem.weight.sum())
    if is_squared:
        far = np.array([[500.0, -300.0]])
        told = found.means.cost_matrix(far).sum() + found.means.weight @ found.extra
        assert told == pytest.approx(problem.cost_matrix(far).sum(), rel=1e-9)
    else:
        assert not found.extra.any()


def test_points_take_over_what_their_means_are_worth() -> None:
    """Where each point is its own mean: nearly its own multiplier, mixed a little with its neighbours'; equal ones stay."""
    xy = np.array([[0.0, 0.0], [0.0, 9.0], [9.0, 0.0], [9.0, 9.0]])
    found = represent(PlanarSum(xy, np.ones(4), np.empty((0, 2)), 2, is_squared=True), 4, 0)
    assert found.lifted(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx([1.0, 2.0, 3.0, 4.0], abs=0.15)
    assert found.lifted(np.full(4, 2.0)) == pytest.approx([2.0] * 4)


def test_fixed_devices_limit_what_is_lifted() -> None:
    """No point is worth more than what the nearest fixed device costs it."""
    problem = plane_sum(crowd("p_median", 500, 3, fixed=[[0.0, 0.0]]))
    found = represent(problem, 40, 1)
    assert (found.lifted(np.full(found.means.n, 1e9)) <= problem.cap()).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fixed", [[], [[3.0, 3.0]]], ids=["free", "one fixed"])
def test_large_problems_have_a_near_bound_even_without_time(kind: str, fixed: list[list[float]]) -> None:
    """Of 2,500 points, at once: below the value, and within a quarter of it."""
    problem = crowd(kind, 2500, 5, fixed)
    plan = solve(problem, Search(effort="fast", n_init=5))
    proof = prove_anywhere(problem, plan.device_xy[len(fixed) :], Search(), Watch(time_limit_s=0.0))
    assert 0.75 * plan.value <= proof.bound <= plan.value


@pytest.mark.parametrize("kind", KINDS)
def test_large_problems_are_proven_closely_and_alike_each_time(kind: str) -> None:
    """With time the same points come within a tenth; the same seed gives the same numbers."""
    problem = crowd(kind, 2500, 5)
    first, second = (solve(problem, Search(n_init=5, effort="fast", seed=2)) for _ in range(2))
    assert first.gap is not None
    assert first.gap < 0.1
    assert first.certificate is not None
    assert second.certificate is not None
    assert first.certificate.data == second.certificate.data
