"""Sums with devices anywhere: multipliers, and the least that any place can gain, found by cutting the plane into cells."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any, NamedTuple

import numpy as np

from placement.bounds.verify.proof import EPS, SLACK, Leaf, Refused, leaves, numbers
from placement.bounds.verify.scope import Scope
from placement.core.problem import Problem
from placement.core.types import BoolArray, FloatArray, IntArray

CUT, MOST_SETS, MOST_WORK, MOST_ENTRIES, TINY = 4, 256, 1_000_000_000, 120_000, 1e-100


class Ground(NamedTuple):
    """Points in the order of their groups: places [m], weights, multipliers, the first point of each group; the squaring."""

    xy: FloatArray
    weight: FloatArray
    u: FloatArray
    start: IntArray
    is_squared: bool


def plane_bound(problem: Problem, data: Mapping[str, Any], claimed: float) -> float:
    """Return ``min over leaves of sum u_i + n_new min(0, min_x F(x))``: what is proven of it, about `claimed` at least.

    ``F(x)`` is the least of ``sum_{i in S} (c_i(x) - u_i)`` over the sets S that keep to the leaf's pairs.
    """
    demand, kind, bound = problem.demand, problem.objective.kind, inf
    if kind not in ("k_means", "p_median") or not problem.distance.is_straight:
        raise Refused("planar multipliers are for k_means and p_median with straight distances")
    for leaf in leaves(data["tree"], ("pair", "together", "apart"), demand.n):
        if len(leaf.yes) + len(leaf.no) and problem.fixed.m:
            raise Refused("pairs say nothing where fixed devices stand")
        u = numbers(leaf.data["multipliers"], demand.n)
        for part, cost in Scope(problem, np.arange(demand.n), inf).costs(problem.fixed):
            u[part] = np.minimum(u[part], cost.min(axis=1))
        total = float(u.sum()) - 64 * EPS * float(np.abs(u).sum())
        target = (claimed - 0.9 * SLACK * abs(claimed) - total) / problem.n_new
        least = 0.0
        if target <= 0:
            group, alone = _groups(demand.n, leaf)
            order = np.argsort(group, kind="stable")
            start = np.r_[np.flatnonzero(np.diff(group[order], prepend=-1)), demand.n]
            xy = demand.xy[order] - demand.xy.mean(axis=0)
            ground = Ground(xy, demand.weight[order], u[order], start, kind == "k_means")
            least = lowest(ground, alone, target)
        if not least >= target:
            raise Refused(f"it proves no more than {total + problem.n_new * least:.12g}, not {claimed:.12g}")
        bound = min(bound, total + problem.n_new * least)
    return bound


def _groups(n: int, leaf: Leaf) -> tuple[IntArray, set[frozenset[int]]]:
    """Return the group 0, 1, ... of each point, kept together, and all sets of groups to leave out that keep others apart."""
    group = np.arange(n)
    for i, k in leaf.yes:
        group[group == group[i]] = group[k]
    group = np.unique(group, return_inverse=True)[1].ravel()
    out: set[frozenset[int]] = {frozenset()}
    for i, k in group[leaf.no]:
        out = {one if one & {i, k} else one | {g} for one in out for g in (i, k)}
        if len(out) > MOST_SETS:
            raise Refused("more pairs are kept apart than can be checked")
    return group, {one for one in out if not any(other < one for other in out)}


def lowest(ground: Ground, left_out: set[frozenset[int]], target: float) -> float:
    """Return a number <= 0 that F is never below, at least `target`; or, where F goes below the target, how low at least.

    A cell is cut until its bound reaches the target. A device in the cell serves each group wherever it stands there, or
    never, or the group is open.
    """
    low, high = ground.xy.min(axis=0), ground.xy.max(axis=0)
    groups, steps = np.arange(len(ground.start) - 1), np.arange(1 - CUT, CUT, 2)
    stack = [((low + high)[None] / 2, (high - low) / 2, groups[:0], np.setdiff1d(groups, list(out))) for out in left_out]
    least, work = 0.0, 0
    while stack:
        parents, half, served, open_ = stack.pop()
        most = 1 + MOST_ENTRIES // len(ground.u)
        if len(parents) > most:
            stack.append((parents[most:], half, served, open_))
        half = half / CUT
        # Of points on a line each cell is cut one way only: cut in depth 0 it would be there several times.
        offsets = np.unique(np.stack(np.meshgrid(steps * half[0], steps * half[1]), axis=-1).reshape(-1, 2), axis=0)
        centres = (parents[:most, None] + offsets).reshape(-1, 2)
        bound, at_centre, is_served, is_open = _cells(ground, centres, half, served, open_)
        if not at_centre.min() >= target:
            return float(at_centre.min())
        is_left = ~(bound >= target)
        least = min(least, float(bound[~is_left].min(initial=0.0)))
        work += len(centres) * (100 + len(served) + len(open_))
        if is_left.any() and work > MOST_WORK:
            raise Refused("no bound of this precision could be confirmed with the work that is allowed")
        # Cells with the same groups served and open are cut together.
        kinds, kind = np.unique(np.hstack([is_served, is_open])[is_left], axis=0, return_inverse=True)
        for k, (now_served, still_open) in enumerate(np.reshape(kinds, (len(kinds), 2, len(open_)))):
            stack.append((centres[is_left][kind.ravel() == k], half, np.r_[served, open_[now_served]], open_[still_open]))
    return least


def _cells(
    ground: Ground, centres: FloatArray, half: FloatArray, served: IntArray, open_: IntArray
) -> tuple[FloatArray, FloatArray, BoolArray, BoolArray]:
    """Bound F over the cells with these centres; also F at the centres, and which open groups are served or still open there.

    Served groups count with a convex quadratic below them, open ones with their nearest corner. In the step d from the centre the
    quadratic is ``v + g d + d H d / 2``, and that is at least ``v + g d + h d d / 2`` with h the smaller eigenvalue of H. For
    squares H is exact. For distances ``|r n + d| >= r + n d + (t d)^2 / (2 R)``, where n points away from the demand point, t is
    square to n and R is the farthest distance: ``sqrt(a^2 + b^2) - a = b^2 / (sqrt(a^2 + b^2) + a)``.
    """
    groups, k = np.r_[served, open_], len(served)
    sizes = np.diff(ground.start)[groups]
    first = np.cumsum(sizes) - sizes
    index = np.repeat(ground.start[groups] - first, sizes) + np.arange(sizes.sum())
    w, u, (dx, dy) = ground.weight[index], ground.u[index], (centres[:, None] - ground.xy[index]).transpose(2, 0, 1)
    ax, ay = np.abs(dx), np.abs(dy)

    def gain(dx: FloatArray, dy: FloatArray) -> FloatArray:
        cost = w * (dx * dx + dy * dy if ground.is_squared else np.hypot(dx, dy))
        return np.add.reduceat(cost - u, first, axis=-1) if len(index) else np.zeros((len(dx), 0))

    value, near = gain(dx, dy), gain(np.maximum(ax - half[0], 0), np.maximum(ay - half[1], 0))
    far = gain(ax + half[0], ay + half[1])
    is_served, is_open = far[:, k:] < 0, (far[:, k:] >= 0) & (near[:, k:] < 0)
    counts = np.repeat(np.hstack([np.ones((len(centres), k)), is_served]), sizes, axis=1) * w
    r = 0.5 if ground.is_squared else np.maximum(np.hypot(dx, dy), TINY)
    slope = [np.sum(counts * d / r, axis=1) for d in (dx, dy)]
    if ground.is_squared:
        curve = 2 * counts.sum(axis=1)
    else:
        bend = counts / np.maximum(np.hypot(ax + half[0], ay + half[1]), TINY) / (r * r)
        xx, xy, yy = ((bend * one * other).sum(axis=1) for one, other in ((dy, dy), (-dx, dy), (dx, dx)))
        curve = np.maximum((xx + yy) / 2 - np.hypot((xx - yy) / 2, xy), 0)
    bound = (value * np.hstack([np.ones((len(centres), k)), is_served])).sum(axis=1) + np.where(is_open, near[:, k:], 0).sum(
        axis=1
    )
    bound += sum(_dip(one, curve, width) for one, width in zip(slope, half, strict=True)) - 64 * EPS * np.abs(u).sum()
    return bound, value[:, :k].sum(axis=1) + np.minimum(value[:, k:], 0).sum(axis=1), is_served, is_open


def _dip(slope: FloatArray, curve: FloatArray, half: float) -> FloatArray:
    """Return the least of ``slope d + curve d^2 / 2`` for ``|d| <= half``."""
    d = np.where(curve > 0, np.clip(-slope / curve, -half, half), -np.sign(slope) * half)
    return slope * d + curve * d * d / 2
