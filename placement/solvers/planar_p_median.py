"""Free placement under the p_median objective: the multisource Weber problem.

Serving every point from the nearest device and moving every device to the median of its points never raises the value. From many
K-Means solutions that settles; then single devices jump to far-off points and their surroundings settle again.
Inside a free space the moves are to the best free place, so devices never leave it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from placement import kernels
from placement.bounds.anywhere import TIME_TO_PROVE, prove_anywhere, scope_anywhere
from placement.bounds.planar_sum import MOST_STEPS, PlanarSum, sets_of
from placement.core.plan import Plan
from placement.core.problem import Effort, Problem, Search
from placement.core.types import FloatArray
from placement.kmeans.origin import choose_origin
from placement.progress import Progress, Watch
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.free_medians import FreeMedians

SETTLED_STARTS = 5
"""How many of the best distinct K-Means solutions are settled."""
JUMPS: dict[Effort, int] = {"fast": 20, "good": 200, "best": 400}
"""Jumps of single devices at most."""
WORK: dict[Effort, int] = {"fast": 1_000_000, "good": 12_000_000, "best": 1_000_000_000}
"""Jumps times points times devices at most."""
PLANE_JUMPS = 20
"""In the open plane a small problem needs no more: the proof finds what is better."""
SMALL = 300
SAME_VALUE = 1e-9
"""Plans whose values differ by less are the same but for rounding."""

Settle = Callable[[FloatArray], tuple[FloatArray, float]]


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """The merged demand around its own middle, and how devices settle on it."""

    problem: PlanarSum
    origin: FloatArray
    settle: Settle


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place `problem.n_new` devices anywhere in the free space, minimising ``sum w d``.

    Parameters
    ----------
    problem : Problem
        With p_median objective, Euclidean distance and no candidates.
    search : Search
        Starts, seed, effort and limits. The first start always runs.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan.

    Returns
    -------
    Plan
        With the bound of the open plane; "optimal" when the plan meets it.

    References
    ----------
    L. Cooper, "Heuristic methods for location-allocation problems", SIAM Review 6 (1964) 37-53, section "alternate location
    and allocation"; J. Brimberg, P. Hansen, N. Mladenovic, E. Taillard, "Improvements and comparison of heuristics for solving
    the uncapacitated multisource Weber problem", Oper. Res. 48 (2000) 444-460, section 2 (relocation).
    """
    field = _field(problem, watch)
    rng = np.random.default_rng(search.seed)
    centers, value = _best_start(field, search, watch)
    centers, value = _jump(field, centers, value, _n_jumps(field, problem, search), rng, watch)
    was_cut = not watch.has_left(TIME_TO_PROVE)
    proof = prove_anywhere(problem, centers + field.origin, search, watch)
    met, met_value = field.settle(proof.centers - field.origin)
    if met_value < value * (1 - SAME_VALUE):
        centers = met
    ending = Ending(search.seed, status_of(watch, was_cut=was_cut), scope_anywhere(problem), proof.bound, proof.certificate)
    return finish_free(problem, problem.domain.nearest_free(centers + field.origin), ending)


def _field(problem: Problem, watch: Watch) -> _Field:
    # The canonical form makes a plan independent of the order of the input, and weight w the same as w copies.
    xy, weight = kernels.merge_points(problem.demand.xy, problem.demand.weight)
    origin = choose_origin(xy)
    plane = PlanarSum(np.ascontiguousarray(xy - origin), weight, problem.fixed.xy - origin, problem.n_new, is_squared=False)
    if problem.domain.free is None:
        return _Field(plane, origin, lambda start: plane.settle(start, watch))
    free = FreeMedians(problem.domain, origin)
    return _Field(plane, origin, lambda start: _settle_free(plane, free, start, watch))


