"""After clustering: drop what is too small, split what is too wide, merge what is too close; each gives a new clustering.

Each changes the centres one at a time and lets Lloyd's iteration settle in between, so labels are the nearest centres and the
promise of the function holds for what comes out. Samples labelled −1 stay set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from placement.kernels import assign, kmeans_from, kmeans_restarts, merge_points
from placement.kmeans.clustering import Clustering
from placement.kmeans.origin import choose_origin
from placement.kmeans.partition import as_labels
from placement.kmeans.plus_plus import squared_distances
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import as_points, as_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_SPLIT_STARTS = 5


def drop_small(X: Any, clustering: Clustering, *, min_weight: float, sample_weight: ArrayLike | None = None) -> Clustering:
    """Dissolve clusters that weigh less than `min_weight`, the smallest first; their samples go to the nearest of the others.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        The samples that were clustered.
    clustering : Clustering
        What was found; not changed.
    min_weight : float
        Least weight (number of samples) of a cluster, at least 0.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out.

    Returns
    -------
    Clustering
        Every cluster weighs at least that much, unless only one is left.

    Raises
    ------
    ValueError
        If an argument is not allowed or does not fit the clustering.

    Notes
    -----
    Ties go to the lowest position. Nothing to drop gives back the same clustering.

    Examples
    --------
    >>> found = Clustering(np.array([[0.0], [9.0]]), np.array([0, 0, 0, 1]), 2.0)
    >>> drop_small([[-1.0], [0.0], [1.0], [9.0]], found, min_weight=2).centers.tolist()
    [[2.25]]
    """
    least = _required_number("min_weight", min_weight)
    data = _as_data(X, clustering, sample_weight)
    centers = clustering.centers - data.origin
    labels = data.labels_of(clustering)
    while len(centers) > 1:
        masses = np.bincount(labels, data.mass, minlength=len(centers))
        smallest = int(np.argmin(masses))
        if masses[smallest] >= least:
            break
        centers, labels = _settle(data, np.delete(centers, smallest, axis=0))
    return clustering if len(centers) == len(clustering.centers) else _clustering(data, clustering, centers)


def split_wide(
    X: Any,
    clustering: Clustering,
    *,
    max_inertia: float,
    sample_weight: ArrayLike | None = None,
    random_state: RandomState = 0,
) -> Clustering:
    """Cut clusters whose own inertia exceeds `max_inertia` in two, the costliest first.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        The samples that were clustered.
    clustering : Clustering
        What was found; not changed.
    max_inertia : float
        Most weighted sum of squared distances in one cluster [squared unit of the data], at least 0.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out.
    random_state : int, numpy Generator, numpy RandomState or None
        Where the starts of each cut come from; the same every time when left out.

    Returns
    -------
    Clustering
        No cluster of several places costs more than that, and the sum of all is not above what it was.

    Raises
    ------
    ValueError
        If an argument is not allowed or does not fit the clustering.

    Notes
    -----
    Ties go to the lowest position; the new centre comes last. Nothing to split gives back the same clustering.

    Examples
    --------
    >>> found = Clustering(np.array([[5.0]]), np.array([0, 0, 0, 0]), 102.0)
    >>> sorted(split_wide([[0.0], [1.0], [9.0], [10.0]], found, max_inertia=1.0).centers.ravel().tolist())
    [0.5, 9.5]
    """
    most = _required_number("max_inertia", max_inertia)
    data = _as_data(X, clustering, sample_weight)
    rng = np.random.default_rng(draw_seeds(random_state, 1)[0])
    centers = clustering.centers - data.origin
    labels = data.labels_of(clustering)
    while True:
        costs = _own_costs(data, centers, labels)
        sizes = np.bincount(labels, minlength=len(centers))
        costs[sizes < 2] = 0.0  # noqa: PLR2004 - one place cannot be cut
        widest = int(np.argmax(costs))
        if costs[widest] <= most:
            break
        own = labels == widest
        seeds = rng.integers(0, 2**64, size=_SPLIT_STARTS, dtype=np.uint64)
        runs = kmeans_restarts(data.places[own], data.mass[own], 2, seeds=seeds)
        halves = runs.centers[int(np.argmin(runs.inertia))]
        centers, labels = _settle(data, np.vstack([centers[:widest], halves[:1], centers[widest + 1 :], halves[1:]]))
    return clustering if len(centers) == len(clustering.centers) else _clustering(data, clustering, centers)


def merge_close(
    X: Any,
    clustering: Clustering,
    *,
    max_distance: float,
    max_inertia: float = np.inf,
    sample_weight: ArrayLike | None = None,
) -> Clustering:
    """Merge clusters whose centres are no more than `max_distance` apart, the closest first.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        The samples that were clustered.
    clustering : Clustering
        What was found; not changed.
    max_distance : float
        Largest distance of two centres to merge [unit of the data], at least 0.
    max_inertia : float
        Two clusters are merged only if both together then cost no more than this [squared unit of the data].
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out.

    Returns
    -------
    Clustering
        No two centres are that close while cheap enough to merge.

    Raises
    ------
    ValueError
        If an argument is not allowed or does not fit the clustering.

    Notes
    -----
    The merged centre is the weighted mean of both clusters and takes the lower position. Merging A and B costs their two inertias
    plus w_A w_B / (w_A + w_B) |c_A − c_B|² (Ward). Nothing to merge gives back the same clustering.

    References
    ----------
    .. [1] J. H. Ward, "Hierarchical grouping to optimize an objective function", J. American Statistical Association 58, 1963.

    Examples
    --------
    >>> found = Clustering(np.array([[0.0], [2.0], [9.0]]), np.array([0, 1, 2]), 0.0)
    >>> merge_close([[0.0], [2.0], [9.0]], found, max_distance=3.0).centers.tolist()
    [[1.0], [9.0]]
    """
    nearest, most = _required_number("max_distance", max_distance), _required_number("max_inertia", max_inertia)
    data = _as_data(X, clustering, sample_weight)
    centers = clustering.centers - data.origin
    labels = data.labels_of(clustering)
    while len(centers) > 1:
        masses = np.bincount(labels, data.mass, minlength=len(centers)).astype(np.float64, copy=False)
        pair = _closest_pair(centers, masses, _own_costs(data, centers, labels), nearest, most)
        if pair is None:
            break
        first, second = pair
        both = masses[[first, second]]
        merged = centers.copy()
        merged[first] = np.average(centers[[first, second]], axis=0, weights=both if both.any() else None)
        centers, labels = _settle(data, np.delete(merged, second, axis=0))
    return clustering if len(centers) == len(clustering.centers) else _clustering(data, clustering, centers)


class _Data(NamedTuple):
    """The samples that are not set aside, once each, and where all of them are."""

    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    places: NDArray[np.float64]
    mass: NDArray[np.float64]
    origin: NDArray[np.float64]

    def labels_of(self, clustering: Clustering) -> NDArray[np.int64]:
        """Return the nearest centre of each place."""
        return assign(self.places, clustering.centers - self.origin)[0]


def _required_number(name: str, value: float) -> float:
    if not value >= 0:
        raise ValueError(f"{name} must be a number of at least 0, got {value!r}")
    return float(value)


def _as_data(X: Any, clustering: Clustering, sample_weight: ArrayLike | None) -> _Data:
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    is_kept = as_labels(clustering.labels, len(points)) >= 0
    if points.shape[1] != clustering.centers.shape[1]:
        raise ValueError(f"X has {points.shape[1]} features, but the centres have {clustering.centers.shape[1]}")
    counted = weights * is_kept
    if not counted.any():
        raise ValueError("every sample is set aside or has no weight")
    origin = choose_origin(points)
    return _Data(points - origin, counted, *merge_points(points - origin, counted), origin)


def _settle(data: _Data, centers: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    settled = kmeans_from(data.places, data.mass, centers[None]).centers[0]
    return settled, assign(data.places, settled)[0]


def _own_costs(data: _Data, centers: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    squared = np.sum((data.places - centers[labels]) ** 2, axis=1)
    return np.bincount(labels, data.mass * squared, minlength=len(centers)).astype(np.float64, copy=False)


def _closest_pair(
    centers: NDArray[np.float64],
    masses: NDArray[np.float64],
    costs: NDArray[np.float64],
    max_distance: float,
    max_inertia: float,
) -> tuple[int, int] | None:
    squared = squared_distances(centers, centers)
    total = masses[:, None] + masses
    growth = np.divide(masses[:, None] * masses * squared, total, out=np.zeros_like(squared), where=total > 0)
    is_allowed = (np.sqrt(squared) <= max_distance) & (costs[:, None] + costs + growth <= max_inertia)
    is_allowed &= np.arange(len(centers))[:, None] < np.arange(len(centers))
    if not is_allowed.any():
        return None
    first, second = np.unravel_index(int(np.argmin(np.where(is_allowed, squared, np.inf))), squared.shape)
    return int(first), int(second)


def _clustering(data: _Data, before: Clustering, centers: NDArray[np.float64]) -> Clustering:
    labels, squared = assign(data.points, centers)
    labels[np.asarray(before.labels) < 0] = -1
    return Clustering(centers + data.origin, labels, float(np.sum(data.weights * squared)))
