"""How few devices bring everybody within a radius, with devices anywhere: a cover by the places that matter.

The cover is for the free space. The bound is about the plane even where walls stand: it holds there too.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.highs import word_of_solver
from placement.bounds.share_program import (
    Rows,
    covered_weight,
    devices_for_share,
    fewest_for_weight,
    greedy_for_need,
    share_duals,
)
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.types import FloatArray, IntArray
from placement.errors import InfeasibleError
from placement.objectives.set_cover import SetCoverObjective
from placement.progress import Progress, Watch
from placement.solvers.covering import Fewest, fewest, greedy, proof_steps
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.nearer import move_nearer
from placement.solvers.places import (
    FIXED_SLACK,
    REACH_SLACK,
    Ground,
    central_places,
    farthest_first,
    find_places,
    find_some,
    ground_of,
    is_too_much,
    lacking,
    scope_anywhere,
)
from placement.solvers.point_proof import proof_of_points
from placement.solvers.unreachable import named
from placement.units import count


class _Effort(NamedTuple):
    """Elementary steps of the search at each number of devices, simplex steps of a proof, nodes of a MIP."""

    search: float
    proof: int
    nodes: int


EFFORT = {
    "fast": _Effort(2e6, 500, 1),
    "good": _Effort(2e7, 50_000, 1_000),
    "best": _Effort(1e9, 2_000_000, 1_000_000),
}
SAMPLE_ROWS = 500
"""Where finding all places would take too long, so many rows far from each other are looked at for a bound."""
SHARE_ROUNDING = 1e-12


class _Chosen(NamedTuple):
    """Where the new devices stand, and a number below which none do, with its proof (None without one)."""

    places: FloatArray
    bound: int
    certificate: Certificate


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place as few devices as possible, at most `problem.n_new`, so that enough weight is within the radius.

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
        With no new device when the fixed ones reach enough. For backup two devices may share a place, and its bound rests on
        HiGHS; so does that of a share where duals do not reach it.

    Raises
    ------
    InfeasibleError
        If no free place reaches somebody who must be reached, who is named, or if it takes more devices than allowed: then the
        text says how many.

    References
    ----------
    R. L. Church, "The planar maximal covering location problem", J. Reg. Sci. 24 (1984) 185-201, doi
    10.1111/j.1467-9787.1984.tb01031.x (the places).
    """
    objective = cast("SetCoverObjective", problem.objective)
    rng = np.random.default_rng(search.seed)
    ground = ground_of(problem)
    need = lacking(ground, objective.radius_m, objective.n_serving)
    cover = _everybody if objective.n_serving == 1 and objective.share == 1 else _enough
    in_plane = cover(ground.in_plane(), need, problem, search, rng, watch)
    watch.report(Progress("covering", 1, 1, float(len(in_plane.places)), float(in_plane.bound)))
    places = cover(ground, need, problem, search, rng, watch).places if len(ground.edges) else in_plane.places
    _require_enough(problem, len(places), in_plane.bound)
    places = problem.domain.nearest_free(places + ground.origin) - ground.origin
    if objective.n_serving == 1:
        places = move_nearer(ground, places, np.full(ground.n_rows, objective.radius_m), problem.domain, watch)
    scope = scope_anywhere(problem, "any number of devices")
    ending = Ending(search.seed, status_of(watch), scope, float(in_plane.bound), in_plane.certificate)
    return finish_free(problem, places + ground.origin, ending)


def _everybody(
    ground: Ground, need: IntArray, problem: Problem, search: Search, rng: np.random.Generator, watch: Watch
) -> _Chosen:
    """Cover every row that lacks a device."""
    radius, rows = cast("SetCoverObjective", problem.objective).radius_m, np.flatnonzero(need)
    effort = EFFORT[search.effort]
    effort = effort._replace(proof=proof_steps(effort.proof, len(rows), search.effort))
    _require_reachable(problem, ground, rows)
    if not len(rows):
        nothing = {"radius_m": radius, "rows": [], "columns": [], "tree": {"duals": []}}
        return _Chosen(np.empty((0, 2)), 0, Certificate("cover", 0.0, nothing))
    if is_too_much(ground, rows, radius):
        return _in_part(ground, rows, problem, effort, rng, watch)
    columns = find_places(ground, rows, radius).columns
    found = fewest(columns, rng=rng, search_work=effort.search, proof_work=effort.proof, watch=watch)
    places = central_places(ground, rows, columns.take(found.chosen))
    return _Chosen(places, found.bound, _certificate(ground, rows, radius, columns, found))


def _in_part(
    ground: Ground, rows: IntArray, problem: Problem, effort: _Effort, rng: np.random.Generator, watch: Watch
) -> _Chosen:
    """Cover the rows from some places only; what a sample of the rows needs, all of them need."""
    radius = cast("SetCoverObjective", problem.objective).radius_m
    columns = find_some(ground, rows, radius, problem.domain, rng, watch)
    is_found = np.bincount(columns.rows, minlength=len(rows)) > 0
    partly = columns.on_rows(np.flatnonzero(is_found))
    chosen = greedy(partly, partly.m)
    if watch.stop_reason() is None:
        chosen = fewest(partly, rng=rng, search_work=effort.search, proof_work=0, watch=watch, upper=chosen).chosen
    places = _patched(ground, central_places(ground, rows, columns.take(chosen)), rows[~is_found], radius)
    sample = np.intersect1d(farthest_first(ground, np.empty((0, 2)), SAMPLE_ROWS), rows)
    columns = find_places(ground, sample, radius).columns
    found = fewest(columns, rng=rng, search_work=effort.search, proof_work=effort.proof, watch=watch)
    return _Chosen(places, found.bound, _certificate(ground, sample, radius, columns, found))


