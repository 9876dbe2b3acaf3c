"""The search after the starts: centres are kicked elsewhere, from one start after another, until tries agree or work is done.

Few points are searched in rounds from different starts, as a single chain of kicks may never leave its valley; many points in
one chain, as each kick is dear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.kmeans.effort import Clock, Found, best_of, improvements, is_cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from placement.kernels import KMeansRuns
    from placement.kmeans.tree_ground import Ground, Search

_LEAST_KICKS = {"good": 1000, "best": 10_000}
_KICKS_PER_CENTER = {"good": 40, "best": 400}
_FEW = 150
_MOST_MORE = 8.0
_ROUND = 400
"""Kicks of one round on few points."""

_TRIES = 10
_KICKS_OF_A_TRY = 40
"""So many short searches from different starts that all end alike have found what there is: of 27 published instances, no
start led to any one wrong end more often than four times in ten, and ten in a row would be one case in ten thousand."""

_ALIKE = 1e-9


def count_kicks(effort: str, n_clusters: int, n_rows: int) -> int:
    """Return how often the search moves centres when tries disagree.

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
    (1000, 80000, 2000)
    """
    least = round(_LEAST_KICKS[effort] * min(_MOST_MORE, max(1.0, _FEW / n_rows)))
    return max(least, _KICKS_PER_CENTER[effort] * n_clusters)


def search(ground: Ground, runs: KMeansRuns, effort: str, seed: int, clock: Clock) -> Found:
    """Look for something better than the best of the starts.

    Parameters
    ----------
    ground : Ground
        The points.
    runs : KMeansRuns
        The starts. With ten or more, ten of them are tried first, and effort "good" ends there when all tries end alike.
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
    trail = _Trail(ground, best_of(runs).centers[0], np.random.default_rng(seed), clock)
    is_agreed = _tries_agree(trail, runs)
    if not (is_agreed and effort == "good"):
        most = count_kicks(effort, runs.centers.shape[1], ground.n_rows)
        for start, n_kicks in _rounds(trail, runs, ground.n_rows, most):
            trail.go(start, n_kicks)  # with no time left it returns at once
    return _found(ground, runs, trail)


class _Trail:
    """Searches one after another: the best centres so far, and when they were found."""

    def __init__(self, ground: Ground, centers: NDArray[np.float64], rng: np.random.Generator, clock: Clock) -> None:
        self._ground, self._rng, self._clock = ground, rng, clock
        self.centers, self.inertia = centers, np.inf
        self.history: list[tuple[int, float]] = []
        self.n_kicks = 0
        self.is_exact = True
        self.is_stopped_by_time = False

    def remaining(self) -> float:
        """Return the seconds that are left."""
        return self._clock.remaining()

    def go(self, centers: NDArray[np.float64], n_kicks: int) -> float:
        """Search from these centres; return what was reached."""
        seed = int(self._rng.integers(0, 2**64, dtype=np.uint64))
        found: Search = self._ground.search(centers, seed, n_kicks, self._clock.remaining())
        for kick, inertia in zip(found.kick.tolist(), found.inertia.tolist(), strict=True):
            if inertia < self.inertia:
                self.inertia, self.centers = inertia, found.centers
                self.history.append((self.n_kicks + kick, inertia))
        self.n_kicks += found.n_kicks
        self.is_exact, self.is_stopped_by_time = found.is_exact, found.is_stopped_by_time
        return float(found.inertia[-1])


def _tries_agree(trail: _Trail, runs: KMeansRuns) -> bool:
    """Search a little from each of ten starts, until two ends differ; return whether none did."""
    if len(runs.inertia) < _TRIES:
        return False
    first = None
    for start in runs.centers[:_TRIES]:
        end = trail.go(start, _KICKS_OF_A_TRY)
        first = end if first is None else first
        if trail.is_stopped_by_time or abs(end - first) > _ALIKE * first:
            return False
    return True


def _rounds(trail: _Trail, runs: KMeansRuns, n_rows: int, n_kicks: int) -> Iterator[tuple[NDArray[np.float64], int]]:
    """Give the starts of the search proper, and how many kicks each gets."""
    if n_rows > _FEW:
        yield trail.centers, n_kicks
        return
    ranked = runs.centers[np.argsort(runs.inertia, kind="stable")]
    for done in range(0, n_kicks, _ROUND):
        start = trail.centers if done == 0 else ranked[done // _ROUND % len(ranked)]
        yield start, min(_ROUND, n_kicks - done)


def _found(ground: Ground, runs: KMeansRuns, trail: _Trail) -> Found:
    start, n_starts = best_of(runs), len(runs.inertia)
    ground.rules["time_limit"] = trail.remaining()
    final = ground.run_from(trail.centers[None])
    history = [improvements(runs.inertia)]
    if trail.is_exact:
        better = [(n_starts + kick, inertia) for kick, inertia in trail.history if inertia < start.inertia[0]]
        history.append(np.array(better, dtype=np.float64).reshape(-1, 2))
    if final.inertia[0] < history[-1][-1:, 1].min(initial=start.inertia[0]):
        history.append(np.array([[n_starts + trail.n_kicks, final.inertia[0]]]))
    best = final if final.inertia[0] <= start.inertia[0] else start
    return Found(runs, best, np.concatenate(history), trail.is_stopped_by_time or is_cut(final))
