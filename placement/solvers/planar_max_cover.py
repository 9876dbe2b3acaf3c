"""As much weight as possible within a radius, with devices anywhere: a choice among the places that matter.

The choice is exact for the plane and for a free space. The bound is about the plane even where walls stand: it holds there too.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_tree import map_leaves
from placement.bounds.weight_proof import WeightLimit
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.protocols import RadiusObjective
from placement.core.types import FloatArray, IntArray
from placement.progress import Progress, Watch
from placement.solvers.covering import most_weight
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.nearer import move_nearer
from placement.solvers.places import Ground, central_places, farthest_first, find_places, ground_of, scope_anywhere

STEPS = {"fast": 0, "good": 50_000, "best": 2_000_000}
"""Simplex steps of the proof at each effort."""
ROUNDING = 1e-9
"""Relative: a fixed device reaches whom it misses by this much, as whoever checks the bound reckons."""


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place `problem.n_new` devices anywhere in the free space, maximising the weight within the radius.

    Parameters
    ----------
    problem : Problem
        With max_cover objective, straight distance and no candidates.
    search : Search
        Seed, effort, gap and limits.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan and bound.

    Returns
    -------
    Plan
        Devices that no weight needs stand where people are farthest from all others.

    References
    ----------
    R. L. Church, "The planar maximal covering location problem", J. Reg. Sci. 24 (1984) 185-201, doi
    10.1111/j.1467-9787.1984.tb01031.x.
    """
    radius = cast("RadiusObjective", problem.objective).radius_m
    ground = ground_of(problem)
    rows = np.flatnonzero(ground.reached > radius * (1 + ROUNDING))
    columns, best, places = _choose(ground.in_plane(), rows, radius, problem.n_new, search, watch)
    bound = best.bound + float(ground.weight.sum() - ground.weight[rows].sum())
    certificate = Certificate("cover", bound, _proof(ground, rows, radius, columns, best))
    if len(ground.edges):
        places = _choose(ground, rows, radius, problem.n_new, search, watch)[2]
    watch.report(Progress("choosing places", 1, 1, best.value, bound))
    places = np.vstack([places, ground.xy[farthest_first(ground, places, problem.n_new - len(places))]])
    places = problem.domain.nearest_free(places + ground.origin) - ground.origin
    places = move_nearer(ground, places, np.full(ground.n_rows, radius), problem.domain)
    ending = Ending(search.seed, status_of(watch), scope_anywhere(problem, f"any {problem.n_new} devices"), bound, certificate)
    return finish_free(problem, places + ground.origin, ending)


def _choose(
    ground: Ground, rows: IntArray, radius: float, p: int, search: Search, watch: Watch
) -> tuple[Columns, WeightLimit, FloatArray]:
    """Return the columns of all rows, the best p of them, and where those devices stand."""
    columns = find_places(ground, rows, radius).columns
    weight = ground.weight[rows]
    best = most_weight(columns, weight, p, gap=search.gap, proof_work=STEPS[search.effort], watch=watch)
    return columns, best, central_places(ground, rows, columns.take(best.chosen))


def _proof(ground: Ground, rows: IntArray, radius: float, columns: Columns, best: WeightLimit) -> dict[str, Any]:
    """Return the certificate's data: the proof of the rows, told of the demand points, which share the duals by weight."""
    place = np.full(ground.n_rows, -1)
    place[rows] = np.arange(len(rows))
    points = np.flatnonzero(place[ground.row] >= 0)
    share = ground.share[points]
    by_row = Columns(len(rows), np.arange(len(points) + 1), place[ground.row[points]]).turned()
    tree = map_leaves(best.tree, lambda leaf: {"duals": (np.array(leaf["duals"])[place[ground.row[points]]] * share).tolist()})
    members = [np.sort(np.concatenate([by_row.rows_of(int(row)) for row in columns.rows_of(k)])).tolist() for k in range(columns.m)]
    return {"radius_m": radius, "rows": points.tolist(), "columns": members, "tree": tree}
