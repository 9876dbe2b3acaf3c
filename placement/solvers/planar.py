"""Free placement under the K-Means objective: Lloyd from many starts, then again inside the free space.

For a group of points the sum of weighted squared distances to a place ``x`` is that to the centroid plus ``W |x - centroid|^2``
(the parallel-axis identity), so the best *allowed* place is the free place nearest to the centroid. Alternating this exact
step with the exact assignment step is Lloyd's method inside the free space: the value never rises, and devices
settle around walls and voids together instead of being snapped there one by one afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from placement import kernels
from placement.bounds.anywhere import TIME_TO_PROVE, prove_anywhere, scope_anywhere
from placement.core.domain import Domain
from placement.core.plan import Plan
from placement.core.problem import Effort, Problem, Search
from placement.core.types import FloatArray, IntArray
from placement.kmeans.origin import choose_origin
from placement.progress import Progress, Watch
from placement.solvers.finish import Ending, finish_free, status_of

CHUNK_DISTANCES = 20_000_000
"""Point-centre distances computed between two looks at the clock: about a tenth of a second."""
TYPICAL_ITERATIONS = 20
KICKS_PER_PART = 200
KICK_CHAINS = 3
KICK_PARTS: dict[Effort, int] = {"fast": 1, "good": 5, "best": 40}
"""Kicks in the open plane: chains from the best starts, each in so many parts, between which the clock is looked at;"""
KICKED_POINTS, FEWEST_KICKS = 800_000, 5
"""the parts of large problems are shorter: kicks times points are so many at most."""
SAME_VALUE = 1e-9
"""Plans whose values differ by less are the same but for rounding."""
SWAPS_PER_START = 2
"""Trial moves in the free space for each start asked for."""
FREE_SPACE_STARTS = 30
"""How many of the best distinct solutions of the open plane are settled in the free space, beside fresh starts."""


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """The merged demand around its own middle: large coordinates must not cost digits."""

    xy: FloatArray
    weight: FloatArray
    locked: FloatArray
    origin: FloatArray


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place `problem.n_new` devices anywhere in the free space, minimising ``sum w d^2``.

    Parameters
    ----------
    problem : Problem
        With k_means objective, Euclidean distance and no candidates.
    search : Search
        Starts, seed and limits. The first start always runs.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan.

    Returns
    -------
    Plan
        Status "feasible", or "time_limit" or "interrupted" when the watch stopped it.

    References
    ----------
    S. P. Lloyd, IEEE Trans. Inf. Theory 28 (1982) 129-137; starts by D. Arthur and S. Vassilvitskii, "k-means++",
    SODA 2007, section 2.2.
    """
    points = _prepare(problem)
    starts = _starts(points, problem.n_new, search, watch)
    n_locked = problem.fixed.m
    plane = _kick(points, starts, search, watch)
    centers = plane
    if problem.domain.free is not None:
        starts = _settle_all(problem, points, [plane, *starts[:FREE_SPACE_STARTS]], search, watch)
        best = min(starts, key=lambda start: _value(points, start))
        centers = _swap(problem, points, best, search, watch)
    was_cut = not watch.has_left(TIME_TO_PROVE)
    proof = prove_anywhere(problem, plane[n_locked:] + points.origin, search, watch)
    met = _settle(problem.domain, points, np.vstack([points.locked, proof.centers - points.origin]), search.max_iter)
    if _value(points, met) < _value(points, centers) * (1 - SAME_VALUE):
        centers = met
    best_xy = problem.domain.nearest_free(centers[n_locked:] + points.origin)
    ending = Ending(search.seed, status_of(watch, was_cut=was_cut), scope_anywhere(problem), proof.bound, proof.certificate)
    return finish_free(problem, best_xy, ending)


def _prepare(problem: Problem) -> _Points:
    # The canonical form makes a plan independent of the order of the input, and weight w the same as w copies.
    xy, weight = kernels.merge_points(problem.demand.xy, problem.demand.weight)
    origin = choose_origin(xy)
    return _Points(np.ascontiguousarray(xy - origin), weight, np.ascontiguousarray(problem.fixed.xy - origin), origin)


