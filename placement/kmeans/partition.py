"""Labelled points, checked once at the door of the quality measures: who is in which cluster, with what weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from placement.kmeans.origin import choose_origin
from placement.kmeans.validation import as_points, as_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_FEWEST = 2


class Partition(NamedTuple):
    """Clusters 0..k−1, each with weight, and what belongs to none.

    Parameters
    ----------
    points : ndarray of shape (m, d)
        The samples that belong to a cluster and have weight, counted from an origin near them.
    codes : ndarray of shape (m,)
        Their clusters, 0..k−1 in the order of the labels.
    weights : ndarray of shape (m,)
        Above 0.
    n_clusters : int
        k, at least 2.
    is_kept : ndarray of shape (n,)
        True for the rows of X that these are.
    """

    points: NDArray[np.float64]
    codes: NDArray[np.int64]
    weights: NDArray[np.float64]
    n_clusters: int
    is_kept: NDArray[np.bool_]


def as_labels(labels: ArrayLike, n: int) -> NDArray[np.int64]:
    """Return one whole number of at least −1 a row.

    Parameters
    ----------
    labels : array-like of shape (n,)
        Clusters; −1 means set aside.
    n : int
        Number of rows.

    Returns
    -------
    ndarray of shape (n,)
        To be read only.

    Raises
    ------
    ValueError
        If the shape is wrong or a label is not a whole number of at least −1.

    Examples
    --------
    >>> as_labels([0, -1], 2).tolist()
    [0, -1]
    """
    given = np.asarray(labels)
    if given.shape != (n,):
        raise ValueError(f"labels must be one a sample, shape ({n},), got shape {given.shape}")
    if not np.issubdtype(given.dtype, np.integer) or given.min(initial=0) < -1:
        raise ValueError("labels must be whole numbers of at least -1 (-1: set aside)")
    return given.astype(np.int64, copy=False)


def as_partition(X: Any, labels: ArrayLike, sample_weight: ArrayLike | None) -> Partition:
    """Return the samples that count, by cluster.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    labels : array-like of shape (n,)
        Whole numbers of at least −1; −1 means set aside.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out. Rows of weight 0 do not count.

    Returns
    -------
    Partition
        At least two clusters.

    Raises
    ------
    ValueError
        If an argument is not allowed or fewer than two clusters have weight.

    Examples
    --------
    >>> as_partition([[1.0], [2.0], [9.0]], [4, 7, -1], None).codes.tolist()
    [0, 1]
    """
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    given = as_labels(labels, len(points))
    is_kept = (given >= 0) & (weights > 0)
    names, codes = np.unique(given[is_kept], return_inverse=True)
    if len(names) < _FEWEST:
        raise ValueError(f"the labels must name at least 2 clusters that have weight, got {len(names)}")
    kept = points[is_kept]
    return Partition(kept - choose_origin(kept), codes, weights[is_kept], len(names), is_kept)
