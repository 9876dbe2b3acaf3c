"""K-Medians: Manhattan distance, and so medians for centres."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kernels import count_threads
from placement.kmeans.alternation import Alternating
from placement.kmeans.origin import choose_origin
from placement.kmeans.quantiles import sorted_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIDDLE = 0.5
_BLOCK = 1 << 18
"""Distances that each thread holds at once: 2 MB."""


class KMedians(Alternating):
    """K-Medians clustering: k centres that make the weighted sum of Manhattan distances to the nearest one small.

    Minimises sum_i w_i min_j sum_f |x_if − c_jf|. The centre is the weighted median of each feature, because that is the point
    which makes a sum of absolute differences least; unlike a mean it does not follow a few far-off samples.

    Parameters
    ----------
    n_clusters : int
        Number of centres k, between 1 and the number of samples.
    init : {"k-means++", "random"} or array-like of shape (k, d)
        How to start: greedy k-means++ with chances proportional to the distance (not squared); samples drawn at random (with
        chances proportional to their weights); or these centres.
    n_init : int or "auto"
        Number of starts; "auto" is 10, or 1 when `init` is an array.
    max_iter : int
        Most iterations of one start, at least 1.
    tol : float
        A start ends when the squared moves of all centres sum to no more than `tol` times the mean (weighted) variance of
        the features; 0 goes on until nothing changes.
    random_state : int, numpy Generator, numpy RandomState or None
        Where random starts come from. The same int gives the same bits, and more starts keep the earlier ones.
    n_threads : int or None
        Without effect so far.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (k, d)
        The centres.
    labels_ : ndarray of shape (n,)
        Position of the centre nearest to each sample by Manhattan distance (ties: the lowest); what `predict` says.
    inertia_ : float
        The weighted sum of Manhattan distances [unit of the data].
    n_iter_, stop_reason_, inertias_, n_relocations_ : int, str, ndarray, int
        As those of `KMeans`.
    n_features_in_ : int
        Number of features d.
    feature_names_in_ : ndarray of shape (d,)
        Column names, if fitted on a data frame whose names are all text.

    Notes
    -----
    O(n k d + d n log n) an iteration. Where half of the weight lies on either side of a gap the median is its middle. Weights are
    copies and the order of samples does not matter.

    References
    ----------
    .. [1] P. S. Bradley, O. L. Mangasarian, W. N. Street, "Clustering via concave minimization", NIPS 1996, section 3
       (k-median algorithm).

    Examples
    --------
    >>> model = KMedians(2, random_state=0).fit([[0.0], [1.0], [5.0], [90.0], [91.0], [99.0]])
    >>> sorted(model.cluster_centers_.ravel().tolist()), model.inertia_
    ([1.0, 91.0], 14.0)
    """

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Return the Manhattan distance of each sample to each centre.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers, the features of `fit`.

        Returns
        -------
        ndarray of shape (n, k)
            Distances [unit of the data].

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        ValueError
            If X is not allowed or its features are not those of `fit`.
        """
        return np.ascontiguousarray(manhattan_distances(self._checked_points(X), self.cluster_centers_).T)

    def _prepare(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        origin = choose_origin(points)
        return points - origin, origin

    def _nearest(self, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        return self._assign(points, self.cluster_centers_)

    def _costs(self, points: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.float64]:
        return manhattan_distances(points, centers)

    def _assign(self, points: NDArray[np.float64], centers: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        size = max(1, _BLOCK // len(centers))
        blocks = [points[first : first + size] for first in range(0, len(points), size)]
        n_threads = min(count_threads(self.n_threads), len(blocks))
        assign_block = partial(_cheapest, centers=centers)
        if n_threads > 1:  # NumPy lets go of the interpreter within a block
            with ThreadPoolExecutor(n_threads) as pool:
                parts = list(pool.map(assign_block, blocks))
        else:
            parts = [assign_block(block) for block in blocks]
        labels, costs = zip(*parts, strict=True)
        return np.concatenate(labels), np.concatenate(costs)

    def _best_places(
        self, points: NDArray[np.float64], weights: NDArray[np.float64], labels: NDArray[np.int64], centers: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        places = centers.copy()
        occupied, starts = np.unique(np.sort(labels), return_index=True)
        for feature in range(points.shape[1]):
            order = np.lexsort((points[:, feature], labels))
            places[occupied, feature] = _medians(points[order, feature], weights[order], starts)
        return places


def _cheapest(points: NDArray[np.float64], centers: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the nearest centre of each point (ties: the lowest) and its distance."""
    distances = manhattan_distances(points, centers)
    nearest = distances.argmin(axis=0)
    return nearest, distances[nearest, np.arange(len(nearest))]


def _medians(values: NDArray[np.float64], weights: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the weighted median of each group of rising values; groups follow each other from `starts` on."""
    ends = np.append(starts[1:], len(values))
    return np.array(
        [sorted_quantile(values[first:end], weights[first:end], _MIDDLE) for first, end in zip(starts, ends, strict=True)]
    )


def manhattan_distances(points: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Manhattan distance of every centre to every point.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Finite.
    centers : ndarray of shape (k, d)
        Finite.

    Returns
    -------
    ndarray of shape (k, n)
        Sums of absolute differences.

    Examples
    --------
    >>> manhattan_distances(np.array([[0.0, 0.0]]), np.array([[3.0, -4.0]])).tolist()
    [[7.0]]
    """
    total = np.zeros((len(centers), len(points)))
    for feature in range(points.shape[1]):
        total += np.abs(points[:, feature] - centers[:, feature, None])
    return total
