"""What serving means: how far it is, what it costs, and who serves whom, under the cutoff, the radius and the pairs.

Solvers have tables and kernels of their own; what is checked afterwards is held against this.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import cast

import numpy as np

from placement.core.problem import Problem
from placement.core.protocols import SumObjective
from placement.core.rules import ROUNDING, with_room
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray

BLOCK = 1 << 21
"""Distances that are held at once."""


def distances(problem: Problem, rows: IntArray, sites: Sites) -> Iterator[tuple[slice, FloatArray]]:
    """Yield distances [m] from the demand points `rows` to all sites, a part of the rows at a time; nothing without sites."""
    step = max(1, BLOCK // max(1, sites.m))
    for start in range(0, len(rows) if sites.m else 0, step):
        part = slice(start, start + step)
        yield part, problem.distance.matrix(problem.demand.take(rows[part]), sites)


def length_factor(problem: Problem, rows: IntArray) -> FloatArray:
    """Return what lengths are multiplied by before they are compared with a radius: weights in a weighted p_center, else 1."""
    is_weighted = getattr(problem.objective, "is_weighted", False)
    return problem.demand.weight[rows] if is_weighted else np.ones(len(rows))


def service_costs(problem: Problem, rows: IntArray, sites: Sites, radius: float = inf) -> Iterator[tuple[slice, FloatArray]]:
    """Yield what serving demand points from sites costs, a part of the rows at a time.

    Parameters
    ----------
    problem : Problem
        Its objective, cutoff and pairs.
    rows : ndarray of shape (r,)
        Demand points 0..n-1.
    sites : Sites
        The m sites.
    radius : float
        Where it is given, what lies within it (by weight, in a weighted p_center) costs nothing and all else infinitely much;
        otherwise the objective is k_means or p_median and says what each distance costs [m].

    Yields
    ------
    part : slice
        Of `rows`.
    cost : ndarray of shape (len(part), m)
        Infinite where the radius, the cutoff or a pair forbids it.
    """
    rules, weight, factor = problem.constraints, problem.demand.weight[rows], length_factor(problem, rows)
    for part, distance in distances(problem, rows, sites):
        if radius < inf:
            cost = np.where(distance * factor[part, None] > radius * (1 + ROUNDING), inf, 0.0)
        else:
            cost = cast("SumObjective", problem.objective).cost(weight[part], distance)
        cost = np.where(distance > with_room(rules.cutoff_m), inf, cost)
        for pairs, is_asked in ((rules.required_pairs, True), (rules.forbidden_pairs, False)):
            for point, site in pairs:
                others = np.array([(name == site) is not is_asked for name in sites.ids])
                cost[np.ix_(rows[part] == point, others)] = inf
        yield part, cost


def service(problem: Problem, devices: Sites, chosen: IntArray | None = None) -> tuple[IntArray, FloatArray]:
    """Return who serves each point, and how far the objective reckons that it is.

    Parameters
    ----------
    problem : Problem
        Its demand, distance, objective and cutoff.
    devices : Sites
        The p devices, p >= 1.
    chosen : ndarray of shape (n,), optional
        Device 0..p-1 that serves each point, -1 for none; otherwise the nearest serves, ties to the lowest position.

    Returns
    -------
    serving : ndarray of shape (n,)
        As chosen; of a cover, -1 for whom nobody is within the radius and the cutoff.
    reached_m : ndarray of shape (n,)
        Distance to it [m], or to the k-th nearest within the cutoff where each point needs k devices; infinite for none.
    """
    n, k, cutoff = problem.demand.n, problem.objective.n_serving, with_room(problem.constraints.cutoff_m)
    serving, reached = np.empty(n, dtype=np.intp), np.full(n, inf)
    for rows, distance in distances(problem, np.arange(n), devices):
        serving[rows] = distance.argmin(axis=1) if chosen is None else chosen[rows]
        if k == 1:
            served = np.take_along_axis(distance, serving[rows, None], axis=1)[:, 0]
            reached[rows] = np.where(serving[rows] < 0, inf, served)
        elif k <= devices.m:
            reached[rows] = np.partition(np.where(distance > cutoff, inf, distance), k - 1, axis=1)[:, k - 1]
    if hasattr(problem.objective, "radius_m"):  # a device covers who is within the radius and the cutoff, and nobody else
        serving[reached > min(with_room(problem.objective.radius_m), cutoff)] = -1
        reached[reached > cutoff] = inf
    return serving, reached
