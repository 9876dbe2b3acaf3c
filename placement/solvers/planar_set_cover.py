"""How few devices bring everybody within a radius, with devices anywhere: a cover by the places that matter.

The cover is for the free space. The bound is about the plane even where walls stand: it holds there too.
"""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from placement.bounds.columns import Columns
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.types import FloatArray, IntArray
from placement.errors import InfeasibleError
from placement.objectives.set_cover import SetCoverObjective
from placement.progress import Progress, Watch
from placement.solvers.covering import Fewest, fewest
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.nearer import move_nearer
from placement.solvers.places import Ground, central_places, find_places, ground_of, scope_anywhere

SWAPS = {"fast": 200, "good": 2_000, "best": 20_000}
STEPS = {"fast": 0, "good": 50_000, "best": 2_000_000}
"""Swaps and simplex steps for each number of devices that is tried, at each effort."""
ROUNDING = 1e-9
"""Relative: a fixed device reaches whom it misses by this much, as whoever checks the bound reckons."""
NAMED = 5
"""So many points are named when some cannot be reached."""


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place as few devices as possible, at most `problem.n_new`, so that everybody is within the radius.

    Parameters
    ----------
    problem : Problem
        With set_cover objective, straight distance and no candidates.
    search : Search
        Seed, effort and limits.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan and bound.

    Returns
    -------
    Plan
        With no new device when the fixed ones reach everybody.

    Raises
    ------
    InfeasibleError
        If no free place reaches some point, which is named, or if it takes more devices than allowed: then the text says how many.

    References
    ----------
    R. L. Church, "The planar maximal covering location problem", J. Reg. Sci. 24 (1984) 185-201, doi
    10.1111/j.1467-9787.1984.tb01031.x (the places).
    """
    objective = cast("SetCoverObjective", problem.objective)
    radius, rng = objective.radius_m, np.random.default_rng(search.seed)
    ground = ground_of(problem)
    rows = np.flatnonzero(ground.reached > radius * (1 + ROUNDING))
    columns = find_places(ground.in_plane(), rows, radius).columns
    found = _fewest(columns, search, rng, watch)
    bound = float(found.bound)
    watch.report(Progress("covering", 1, 1, float(len(found.chosen)), bound))
    certificate = Certificate("cover", bound, _proof(ground, rows, radius, columns, found))
    if len(ground.edges):
        columns = find_places(ground, rows, radius).columns
        _require_reachable(problem, ground, rows, columns)
        found = _fewest(columns, search, rng, watch)
    _require_enough(problem, radius, found)
    places = central_places(ground, rows, columns.take(found.chosen))
    places = problem.domain.nearest_free(places + ground.origin) - ground.origin
    places = move_nearer(ground, places, np.full(ground.n_rows, radius), problem.domain)
    ending = Ending(search.seed, status_of(watch), scope_anywhere(problem, "any number of devices"), bound, certificate)
    return finish_free(problem, places + ground.origin, ending)


def _fewest(columns: Columns, search: Search, rng: np.random.Generator, watch: Watch) -> Fewest:
    swaps, steps = SWAPS[search.effort], STEPS[search.effort]
    return fewest(columns, rng=rng, search_work=swaps, proof_work=steps, watch=watch)


def _proof(ground: Ground, rows: IntArray, radius: float, columns: Columns, found: Fewest) -> dict[str, Any]:
    used = columns.on_rows(found.rows)
    return {
        "radius_m": radius,
        "rows": ground.position[rows[found.rows]].tolist(),
        "columns": [used.rows_of(k).tolist() for k in range(used.m)],
        "tree": found.tree,
    }


def _require_reachable(problem: Problem, ground: Ground, rows: IntArray, columns: Columns) -> None:
    lost = rows[np.bincount(columns.rows, minlength=len(rows)) == 0]
    if not len(lost):
        return
    points = np.flatnonzero(np.isin(ground.row, lost))
    away = np.hypot(*(problem.demand.xy[points] - problem.domain.nearest_free(problem.demand.xy[points])).T)
    names = ", ".join(problem.demand.ids[i] for i in points[:NAMED])
    more = f" and {len(points) - NAMED} more" if len(points) > NAMED else ""
    raise InfeasibleError(
        f"no place where a device may stand is within {problem.objective.radius_m:g} m of {names}{more}; "  # type: ignore[attr-defined]
        f"the smallest radius that reaches all of them is {away.max():.6g} m"
    )


def _require_enough(problem: Problem, radius: float, found: Fewest) -> None:
    needed = len(found.chosen)
    if needed <= problem.n_new:
        return
    proven = f"it takes {needed}" if found.bound == needed else f"{needed} do, and it takes at least {found.bound}"
    few = "1 new device does" if problem.n_new == 1 else f"{problem.n_new} new devices do"
    raise InfeasibleError(f"{few} not bring everybody within {radius:g} m; {proven}")
