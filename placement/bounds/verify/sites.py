"""Bounds from multipliers, on candidate sites or on listed sets of points: one sum for sums, covers and centres."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, inf
from typing import Any, NamedTuple

import numpy as np

from placement.bounds.verify.discs import heaviest, listed_sets
from placement.bounds.verify.proof import EPS, SLACK, Leaf, Refused, leaves, numbers, positions
from placement.bounds.verify.rates import Rates, both, rates_of
from placement.bounds.verify.scope import Scope
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, IntArray


def sites_bound(problem: Problem, data: Mapping[str, Any], claimed: float) -> float:  # noqa: ARG001 - one signature for all kinds
    """Return what no plan on the sites can beat where costs add up."""
    return _bound(Scope(problem, np.arange(problem.demand.n), inf), data, ("site", "multipliers"))


def cover_bound(problem: Problem, data: Mapping[str, Any], claimed: float) -> float:  # noqa: ARG001 - one signature for all kinds
    """Return what no plan can beat: a radius, a number of devices, or from above a covered weight."""
    radius = float(numbers(data["radius_m"]))
    asked = getattr(problem.objective, "radius_m", radius)
    if abs(radius - asked) > SLACK * abs(asked):
        raise Refused(f"its radius is {radius:.12g} m, the scenario asks for {asked:.12g} m")
    return _bound(Scope(problem, positions(data["rows"], problem.demand.n), asked), data, ("column", "duals"))


class Columns(NamedTuple):
    """What may carry a device: fixed devices and candidate sites; or fixed devices and listed sets of points, shape (R, K).

    Or fixed devices and so many places of which nothing is known but that none is better than the best of the plane.
    """

    sites: Sites
    sets: BoolArray | None
    n_unknown: int

    @property
    def m(self) -> int:
        """How many there are."""
        return self.sites.m + (0 if self.sets is None else self.sets.shape[1]) + self.n_unknown


def _bound(scope: Scope, data: Mapping[str, Any], words: tuple[str, str]) -> float:
    """Return the worst of the leaves; `docs/certificates.md` says why it holds."""
    problem, n_fixed = scope.problem, scope.problem.fixed.m
    if (problem.objective.kind in ("k_means", "p_median")) is not (scope.radius == inf):
        raise Refused("multipliers are for k_means and p_median, covers for p_center, max_cover and set_cover")
    if data.get("columns") is not None and (data.get("rates") is not None or scope.radius == inf):
        raise Refused("columns are for covers without rates")
    columns = _columns(scope, data.get("columns"))
    found = list(leaves(data["tree"], (words[0], "open", "closed"), columns.m - n_fixed - columns.n_unknown))
    rates = rates_of(problem, data.get("rates"), columns.m)
    if (rates.load != 0).any() and (problem.objective.n_serving > 1 or len(scope.rows) < problem.demand.n):
        raise Refused("loads count all points, each served once")
    u, needs = _settled(scope, rates, np.array([numbers(leaf.data[words[1]], len(scope.rows)) for leaf in found]))
    worth = _worth(scope, columns, rates, u)
    needed = np.minimum(u * needs, scope.left_out)
    size = np.abs(needed).sum(axis=1) + rates.size
    base = rates.constant + needed.sum(axis=1) - EPS * (64 + len(scope.rows) + 8 * columns.m) * size
    required = {site for _, site in problem.constraints.required_pairs} if data.get("columns") is None else set()
    always = np.array([j < n_fixed or (j < columns.sites.m and columns.sites.ids[j] in required) for j in range(columns.m)])
    if not (np.isfinite(base).all() and np.isfinite(worth).all()):
        raise Refused("its numbers are too large to be added up")
    return _worst(scope, [_levels(*parts, always, n_fixed) for parts in zip(found, base, worth, strict=True)])


def _columns(scope: Scope, listed: Any) -> Columns:
    problem = scope.problem
    if listed is None and problem.candidates is None:
        raise Refused("it lists no columns, and the scenario has no candidate sites")
    if listed is None:
        return Columns(both(problem.fixed, problem.candidates), None, 0)
    if listed == "anywhere":
        return Columns(problem.fixed, None, problem.n_new)
    sets = listed_sets(problem, scope.rows, scope.radius / scope.factor, listed)
    # Of devices that share a place, as many count as a point needs.
    return Columns(problem.fixed, np.repeat(sets, problem.objective.n_serving, axis=1), 0)


def _settled(scope: Scope, rates: Rates, u: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the multipliers of shape (leaves, R), none above what a point costs anyway, and how many devices it needs yet."""
    needs = np.full(len(scope.rows), scope.problem.objective.n_serving if scope.radius < inf else 1)
    free = np.flatnonzero(rates.load[: scope.problem.fixed.m] == 0)
    for part, cost in scope.costs(scope.problem.fixed.take(free)):
        if scope.radius < inf:
            needs[part] -= (cost == 0).sum(axis=1)
        else:
            u[:, part] = np.minimum(u[:, part], cost.min(axis=1))
    return np.where(needs > 0, np.minimum(u, scope.left_out), 0.0), needs


