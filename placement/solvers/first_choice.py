"""A quick choice of sites that respects the rules, for a program to begin with: greedy sites, then greedy service."""

from __future__ import annotations

import numpy as np

from placement.core.types import BoolArray, FloatArray
from placement.solvers.ground import Ground, conflicts
from placement.solvers.site_program import Choice

ALL_TO_LOSE = 1e100
"""What a point loses whom no second site serves, for each unit of weight: more than any cost."""


def first_choice(ground: Ground, choice: Choice, cost: FloatArray) -> FloatArray | None:
    """Return values for all columns of the choice's program, or None when the greedy way meets a wall.

    Parameters
    ----------
    ground : Ground
        The sites and their rules.
    choice : Choice
        The program.
    cost : ndarray of shape (n, s)
        What serving each point from each site costs, for the order of choices.
    """
    reach = np.zeros(cost.shape, dtype=bool)
    reach[choice.point, choice.site] = True
    finite = np.where(reach, cost, 0.0)
    far = 1.0 + finite.max(initial=0.0) * 1e3
    dear = np.where(reach, finite, far)
    is_open = _open(ground, dear)
    return _columns(choice, is_open, _serve(ground, dear, reach, is_open))


def _open(ground: Ground, dear: FloatArray) -> BoolArray:
    """Open the site that helps most, again and again, as far as the rules let it."""
    problem, first, second = ground.problem, *conflicts(ground)
    is_open = np.arange(ground.n_sites) < ground.n_fixed
    is_open[[ground.pair(pair)[1] for pair in problem.constraints.required_pairs]] = True
    while is_open[ground.n_fixed :].sum() < problem.n_new:
        is_barred = is_open | (ground.price[is_open].sum() + ground.price > problem.constraints.money)
        is_barred[second[is_open[first]]] = True
        is_barred[first[is_open[second]]] = True
        is_barred |= _barred_by_quotas(ground, is_open)
        if is_barred.all():
            break
        nearest = dear[:, is_open].min(axis=1, initial=dear.max(initial=1.0))
        totals = np.minimum(dear, nearest[:, None]).sum(axis=0)
        is_open[int(np.where(is_barred, np.inf, totals).argmin())] = True
    return is_open


def _barred_by_quotas(ground: Ground, is_open: BoolArray) -> BoolArray:
    """Bar groups that are full; while some group lacks devices and every further one is needed there, all others too."""
    quotas = ground.problem.constraints.quotas
    is_barred, is_lacking, lacking = np.zeros(ground.n_sites, dtype=bool), np.zeros(ground.n_sites, dtype=bool), 0
    for quota in quotas:
        members = np.array([name == quota.group for name in ground.group])
        count = int((members & is_open).sum())
        if count >= quota.most:
            is_barred |= members
        if count < quota.least:
            is_lacking |= members
            lacking += quota.least - count
    left = ground.problem.n_new - int(is_open[ground.n_fixed :].sum())
    return is_barred | ~is_lacking if lacking >= left and lacking else is_barred


def _serve(ground: Ground, dear: FloatArray, reach: BoolArray, is_open: BoolArray) -> BoolArray:
    """Serve the points with most to lose first, each from the cheapest open site that has room."""
    weight, k = ground.problem.demand.weight, ground.problem.objective.n_serving
    room = np.where(is_open, ground.capacity, 0.0)
    ranked = np.sort(np.where(is_open, dear, np.inf), axis=1)
    best, other = ranked[:, 0], ranked[:, min(k, ranked.shape[1] - 1)]
    regret = np.subtract(other, best, out=np.full(len(dear), ALL_TO_LOSE), where=np.isfinite(other))
    serves = np.zeros(dear.shape, dtype=bool)
    for i in np.lexsort((np.arange(len(dear)), -weight * regret)):
        can = reach[i] & is_open & (room >= weight[i])
        chosen = np.argsort(np.where(can, dear[i], np.inf), kind="stable")[:k]
        if can[chosen].all() and len(chosen) == k:
            serves[i, chosen] = True
            room[chosen] -= weight[i]
    return serves


def _columns(choice: Choice, is_open: BoolArray, serves: BoolArray) -> FloatArray | None:
    values = np.zeros(choice.program.n_columns)
    values[choice.opened] = is_open
    values[choice.served] = serves[choice.point, choice.site]
    values[choice.is_served] = serves.any(axis=1)
    return values if choice.program.holds(values) else None
