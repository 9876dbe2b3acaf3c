"""Bounds from multipliers, on candidate sites or on listed sets of points: one sum for sums, covers and centres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor, inf
from typing import Any, NamedTuple, cast

import numpy as np

from placement.bounds.verify.discs import heaviest, listed_sets
from placement.bounds.verify.proof import EPS, SLACK, Leaf, Refused, leaves, numbers, positions
from placement.bounds.verify.rates import rates_of
from placement.core.problem import Problem
from placement.core.protocols import SumObjective
from placement.core.rules import ROUNDING_M
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, IntArray

BLOCK = 1 << 21
"""Entries of a distance matrix that are held at once."""


class Scope(NamedTuple):
    """The demand points that a proof is about, and the radius within which they are covered; infinite where costs add up."""

    problem: Problem
    rows: IntArray
    radius: float

    @property
    def factor(self) -> FloatArray:
        """What distances are multiplied by before they are compared with the radius: weights, or 1."""
        weight = self.problem.demand.weight[self.rows]
        return weight if getattr(self.problem.objective, "is_weighted", False) else np.ones(len(weight))

    def distances(self, sites: Sites) -> Iterator[tuple[slice, FloatArray]]:
        """Yield distances to the sites [m], a part of the rows at a time."""
        step = max(1, BLOCK // max(1, sites.m))
        for start in range(0, len(self.rows) if sites.m else 0, step):
            part = slice(start, start + step)
            yield part, self.problem.distance.matrix(self.problem.demand.take(self.rows[part]), sites)

    def costs(self, sites: Sites) -> Iterator[tuple[slice, FloatArray]]:
        """Yield what serving costs; infinite where the radius, the cutoff or a pair forbids it."""
        rules, weight = self.problem.constraints, self.problem.demand.weight[self.rows]
        for part, distance in self.distances(sites):
            if self.radius < inf:
                cost = np.where(distance * self.factor[part, None] > self.radius * (1 + SLACK), inf, 0.0)
            else:
                cost = cast("SumObjective", self.problem.objective).cost(weight[part], distance)
            cost = np.where(distance > rules.cutoff_m * (1 + SLACK) + ROUNDING_M, inf, cost)
            for pairs, is_asked in ((rules.required_pairs, True), (rules.forbidden_pairs, False)):
                for point, site in pairs:
                    others = np.array([(name == site) is not is_asked for name in sites.ids])
                    cost[np.ix_(self.rows[part] == point, others)] = inf
            yield part, cost


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


def _bound(scope: Scope, data: Mapping[str, Any], words: tuple[str, str]) -> float:
    """Return the worst of the leaves; `docs/certificates.md` says why it holds."""
    problem, rows, listed = scope.problem, scope.rows, data.get("columns")
    if (problem.objective.kind in ("k_means", "p_median")) is not (scope.radius == inf):
        raise Refused("multipliers are for k_means and p_median, covers for p_center, max_cover and set_cover")
    if listed is None and problem.candidates is None:
        raise Refused("it lists no columns, and the scenario has no candidate sites")
    places = [problem.fixed, problem.candidates] if listed is None and problem.candidates else [problem.fixed]
    sites = Sites(tuple(name for part in places for name in part.ids), np.vstack([part.xy for part in places]))
    covers, reach = None, scope.radius / scope.factor
    if listed is not None and listed != "anywhere":  # of devices that share a place, as many count as a point needs
        covers = np.repeat(listed_sets(problem, rows, reach, listed), problem.objective.n_serving, axis=1)
    m = sites.m + (problem.n_new if listed == "anywhere" else 0 if covers is None else covers.shape[1])
    is_part = problem.objective.kind == "max_cover" or getattr(problem.objective, "share", 1.0) < 1
    found = list(leaves(data["tree"], (words[0], "open", "closed"), m - problem.fixed.m if listed != "anywhere" else 0))
    u = np.array([numbers(leaf.data[words[1]], len(rows)) for leaf in found])
    rates, weight = rates_of(problem, data.get("rates"), m), problem.demand.weight[rows]
    needs = np.full(len(rows), problem.objective.n_serving if scope.radius < inf else 1)
    is_free = (np.arange(sites.m) < problem.fixed.m) & (rates.load[: sites.m] == 0)
    for part, cost in scope.costs(problem.fixed.take(np.flatnonzero(is_free))):
        if scope.radius < inf:
            needs[part] -= (cost == 0).sum(axis=1)
        else:
            u[:, part] = np.minimum(u[:, part], cost.min(axis=1))
    u = np.where(needs > 0, np.minimum(u, weight if is_part else inf), 0.0)
    worth = np.tile(rates.opening, (len(found), 1))
    for part, cost in scope.costs(sites):
        for k, multipliers in enumerate(u):
            reduced = cost + weight[part, None] * rates.load[: sites.m] - multipliers[part, None]
            worth[k, : sites.m] += np.where(is_free, 0, np.minimum(reduced, 0).sum(axis=0))
    if covers is not None:
        worth[:, sites.m :] -= np.maximum(u, 0) @ covers
    elif listed is not None:
        worth[:, sites.m :] = [[-heaviest(problem, rows, reach, multipliers)] for multipliers in u]
    needed = np.minimum(u * needs, weight if is_part else inf)
    noise = EPS * (64 + len(rows) + 8 * m) * (np.abs(needed).sum(axis=1) + np.abs(rates.opening).sum() + abs(rates.constant))
    base = rates.constant + needed.sum(axis=1) - noise
    required = {site for _, site in problem.constraints.required_pairs} if covers is None else set()
    always = np.array([j < problem.fixed.m or (j < sites.m and sites.ids[j] in required) for j in range(m)])
    return _worst(scope, [_levels(*parts, always, problem.fixed.m) for parts in zip(found, base, worth, strict=True)])


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