def _starts(points: _Points, n_new: int, search: Search, watch: Watch) -> list[FloatArray]:
    """Run Lloyd in the open plane from every start; return the solutions, best first."""
    seeds = _seeds(search)
    work = len(points.xy) * (n_new + len(points.locked)) * TYPICAL_ITERATIONS
    step = max(1, min(search.n_init, CHUNK_DISTANCES // work))
    solutions: list[FloatArray] = []
    inertias: list[float] = []
    for first in range(0, search.n_init, step):
        run = kernels.kmeans_restarts(
            points.xy, points.weight, n_new, seeds=seeds[first : first + step], locked=points.locked, max_iter=search.max_iter
        )
        solutions.extend(run.centers)
        inertias.extend(run.inertia.tolist())
        watch.report(Progress("searching", len(solutions), search.n_init, min(inertias)))
        if not watch.has_left(TIME_TO_PROVE):
            break
    order = np.argsort(inertias, kind="stable")
    return [solutions[i] for i in _drop_repeats(order.tolist(), inertias)]


def _kick(points: _Points, starts: list[FloatArray], search: Search, watch: Watch) -> FloatArray:
    """Improve the best solutions of the open plane by moving single devices to far-off points; return the best of all."""
    best = starts[0]
    n_kicks = int(np.clip(KICKED_POINTS // len(points.xy), FEWEST_KICKS, KICKS_PER_PART))
    for number, start in enumerate(starts[:KICK_CHAINS]):
        centers = start
        for part in range(KICK_PARTS[search.effort] * KICKS_PER_PART // n_kicks):
            if not watch.has_left(TIME_TO_PROVE):
                return best
            seed = int(np.random.SeedSequence([search.seed, number, part]).generate_state(1, np.uint64)[0])
            centers = kernels.search_swaps(
                points.xy, points.weight, centers, seed=seed, n_kicks=n_kicks, n_locked=len(points.locked)
            ).centers
            best = min(best, centers, key=lambda one: _value(points, one))
    return best


def _seeds(search: Search) -> NDArray[np.uint64]:
    """Return one independent seed for each start; the first k are the same for any number of starts."""
    return np.asarray(np.random.SeedSequence(search.seed).generate_state(search.n_init, np.uint64), dtype=np.uint64)


def _drop_repeats(order: list[int], inertias: list[float]) -> list[int]:
    """Keep one of several solutions of the same value: restarts often end in the same place."""
    kept: list[int] = []
    for i in order:
        if not kept or inertias[i] > inertias[kept[-1]] * (1 + 1e-12):
            kept.append(i)
    return kept


def _settle_all(problem: Problem, points: _Points, solved: list[FloatArray], search: Search, watch: Watch) -> list[FloatArray]:
    """Settle the solutions of the open plane, then fresh k-means++ starts: walls make other valleys than the plane has."""
    seeds = _seeds(search)
    fresh = (_seeded(points, problem.n_new, seeds[i : i + 1]) for i in range(search.n_init))
    n_starts = len(solved) + search.n_init
    settled: list[FloatArray] = []
    for start in chain(solved, fresh):
        settled.append(_settle(problem.domain, points, start, search.max_iter))
        watch.report(Progress("settling in the free space", len(settled), n_starts))
        if not watch.has_left(TIME_TO_PROVE):
            break
    return settled


def _seeded(points: _Points, n_new: int, seed: NDArray[np.uint64]) -> FloatArray:
    """Return one k-means++ start after a single iteration."""
    run = kernels.kmeans_restarts(points.xy, points.weight, n_new, seeds=seed, locked=points.locked, max_iter=1)
    return np.asarray(run.centers[0])


def _swap(problem: Problem, points: _Points, centers: FloatArray, search: Search, watch: Watch) -> FloatArray:
    """Move one device to a demand point and settle again, over and over; keep what is better."""
    rng = np.random.default_rng(search.seed)
    n_locked = len(points.locked)
    best, best_value = centers, _value(points, centers)
    for done in range(SWAPS_PER_START * search.n_init):
        if not watch.has_left(TIME_TO_PROVE):
            break
        trial = best.copy()
        trial[rng.integers(n_locked, len(best))] = points.xy[rng.integers(len(points.xy))]
        trial = _settle(problem.domain, points, trial, search.max_iter)
        value = _value(points, trial)
        if value < best_value:
            best, best_value = trial, value
        watch.report(Progress("moving devices", done + 1, SWAPS_PER_START * search.n_init, best_value))
    return best


def _value(points: _Points, centers: FloatArray) -> float:
    return float((points.weight * kernels.assign(points.xy, centers)[1]).sum())


def _settle(domain: Domain, points: _Points, centers: FloatArray, max_iter: int) -> FloatArray:
    """Run Lloyd's method inside the free space from `centers` until no point changes its device."""
    n_locked = len(points.locked)
    centers = _into_free_space(domain, points, centers, n_locked)
    labels = None
    for _ in range(max_iter):
        new_labels, _ = kernels.assign(points.xy, centers)
        if labels is not None and np.array_equal(labels, new_labels):
            break
        labels = new_labels
        centers = _into_free_space(domain, points, _centroids(points, labels, centers), n_locked)
    return centers


def _centroids(points: _Points, labels: IntArray, centers: FloatArray) -> FloatArray:
    k = len(centers)
    weight = np.bincount(labels, weights=points.weight, minlength=k)
    sums = [np.bincount(labels, weights=points.weight * points.xy[:, axis], minlength=k) for axis in (0, 1)]
    serves = weight > 0
    moved = centers.copy()
    moved[serves] = np.column_stack(sums)[serves] / weight[serves, None]
    return moved


def _into_free_space(domain: Domain, points: _Points, centers: FloatArray, n_locked: int) -> FloatArray:
    moved = centers.copy()
    moved[:n_locked] = points.locked
    moved[n_locked:] = domain.nearest_free(centers[n_locked:] + points.origin) - points.origin
    return moved
