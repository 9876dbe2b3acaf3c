"""Bisecting K-Means: one cluster, then the worst one cut in two again and again."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from placement.kernels import assign, kmeans_restarts, merge_points
from placement.kmeans.nearest_center import NearestCenter
from placement.kmeans.origin import choose_origin
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.validation import as_points, as_weights, require_choice, require_integer, require_tolerance
from placement.kmeans.variance import mean_variance

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_STRATEGIES = ("biggest_inertia", "largest_cluster")


class _Part(NamedTuple):
    """Rows of one cluster of the hierarchy, their centre and their two measures of size."""

    rows: NDArray[np.int64]
    center: NDArray[np.float64]
    inertia: float
    weight: float


class BisectingKMeans(NearestCenter):
    """Bisecting K-Means: split one cluster by 2-means until there are k.

    Fast, repeatable and hierarchical in construction; the inertia is usually above that of `KMeans`, which moves all
    centres together.

    Parameters
    ----------
    n_clusters : int
        Number of centres k, between 1 and the number of samples.
    init : {"random", "k-means++"}
        How each split starts.
    n_init : int
        Starts of each split; the best is kept.
    random_state : int, numpy Generator, numpy RandomState or None
        Where random starts come from. The same int gives the same bits.
    max_iter : int
        Most iterations of one split, at least 1.
    tol : float
        A split ends when the squared moves of its two centres sum to no more than `tol` times the mean (weighted) variance of
        the features of all samples.
    bisecting_strategy : {"biggest_inertia", "largest_cluster"}
        Which cluster is cut next: the one of most inertia, or of most weight (ties: the lowest position). One that holds a single
        place is never cut.
    n_threads : int or None
        None for all available processors. The result does not depend on it.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (k, d)
        The centre of each part of the hierarchy, in the order in which parts were made; the first half of a part takes its
        place.
    labels_ : ndarray of shape (n,)
        Position of the centre nearest to each sample (ties: the lowest); always what `predict` says of the same samples.
    inertia_ : float
        The weighted sum of squared distances to the nearest centre [squared unit of the data].
    n_features_in_ : int
        Number of features d.
    feature_names_in_ : ndarray of shape (d,)
        Column names, if fitted on a data frame whose names are all text.

    Notes
    -----
    Unlike scikit-learn, whose `predict` goes down the tree of splits, a sample belongs to its nearest centre here, as with
    every estimator of this package: that never costs more. Samples are sorted and copies merged first, so weights are copies
    and the order of samples does not matter.

    References
    ----------
    .. [1] M. Steinbach, G. Karypis, V. Kumar, "A comparison of document clustering techniques", KDD Workshop on Text Mining,
       2000, section 3.

    Examples
    --------
    >>> model = BisectingKMeans(3, random_state=0).fit([[0.0], [1.0], [10.0], [11.0], [30.0]])
    >>> sorted(model.cluster_centers_.ravel().tolist()), model.inertia_
    ([0.5, 10.5, 30.0], 1.0)
    """

    inertia_: float

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        init: str = "random",
        n_init: int = 1,
        random_state: RandomState = None,
        max_iter: int = 300,
        tol: float = 1e-4,
        bisecting_strategy: str = "biggest_inertia",
        n_threads: int | None = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.random_state = random_state
        self.max_iter = max_iter
        self.tol = tol
        self.bisecting_strategy = bisecting_strategy
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
        BisectingKMeans
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
        if len(points) < self.n_clusters:
            raise ValueError(f"n_samples={len(points)} should be >= n_clusters={self.n_clusters}")
        origin = choose_origin(points)
        self.cluster_centers_ = self._split(*merge_points(points - origin, weights)) + origin
        self._keep_features(X, points)
        self.labels_, squared = self._nearest(points)
        self.inertia_ = float(np.sum(weights * squared))
        return self

    def _check_parameters(self) -> None:
        for name in ("n_clusters", "n_init", "max_iter"):
            require_integer(name, getattr(self, name), 1)
        require_tolerance(self.tol)
        require_choice("init", self.init, ("random", "k-means++"))
        require_choice("bisecting_strategy", self.bisecting_strategy, _STRATEGIES)
        if self.n_threads is not None:
            require_integer("n_threads", self.n_threads, 1)

    def _split(self, points: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        if len(points) < self.n_clusters:
            text = f"only {len(points)} distinct samples have weight, fewer than n_clusters={self.n_clusters}: some stay empty"
            warnings.warn(text, UserWarning, stacklevel=3)
        rng = np.random.default_rng(draw_seeds(self.random_state, 1)[0])
        tol = float(self.tol) * mean_variance(points, weights)
        parts = [_as_part(points, weights, np.arange(len(points)))]
        while len(parts) < min(self.n_clusters, len(points)):
            cut = self._choose(parts)
            seeds = rng.integers(0, 2**64, size=self.n_init, dtype=np.uint64)
            first, second = self._halve(points, weights, parts[cut].rows, seeds, tol)
            parts[cut] = _as_part(points, weights, first)
            parts.append(_as_part(points, weights, second))
        centers = [part.center for part in parts]
        return np.array(centers + centers[-1:] * (self.n_clusters - len(centers)))

    def _choose(self, parts: list[_Part]) -> int:
        sizes = [part.inertia if self.bisecting_strategy == "biggest_inertia" else part.weight for part in parts]
        divisible = [size if len(part.rows) > 1 else -1.0 for size, part in zip(sizes, parts, strict=True)]
        return int(np.argmax(divisible))

    def _halve(
        self,
        points: NDArray[np.float64],
        weights: NDArray[np.float64],
        rows: NDArray[np.int64],
        seeds: NDArray[np.uint64],
        tol: float,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        own, own_weights = points[rows], weights[rows]
        runs = kmeans_restarts(
            own,
            own_weights,
            2,
            seeds=seeds,
            init="random" if self.init == "random" else "k-means++",
            max_iter=self.max_iter,
            tol=tol,
            n_threads=self.n_threads,
        )
        is_second = assign(own, runs.centers[int(np.argmin(runs.inertia))], n_threads=self.n_threads)[0] == 1
        if is_second.all() or not is_second.any():
            is_second = np.arange(len(rows)) == len(rows) - 1  # places too near for their squares to tell apart
        return rows[~is_second], rows[is_second]


def _as_part(points: NDArray[np.float64], weights: NDArray[np.float64], rows: NDArray[np.int64]) -> _Part:
    own = weights[rows]
    # About the first row, so that a part of one place has exactly that place as its centre.
    center = points[rows[0]] + own @ (points[rows] - points[rows[0]]) / own.sum()
    return _Part(rows, center, float(np.sum(own @ (points[rows] - center) ** 2)), float(own.sum()))
