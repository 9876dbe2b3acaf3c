"""How much work a fit does to find a better optimum: how many starts, what they found, and when the time is up.

Effort counts work, never seconds: the same seed gives the same centres on every machine, unless a time limit stops the search.
"""

from __future__ import annotations

import math
import time
from numbers import Real
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from placement.kernels import STOP_REASONS, KMeansRuns, count_threads
from placement.progress import Progress, Watch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from placement.kmeans.tree_ground import Ground

_DISTANCES_AT_ONCE = 20_000_000
"""Between two looks at the clock: about a tenth of a second."""

_TYPICAL_ITERATIONS = 20

EFFORTS = ("fast", "good", "best")
"""fast: the starts alone. good, best: a search for better centres (`kicks`); best searches ten times as long."""


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

    def report(self, n_done: int, n_starts: int, best: float) -> None:
        """Hear that so many of the starts are done, and what the best of them costs; this clock tells nobody.

        Parameters
        ----------
        n_done, n_starts : int
            Starts.
        best : float
            Least inertia.
        """


class WatchClock(Clock):
    """The time that somebody who watches still grants; reports go to them.

    Parameters
    ----------
    watch : Watch
        Knows the limit and whether it was told to stop.
    phase : str
        What the work is called in the reports.
    """

    def __init__(self, watch: Watch, phase: str) -> None:
        super().__init__(None)
        self._watch, self._phase = watch, phase
        self.is_limited = True

    def remaining(self) -> float:
        """Return the seconds that are left, 0 when told to stop.

        Returns
        -------
        float
            Infinity without a limit.
        """
        return self._watch.remaining_s()

    def report(self, n_done: int, n_starts: int, best: float) -> None:
        """Pass on how far the starts are.

        Parameters
        ----------
        n_done, n_starts : int
            Starts.
        best : float
            Least inertia.
        """
        self._watch.report(Progress(self._phase, n_done, n_starts, best))


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
        The starts done, in the order of the seeds: the first alone, then as many at once as keep every thread busy and the look
        at the clock frequent.
    """
    if not clock.is_limited:
        return ground.restarts(n_clusters, seeds, init)
    parts: list[KMeansRuns] = []
    n_done, best = 0, math.inf
    while not parts or (n_done < len(seeds) and clock.remaining() > 0):
        ground.rules["time_limit"] = clock.remaining()
        step = _starts_at_once(ground, n_clusters) if parts else 1
        parts.append(ground.restarts(n_clusters, seeds[n_done : n_done + step], init))
        n_done += len(parts[-1].inertia)
        best = min(best, float(parts[-1].inertia.min()))
        clock.report(n_done, len(seeds), best)
    return KMeansRuns(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _starts_at_once(ground: Ground, n_clusters: int) -> int:
    work = ground.n_rows * n_clusters * _TYPICAL_ITERATIONS
    return max(count_threads(ground.rules.get("n_threads")), _DISTANCES_AT_ONCE // work)
