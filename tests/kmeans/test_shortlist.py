"""Shortlists: good starts for a whole curve, few of them, no two alike."""

from __future__ import annotations

import numpy as np

from placement.kernels import kmeans_restarts, merge_points
from placement.kmeans.shortlist import Coarse, shortlists


def shortlisted(coarse: Coarse, numbers: list[int], n_starts: int = 3) -> list[np.ndarray]:
    """Return shortlists from one fixed seed."""
    rng = np.random.default_rng(0)
    seeds = rng.integers(0, 2**64, size=(len(numbers), n_starts), dtype=np.uint64)
    return shortlists(coarse, numbers, seeds, rng, {"tol": 1e-9})


def inertia(coarse: Coarse, centers: np.ndarray) -> float:
    """Return the weighted sum of squares, recomputed in plain NumPy."""
    squared = ((coarse.points[:, None] - centers) ** 2).sum(axis=2).min(axis=1)
    return float(coarse.weights @ squared)


def test_the_first_is_as_good_as_a_hundred_starts():
    """For every k of a curve over overlapping clusters, with three k-means++ starts each."""
    rng = np.random.default_rng(1)
    points = rng.normal(size=(800, 2)) + rng.integers(0, 4, size=(800, 2)) * 3
    coarse = Coarse(*merge_points(points, rng.integers(1, 50, size=800).astype(float)))
    for k, starts in zip(range(1, 20), shortlisted(coarse, list(range(1, 20))), strict=True):
        hundred = kmeans_restarts(*coarse, k, seeds=np.arange(100, dtype=np.uint64)).inertia.min()
        assert inertia(coarse, starts[0]) <= 1.003 * hundred


def test_rows_fall_and_differ():
    """A few, cheapest first, all of different cost."""
    coarse = Coarse(np.random.default_rng(2).random((300, 3)), np.ones(300))
    for starts in shortlisted(coarse, [4, 5, 9]):
        values = [inertia(coarse, centers) for centers in starts]
        assert 1 <= len(values) <= 7
        assert np.all(np.diff(values) > 0)


def test_more_centres_than_places_and_points_without_cost():
    """Two places, four centres: left-over centres are copies, nothing is drawn from nothing."""
    coarse = Coarse(np.array([[0.0], [5.0]]), np.array([1.0, 2.0]))
    found = shortlisted(coarse, [1, 2, 3, 4])
    assert [starts.shape[1] for starts in found] == [1, 2, 3, 4]
    assert [inertia(coarse, starts[0]) for starts in found[1:]] == [0.0, 0.0, 0.0]
