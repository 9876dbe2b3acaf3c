"""How much work a fit does to find a better optimum: starts alone, or a search that swaps centres afterwards.

Effort counts work, never seconds: the same seed gives the same centres on every machine, unless a time limit stops the search.
"""

from __future__ import annotations

import math
import time
from numbers import Real
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from placement.kernels import STOP_REASONS, KMeansRuns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from placement.kmeans.tree_ground import Ground

EFFORTS = ("fast", "good", "best")
"""fast: the starts alone. good, best: a search for better centres from the best start; best searches ten times as long."""

_LEAST_KICKS = {"good": 1000, "best": 10_000}
_FEW = 150
_KICKS_PER_CENTER = {"good": 40, "best": 400}


class Found(NamedTuple):
    """Where a fit ended and how it came there.

    Parameters
    ----------
    runs : KMeansRuns
        The starts.
    final : KMeansRuns
        One run: the best start, or the iteration from what the search found.
    history : ndarray of shape (m, 2)
        Each time a better one was found: after how many tries (starts first, then kicks of the search), and its inertia.
    is_stopped_by_time : bool
        Whether the time limit cut the work short: then the result may differ on another machine.
    """

    runs: KMeansRuns
    final: KMeansRuns
    history: NDArray[np.float64]
    is_stopped_by_time: bool


class Clock:
    """What is left of a time limit.

    Parameters
    ----------
    limit : float or None
        Seconds from now; None for no end.
    """

    def __init__(self, limit: float | None) -> None:
        self._end = math.inf if limit is None else time.monotonic() + limit
        self.is_limited = limit is not None

    def remaining(self) -> float:
        """Return the seconds that are left, at least 0.

        Returns
        -------
        float
            Infinity without a limit.
        """
        return max(0.0, self._end - time.monotonic())


def count_kicks(effort: str, n_clusters: int, n_rows: int) -> int:
    """Return how often the search moves centres.

    Parameters
    ----------
    effort : {"good", "best"}
        How hard to try.
    n_clusters : int
        Number of centres.
    n_rows : int
        Number of distinct points. Few of them are tried more often: a kick costs next to nothing, and one point changes much.

    Returns
    -------
    int
        Kicks.

    Examples
    --------
    >>> count_kicks("good", 5, 1000), count_kicks("best", 200, 1000), count_kicks("good", 5, 75)
    (1000, 80000, 4000)
    """
    least = round(_LEAST_KICKS[effort] * min(8.0, max(1.0, (_FEW / n_rows) ** 2)))
    return max(least, _KICKS_PER_CENTER[effort] * n_clusters)


def best_of(runs: KMeansRuns) -> KMeansRuns:
    """Return the best run alone (ties: the first).

    Parameters
    ----------
    runs : KMeansRuns
        At least one.

    Returns
    -------
    KMeansRuns
        One run.
    """
    best = int(np.argmin(runs.inertia))
    return _select(runs, slice(best, best + 1))


def _select(runs: KMeansRuns, which: slice) -> KMeansRuns:
    return KMeansRuns(
        runs.centers[which], runs.inertia[which], runs.n_iter[which], runs.stop_reason[which], runs.n_relocations[which]
    )


def is_cut(runs: KMeansRuns) -> bool:
    """Return whether a time limit stopped one of the runs.

    Parameters
    ----------
    runs : KMeansRuns
        At least one.

    Returns
    -------
    bool
        True if so.
    """
    return bool(np.any(runs.stop_reason == STOP_REASONS.index("time_limit")))


def improvements(inertia: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return when the running minimum fell, and to what.

    Parameters
    ----------
    inertia : ndarray of shape (r,)
        In the order found.

    Returns
    -------
    ndarray of shape (m, 2)
        Tries so far (from 1) and the best value.

    Examples
    --------
    >>> improvements(np.array([5.0, 7.0, 3.0])).tolist()
    [[1.0, 5.0], [3.0, 3.0]]
    """
    falls = np.flatnonzero(np.diff(np.minimum.accumulate(inertia), prepend=np.inf) < 0)
    return np.stack([falls + 1.0, inertia[falls]], axis=1)


def require_time_limit(value: object) -> None:
    """Refuse what is no time limit.

    Parameters
    ----------
    value : object
        None or a number of seconds above 0.

    Raises
    ------
    ValueError
        If it is anything else.

    Examples
    --------
    >>> require_time_limit(2.5)
    """
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if value is not None and not (is_number and float(value) > 0):  # type: ignore[arg-type]
        raise ValueError(f"time_limit must be None or a number of seconds above 0, got {value!r}")


def run_starts(
    ground: Ground, n_clusters: int, seeds: NDArray[np.uint64], init: Literal["k-means++", "random"], clock: Clock
) -> KMeansRuns:
    """Run from every seed, or from as many as the clock allows, at least one.

    Parameters
    ----------
    ground : Ground
        The points.
    n_clusters : int
        Number of centres.
    seeds : ndarray of shape (r,), uint64
        One a start.
    init : {"k-means++", "random"}
        How to start.
    clock : Clock
        When to stop.

    Returns
    -------
    KMeansRuns
        The starts done, in the order of the seeds.
    """
    if not clock.is_limited:
        return ground.restarts(n_clusters, seeds, init)
    parts: list[KMeansRuns] = []
    while not parts or (len(parts) < len(seeds) and clock.remaining() > 0):
        ground.rules["time_limit"] = clock.remaining()
        parts.append(ground.restarts(n_clusters, seeds[len(parts) : len(parts) + 1], init))
    return KMeansRuns(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def search(ground: Ground, runs: KMeansRuns, effort: str, seed: int, clock: Clock) -> Found:
    """Look for something better than the best of the starts.

    Parameters
    ----------
    ground : Ground
        The points.
    runs : KMeansRuns
        The starts.
    effort : {"good", "best"}
        How hard to try.
    seed : int
        Random stream of the search.
    clock : Clock
        When to stop.

    Returns
    -------
    Found
        Never worse than the best start.
    """
    start = best_of(runs)
    n_starts, n_clusters = len(runs.inertia), start.centers.shape[1]
    swaps = ground.search(start.centers[0], seed, count_kicks(effort, n_clusters, ground.n_rows), clock.remaining())
    ground.rules["time_limit"] = clock.remaining()
    final = ground.run_from(swaps.centers[None])
    history = [improvements(runs.inertia)]
    if swaps.is_exact:
        history.append(np.stack([n_starts + swaps.kick, swaps.inertia], axis=1)[swaps.inertia < start.inertia[0]])
    if final.inertia[0] < history[-1][-1:, 1].min(initial=start.inertia[0]):
        history.append(np.array([[n_starts + swaps.n_kicks, final.inertia[0]]]))
    best = final if final.inertia[0] <= start.inertia[0] else start
    return Found(runs, best, np.concatenate(history), swaps.is_stopped_by_time or is_cut(final))
