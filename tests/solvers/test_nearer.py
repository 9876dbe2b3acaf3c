"""Moving devices nearer: the mean falls, limits hold, walls stop the way."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from placement.core import Domain
from placement.progress import Watch
from placement.solvers.nearer import move_nearer
from placement.solvers.places import ground_of
from problems import make_problem, random_problem


def distances(problem: object, places: np.ndarray) -> np.ndarray:
    """Return service distances."""
    return np.hypot(*(problem.demand.xy[:, None] - places[None]).transpose(2, 0, 1)).min(axis=1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_falls_and_nobody_leaves_the_limit(seed: int) -> None:
    """From random places, with the largest distance as everybody's limit."""
    problem = random_problem(seed, n=50)
    ground = ground_of(problem)
    before = np.random.default_rng(seed).random((4, 2)) * [30, 20]
    limit = distances(problem, before).max()
    limits = np.full(ground.n_rows, limit)
    after = move_nearer(ground, before - ground.origin, limits, problem.domain, Watch()) + ground.origin
    assert distances(problem, after).max() <= limit
    assert problem.demand.weight @ distances(problem, after) < problem.demand.weight @ distances(problem, before)


def test_a_wall_stops_a_device() -> None:
    """The crowd is behind a wall: the device goes as far as half the way lets it, not into the wall."""
    domain = Domain("floor_plan", free=shapely.box(0, 0, 10, 2).difference(shapely.box(4, -1, 5, 3)))
    problem = make_problem([[4.5, 1], [4.5, 1.2], [0, 1]], 1, domain=domain)
    moved = move_nearer(ground_of(problem), np.array([[1.0, 1.0]]), np.full(3, 20.0), domain, Watch())
    assert 1.0 < moved[0, 0] <= 4.0
    assert domain.contains(moved).all()


def test_devices_that_serve_nobody_and_tight_ones_stay() -> None:
    """A limit that holds exactly at both ends of a line leaves no way; an idle device stays as well."""
    problem = make_problem([[0, 0], [10, 0], [9, 0]], 1)
    places = np.array([[5.0, 0.0], [50.0, 50.0]])
    assert move_nearer(ground_of(problem), places, np.full(3, 5.0), problem.domain, Watch()).tolist() == places.tolist()
