"""Pricing in the plane against its slow twin: values, descents, proofs, pairs, medians."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.twins import pricing_twin, pricing_twin_with_pairs
from placement.kernels import PlanarPricing, PointSets

Floats = np.ndarray
KINDS = ["squared", "linear"]


def field(seed: int, n: int = 40) -> tuple[Floats, Floats, Floats]:
    """Return sorted points, weights and multipliers that make some points pay from some places."""
    rng = np.random.default_rng(seed)
    xy = rng.random((n, 2)) * [9, 5]
    return xy[np.argsort(xy[:, 0])], rng.integers(1, 4, n).astype(float), rng.random(n) * 6 - 0.5


def costs(kind: str, xy: Floats, weight: Floats, places: Floats) -> Floats:
    squared = ((xy[:, None] - places[None]) ** 2).sum(axis=2)
    return weight[:, None] * (squared if kind == "squared" else np.sqrt(squared))


def raster(xy: Floats, step: float) -> Floats:
    (west, south), (east, north) = xy.min(axis=0), xy.max(axis=0)
    return np.array([(x, y) for x in np.arange(west, east + step, step) for y in np.arange(south, north + step, step)])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_values_and_sets_are_those_of_the_twin(kind: str, seed: int) -> None:
    """F, and the set that attains it, at places inside and outside the points."""
    xy, weight, u = field(seed)
    places = np.random.default_rng(seed).random((50, 2)) * [13, 9] - 2
    pricing = getattr(PlanarPricing, kind)(xy, weight)
    cost = costs(kind, xy, weight, places)
    np.testing.assert_allclose(pricing.evaluate(u, places), pricing_twin(cost, u), rtol=1e-12, atol=1e-12)
    sets = pricing.select(u, places)
    for k in range(len(places)):
        assert sets.member[sets.start[k] : sets.start[k + 1]].tolist() == np.flatnonzero(cost[:, k] < u).tolist()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_descent_ends_in_a_local_minimum_below_its_start(kind: str, seed: int) -> None:
    """No step around the end leads down, and the value is that of the place."""
    xy, weight, u = field(seed)
    pricing = getattr(PlanarPricing, kind)(xy, weight)
    ends, values = pricing.descend(u, xy)
    np.testing.assert_allclose(values, pricing.evaluate(u, ends))
    assert (values <= pricing.evaluate(u, xy)).all()
    for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False):
        around = ends + 1e-4 * np.array([np.cos(angle), np.sin(angle)])
        assert (pricing.evaluate(u, around) >= values - 1e-7).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(8))
def test_no_place_of_a_raster_is_below_the_proof(kind: str, seed: int) -> None:
    """The bound holds on a fine raster, is within the tolerance of the best place met, and that place exists."""
    xy, weight, u = field(seed)
    pricing = getattr(PlanarPricing, kind)(xy, weight)
    proof = pricing.prove(u, best=0.0, tolerance=1e-6, max_cells=10**6)
    assert proof.is_complete
    assert proof.lower <= pricing_twin(costs(kind, xy, weight, raster(xy, 0.02)), u).min() + 1e-12
    assert proof.value[-1] - proof.lower <= 1e-6 + 1e-12
    np.testing.assert_allclose(pricing.evaluate(u, proof.xy), proof.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("max_cells", [1, 2, 10, 100])
def test_a_stopped_proof_is_weaker_and_still_true(kind: str, max_cells: int) -> None:
    """With few boxes the bound is that of the worst box, never above the true minimum."""
    xy, weight, u = field(3)
    pricing = getattr(PlanarPricing, kind)(xy, weight)
    whole = pricing.prove(u, best=0.0, tolerance=1e-9, max_cells=10**6)
    stopped = pricing.prove(u, best=0.0, tolerance=1e-9, max_cells=max_cells)
    assert stopped.lower <= whole.value[-1]
    assert not stopped.is_complete
    assert stopped.n_cells <= max_cells + 1


def test_a_looser_proof_takes_fewer_boxes() -> None:
    """The tolerance is used."""
    xy, weight, u = field(1)
    pricing = PlanarPricing.squared(xy, weight)
    fine, loose = (pricing.prove(u, best=0.0, tolerance=room, max_cells=10**6) for room in (1e-9, 5.0))
    assert loose.n_cells < fine.n_cells
    assert loose.lower <= fine.lower


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_pairs_are_respected_by_values_sets_and_proofs(kind: str, seed: int) -> None:
    """With points tied together and held apart, in chains, everything agrees with trying all sets."""
    xy, weight, u = field(seed, n=9)
    u = np.abs(u) + 2.0
    together, apart = [(0, 4), (4, 7), (2, 3)], [(1, 2), (1, 5), (0, 3), (5, 6)]
    pricing = getattr(PlanarPricing, kind)(xy, weight, together, apart)
    places = raster(xy, 0.25)
    twin = pricing_twin_with_pairs(costs(kind, xy, weight, places), u, together, apart)
    np.testing.assert_allclose(pricing.evaluate(u, places), twin, rtol=1e-12, atol=1e-12)
    proof = pricing.prove(u, best=0.0, tolerance=1e-7, max_cells=10**6)
    assert proof.is_complete
    assert proof.lower <= twin.min()
    sets = pricing.select(u, places)
    for k in range(len(places)):
        members = set(sets.member[sets.start[k] : sets.start[k + 1]].tolist())
        assert all((i in members) == (j in members) for i, j in together)
        assert not any(i in members and j in members for i, j in apart)


def test_best_place_of_squares_is_the_weighted_mean() -> None:
    """(0, 0) with weight 3 and (4, 8) with weight 1 meet at (1, 2); an empty set stays where it starts and costs nothing."""
    pricing = PlanarPricing.squared(np.array([[0.0, 0.0], [4.0, 8.0]]), np.array([3.0, 1.0]))
    places, cost = pricing.best_places(PointSets(np.array([0, 2, 2]), np.array([0, 1])), np.array([[9.0, 9.0], [5.0, 5.0]]))
    assert places.tolist() == [[1.0, 2.0], [5.0, 5.0]]
    assert cost.tolist() == [60.0, 0.0]


HALF = np.sqrt(3) / 2


@pytest.mark.parametrize(
    ("xy", "weight", "median"),
    [
        ([[0, 0], [0.5, HALF], [1, 0]], [1, 1, 1], [0.5, HALF / 3]),  # the Fermat point of a triangle of equal sides
        ([[0, 0], [1, 0], [5, 0]], [1, 1, 1], [1, 0]),  # on a line: the middle point
        ([[0, 0], [3, 0], [3, 4]], [9, 1, 1], [0, 0]),  # a point that outweighs the rest
        ([[-1, 0], [0, -1], [0, 0], [0, 1], [1, 0]], [1, 1, 1, 1, 1], [0, 0]),  # a member in the middle of a cross
        ([[2, 3]], [5], [2, 3]),
    ],
)
@pytest.mark.parametrize("start", [[0.3, 0.2], [0, 0], [1, 0], [40, -7]])
def test_best_place_of_distances_is_the_median(
    xy: list[list[float]], weight: list[float], median: list[float], start: list[float]
) -> None:
    """Hand cases from any start, on members too, where the gradient does not exist."""
    points = np.array(xy, dtype=float)
    pricing = PlanarPricing.linear(points, np.array(weight, dtype=float))
    sets = PointSets(np.array([0, len(points)]), np.arange(len(points)))
    places, cost = pricing.best_places(sets, np.array([start], dtype=float))
    np.testing.assert_allclose(places[0], median, atol=1e-7)
    assert cost[0] == pytest.approx(sum(w * np.hypot(*(np.array(median) - a)) for w, a in zip(weight, points, strict=True)))


def test_wrong_input_is_refused() -> None:
    """Shapes, order and positions are looked at before the kernel runs."""
    xy, ones = np.array([[0.0, 0.0], [1.0, 0.0]]), np.ones(2)
    with pytest.raises(ValueError, match="order of x"):
        PlanarPricing.squared(xy[::-1].copy(), ones)
    with pytest.raises(ValueError, match="number of rows"):
        PlanarPricing.linear(xy, np.ones(3))
    with pytest.raises(ValueError, match="two positions"):
        PlanarPricing.squared(xy, ones, together=[(0, 2)])
    with pytest.raises(ValueError, match="positions of points"):
        PlanarPricing.squared(xy, ones).best_places(PointSets(np.array([0, 1]), np.array([2])), np.zeros((1, 2)))
