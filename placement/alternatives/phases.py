"""An order for the devices of a plan, so that those bought first serve best until the rest follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from placement.alternatives.quick import quickly, solved, worse_by
from placement.core.alternatives import Phase, Rollout
from placement.core.constraints import Constraints
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.protocols import RadiusObjective
from placement.core.rules import has_limited_room
from placement.core.sites import Sites
from placement.core.statistics import weighted_mean
from placement.core.types import FloatArray
from placement.metrics.coverage import coverage
from placement.objectives import OBJECTIVES
from placement.progress import Watch

NOTE = "until the last step everybody goes to the nearest device, and capacities, cutoffs, quotas and pairs do not count"


def rollout(
    problem: Problem, plan: Plan, search: Search, watch: Watch | None = None, free: Mapping[int, float] | None = None
) -> Rollout:
    """Order the new devices of a plan: always next the one with which the objective is best.

    The prefixes of the order are nested plans; what nesting costs is their value against that of a plan with as many
    devices placed freely. Under set_cover the measure is the weight within its radius, because fewer devices than the plan's
    leave somebody out.

    Parameters
    ----------
    problem, plan : Problem, Plan
        With one new device at least.
    search : Search
        Seed and starts for free plans; the effort is always "fast".
    watch : Watch, optional
        When it says stop, further free plans are left out.
    free : mapping of int to float, optional
        Values of free plans by their number of new devices, where they are known already.

    Returns
    -------
    Rollout
        A phase for each new device. A tie goes to the order in which fewer are out of reach, then to the shorter mean,
        then to the device that the plan names first. Before the last phase neither the nested nor the free plans keep rules
        about who is served from where; so no free value is worse than the nested plan's, which is one too.
    """
    watch, measured = watch or Watch(search.time_limit_s), _measured(problem)
    unruled = _unruled(measured)
    distance = problem.distance.matrix(problem.demand, Sites(plan.device_ids, plan.device_xy))
    order = _greedy(measured, distance)
    known = dict(free or {}) if unruled is problem else {}
    if measured is problem:
        known[len(order)] = plan.value  # it is free itself
    phases = []
    for n_new in range(1, len(order) + 1):
        chosen = [*range(problem.fixed.m), *order[:n_new]]
        is_last = n_new == len(order)
        nearest = plan.service_distance if is_last else distance[:, chosen].min(axis=1)
        value = plan.value if is_last and measured is problem else _value(measured, distance[:, chosen])
        best = known.get(n_new)
        if best is None:
            found = solved(replace(unruled, n_new=n_new), quickly(search), watch)
            best = None if found is None else found.value
        phases.append(_phase(measured, plan.device_ids[order[n_new - 1]], n_new, value, nearest, best))
    return Rollout(measured.objective.meaning, measured.objective.unit, tuple(phases), NOTE)


def _measured(problem: Problem) -> Problem:
    """Return the problem whose objective tells good prefixes from bad ones."""
    if problem.objective.kind != "set_cover":
        return problem
    aim = cast("RadiusObjective", problem.objective)
    return replace(problem, objective=OBJECTIVES["max_cover"](radius_m=aim.radius_m, n_serving=aim.n_serving))


def _unruled(problem: Problem) -> Problem:
    """Return the problem without the rules about who is served from where, which the first phases cannot keep."""
    rules = Constraints(money=problem.constraints.money, spacing_m=problem.constraints.spacing_m)
    if rules == problem.constraints and not has_limited_room(problem):
        return problem
    sites = problem.candidates
    return replace(
        problem,
        constraints=rules,
        fixed=replace(problem.fixed, capacity=None),
        candidates=None if sites is None else replace(sites, capacity=None),
    )


def _greedy(problem: Problem, distance: FloatArray) -> list[int]:
    """Return the positions of the new devices in the order in which they help most."""
    chosen, left = list(range(problem.fixed.m)), list(range(problem.fixed.m, distance.shape[1]))
    while left:
        best = min(left, key=lambda j: _badness(problem, distance[:, [*chosen, j]]))
        chosen.append(best)
        left.remove(best)
    return chosen[problem.fixed.m :]


def _badness(problem: Problem, distance: FloatArray) -> tuple[float, int, float]:
    """Return what a set of devices is judged by, smallest is best: the objective, who is out of reach, the mean of the others."""
    nearest = distance.min(axis=1)
    is_reached = np.isfinite(nearest)
    mean = weighted_mean(nearest[is_reached], problem.demand.weight[is_reached]) if is_reached.any() else np.inf
    # Rounded to twelve figures, so that a tie is a tie on every machine.
    return float(f"{problem.sign * _value(problem, distance):.12g}"), int((~is_reached).sum()), float(f"{mean:.12g}")


def _value(problem: Problem, distance: FloatArray) -> float:
    """Return the objective when all columns of `distance` [m], shape (n, m), are devices."""
    k, m = problem.objective.n_serving, distance.shape[1]
    serving = np.full(len(distance), np.inf) if m < k else np.partition(distance, k - 1, axis=1)[:, k - 1]
    return float(problem.objective.value(problem.demand.weight, serving, m - problem.fixed.m))


def _phase(problem: Problem, device: str, n_new: int, value: float, nearest: FloatArray, free: float | None) -> Phase:
    is_reached, weight = np.isfinite(nearest), problem.demand.weight
    if free is not None and worse_by(problem, free, value) > 0:
        free = value
    return Phase(
        n_new=n_new,
        device=device,
        value=value,
        max_m=float(nearest.max()) if is_reached.all() else None,
        mean_m=weighted_mean(nearest[is_reached], weight[is_reached]) if is_reached.any() else None,
        covered_share=coverage(weight, nearest, problem.radii_m[0]).share if problem.radii_m else None,
        free=free,
        loss=None if free is None else worse_by(problem, value, free),
    )
