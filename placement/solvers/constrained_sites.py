"""The choice among candidate sites when more than the number of devices is demanded: capacities, money, quotas, pairs, spacing.

One mixed-integer program for sums and covers, a bisection over the distances for p_center. The program's bound is the
solver's word: certificate kind ``"solver"``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from placement.bounds.highs import word_of_solver
from placement.core.certificate import Certificate
from placement.core.constraints import Constraints
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, IntArray
from placement.errors import InfeasibleError
from placement.progress import Progress, Watch
from placement.solvers import solve as solve_free
from placement.solvers.finish import Ending, finish_sites, holds_under, status_of, with_service
from placement.solvers.first_choice import first_choice
from placement.solvers.ground import Ground, ground_of, narrowed, radius_of, serving_cost, trimmed
from placement.solvers.mip import INTEGRALITY, Answer
from placement.solvers.program_proof import proof_of, refuted
from placement.solvers.remedies import explain
from placement.solvers.site_program import Choice, choice_of, require_share

MOST_NODES = {"fast": 20, "good": 500, "best": 1_000_000}
"""Nodes of the search tree for each program of up to `EASY_PAIRS` pairs; fewer in proportion for larger ones."""
EASY_PAIRS = 3_000
LEAST_NODES = 20
MOST_PAIRS = 60_000
"""Pairs of point and site in one program; with more, each point looks at its nearest sites only."""


class Found(NamedTuple):
    """What was chosen: the open sites, which of them serves each point (-1 for none), and a bound of the objective."""

    opened: IntArray
    serving: IntArray
    bound: float | None
    proof: Certificate | None = None


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Choose among the candidate sites under the problem's constraints.

    Parameters
    ----------
    problem : Problem
        With candidates.
    search : Search
        Effort and limits; the gap at which to stop.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan.

    Returns
    -------
    Plan
        At most `n_new` new devices. Points that no device may serve are left unserved only by covering objectives.

    Raises
    ------
    InfeasibleError
        If no plan respects the constraints, with what would be feasible; or if none was found before the watch said stop.
    """
    relaxed = _relaxed(problem, search, watch)
    if relaxed is not None and holds_under(problem, relaxed):
        return relaxed
    plan = choose(problem, search, watch)
    if relaxed is None or relaxed.bound is None:
        return plan
    if _is_tighter(problem, relaxed.bound, plan.bound):
        scope = f"{relaxed.scope}, the constraints ignored"
        return replace(plan, bound=relaxed.bound, certificate=relaxed.certificate, scope=scope)
    return replace(plan, certificate=_with_beside(problem, plan.certificate, relaxed.certificate))


