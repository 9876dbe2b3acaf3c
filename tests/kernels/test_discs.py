"""Discs: enclosing circles, the search for centres and the sets that places reach, against slow twins in plain NumPy."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from placement import kernels
from placement.core.types import FloatArray

PLANE = np.empty((0, 4))
ROOM = shapely.box(0, 0, 10, 6).difference(shapely.box(4, 1.5, 7, 4.5)).difference(shapely.box(1, 4, 2, 6))
coordinate = st.integers(0, 12).map(float)
points = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=9)


def edges_of(shape: shapely.Geometry) -> FloatArray:
    """Return both ends of each edge of a polygon."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shape)]
    return np.vstack([np.hstack([ring[:-1], ring[1:]]) for ring in rings])


def circle_of(xy: FloatArray, scale: FloatArray, edges: FloatArray = PLANE) -> tuple[FloatArray, float]:
    """Return the best place for all points, and its cost."""
    place, radius = kernels.enclosing_circles(xy, scale, np.array([0, len(xy)]), np.arange(len(xy), dtype=np.int32), edges)
    return place[0], float(radius[0])


def largest_cost(xy: FloatArray, scale: FloatArray, places: FloatArray) -> FloatArray:
    """Return for each place the cost of its farthest point."""
    return (scale[:, None] * np.hypot(*(xy[:, None] - places[None]).transpose(2, 0, 1))).max(axis=0)


def slow_radius(xy: FloatArray) -> float:
    """Return the radius of the smallest circle through two or three points that holds all others."""
    places = [*xy, *((a + b) / 2 for a, b in combinations(xy, 2))]
    for a, b, c in combinations(xy, 3):
        system = 2 * np.array([b - a, c - a])
        if abs(np.linalg.det(system)) > 1e-9:
            places.append(a + np.linalg.solve(system, [(b - a) @ (b - a), (c - a) @ (c - a)]))
    return float(largest_cost(xy, np.ones(len(xy)), np.array(places)).min())


