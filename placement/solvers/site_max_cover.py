"""max_cover on candidate sites: p sites with the most weight within the radius."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from placement.bounds.highs import word_of_solver
from placement.bounds.share_program import Rows, covered_weight, greedy_for_need, most_for_need, weight_duals, weight_for_need
from placement.bounds.weight_proof import rounded_down, tree_weight
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.protocols import RadiusObjective
from placement.core.types import IntArray
from placement.progress import Watch
from placement.solvers.covering import filled, most_weight, proof_steps
from placement.solvers.finish import Ending, finish_sites, status_of
from placement.solvers.point_proof import proof_on_sites
from placement.solvers.reach import Within, scope_of, within_radius


class _Effort(NamedTuple):
    """Simplex steps of a proof, nodes of a MIP."""

    proof: int
    nodes: int


EFFORT = {"fast": _Effort(1_000, 1), "good": _Effort(200_000, 1_000), "best": _Effort(1_000_000, 1_000_000)}


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Open `problem.n_new` of the candidate sites so that the weight within the radius is as large as possible.

    Maximises ``sum_i w_i [d_i <= radius]``, where ``d_i`` is the distance to the `n_serving`-th nearest device, fixed ones
    included.

    Parameters
    ----------
    problem : Problem
        With candidates.
    search : Search
        Effort and gap; nothing is left to chance.
    watch : Watch
        May stop the search; the best plan and bound so far come back.

    Returns
    -------
    Plan
        With a bound from above, and a certificate of kind "cover"; "solver" where backup needs the word of one.
    """
    objective = cast("RadiusObjective", problem.objective)
    near = within_radius(problem, objective.radius_m, objective.n_serving)
    prove = _once if objective.n_serving == 1 else _backed_up
    chosen, bound, certificate = prove(problem, search, watch, near)
    scope = scope_of(problem, str(min(problem.n_new, near.columns.m)))
    ending = Ending(search.seed, status_of(watch), scope, bound, certificate)
    return finish_sites(problem, near.order.site_index[chosen], ending)


def _once(problem: Problem, search: Search, watch: Watch, near: Within) -> tuple[IntArray, float, Certificate]:
    """Choose for rows that need one device."""
    p = min(problem.n_new, near.columns.m)
    rows = np.flatnonzero(near.need)
    weight = near.order.demand.weight
    served = float(weight[near.need == 0].sum())
    columns = near.columns.on_rows(rows)
    work = proof_steps(EFFORT[search.effort].proof, len(rows), search.effort)
    gap = search.gap if served == 0 else search.gap / 2
    limit = most_weight(columns, weight[rows], p, gap=gap, proof_work=work, watch=watch)
    bound = served + max(limit.value, tree_weight(near.wide.on_rows(rows), weight[rows], p, limit.tree))
    data = proof_on_sites(near.order, rows, cast("RadiusObjective", problem.objective).radius_m, limit.tree)
    return filled(limit.chosen, p, near.columns.m), bound, Certificate("cover", bound, data)


def _backed_up(problem: Problem, search: Search, watch: Watch, near: Within) -> tuple[IntArray, float, Certificate]:
    """Choose for rows that need several devices."""
    p = min(problem.n_new, near.columns.m)
    kept = np.flatnonzero(near.need)
    weight = near.order.demand.weight
    served = float(weight[near.need == 0].sum())
    columns, rows = near.columns.on_rows(kept), Rows(near.need[kept], weight[kept])
    chosen = greedy_for_need(columns, rows, p)
    solved = most_for_need(columns, rows, p, nodes=EFFORT[search.effort].nodes, watch=watch)
    if solved.chosen is not None and covered_weight(columns, rows, solved.chosen) >= covered_weight(columns, rows, chosen):
        chosen = solved.chosen
    bound = served + max(solved.bound, covered_weight(columns, rows, chosen))
    claim = f"no choice of {p} candidate sites brings {problem.objective.n_serving} devices within the radius of more weight"
    wide = near.wide.on_rows(kept)
    duals = weight_duals(wide, rows, p)
    radius = cast("RadiusObjective", problem.objective).radius_m
    data = proof_on_sites(near.order, kept, radius, {"duals": duals.tolist()})
    proven = rounded_down(served + weight_for_need(wide, rows, duals, p), weight)
    certificate = word_of_solver(bound, claim, Certificate("cover", proven, data), "max")
    return filled(chosen, p, near.columns.m), certificate.bound, certificate
