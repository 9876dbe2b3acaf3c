"""K-Means as an estimator: weighted Lloyd iteration from many starts, in the compiled core."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np

from placement.kernels import STOP_REASONS
from placement.kmeans.effort import EFFORTS, Clock, Found, best_of, improvements, is_cut, require_time_limit, run_starts
from placement.kmeans.kicks import search
from placement.kmeans.nearest_center import NearestCenter, nearest
from placement.kmeans.origin import choose_origin, origin_between
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.table import as_table
from placement.kmeans.tree_ground import ALGORITHMS, PlainGround, TreeGround, make_ground
from placement.kmeans.validation import (
    as_points,
    as_weights,
    require_choice,
    require_integer,
    require_tolerance,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_AUTO_N_INIT = 10


class KMeans(NearestCenter):
    """K-Means clustering: k centres that make the weighted sum of squared distances to the nearest one small.

    Minimises sum_i w_i min_j |x_i − c_j|² by Lloyd's iteration from `n_init` starts and keeps the best.

    Parameters
    ----------
    n_clusters : int
        Number of centres k, between 1 and the number of samples.
    init : {"k-means++", "random"} or array-like of shape (k, d)
        How to start: greedy k-means++, samples drawn at random (with chances proportional to their weights), or these centres.
    n_init : int or "auto"
        Number of starts; "auto" is 10, or 1 when `init` is an array.
    max_iter : int
        Most iterations of one start, at least 1.
    tol : float
        A start ends when the squared moves of all centres sum to no more than `tol` times the mean (weighted) variance of
        the features; 0 goes on until nothing changes.
    random_state : int, numpy Generator, numpy RandomState or None
        Where random starts come from. The same int gives the same bits, and more starts keep the earlier ones.
    algorithm : {"auto", "tree", "lloyd"}
        All choices are exact Lloyd iterations and find the same labels: on a tree (up to four features), every sample against
        every centre, or the faster of them.
    effort : {"fast", "good", "best"}
        "fast" is the starts alone. "good" and "best" then search for better centres by moving some elsewhere, ten times as
        long for "best"; "good" ends early when short searches from ten starts all end alike. Effort counts work, not seconds.
    time_limit : float or None
        Seconds on the clock after which the iteration at work is the last one and no further start or try of the search begins;
        the best so far is the result. One start goes one iteration at least.
    n_threads : int or None
        None for all available processors. The result does not depend on it.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (k, d)
        The centres.
    labels_ : ndarray of shape (n,)
        Position of the centre nearest to each sample (ties: the lowest); always what `predict` says of the same samples.
    inertia_ : float
        The weighted sum of squared distances [squared unit of the data].
    n_iter_ : int
        Iterations of the best start.
    stop_reason_ : {"labels_unchanged", "center_shift", "max_iter", "time_limit"}
        Why the best start ended.
    inertias_ : ndarray of shape (n_init,)
        Where every start ended.
    history_ : ndarray of shape (m, 2)
        Each time something better was found: after how many tries (starts first, then tries of the search), and its inertia.
    is_stopped_by_time_ : bool
        Whether `time_limit` cut the work short; only then may the result differ from one machine to another.
    n_relocations_ : int
        How often the best start moved an empty centre to the costliest sample.
    n_features_in_ : int
        Number of features d.
    feature_names_in_ : ndarray of shape (d,)
        Column names, if fitted on a data frame whose names are all text.

    See Also
    --------
    placement.kernels.kmeans_from : The iteration and what holds at each of its stops.

    Notes
    -----
    Ctrl-C is heard between iterations and leaves an estimator as it was before `fit`.

    O(n k d) an iteration. Samples are sorted, copies merged and samples of weight 0 left out before the first start: a sample of
    integer weight w and w copies of it, or the same samples in another order, give the same centres. Parameters and
    attributes are those of scikit-learn's `KMeans`; unlike there, `tol` refers to the weighted variance and samples of weight 0
    change nothing.

    References
    ----------
    .. [1] S. Lloyd, "Least squares quantization in PCM", IEEE Trans. Information Theory 28(2), 1982, section III (method I).
    .. [2] D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, section 2.2.

    Examples
    --------
    >>> model = KMeans(n_clusters=2, random_state=0).fit([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0]])
    >>> sorted(model.cluster_centers_.tolist()), model.inertia_
    ([[1.0, 0.0], [10.0, 0.0]], 2.0)
    """

    inertia_: float
    n_iter_: int
    stop_reason_: str
    inertias_: NDArray[np.float64]
    history_: NDArray[np.float64]
    is_stopped_by_time_: bool
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
        algorithm: str = "auto",
        effort: str = "fast",
        time_limit: float | None = None,
        n_threads: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.random_state = random_state
        self.algorithm = algorithm
        self.effort = effort
        self.time_limit = time_limit
        self.n_threads = n_threads

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
        KMeans
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
        require_time_limit(self.time_limit)
        return self.fit_within(X, Clock(self.time_limit), sample_weight)

    def fit_within(self, X: Any, clock: Clock, sample_weight: ArrayLike | None = None) -> Self:
        """Find the centres in the time that a clock of one's own grants: `fit` for those who watch and may stop it.

        Parameters
        ----------
        X : array-like or data frame of shape (n, d)
            As for `fit`.
        clock : Clock
            Asked before each further start and hears of those done; `time_limit` is not looked at.
        sample_weight : array-like of shape (n,), optional
            As for `fit`.

        Returns
        -------
        KMeans
            This estimator, fitted; `is_stopped_by_time_` says whether the clock cut the work short.

        Raises
        ------
        ValueError
            As for `fit`.
        TypeError
            As for `fit`.
        """
        self._check_parameters()
        table = as_table(X, n_threads=self.n_threads)
        points = table.points
        weights = None if sample_weight is None else as_weights(sample_weight, len(points))
        if len(points) < self.n_clusters:
            raise ValueError(f"n_samples={len(points)} should be >= n_clusters={self.n_clusters}")
        origin = origin_between(table.low, table.high)
        ground = make_ground(table, weights, origin, self.algorithm, self.n_threads)
        found = self._find(ground, origin, clock)
        centers = found.final.centers[0] + origin
        self._keep(found, centers, self._label(points, ground, centers, origin))
        self._keep_features(X, points)
        return self

    def _check_parameters(self) -> None:
        require_integer("n_clusters", self.n_clusters, 1)
        require_integer("max_iter", self.max_iter, 1)
        require_tolerance(self.tol)
        require_choice("algorithm", self.algorithm, ALGORITHMS)
        require_choice("effort", self.effort, EFFORTS)
        if isinstance(self.init, str):
            require_choice("init", self.init, ("k-means++", "random"))
        if self.n_init != "auto":
            require_integer("n_init", self.n_init, 1)
        if self.n_threads is not None:
            require_integer("n_threads", self.n_threads, 1)

    def _find(self, ground: PlainGround | TreeGround, origin: NDArray[np.float64], clock: Clock) -> Found:
        if ground.n_rows < self.n_clusters:
            text = f"only {ground.n_rows} distinct samples have weight, fewer than n_clusters={self.n_clusters}: some stay empty"
            warnings.warn(text, UserWarning, stacklevel=4)
        tol = float(self.tol) * ground.mean_variance
        ground.rules = {"max_iter": self.max_iter, "tol": tol, "n_threads": self.n_threads}
        if isinstance(self.init, str):
            n_init = _AUTO_N_INIT if isinstance(self.n_init, str) else self.n_init
            seeds = draw_seeds(self.random_state, n_init)
            init: Literal["random", "k-means++"] = "random" if self.init == "random" else "k-means++"
            runs = run_starts(ground, self.n_clusters, seeds, init, clock)
        else:
            ground.rules["time_limit"] = clock.remaining()
            runs = ground.run_from((self._given_centers(len(origin)) - origin)[None])
            seeds = draw_seeds(self.random_state, 1)
        is_stopped = len(runs.inertia) < len(seeds) or is_cut(runs)
        if self.effort == "fast" or is_stopped:
            return Found(runs, best_of(runs), improvements(runs.inertia), is_stopped)
        return search(ground, runs, self.effort, int(seeds[0]), clock)

    def _label(
        self,
        points: NDArray[Any],
        ground: PlainGround | TreeGround,
        centers: NDArray[np.float64],
        origin: NDArray[np.float64],
    ) -> NDArray[np.int64]:
        if isinstance(ground, PlainGround):
            return nearest(points, centers, self.n_threads)[0]
        # Counted from where `predict` counts: rounding then decides near ties alike.
        labels = ground.tree.labels(centers - origin, seen_from=choose_origin(centers), n_threads=self.n_threads)
        if ground.tree.has_weightless:
            is_weightless = labels < 0
            labels[is_weightless] = nearest(points[is_weightless], centers, self.n_threads)[0]
        return labels

    def _given_centers(self, n_features: int) -> NDArray[np.float64]:
        centers = as_points(self.init)
        if centers.shape != (self.n_clusters, n_features):
            expected = (self.n_clusters, n_features)
            raise ValueError(f"init must have shape (n_clusters, n_features) = {expected}, got {centers.shape}")
        if not isinstance(self.n_init, str) and self.n_init > 1:
            text = f"init gives the centres: one start instead of n_init={self.n_init}, they would all be alike"
            warnings.warn(text, RuntimeWarning, stacklevel=5)
        return centers

    def _keep(self, found: Found, centers: NDArray[np.float64], labels: NDArray[np.int64]) -> None:
        final = found.final
        fitted = {
            "cluster_centers_": centers,
            "labels_": labels,
            "inertia_": float(final.inertia[0]),
            "n_iter_": int(final.n_iter[0]),
            "stop_reason_": STOP_REASONS[final.stop_reason[0]],
            "n_relocations_": int(final.n_relocations[0]),
            "inertias_": found.runs.inertia,
            "history_": found.history,
            "is_stopped_by_time_": found.is_stopped_by_time,
        }
        vars(self).update(fitted)  # all at once: Ctrl-C leaves the fit before or this one, nothing in between
