"""The choice among sites as a mixed-integer program: one function for each rule.

Columns: ``y_j`` (a device stands at j), ``x_ij`` (it serves i) for the allowed pairs, ``z_i`` (i is served at all).
``sum_j x_ij = k z_i`` with ``k = n_serving``, and ``x_ij <= y_j``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.core.types import BoolArray, FloatArray, IntArray
from placement.solvers.ground import Ground, conflicts
from placement.solvers.mip import Program


class Choice(NamedTuple):
    """A program and where its variables are.

    Parameters
    ----------
    program : Program
        Without an objective of its own: costs were given when it was made.
    opened : ndarray of shape (s,)
        Columns of y.
    point, site, served : ndarray of shape (k,)
        The allowed pairs and their columns of x.
    is_served : ndarray of shape (n,)
        Columns of z.
    times : int
        How many devices each point needs.
    rows : mapping
        The rows of each rule: "serve" for the points, "most" and "least" for the loads of the sites, "money", "quotas",
        "spacing" and "share"; no entry where there is no such rule.
    """

    program: Program
    opened: IntArray
    point: IntArray
    site: IntArray
    served: IntArray
    is_served: IntArray
    times: int
    rows: dict[str, IntArray]


def choice_of(
    ground: Ground, is_allowed: BoolArray, *, open_cost: float, serve_cost: FloatArray, point_gain: FloatArray, serves_all: bool
) -> Choice:
    """Return the program that minimises ``open_cost |new| + sum c_ij x_ij - sum g_i z_i`` under every rule of the ground.

    Parameters
    ----------
    ground : Ground
        The sites and their rules.
    is_allowed : ndarray of shape (n, s)
        The pairs that get a variable.
    open_cost : float
        For each new device.
    serve_cost : ndarray of shape (n, s)
        Used at the allowed pairs.
    point_gain : ndarray of shape (n,)
        For each point served.
    serves_all : bool
        Whether every point must be served.
    """
    program, n_fixed = Program(), ground.n_fixed
    is_new = np.arange(ground.n_sites) >= n_fixed
    must_open = ~is_new
    must_open[[ground.pair(pair)[1] for pair in ground.problem.constraints.required_pairs]] = True
    opened = program.add_columns(ground.n_sites, cost=np.where(is_new, open_cost, 0.0), lower=must_open)
    point, site = np.nonzero(is_allowed)
    # Whoever may choose freely goes to the cheapest open site: whole numbers come by themselves unless room is short.
    served = program.add_columns(len(point), cost=serve_cost[point, site], is_integer=ground.is_scarce)
    must_serve = np.full(len(ground.distance), serves_all)
    must_serve[[i for i in (pair.demand_index for pair in ground.problem.constraints.required_pairs) if is_allowed[i].any()]] = (
        True
    )
    is_served = program.add_columns(len(ground.distance), cost=-point_gain, lower=must_serve)
    choice = Choice(program, opened, point, site, served, is_served, ground.problem.objective.n_serving, {})
    for rule in (_serve, _open_before_serving, _count, _capacity, _money, _quotas, _spacing):
        rule(ground, choice)
    return choice


def require_share(ground: Ground, choice: Choice, weight: float) -> None:
    """Demand that the points served weigh at least `weight`."""
    zeros = np.zeros(len(choice.is_served), dtype=np.intp)
    choice.rows["share"] = choice.program.add_rows(weight, np.inf, (zeros, choice.is_served, ground.problem.demand.weight))


def _serve(ground: Ground, choice: Choice) -> None:  # noqa: ARG001 - one signature for the rules
    n, point = len(choice.is_served), (choice.point, choice.served, 1.0)
    is_served = (np.arange(n), choice.is_served, -choice.times)
    choice.rows["serve"] = choice.program.add_rows(np.zeros(n), np.zeros(n), point, is_served)


def _open_before_serving(ground: Ground, choice: Choice) -> None:  # noqa: ARG001 - one signature for the rules
    rows = np.arange(len(choice.served))
    choice.program.add_rows(-np.inf, np.zeros(len(rows)), (rows, choice.served, 1.0), (rows, choice.opened[choice.site], -1.0))


def _count(ground: Ground, choice: Choice) -> None:
    new = choice.opened[ground.n_fixed :]
    # A plan has a device: nothing can be said of one without.
    least = 0.0 if ground.n_fixed else 1.0
    choice.program.add_rows(least, ground.problem.n_new, (np.zeros(len(new), dtype=np.intp), new, 1.0))


def _capacity(ground: Ground, choice: Choice) -> None:
    weight, sites = ground.problem.demand.weight[choice.point], np.arange(ground.n_sites)
    least = ground.problem.constraints.capacity_min
    if np.isfinite(ground.capacity).any():
        most = np.where(np.isfinite(ground.capacity), ground.capacity, weight.sum())
        limits = (sites, choice.opened, -most)
        choice.rows["most"] = choice.program.add_rows(-np.inf, np.zeros(len(sites)), (choice.site, choice.served, weight), limits)
    if least > 0:
        limits = (sites, choice.opened, -least * np.ones(len(sites)))
        choice.rows["least"] = choice.program.add_rows(np.zeros(len(sites)), np.inf, (choice.site, choice.served, weight), limits)


def _money(ground: Ground, choice: Choice) -> None:
    if np.isfinite(ground.problem.constraints.money):
        zeros = np.zeros(ground.n_sites, dtype=np.intp)
        limit = ground.problem.constraints.money
        choice.rows["money"] = choice.program.add_rows(-np.inf, limit, (zeros, choice.opened, ground.price))


def _quotas(ground: Ground, choice: Choice) -> None:
    for quota in ground.problem.constraints.quotas:
        members = np.array([name == quota.group for name in ground.group])
        zeros = np.zeros(int(members.sum()), dtype=np.intp)
        added = choice.program.add_rows(quota.least, quota.most, (zeros, choice.opened[members], 1.0))
        choice.rows["quotas"] = np.concatenate([choice.rows.get("quotas", added[:0]), added])


def _spacing(ground: Ground, choice: Choice) -> None:
    first, second = conflicts(ground)
    rows = np.arange(len(first))
    if len(rows):
        choice.rows["spacing"] = choice.program.add_rows(
            -np.inf, np.ones(len(rows)), (rows, choice.opened[first], 1.0), (rows, choice.opened[second], 1.0)
        )
