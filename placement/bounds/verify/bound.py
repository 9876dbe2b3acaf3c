"""The bound that multipliers prove: one sum for sums, covers and centres, on sites and anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, inf
from typing import Any, NamedTuple

import numpy as np

from placement.bounds.verify.cells import least_gain
from placement.bounds.verify.circles import heaviest, listed_sets
from placement.bounds.verify.rates import Rates, rates_of
from placement.bounds.verify.tree import EPS, SLACK, Leaf, Refused, leaves, numbers, positions
from placement.core.problem import Problem
from placement.core.service import distances, length_factor, service_costs
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, IntArray

FORMS = {
    "multipliers": ("multipliers", ("site", "open", "closed")),
    "planar_multipliers": ("multipliers", ("pair", "together", "apart")),
    "cover": ("duals", ("column", "open", "closed")),
}
"""Of each kind of certificate: the numbers at its leaves, and what its branches ask."""


class Scope(NamedTuple):
    """What a proof is about: demand points, and the radius that covers them; infinite where costs add up. And who covers.

    Sites, the fixed devices first; listed sets of points, shape (R, K); or so many places of which nothing is known but that none
    of them is better than the best of the plane.
    """

    problem: Problem
    rows: IntArray
    radius: float
    sites: Sites
    sets: BoolArray
    n_unknown: int

    @property
    def m(self) -> int:
        """How many sites and sets there are."""
        return self.sites.m + len(self.sets.T)

    @property
    def left_out(self) -> FloatArray:
        """What leaving out each point costs: its weight where that is allowed, else infinitely much."""
        objective, weight = self.problem.objective, self.problem.demand.weight[self.rows]
        return np.where(objective.kind == "max_cover" or getattr(objective, "share", 1.0) < 1, weight, inf)


def proven_bound(problem: Problem, kind: str, data: Mapping[str, Any], claimed: float) -> float:
    """Return what no plan can beat: the worst of the leaves; anywhere, sums are looked at only as closely as `claimed` needs."""
    key, words = FORMS[kind]
    scope = _scope(problem, kind, data)
    rates = rates_of(problem, data.get("rates"), scope.m)
    if (rates.load != 0).any() and (problem.objective.n_serving > 1 or len(scope.rows) < problem.demand.n):
        raise Refused("loads count all points, each served once")
    found = list(leaves(data["tree"], words, problem.demand.n if kind == "planar_multipliers" else scope.m - problem.fixed.m))
    u, needs = _settled(scope, rates, np.array([numbers(leaf.data[key], len(scope.rows)) for leaf in found]))
    needed = np.minimum(u * needs, scope.left_out)
    size = np.abs(needed).sum(axis=1) + rates.size
    base = rates.constant + needed.sum(axis=1) - EPS * (64 + len(scope.rows) + 8 * (scope.m + scope.n_unknown)) * size
    worth = _worth(scope, rates, u)
    if not (np.isfinite(base).all() and np.isfinite(worth).all()):
        raise Refused("its numbers are too large to be added up")
    return _worst(scope, [_levels(scope, *parts, claimed) for parts in zip(found, u, base, worth, strict=True)])


def _scope(problem: Problem, kind: str, data: Mapping[str, Any]) -> Scope:
    listed, is_cover, rows, radius = data.get("columns"), kind == "cover", np.arange(problem.demand.n), inf
    if (problem.objective.kind in ("k_means", "p_median")) is is_cover:
        raise Refused("multipliers are for k_means and p_median, covers for p_center, max_cover and set_cover")
    if is_cover:
        rows, radius = positions(data["rows"], problem.demand.n), float(numbers(data["radius_m"]))
        asked = getattr(problem.objective, "radius_m", radius)
        if abs(radius - asked) > SLACK * abs(asked):
            raise Refused(f"its radius is {radius:.12g} m, the scenario asks for {asked:.12g} m")
        radius = asked
    none = np.empty((len(rows), 0), dtype=bool)
    if kind == "multipliers" or (is_cover and listed is None):
        if problem.candidates is None or listed is not None:
            raise Refused("it is about candidate sites alone, and the scenario has none, or it lists other places")
        return Scope(problem, rows, radius, problem.sites, none, 0)
    if not problem.distance.is_straight or data.get("rates") is not None:
        raise Refused("places anywhere are for straight distances, and rates for sites")
    if not is_cover or listed == "anywhere":
        return Scope(problem, rows, radius, problem.fixed, none, problem.n_new)
    # Of devices that share a place, as many count as a point needs.
    sets = listed_sets(problem.demand.xy[rows], radius / length_factor(problem, rows), listed or ())
    return Scope(problem, rows, radius, problem.fixed, np.repeat(sets, problem.objective.n_serving, axis=1), 0)


def _settled(scope: Scope, rates: Rates, u: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the multipliers of shape (leaves, R), none above what a point costs anyway, and how many devices it needs yet."""
    problem = scope.problem
    needs = np.full(len(scope.rows), problem.objective.n_serving if scope.radius < inf else 1)
    free = problem.fixed.take(np.flatnonzero(rates.load[: problem.fixed.m] == 0))
    for part, cost in service_costs(problem, scope.rows, free, scope.radius):
        if scope.radius < inf:
            needs[part] -= (cost == 0).sum(axis=1)
        else:
            u[:, part] = np.minimum(u[:, part], cost.min(axis=1))
    return np.where(needs > 0, np.minimum(u, scope.left_out), 0.0), needs


