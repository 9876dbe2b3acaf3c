"""Silhouettes: is each sample nearer to its own cluster than to the next one? Exact in blocks, without an n × n matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kmeans.partition import Partition, as_partition
from placement.kmeans.plus_plus import squared_distances
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import require_integer

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_BLOCK = 1 << 19
"""Distances held at once: 4 MB, about a second-level cache."""


def silhouette_samples(X: Any, labels: ArrayLike, *, sample_weight: ArrayLike | None = None) -> NDArray[np.float64]:
    """Return the silhouette of each sample, (b − a) / max(a, b).

    a is the mean distance to the other samples of its own cluster, b the least mean distance to the samples of another one:
    near 1 is well inside, 0 on the border, below 0 nearer to another cluster.

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
    ndarray of shape (n,)
        Between −1 and 1; 0 for a sample alone in its cluster; nan for rows set aside or of weight 0.

    Raises
    ------
    ValueError
        If an argument is not allowed or fewer than two clusters have weight.

    Notes
    -----
    O(n² d) time, O(n) memory. Weight w equals w copies; of a row of weight below 1 all of it counts as the sample itself.
    Where a and b are both 0 (everything in one place) the silhouette is 0.

    References
    ----------
    .. [1] P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis",
       J. Computational and Applied Mathematics 20, 1987, section 2, definition of s(i).

    Examples
    --------
    >>> silhouette_samples([[0.0], [1.0], [9.0]], [0, 0, 1]).round(4).tolist()
    [0.8889, 0.875, 0.0]
    """
    partition = as_partition(X, labels, sample_weight)
    values = np.full(len(partition.is_kept), np.nan)
    values[partition.is_kept] = silhouettes_of(partition, np.arange(len(partition.points)))
    return values


def silhouette_score(
    X: Any,
    labels: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    sample_size: int | None = None,
    random_state: RandomState = 0,
) -> float:
    """Return the mean silhouette, exact or from a random part of the samples.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    labels : array-like of shape (n,)
        Clusters, whole numbers of at least −1; −1 means set aside.
    sample_weight : array-like of shape (n,), optional
        How many samples each row stands for; 1 each when left out.
    sample_size : int, optional
        Average over so many rows drawn without replacement; all when left out or when there are no more.
    random_state : int, numpy Generator, numpy RandomState or None
        Where that draw comes from; the same every time when left out.

    Returns
    -------
    float
        Weighted mean, between −1 and 1; rows set aside do not count.

    Raises
    ------
    ValueError
        If an argument is not allowed or fewer than two clusters have weight.

    Notes
    -----
    Each drawn row is compared with *all* samples, so what is averaged are true silhouettes and only the mean is an estimate:
    O(sample_size n d). (scikit-learn throws the rest of the samples away.)

    Examples
    --------
    >>> round(silhouette_score([[0.0], [1.0], [9.0], [10.0]], [0, 0, 1, 1]), 4)
    0.8885
    """
    partition = as_partition(X, labels, sample_weight)
    n = len(partition.points)
    rows = np.arange(n)
    if sample_size is not None and require_integer("sample_size", sample_size, 1) < n:
        rows = np.sort(np.random.default_rng(draw_seeds(random_state, 1)[0]).choice(n, size=sample_size, replace=False))
    return float(np.average(silhouettes_of(partition, rows), weights=partition.weights[rows]))


def silhouettes_of(partition: Partition, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the silhouettes of some rows of a partition against all of it.

    Parameters
    ----------
    partition : Partition
        Labelled points.
    rows : ndarray of shape (r,)
        Rows of its points.

    Returns
    -------
    ndarray of shape (r,)
        Between −1 and 1.

    Examples
    --------
    >>> silhouettes_of(as_partition([[0.0], [1.0], [9.0]], [0, 0, 1], None), np.array([2])).tolist()
    [0.0]
    """
    order = np.argsort(partition.codes, kind="stable")
    points, weights = partition.points[order], partition.weights[order]
    starts = np.searchsorted(partition.codes[order], np.arange(partition.n_clusters))
    totals = np.add.reduceat(weights, starts)
    size = max(1, _BLOCK // len(points))
    values = np.empty(len(rows))
    for first in range(0, len(rows), size):
        block = rows[first : first + size]
        distances = np.sqrt(squared_distances(points, partition.points[block]))
        sums = np.add.reduceat(np.multiply(distances, weights, out=distances), starts, axis=1)
        values[first : first + size] = silhouettes_from(sums, totals, partition.codes[block], partition.weights[block])
    return values


def silhouettes_from(
    sums: NDArray[np.float64], totals: NDArray[np.float64], own: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return silhouettes from sums of distances.

    Parameters
    ----------
    sums : ndarray of shape (r, k)
        Weighted sum of the distances of each sample to those of each cluster.
    totals : ndarray of shape (k,)
        Weight of each cluster; one without weight is nobody's neighbour.
    own : ndarray of shape (r,)
        Cluster of each sample.
    weights : ndarray of shape (r,)
        Weight of each sample, above 0.

    Returns
    -------
    ndarray of shape (r,)
        See `silhouette_samples`.

    Examples
    --------
    >>> silhouettes_from(np.array([[1.0, 9.0]]), np.array([2.0, 1.0]), np.array([0]), np.array([1.0])).round(4).tolist()
    [0.8889]
    """
    line = np.arange(len(own))
    others = totals[own] - np.minimum(weights, 1.0)
    is_alone = others <= totals[own] * 1e-12
    inner = sums[line, own] / np.where(is_alone, 1.0, others)
    outer = np.divide(sums, totals, out=np.full(sums.shape, np.inf), where=totals > 0)
    outer[line, own] = np.inf
    nearest = outer.min(axis=1)
    larger = np.maximum(inner, nearest)
    return np.where(is_alone | (larger == 0), 0.0, (nearest - inner) / np.where(larger == 0, 1.0, larger))
