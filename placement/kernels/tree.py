"""A tree over weighted points, built once and asked as often as one likes: many starts, many K, labels at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack

import numpy as np

from placement.kernels import _core
from placement.kernels.runs import KMeansRuns, LloydRules, init_code, unpack_rules
from placement.kernels.search import SwapSearch
from placement.kernels.threads import count_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

Algorithm = Literal["tree", "lloyd"]
"""How an iteration finds the nearest centres: on the tree, or every point against every centre. The labels are the same."""

_IS_SWEPT = {"tree": False, "lloyd": True}


class PointTree:
    """A k-d tree over weighted points in one canonical form: every place once, nothing of weight zero.

    Nodes know the box around their points, their weight, weighted sum and scatter, so that k-means moves whole nodes at once.
    The rows of the tree (see `arrays`) depend neither on the order of the input nor on whether a point was given once with
    weight w or w times.

    Parameters
    ----------
    points : ndarray of shape (n, d), float64, float32 or uint8
        Finite coordinates, d between 1 and `PointTree.MOST_COLUMNS`. Not kept, not changed; the kind of number leaves no trace.
    weights : ndarray of shape (n,), optional
        At least 0 and not all 0; 1 each when left out. A point of weight 0 gets no say.
    origin : ndarray of shape (d,), optional
        Coordinates are counted from here, and so are all centres that go in and come out; zero when left out. The
        subtraction should be exact (`placement.kmeans.origin`).
    extent : tuple of two ndarrays of shape (d,), optional
        Smallest and largest number of each column (`column_range`), when they are known already; spares a look at the points.
    n_threads : int, optional
        None for all available processors; the result is the same for any number.

    Attributes
    ----------
    n_rows : int
        Distinct places with weight.
    n_columns : int
        Columns d.
    n_nodes : int
        Nodes of the tree.
    has_weightless : bool
        Whether a point of weight 0 was given.
    weight : float
        Weight of all points.
    scatter : float
        Sum of weight × squared distance to the weighted mean of all [squared unit of the points].

    Raises
    ------
    ValueError
        If shapes disagree, d is out of range or there is no weight.

    Notes
    -----
    Building is a radix sort by cells of a halving grid and medians within crowded cells: O(n) unless most points share few
    cells, O(n log n) then. Points are dealt into buckets that fit into the cache and sorted there. Memory: the coordinates once
    more as float64, 4 bytes a point for where it stands in the input, about 2 for nodes, and 8 for weights unless all are 1.

    References
    ----------
    .. [1] T. Kanungo et al., "An efficient k-means clustering algorithm: analysis and implementation", IEEE PAMI 24(7), 2002,
       section 2. Each node stores its scatter too, and a centre is dropped only when rounding cannot make it the nearest.

    Examples
    --------
    >>> tree = PointTree(np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0], [2.0, 0.0]]))
    >>> tree.n_rows, tree.weight
    (3, 4.0)
    >>> runs = tree.kmeans_from(np.array([[[0.0, 0.0], [9.0, 0.0]]]))
    >>> tree.labels(runs.centers[0]).tolist()
    [0, 0, 1, 0]
    """

    MOST_COLUMNS = 4

    def __init__(
        self,
        points: NDArray[Any],
        weights: NDArray[np.float64] | None = None,
        *,
        origin: NDArray[np.float64] | None = None,
        extent: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
        n_threads: int | None = None,
    ) -> None:
        self.origin = np.zeros(points.shape[1]) if origin is None else origin
        self._tree = _core.Tree(points, weights, self.origin, extent, count_threads(n_threads))
        self.has_weightless = weights is not None and not bool(np.all(weights > 0))
        self.n_rows, self.n_columns, self.n_nodes, self.weight, self.scatter = self._tree.summary()

    def kmeans_restarts(
        self,
        n_clusters: int,
        *,
        seeds: NDArray[np.uint64],
        locked: NDArray[np.float64] | None = None,
        init: Literal["k-means++", "random"] = "k-means++",
        algorithm: Algorithm = "tree",
        **rules: Unpack[LloydRules],
    ) -> KMeansRuns:
        """Run k-means once for each seed and return where every run ended.

        Parameters
        ----------
        n_clusters : int
            Number of new centres, at least 0 (at least 1 when nothing is locked).
        seeds : ndarray of shape (r,), uint64
            One random stream each: a run depends on its own seed only.
        locked : ndarray of shape (l, d), optional
            Centres that never move; they come first in the result.
        init : {"k-means++", "random"}
            Greedy k-means++, or points at random with chances proportional to their weights.
        algorithm : {"tree", "lloyd"}
            Without effect on the starts and the labels.
        **rules : LloydRules
            `max_iter`, `tol`, `n_threads` and `time_limit`.

        Returns
        -------
        KMeansRuns
            All runs, in the order of the seeds.

        Raises
        ------
        ValueError
            If shapes disagree, there is no centre, or a number is out of its range.

        See Also
        --------
        placement.kernels.kmeans_restarts : The same without a tree, with all that holds.
        """
        fixed = np.empty((0, self.n_columns)) if locked is None else locked
        is_swept, code = _IS_SWEPT[algorithm], init_code(init)
        return KMeansRuns(*self._tree.restarts(n_clusters, fixed, seeds, code, is_swept, *unpack_rules(rules)))

    def kmeans_from(
        self,
        starts: NDArray[np.float64],
        *,
        n_locked: int = 0,
        algorithm: Algorithm = "tree",
        **rules: Unpack[LloydRules],
    ) -> KMeansRuns:
        """Run Lloyd's iteration from each of the given starts.

        Parameters
        ----------
        starts : ndarray of shape (r, k, d)
            Where the centres of each run start; not changed.
        n_locked : int
            The first so many centres of each run never move.
        algorithm : {"tree", "lloyd"}
            Without effect on the labels; centres may differ in their last digits, as sums are taken in another order.
        **rules : LloydRules
            `max_iter`, `tol`, `n_threads` and `time_limit`.

        Returns
        -------
        KMeansRuns
            All runs, in the order of the starts.

        Raises
        ------
        ValueError
            If shapes disagree, there is no centre, or a number is out of its range.

        See Also
        --------
        placement.kernels.kmeans_from : The same without a tree, and what holds at each stop.
        """
        return KMeansRuns(*self._tree.run_from(starts, n_locked, _IS_SWEPT[algorithm], *unpack_rules(rules)))

    def labels(
        self,
        centers: NDArray[np.float64],
        *,
        seen_from: NDArray[np.float64] | None = None,
        n_threads: int | None = None,
    ) -> NDArray[np.int64]:
        """Return the nearest centre of every point the tree was built from.

        Parameters
        ----------
        centers : ndarray of shape (k, d)
            Counted from the tree's origin.
        seen_from : ndarray of shape (d,), optional
            Near ties are decided by the rounding of coordinates counted from here; the tree's origin when left out.
        n_threads : int, optional
            None for all available processors; the result is the same for any number.

        Returns
        -------
        ndarray of shape (n,)
            What `assign` says of the points and centres counted from `seen_from` (ties: the lowest position); -1 for points
            without weight.

        Raises
        ------
        ValueError
            If shapes disagree or there is no centre.
        """
        view = self.origin if seen_from is None else seen_from
        theirs = centers if seen_from is None else (centers + self.origin) - seen_from
        return self._tree.labels(centers, theirs, view, count_threads(n_threads))

    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.uint32]]:
        """Return copies of the merged points in the tree's order, their weights, and where each point of the input went.

        Returns
        -------
        points : ndarray of shape (n_rows, d)
            Counted from the tree's origin.
        weights : ndarray of shape (n_rows,)
            Above 0.
        row : ndarray of shape (n,), uint32
            The row of each point of the input; 2**32 - 1 for those without weight.

        Examples
        --------
        >>> points, weights, row = PointTree(np.array([[5.0], [1.0], [5.0]])).arrays()
        >>> points.ravel().tolist(), weights.tolist(), row.tolist()
        ([1.0, 5.0], [1.0, 2.0], [1, 0, 1])
        """
        return self._tree.arrays()

    def search_swaps(
        self, centers: NDArray[np.float64], *, seed: int, n_kicks: int, time_limit: float = np.inf, n_locked: int = 0
    ) -> SwapSearch:
        """Improve centres by kicks; see `placement.kernels.search_swaps`.

        Parameters
        ----------
        centers : ndarray of shape (k, d)
            Where to start, counted from the tree's origin.
        seed : int
            Random stream, 0 to 2**64 - 1.
        n_kicks : int
            How many.
        time_limit : float
            Seconds on the clock after which no further kick is tried.
        n_locked : int
            The first so many centres never move; fewer than k.

        Returns
        -------
        SwapSearch
            Never worse than the start.

        Raises
        ------
        ValueError
            If shapes disagree or all centres are locked.
        """
        return SwapSearch(*self._tree.search(centers, n_locked, seed, n_kicks, time_limit))

    def coarse(self, n_points: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the means of small nodes with their weights: the points seen from a distance.

        Parameters
        ----------
        n_points : int
            About how many, at least 1.

        Returns
        -------
        points : ndarray of shape (m, d)
            Weighted means, in the tree's order, m between about half of and four times `n_points`, or one for every leaf.
        weights : ndarray of shape (m,)
            Above 0; together the weight of all.

        Examples
        --------
        >>> points, weights = PointTree(np.array([[5.0], [1.0], [5.0]])).coarse(1)
        >>> points.round(9).tolist(), weights.tolist()
        ([[3.666666667]], [3.0])
        """
        return self._tree.coarse(n_points)
