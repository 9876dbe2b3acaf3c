"""A search for better centres than Lloyd's iteration ends in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.kernels import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SwapSearch(NamedTuple):
    """Where a search ended.

    Parameters
    ----------
    centers : ndarray of shape (k, d)
        The best centres found.
    kick : ndarray of shape (m,)
        After which kick a better one was found; the first is 0, the start after its own polish.
    inertia : ndarray of shape (m,)
        What it cost, falling.
    n_kicks : int
        Kicks done.
    is_stopped_by_time : bool
        Whether the time limit ended the search.
    """

    centers: NDArray[np.float64]
    kick: NDArray[np.int64]
    inertia: NDArray[np.float64]
    n_kicks: int
    is_stopped_by_time: bool


def search_swaps(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    centers: NDArray[np.float64],
    *,
    seed: int,
    n_kicks: int,
    time_limit: float = np.inf,
    n_locked: int = 0,
) -> SwapSearch:
    """Improve centres by kicks: one to three of them move elsewhere, the neighbourhood settles, what is better is kept.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Weighted points, best merged (`merge_points`).
    weights : ndarray of shape (n,)
        Above 0.
    centers : ndarray of shape (k, d)
        Where to start.
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
        Never worse than the start. The same on every machine unless the time limit stopped it.

    Raises
    ------
    ValueError
        If shapes disagree or all centres are locked.

    Notes
    -----
    A kick costs O(n m) for the few (m) centres that it moves, not O(n k): points of untouched clusters are only compared with
    moved centres. The taken centre is the one least missed of one to four drawn; the new place is a point drawn with a chance
    proportional to its cost.

    References
    ----------
    .. [1] P. Hansen, N. Mladenovic, "J-means: a new local search heuristic for minimum sum of squares clustering", Pattern
       Recognition 34(2), 2001, section 3 (the jump).
    .. [2] P. Franti, "Efficiency of random swap clustering", J. Big Data 5:13, 2018, section "Random swap". Here several swaps a
       kick, and Hartigan's single-point moves before a result is judged.

    Examples
    --------
    >>> points = np.array([[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]])
    >>> found = search_swaps(points, np.ones(6), np.array([[0.0], [1.0], [15.0]]), seed=1, n_kicks=20)
    >>> sorted(found.centers.ravel().tolist()), float(found.inertia[-1])
    ([0.5, 10.5, 20.5], 1.5)
    """
    return SwapSearch(*_core.search_swaps(points, weights, centers, n_locked, seed, n_kicks, time_limit))
