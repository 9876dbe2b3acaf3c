"""Reach: which points each site can serve and how far it is, the nearest first, in an order that the input's does not change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.core.demand import Demand
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.kernels import order_by_group_and_value

BLOCK_ENTRIES = 1 << 21
"""Distances held at once while a matrix is gone through (16 MiB)."""


class Ordered(NamedTuple):
    """Demand and candidates from west to east, and where each stood: ``demand = problem.demand.take(row_index)``."""

    demand: Demand
    sites: Sites
    row_index: IntArray
    site_index: IntArray


def ordered(problem: Problem) -> Ordered:
    """Return demand and candidates in coordinate order, equal places by weight and name."""
    demand, sites = problem.demand, problem.candidates or Sites.none()
    rows = sorted(range(demand.n), key=lambda i: (*demand.xy[i], demand.weight[i], demand.ids[i]))
    places = sorted(range(sites.m), key=lambda j: (*sites.xy[j], sites.ids[j]))
    row_index, site_index = np.array(rows, dtype=np.intp), np.array(places, dtype=np.intp)
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
    found_row: list[IntArray] = []
    found_site: list[IntArray] = []
    found_cost: list[FloatArray] = []
    step = max(1, BLOCK_ENTRIES // max(1, sites.m))
    for first in range(0, demand.n, step):
        rows = slice(first, first + step)
        block = problem.distance.matrix(demand.take(rows), sites) * scale[rows, None]
        own_row, own_site = np.nonzero((block <= most) & np.isfinite(block))
        found_row.append(own_row + first)
        found_site.append(own_site)
        found_cost.append(block[own_row, own_site])
    row, site, cost = np.concatenate(found_row), np.concatenate(found_site), np.concatenate(found_cost)
    order = order_by_group_and_value(site, sites.m, cost)
    start = np.concatenate([[0], np.cumsum(np.bincount(site, minlength=sites.m))])
    return Reach(Columns(demand.n, start, row[order]), cost[order])


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
