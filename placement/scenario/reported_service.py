"""Who is served from where, as ``assignment.csv`` and the devices of a result on disk say it, held against the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from placement.core.claim import Claim
from placement.core.problem import Problem
from placement.core.rules import has_limited_room
from placement.core.service import distances
from placement.core.types import FloatArray
from placement.scenario.claimed import Written, read_assignment

TOLERANCE_M = 1e-5
"""How far a length of the file may be from the recomputed one [m]."""


def service(problem: Problem, claim: Claim) -> tuple[FloatArray, FloatArray]:
    """Return how far each point is from the device that serves it, and from the nearest.

    Parameters
    ----------
    problem : Problem
        With the demand.
    claim : Claim
        Its devices, and who is served by which; the nearest unless it says so.

    Returns
    -------
    serving : ndarray of shape (n,)
        Distances [m]; infinite for a point that no device serves.
    nearest : ndarray of shape (n,)
        Distances [m]; infinite for a point that no device can reach.
    """
    serving, nearest = np.full(problem.demand.n, np.inf), np.full(problem.demand.n, np.inf)
    everybody = np.arange(problem.demand.n)
    for part, distance in distances(problem, everybody, claim.devices):
        rows = everybody[part]
        nearest[rows] = distance.min(axis=1)
        if claim.assignment is None:
            serving[rows] = nearest[rows]
            continue
        is_served = claim.assignment[rows] >= 0
        served = rows[is_served]
        serving[served] = distance[is_served, claim.assignment[served]]
    return serving, nearest


def about_the_service(written: Written, problem: Problem, claim: Claim, distance: tuple[FloatArray, FloatArray]) -> Iterator[str]:
    """Yield a sentence for each column and each device of which the files say something else than the plan.

    Parameters
    ----------
    written : Written
        The file; without an ``assignment.csv`` beside it nothing is known of who is served from where.
    problem : Problem
        Of its scenario.
    claim : Claim
        What the file says of devices and assignment.
    distance : tuple of ndarray
        From `service`.
    """
    table = read_assignment(written, problem.demand.ids, claim.devices.ids)
    if table is None or claim.assignment is None:
        return
    serving, nearest = distance
    yield from _first(problem, claim, serving, table.distance_m, "the table says {:.6f} m")
    if _is_nearest_asked(problem):
        yield from _first(problem, claim, serving, nearest, "the nearest stands at {:.6f} m")
    yield from _about_the_devices(written.document["devices"], problem, claim, serving)


def _first(problem: Problem, claim: Claim, serving: FloatArray, other: FloatArray, words: str) -> Iterator[str]:
    """Yield a sentence about the first point that is served from another distance, and how many more there are."""
    assert claim.assignment is not None  # noqa: S101 - the caller has looked
    wrong = np.flatnonzero(~is_near(serving, other, claim.rounding_m))
    if len(wrong):
        i, by = wrong[0], claim.assignment[wrong[0]]
        place = f"{serving[i]:.6f} m from {claim.devices.ids[by]}" if by >= 0 else "served by no device"
        more = f", and {len(wrong) - 1} points more" if len(wrong) > 1 else ""
        yield f"assignment.csv: {problem.demand.ids[i]} is {place}, {words.format(other[i])}{more}"


def _is_nearest_asked(problem: Problem) -> bool:
    """Tell whether everybody has to be served by the nearest; under rules it may be full or forbidden."""
    return problem.constraints.is_free and not has_limited_room(problem)


def is_near(one: Any, other: Any, rounding_m: float) -> Any:
    """Tell whether two lengths, or arrays of them, differ by rounding alone [m]."""
    with np.errstate(invalid="ignore"):  # infinite from infinite
        return (one == other) | (np.abs(one - other) <= TOLERANCE_M + rounding_m + 1e-9 * np.minimum(one, other))


def _about_the_devices(devices: Any, problem: Problem, claim: Claim, serving: FloatArray) -> Iterator[str]:
    assert claim.assignment is not None  # noqa: S101 - the caller has looked
    is_served, weight = claim.assignment >= 0, problem.demand.weight
    by, far, load = claim.assignment[is_served], serving[is_served], weight[is_served]
    p = claim.devices.m
    points, total = np.bincount(by, minlength=p), np.bincount(by, load, minlength=p)
    mean = np.bincount(by, load * far, minlength=p) / np.where(total > 0, total, 1.0)
    worst = np.zeros(p)
    np.maximum.at(worst, by, far)
    for j, device in enumerate(devices):
        if device["demand_points"] != points[j]:
            yield f"{device['id']} serves {points[j]} demand points, not {device['demand_points']}"
        elif not abs(device["demand_weight"] - total[j]) <= 1e-6 + 1e-9 * total[j]:
            yield f"{device['id']} serves a weight of {total[j]:.9g}, not {device['demand_weight']}"
        for name, length in (("mean_m", mean[j]), ("max_m", worst[j])) if total[j] > 0 else ():
            if not is_near(device[name], length, claim.rounding_m):
                yield f"{name} of {device['id']} is {length:.6f}, not {device[name]}"
