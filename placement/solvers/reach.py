"""Reach: which points each site can serve and how far it is, the nearest first, in an order that the input's does not change."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from placement.bounds.columns import Columns
from placement.core.demand import Demand
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.kernels import order_by_group_and_value
from placement.progress import Watch

BLOCK_ENTRIES = 1 << 18
"""Distances held at once while a matrix is gone through (2 MiB): what a processor keeps close."""
ROOM = 1e-9
"""Squared distances are compared with this much room, relative; the distances of what is left decide."""


class Ordered(NamedTuple):
    """Demand and candidates from west to east, and where each stood: ``demand = problem.demand.take(row_index)``."""

    demand: Demand
    sites: Sites
    row_index: IntArray
    site_index: IntArray


def ordered(problem: Problem) -> Ordered:
    """Return demand and candidates in coordinate order, equal places by weight and name."""
    demand, sites = problem.demand, problem.candidates or Sites.none()
    row_index = np.lexsort((np.array(demand.ids), demand.weight, demand.xy[:, 1], demand.xy[:, 0]))
    site_index = np.lexsort((np.array(sites.ids), sites.xy[:, 1], sites.xy[:, 0]))
    return Ordered(demand.take(row_index), sites.take(site_index), row_index, site_index)


class Reach(NamedTuple):
    """All pairs (row i, site j) of at most some cost, by site and within each site by cost.

    Parameters
    ----------
    columns : Columns
        The rows of each site, the cheapest first.
    cost : ndarray
        Of each entry: the distance [m], or weight times distance.
    """

    columns: Columns
    cost: FloatArray

    def within(self, most: float) -> Columns:
        """Return the columns of the pairs that cost at most `most`."""
        return self.below(most).columns

    def below(self, most: float) -> Reach:
        """Return the pairs that cost at most `most`."""
        columns = self.columns
        is_in = self.cost <= most
        start = np.concatenate([[0], np.cumsum(is_in)])[columns.start]
        return Reach(Columns(columns.n_rows, start, columns.rows[is_in]), self.cost[is_in])

    def turned(self) -> tuple[Columns, FloatArray]:
        """Return the sites of each row, the cheapest first, and their costs."""
        columns = self.columns
        order = order_by_group_and_value(columns.rows, columns.n_rows, self.cost)
        start = np.concatenate([[0], np.cumsum(np.bincount(columns.rows, minlength=columns.n_rows))])
        return Columns(columns.m, start, columns.column_of_entry[order]), self.cost[order]

    def nearest(self, chosen: IntArray, otherwise: FloatArray) -> FloatArray:
        """Return what each row costs from the nearest chosen site; `otherwise`, shape (n_rows,), where that is less."""
        found = otherwise.copy()
        for site in chosen:
            entries = slice(self.columns.start[site], self.columns.start[site + 1])
            rows = self.columns.rows[entries]
            found[rows] = np.minimum(found[rows], self.cost[entries])
        return found


def reach(problem: Problem, demand: Demand, sites: Sites, most: float, scale: FloatArray) -> Reach:
    """Return all pairs whose ``scale_i d_ij`` is at most `most` and finite.

    Parameters
    ----------
    problem : Problem
        Its distance.
    demand, sites : Demand, Sites
        The rows and the columns.
    most : float
        The largest cost that is kept.
    scale : ndarray of shape (n,)
        Factor of each row's distances.
    """
    return cast("Reach", reach_in_time(problem, demand, sites, most, scale, Watch()))


def reach_in_time(problem: Problem, demand: Demand, sites: Sites, most: float, scale: FloatArray, watch: Watch) -> Reach | None:
    """Return what `reach` does, or None when the watch says stop before all pairs are seen."""
    step = max(1, BLOCK_ENTRIES // max(1, sites.m))
    parts = []
    for first in range(0, demand.n, step):
        rows = slice(first, first + step)
        if watch.stop_reason() is not None:
            return None
        row, site, cost = _cheap_pairs(problem, demand.take(rows), sites, most, scale[rows])
        parts.append((row + first, site, cost))
    row, site, cost = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = order_by_group_and_value(site, sites.m, cost)
    start = np.concatenate([[0], np.cumsum(np.bincount(site, minlength=sites.m))])
    return Reach(Columns(demand.n, start, row[order]), cost[order])


def _cheap_pairs(
    problem: Problem, demand: Demand, sites: Sites, most: float, scale: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return row, site and cost of the pairs that cost at most `most`, by row."""
    if problem.distance.is_straight:
        row, site, cost = _straight_pairs(demand.xy, sites.xy, most * (1 + ROOM), scale)
    else:
        block = problem.distance.matrix(demand, sites) * scale[:, None]
        row, site = np.nonzero(block <= most)
        cost = block[row, site]
    is_kept = (cost <= most) & np.isfinite(cost)
    return row[is_kept], site[is_kept], cost[is_kept]


