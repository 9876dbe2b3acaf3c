"""From device positions to a `Plan`: who is served by which device, the value, the names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from placement.core.plan import DeviceStatus, Plan, PlanStatus
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

MATRIX_ENTRIES = 1 << 22
"""Largest block of a distance matrix that is held at once (32 MiB)."""


def assign(problem: Problem, device_xy: FloatArray) -> tuple[IntArray, FloatArray]:
    """Give every demand point its nearest device, ties to the lowest position.

    Parameters
    ----------
    problem : Problem
        Its demand and distance.
    device_xy : ndarray of shape (p, 2)
        Device positions [m], p >= 1.

    Returns
    -------
    assignment : ndarray of shape (n,)
        Position 0..p-1 of the serving device.
    service_distance : ndarray of shape (n,)
        Distance to it [m].
    """
    n = problem.demand.n
    assignment, service_distance = np.empty(n, dtype=np.intp), np.empty(n)
    step = max(1, MATRIX_ENTRIES // len(device_xy))
    for start in range(0, n, step):
        rows = slice(start, start + step)
        distance = problem.distance.matrix(problem.demand.xy[rows], device_xy)
        assignment[rows] = distance.argmin(axis=1)
        service_distance[rows] = distance.min(axis=1)
    return assignment, service_distance


def finish(
    problem: Problem,
    new_xy: FloatArray,
    *,
    seed: int,
    status: PlanStatus,
    scope: str,
    chosen: Sequence[str] | None = None,
) -> Plan:
    """Return the plan in which the fixed devices and those at `new_xy` stand.

    Parameters
    ----------
    problem : Problem
        The problem that was solved.
    new_xy : ndarray of shape (p, 2)
        Where the added devices stand [m].
    seed : int
        Seed of the search.
    status : str
        How the search ended.
    scope : str
        What is known about the plan's quality, in words.
    chosen : sequence of str, optional
        Names of the candidate sites at `new_xy`; without them new devices are named from west to east.

    Returns
    -------
    Plan
        Fixed devices first, then the added ones.
    """
    order = np.lexsort((new_xy[:, 1], new_xy[:, 0]))
    new_xy = new_xy[order]
    names = [chosen[i] for i in order] if chosen is not None else _new_names(problem.fixed, len(new_xy))
    kind: DeviceStatus = "new" if chosen is None else "candidate"
    device_xy = np.vstack([problem.fixed.xy, new_xy])
    statuses = (*_fixed(problem.fixed.m), *(kind for _ in names))
    return _plan(problem, Sites((*problem.fixed.ids, *names), device_xy), statuses, seed=seed, status=status, scope=scope)


def finish_standing(problem: Problem, devices: Sites) -> Plan:
    """Return the plan of devices that stand already: nothing was searched, every device counts as fixed."""
    scope = "devices as they stand; nothing was searched"
    return _plan(problem, devices, _fixed(devices.m), seed=0, status="feasible", scope=scope)


def status_of(watch: Watch) -> PlanStatus:
    """Return how a search ended that stopped when its watch said so."""
    return watch.stop_reason() or "feasible"


def _plan(
    problem: Problem, devices: Sites, statuses: tuple[DeviceStatus, ...], *, seed: int, status: PlanStatus, scope: str
) -> Plan:
    assignment, service_distance = assign(problem, devices.xy)
    return Plan(
        device_ids=devices.ids,
        device_xy=devices.xy,
        device_status=statuses,
        assignment=assignment,
        service_distance=service_distance,
        value=problem.objective.value(problem.demand.weight, service_distance),
        unit=problem.objective.unit,
        bound=None,
        scope=scope,
        status=status,
        seed=seed,
    )


def _fixed(count: int) -> tuple[DeviceStatus, ...]:
    return tuple("fixed" for _ in range(count))


def _new_names(fixed: Sites, count: int) -> list[str]:
    """Return D1, D2, ... without the names that fixed devices bear already."""
    names: list[str] = []
    number = 0
    while len(names) < count:
        number += 1
        if f"D{number}" not in fixed.ids:
            names.append(f"D{number}")
    return names