def _worth(scope: Scope, rates: Rates, u: FloatArray) -> FloatArray:
    """Return what opening each site and set adds to each leaf's sum, shape (leaves, m): below 0 where it helps."""
    m, weight = scope.sites.m, scope.problem.demand.weight[scope.rows]
    worth, load = np.tile(rates.opening, (len(u), 1)), rates.load[:m]
    is_free = (np.arange(m) < scope.problem.fixed.m) & (load == 0)
    for part, cost in service_costs(scope.problem, scope.rows, scope.sites, scope.radius):
        for k, multipliers in enumerate(u[:, part, None]):
            worth[k, :m] += np.where(is_free, 0, np.minimum(cost + weight[part, None] * load - multipliers, 0).sum(axis=0))
    worth[:, m:] -= np.maximum(u, 0) @ scope.sets
    return worth


def _levels(scope: Scope, leaf: Leaf, u: FloatArray, base: float, worth: FloatArray, claimed: float) -> tuple[int, FloatArray]:
    """Return how many new devices a leaf opens, and the least that plans cost with so many, with one more, two more and so on."""
    n_fixed, required = scope.problem.fixed.m, {site for _, site in scope.problem.constraints.required_pairs}
    if scope.n_unknown:
        return 0, base + min(_best_place(scope, leaf, u, base, claimed), 0.0) * np.arange(scope.n_unknown + 1.0)
    opened, closed = (n_fixed + np.array(side, dtype=np.intp).ravel() for side in (leaf.yes, leaf.no))
    is_open = np.arange(scope.m) < n_fixed
    is_open[[j for j, name in enumerate(scope.sites.ids) if name in required]] = is_open[opened] = True
    rest = np.sort(np.delete(worth, np.r_[np.flatnonzero(is_open), closed]))
    return int(is_open.sum()) - n_fixed, np.minimum.accumulate(float(base + worth[is_open].sum()) + np.r_[0, np.cumsum(rest)])


def _best_place(scope: Scope, leaf: Leaf, u: FloatArray, base: float, claimed: float) -> float:
    """Return what the best place of the plane adds to a leaf's sum, or less."""
    problem, rows = scope.problem, scope.rows
    if scope.radius < inf:
        return -heaviest(problem.demand.xy[rows], scope.radius / length_factor(problem, rows), u)
    target = (claimed - 0.9 * SLACK * abs(claimed) - base) / problem.n_new
    least = least_gain(problem, leaf, u, target) if target <= 0 else 0.0
    if not least >= target:
        raise Refused(f"it proves no more than {base + problem.n_new * least:.12g}, not {claimed:.12g}")
    return least


def _worst(scope: Scope, levels: list[tuple[int, FloatArray]]) -> float:
    """Return the worst of the leaves, in the unit of the objective."""
    problem, kind, weight = scope.problem, scope.problem.objective.kind, scope.problem.demand.weight
    if kind == "set_cover":
        share = getattr(problem.objective, "share", 1.0)
        spared = (1 - share * (1 - SLACK)) * weight.sum() if share < 1 else 0.0
        return float(min(n_open + (least > spared).sum() for n_open, least in levels))
    costs = (float(least[: problem.n_new - n_open + 1][-1]) if n_open <= problem.n_new else inf for n_open, least in levels)
    cost = max(min(costs), 0.0)  # nothing that is added up is negative
    if kind == "max_cover":
        total = float(weight.sum()) - cost
        return floor(total * (1 + SLACK)) if (weight % 1 == 0).all() else total
    if kind == "p_center":
        if not cost > 0:
            raise Refused("at one of its leaves the devices may suffice")
        # Only a proof about the sites says that the optimum is one of their distances beyond the radius as it grows for rounding.
        return _next_distance(scope) if scope.sites.m > problem.fixed.m else scope.radius
    return cost


def _next_distance(scope: Scope) -> float:
    """Return the smallest distance (times weight, if that counts) above the radius: the optimum is one of them."""
    problem, everybody, least = scope.problem, np.arange(scope.problem.demand.n), inf
    for part, distance in distances(problem, everybody, problem.sites):
        reckoned = distance * length_factor(problem, everybody[part])[:, None]
        least = min(least, float(reckoned[reckoned > scope.radius * (1 + 0.999 * SLACK)].min(initial=inf)))
    return least
