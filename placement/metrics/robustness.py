"""What remains of a plan when a device fails, or when demand turns out otherwise."""

from __future__ import annotations

import numpy as np

from placement.core.outlook import DemandRange, Failure
from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.statistics import share_within, weighted_mean

SPREAD = 0.2
"""Every weight times a factor within 1 +- this."""
DRAWS = 200
LARGEST_MATRIX = 20_000_000
"""Demand points times devices; failures of larger plans are not looked at."""


def failures(problem: Problem, plan: Plan) -> tuple[Failure, ...]:
    """Return what each single failure leaves, the worst mean first: everybody goes to the nearest of the other devices.

    Parameters
    ----------
    problem : Problem
        The demand and the distance.
    plan : Plan
        With two devices at least; with one there is nothing left.

    Returns
    -------
    tuple of Failure
        One for each device; empty where somebody could reach none of the others, or the plan is too large.
    """
    if plan.p < 2 or problem.demand.n * plan.p > LARGEST_MATRIX:  # noqa: PLR2004 - one that fails and one that is left
        return ()
    distance = problem.distance.matrix(problem.demand, Sites(plan.device_ids, plan.device_xy))
    nearest = distance.argmin(axis=1)
    first, second = np.partition(distance, 1, axis=1)[:, :2].T
    if not np.isfinite(second).all():
        return ()
    found = []
    for k, name in enumerate(plan.device_ids):
        left = np.where(nearest == k, second, first)
        share = share_within(problem.demand.weight, left, problem.radii_m[0]) if problem.radii_m else None
        found.append(Failure(name, float(left.max()), weighted_mean(left, problem.demand.weight), share))
    return tuple(sorted(found, key=lambda failure: (-failure.mean_m, failure.device)))


def demand_range(problem: Problem, plan: Plan) -> DemandRange | None:
    """Return between which values the mean distance stays when every weight is up to a fifth larger or smaller.

    Parameters
    ----------
    problem : Problem
        The demand.
    plan : Plan
        Its service distances.

    Returns
    -------
    DemandRange or None
        The least and the largest mean of `DRAWS` independent draws from the plan's own seed; None when somebody is out of reach.
    """
    distance, weight = plan.service_distance, problem.demand.weight
    if not np.isfinite(distance).all():
        return None
    rng = np.random.default_rng(plan.seed)
    means = [weighted_mean(distance, weight * rng.uniform(1 - SPREAD, 1 + SPREAD, len(weight))) for _ in range(DRAWS)]
    return DemandRange(SPREAD, DRAWS, min(means), max(means))
