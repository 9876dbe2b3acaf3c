"""A whole curve of k on a coarse picture of many points: cheap starts from below, from above and afresh; the best go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from placement.kernels import KMeansRuns, LloydRules, assign, kmeans_from, kmeans_restarts, search_swaps
from placement.kmeans.plus_plus import draw_rows, squared_distances

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FINALISTS = 4
_CENTERS_OF_FINALISTS = 30
"""With few clusters, whose mirror images cost nearly the same and a run costs little, more go on: so many centres in all."""

_PARENTS = 3
_KICKS = 40

_FINER = 0.1
"""Iterations on few points cost little: they go on until the centres move by so much less, and those on all points are short."""

_ALIKE = 1e-6
"""Two starts that cost the same to this share ended in the same place; one of them goes on."""


class Coarse(NamedTuple):
    """Weighted points that stand for many more.

    Parameters
    ----------
    points : ndarray of shape (m, d)
        Means of neighbours.
    weights : ndarray of shape (m,)
        Above 0.
    """

    points: NDArray[np.float64]
    weights: NDArray[np.float64]


def shortlists(
    coarse: Coarse, numbers: Sequence[int], seeds: NDArray[np.uint64], rng: np.random.Generator, rules: LloydRules
) -> list[NDArray[np.float64]]:
    """Return a few good starts for each number of centres.

    Each k starts from k-means++; from the best three of the k before it, with what is missing drawn with chances proportional to
    w |x − c|²; from a short search of swaps; and, where k + 1 is among the numbers, from its best three with one centre less.

    Parameters
    ----------
    coarse : Coarse
        The points.
    numbers : sequence of int
        Numbers of centres, rising.
    seeds : ndarray of shape (len(numbers), r), uint64
        One a k-means++ start; so many starts are made from each of the best below, and at most so many from each above.
    rng : numpy Generator
        Draws what is added.
    rules : LloydRules
        Of the iteration on all points.

    Returns
    -------
    list of ndarray of shape (f, k, d)
        For each number a few ends of the iteration (4, or up to 30 / k), the cheapest first, no two of the same cost.

    Notes
    -----
    Adding the best of several places to a good solution for k − 1 is the idea of the global k-means algorithm [1]_, which tries
    every point.

    References
    ----------
    .. [1] A. Likas, N. Vlassis, J. J. Verbeek, "The global k-means clustering algorithm", Pattern Recognition 36(2), 2003,
       section 3.

    Examples
    --------
    >>> line = Coarse(np.array([[0.0], [1.0], [9.0], [10.0]]), np.ones(4))
    >>> found = shortlists(line, [1, 2], np.zeros((2, 1), np.uint64), np.random.default_rng(0), {})
    >>> [sorted(starts[0].ravel().tolist()) for starts in found]
    [[5.0], [0.5, 9.5]]
    """
    n_starts = seeds.shape[1]
    fine = rules | LloydRules(tol=_FINER * rules.get("tol", 0.0))
    pools: list[KMeansRuns] = []
    for k, own in zip(numbers, seeds, strict=True):
        pool = kmeans_restarts(*coarse, k, seeds=own, **fine)
        if pools:
            grown = [_grown(coarse, parent, k, n_starts, rng) for parent in _cheapest(pools[-1], _PARENTS)]
            pool = joined(pool, kmeans_from(*coarse, np.concatenate(grown), **fine))
        swapped = search_swaps(*coarse, _cheapest(pool, 1)[0], seed=int(own[0]), n_kicks=_KICKS).centers
        pools.append(joined(pool, kmeans_from(*coarse, swapped[None], **fine)))
    for at in range(len(pools) - 2, -1, -1):
        if numbers[at] + 1 == numbers[at + 1]:
            less = [_less_one(coarse, parent, n_starts) for parent in _cheapest(pools[at + 1], _PARENTS)]
            pools[at] = joined(pools[at], kmeans_from(*coarse, np.concatenate(less), **fine))
    return [_cheapest(pool, max(_FINALISTS, _CENTERS_OF_FINALISTS // k)) for k, pool in zip(numbers, pools, strict=True)]


def joined(one: KMeansRuns, other: KMeansRuns) -> KMeansRuns:
    """Return the runs of both, one after the other.

    Parameters
    ----------
    one, other : KMeansRuns
        Of the same number of centres.

    Returns
    -------
    KMeansRuns
        All of them.
    """
    pairs: list[tuple[NDArray[Any], NDArray[Any]]] = list(zip(one, other, strict=True))
    return KMeansRuns(*map(np.concatenate, pairs))


def _cheapest(runs: KMeansRuns, most: int) -> NDArray[np.float64]:
    chosen: list[int] = []
    for start in np.argsort(runs.inertia, kind="stable").tolist():
        if not chosen or runs.inertia[start] > runs.inertia[chosen[-1]] * (1 + _ALIKE):
            chosen.append(start)
    centers: NDArray[np.float64] = runs.centers[chosen[:most]]
    return centers


def _grown(coarse: Coarse, centers: NDArray[np.float64], k: int, n_starts: int, rng: np.random.Generator) -> NDArray[np.float64]:
    cost = coarse.weights * assign(coarse.points, centers)[1]
    n_new = k - len(centers)
    rows = draw_rows(cost if cost.any() else coarse.weights, n_starts * n_new, rng)
    added = coarse.points[rows].reshape(n_starts, n_new, -1)
    return np.concatenate([np.broadcast_to(centers, (n_starts, *centers.shape)), added], axis=1)


def _less_one(coarse: Coarse, centers: NDArray[np.float64], n_starts: int) -> NDArray[np.float64]:
    """Return starts that each lack one centre: those that are missed least, as if its nearest neighbour took all (Ward)."""
    masses = np.bincount(assign(coarse.points, centers)[0], coarse.weights, minlength=len(centers))
    both = masses[:, None] + masses
    shared = np.divide(masses[:, None] * masses, both, out=np.zeros_like(both), where=both > 0)
    losses = shared * squared_distances(centers, centers)
    np.fill_diagonal(losses, np.inf)
    loss = losses.min(axis=1)
    missed_least = np.argsort(loss, kind="stable")[:n_starts]
    return np.stack([np.delete(centers, position, axis=0) for position in missed_least])
