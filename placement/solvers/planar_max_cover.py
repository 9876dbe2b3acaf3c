"""As much weight as possible within a radius, with devices anywhere: a choice among the places that matter.

The choice is exact for the plane and for a free space. The bound is about the plane even where walls stand: it holds there too.
"""

from __future__ import annotations

from math import floor
from typing import NamedTuple, cast

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_tree import CoverTree, leaves
from placement.bounds.highs import word_of_solver
from placement.bounds.share_program import Rows, covered_weight, greedy_for_need, most_for_need, weight_duals, weight_for_need
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.protocols import RadiusObjective
from placement.core.types import FloatArray, IntArray
from placement.progress import Progress, Watch
from placement.solvers.covering import most_weight, proof_steps
from placement.solvers.finish import Ending, finish_free, status_of
from placement.solvers.nearer import move_nearer
from placement.solvers.places import (
    Ground,
    central_places,
    farthest_first,
    find_places,
    find_some,
    ground_of,
    heaviest_place,
    is_too_much,
    lacking,
    scope_anywhere,
)
from placement.solvers.point_proof import proof_of_points
from placement.solvers.weight_grid import FINE, heaviest_on_grid
from placement.units import count


class _Effort(NamedTuple):
    """Simplex steps of a proof, nodes of a MIP."""

    proof: int
    nodes: int


EFFORT = {"fast": _Effort(0, 1), "good": _Effort(50_000, 1_000), "best": _Effort(2_000_000, 1_000_000)}
MOST_PRICED = 1_000_000
"""Rows times the rows of a column, beyond which the heaviest place is not looked for but bounded; coarsely when time is up."""
WHOLE = 1e-9
"""Relative: a bound this close below a whole number is not rounded down past it."""