def _straight_pairs(
    rows_xy: FloatArray, sites_xy: FloatArray, most: float, scale: FloatArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return row, site and cost of the pairs whose squares say at most `most`: roots are drawn of these only.

    Rows in coordinate order make a narrow strip, which few sites are near.
    """
    lightest, x = float(scale.min(initial=np.inf)), rows_xy[:, 0]
    room = most / lightest if lightest > 0 else np.inf
    beside = np.flatnonzero((sites_xy[:, 0] >= x.min() - room) & (sites_xy[:, 0] <= x.max() + room))
    dx, dy = (rows_xy[:, None, axis] - sites_xy[None, beside, axis] for axis in (0, 1))
    near = np.flatnonzero((np.square(dx) + np.square(dy)) * np.square(scale)[:, None] <= most * most)
    row, site = np.divmod(near, max(1, len(beside)))
    return row, beside[site], np.hypot(dx.ravel()[near], dy.ravel()[near]) * scale[row]


class Within(NamedTuple):
    """Who is within the radius of which candidate, and what fixed devices leave to be done.

    Parameters
    ----------
    order : Ordered
        Rows and sites in coordinate order.
    pairs : Reach
        Row and site at most the radius apart [m].
    columns : Columns
        The same without distances, rows ascending.
    wide : Columns
        With a radius larger by 2e-9 of it: no rounding takes a row from these, so that bounds about them hold for `columns`.
    need : ndarray of shape (n,)
        How many new devices each row lacks.
    fixed : ndarray of shape (n,)
        Distance to the nearest fixed device within the radius [m], else infinite.
    """

    order: Ordered
    pairs: Reach
    columns: Columns
    wide: Columns
    need: IntArray
    fixed: FloatArray


def within_radius(problem: Problem, radius: float, n_serving: int) -> Within:
    """Return who is within ``d <= radius`` [m] of each candidate, and how many of `n_serving` devices each row still lacks."""
    order = ordered(problem)
    demand = order.demand
    wide = reach(problem, demand, order.sites, radius * (1 + 2e-9), np.ones(demand.n))
    distance = np.full((demand.n, 1), np.inf) if problem.fixed.m == 0 else problem.distance.matrix(demand, problem.fixed)
    need = np.maximum(n_serving - np.count_nonzero(distance <= radius, axis=1), 0)
    nearest = distance.min(axis=1)
    pairs = wide.below(radius)
    fixed = np.where(nearest <= radius, nearest, np.inf)
    return Within(order, pairs, pairs.within(radius), wide.within(np.inf), need, fixed)


def scope_of(problem: Problem, count: str) -> str:
    """Return which plans a bound is about: ``"any 4 of the 16 candidate sites"``."""
    sites = problem.candidates.m if problem.candidates else 0
    beside = f" beside the {problem.fixed.m} fixed devices" if problem.fixed.m else ""
    return f"any {count} of the {sites} candidate sites{beside}" + (
        "" if problem.constraints.is_free else ", constraints ignored"
    )
