"""Who is within a radius: covering bounds from dual numbers, on sites or, through discs, anywhere in the plane."""

from __future__ import annotations

from math import ceil, floor, inf
from typing import NamedTuple, cast

import numpy as np

from placement.bounds.verify.proof import EPS, SLACK, Leaf, Refused, leaves, mapping, number, numbers, positions
from placement.bounds.verify.sums import distance_rows
from placement.core.problem import Problem
from placement.core.protocols import RadiusObjective
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, IntArray

MARGIN = 1e-6
"""How far a count must exceed a whole number before it is rounded up."""


class Cover(NamedTuple):
    """Which columns, sites or sets of points, cover which rows of shape (R, K); the rows' weights; what fixed devices cover."""

    covers: BoolArray
    weight: FloatArray
    served_weight: float


def cover_bound(problem: Problem, data: object, claimed: float) -> float:  # noqa: ARG001 - one signature for all kinds
    """Return what no plan can beat: a radius, a number of devices, or from above a covered weight."""
    kind, parts = problem.objective.kind, mapping(data, ["radius_m", "rows", "columns", "tree"], "its data")
    radius = _radius(problem, parts["radius_m"])
    rows = np.array(positions(parts["rows"], problem.demand.n, "rows"), dtype=np.intp)
    unserved, reach, weight = _unserved(problem, radius), radius / _factor(problem), problem.demand.weight
    is_whole = kind == "max_cover" or getattr(problem.objective, "share", 1.0) < 1
    if is_whole and len(np.setdiff1d(np.flatnonzero(unserved), rows)):
        raise Refused("rows must be all demand points that fixed devices do not cover")
    is_kept = unserved[rows]
    if parts["columns"] is None:
        covers = _on_sites(problem, reach)[rows[is_kept]]
    else:
        covers = _listed(parts["columns"], len(rows))[is_kept]
        _look_everywhere(problem, reach[rows[is_kept]], rows[is_kept], covers)
    cover = Cover(covers, weight[rows[is_kept]], float(weight[~unserved].sum()))
    found = leaves(parts["tree"], ("column", "open", "closed"), covers.shape[1])
    values = [_at_leaf(problem, cover, leaf, is_kept) for leaf in found]
    if kind != "p_center":
        return max(values) if kind == "max_cover" else min(values)
    if not all(values):
        raise Refused("at one of its leaves the devices may suffice")
    return radius if parts["columns"] is not None else _next_distance(problem, radius * (1 + 0.999 * SLACK))


def _radius(problem: Problem, value: object) -> float:
    radius = number(value, "radius_m")
    if problem.objective.kind not in ("p_center", "max_cover", "set_cover"):
        raise Refused("covers are for p_center, max_cover and set_cover")
    if problem.objective.kind == "p_center":
        return radius  # below 0 nobody is covered, which proves that the optimum is not below 0
    asked = cast("RadiusObjective", problem.objective).radius_m
    if abs(radius - asked) > SLACK * asked:
        raise Refused(f"its radius is {radius:.12g} m, the scenario asks for {asked:.12g} m")
    return asked


def _at_leaf(problem: Problem, cover: Cover, leaf: Leaf, is_kept: BoolArray) -> float:
    """Return the bound at a leaf; for p_center, whether no plan is possible there."""
    duals = numbers(leaf.data.get("duals"), len(is_kept), "the duals of a leaf")
    if (duals < 0).any():
        raise Refused("duals are not negative")
    objective, n_open = problem.objective, len(leaf.yes)
    is_covered = cover.covers[:, leaf.yes].any(axis=1)
    y, weight = np.where(is_covered, 0, duals[is_kept]), np.where(is_covered, 0, cover.weight)
    reached = cover.served_weight + float(cover.weight[is_covered].sum())
    if objective.kind == "max_cover":
        y = np.minimum(y, weight)
        best = np.sort(_column_sums(cover.covers, y, leaf.yes + leaf.no))[::-1][: max(problem.n_new - n_open, 0)]
        total = (reached + float((weight - y).sum() + best.sum())) * (1 + EPS * (len(y) + len(best)))
        is_whole = bool((problem.demand.weight % 1 == 0).all())
        return -inf if n_open > problem.n_new else floor(total * (1 + SLACK)) if is_whole else total
    scale, needed = max(1.0, float(_column_sums(cover.covers, y, leaf.no).max(initial=0))), float(y.sum())
    share = getattr(objective, "share", 1.0)
    if share < 1:
        t = number(leaf.data.get("share"), "the share of a leaf")
        if t < 0:
            raise Refused("duals are not negative")
        short = share * problem.demand.total_weight * (1 - SLACK) - reached
        needed = t * short - float(np.maximum(t * weight - y, 0).sum())
    more = needed / scale
    if objective.kind == "set_cover":
        return n_open + max(0, ceil(more - MARGIN))
    return float(more > problem.n_new - n_open + MARGIN)


