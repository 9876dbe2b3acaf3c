"""Weighted k-means in the compiled core: from given starts or from seeded ones, with centres that may be locked in place.

Every array is plain, finite float64; the functions assume validated input. Coordinates far from the origin
should be shifted towards it first, so that differences keep their digits.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict, Unpack

import numpy as np

from placement.kernels import _core
from placement.kernels.threads import count_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

STOP_REASONS = ("labels_unchanged", "center_shift", "max_iter", "time_limit")
"""What the codes in `KMeansRuns.stop_reason` mean: the code is the position."""

_INIT_CODES = {"k-means++": 0, "random": 1}


class LloydRules(TypedDict, total=False):
    """What the iteration may be told, the same from given and from seeded starts.

    Attributes
    ----------
    max_iter : int
        Most iterations of one run, at least 1; 300 when left out.
    tol : float
        A run stops when the squared moves of all centres sum to no more than this [squared unit of the points]; 0 when left out.
    n_threads : int or None
        None, and when left out, for all available processors; the result is the same for any number.
    time_limit : float
        Seconds on the clock after which a run ends with the iteration that it is in; no end when left out. Only a run that it
        stopped may differ from one machine to another.
    """

    max_iter: int
    tol: float
    n_threads: int | None
    time_limit: float


def unpack_rules(rules: LloydRules) -> tuple[int, float, int, float]:
    """Return `max_iter`, `tol`, the number of threads and the time limit, those left out filled in.

    Parameters
    ----------
    rules : LloydRules
        What was told.

    Returns
    -------
    tuple of (int, float, int, float)
        As the compiled core takes them.

    Examples
    --------
    >>> unpack_rules({"tol": 0.5, "n_threads": 2})
    (300, 0.5, 2, inf)
    """
    threads, seconds = count_threads(rules.get("n_threads")), rules.get("time_limit", math.inf)
    return rules.get("max_iter", 300), rules.get("tol", 0.0), threads, seconds


def init_code(init: str) -> int:
    """Return the compiled core's number for a way of seeding.

    Parameters
    ----------
    init : {"k-means++", "random"}
        The way.

    Returns
    -------
    int
        Its number.

    Raises
    ------
    ValueError
        If there is no such way.

    Examples
    --------
    >>> init_code("random")
    1
    """
    code = _INIT_CODES.get(init)
    if code is None:
        raise ValueError(f"init must be one of {', '.join(_INIT_CODES)}, got {init!r}")
    return code


class KMeansRuns(NamedTuple):
    """Where each of r k-means runs ended.

    Parameters
    ----------
    centers : ndarray of shape (r, k, d)
        Final centres, locked ones first.
    inertia : ndarray of shape (r,)
        Sum of weight × squared distance to the nearest final centre.
    n_iter : ndarray of shape (r,)
        Iterations done, at least 1.
    stop_reason : ndarray of shape (r,)
        Position in `STOP_REASONS`.
    n_relocations : ndarray of shape (r,)
        How often a centre without weight was moved to a point.
    """

    centers: NDArray[np.float64]
    inertia: NDArray[np.float64]
    n_iter: NDArray[np.int32]
    stop_reason: NDArray[np.int32]
    n_relocations: NDArray[np.int32]


def kmeans_restarts(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    n_clusters: int,
    *,
    seeds: NDArray[np.uint64],
    locked: NDArray[np.float64] | None = None,
    init: Literal["k-means++", "random"] = "k-means++",
    **rules: Unpack[LloydRules],
) -> KMeansRuns:
    """Run k-means once for each seed and return where every run ended.

    Minimises sum_i w_i min_j |x_i − c_j|² over the new centres c_j, the locked ones being given.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        At least one point.
    weights : ndarray of shape (n,)
        At least 0; a point of weight 0 gets no say.
    n_clusters : int
        Number of new centres, at least 0 (at least 1 when nothing is locked).
    seeds : ndarray of shape (r,), uint64
        One random stream each: a run depends on its own seed only, so more seeds never change earlier runs.
    locked : ndarray of shape (l, d), optional
        Centres that take part in the assignment and never move; they come first in the result.
    init : {"k-means++", "random"}
        Greedy k-means++ with 2 + ⌊ln n_clusters⌋ candidates a centre, for which locked centres count as chosen;
        or points drawn without replacement with chances proportional to their weights.
    **rules : LloydRules
        `max_iter`, `tol`, `n_threads` and `time_limit`.

    Returns
    -------
    KMeansRuns
        All runs, in the order of the seeds.

    Raises
    ------
    ValueError
        If shapes disagree, there is no point or no centre, or a number is out of its range.

    See Also
    --------
    kmeans_from : The iteration itself and what holds at each stop.

    Notes
    -----
    O(n k d) an iteration. When every place is taken already, a left-over centre starts on a point at random.

    References
    ----------
    .. [1] D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, section 2.2; the several
       candidates follow the remark in its section 7.

    Examples
    --------
    >>> points = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0]])
    >>> runs = kmeans_restarts(points, np.ones(3), 2, seeds=np.arange(4, dtype=np.uint64))
    >>> float(runs.inertia.min())
    2.0
    """
    fixed = np.empty((0, points.shape[1])) if locked is None else locked
    return KMeansRuns(*_core.kmeans_restarts(points, weights, n_clusters, fixed, seeds, init_code(init), *unpack_rules(rules)))


def kmeans_from(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    starts: NDArray[np.float64],
    *,
    n_locked: int = 0,
    **rules: Unpack[LloydRules],
) -> KMeansRuns:
    """Run Lloyd's iteration from each of the given starts.

    An iteration assigns every point to its nearest centre (ties to the lowest index) and moves each free centre to the
    weighted mean of its points. A run stops when the labels stay as they were, when the squared moves of all centres
    sum to no more than `tol`, or after `max_iter` iterations or `time_limit` seconds, whichever comes first.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        At least one point.
    weights : ndarray of shape (n,)
        At least 0; a point of weight 0 gets no say.
    starts : ndarray of shape (r, k, d)
        Where the centres of each run start; not changed.
    n_locked : int
        The first so many centres of each run never move.
    **rules : LloydRules
        `max_iter`, `tol`, `n_threads` and `time_limit`.

    Returns
    -------
    KMeansRuns
        All runs, in the order of the starts.

    Raises
    ------
    ValueError
        If shapes disagree, there is no point or no centre, or a number is out of its range.

    Notes
    -----
    Inertia never rises from one iteration to the next, and the one returned is that of the centres returned. After
    ``labels_unchanged`` every free centre is the weighted mean of the points nearest to it. After the other stops it is
    the mean of the points that were nearest before the last move. A time limit stops no run before its first iteration is done.
    Ctrl-C (any signal whose Python handler raises) ends the call between two iterations.

    A free centre to which no weight has come is moved to the point with the largest w |x − c|² (ties: lowest point index)
    and takes that point and its exact copies along; points come only from clusters that keep another place, so two
    centres never share one. With fewer places than centres the left-over centre stays where it is and stays empty.

    Examples
    --------
    >>> points = np.array([[0.0], [2.0], [10.0]])
    >>> runs = kmeans_from(points, np.array([3.0, 1.0, 1.0]), np.array([[[0.0], [9.0]]]))
    >>> runs.centers[0].ravel().tolist(), float(runs.inertia[0]), STOP_REASONS[runs.stop_reason[0]]
    ([0.5, 10.0], 3.0, 'labels_unchanged')
    """
    return KMeansRuns(*_core.kmeans_from(points, weights, starts, n_locked, *unpack_rules(rules)))
