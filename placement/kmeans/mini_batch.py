"""Mini-batch K-Means: small random batches instead of all samples, for data that arrive in parts or outgrow memory."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from placement.kernels import kmeans_restarts, merge_points
from placement.kmeans.batches import Patience, absorb_batch, reassign_starved
from placement.kmeans.nearest_center import NearestCenter
from placement.kmeans.origin import choose_origin
from placement.kmeans.plus_plus import draw_rows
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import (
    as_points,
    as_weights,
    require_choice,
    require_integer,
    require_same_features,
    require_tolerance,
)
from placement.kmeans.variance import mean_variance

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_INIT_BATCHES = 3
_RANDOM_STARTS = 3
_LOOK_EVERY = 10
"""Starved centres are looked for whenever so many samples a centre have passed."""


class MiniBatchKMeans(NearestCenter):
    """K-Means by small steps: each batch pulls its nearest centres towards it, ever more gently.

    `KMeans` is exact and, on data in memory, usually faster and always better; this one is for streams (`partial_fit`).

    Parameters
    ----------
    n_clusters : int
        Number of centres k, between 1 and the number of samples.
    init : {"k-means++", "random"} or array-like of shape (k, d)
        How to start, on a random part of the samples; or these centres.
    max_iter : int
        Most passes over the data, at least 1; counted in samples drawn.
    batch_size : int
        Samples of one step, at least 1.
    random_state : int, numpy Generator, numpy RandomState or None
        Where the start and the batches come from. The same int gives the same bits.
    tol : float
        `fit` ends when the squared moves of all centres in one step sum to no more than `tol` times the mean (weighted) variance
        of the features; 0 switches that off.
    max_no_improvement : int or None
        `fit` ends after so many steps in which the smoothed cost of the batches found no new least value; None switches it off.
    init_size : int or None
        Samples from which the start is made, at least k; None for three batches, but at least 3k.
    n_init : int or "auto"
        Starts tried on that part, of which the best goes on; "auto" is 1, or 3 for "random".
    reassignment_ratio : float
        A centre that was given less than so many times what the busiest one got is moved to a costly sample of the batch.
    n_threads : int or None
        None for all available processors. The result does not depend on it.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (k, d)
        The centres.
    counts_ : ndarray of shape (k,)
        How much each centre was given so far: samples drawn in `fit`, weight in `partial_fit`.
    labels_ : ndarray of shape (n,)
        Position of the centre nearest to each sample of `fit` or of the last `partial_fit` (ties: the lowest).
    inertia_ : float
        The weighted sum of squared distances of the same samples [squared unit of the data].
    n_iter_ : int
        Passes begun over the data of `fit`.
    n_steps_ : int
        Batches taken in so far.
    n_relocations_ : int
        How often a starved centre was moved.
    n_features_in_ : int
        Number of features d.
    feature_names_in_ : ndarray of shape (d,)
        Column names, if fitted on a data frame whose names are all text.

    Notes
    -----
    O(batch k d) a step. `fit` sorts the samples and merges copies first, then draws with chances proportional to the weights:
    weight w and w copies, or another order, give the same centres. `partial_fit` takes a batch as it comes.

    References
    ----------
    .. [1] D. Sculley, "Web-scale k-means clustering", WWW 2010, algorithm 1.

    Examples
    --------
    >>> model = MiniBatchKMeans(2, random_state=0)
    >>> for batch in ([[0.0], [10.0]], [[2.0], [12.0]], [[1.0], [11.0]]):
    ...     model = model.partial_fit(batch)
    >>> sorted(model.cluster_centers_.ravel().tolist()), model.n_steps_
    ([1.0, 11.0], 3)
    """

    counts_: NDArray[np.float64]
    inertia_: float
    n_iter_: int
    n_steps_: int
    n_relocations_: int

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        init: str | ArrayLike = "k-means++",
        max_iter: int = 100,
        batch_size: int = 1024,
        random_state: RandomState = None,
        tol: float = 0.0,
        max_no_improvement: int | None = 10,
        init_size: int | None = None,
        n_init: int | str = "auto",
        reassignment_ratio: float = 0.01,
        n_threads: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.random_state = random_state
        self.tol = tol
        self.max_no_improvement = max_no_improvement
        self.init_size = init_size
        self.n_init = n_init
        self.reassignment_ratio = reassignment_ratio
        self.n_threads = n_threads

    def fit(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> Self:
        """Find the centres from batches drawn at random; what was learnt before is forgotten.

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
        MiniBatchKMeans
            This estimator, fitted.

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
        origin = choose_origin(points)
        places, mass = merge_points(points - origin, weights)
        self._begin(points, places, mass, origin)
        self._step_through(places, mass)
        self.cluster_centers_ = self.cluster_centers_ + origin
        self._finish(X, points, weights)
        return self

    def partial_fit(self, X: Any, y: object = None, sample_weight: ArrayLike | None = None) -> Self:
        """Take in one batch; the first also chooses the start.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            Finite numbers; the first batch needs as many rows as clusters. Not changed.
        y : object
            Ignored; there so that pipelines can pass it.
        sample_weight : array-like of shape (n,), optional
            At least 0 and not all 0; 1 each when left out.

        Returns
        -------
        MiniBatchKMeans
            This estimator.

        Raises
        ------
        ValueError
            If a parameter, a sample or a weight is not allowed, the features are not those of earlier batches, or the first
            batch has fewer samples than clusters.
        TypeError
            If X is sparse or not made of numbers.

        Warns
        -----
        UserWarning
            If the first batch has fewer distinct samples than clusters; the centres left over start as copies.
        """
        del y
        self._check_parameters()
        points = as_points(X)
        weights = as_weights(sample_weight, len(points))
        if not hasattr(self, "cluster_centers_"):
            origin = choose_origin(points)
            self._begin(points, *merge_points(points - origin, weights), origin)
            self.cluster_centers_ = self.cluster_centers_ + origin
        else:
            require_same_features(self, X, points)
        self._step(points, weights)
        self._finish(X, points, weights)
        return self

    def _check_parameters(self) -> None:
        for name in ("n_clusters", "max_iter", "batch_size"):
            require_integer(name, getattr(self, name), 1)
        require_tolerance(self.tol)
        if isinstance(self.init, str):
            require_choice("init", self.init, ("k-means++", "random"))
        if self.n_init != "auto":
            require_integer("n_init", self.n_init, 1)
        for name, least in (("max_no_improvement", 1), ("init_size", self.n_clusters), ("n_threads", 1)):
            if getattr(self, name) is not None:
                require_integer(name, getattr(self, name), least)
        if not 0 <= self.reassignment_ratio < 1:
            raise ValueError(f"reassignment_ratio must be at least 0 and below 1, got {self.reassignment_ratio!r}")

    def _begin(
        self, points: NDArray[np.float64], places: NDArray[np.float64], mass: NDArray[np.float64], origin: NDArray[np.float64]
    ) -> None:
        k = self.n_clusters
        if len(points) < k:
            raise ValueError(f"n_samples={len(points)} should be >= n_clusters={k}")
        self._rng = np.random.default_rng(draw_seeds(self.random_state, 1)[0])
        self.cluster_centers_ = self._start(places, mass, origin)
        self.counts_ = np.zeros(k)
        self.n_steps_ = self.n_iter_ = self.n_relocations_ = 0
        self._n_since_look = 0

    def _start(self, places: NDArray[np.float64], mass: NDArray[np.float64], origin: NDArray[np.float64]) -> NDArray[np.float64]:
        k, d = self.n_clusters, places.shape[1]
        if not isinstance(self.init, str):
            centers = as_points(self.init)
            if centers.shape != (k, d):
                raise ValueError(f"init must have shape (n_clusters, n_features) = {(k, d)}, got {centers.shape}")
            return centers - origin
        if len(places) < k:
            text = f"only {len(places)} distinct samples have weight, fewer than n_clusters={k}: some stay empty"
            warnings.warn(text, UserWarning, stacklevel=4)
        size = max(_INIT_BATCHES * self.batch_size, _INIT_BATCHES * k) if self.init_size is None else self.init_size
        if len(places) > size:
            # The least of exponential times of rate w is a draw without replacement with chances proportional to w.
            order = np.argpartition(self._rng.exponential(size=len(places)) / mass, size)[:size]
            places, mass = places[order], np.ones(size)
        is_random = self.init == "random"
        n_init = (_RANDOM_STARTS if is_random else 1) if isinstance(self.n_init, str) else self.n_init
        seeds = self._rng.integers(0, 2**64, size=n_init, dtype=np.uint64)
        init: Any = self.init
        runs = kmeans_restarts(places, mass, k, seeds=seeds, init=init, max_iter=1, n_threads=self.n_threads)
        best: NDArray[np.float64] = runs.centers[int(np.argmin(runs.inertia))]
        return best.copy()

    def _step_through(self, places: NDArray[np.float64], mass: NDArray[np.float64]) -> None:
        size = min(self.batch_size, len(places))
        tol = float(self.tol) * mean_variance(places, mass)
        patience = Patience(self.max_no_improvement, min(1.0, 2.0 * size / (len(places) + 1)))
        for _ in range(self.max_iter * -(-len(places) // size)):
            before = self.cluster_centers_.copy()
            cost = self._step(places[draw_rows(mass, size, self._rng)], np.ones(size))
            is_still = self.tol > 0 and float(np.sum((self.cluster_centers_ - before) ** 2)) <= tol
            if patience.has_run_out(cost) or is_still:
                break
        self.n_iter_ = -(-self.n_steps_ * size // len(places))

    def _step(self, batch: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
        squared = absorb_batch(batch, weights, self.cluster_centers_, self.counts_, n_threads=self.n_threads)
        costs = weights * squared
        self.n_steps_ += 1
        self._n_since_look += len(batch)
        if self._n_since_look >= _LOOK_EVERY * self.n_clusters:
            self._n_since_look = 0
            self.n_relocations_ += reassign_starved(
                batch, costs, self.cluster_centers_, self.counts_, ratio=float(self.reassignment_ratio), rng=self._rng
            )
        return float(costs.sum() / weights.sum())

    def _finish(self, X: Any, points: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
        self._keep_features(X, points)
        self.labels_, squared = self._nearest(points)
        self.inertia_ = float(np.sum(weights * squared))