def _patched(ground: Ground, places: FloatArray, rows: IntArray, radius: float) -> FloatArray:
    """Return the places with others that cover the rows, each the one that reaches most around the first row that is left."""
    found = [places]
    while len(rows):
        near = rows[np.hypot(*(ground.xy[rows] - ground.xy[rows[0]]).T) <= 2 * radius * (1 + 2 * REACH_SLACK)]
        columns = find_places(ground, near, radius, np.zeros(1, dtype=np.intp)).columns
        if columns.rows_of(0)[0] != 0:  # the largest set may lie along a wall, away from the first row
            columns = find_places(ground, near[:1], radius).columns
        found.append(central_places(ground, near, columns.take(np.zeros(1, dtype=np.intp))))
        rows = np.setdiff1d(rows, near[columns.rows_of(0)])
    return np.vstack(found)


def _certificate(ground: Ground, rows: IntArray, radius: float, columns: Columns, found: Fewest) -> Certificate:
    """Return the certificate over the rows that the proof uses."""
    used = columns.on_rows(found.rows)
    data = {
        "radius_m": radius,
        "rows": ground.position[rows[found.rows]].tolist(),
        "columns": [used.rows_of(k).tolist() for k in range(used.m)],
        "tree": found.tree,
    }
    return Certificate("cover", float(found.bound), data)


def _enough(ground: Ground, need: IntArray, problem: Problem, search: Search, _: np.random.Generator, watch: Watch) -> _Chosen:
    """Cover rows of enough weight, as often as they need it: each place may be chosen as often."""
    objective, kept = cast("SetCoverObjective", problem.objective), np.flatnonzero(need)
    once = find_places(ground, kept, objective.radius_m).columns
    columns = once.take(np.repeat(np.arange(once.m), objective.n_serving))
    rows, total = Rows(need[kept], ground.weight[kept]), float(ground.weight.sum())
    needed = (objective.share - SHARE_ROUNDING) * total - float(ground.weight[need == 0].sum())
    lost = np.bincount(columns.rows, minlength=len(kept)) == 0
    if float(rows.weight[~lost].sum()) < needed:
        _require_reachable(problem, ground, kept)
    chosen = greedy_for_need(columns, rows, columns.m, needed)
    bound = 0
    if needed > 0:
        solved = fewest_for_weight(columns, rows, needed, nodes=EFFORT[search.effort].nodes, watch=watch)
        if solved.chosen is not None and covered_weight(columns, rows, solved.chosen) >= needed:
            chosen = min(chosen, solved.chosen, key=len)
        bound = min(int(solved.bound), len(chosen))
    places = central_places(ground, kept, columns.take(chosen))
    claim, proof = f"fewer than {bound} places in the plane do not reach so much weight", None
    if needed > 0 and watch.stop_reason() is None:
        duals = share_duals(columns, rows, needed)
        told = proof_of_points(ground, kept, objective.radius_m, once, {"duals": duals.tolist()})
        proof = Certificate("cover", float(devices_for_share(columns, rows, needed, duals)), told)
    certificate = word_of_solver(float(bound), claim, proof, "min")
    return _Chosen(places, int(certificate.bound), certificate)


def _require_reachable(problem: Problem, ground: Ground, rows: IntArray) -> None:
    """Refuse when walls keep all devices away from some of the rows."""
    if not len(ground.edges):
        return
    radius = cast("SetCoverObjective", problem.objective).radius_m
    xy = ground.xy[rows] + ground.origin
    away = np.hypot(*(xy - problem.domain.nearest_free(xy)).T)
    lost = away > radius * (1 + FIXED_SLACK)
    if not lost.any():
        return
    points = np.flatnonzero(np.isin(ground.row, rows[lost]))
    raise InfeasibleError(
        f"no place where a device may stand is within {radius:g} m of {named(problem.demand.ids, points)}; "
        f"the smallest radius that reaches all of them is {away.max():.6g} m"
    )


def _require_enough(problem: Problem, needed: int, bound: int) -> None:
    if needed <= problem.n_new:
        return
    objective = cast("SetCoverObjective", problem.objective)
    proven = f"it takes {needed}" if bound == needed else f"{needed} do, and it takes at least {bound}"
    few = count(problem.n_new, "new device does", "new devices do")
    whom = "everybody" if objective.share == 1 else f"a share of {objective.share:g}"
    twice = "" if objective.n_serving == 1 else f" of {objective.n_serving} devices"
    raise InfeasibleError(f"{few} not bring {whom} within {objective.radius_m:g} m{twice}; {proven}")