class _Chosen(NamedTuple):
    """The columns over the rows that lack something, None when there are too many; the best places; a bound and its proof."""

    columns: Columns | None
    places: FloatArray
    bound: float
    tree: CoverTree


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Place `problem.n_new` devices anywhere in the free space, maximising the weight within the radius.

    Parameters
    ----------
    problem : Problem
        With max_cover objective, straight distance and no candidates.
    search : Search
        Effort, gap and limits; nothing is left to chance.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan and bound.

    Returns
    -------
    Plan
        Devices that no weight needs stand where people are farthest from all others. For backup two devices may share a
        place; its bound rests on HiGHS.

    References
    ----------
    R. L. Church, "The planar maximal covering location problem", J. Reg. Sci. 24 (1984) 185-201, doi
    10.1111/j.1467-9787.1984.tb01031.x.
    """
    objective = cast("RadiusObjective", problem.objective)
    radius, k = objective.radius_m, objective.n_serving
    ground = ground_of(problem)
    need = lacking(ground, radius, k)
    choose = _once if k == 1 else _backed_up
    if k == 1 and is_too_much(ground, np.flatnonzero(need), radius):
        choose = _in_part
    in_plane = choose(ground.in_plane(), need, problem, search, watch)
    bound = _rounded(problem, in_plane.bound + float(ground.weight[need == 0].sum()))
    watch.report(Progress("choosing places", 1, 1, None, bound))
    places = choose(ground, need, problem, search, watch).places if len(ground.edges) else in_plane.places
    places = np.vstack([places, ground.xy[farthest_first(ground, places, problem.n_new - len(places))]])
    places = problem.domain.nearest_free(places + ground.origin) - ground.origin
    if k == 1:
        places = move_nearer(ground, places, np.full(ground.n_rows, radius), problem.domain, watch)
    certificate = _certificate(ground, need, problem, in_plane, bound)
    scope = scope_anywhere(problem, f"any {count(problem.n_new, 'device')}")
    return finish_free(
        problem, places + ground.origin, Ending(search.seed, status_of(watch), scope, certificate.bound, certificate)
    )


def _rounded(problem: Problem, bound: float) -> float:
    """Return the bound, rounded down where all weights are whole: so is what they add up to."""
    is_whole = bool((problem.demand.weight % 1 == 0).all())
    return float(floor(bound * (1 + WHOLE))) if is_whole else bound


def _once(ground: Ground, need: IntArray, problem: Problem, search: Search, watch: Watch) -> _Chosen:
    rows = np.flatnonzero(need)
    columns = find_places(ground, rows, cast("RadiusObjective", problem.objective).radius_m).columns
    if not columns.m:
        return _Chosen(columns, np.empty((0, 2)), 0.0, {"duals": [0.0] * len(rows)})
    steps = proof_steps(EFFORT[search.effort].proof, len(rows), search.effort)
    best = most_weight(
        columns, ground.weight[rows], min(problem.n_new, columns.m), gap=search.gap / 2, proof_work=steps, watch=watch
    )
    return _Chosen(columns, central_places(ground, rows, columns.take(best.chosen)), best.bound, best.tree)


def _in_part(ground: Ground, need: IntArray, problem: Problem, search: Search, watch: Watch) -> _Chosen:
    """Choose among some places only, and price all places once by the duals of that choice."""
    rows, radius = np.flatnonzero(need), cast("RadiusObjective", problem.objective).radius_m
    rng, weight = np.random.default_rng(search.seed), ground.weight[rows]
    columns = find_some(ground, rows, radius, problem.domain, rng, watch)
    if not columns.m:
        return _Chosen(None, np.empty((0, 2)), float(weight.sum()), {"duals": weight.tolist()})
    p = min(problem.n_new, columns.m)
    best = most_weight(columns, weight, p, gap=search.gap / 2, proof_work=0, watch=watch)
    duals = np.minimum(next(leaves(best.tree)).data["duals"], weight)
    if watch.stop_reason() is not None:
        heaviest = heaviest_on_grid(ground.xy[rows], radius, duals)
    elif len(rows) * len(columns.rows) > MOST_PRICED * columns.m:
        heaviest = heaviest_on_grid(ground.xy[rows], radius, duals, FINE)
    else:
        heaviest = heaviest_place(ground.in_plane(), rows, radius, duals)
    bound = float((weight - duals).sum()) + problem.n_new * heaviest
    bound = min(float(weight.sum()), max(bound, best.value))
    return _Chosen(None, central_places(ground, rows, columns.take(best.chosen)), bound, {"duals": duals.tolist()})


def _backed_up(ground: Ground, need: IntArray, problem: Problem, search: Search, watch: Watch) -> _Chosen:
    """Choose for rows that need several devices: each place may be chosen as often."""
    kept = np.flatnonzero(need)
    objective = cast("RadiusObjective", problem.objective)
    once = find_places(ground, kept, objective.radius_m).columns
    columns = once.take(np.repeat(np.arange(once.m), objective.n_serving))
    if not columns.m:
        return _Chosen(columns, np.empty((0, 2)), 0.0, {"duals": [0.0] * len(kept)})
    rows, p = Rows(need[kept], ground.weight[kept]), min(problem.n_new, columns.m)
    chosen = greedy_for_need(columns, rows, p)
    solved = most_for_need(columns, rows, p, nodes=EFFORT[search.effort].nodes, watch=watch)
    if solved.chosen is not None and covered_weight(columns, rows, solved.chosen) >= covered_weight(columns, rows, chosen):
        chosen = solved.chosen
    bound = max(solved.bound, covered_weight(columns, rows, chosen))
    duals = weight_duals(columns, rows, p)
    return _Chosen(once, central_places(ground, kept, columns.take(chosen)), bound, {"duals": duals.tolist()})


def _certificate(ground: Ground, need: IntArray, problem: Problem, chosen: _Chosen, bound: float) -> Certificate:
    times, kept = problem.objective.n_serving, np.flatnonzero(need)
    claim = f"no {problem.n_new} places in the plane bring {times} device{'s' * (times > 1)} within reach of more weight"
    radius = cast("RadiusObjective", problem.objective).radius_m
    if chosen.columns is None:
        nothing = Columns(len(kept), np.zeros(1, dtype=np.intp), kept[:0])
        return Certificate("cover", bound, {**proof_of_points(ground, kept, radius, nothing, chosen.tree), "columns": "anywhere"})
    data = proof_of_points(ground, kept, radius, chosen.columns, chosen.tree)
    if times == 1:
        return Certificate("cover", bound, data)
    columns, rows = chosen.columns.take(np.repeat(np.arange(chosen.columns.m), times)), Rows(need[kept], ground.weight[kept])
    proven = weight_for_need(columns, rows, np.array(chosen.tree["duals"]), problem.n_new) + float(ground.weight[need == 0].sum())
    return word_of_solver(bound, claim, Certificate("cover", _rounded(problem, proven), data), "max")