def _worth(scope: Scope, columns: Columns, rates: Rates, u: FloatArray) -> FloatArray:
    """Return what opening each column adds to each leaf's sum, shape (leaves, columns): below 0 where it helps."""
    m, weight = columns.sites.m, scope.problem.demand.weight[scope.rows]
    worth, load = np.tile(rates.opening, (len(u), 1)), rates.load[:m]
    is_free = (np.arange(m) < scope.problem.fixed.m) & (load == 0)
    for part, cost in scope.costs(columns.sites):
        for k, multipliers in enumerate(u[:, part, None]):
            reduced = np.minimum(cost + weight[part, None] * load - multipliers, 0).sum(axis=0)
            worth[k, :m] += np.where(is_free, 0, reduced)
    if columns.sets is not None:
        worth[:, m:] -= np.maximum(u, 0) @ columns.sets
    elif columns.n_unknown:
        worth[:, m:] = [[-heaviest(scope.problem, scope.rows, scope.radius / scope.factor, one)] for one in u]
    return worth


def _levels(leaf: Leaf, base: float, worth: FloatArray, always: BoolArray, n_fixed: int) -> tuple[int, FloatArray]:
    """Return how many new devices a leaf opens, and the least that plans cost with so many, with one more, two more and so on."""
    is_open, is_closed = always.copy(), np.zeros(len(worth), dtype=bool)
    is_open[n_fixed + leaf.yes.ravel()] = is_closed[n_fixed + leaf.no.ravel()] = True
    rest = np.sort(worth[~is_open & ~is_closed])
    return int(is_open.sum()) - n_fixed, np.minimum.accumulate(base + worth[is_open].sum() + np.r_[0, np.cumsum(rest)])


def _worst(scope: Scope, levels: list[tuple[int, FloatArray]]) -> float:
    problem, kind = scope.problem, scope.problem.objective.kind
    weight = problem.demand.weight
    if kind == "set_cover":
        share = getattr(problem.objective, "share", 1.0)
        spared = (1 - share * (1 - SLACK)) * weight.sum() if share < 1 else 0.0
        return float(min(n_open + (least > spared).sum() for n_open, least in levels))
    n_new = problem.n_new
    costs = (float(least[: n_new - n_open + 1][-1]) if n_open <= n_new else inf for n_open, least in levels)
    cost = max(min(costs), 0.0)  # nothing that is added up is negative
    if kind == "max_cover":
        total = float(weight.sum()) - cost
        return floor(total * (1 + SLACK)) if (weight % 1 == 0).all() else total
    if kind == "p_center":
        if not cost > 0:
            raise Refused("at one of its leaves the devices may suffice")
        return _next_distance(scope) if problem.candidates else scope.radius
    return cost


def _next_distance(scope: Scope) -> float:
    """Return the smallest distance (times weight, if that counts) above the radius: the optimum is one of them."""
    everybody, least = scope._replace(rows=np.arange(scope.problem.demand.n)), inf
    for sites in (scope.problem.fixed, scope.problem.candidates or Sites.none()):
        for part, distance in everybody.distances(sites):
            reckoned = distance * everybody.factor[part, None]
            least = min(least, float(reckoned[reckoned > scope.radius * (1 + 0.999 * SLACK)].min(initial=inf)))
    return least
