"""The smallest largest distance with devices anywhere: search, then proof, for the plane and for a free space.

The bound is about the plane even where walls stand: it holds there too.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from placement import kernels
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.types import FloatArray
from placement.objectives.p_center import PCenterObjective
from placement.progress import Progress, Watch
from placement.solvers.center_proof import Closing, Work, close
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.nearer import move_nearer
from placement.solvers.places import Ground, farthest_first, ground_of, scope_anywhere
from placement.units import count

WORK = {
    "fast": Work(entries=60_000, search=1e6, steps=1, halvings=5, kicks=5),
    "good": Work(entries=4_000_000, search=2e7, steps=100_000, halvings=4, kicks=20),
    "best": Work(entries=100_000_000, search=1e9, steps=1_000_000, halvings=4, kicks=50),
}
STARTS = {"fast": 2, "good": 8, "best": 30}
KICKED_ROWS = {"fast": 20_000, "good": 100_000, "best": 500_000}
"""Rows looked at by the kicks of one start, about: kicks times rows."""
MOST_KICKS = 1000
CHUNK_ROWS = 50_000
"""Rows times kicks between two looks at the clock."""


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place `problem.n_new` devices anywhere in the free space, minimising the largest (weighted) distance.

    Parameters
    ----------
    problem : Problem
        With p_center objective, straight distance and no candidates.
    search : Search
        Seed, effort, gap and limits; `n_init` limits the number of starts.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan and bound.

    Returns
    -------
    Plan
        Among the plans with the same largest distance, one with a small mean distance.

    References
    ----------
    D. Chen, R. Chen, "New relaxation-based algorithms for the optimal solution of the continuous and discrete p-center
    problems", Comput. Oper. Res. 36 (2009) 1646-1655, doi 10.1016/j.cor.2008.03.009.
    """
    objective = problem.objective
    ground = ground_of(problem, is_weighted=isinstance(objective, PCenterObjective) and objective.is_weighted)
    rng = np.random.default_rng(search.seed)
    best = _search(ground, problem.n_new, search, rng, watch)
    plane = best
    if len(ground.edges):
        plane = _search(ground.in_plane(), problem.n_new, search, rng, watch)
        close(plane, WORK[search.effort], search.gap, rng, watch)
        best = replace(_settled(best, plane.centers, rng), lower=plane.lower)
    close(best, WORK[search.effort], search.gap, rng, watch)
    centers = move_nearer(ground, best.centers, best.value / ground.scale, problem.domain, watch)
    xy = problem.domain.nearest_free(centers + ground.origin)
    scope = scope_anywhere(problem, f"any {count(problem.n_new, 'device')}")
    ending = Ending(search.seed, status_of(watch), scope, *_proof_of(plane))
    return finish_free(problem, xy, ending)


def _proof_of(plane: Closing) -> tuple[float, Certificate | None]:
    certificate = None if plane.proof is None else Certificate("cover", plane.lower, plane.proof)
    return plane.lower, certificate


def _settled(best: Closing, places: FloatArray, rng: np.random.Generator) -> Closing:
    """Return the better one of a plan and what becomes of these places in the free space."""
    centers, value = _kicked(best.ground, places, max(1, CHUNK_ROWS // best.ground.n_rows), rng)
    return replace(best, centers=centers, value=value) if value < best.value else best


def _search(ground: Ground, n_new: int, search: Search, rng: np.random.Generator, watch: Watch) -> Closing:
    """Settle and kick from several starts; some kicks of the first are always made."""
    n_kicks = int(np.clip(KICKED_ROWS[search.effort] // ground.n_rows, 5, MOST_KICKS))
    n_starts = min(STARTS[search.effort], max(1, search.n_init))
    chunk = max(1, CHUNK_ROWS // ground.n_rows)
    best = Closing(ground, np.empty((0, 2)), np.inf)
    for done in range(n_starts):
        centers = ground.xy[farthest_first(ground, np.empty((0, 2)), n_new)] if done == 0 else _start(ground, n_new, rng)
        for first in range(0, n_kicks, chunk):
            centers, value = _kicked(ground, centers, min(chunk, n_kicks - first), rng)
            if value < best.value:
                best = replace(best, centers=centers, value=value)
            if watch.stop_reason() is not None:
                return best
        watch.report(Progress("searching", done + 1, n_starts, best.value))
        if n_new == 1 and not len(ground.fixed):
            break
    return best


def _kicked(ground: Ground, places: FloatArray, n_kicks: int, rng: np.random.Generator) -> tuple[FloatArray, float]:
    """Return where new devices end that start at these places, and the largest cost then."""
    n_fixed, seed = len(ground.fixed), int(rng.integers(1 << 62))
    start = np.ascontiguousarray(np.vstack([ground.fixed, places]))
    centers, value = kernels.search_centers(
        ground.xy, ground.scale, ground.edges, start, n_locked=n_fixed, n_kicks=n_kicks, seed=seed
    )
    return centers[n_fixed:], value


def _start(ground: Ground, n_new: int, rng: np.random.Generator) -> FloatArray:
    """Return rows as first places, each drawn among the worst served of a few."""
    chosen = [int(rng.integers(ground.n_rows))]
    cost = np.minimum(ground.reached, np.inf)
    while len(chosen) < n_new:
        cost = np.minimum(cost, ground.scale * np.hypot(*(ground.xy - ground.xy[chosen[-1]]).T))
        drawn = rng.integers(ground.n_rows, size=8)
        chosen.append(int(drawn[cost[drawn].argmax()]))
    return ground.xy[chosen]
