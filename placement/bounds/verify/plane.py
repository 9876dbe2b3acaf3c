"""Sums with devices anywhere: multipliers, and the least that any place can gain, found by cutting the plane into cells."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np

from placement.bounds.verify.proof import EPS, SLACK, Leaf, Refused, leaves, mapping, numbers
from placement.bounds.verify.sums import capped
from placement.core.problem import Problem
from placement.core.types import BoolArray, FloatArray, IntArray

CUT, MOST_SETS, MOST_WORK, MOST_ENTRIES, TINY = 4, 256, 1_000_000_000, 120_000, 1e-300


class Ground(NamedTuple):
    """Points in the order of their groups: places [m], weights, multipliers, first point of each group, and the squaring.

    `choices` of shape (s, k) are the sets that may be served together of the first k groups, those that are kept apart.
    """

    xy: FloatArray
    weight: FloatArray
    u: FloatArray
    start: IntArray
    choices: BoolArray
    is_squared: bool


def plane_bound(problem: Problem, data: object, claimed: float) -> float:
    """Return ``min over leaves of sum u_i + n_new min(0, min_x F(x))``: at least `claimed`, or what it can be at most.

    ``F(x)`` is the least of ``sum_{i in S} (c_i(x) - u_i)`` over the sets S that keep to the leaf's pairs.
    """
    demand, kind = problem.demand, problem.objective.kind
    if kind not in ("k_means", "p_median") or not problem.distance.is_straight:
        raise Refused("planar multipliers are for k_means and p_median with straight distances")
    found = list(leaves(mapping(data, ["tree"], "its data")["tree"], ("pair", "together", "apart"), demand.n))
    if len(found) > 1 and problem.fixed.m:
        raise Refused("pairs say nothing where fixed devices stand")
    xy = demand.xy - demand.xy.mean(axis=0)
    us = capped(problem, [numbers(leaf.data.get("multipliers"), demand.n, "the multipliers of a leaf") for leaf in found])
    bound = inf
    for leaf, u in zip(found, us, strict=True):
        total = float(u.sum()) - 64 * EPS * float(np.abs(u).sum())
        target = (claimed - 0.9 * SLACK * abs(claimed) - total) / problem.n_new
        ground = _ground(xy, demand.weight, u, leaf, is_squared=kind == "k_means")
        bound = min(bound, total + (problem.n_new * lowest(ground, target) if target <= 0 else 0.0))
    return bound


def _ground(xy: FloatArray, weight: FloatArray, u: FloatArray, leaf: Leaf, *, is_squared: bool) -> Ground:
    """Order points by group: points kept together are one, groups that are kept apart from others come first."""
    group = np.arange(len(u))
    for i, k in leaf.yes:
        group[group == group[i]] = group[k]
    apart = {(group[i], group[k]) for i, k in leaf.no}
    rivals = sorted({g for pair in apart for g in pair})
    choices = np.zeros((1, 0), dtype=bool)
    for g in rivals:
        enemies = [rivals.index(b if a == g else a) for a, b in apart if g in (a, b)]
        if rivals.index(g) in enemies:  # two points of one group cannot be apart: nobody serves it
            choices = np.pad(choices, ((0, 0), (0, 1)))
            continue
        free = choices[~choices[:, [e for e in enemies if e < choices.shape[1]]].any(axis=1)]
        choices = np.vstack([np.pad(choices, ((0, 0), (0, 1))), np.pad(free, ((0, 0), (0, 1)), constant_values=True)])
        if len(choices) > MOST_SETS:
            raise Refused("more pairs are kept apart than can be checked")
    rank = np.full(len(u), len(rivals))
    rank[rivals] = np.arange(len(rivals))
    order = np.lexsort((group, rank[group]))
    starts = np.flatnonzero(np.r_[True, group[order][1:] != group[order][:-1]])
    return Ground(xy[order], weight[order], u[order], np.r_[starts, len(u)], choices, is_squared)


def lowest(ground: Ground, target: float) -> float:
    """Return a number <= 0 that F is never below, at least `target`; or, where F goes below the target, how low at least.

    A cell is cut until its bound reaches the target. A device in the cell serves each group wherever it stands there, or
    never, or the group is open. Served groups count with a convex quadratic from below; open ones with their nearest
    corner or, when they are few, by trying all sets of them.
    """
    low, high = ground.xy.min(axis=0), ground.xy.max(axis=0)
    everybody, steps = np.arange(len(ground.start) - 1), np.arange(1 - CUT, CUT, 2)
    stack = [((low + high)[None] / 2, (high - low) / 2, everybody[:0], everybody[ground.choices.shape[1] :])]
    least, work = 0.0, 0
    while stack:
        parents, half, served, open_ = stack.pop()
        most = 1 + MOST_ENTRIES // (len(ground.u) + MOST_SETS)
        if len(parents) > most:
            stack.append((parents[most:], half, served, open_))
        half = half / CUT
        offsets = np.stack(np.meshgrid(steps * half[0], steps * half[1]), axis=-1).reshape(-1, 2)
        centres = (parents[:most, None] + offsets).reshape(-1, 2)
        bound, at_centre, is_served, is_open = _cells(ground, centres, half, served, open_)
        work += len(centres) * (100 + len(served) + len(open_))
        is_left = bound < target
        least = min(least, float(bound[~is_left].min(initial=0.0)))
        if at_centre.min() < target:
            return float(at_centre.min())
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
    """Bound F over the cells with these centres; also F at the centres, and which open groups are served or still open there."""
    k, sets = ground.choices.shape[1], ground.choices
    parts, near, far, size = _parts(ground, centres, half, np.r_[np.arange(k), served, open_].astype(np.intp))
    rivals, sure, loose = np.split(np.arange(near.shape[1]), [k, k + len(served)])
    is_served = far[:, loose] < 0
    is_open = ~is_served & (near[:, loose] < 0)
    counts = np.hstack([np.zeros((len(centres), k)), np.ones((len(centres), len(served))), is_served])
    bound = _least(parts, half, counts, rivals, sets) + np.where(is_open, near[:, loose], 0).sum(axis=1)
    at_centre = parts[0][:, sure].sum(axis=1) + np.minimum(parts[0][:, loose], 0).sum(axis=1)
    at_centre += (parts[0][:, rivals] @ sets.T).min(axis=1)
    if len(loose) and len(sets) << min(len(loose), 30) <= MOST_SETS:
        subsets = (np.arange(1 << len(loose))[:, None] >> np.arange(len(loose))) & 1
        both = np.hstack([np.repeat(sets, len(subsets), axis=0), np.tile(subsets, (len(sets), 1))])
        counts[:, loose] = 0
        bound = np.maximum(bound, _least(parts, half, counts, np.r_[rivals, loose], both))
    return bound - 64 * EPS * size, at_centre, is_served, is_open


def _parts(
    ground: Ground, centres: FloatArray, half: FloatArray, groups: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    """Return what each group adds to F in each cell: six numbers of a quadratic below it, and the values at near and far ends.

    The quadratic in the step d from the centre is ``v + g d + d H d / 2``, with ``v, g_x, g_y, H_xx, H_xy, H_yy`` along the first
    axis. For squares it is exact. For distances ``|r n + d| >= r + n d + (t d)^2 / (2 R)``, where n points away from the demand
    point, t is square to n and R is the farthest distance: ``sqrt(a^2 + b^2) - a = b^2 / (sqrt(a^2 + b^2) + a)``.
    """
    first, sizes = ground.start[groups], ground.start[groups + 1] - ground.start[groups]
    starts = np.cumsum(sizes) - sizes
    index = np.repeat(first - starts, sizes) + np.arange(sizes.sum())
    w, u = ground.weight[index], ground.u[index]

    def summed(values: FloatArray) -> FloatArray:
        return values if len(groups) == len(index) else np.add.reduceat(values, starts, axis=-1)

    def gain(dx: FloatArray, dy: FloatArray) -> FloatArray:
        return np.asarray((w * (dx * dx + dy * dy) if ground.is_squared else w * np.hypot(dx, dy)) - u)

    dx, dy = (centres[:, None] - ground.xy[index]).transpose(2, 0, 1)
    ax, ay, value = np.abs(dx), np.abs(dy), gain(dx, dy)
    near, far = gain(np.maximum(ax - half[0], 0), np.maximum(ay - half[1], 0)), gain(ax + half[0], ay + half[1])
    if ground.is_squared:
        six = [value, 2 * w * dx, 2 * w * dy, 2 * w + 0 * dx, 0 * dx, 2 * w + 0 * dx]
    else:
        r, bend = np.maximum(np.hypot(dx, dy), TINY), w / np.maximum(np.hypot(ax + half[0], ay + half[1]), TINY)
        nx, ny = dx / r, dy / r
        six = [value, w * nx, w * ny, bend * ny * ny, -bend * nx * ny, bend * nx * nx]
    return summed(np.stack(six)), summed(near), summed(far), float(np.abs(u).sum())


def _least(parts: FloatArray, half: FloatArray, counts: FloatArray, tried: IntArray, sets: IntArray | BoolArray) -> FloatArray:
    """Return the least over the cell and over all `sets` of the `tried` groups of the quadratics of those and of what counts."""
    value, gx, gy, xx, xy, yy = (parts * counts).sum(axis=2)[..., None] + parts[:, :, tried] @ sets.T.astype(float)
    sides = [s * half[0] * gx + half[0] ** 2 * xx / 2 + _dip(gy + s * half[0] * xy, yy, half[1]) for s in (-1, 1)]
    sides += [s * half[1] * gy + half[1] ** 2 * yy / 2 + _dip(gx + s * half[1] * xy, xx, half[0]) for s in (-1, 1)]
    det = np.maximum(xx * yy - xy * xy, TINY)
    dx, dy = (xy * gy - yy * gx) / det, (xy * gx - xx * gy) / det
    inside = gx * dx + gy * dy + (xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy) / 2
    is_inside = (np.abs(dx) <= half[0]) & (np.abs(dy) <= half[1])
    return np.asarray((value + np.min([*sides, np.where(is_inside, inside, 0)], axis=0)).min(axis=1))


def _dip(slope: FloatArray, curve: FloatArray, half: float) -> FloatArray:
    """Return the least of ``slope d + curve d^2 / 2`` for ``|d| <= half``."""
    d = np.where(curve > 0, np.clip(-slope / curve, -half, half), -np.sign(slope) * half)
    return slope * d + curve * d * d / 2
