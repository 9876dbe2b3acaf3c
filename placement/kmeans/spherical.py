"""Spherical K-Means: cosine distance, and so directions for centres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kernels import assign
from placement.kmeans.alternation import Alternating
from placement.kmeans.plus_plus import squared_distances

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SphericalKMeans(Alternating):
    """Spherical K-Means: k directions that make the weighted sum of 1 − cos of the angle to the nearest one small.

    Minimises sum_i w_i min_j (1 − cos(x_i, c_j)). Only the direction of a sample counts, not its length: the mix of a basket,
    not its size. The centre is the mean of the unit vectors, brought to length 1, because that direction makes the sum of
    cosines largest.

    Parameters
    ----------
    n_clusters : int
        Number of centres k, between 1 and the number of samples.
    init : {"k-means++", "random"} or array-like of shape (k, d)
        How to start: greedy k-means++ with chances proportional to 1 − cos; samples drawn at random (with chances proportional
        to their weights); or these directions.
    n_init : int or "auto"
        Number of starts; "auto" is 10, or 1 when `init` is an array.
    max_iter : int
        Most iterations of one start, at least 1.
    tol : float
        A start ends when the squared moves of all centres sum to no more than `tol` times the mean (weighted) variance of
        the features of the unit vectors; 0 goes on until nothing changes.
    random_state : int, numpy Generator, numpy RandomState or None
        Where random starts come from. The same int gives the same bits, and more starts keep the earlier ones.
    n_threads : int or None
        None for all available processors. The result does not depend on it.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (k, d)
        The centres, of length 1.
    labels_ : ndarray of shape (n,)
        Position of the centre nearest to each sample by angle (ties: the lowest); what `predict` says.
    inertia_ : float
        The weighted sum of 1 − cos, at most twice the sum of weights.
    n_iter_, stop_reason_, inertias_, n_relocations_ : int, str, ndarray, int
        As those of `KMeans`.
    n_features_in_ : int
        Number of features d.
    feature_names_in_ : ndarray of shape (d,)
        Column names, if fitted on a data frame whose names are all text.

    Notes
    -----
    O(n k d) an iteration. Between unit vectors 1 − cos is half the squared distance: no cancellation for small angles. A sample
    of zeros has no direction: it is left out of the fit, costs nothing, is 1 from every centre and gets label 0. Where the unit
    vectors of a cluster cancel out, its centre stays where it is.

    References
    ----------
    .. [1] I. S. Dhillon, D. S. Modha, "Concept decompositions for large sparse text data using clustering", Machine Learning
       42, 2001, section 3.

    Examples
    --------
    >>> model = SphericalKMeans(2, random_state=0).fit([[1.0, 0.0], [900.0, 0.0], [0.0, 2.0], [0.0, 30.0]])
    >>> sorted(model.cluster_centers_.tolist()), model.inertia_
    ([[0.0, 1.0], [1.0, 0.0]], 0.0)
    """

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Return 1 − cos of the angle of each sample to each centre.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers, the features of `fit`.

        Returns
        -------
        ndarray of shape (n, k)
            Between 0 (same direction) and 2 (opposite).

        Raises
        ------
        NotFittedError
            If `fit` was not called.
        ValueError
            If X is not allowed or its features are not those of `fit`.
        """
        points = self._checked_points(X)
        distances = np.ascontiguousarray(self._costs(unit_vectors(points), self.cluster_centers_).T)
        distances[~points.any(axis=1)] = 1.0
        return distances

    def _as_start(self, centers: NDArray[np.float64], shift: NDArray[np.float64]) -> NDArray[np.float64]:
        if not centers.any(axis=1).all():
            raise ValueError("init holds a centre of zeros, which has no direction")
        return unit_vectors(centers - shift)

    def _has_say(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        has_direction = np.asarray(points.any(axis=1))
        if not has_direction.any():
            raise ValueError("every sample is all zeros and has no direction; use another distance")
        return has_direction

    def _prepare(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return unit_vectors(points), np.zeros(points.shape[1])

    def _nearest(self, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        labels, costs = self._assign(unit_vectors(points), self.cluster_centers_)
        has_direction = points.any(axis=1)
        return np.where(has_direction, labels, 0), np.where(has_direction, costs, 0.0)

    def _costs(self, points: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.float64]:
        return squared_distances(points, centers) / 2

    def _assign(self, points: NDArray[np.float64], centers: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        labels, squared = assign(points, centers, n_threads=self.n_threads)
        return labels, squared / 2

    def _best_places(
        self, points: NDArray[np.float64], weights: NDArray[np.float64], labels: NDArray[np.int64], centers: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        sums = np.column_stack([np.bincount(labels, weights * column, minlength=len(centers)) for column in points.T])
        lengths = np.sqrt(np.sum(sums**2, axis=1, keepdims=True))
        masses = np.bincount(labels, weights, minlength=len(centers))[:, None]
        has_direction = lengths > np.finfo(float).eps * masses
        return np.where(has_direction, sums / np.where(has_direction, lengths, 1.0), centers)


def unit_vectors(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points scaled to length 1.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Finite.

    Returns
    -------
    ndarray of shape (n, d)
        Of length 1, but rows of zeros stay zeros.

    Examples
    --------
    >>> unit_vectors(np.array([[3.0, 4.0]])).tolist()
    [[0.6, 0.8]]
    """
    largest = np.abs(points).max(axis=1, keepdims=True)
    largest[largest == 0] = 1.0
    # First by the largest entry, so that squares neither overflow nor vanish.
    scaled = points / largest
    lengths = np.sqrt(np.sum(scaled**2, axis=1, keepdims=True))
    unit: NDArray[np.float64] = scaled / np.where(lengths > 0, lengths, 1.0)
    return unit
