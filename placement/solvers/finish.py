"""From device positions to a `Plan`: who is served by which device, the value, the names, how the search ended."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from placement.core.certificate import Certificate
from placement.core.plan import DeviceStatus, Plan, PlanStatus
from placement.core.problem import PROVEN_GAP, Problem
from placement.core.rules import ROUNDING, keeps_constraints, with_room
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

MATRIX_ENTRIES = 1 << 22
"""Largest block of a distance matrix that is held at once (32 MiB)."""


class Ending(NamedTuple):
    """How a search ended and what it proved.

    Parameters
    ----------
    seed : int
        Seed of the search.
    status : str
        "feasible", or "time_limit" or "interrupted" when it was stopped; a closed gap makes it "optimal".
    scope : str
        Which plans the bound is about; without one, how the search was made.
    bound : float or None
        What was proven about the objective of all plans in `scope`.
    certificate : Certificate or None
        Its proof.
    """

    seed: int
    status: PlanStatus
    scope: str
    bound: float | None = None
    certificate: Certificate | None = None


def assign(problem: Problem, devices: Sites) -> tuple[IntArray, FloatArray]:
    """Give every demand point its nearest device, ties to the lowest position.

    Parameters
    ----------
    problem : Problem
        Its demand and distance.
    devices : Sites
        The p devices, p >= 1.

    Returns
    -------
    assignment : ndarray of shape (n,)
        Position 0..p-1 of the serving device.
    service_distance : ndarray of shape (n,)
        Distance to it [m]; infinite when there is no way to any.
    """
    n = problem.demand.n
    assignment, service_distance = np.empty(n, dtype=np.intp), np.empty(n)
    for rows in _blocks(n, devices.m):
        distance = problem.distance.matrix(problem.demand.take(rows), devices)
        assignment[rows] = distance.argmin(axis=1)
        service_distance[rows] = distance.min(axis=1)
    return assignment, service_distance


def value_of(problem: Problem, devices: Sites, service_distance: FloatArray) -> float:
    """Return the objective of the plan with these devices, the fixed ones first, and service distances [m] of shape (n,)."""
    objective, n_new = problem.objective, devices.m - problem.fixed.m
    if objective.n_serving > 1:
        service_distance = _kth_nearest(problem, devices, objective.n_serving)
    return objective.value(problem.demand.weight, service_distance, n_new)


def holds_under(problem: Problem, plan: Plan) -> bool:
    """Tell whether a plan made without the constraints of a problem keeps them and is worth as much under them.

    A second device beyond the cutoff is no backup.
    """
    value = value_of(problem, Sites(plan.device_ids, plan.device_xy), plan.service_distance)
    return keeps_constraints(problem, plan) and abs(value - plan.value) <= ROUNDING * abs(plan.value)


def finish_free(problem: Problem, new_xy: FloatArray, ending: Ending) -> Plan:
    """Return the plan in which the fixed devices and new ones at `new_xy` of shape (k, 2) [m] stand.

    New devices are named D1, D2, ... from west to east and follow the fixed ones.
    """
    new_xy = new_xy[np.lexsort((new_xy[:, 1], new_xy[:, 0]))]
    names = _new_names(problem.fixed, len(new_xy))
    devices = Sites((*problem.fixed.ids, *names), np.vstack([problem.fixed.xy, new_xy]))
    return _plan(problem, devices, (*_each("fixed", problem.fixed.m), *_each("new", len(new_xy))), ending)


def finish_sites(problem: Problem, chosen: IntArray, ending: Ending) -> Plan:
    """Return the plan in which the fixed devices and those on the `chosen` candidates (positions 0..m-1) stand.

    Chosen sites follow the fixed devices from west to east and keep their names.
    """
    candidates = problem.candidates or Sites.none()
    taken = candidates.take(np.array(sorted(chosen, key=lambda j: (*candidates.xy[j], candidates.ids[j])), dtype=np.intp))
    devices = Sites((*problem.fixed.ids, *taken.ids), np.vstack([problem.fixed.xy, taken.xy]))
    return _plan(problem, devices, (*_each("fixed", problem.fixed.m), *_each("candidate", taken.m)), ending)


def with_service(problem: Problem, plan: Plan, assignment: IntArray) -> Plan:
    """Return `plan` in which others than the nearest devices serve.

    Parameters
    ----------
    problem : Problem
        The problem of the plan.
    plan : Plan
        As one of the other functions here made it.
    assignment : ndarray of shape (n,)
        Position of the serving device; -1 for none: the distance is infinite, and the point stays with its nearest device.
    """
    is_served = assignment >= 0
    devices = Sites(plan.device_ids, plan.device_xy)
    kept = np.where(is_served, assignment, plan.assignment)
    service_distance = np.empty(problem.demand.n)
    for rows in _blocks(problem.demand.n, devices.m):
        distance = problem.distance.matrix(problem.demand.take(rows), devices)
        service_distance[rows] = np.take_along_axis(distance, kept[rows, None], axis=1)[:, 0]
    service_distance[~is_served] = np.inf
    value = value_of(problem, devices, service_distance)
    status = "feasible" if plan.status == "optimal" else plan.status
    return _closed(replace(plan, assignment=kept, service_distance=service_distance, value=value, status=status))


def finish_standing(problem: Problem, devices: Sites) -> Plan:
    """Return the plan of devices that stand already: nothing was searched, every device counts as fixed."""
    scope = "devices as they stand; nothing was searched"
    return _plan(problem, devices, _each("fixed", devices.m), Ending(0, "feasible", scope))


def status_of(watch: Watch, *, was_cut: bool = False) -> PlanStatus:
    """Return how a search ended that stopped when its watch said so, or before, to leave time for a proof (`was_cut`)."""
    return watch.stop_reason() or ("time_limit" if was_cut else "feasible")


def _plan(problem: Problem, devices: Sites, statuses: tuple[DeviceStatus, ...], ending: Ending) -> Plan:
    assignment, service_distance = assign(problem, devices)
    value = value_of(problem, devices, service_distance)
    plan = Plan(
        device_ids=devices.ids,
        device_xy=devices.xy,
        device_status=statuses,
        assignment=assignment,
        service_distance=service_distance,
        value=value,
        unit=problem.objective.unit,
        bound=ending.bound,
        scope=ending.scope,
        status=ending.status,
        seed=ending.seed,
        certificate=ending.certificate,
    )
    return _closed(plan)


def _closed(plan: Plan) -> Plan:
    return plan if plan.gap is None or plan.gap > PROVEN_GAP else replace(plan, status="optimal")


def _kth_nearest(problem: Problem, devices: Sites, k: int) -> FloatArray:
    """Return the distance to the k-th nearest device, infinite when there are fewer."""
    if devices.m < k:
        return np.full(problem.demand.n, np.inf)
    found = np.empty(problem.demand.n)
    for rows in _blocks(problem.demand.n, devices.m):
        distance = problem.distance.matrix(problem.demand.take(rows), devices)
        near = np.where(distance <= with_room(problem.constraints.cutoff_m), distance, np.inf)
        found[rows] = np.partition(near, k - 1, axis=1)[:, k - 1]
    return found


def _blocks(n: int, m: int) -> list[slice]:
    step = max(1, MATRIX_ENTRIES // m)
    return [slice(start, start + step) for start in range(0, n, step)]


def _each(status: DeviceStatus, count: int) -> tuple[DeviceStatus, ...]:
    return (status,) * count


def _new_names(fixed: Sites, count: int) -> list[str]:
    """Return D1, D2, ... without the names that fixed devices bear already."""
    names: list[str] = []
    number = 0
    while len(names) < count:
        number += 1
        if f"D{number}" not in fixed.ids:
            names.append(f"D{number}")
    return names
