"""K-Means with another cost: give each sample to its cheapest centre, move each centre to its samples' best place, repeat."""

from __future__ import annotations

import warnings
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from placement.kernels import STOP_REASONS, merge_points
from placement.kmeans.nearest_center import NearestCenter
from placement.kmeans.plus_plus import default_trials, greedy_starts
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import as_points, as_weights, require_choice, require_integer, require_tolerance
from placement.kmeans.variance import mean_variance

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_AUTO_N_INIT = 10


class _Run(NamedTuple):
    """Where one start ended; as `placement.kernels.KMeansRuns`, for a single run."""

    centers: NDArray[np.float64]
    inertia: float
    n_iter: int
    stop_reason: str
    n_relocations: int


class Alternating(NearestCenter):
    """Base of the estimators that lower a cost other than squared Euclidean distance by turns; subclasses say which.

    Parameters
    ----------
    n_clusters : int
        Number of centres k, between 1 and the number of samples.
    init : {"k-means++", "random"} or array-like of shape (k, d)
        How to start: greedy k-means++ with chances proportional to the cost; samples drawn at random (with chances proportional
        to their weights); or these centres.
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
        None for all available processors. The result does not depend on it.
    """

    inertia_: float
    n_iter_: int
    stop_reason_: str
    inertias_: NDArray[np.float64]
    n_relocations_: int

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        init: str | ArrayLike = "k-means++",
        n_init: int | str = "auto",
        max_iter: int = 300,
        tol: float = 1e-4,
        random_state: RandomState = None,
        n_threads: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.random_state = random_state
        self.n_threads = n_threads

    @abstractmethod
    def _prepare(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the points to work with, and what to add to their centres for those of the user's points."""

    def _as_start(self, centers: NDArray[np.float64], shift: NDArray[np.float64]) -> NDArray[np.float64]:
        return centers - shift

    def _has_say(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.ones(len(points), dtype=bool)

    @abstractmethod
    def _costs(self, points: NDArray[np.float64], centers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the cost of serving each point from each centre, shape (k, n)."""

    @abstractmethod
    def _assign(self, points: NDArray[np.float64], centers: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the cheapest centre (ties: the lowest) and its cost for each prepared point."""

    @abstractmethod
    def _best_places(
        self, points: NDArray[np.float64], weights: NDArray[np.float64], labels: NDArray[np.int64], centers: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the centre of least cost for each cluster; one without points stays where it is."""

    def fit(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> Self:
        """Find the centres.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers; at least as many rows as clusters. Not changed.
        y : object
            Ignored; there so that pipelines can pass it.
        sample_weight : array-like of shape (n,), optional
            At least 0 and not all 0; 1 each when left out.

        Returns
        -------
        estimator
            This one, fitted.

        Raises
        ------
        ValueError
            If a parameter, a sample or a weight is not allowed, or there are fewer samples than clusters.
        TypeError
            If X is sparse or not made of numbers.

        Warns
        -----
        UserWarning
            If there are fewer distinct samples than clusters; the centres left over are copies.
        """
        del y
        self._check_parameters()
        points = as_points(X)
        weights = as_weights(sample_weight, len(points))
        if len(points) < self.n_clusters:
            raise ValueError(f"n_samples={len(points)} should be >= n_clusters={self.n_clusters}")
        prepared, shift = self._prepare(points)
        places, mass = merge_points(prepared, weights * self._has_say(points))
        if len(places) < self.n_clusters:
            text = f"only {len(places)} distinct samples have weight, fewer than n_clusters={self.n_clusters}: some stay empty"
            warnings.warn(text, UserWarning, stacklevel=2)
        tol = float(self.tol) * mean_variance(places, mass)
        runs = [self._run(places, mass, start, tol) for start in self._starts(places, mass, shift)]
        self._keep_best(runs, shift)
        self._keep_features(X, points)
        self.labels_ = self._nearest(points)[0]
        return self

    def _check_parameters(self) -> None:
        require_integer("n_clusters", self.n_clusters, 1)
        require_integer("max_iter", self.max_iter, 1)
        require_tolerance(self.tol)
        if isinstance(self.init, str):
            require_choice("init", self.init, ("k-means++", "random"))
        if self.n_init != "auto":
            require_integer("n_init", self.n_init, 1)
        if self.n_threads is not None:
            require_integer("n_threads", self.n_threads, 1)

    def _starts(
        self, places: NDArray[np.float64], mass: NDArray[np.float64], shift: NDArray[np.float64]
    ) -> list[NDArray[np.float64]]:
        if not isinstance(self.init, str):
            centers, expected = as_points(self.init), (self.n_clusters, places.shape[1])
            if centers.shape != expected:
                raise ValueError(f"init must have shape (n_clusters, n_features) = {expected}, got {centers.shape}")
            return [self._as_start(centers, shift)]
        n_init = _AUTO_N_INIT if isinstance(self.n_init, str) else self.n_init
        generators = [np.random.default_rng(seed) for seed in draw_seeds(self.random_state, n_init)]
        return [places[self._start_rows(places, mass, rng)] for rng in generators]

    def _start_rows(self, places: NDArray[np.float64], mass: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
        k = self.n_clusters
        if self.init == "k-means++" or len(places) <= k:
            return greedy_starts(places, mass, k, rng=rng, n_trials=default_trials(k), cost=self._costs)
        # The least of exponential times of rate w is a draw without replacement with chances proportional to w.
        return np.argsort(rng.exponential(size=len(places)) / mass)[:k]

    def _run(self, points: NDArray[np.float64], weights: NDArray[np.float64], centers: NDArray[np.float64], tol: float) -> _Run:
        labels, costs = self._assign(points, centers)
        n_iter, n_relocations, reason = 0, 0, "max_iter"
        while n_iter < self.max_iter:
            n_iter += 1
            moved = relocate_empty(weights * costs, labels, self.n_clusters)
            places = self._best_places(points, weights, labels, centers)
            shift = float(np.sum((places - centers) ** 2))
            before, centers = labels, places
            labels, costs = self._assign(points, centers)
            n_relocations += moved
            if not moved and np.array_equal(labels, before):
                reason = STOP_REASONS[0]
                break
            if shift <= tol:
                reason = STOP_REASONS[1]
                break
        return _Run(centers, float(np.sum(weights * costs)), n_iter, reason, n_relocations)

    def _keep_best(self, runs: list[_Run], shift: NDArray[np.float64]) -> None:
        self.inertias_ = np.array([run.inertia for run in runs])
        best = runs[int(np.argmin(self.inertias_))]
        self.cluster_centers_ = best.centers + shift
        self.inertia_ = best.inertia
        self.n_iter_ = best.n_iter
        self.stop_reason_ = best.stop_reason
        self.n_relocations_ = best.n_relocations


def relocate_empty(costs: NDArray[np.float64], labels: NDArray[np.int64], n_clusters: int) -> int:
    """Give each empty cluster the costliest point of a cluster that keeps another one; change `labels` in place.

    Parameters
    ----------
    costs : ndarray of shape (n,)
        Weight × cost of each point.
    labels : ndarray of shape (n,)
        Changed.
    n_clusters : int
        k.

    Returns
    -------
    int
        How many clusters were empty and were given a point; one for which no point has a cost stays empty.

    Examples
    --------
    >>> labels = np.array([0, 0, 0])
    >>> relocate_empty(np.array([1.0, 5.0, 2.0]), labels, 2), labels.tolist()
    (1, [0, 1, 0])
    """
    sizes = np.bincount(labels, minlength=n_clusters)
    moved = 0
    for position in np.flatnonzero(sizes == 0):
        left = np.where(sizes[labels] > 1, costs, 0.0)
        row = int(np.argmax(left))
        if left[row] <= 0:
            break
        sizes[labels[row]] -= 1
        labels[row], sizes[position] = position, 1
        moved += 1
    return moved
