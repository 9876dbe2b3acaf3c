"""Covers looked at again: the arithmetic of a certificate of kind "cover", and optima by trying everything, in plain NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import inf

import numpy as np

from covers import leaves, proven_by
from placement.core import Plan, Problem
from placement.core.types import BoolArray, FloatArray

SLACK = 1e-9


def crossings(xy: FloatArray, reach: FloatArray) -> FloatArray:
    """Return the points themselves and where circles of these radii around pairs of them meet, shape (k, 2)."""
    places = list(xy)
    for i, k in combinations(range(len(xy)), 2):
        way = xy[k] - xy[i]
        d = float(np.hypot(*way))
        if d == 0 or d > reach[i] + reach[k] or d < abs(reach[i] - reach[k]):
            continue
        along = (d * d + reach[i] ** 2 - reach[k] ** 2) / (2 * d)
        across = np.sqrt(max(0.0, reach[i] ** 2 - along**2))
        foot, aside = xy[i] + along * way / d, np.array([-way[1], way[0]]) / d
        places += [foot + across * aside, foot - across * aside]
    return np.array(places)


def reached(xy: FloatArray, places: FloatArray, reach: FloatArray) -> BoolArray:
    """Return which of the points each place reaches, shape (n, k)."""
    return np.asarray(np.hypot(*(xy[:, None] - places[None]).transpose(2, 0, 1)) <= reach[:, None] * (1 + 1e-10))


def recomputed_bound(problem: Problem, plan: Plan) -> float:
    """Return what the plan's certificate proves, from the problem and its numbers alone; -inf (max: inf) if nothing."""
    assert plan.certificate is not None
    assert plan.certificate.kind == "cover"
    data, demand, kind = plan.certificate.data, problem.demand, problem.objective.kind
    factor = demand.weight if getattr(problem.objective, "is_weighted", False) else np.ones(demand.n)
    reach = data["radius_m"] * (1 + SLACK / 2) / factor
    fixed = reached(demand.xy, problem.fixed.xy, reach).sum(axis=1) if problem.fixed.m else np.zeros(demand.n, dtype=int)
    rows = np.array(data["rows"], dtype=int)
    covers = np.zeros((len(rows), len(data["columns"])), dtype=bool)
    for k, column in enumerate(data["columns"]):
        covers[column, k] = True
    xy = demand.xy[rows]
    found = reached(xy, crossings(xy, reach[rows]), reach[rows]) if len(xy) else np.zeros((0, 0), dtype=bool)
    for place in np.unique(found.T, axis=0):
        assert covers[place].all(axis=0).any() or not place.any()
    times = problem.objective.n_serving
    needs = np.maximum(times - fixed, 0)[rows]
    parts = [(leaf["duals"], opened, closed) for leaf, opened, closed in leaves(data["tree"])]
    bound = proven_by(problem, np.repeat(covers, times, axis=1), (demand.weight[rows], needs, parts))
    return bound if kind != "p_center" else data["radius_m"] if bound else -inf


def best_cover(problem: Problem, radius: float) -> Iterator[tuple[int, float]]:
    """Yield for 0, 1, 2, ... new devices the most weight within the radius, by trying all subsets of the crossings."""
    demand, objective = problem.demand, problem.objective
    reach = np.full(demand.n, radius)
    places = crossings(demand.xy, reach)
    found = np.unique(reached(demand.xy, places, reach), axis=1)
    found = found[:, [not any((a <= b).all() and (a != b).any() for b in found.T) for a in found.T]]
    base = reached(demand.xy, problem.fixed.xy, reach).sum(axis=1) if problem.fixed.m else np.zeros(demand.n, dtype=int)
    copies = np.repeat(found, objective.n_serving, axis=1).astype(int)
    for count in range(demand.n * objective.n_serving + 1):
        subsets = combinations(range(copies.shape[1]), min(count, copies.shape[1]))
        yield (
            count,
            max(float(demand.weight[base + copies[:, list(s)].sum(axis=1) >= objective.n_serving].sum()) for s in subsets),
        )


def partitions(items: list[int], most: int) -> Iterator[list[list[int]]]:
    """Yield all ways to split items into at most so many groups."""
    if not items:
        yield []
        return
    for rest in partitions(items[1:], most):
        for k in range(len(rest)):
            yield [*rest[:k], [items[0], *rest[k]], *rest[k + 1 :]]
        if len(rest) < most:
            yield [[items[0]], *rest]


def least_radius(problem: Problem, scale: FloatArray) -> float:
    """Return the p_center optimum in the plane: every split of the points that no fixed device serves better, every circle."""
    xy, n = problem.demand.xy, problem.demand.n
    near = np.full(n, inf)
    if problem.fixed.m:
        near = scale * np.hypot(*(xy[:, None] - problem.fixed.xy[None]).transpose(2, 0, 1)).min(axis=1)
    best = inf
    radius = {members: _radius(xy[list(members)], scale[list(members)]) for members in _subsets(n)}
    for served in [(), *_subsets(n)]:
        rest = [i for i in range(n) if i not in served]
        floor = max((near[i] for i in served), default=0.0)
        if floor < best:
            for groups in partitions(rest, problem.n_new):
                best = min(best, max([floor, *(radius[tuple(sorted(group))] for group in groups)]))
        if not problem.fixed.m:
            break
    return best


def _subsets(n: int) -> list[tuple[int, ...]]:
    return [subset for size in range(1, n + 1) for subset in combinations(range(n), size)]


def _radius(xy: FloatArray, scale: FloatArray) -> float:
    """Return the smallest largest cost: at a point, where two balance each other, or where three do."""
    places = list(xy)
    for i, k in combinations(range(len(xy)), 2):
        places.append(xy[i] + (xy[k] - xy[i]) * scale[k] / (scale[i] + scale[k]))
    for i, k, m in combinations(range(len(xy)), 3):
        places += _balanced(xy[[i, k, m]], scale[[i, k, m]])
    costs = scale[:, None] * np.hypot(*(xy[:, None] - np.array(places)[None]).transpose(2, 0, 1))
    return float(costs.max(axis=0).min())


def _balanced(xy: FloatArray, scale: FloatArray) -> list[FloatArray]:
    """Return the places that cost three points the same: ``|x - x_i|^2 = s / scale_i^2`` is linear in x and s by differences."""
    u, v = xy[1] - xy[0], xy[2] - xy[0]
    system, b = 2 * np.array([u, v]), 1 / scale**2
    if abs(np.linalg.det(system)) < 1e-9:
        return []
    constant, slope = np.linalg.solve(system, [u @ u, v @ v]), np.linalg.solve(system, b[0] - b[1:])
    polynomial = [slope @ slope, 2 * constant @ slope - b[0], constant @ constant]
    roots = np.roots(polynomial) if polynomial[0] > 1e-300 else np.array([-polynomial[2] / polynomial[1]])
    return [xy[0] + constant + slope * s for s in roots.real[np.abs(roots.imag) < 1e-9]]
