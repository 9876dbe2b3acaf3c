"""Costs between demand and candidate sites as sorted lists, as long as bounds and swaps need them."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

import numpy as np

from placement import kernels
from placement.core.demand import Demand
from placement.core.protocols import Distance, SumObjective
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, Int32Array, IntArray
from placement.progress import Watch

BLOCK_ENTRIES = 1 << 19
"""Largest block of distances held at once (4 MiB)."""

SMALL_ENTRIES = 1_000_000
"""Up to so many pairs all of them are listed."""

MOST_ENTRIES = 24_000_000
"""Entries of all lists at most, about 600 MB, where a list has at least 32."""


SHORTEST, SHORT_ENTRIES = 32, 1_500_000
"""When time is up, a list has so many sites at least, and all lists together so many."""


class SiteCosts(NamedTuple):
    """Who can be served from where at what cost.

    Parameters
    ----------
    lists : kernels.SiteLists
        The costs. A point without a list is served best by a fixed device.
    is_unreachable : ndarray of shape (n,)
        Points that neither a site nor a fixed device can serve.
    fine : float
        What a point in the lists pays that no open site reaches; above the cost of any plan that reaches all.
    """

    lists: kernels.SiteLists
    is_unreachable: BoolArray
    fine: float


class _Lists(NamedTuple):
    site: Int32Array
    cost: FloatArray
    length: IntArray
    last: FloatArray
    is_whole: BoolArray


def list_length(n: int, m: int, n_new: int, breadth: int) -> int:
    """Return how many of m sites each of n points lists: `breadth` times m / n_new and a few, as far as memory goes.

    Multipliers worth having stay below the cost of the site that is twice m / n_new away, and second devices of a good plan are
    hardly ever farther than four times.

    Examples
    --------
    >>> list_length(900, 900, 10, 4), list_length(10_000, 1_000, 100, 4), list_length(100_000, 5_000, 200, 4)
    (900, 72, 132)
    """
    if n * m <= SMALL_ENTRIES:
        return m
    return min(m, breadth * ceil(m / n_new) + 32, max(32, MOST_ENTRIES // n))


def site_costs(
    demand: Demand,
    sites: Sites,
    fixed: Sites,
    objective: SumObjective,
    distance: Distance,
    *,
    length: int,
    watch: Watch | None = None,
) -> SiteCosts:
    """List for every point the `length` nearest sites with their costs, those no better than a fixed device left out.

    Parameters
    ----------
    demand : Demand
        n points.
    sites, fixed : Sites
        m >= 1 candidate sites, and devices that stand already.
    objective : SumObjective
        What serving costs; it must not fall with the distance.
    distance : Distance
        Straight ones are found without a matrix of all pairs.
    length : int
        From 1 to m.
    watch : Watch, optional
        When it says stop before all lists are made, short ones are made instead.

    Returns
    -------
    SiteCosts
        The lists, who cannot be served, and the fine.
    """
    short = max(SHORTEST, SHORT_ENTRIES // demand.n)
    parts = []
    for rows, near, reach in _nearest(demand, sites, distance, length):
        if length > short and watch is not None and watch.stop_reason() is not None:
            return site_costs(demand, sites, fixed, objective, distance, length=short)
        part = demand.take(rows)
        parts.append(_cut(part, near, reach, objective, _standing(part, fixed, objective, distance)))
    joined = _Lists(*(np.concatenate(column) for column in zip(*(part for part, _ in parts), strict=True)))
    standing = np.concatenate([part for _, part in parts])
    largest = float(joined.cost.max(initial=0.0)) or 1.0
    fine = 2.0 * largest * (demand.n + 1)
    is_whole = joined.is_whole | (length == sites.m)
    # An unlisted site may still serve a point whose list was cut: then it costs more, but no fine.
    beyond = np.where(is_whole, fine, 2.0 * joined.last + 1e-3 * largest)
    fallback = np.minimum(standing, beyond)
    ceiling = np.where(is_whole, fallback, np.minimum(standing, joined.last))
    row = np.concatenate([[0], np.cumsum(joined.length)])
    lists = kernels.SiteLists(row, joined.site, joined.cost, sites.m, fallback, ceiling)
    return SiteCosts(lists, (joined.length == 0) & np.isinf(standing), fine)


def _nearest(demand: Demand, sites: Sites, distance: Distance, length: int) -> Iterator[tuple[slice, Int32Array, FloatArray]]:
    step = max(1, BLOCK_ENTRIES // (length if distance.is_straight else sites.m))
    for start in range(0, demand.n, step):
        rows = slice(start, start + step)
        part = demand.take(rows)
        if distance.is_straight:
            near, reach = kernels.nearest_in_plane(part.xy, sites.xy, length)
        else:
            near, reach = kernels.nearest_in_rows(distance.matrix(part, sites), length)
        yield rows, near, reach


def _standing(demand: Demand, fixed: Sites, objective: SumObjective, distance: Distance) -> FloatArray:
    """Return what the cheapest fixed device costs each point, shape (n,); infinite without one."""
    if fixed.m == 0:
        return np.full(demand.n, np.inf)
    return np.asarray(objective.cost(demand.weight, distance.matrix(demand, fixed)).min(axis=1))


def _cut(
    demand: Demand, near: Int32Array, reach: FloatArray, objective: SumObjective, standing: FloatArray
) -> tuple[_Lists, FloatArray]:
    """Leave out unreachable sites and those that are no cheaper than the fixed devices, `standing` of shape (n,)."""
    cost = objective.cost(demand.weight, reach)
    is_listed = np.isfinite(cost) & (cost < standing[:, None])
    length = is_listed.sum(axis=1)
    return _Lists(near[is_listed], cost[is_listed], length, cost[:, -1], length < cost.shape[1]), standing
