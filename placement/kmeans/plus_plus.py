"""Greedy k-means++: starts that are far apart, drawn with chances proportional to what they would save."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kmeans.origin import choose_origin
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import as_points, as_weights, require_integer

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Cost = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


def kmeans_plusplus(
    X: Any,
    n_clusters: int,
    *,
    sample_weight: ArrayLike | None = None,
    random_state: RandomState = None,
    n_local_trials: int | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Choose `n_clusters` samples as starts by greedy k-means++.

    The first is drawn with chances proportional to the weights; each next one is the best of `n_local_trials` samples drawn with
    chances proportional to w_i min_j |x_i − c_j|², best meaning that the sum of these over all samples becomes least.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers; at least as many rows as clusters.
    n_clusters : int
        How many starts, at least 1.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out. A sample of weight 0 is never chosen.
    random_state : int, numpy Generator, numpy RandomState or None
        The same int gives the same choice.
    n_local_trials : int, optional
        Candidates for each start; 2 + ⌊ln k⌋ when left out, 1 is plain k-means++.

    Returns
    -------
    centers : ndarray of shape (n_clusters, d)
        The chosen samples.
    indices : ndarray of shape (n_clusters,)
        Their rows: ``X[indices] == centers``.

    Raises
    ------
    ValueError
        If a parameter, a sample or a weight is not allowed, or there are fewer samples than clusters.
    TypeError
        If X is sparse or not made of numbers.

    Notes
    -----
    O(n k d trials) time, O(n trials) memory. When every place with weight is taken already, the starts left over are drawn with
    chances proportional to the weights and are copies. Ties between candidates go to the one drawn first.

    References
    ----------
    .. [1] D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, section 2.2; the several
       candidates follow the remark in its section 7.

    Examples
    --------
    >>> centers, indices = kmeans_plusplus([[0.0], [0.0], [9.0]], 2, random_state=0)
    >>> sorted(centers.ravel().tolist())
    [0.0, 9.0]
    """
    k = require_integer("n_clusters", n_clusters, 1)
    trials = default_trials(k) if n_local_trials is None else require_integer("n_local_trials", n_local_trials, 1)
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    if len(points) < k:
        raise ValueError(f"n_samples={len(points)} should be >= n_clusters={k}")
    rng = np.random.default_rng(draw_seeds(random_state, 1)[0])
    indices = greedy_starts(points - choose_origin(points), weights, k, rng=rng, n_trials=trials, cost=squared_distances)
    return points[indices], indices


def default_trials(n_clusters: int) -> int:
    """Return 2 + ⌊ln k⌋, the number of candidates a start that Arthur and Vassilvitskii's remark has become known with.

    Parameters
    ----------
    n_clusters : int
        k, at least 1.

    Returns
    -------
    int
        At least 2.

    Examples
    --------
    >>> default_trials(1), default_trials(8)
    (2, 4)
    """
    return 2 + int(np.log(n_clusters))


def greedy_starts(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    n_clusters: int,
    *,
    rng: np.random.Generator,
    n_trials: int,
    cost: Cost,
) -> NDArray[np.int64]:
    """Return the rows of `n_clusters` starts; `kmeans_plusplus` for any cost of serving a point from a centre.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Finite, at least one.
    weights : ndarray of shape (n,)
        At least 0, not all 0.
    n_clusters : int
        How many, at least 1.
    rng : numpy Generator
        Moves on.
    n_trials : int
        Candidates a start, at least 1.
    cost : callable
        ``cost(points, candidates)`` gives an array of shape (candidates, n) of numbers of at least 0.

    Returns
    -------
    ndarray of shape (n_clusters,)
        Rows of `points`.

    Examples
    --------
    >>> line = np.array([[0.0], [9.0]])
    >>> rng = np.random.default_rng(0)
    >>> sorted(greedy_starts(line, np.ones(2), 2, rng=rng, n_trials=1, cost=squared_distances).tolist())
    [0, 1]
    """
    chosen = np.empty(n_clusters, dtype=np.int64)
    chosen[0] = draw_rows(weights, 1, rng)[0]
    nearest = cost(points, points[chosen[:1]])[0]
    for position in range(1, n_clusters):
        saving = weights * nearest
        rows = draw_rows(saving if saving.any() else weights, n_trials, rng)
        costs = np.minimum(nearest, cost(points, points[rows]))
        best = int(np.argmin(costs @ weights))
        chosen[position], nearest = rows[best], costs[best]
    return chosen


def draw_rows(mass: NDArray[np.float64], size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return rows drawn with replacement, with chances proportional to their mass.

    Parameters
    ----------
    mass : ndarray of shape (n,)
        At least 0, not all 0; a row without mass is never drawn.
    size : int
        How many.
    rng : numpy Generator
        Moves on by `size` numbers.

    Returns
    -------
    ndarray of shape (size,)
        Rows.

    Examples
    --------
    >>> draw_rows(np.array([0.0, 2.0, 0.0]), 3, np.random.default_rng(0)).tolist()
    [1, 1, 1]
    """
    edges = np.cumsum(mass)
    # A product that rounds up to the total, or a trailing row without mass, must not lead past the last row that has some.
    last = int(np.searchsorted(edges, edges[-1]))
    rows: NDArray[np.int64] = np.minimum(np.searchsorted(edges, rng.random(size) * edges[-1], side="right"), last)
    return rows


def squared_distances(points: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared Euclidean distance of every centre to every point.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Finite.
    centers : ndarray of shape (k, d)
        Finite.

    Returns
    -------
    ndarray of shape (k, n)
        By differences, feature after feature: no expansion of the square, so no cancellation.

    Examples
    --------
    >>> squared_distances(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0]])).tolist()
    [[25.0]]
    """
    total = np.zeros((len(centers), len(points)))
    for feature in range(points.shape[1]):
        total += (points[:, feature] - centers[:, feature, None]) ** 2
    return total