def _settle_free(plane: PlanarSum, free: FreeMedians, start: FloatArray, watch: Watch) -> tuple[FloatArray, float]:
    """Alternate between serving and placing inside the free space, one step at least; return the devices and the value."""
    pricing = plane.pricing()
    centers = free.project(start)
    labels, value = plane.serve(centers)
    for _ in range(MOST_STEPS):
        sets = sets_of(labels, plane.n_new)
        moved = pricing.best_places(sets, centers)[0]
        for j, median in enumerate(moved):
            members = sets.member[sets.start[j] : sets.start[j + 1]]
            if len(members) and not free.contains(median):
                moved[j] = free.best_on_edge(plane.xy[members], plane.weight[members], median)
        labels, moved_value = plane.serve(moved)
        if not moved_value < value:
            break
        centers, value = moved, moved_value
        if watch.stop_reason() is not None:
            break
    return centers, value


def _best_start(field: _Field, search: Search, watch: Watch) -> tuple[FloatArray, float]:
    """Settle the best K-Means solutions; return the best plan."""
    plane = field.problem
    n_locked = len(plane.fixed_xy)
    seeds = np.random.SeedSequence(search.seed).generate_state(search.n_init, np.uint64)
    found: list[tuple[float, FloatArray]] = []
    for done, seed in enumerate(seeds):
        run = kernels.kmeans_restarts(
            plane.xy, plane.weight, plane.n_new, seeds=np.array([seed]), locked=plane.fixed_xy, max_iter=search.max_iter
        )
        centers = np.asarray(run.centers[0][n_locked:])
        found.append((plane.serve(centers)[1], centers))
        watch.report(Progress("searching", done + 1, search.n_init, min(found, key=lambda one: one[0])[0]))
        if not watch.has_left(TIME_TO_PROVE):
            break
    found.sort(key=lambda one: one[0])
    distinct = [one for k, one in enumerate(found) if k == 0 or one[0] > found[k - 1][0] * (1 + SAME_VALUE)]
    best = field.settle(distinct[0][1])
    for _, centers in distinct[1:SETTLED_STARTS]:
        if not watch.has_left(TIME_TO_PROVE):
            break
        best = min(best, field.settle(centers), key=lambda plan: plan[1])
    return best


def _n_jumps(field: _Field, problem: Problem, search: Search) -> int:
    plane = field.problem
    most = min(JUMPS[search.effort], WORK[search.effort] // (plane.n * plane.n_new))
    return min(most, PLANE_JUMPS) if problem.domain.free is None and plane.n <= SMALL else most


def _jump(
    field: _Field, centers: FloatArray, value: float, n_jumps: int, rng: np.random.Generator, watch: Watch
) -> tuple[FloatArray, float]:
    """Move one device to a demand point and settle, over and over; keep what is better."""
    plane = field.problem
    for done in range(n_jumps):
        if not watch.has_left(TIME_TO_PROVE) or not value > 0.0:
            break
        trial = centers.copy()
        cost = plane.cost_matrix(np.vstack([centers, plane.fixed_xy]))
        trial[_least_missed(cost, plane.n_new, rng)] = plane.xy[rng.choice(plane.n, p=_share(cost.min(axis=1)))]
        moved, moved_value = field.settle(trial)
        if moved_value < value * (1 - SAME_VALUE):
            centers, value = moved, moved_value
        watch.report(Progress("moving devices", done + 1, n_jumps, value))
    return centers, value


def _share(cost: FloatArray) -> FloatArray:
    return np.asarray(cost / cost.sum())


def _least_missed(cost: FloatArray, n_new: int, rng: np.random.Generator) -> int:
    """Return, of a few new devices drawn, the one without which the value rises least."""
    drawn = np.sort(rng.choice(n_new, size=int(rng.integers(1, min(4, n_new) + 1)), replace=False))
    if cost.shape[1] == 1:
        return 0
    two = np.partition(cost, 1, axis=1)
    miss = np.bincount(cost.argmin(axis=1), weights=two[:, 1] - two[:, 0], minlength=cost.shape[1])
    return int(drawn[miss[drawn].argmin()])