@settings(max_examples=150, deadline=None)
@given(points)
def test_an_enclosing_circle_is_the_smallest_of_those_through_two_or_three_points(at: list[tuple[float, float]]) -> None:
    """The compiled search and the enumeration of all circles agree; repeated and collinear points are no trouble."""
    xy = np.array(at)
    place, radius = circle_of(xy, np.ones(len(xy)))
    assert radius == pytest.approx(slow_radius(xy), abs=1e-9)
    assert largest_cost(xy, np.ones(len(xy)), place[None])[0] == pytest.approx(radius, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(points, st.integers(0, 2**32 - 1))
def test_no_step_from_a_weighted_centre_helps(at: list[tuple[float, float]], seed: int) -> None:
    """The weighted cost is convex, so a place from which no small or large step leads down is the best."""
    xy, rng = np.array(at), np.random.default_rng(seed)
    scale = rng.integers(1, 6, len(xy)).astype(float)
    place, radius = circle_of(xy, scale)
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    for step in (1e-4, 1e-2, 1.0):
        around = place + step * np.column_stack([np.cos(angle), np.sin(angle)])
        assert largest_cost(xy, scale, around).min() >= radius * (1 - 1e-9)


@settings(max_examples=60, deadline=None)
@given(points, st.integers(0, 2**32 - 1))
def test_no_free_place_beats_the_centre_of_a_free_space(at: list[tuple[float, float]], seed: int) -> None:
    """Neither a grid of free places nor a fine walk along the walls finds a smaller largest cost, and the centre is free."""
    xy = np.array(at)
    scale = np.random.default_rng(seed).integers(1, 4, len(xy)).astype(float)
    place, radius = circle_of(xy, scale, edges_of(ROOM))
    grid = np.stack(np.meshgrid(np.linspace(0, 10, 61), np.linspace(0, 6, 37)), axis=-1).reshape(-1, 2)
    walls = shapely.get_coordinates(shapely.segmentize(ROOM.boundary, 0.05))
    free = np.vstack([grid[shapely.intersects_xy(ROOM, *grid.T)], walls])
    assert ROOM.distance(shapely.Point(place)) < 1e-9
    assert largest_cost(xy, scale, free).min() >= radius * (1 - 1e-9)
    assert largest_cost(xy, scale, place[None])[0] == pytest.approx(radius)


def sets_of(found: kernels.CoverSets) -> list[frozenset[int]]:
    """Return the sets as sets."""
    return [frozenset(found.member[a:b].tolist()) for a, b in zip(found.start, found.start[1:], strict=False)]


def slow_sets(xy: FloatArray, reach: FloatArray) -> set[frozenset[int]]:
    """Return the maximal sets of points within reach of a point or of a crossing of two circles."""
    places = list(xy)
    for i, k in combinations(range(len(xy)), 2):
        way = xy[k] - xy[i]
        d = float(np.hypot(*way))
        if d == 0 or d > reach[i] + reach[k] or d < abs(reach[i] - reach[k]):
            continue
        along = (d * d + reach[i] ** 2 - reach[k] ** 2) / (2 * d)
        across = np.sqrt(max(0.0, reach[i] ** 2 - along**2))
        foot, aside = xy[i] + along * way / d, np.array([-way[1], way[0]]) / d
        places += [foot + across * aside, foot - across * aside]
    near = np.hypot(*(xy[:, None] - np.array(places)[None]).transpose(2, 0, 1)) <= reach[:, None] * (1 + 1e-9)
    found = {frozenset(np.flatnonzero(column).tolist()) for column in near.T}
    return {one for one in found if not any(one < other for other in found)}


@settings(max_examples=100, deadline=None)
@given(points, st.sampled_from([0.5, 1.0, 1.7, 2.5, 4.3, 20.0]), st.booleans())
def test_cover_sets_are_those_of_all_crossings(at: list[tuple[float, float]], radius: float, is_weighted: bool) -> None:
    """The walk around the circles finds the maximal sets of the circle intersection point set, touching circles included."""
    xy = np.unique(np.array(at), axis=0)
    reach = radius / (1 + np.arange(len(xy)) % 3 if is_weighted else np.ones(len(xy)))
    found = sets_of(kernels.cover_sets(xy, reach * (1 + 5e-10), reach * (1 + 1e-9), PLANE))
    assert len(found) == len(set(found))
    assert set(found) == slow_sets(xy, reach)


@settings(max_examples=50, deadline=None)
@given(points, st.sampled_from([0.7, 1.0, 2.2, 3.1, 5.0]))
def test_cover_sets_of_a_free_space_hold_whatever_a_free_place_reaches(at: list[tuple[float, float]], radius: float) -> None:
    """Each set has a free place that reaches it, and what any place of a grid or along the walls reaches is in one set."""
    xy = np.unique(np.array(at), axis=0)
    reach = np.full(len(xy), radius)
    found = kernels.cover_sets(xy, reach * (1 + 5e-10), reach * (1 + 1e-9), edges_of(ROOM))
    sets = sets_of(found)
    for members, place in zip(sets, found.place, strict=True):
        assert ROOM.distance(shapely.Point(place)) < 1e-9
        assert (np.hypot(*(xy[list(members)] - place).T) <= radius * (1 + 2e-9)).all()
        assert not any(members < other for other in sets)
    grid = np.stack(np.meshgrid(np.linspace(0, 10, 41), np.linspace(0, 6, 25)), axis=-1).reshape(-1, 2)
    walls = shapely.get_coordinates(shapely.segmentize(ROOM.boundary, 0.1))
    for place in np.vstack([grid[shapely.intersects_xy(ROOM, *grid.T)], walls]):
        reached = set(np.flatnonzero(np.hypot(*(xy - place).T) <= radius).tolist())
        assert not reached or any(reached <= members for members in sets)


@settings(max_examples=50, deadline=None)
@given(points, st.sampled_from([0.7, 1.7, 3.1]), st.booleans())
def test_the_heaviest_place_is_the_heaviest_set(at: list[tuple[float, float]], radius: float, is_walled: bool) -> None:
    """What one place reaches at most is the largest sum over the maximal sets; walking fewer circles finds some of the sets."""
    xy, edges = np.unique(np.array(at), axis=0), edges_of(ROOM) if is_walled else PLANE
    reach, value = np.full(len(xy), radius), 1.0 + np.arange(len(xy)) % 5
    radii = reach * (1 + 5e-10), reach * (1 + 1e-9)
    sets = sets_of(kernels.cover_sets(xy, *radii, edges))
    assert kernels.heaviest_place(xy, *radii, edges, value) == max((value[list(one)].sum() for one in sets), default=0.0)
    some = sets_of(kernels.cover_sets(xy, *radii, edges, around=np.arange(0, len(xy), 2, dtype=np.int32)))
    assert all(any(one <= other for other in sets) for one in some)


def test_a_point_out_of_reach_of_the_free_space_is_in_no_set() -> None:
    """From a room nobody reaches a point far outside."""
    xy = np.array([[1.0, 1.0], [30.0, 30.0]])
    found = kernels.cover_sets(xy, np.full(2, 2.0), np.full(2, 2.0 + 1e-9), edges_of(ROOM))
    assert sets_of(found) == [frozenset({0})]


@pytest.mark.parametrize("n_locked", [0, 2])
def test_a_search_for_centres_only_gets_better(n_locked: int) -> None:
    """More kicks never end worse, the radius is that of the centres handed back, locked centres stay."""
    rng = np.random.default_rng(5)
    xy, scale = rng.random((60, 2)) * 10, rng.integers(1, 4, 60).astype(float)
    centers = xy[:5].copy()
    last = np.inf
    for _ in range(4):
        before = centers
        centers, radius = kernels.search_centers(xy, scale, PLANE, centers, n_locked=n_locked, n_kicks=30, seed=3)
        cost = scale * np.hypot(*(xy[:, None] - centers[None]).transpose(2, 0, 1)).min(axis=1)
        assert radius == pytest.approx(cost.max())
        assert radius <= last * (1 + 1e-12)
        assert np.array_equal(centers[:n_locked], before[:n_locked])
        last = radius


def test_a_search_for_centres_is_repeatable_and_leaves_its_input_alone() -> None:
    """The same seed ends in the same bytes, and the start is not written to."""
    xy = np.random.default_rng(1).random((40, 2))
    start = xy[:4].copy()
    first, second = (
        kernels.search_centers(xy, np.ones(40), PLANE, start, n_locked=0, n_kicks=50, seed=9)[0].tobytes() for _ in range(2)
    )
    assert first == second
    assert np.array_equal(start, xy[:4])


@pytest.mark.parametrize(
    "call",
    [
        lambda: kernels.cover_sets(np.zeros((2, 2)), np.ones(1), np.ones(2), PLANE),
        lambda: kernels.cover_sets(np.zeros((2, 3)), np.ones(2), np.ones(2), PLANE),
        lambda: kernels.search_centers(np.zeros((2, 2)), np.ones(2), PLANE, np.zeros((1, 2)), n_locked=1, n_kicks=0, seed=0),
        lambda: kernels.enclosing_circles(np.zeros((2, 2)), np.ones(2), np.array([0, 0]), np.zeros(0, np.int32), PLANE),
        lambda: kernels.enclosing_circles(np.zeros((2, 2)), np.ones(2), np.array([0, 1]), np.array([2], np.int32), PLANE),
        lambda: kernels.enclosing_circles(np.zeros((2, 2)), np.ones(2), np.array([0, 2]), np.zeros(1, np.int32), PLANE),
        lambda: kernels.enclosing_circles(
            np.zeros((2, 2)), np.ones(2), np.array([0, 1]), np.zeros(1, np.int32), np.zeros((1, 3))
        ),
    ],
)
def test_shapes_that_disagree_are_refused(call: object) -> None:
    """What does not fit together is a ValueError, never a crash."""
    with pytest.raises(ValueError, match=r"need|differ"):
        call()  # type: ignore[operator]
