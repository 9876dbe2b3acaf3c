"""Slow twins of the compiled core in plain NumPy: what the kernels must compute, written to be read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def assign_twin(points: Floats, centers: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Nearest centre and squared distance; argmin takes the first of equals."""
    squared = ((points[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
    labels = squared.argmin(axis=1)
    return labels, squared[np.arange(len(points)), labels]


def inertia_twin(points: Floats, weights: Floats, centers: Floats) -> float:
    """Weighted sum of squared distances to the nearest centre."""
    return float(np.sum(weights * assign_twin(points, centers)[1]))


def _repair(points: Floats, weights: Floats, centers: Floats, labels: NDArray[np.int64], n_locked: int) -> int:
    """Give each centre without weight the costliest point of a cluster that keeps another place."""
    n_moved = 0
    for j in range(n_locked, len(centers)):
        if weights[labels == j].sum() > 0:
            continue
        cost = weights * ((points - centers[labels]) ** 2).sum(axis=1)
        for cluster in range(n_locked, len(centers)):
            members = (labels == cluster) & (weights > 0)
            if len(np.unique(points[members], axis=0)) < 2:
                cost[labels == cluster] = 0
        if cost.max() <= 0:
            break
        chosen = int(cost.argmax())
        centers[j] = points[chosen]
        labels[(labels == labels[chosen]) & (points == points[chosen]).all(axis=1)] = j
        n_moved += 1
    return n_moved


def lloyd_twin(
    points: Floats, weights: Floats, start: Floats, *, n_locked: int = 0, max_iter: int = 300, tol: float = 0.0
) -> tuple[Floats, float, int, str, int]:
    """Lloyd's iteration; returns centres, inertia, iterations, stop reason and relocations."""
    centers, previous, n_relocations = start.copy(), np.full(len(points), -1), 0
    for n_iter in range(1, max_iter + 1):
        labels = assign_twin(points, centers)[0]
        is_same = np.array_equal(labels, previous)
        n_moved = _repair(points, weights, centers, labels, n_locked)
        n_relocations += n_moved
        if is_same and not n_moved:
            return centers, inertia_twin(points, weights, centers), n_iter, "labels_unchanged", n_relocations
        before = centers.copy()
        for j in range(n_locked, len(centers)):
            if weights[labels == j].sum() > 0:
                centers[j] = np.average(points[labels == j], axis=0, weights=weights[labels == j])
        if not n_moved and ((centers - before) ** 2).sum() <= tol:
            return centers, inertia_twin(points, weights, centers), n_iter, "center_shift", n_relocations
        previous = labels
    return centers, inertia_twin(points, weights, centers), max_iter, "max_iter", n_relocations


def plus_plus_twin(points: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k-means++ as published, one candidate a centre and every weight 1."""
    centers = points[[rng.integers(len(points))]]
    for _ in range(k - 1):
        squared = assign_twin(points, centers)[1]
        centers = np.vstack([centers, points[rng.choice(len(points), p=squared / squared.sum())]])
    return centers


def pricing_twin(costs: Floats, multipliers: Floats) -> Floats:
    """F at m places from costs of shape (n, m), without pairs: every point is served that pays."""
    return np.minimum(costs - multipliers[:, None], 0.0).sum(axis=0)


def pricing_twin_with_pairs(
    costs: Floats, multipliers: Floats, together: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> Floats:
    """F at m places by trying every set of points that respects the pairs; few points only."""
    n = len(multipliers)
    best = np.zeros(costs.shape[1])
    for number in range(2**n):
        is_member = (number >> np.arange(n)) % 2 == 1
        if any(is_member[i] != is_member[k] for i, k in together) or any(is_member[i] and is_member[k] for i, k in apart):
            continue
        best = np.minimum(best, (costs - multipliers[:, None])[is_member].sum(axis=0))
    return best
