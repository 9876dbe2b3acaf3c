"""Outliers: pulled in to the edge of the crowd (winsorised), or set aside while the centres are found (trimmed)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kernels import assign, merge_points
from placement.kmeans.alternation import relocate_empty
from placement.kmeans.clustering import Clustering
from placement.kmeans.origin import choose_origin
from placement.kmeans.plus_plus import default_trials, draw_rows, squared_distances
from placement.kmeans.quantiles import column_quantiles
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import as_points, as_weights, require_integer
from placement.progress import Progress, Watch

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Winsorised:
    """Points whose extreme values were pulled in.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        The samples, each value between `low` and `high` of its feature.
    low, high : ndarray of shape (d,)
        The limits.
    n_changed : int
        How many values were pulled in.
    """

    points: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n_changed: int


def winsorise(X: Any, *, share: float = 0.01, sample_weight: ArrayLike | None = None) -> Winsorised:
    """Pull the `share` smallest and the `share` largest values of each feature in to the next ones.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    share : float
        Share of the weight at each end, at least 0 and below 0.5.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out.

    Returns
    -------
    Winsorised
        The points, the limits and how many values changed.

    Raises
    ------
    ValueError
        If an argument is not allowed.

    Notes
    -----
    No sample is lost, but a far-off one still counts as one at the edge. The limits are weighted quantiles by Hyndman and Fan's
    definition 2.

    References
    ----------
    .. [1] W. J. Dixon, "Simplified estimation from censored normal samples", Annals of Mathematical Statistics 31(2), 1960,
       section 4.

    Examples
    --------
    >>> winsorise([[0.0], [1.0], [2.0], [3.0], [999.0]], share=0.2).points.ravel().tolist()
    [0.5, 1.0, 2.0, 3.0, 501.0]
    """
    edge = _checked_share(share)
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    low, high = (column_quantiles(points, weights, position) for position in (edge, 1.0 - edge))
    pulled = np.clip(points, low, high)
    return Winsorised(pulled, low, high, int(np.count_nonzero(pulled != points)))


def trimmed_kmeans(
    X: Any,
    n_clusters: int,
    *,
    share: float = 0.05,
    n_init: int = 10,
    max_iter: int = 300,
    sample_weight: ArrayLike | None = None,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Clustering:
    """K-Means that sets the farthest samples aside in every iteration and labels them −1.

    Minimises the sum of w |x − c|² over the centres *and* over which samples, of at most `share` of the weight, do not count.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers; at least as many rows as clusters.
    n_clusters : int
        Number of centres k.
    share : float
        Largest share of the weight to set aside, at least 0 and below 0.5.
    n_init : int
        Starts, of which the best is kept: greedy k-means++ that leaves out what would be set aside.
    max_iter : int
        Most iterations of one start.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out.
    random_state : int, numpy Generator, numpy RandomState or None
        Where the starts come from.
    watch : Watch, optional
        Hears of each start done and may end the work after any of them.

    Returns
    -------
    Clustering
        Labels are the nearest centre, or −1 for what is set aside.

    Raises
    ------
    ValueError
        If an argument is not allowed, there are fewer samples than clusters, or no sample could be spared.

    Notes
    -----
    Samples are set aside farthest first (ties in lexicographic order) until the next would exceed the share; copies go
    together. A share that is too large bites into clusters: look at what is set aside.

    References
    ----------
    .. [1] J. A. Cuesta-Albertos, A. Gordaliza, C. Matrán, "Trimmed k-means: an attempt to robustify quantizers", Annals of
       Statistics 25(2), 1997, section 2.
    .. [2] S. Chawla, A. Gionis, "k-means--: a unified approach to clustering and outlier detection", SDM 2013, algorithm 1.

    Examples
    --------
    >>> found = trimmed_kmeans([[0.0], [1.0], [2.0], [3.0], [999.0]], 1, share=0.2, random_state=0)
    >>> found.centers.tolist(), found.labels.tolist(), found.inertia
    ([[1.5]], [0, 0, 0, 0, -1], 5.0)
    """
    k, most = require_integer("n_clusters", n_clusters, 1), require_integer("max_iter", max_iter, 1)
    edge = _checked_share(share)
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    if len(points) < k:
        raise ValueError(f"n_samples={len(points)} should be >= n_clusters={k}")
    origin = choose_origin(points)
    places, mass = merge_points(points - origin, weights)
    spare = edge * float(mass.sum()) * (1 + 1e-12)
    seeds, watch = draw_seeds(random_state, require_integer("n_init", n_init, 1)), watch or Watch()
    best = (np.inf, places[:0])
    for n_done, seed in enumerate(seeds, start=1):
        ended = _trimmed_run(places, mass, k, seed=seed, spare=spare, max_iter=most)
        best = min(best, ended, key=lambda run: run[0])
        watch.report(Progress("searching", n_done, len(seeds), best[0]))
        if watch.stop_reason() is not None:
            break
    inertia, centers = best
    squared = assign(places, centers)[1]
    outliers = places[_farthest(squared, mass, spare)]
    labels = assign(points - origin, centers)[0]
    labels[_is_among(points - origin, outliers)] = -1
    return Clustering(centers + origin, labels, inertia)


def _checked_share(share: float) -> float:
    if not 0 <= share < _HALF:
        raise ValueError(f"share must be at least 0 and below 0.5, got {share!r}")
    return float(share)


def _trimmed_run(
    places: NDArray[np.float64], mass: NDArray[np.float64], k: int, *, seed: np.uint64, spare: float, max_iter: int
) -> tuple[float, NDArray[np.float64]]:
    """Return the inertia and the centres of one start; stops when labels and what is set aside stay as they were."""
    centers = places[_trimmed_starts(places, mass, k, np.random.default_rng(seed), spare)]
    before = np.empty(0, dtype=np.int64)
    for _ in range(max_iter):
        labels, squared = assign(places, centers)
        counted = np.where(_farthest(squared, mass, spare), 0.0, mass)
        labels = np.where(counted > 0, labels, k)
        relocate_empty(counted * squared, labels, k)
        if np.array_equal(labels, before):
            break
        before = labels
        centers = _means(places, counted, labels, centers)
    squared = assign(places, centers)[1]
    return float(np.sum((mass * squared)[~_farthest(squared, mass, spare)])), centers


def _trimmed_starts(
    places: NDArray[np.float64], mass: NDArray[np.float64], k: int, rng: np.random.Generator, spare: float
) -> NDArray[np.int64]:
    """Greedy k-means++ in which what would be set aside is neither drawn nor counted: it would draw outliers first of all."""
    chosen = draw_rows(mass, 1, rng)
    nearest = squared_distances(places, places[chosen])[0]
    while len(chosen) < k:
        saving = np.where(_farthest(nearest, mass, spare), 0.0, mass * nearest)
        rows = draw_rows(saving if saving.any() else mass, default_trials(k), rng)
        costs = np.minimum(nearest, squared_distances(places, places[rows]))
        totals = [float(np.sum((mass * cost)[~_farthest(cost, mass, spare)])) for cost in costs]
        best = int(np.argmin(totals))
        chosen, nearest = np.append(chosen, rows[best]), costs[best]
    return chosen


def _farthest(squared: NDArray[np.float64], mass: NDArray[np.float64], spare: float) -> NDArray[np.bool_]:
    order = np.argsort(-squared, kind="stable")
    is_far = np.zeros(len(squared), dtype=bool)
    is_far[order[np.cumsum(mass[order]) <= spare]] = True
    return is_far


def _means(
    places: NDArray[np.float64], counted: NDArray[np.float64], labels: NDArray[np.int64], centers: NDArray[np.float64]
) -> NDArray[np.float64]:
    k = len(centers)
    masses = np.bincount(labels, counted, minlength=k)[:k]
    sums = np.column_stack([np.bincount(labels, counted * column, minlength=k)[:k] for column in places.T])
    return np.where(masses[:, None] > 0, sums / np.where(masses > 0, masses, 1.0)[:, None], centers)


def _is_among(points: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.bool_]:
    row = np.dtype((np.void, points.dtype.itemsize * points.shape[1]))
    # Adding 0 turns -0 into 0, which are the same place with different bytes.
    given, wanted = (np.ascontiguousarray(array + 0.0).view(row).ravel() for array in (points, places))
    found: NDArray[np.bool_] = np.isin(given, wanted)
    return found
