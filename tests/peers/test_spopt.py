"""The same answers as spopt, an independent program, on small instances. It is heavy, so it has an extra of its own."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from placement.core import Problem, Search, Sites
from placement.core.constraints import Constraints
from placement.objectives import OBJECTIVES
from placement.solvers import solve
from problems import random_problem

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    locate = pytest.importorskip("spopt.locate", reason="spopt is not installed: pip install 'placement[peers]'")
    pulp = pytest.importorskip("pulp")

pytestmark = pytest.mark.filterwarnings("ignore")
RADIUS = 7.0
SEEDS = range(4)


def instance(seed: int, kind: str, **parts: float) -> tuple[Problem, Any]:
    """Return a problem of 40 weighted points and 15 sites, and its matrix of distances."""
    places = (np.random.default_rng(700 + seed).random((15, 2)) * [30, 20]).tolist()
    problem = replace(random_problem(seed, n=40, p=4, candidates=places), objective=OBJECTIVES[kind](**parts))
    return problem, problem.distance.matrix(problem.demand, problem.candidates)


def solved(model: Any) -> float:
    """Solve spopt's model with the solver that comes with it and return its objective."""
    return float(model.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value())


@pytest.mark.parametrize("seed", SEEDS)
def test_p_median(seed: int) -> None:
    """The sum of weight times distance."""
    problem, matrix = instance(seed, "p_median")
    theirs = solved(locate.PMedian.from_cost_matrix(matrix, problem.demand.weight, p_facilities=4))
    assert solve(problem, Search()).value == pytest.approx(theirs, rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_p_median_with_capacities(seed: int) -> None:
    """With room for a third of the weight at each of four devices; spopt may split a point, so it is as good or better."""
    problem, matrix = instance(seed, "p_median")
    room = np.full(15, np.ceil(problem.demand.total_weight / 3))
    theirs = solved(locate.PMedian.from_cost_matrix(matrix, problem.demand.weight, p_facilities=4, facility_capacities=room))
    ours = solve(replace(problem, constraints=Constraints(capacity_max=float(room[0]))), Search())
    assert ours.value >= theirs * (1 - 1e-6)
    assert ours.value <= theirs * 1.05


@pytest.mark.parametrize("seed", SEEDS)
def test_p_center(seed: int) -> None:
    """The largest distance."""
    problem, matrix = instance(seed, "p_center")
    theirs = solved(locate.PCenter.from_cost_matrix(matrix, p_facilities=4))
    assert solve(problem, Search()).value == pytest.approx(theirs, rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_max_cover(seed: int) -> None:
    """The weight within the radius."""
    problem, matrix = instance(seed, "max_cover", radius_m=RADIUS)
    theirs = solved(locate.MCLP.from_cost_matrix(matrix, problem.demand.weight, service_radius=RADIUS, p_facilities=4))
    assert solve(problem, Search()).value == pytest.approx(theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_set_cover(seed: int) -> None:
    """The number of devices; the radius is what makes every point reachable."""
    problem, matrix = instance(seed, "set_cover", radius_m=RADIUS)
    radius = max(RADIUS, float(matrix.min(axis=1).max()))
    problem = replace(problem, objective=OBJECTIVES["set_cover"](radius_m=radius), n_new=15)
    theirs = solved(locate.LSCP.from_cost_matrix(matrix, service_radius=radius))
    assert solve(problem, Search()).value == theirs


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fixed_device(seed: int) -> None:
    """One device stands already and counts as one of spopt's."""
    problem, matrix = instance(seed, "p_median")
    sites = problem.candidates
    free = np.arange(1, 15)
    standing = replace(problem, fixed=sites.take(np.array([0])), candidates=sites.take(free), n_new=3)
    given = np.zeros(15, dtype=int)
    given[0] = 1
    theirs = solved(
        locate.PMedian.from_cost_matrix(matrix, problem.demand.weight, p_facilities=4, predefined_facilities_arr=given)
    )
    assert isinstance(standing.fixed, Sites)
    assert solve(standing, Search()).value == pytest.approx(theirs, rel=1e-6)