def choose(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Choose among the candidate sites by programs alone, whatever the problem without its constraints says.

    Parameters
    ----------
    problem, search, watch
        As for `solve`.

    Returns
    -------
    Plan
        As `solve` returns it. Without a bound when there are too many pairs: then each point looks at its nearest sites only.

    Raises
    ------
    InfeasibleError
        As for `solve`.
    """
    whole = ground_of(problem)
    ground = trimmed(whole, MOST_PAIRS)
    found = _FINDERS[problem.objective.kind](ground, search, watch)
    if found is None:
        raise explain(ground, watch)
    scope = "any plan on the candidate sites that respects the constraints"
    bound = found.bound if ground is whole else None
    certificate = None if bound is None else word_of_solver(bound, scope, found.proof, problem.objective.sense)
    bound = None if certificate is None else certificate.bound
    ending = Ending(search.seed, status_of(watch), scope, bound, certificate)
    plan = finish_sites(problem, found.opened[found.opened >= problem.fixed.m] - problem.fixed.m, ending)
    return with_service(problem, plan, _device_positions(ground, plan, found.serving))


def _with_beside(problem: Problem, word: Certificate | None, proof: Certificate | None) -> Certificate | None:
    """Return a solver's word with the stronger of two proofs beside it: its own, or that of the problem without constraints."""
    if word is None or word.kind != "solver" or proof is None or proof.kind == "solver":
        return word
    own = word.data["beside"]
    if own is not None and not _is_tighter(problem, proof.bound, own["bound"]):
        return word
    return word_of_solver(word.bound, word.data["claim"], proof, problem.objective.sense)


def _relaxed(problem: Problem, search: Search, watch: Watch) -> Plan | None:
    """Return the plan of the problem without its constraints; None when not even that has one."""
    sites = problem.candidates or Sites.none()
    free = replace(
        problem,
        constraints=Constraints(),
        candidates=replace(sites, capacity=None),
        fixed=replace(problem.fixed, capacity=None),
    )
    try:
        return solve_free(free, search, watch)
    except InfeasibleError:
        return None


def _is_tighter(problem: Problem, bound: float, other: float | None) -> bool:
    if other is None:
        return True
    return problem.sign * (bound - other) > 0


def _device_positions(ground: Ground, plan: Plan, serving: IntArray) -> IntArray:
    """Return positions in the plan for positions among the sites; -1 stays."""
    position = np.full(ground.n_sites + 1, -1, dtype=np.intp)
    for place, name in enumerate(plan.device_ids):
        position[ground.position(name)] = place
    return position[serving]


def _cheapest(ground: Ground, search: Search, watch: Watch) -> Found | None:
    cost = serving_cost(ground)
    choice = _choice(ground, ground.is_allowed, serve_cost=cost)
    answer = _solve(ground, choice, cost, search, watch)
    return _proven(_found(ground, choice, answer, answer.bound), proof_of(ground, choice, watch))


def _most_weight(ground: Ground, search: Search, watch: Watch) -> Found | None:
    weight = ground.problem.demand.weight
    reach = narrowed(ground, radius_of(ground.problem.objective))
    choice = _choice(ground, reach, point_gain=weight, serves_all=False)
    answer = _solve(ground, choice, serving_cost(ground), search, watch)
    found = _found(ground, choice, answer, min(-answer.bound, float(weight.sum())))
    return _proven(found, proof_of(ground, choice, watch, radius_of(ground.problem.objective)))


def _fewest(ground: Ground, search: Search, watch: Watch) -> Found | None:
    objective, demand = ground.problem.objective, ground.problem.demand
    share = getattr(objective, "share", 1.0)
    choice = _choice(ground, narrowed(ground, radius_of(objective)), open_cost=1.0, serves_all=share == 1)
    if share < 1:
        require_share(ground, choice, share * demand.total_weight * (1 - 1e-12))
    answer = _solve(ground, choice, serving_cost(ground), search, watch)
    found = _found(ground, choice, answer, float(np.ceil(answer.bound - INTEGRALITY)) if np.isfinite(answer.bound) else 0.0)
    return _proven(found, proof_of(ground, choice, watch, radius_of(objective)))


def _smallest_radius(ground: Ground, search: Search, watch: Watch) -> Found | None:
    """Bisect over the distances that occur; then ask for the shortest ways within the smallest that works."""
    distances = np.unique(ground.distance[ground.is_allowed])
    distances = distances[np.searchsorted(distances, _least_radius(ground)) :]
    low, high, best, middle = -1, len(distances), None, len(distances) - 1
    while high - low > 1:
        found, status = _within(ground, distances[middle], search, watch)
        if found is None and status == "stopped":
            break  # too hard: what was found so far stands
        if found is None:
            low = middle
        else:
            best, high = found, int(np.searchsorted(distances, _radius(ground, found)))
        middle = (low + high) // 2
        watch.report(Progress("bisecting the radius", low + 1, high, float(distances[min(high, len(distances) - 1)])))
        if watch.stop_reason() is not None:
            break
    if best is None:
        return None
    nearer, _ = _within(ground, _radius(ground, best), search, watch, is_near=True)
    bound = float(distances[low + 1])
    return (nearer or best)._replace(bound=bound, proof=_refuted(ground, bound, watch))


def _refuted(ground: Ground, bound: float, watch: Watch) -> Certificate | None:
    """Return the proof that a radius is too small, for the largest below the bound that fractions of devices refute; bisected."""
    distances = np.unique(ground.distance[ground.distance < bound])
    low, high, best = -1, len(distances), None
    middle = high - 1
    while high - low > 1:
        proof = refuted(ground, float(distances[middle]), watch)
        best, low, high = (best, low, middle) if proof is None else (proof, middle, high)
        middle = (low + high) // 2
    return best


def _proven(found: Found | None, proof: Certificate | None) -> Found | None:
    return None if found is None else found._replace(proof=proof)


def _within(ground: Ground, radius: float, search: Search, watch: Watch, *, is_near: bool = False) -> tuple[Found | None, str]:
    cost = serving_cost(ground)
    choice = _choice(ground, narrowed(ground, radius), serve_cost=cost if is_near else None)
    answer = _solve(ground, choice, cost, search, watch)
    return _found(ground, choice, answer, None), answer.status


def _radius(ground: Ground, found: Found) -> float:
    return float(ground.distance[np.arange(len(found.serving)), found.serving].max())


def _least_radius(ground: Ground) -> float:
    """Return what the point that is farthest from all of its sites needs."""
    nearest = np.where(ground.is_allowed, ground.distance, np.inf).min(axis=1)
    return float(nearest.max()) if np.isfinite(nearest).all() else 0.0


def _choice(
    ground: Ground,
    reach: BoolArray,
    *,
    open_cost: float = 0.0,
    serve_cost: FloatArray | None = None,
    point_gain: FloatArray | None = None,
    serves_all: bool = True,
) -> Choice:
    costs = np.zeros(ground.distance.shape) if serve_cost is None else serve_cost
    gains = np.zeros(len(ground.distance)) if point_gain is None else point_gain
    return choice_of(ground, reach, open_cost=open_cost, serve_cost=costs, point_gain=gains, serves_all=serves_all)


def _solve(ground: Ground, choice: Choice, cost: FloatArray, search: Search, watch: Watch) -> Answer:
    """Ask for the best solution, beginning with a quick one; without time for more, that one is the answer."""
    start = first_choice(ground, choice, cost)
    if watch.stop_reason() is not None:
        return Answer("stopped", start, -np.inf)
    nodes = max(LEAST_NODES, MOST_NODES[search.effort] * EASY_PAIRS // max(EASY_PAIRS, len(choice.served)))
    answer = choice.program.solve(watch, max_nodes=nodes, gap=search.gap, start=start)
    return answer._replace(x=start) if answer.x is None and answer.status == "stopped" else answer


def _found(ground: Ground, choice: Choice, answer: Answer, bound: float | None) -> Found | None:
    if answer.x is None:
        return None
    is_open = answer.x[choice.opened] > 0.5  # noqa: PLR2004 - whole but for rounding
    serves = is_open[choice.site] if not ground.is_scarce else answer.x[choice.served] > 0.5  # noqa: PLR2004
    # The nearest comes last and stays: a point may have several devices, for backup or as ties of a relaxed program.
    pairs = np.flatnonzero(serves)
    pairs = pairs[np.argsort(-ground.distance[choice.point[pairs], choice.site[pairs]], kind="stable")]
    serving = np.full(len(choice.is_served), -1, dtype=np.intp)
    serving[choice.point[pairs]] = choice.site[pairs]
    if not ground.is_scarce:
        serving = np.where(serving < 0, _nearest_allowed(ground, is_open), serving)
    is_known = bound is not None and np.isfinite(bound)
    return Found(np.flatnonzero(is_open), serving, bound if is_known else None)


def _nearest_allowed(ground: Ground, is_open: BoolArray) -> IntArray:
    distance = np.where(ground.is_allowed & is_open, ground.distance, np.inf)
    return np.where(np.isfinite(distance.min(axis=1)), distance.argmin(axis=1), -1)


_FINDERS = {
    "k_means": _cheapest,
    "p_median": _cheapest,
    "p_center": _smallest_radius,
    "max_cover": _most_weight,
    "set_cover": _fewest,
}
