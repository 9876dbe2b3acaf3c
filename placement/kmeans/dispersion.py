"""Quality measures from means and spreads alone, linear in the samples: Calinski-Harabasz and Davies-Bouldin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    return variance_ratio(as_partition(X, labels, sample_weight))


def variance_ratio(partition: Partition) -> float:
    """Return the Calinski-Harabasz ratio of a partition; see `calinski_harabasz`.

    Parameters
    ----------
    partition : Partition
        Labelled points.

    Returns
    -------
    float
        At least 0, infinite or nan.

    Examples
    --------
    >>> variance_ratio(as_partition([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1], None))
    50.0
    """
    means, masses = cluster_means(partition)
    within = float(partition.weights @ np.sum((partition.points - means[partition.codes]) ** 2, axis=1))
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
    return mean_overlap(as_partition(X, labels, sample_weight))


def mean_overlap(partition: Partition) -> float:
    """Return the Davies-Bouldin index of a partition; see `davies_bouldin`.

    Parameters
    ----------
    partition : Partition
        Labelled points.

    Returns
    -------
    float
        At least 0 or infinite.

    Examples
    --------
    >>> mean_overlap(as_partition([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1], None))
    0.2
    """
    means, masses = cluster_means(partition)
    lengths = np.sqrt(np.sum((partition.points - means[partition.codes]) ** 2, axis=1))
    spread = np.bincount(partition.codes, partition.weights * lengths) / masses
    apart = np.sqrt(squared_distances(means, means))
    both = spread[:, None] + spread
    ratio = np.divide(both, apart, out=np.where(both > 0, np.inf, 0.0), where=apart > 0)
    np.fill_diagonal(ratio, 0.0)
    return float(ratio.max(axis=1).mean())


def cluster_means(partition: Partition) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weighted mean of each cluster and its weight.

    Parameters
    ----------
    partition : Partition
        Labelled points.

    Returns
    -------
    means : ndarray of shape (k, d)
        In the coordinates of the partition's points.
    masses : ndarray of shape (k,)
        Above 0.

    Examples
    --------
    >>> means, masses = cluster_means(as_partition([[0.0], [4.0], [9.0]], [0, 0, 1], [3, 1, 1]))
    >>> means.ravel().tolist(), masses.tolist()
    ([1.0, 9.0], [4.0, 1.0])
    """
    masses: NDArray[np.float64] = np.bincount(partition.codes, partition.weights).astype(np.float64, copy=False)
    columns = [np.bincount(partition.codes, partition.weights * column) / masses for column in partition.points.T]
    return np.column_stack(columns), masses
