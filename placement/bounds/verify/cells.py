"""The least that one device anywhere can add to a sum, found by cutting the plane into cells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.verify.tree import EPS, Leaf, Refused
from placement.core.problem import Problem
from placement.core.types import BoolArray, FloatArray, IntArray

CUT, MOST_SETS, MOST_WORK, TINY = 4, 256, 1_000_000_000, 1e-100
TOGETHER = 20_000
"""Cells times points that are looked at together."""
STEPS = np.stack(np.meshgrid(*[np.arange(1 - CUT, CUT, 2)] * 2), axis=-1).reshape(-1, 2)


class Ground(NamedTuple):
    """Points that are served in whole groups: places [m], weights, multipliers, the number of the group; the squaring."""

    xy: FloatArray
    weight: FloatArray
    u: FloatArray
    group: IntArray
    is_squared: bool

    def take(self, index: IntArray) -> Ground:
        """Return the points at these positions."""
        return Ground(self.xy[index], self.weight[index], self.u[index], self.group[index], self.is_squared)


def least_gain(problem: Problem, leaf: Leaf, u: FloatArray, target: float) -> float:
    """Return a number <= 0 that F is never below, at least `target`; or, where F goes below the target, how low at least.

    ``F(x)`` is the least of ``sum_{i in S} (c_i(x) - u_i)`` over the sets S that keep to the leaf's pairs.
    """
    demand, (group, left_out) = problem.demand, _groups(leaf, problem.demand.n)
    # Points far from the origin are moved there: numbers of which none is twice another are subtracted without rounding.
    low, high = demand.xy.min(axis=0), demand.xy.max(axis=0)
    xy = demand.xy - np.where(np.maximum(-low, high) > 3 * (high - low), low, 0)
    ground = Ground(xy, demand.weight, u, group, problem.objective.kind == "k_means").take(np.argsort(group, kind="stable"))
    parts = (ground.take(np.flatnonzero(~np.isin(ground.group, out))) for out in left_out)
    return min(_lowest(part, target) if len(part.u) else 0.0 for part in parts)


def _groups(leaf: Leaf, n: int) -> tuple[IntArray, list[list[int]]]:
    """Return the group of each point, kept together, and all sets of groups to leave out that keep others apart."""
    group = np.arange(n)
    for i, k in leaf.yes:
        group[group == group[i]] = group[k]
    out: set[frozenset[int]] = {frozenset()}
    for i, k in ((group[i], group[k]) for i, k in leaf.no):
        out = {one if one & {i, k} else one | {g} for one in out for g in (i, k)}
        if len(out) > MOST_SETS:
            raise Refused("more pairs are kept apart than can be checked")
    return group, [list(one) for one in out if not any(other < one for other in out)]


def _lowest(ground: Ground, target: float) -> float:
    """Return the same for F without pairs: a cell is cut until its bound reaches the target, a few neighbours at a time."""
    low, high = ground.xy.min(axis=0), ground.xy.max(axis=0)
    stack, least, work = [((low + high)[None] / 2, (high - low) / 2, ground)], 0.0, 0
    while stack:
        parents, half, near = stack.pop()
        # Centres are rounded: cells that overlap by more leave no place out.
        half = half / CUT + np.where(half > 0, 4 * EPS * (half + np.abs(parents).max(axis=0)), 0)
        # Of points on a line each cell is cut one way only: cut in depth 0 it would be there several times.
        centres = (parents[:, None] + np.unique(STEPS * half, axis=0)).reshape(-1, 2)
        bound, value, is_near = _cells(near, centres, half)
        if not value.min() >= target:
            return float(value.min())
        is_left = ~(bound >= target)
        least = min(least, float(bound[~is_left].min(initial=0.0)))
        work += len(centres) * (100 + len(near.u))
        if is_left.any() and work > MOST_WORK:
            raise Refused("no bound of this precision could be confirmed with the work that is allowed")
        left = np.flatnonzero(is_left)
        for part in np.array_split(left, len(left) * (100 + len(near.u)) // TOGETHER + 1) if len(left) else ():
            stack.append((centres[part], half, near.take(np.flatnonzero(is_near[part].any(axis=0)))))
    return least


def _cells(ground: Ground, centres: FloatArray, half: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Bound F over the cells with these centres; also F at the centres, and which points may gain anything in which cell.

    A group that gains everywhere in a cell counts with its gain v and slope g at the centre: it is convex, so in the step d the
    gain is at least ``v + g d``. Any other counts with its nearest corner, or not at all.
    """
    offset, first = centres[:, None] - ground.xy, np.flatnonzero(np.diff(ground.group, prepend=-1))
    sizes = np.diff(first, append=len(ground.u))

    def gain(offset: FloatArray) -> FloatArray:
        lengths = (offset * offset).sum(axis=2) if ground.is_squared else np.hypot(*offset.T).T
        return np.add.reduceat(ground.weight * lengths - ground.u, first, axis=1)

    value, nearest, farthest = gain(offset), gain(np.maximum(np.abs(offset) - half, 0)), gain(np.abs(offset) + half)
    length = 0.5 if ground.is_squared else np.maximum(np.hypot(*offset.T).T, TINY)
    slope = np.einsum("cp,cpx->cx", np.repeat(farthest < 0, sizes, axis=1) * ground.weight / length, offset)
    least = np.where(farthest < 0, value, np.minimum(nearest, 0)).sum(axis=1) - np.abs(slope) @ half
    is_near = np.repeat(nearest < 0, sizes, axis=1)
    return least - 64 * EPS * np.abs(ground.u).sum(), np.minimum(value, 0).sum(axis=1), is_near
