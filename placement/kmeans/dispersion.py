"""Quality measures from means and spreads alone, linear in the samples: Calinski-Harabasz and Davies-Bouldin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from placement.kmeans.partition import Partition, as_partition
from placement.kmeans.plus_plus import squared_distances

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def calinski_harabasz(X: Any, labels: ArrayLike, *, sample_weight: ArrayLike | None = None) -> float:
    """Return the variance ratio (B / (k − 1)) / (W / (n − k)): larger is better.

    B is the weighted sum of squared distances of the cluster means to the mean of all, W that of the samples to their means.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    labels : array-like of shape (n,)
        Clusters, whole numbers of at least −1; −1 means set aside.
    sample_weight : array-like of shape (n,), optional
        How many samples each row stands for: n is their sum; 1 each when left out.

    Returns
    -------
    float
        At least 0; infinite when every cluster is a single place, nan when the sum of weights is no more than k as well.

    Raises
    ------
    ValueError
        If an argument is not allowed or fewer than two clusters have weight.

    References
    ----------
    .. [1] T. Caliński, J. Harabasz, "A dendrite method for cluster analysis", Communications in Statistics 3(1), 1974,
       section 4, "variance ratio criterion".

    Examples
    --------
    >>> calinski_harabasz([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1])
    50.0
    """
    partition = as_partition(X, labels, sample_weight)
    return variance_ratio(partition, spread_of(partition))


def variance_ratio(partition: Partition, spread: Spread) -> float:
    """Return the Calinski-Harabasz ratio of a partition; see `calinski_harabasz`.

    Parameters
    ----------
    partition : Partition
        Labelled points.
    spread : Spread
        Of the same.

    Returns
    -------
    float
        At least 0, infinite or nan.

    Examples
    --------
    >>> partition = as_partition([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1], None)
    >>> variance_ratio(partition, spread_of(partition))
    50.0
    """
    means, masses = spread.means, spread.masses
    within = float(np.sum(partition.weights * spread.squared))
    middle = masses @ means / masses.sum()
    between = float(masses @ np.sum((means - middle) ** 2, axis=1))
    freedom = float(masses.sum()) - partition.n_clusters
    if within == 0 or freedom <= 0:
        return float("inf") if freedom > 0 else float("nan")
    return between / (partition.n_clusters - 1) / (within / freedom)


def davies_bouldin(X: Any, labels: ArrayLike, *, sample_weight: ArrayLike | None = None) -> float:
    """Return the mean over clusters of how much they overlap with their worst neighbour: smaller is better.

    (1/k) sum_i max_j≠i (s_i + s_j) / |c_i − c_j|, s being the mean distance of a cluster's samples to their mean c.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    labels : array-like of shape (n,)
        Clusters, whole numbers of at least −1; −1 means set aside.
    sample_weight : array-like of shape (n,), optional
        How many samples each row stands for; 1 each when left out.

    Returns
    -------
    float
        At least 0; infinite when two clusters that have a spread share their mean.

    Raises
    ------
    ValueError
        If an argument is not allowed or fewer than two clusters have weight.

    References
    ----------
    .. [1] D. L. Davies, D. W. Bouldin, "A cluster separation measure", IEEE Trans. Pattern Analysis and Machine Intelligence
       1(2), 1979, definitions 5-7 with p = 2 and q = 1.

    Examples
    --------
    >>> davies_bouldin([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1])
    0.2
    """
    partition = as_partition(X, labels, sample_weight)
    return mean_overlap(partition, spread_of(partition))


def mean_overlap(partition: Partition, spread: Spread) -> float:
    """Return the Davies-Bouldin index of a partition; see `davies_bouldin`.

    Parameters
    ----------
    partition : Partition
        Labelled points.
    spread : Spread
        Of the same.

    Returns
    -------
    float
        At least 0 or infinite.

    Examples
    --------
    >>> partition = as_partition([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1], None)
    >>> mean_overlap(partition, spread_of(partition))
    0.2
    """
    inner = np.bincount(partition.codes, partition.weights * np.sqrt(spread.squared)) / spread.masses
    apart = np.sqrt(squared_distances(spread.means, spread.means))
    both = inner[:, None] + inner
    ratio = np.divide(both, apart, out=np.where(both > 0, np.inf, 0.0), where=apart > 0)
    np.fill_diagonal(ratio, 0.0)
    return float(ratio.max(axis=1).mean())


class Spread(NamedTuple):
    """Means of the clusters of a partition and how far their samples are from them.

    Parameters
    ----------
    means : ndarray of shape (k, d)
        Weighted, in the coordinates of the partition's points.
    masses : ndarray of shape (k,)
        Weight of each cluster, above 0.
    squared : ndarray of shape (m,)
        Squared distance of each sample to its cluster's mean.
    """

    means: NDArray[np.float64]
    masses: NDArray[np.float64]
    squared: NDArray[np.float64]


def spread_of(partition: Partition) -> Spread:
    """Return what both measures need, in one pass over the samples.

    Parameters
    ----------
    partition : Partition
        Labelled points.

    Returns
    -------
    Spread
        Of its clusters.

    Examples
    --------
    >>> spread = spread_of(as_partition([[0.0], [4.0], [9.0]], [0, 0, 1], [3, 1, 1]))
    >>> spread.means.ravel().tolist(), spread.masses.tolist(), spread.squared.tolist()
    ([1.0, 9.0], [4.0, 1.0], [1.0, 9.0, 0.0])
    """
    masses: NDArray[np.float64] = np.bincount(partition.codes, partition.weights).astype(np.float64, copy=False)
    means = np.empty((len(masses), partition.points.shape[1]))
    squared = np.zeros(len(partition.points))
    for feature, column in enumerate(partition.points.T):
        means[:, feature] = np.bincount(partition.codes, partition.weights * column) / masses
        away = np.take(
            means[:, feature], partition.codes
        )  # a loop over contiguous numbers: several times as fast as [codes, feature]
        away -= column
        away *= away
        squared += away
    return Spread(means, masses, squared)