def _column_sums(covers: BoolArray, y: FloatArray, without: list[int]) -> FloatArray:
    used = np.flatnonzero(y)
    sums = sum((y[part] @ covers[part] for part in np.array_split(used, len(used) // 500 + 1)), np.zeros(covers.shape[1]))
    return np.delete(sums, without)


def _factor(problem: Problem) -> FloatArray:
    """Return what the objective multiplies distances by: weights, or 1."""
    return problem.demand.weight if getattr(problem.objective, "is_weighted", False) else np.ones(problem.demand.n)


def _unserved(problem: Problem, radius: float) -> BoolArray:
    """Return which points need a new device, with a radius a little larger than asked for."""
    counts, reach = np.zeros(problem.demand.n), radius * (1 + SLACK) / _factor(problem)
    for rows, distance in distance_rows(problem, problem.fixed) if problem.fixed.m else ():
        counts[rows] = (distance <= reach[rows, None]).sum(axis=1)
    return np.asarray(counts < problem.objective.n_serving)


def _on_sites(problem: Problem, reach: FloatArray) -> BoolArray:
    if problem.candidates is None:
        raise Refused("it lists no columns, and the scenario has no candidate sites")
    covers = np.zeros((problem.demand.n, problem.candidates.m), dtype=bool)
    for rows, distance in distance_rows(problem, problem.candidates):
        covers[rows] = distance <= reach[rows, None] * (1 + SLACK)
    return covers


def _next_distance(problem: Problem, radius: float) -> float:
    """Return the smallest distance (times weight, if that counts) above `radius`: the optimum is one of them."""
    least, factor = inf, _factor(problem)
    for sites in (problem.fixed, problem.candidates or Sites.none()):
        for rows, distance in distance_rows(problem, sites):
            reckoned = distance * factor[rows, None]
            least = min(least, float(reckoned[reckoned > radius].min(initial=inf)))
    return least


def _listed(columns: object, n_rows: int) -> BoolArray:
    if not isinstance(columns, (list, tuple)):
        raise Refused("columns are lists of rows")
    covers = np.zeros((n_rows, len(columns)), dtype=bool)
    for k, column in enumerate(columns):
        covers[positions(column, n_rows, "a column"), k] = True
    return covers


def _look_everywhere(problem: Problem, reach: FloatArray, rows: IntArray, covers: BoolArray) -> None:
    """Refuse unless what any place of the plane covers is within one of the columns of shape (R, K).

    What a place covers is covered at a point where two circles meet, or at a demand point. Circles are drawn with half the slack,
    so that a solver which draws them with all of it has listed what is found here.
    """
    if not problem.distance.is_straight:
        raise Refused("columns of points are for straight distances")
    xy, reach = problem.demand.xy[rows], reach * (1 + SLACK / 2)
    for i in range(len(rows)):
        offset = xy - xy[i]
        near = np.flatnonzero(np.hypot(*offset.T) <= reach + reach[i])
        places = np.vstack([np.zeros((1, 2)), _meetings(offset[near], reach[near], reach[i])])
        found = np.hypot(*(places[:, None] - offset[near]).transpose(2, 0, 1)) <= reach[near] * (1 + SLACK / 10)
        listed = covers[near][:, covers[i]]
        if (found.astype(float) @ ~listed > 0).all(axis=1).any():
            raise Refused("some place covers points that no listed column has together")


def _meetings(offset: FloatArray, reach: FloatArray, own: float) -> FloatArray:
    """Return where circles around `offset` meet that of radius `own` around the origin."""
    d = np.hypot(*offset.T)
    crosses = (d > 0) & (d >= np.abs(reach - own))
    d, offset, reach = d[crosses], offset[crosses], reach[crosses]
    along = (d * d + own * own - reach * reach) / (2 * d)
    across = np.sqrt(np.maximum(own * own - along * along, 0))
    ahead = offset / d[:, None]
    aside = ahead[:, ::-1] * [-1, 1]
    return np.vstack([along[:, None] * ahead + sign * across[:, None] * aside for sign in (1, -1)])
