"""set_cover on candidate sites: as few devices as bring everybody, or a share of the weight, within the radius."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple, cast

import numpy as np

from placement.bounds.cover_tree import tree_needs
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
from placement.core.types import IntArray
from placement.errors import InfeasibleError
from placement.objectives.set_cover import SetCoverObjective
from placement.progress import Watch
from placement.solvers.covering import MANY_STEPS, WHOLE, Fewest, fewest, most_weight, proof_steps
from placement.solvers.finish import Ending, finish_sites, status_of
from placement.solvers.point_proof import proof_on_sites
from placement.solvers.reach import Within, scope_of, within_radius
from placement.solvers.swap_descent import lower_mean
from placement.solvers.unreachable import named
from placement.units import count


class _Effort(NamedTuple):
    """Elementary steps of the search at each number of devices, simplex steps of a proof, nodes of a MIP."""

    search: float
    proof: int
    nodes: int


EFFORT = {"fast": _Effort(1e7, 500, 1), "good": _Effort(1e8, 30_000, 1_000), "best": _Effort(1e9, 1_000_000, 1_000_000)}
SHARE_ROUNDING = 1e-12
STEPS_FOR_A_SITE = 8
"""With many rows: a few solve the program, the others look for what to branch on, and that takes longest among few sites."""


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Open as few candidate sites as bring enough weight within the radius; at most `problem.n_new`.

    Minimises the number of new devices. Among plans with as few, one whose mean distance no swap lowers, when everybody is to be
    covered.

    Parameters
    ----------
    problem : Problem
        With candidates; who has fixed devices within the radius needs no more, or one less for backup.
    search : Search
        Seed and effort.
    watch : Watch
        May stop the search; the best plan and bound so far come back.

    Returns
    -------
    Plan
        With as many devices as needed, and a certificate of kind "cover"; "solver" where a share or backup needs the word of one.

    Raises
    ------
    InfeasibleError
        If somebody cannot be covered, or `n_new` devices are too few: the text says how many would do, and the share that
        `n_new` reach.
    """
    objective = cast("SetCoverObjective", problem.objective)
    near = within_radius(problem, objective.radius_m, objective.n_serving)
    is_plain = objective.n_serving == 1 and objective.share == 1
    chosen, bound, certificate = (_all_rows if is_plain else _share)(problem, search, watch, near)
    if len(chosen) > problem.n_new:
        raise InfeasibleError(_too_few(problem, near, len(chosen), bound, watch))
    ending = Ending(search.seed, status_of(watch), scope_of(problem, "number"), float(bound), certificate)
    return finish_sites(problem, near.order.site_index[chosen], ending)


def _all_rows(problem: Problem, search: Search, watch: Watch, near: Within) -> tuple[IntArray, int, Certificate]:
    """Cover every row once."""
    rows = np.flatnonzero(near.need)
    columns, demand = near.columns.on_rows(rows), near.order.demand
    alone = rows[np.bincount(columns.rows, minlength=len(rows)) == 0]
    if len(alone):
        raise InfeasibleError(f"no candidate site lies within the radius of {named(demand.ids, alone)}")
    effort, rng = EFFORT[search.effort], np.random.default_rng(search.seed)
    none = np.empty(0, dtype=np.intp)
    found = Fewest(none, 0, none, {"duals": []})
    if len(rows):
        most = min(MANY_STEPS, STEPS_FOR_A_SITE * columns.m)
        proof_work = proof_steps(effort.proof, len(rows), search.effort, most)
        found = fewest(columns, rng=rng, search_work=effort.search, proof_work=proof_work, watch=watch)
    wide = near.wide.on_rows(rows[found.rows])
    bound = ceil(tree_needs(wide, found.tree) - WHOLE)
    radius = cast("SetCoverObjective", problem.objective).radius_m
    data = proof_on_sites(near.order, rows[found.rows], radius, found.tree)
    chosen = lower_mean(near.pairs, near.fixed, demand.weight, found.chosen, watch)
    return chosen, bound, Certificate("cover", float(bound), data)


def _share(problem: Problem, search: Search, watch: Watch, near: Within) -> tuple[IntArray, int, Certificate]:
    """Cover rows of enough weight, as often as they need it."""
    objective = cast("SetCoverObjective", problem.objective)
    weight = near.order.demand.weight
    kept = np.flatnonzero(near.need)
    columns, rows = near.columns.on_rows(kept), Rows(near.need[kept], weight[kept])
    total = float(weight.sum())
    needed = (objective.share - SHARE_ROUNDING) * total - float(weight[near.need == 0].sum())
    _require_reachable(near, needed, total, objective)
    chosen = greedy_for_need(columns, rows, columns.m, needed)
    solved = fewest_for_weight(columns, rows, needed, nodes=EFFORT[search.effort].nodes, watch=watch)
    if solved.chosen is not None and len(solved.chosen) < len(chosen):
        is_enough = covered_weight(columns, rows, solved.chosen) >= needed
        chosen = solved.chosen if is_enough else chosen
    bound = min(int(solved.bound), len(chosen))
    claim = f"fewer than {bound} of the candidate sites do not cover so much weight"
    proof = None if watch.stop_reason() else _share_proof(near, kept, needed, objective.radius_m)
    certificate = word_of_solver(float(bound), claim, proof, "min")
    return chosen, int(certificate.bound), certificate


def _share_proof(near: Within, kept: IntArray, needed: float, radius: float) -> Certificate:
    """Return the bound that duals give, which anybody can recompute."""
    wide, asked = near.wide.on_rows(kept), Rows(near.need[kept], near.order.demand.weight[kept])
    duals = share_duals(wide, asked, needed)
    data = proof_on_sites(near.order, kept, radius, {"duals": duals.tolist()})
    return Certificate("cover", float(devices_for_share(wide, asked, needed, duals)), data)


def _require_reachable(near: Within, needed: float, total: float, objective: SetCoverObjective) -> None:
    """Refuse what not even all candidates together cover, with the names of those who stay out."""
    counts = np.bincount(near.columns.rows, minlength=len(near.need))
    weight = near.order.demand.weight
    is_reached = counts >= near.need
    if float(weight[is_reached & (near.need > 0)].sum()) >= needed:
        return
    share = float(weight[is_reached].sum()) / total
    devices = "device" if objective.n_serving == 1 else f"{objective.n_serving} devices"
    left = named(near.order.demand.ids, np.flatnonzero(~is_reached))
    asked = f"not {objective.share:g}; without {devices}: {left}"
    raise InfeasibleError(f"all candidate sites together bring a share of {share:.6g} within the radius, {asked}")


def _too_few(problem: Problem, near: Within, needed: int, bound: int, watch: Watch) -> str:
    """Say how many devices would do, and what as many as there are can reach."""
    objective = cast("SetCoverObjective", problem.objective)
    weight, p = near.order.demand.weight, problem.n_new
    kept = np.flatnonzero(near.need)
    columns, rows = near.columns.on_rows(kept), Rows(near.need[kept], weight[kept])
    if objective.n_serving == 1 and watch.stop_reason() is None:
        reached = most_weight(columns, rows.weight, p, gap=1.0, proof_work=0, watch=watch).value
    else:
        reached = covered_weight(columns, rows, greedy_for_need(columns, rows, p))
    share = (float(weight[near.need == 0].sum()) + reached) / float(weight.sum())
    fewest_text = f"{needed} would do" if bound == needed else f"{needed} would do, and at least {bound} are needed"
    few = count(p, "new device is", "new devices are")
    return f"{few} too few for this radius: {fewest_text}; {p} can bring a share of {share:.4g} within it"
