"""Rows and places: the demand in its canonical form, who lacks devices, which places are found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from placement.core import Domain
from placement.progress import Watch
from placement.solvers import places
from placement.solvers.places import farthest_first, find_places, ground_of, lacking, spread_rows
from problems import make_problem, random_problem


def test_the_ground_merges_places_and_remembers_the_points() -> None:
    """Weights add up, shares of a row add up to one, the heaviest point stands for its row when weights scale distances."""
    problem = make_problem([[5, 5], [0, 0], [5, 5]], 1, weight=[1, 2, 3])
    ground = ground_of(problem, is_weighted=True)
    assert ground.xy.tolist() == [[0, 0], [5, 5]]
    assert ground.weight.tolist() == [2, 4]
    assert ground.scale.tolist() == [2, 3]
    assert ground.row.tolist() == [1, 0, 1]
    assert ground.position.tolist() == [1, 2]
    assert np.bincount(ground.row, weights=ground.share).tolist() == [1, 1]


def test_coordinates_lie_around_their_middle() -> None:
    """Far-off points, fixed devices and walls move together; places come back by adding the origin."""
    room = Domain("floor_plan", free=shapely.box(4e6, 4e6, 4e6 + 10, 4e6 + 10))
    problem = make_problem([[4e6 + 1, 4e6 + 2], [4e6 + 9, 4e6]], 1, fixed=[[4e6, 4e6]], domain=room)
    ground = ground_of(problem)
    for part in (ground.xy, ground.fixed, ground.edges):
        assert np.abs(part).max() < 1000
    assert (ground.xy + ground.origin).tolist() == problem.demand.xy.tolist()


def test_a_fixed_device_is_counted_even_if_rounding_puts_it_a_hair_too_far() -> None:
    """Backup: one point has two devices within 5 m, one has one, one has none."""
    problem = make_problem([[0, 0], [6, 0], [100, 0]], 1, fixed=[[0, 5], [3, 4 * (1 + 1e-10)]])
    assert lacking(ground_of(problem), 5.0, 2).tolist() == [0, 1, 2]
    assert lacking(ground_of(problem), 5.0, 1).tolist() == [0, 0, 1]


def test_places_are_about_the_rows_asked_for() -> None:
    """Columns number the rows from 0 in the order given, and each place reaches its column."""
    ground = ground_of(random_problem(1, n=30))
    rows = np.array([3, 7, 8, 20])
    found = find_places(ground, rows, 6.0)
    assert found.columns.n_rows == 4
    for k in range(found.columns.m):
        reached = np.hypot(*(ground.xy[rows] - found.xy[k]).T) <= 6.0 * (1 + 1e-8)
        assert np.flatnonzero(reached).tolist() == found.columns.rows_of(k).tolist()


def test_farthest_first_goes_to_the_ends_of_a_line() -> None:
    """After a place at one end the other end comes first, then the middle; nobody twice."""
    ground = ground_of(make_problem([[0, 0], [1, 0], [5, 0], [10, 0]], 1))
    assert farthest_first(ground, np.array([[0.0, 0.0]]), 3).tolist() == [3, 2, 1]


def test_spread_rows_keep_apart() -> None:
    """The costliest first; who is within the radius of a chosen one is left out."""
    ground = ground_of(make_problem([[0, 0], [1, 0], [5, 0], [10, 0]], 1))
    cost = np.array([1.0, 4.0, 3.0, 2.0])
    assert spread_rows(ground, np.arange(4), cost, 4.5).tolist() == [1, 3]
    assert spread_rows(ground, np.arange(4), cost, 3.5).tolist() == [1, 2, 3]


def test_too_many_places_are_cut_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fewer circles may be walked, the fewer are drawn, at least one and each once."""
    problem = random_problem(2, n=60)
    ground, rows = ground_of(replace(problem)), np.arange(60)
    assert not places.is_too_much(ground, rows, 5.0)
    monkeypatch.setattr(places, "MOST_WALKED", 2000.0)
    drawn = places.some_circles(ground, rows, 5.0, np.random.default_rng(1), places.MOST_WALKED)
    assert places.is_too_much(ground, rows, 5.0)
    assert 1 <= len(drawn) == len(set(drawn.tolist())) < 60


@pytest.mark.parametrize("limit", [None, 0.0])
def test_some_places_are_real_ones_and_reach_everybody(limit: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each set lies within the radius of its middle, everybody is in one; without time nothing is walked."""
    monkeypatch.setattr(places, "FEW_WALKED", 2000.0)
    ground, rows = ground_of(random_problem(2, n=60)), np.arange(60)
    found = places.find_some(ground, rows, 5.0, Domain("plane"), np.random.default_rng(1), Watch(limit))
    middles = places.central_places(ground, rows, found)
    for k in range(found.m):
        assert np.hypot(*(ground.xy[found.rows_of(k)] - middles[k]).T).max() <= 5.0 * (1 + 1e-8)
    assert (np.bincount(found.rows, minlength=60) > 0).all()
    assert found.m == 60 if limit == 0.0 else found.m > 60


def test_some_places_are_free_ones() -> None:
    """Points in a wall are reached from beside it, as far as the radius goes."""
    domain = Domain("floor_plan", free=shapely.box(0, 0, 30, 20).difference(shapely.box(10, -1, 20, 21)))
    ground, rows = ground_of(random_problem(2, n=60, domain=domain)), np.arange(60)
    found = places.find_some(ground, rows, 2.0, domain, np.random.default_rng(1), Watch())
    inside = 5.0 - np.abs((ground.xy + ground.origin)[:, 0] - 15.0)
    assert np.unique(found.rows).tolist() == np.flatnonzero(inside <= 2.0).tolist()
    assert domain.contains(places.central_places(ground, rows, found) + ground.origin).all()
