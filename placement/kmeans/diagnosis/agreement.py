"""Do independent searches find the same clusters? If not, the answer is one of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.kernels import assign, kmeans_restarts
from placement.kmeans.diagnosis.evidence import Evidence, Finding
from placement.kmeans.plus_plus import draw_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT = 0.9
"""Least adjusted Rand index of two searches."""

_STARTS = 10
_MOST = 20000
"""Samples the searches use at most."""


class Starts(NamedTuple):
    """Where two searches of ten k-means++ starts each ended.

    Parameters
    ----------
    centers : tuple of ndarray of shape (k, d)
        Best centres of each.
    inertia : tuple of float
        What they cost on the samples searched.
    """

    centers: tuple[NDArray[np.float64], NDArray[np.float64]]
    inertia: tuple[float, float]


def other_starts(evidence: Evidence) -> Starts:
    """Search twice with independent fixed seeds, on 20000 samples at most.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering; its number of centres is used.

    Returns
    -------
    Starts
        Best of each search.

    Examples
    --------
    >>> points = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> other_starts(Evidence(points, np.ones(4), np.array([0, 0, 1, 1]), points[[0, 2]])).inertia
    (1.0, 1.0)
    """
    points, weights = evidence.points, evidence.weights
    if len(points) > _MOST:
        rows = draw_rows(weights, _MOST, np.random.default_rng(0))
        points, weights = points[rows], np.ones(_MOST)
    seeds = np.random.default_rng(0).integers(0, 2**64, size=(2, _STARTS), dtype=np.uint64)
    first, second = (kmeans_restarts(points, weights, len(evidence.centers), seeds=batch) for batch in seeds)
    i, j = int(np.argmin(first.inertia)), int(np.argmin(second.inertia))
    return Starts((first.centers[i], second.centers[j]), (float(first.inertia[i]), float(second.inertia[j])))


def check_starts(evidence: Evidence, starts: Starts) -> Finding | None:
    """Report two searches whose clusters differ.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.
    starts : Starts
        Two searches.

    Returns
    -------
    Finding or None
        Its value is their adjusted Rand index: 1 for the same clusters, 0 for no more in common than chance.

    Examples
    --------
    >>> points = np.array([[0.0], [1.0], [9.0], [10.0]])
    >>> evidence = Evidence(points, np.ones(4), np.array([0, 0, 1, 1]), points[[0, 2]])
    >>> check_starts(evidence, other_starts(evidence)) is None
    True
    """
    first, second = (assign(evidence.points, centers)[0] for centers in starts.centers)
    value = adjusted_rand(first, second, evidence.weights)
    if value >= LIMIT:
        return None
    low, high = min(starts.inertia), max(starts.inertia)
    apart = (high - low) / low if low > 0 else 0.0
    text = (
        f"Two searches of {_STARTS} starts each find different clusters (agreement {value:.2f} of 1) that cost nearly the same "
        f"({apart:.1%} apart): do not read much into who is with whom. Try another k, or more starts."
    )
    return Finding("starts disagree", text, value, LIMIT)


def adjusted_rand(first: NDArray[np.int64], second: NDArray[np.int64], weights: NDArray[np.float64]) -> float:
    """Return the adjusted Rand index of two labellings.

    Parameters
    ----------
    first, second : ndarray of shape (n,)
        Labels of at least 0.
    weights : ndarray of shape (n,)
        How many samples each stands for.

    Returns
    -------
    float
        1 for the same clusters, about 0 for independent ones.

    References
    ----------
    .. [1] L. Hubert, P. Arabie, "Comparing partitions", J. Classification 2, 1985, equation 5.

    Examples
    --------
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]), np.ones(4))
    1.0
    """
    width = int(second.max()) + 1
    counts = np.bincount(first * width + second, weights, minlength=(int(first.max()) + 1) * width)
    table = counts.astype(np.float64, copy=False).reshape(-1, width)

    def pairs(sizes: NDArray[np.float64]) -> float:
        return float(np.sum(sizes * (sizes - 1)) / 2)

    rows, columns = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    every = pairs(weights.sum()[None])
    expected = rows * columns / every if every > 0 else 0.0
    largest = (rows + columns) / 2
    return 1.0 if largest == expected else (pairs(table) - expected) / (largest - expected)
