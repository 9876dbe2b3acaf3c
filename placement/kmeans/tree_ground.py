"""The points of a fit in one canonical form, and the fastest exact way to iterate on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np

from placement.kernels import (
    KMeansRuns,
    LloydRules,
    PointTree,
    kmeans_from,
    kmeans_restarts,
    merge_points,
    search_swaps,
)
from placement.kmeans.variance import mean_variance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from placement.kmeans.table import Table

ALGORITHMS = ("auto", "tree", "lloyd")
"""Exact iterations of the same meaning: on a tree (up to four features), every point against every centre, or the faster."""

_FEW = {1: 2000, 2: 5000, 3: 20_000, 4: 50_000}
"""By number of features: with fewer points a sweep over all of them is sooner done than a walk over nodes."""

_COARSE = 4000
_COARSE_PER_CENTER = 40
_LARGE = 20_000
"""Above so many points the search works on this many node means, at least so many a centre; the iteration after it is exact."""


class Search(NamedTuple):
    """What a search found, see `placement.kernels.SwapSearch`; `is_exact` when its inertias are those of all points."""

    centers: NDArray[np.float64]
    kick: NDArray[np.int64]
    inertia: NDArray[np.float64]
    n_kicks: int
    is_stopped_by_time: bool
    is_exact: bool


class Ground(Protocol):
    """Weighted points, every place once, and what can be done with them; coordinates are counted from the fit's origin."""

    n_rows: int
    mean_variance: float
    rules: LloydRules

    def restarts(self, n_clusters: int, seeds: NDArray[np.uint64], init: Literal["k-means++", "random"]) -> KMeansRuns:
        """Run once from each seed."""

    def run_from(self, starts: NDArray[np.float64]) -> KMeansRuns:
        """Run from given centres (r, k, d)."""

    def search(self, centers: NDArray[np.float64], seed: int, n_kicks: int, time_limit: float) -> Search:
        """Swap centres (k, d) for better ones."""


class PlainGround:
    """Points in lexicographic order, for any number of features.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Counted from the origin.
    weights : ndarray of shape (n,)
        At least 0, not all 0.
    """

    def __init__(self, points: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
        self._points, self._weights = merge_points(points, weights)
        self.n_rows = len(self._points)
        self.mean_variance = mean_variance(self._points, self._weights)
        self.rules: LloydRules = {}

    def restarts(self, n_clusters: int, seeds: NDArray[np.uint64], init: Literal["k-means++", "random"]) -> KMeansRuns:
        """Run once from each seed; see `placement.kernels.kmeans_restarts`."""
        return kmeans_restarts(self._points, self._weights, n_clusters, seeds=seeds, init=init, **self.rules)

    def run_from(self, starts: NDArray[np.float64]) -> KMeansRuns:
        """Run from given centres; see `placement.kernels.kmeans_from`."""
        return kmeans_from(self._points, self._weights, starts, **self.rules)

    def search(self, centers: NDArray[np.float64], seed: int, n_kicks: int, time_limit: float) -> Search:
        """Swap centres for better ones; see `placement.kernels.search_swaps`."""
        found = search_swaps(self._points, self._weights, centers, seed=seed, n_kicks=n_kicks, time_limit=time_limit)
        return Search(*found, is_exact=True)


@dataclass
class TreeGround:
    """Points on a tree, for up to four features.

    Parameters
    ----------
    tree : PointTree
        Built from the points.
    algorithm : {"auto", "tree", "lloyd"}
        How to iterate; "auto" takes the tree when there are enough points.
    """

    tree: PointTree
    algorithm: str

    def __post_init__(self) -> None:
        """Read off the tree what everybody asks for."""
        self.n_rows = self.tree.n_rows
        self.mean_variance = self.tree.scatter / self.tree.weight / self.tree.n_columns
        self.rules: LloydRules = {}
        is_few = self.algorithm == "auto" and self.n_rows < _FEW[self.tree.n_columns]
        self._way: Literal["tree", "lloyd"] = "lloyd" if is_few or self.algorithm == "lloyd" else "tree"

    def restarts(self, n_clusters: int, seeds: NDArray[np.uint64], init: Literal["k-means++", "random"]) -> KMeansRuns:
        """Run once from each seed; see `PointTree.kmeans_restarts`."""
        return self.tree.kmeans_restarts(n_clusters, seeds=seeds, init=init, algorithm=self._way, **self.rules)

    def run_from(self, starts: NDArray[np.float64]) -> KMeansRuns:
        """Run from given centres; see `PointTree.kmeans_from`."""
        return self.tree.kmeans_from(starts, algorithm=self._way, **self.rules)

    def search(self, centers: NDArray[np.float64], seed: int, n_kicks: int, time_limit: float) -> Search:
        """Swap centres for better ones: on all points, or on means of small nodes when there are very many."""
        n_coarse = max(_COARSE, _COARSE_PER_CENTER * len(centers))
        if self.n_rows <= max(_LARGE, n_coarse):
            exact = self.tree.search_swaps(centers, seed=seed, n_kicks=n_kicks, time_limit=time_limit)
            return Search(*exact, is_exact=True)
        found = search_swaps(*self.tree.coarse(n_coarse), centers, seed=seed, n_kicks=n_kicks, time_limit=time_limit)
        return Search(*found, is_exact=False)


def make_ground(
    table: Table,
    weights: NDArray[np.float64] | None,
    origin: NDArray[np.float64],
    algorithm: str,
    n_threads: int | None,
) -> PlainGround | TreeGround:
    """Return the points in canonical form: copies merged, nothing of weight 0, the order of the input forgotten.

    Parameters
    ----------
    table : Table
        Samples.
    weights : ndarray of shape (n,) or None
        At least 0, not all 0; None for 1 each.
    origin : ndarray of shape (d,)
        From where coordinates are counted.
    algorithm : {"auto", "tree", "lloyd"}
        How to iterate. The form, and with it every random start, depends on the number of features alone.
    n_threads : int or None
        None for all available processors.

    Returns
    -------
    PlainGround or TreeGround
        A tree for up to four features.

    Raises
    ------
    ValueError
        If a tree is demanded for more features.

    Examples
    --------
    >>> from placement.kmeans.table import as_table
    >>> make_ground(as_table([[1.0], [3.0]]), None, np.zeros(1), "auto", 1).mean_variance
    1.0
    """
    points, low, high = table
    if points.shape[1] <= PointTree.MOST_COLUMNS:
        tree = PointTree(points, weights, origin=origin, extent=(low, high), n_threads=n_threads)
        return TreeGround(tree, algorithm)
    if algorithm == "tree":
        raise ValueError(f"algorithm='tree' is for up to {PointTree.MOST_COLUMNS} features, got {points.shape[1]}")
    return PlainGround(points - origin, np.ones(len(points)) if weights is None else weights)
