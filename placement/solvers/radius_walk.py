"""Walking the radius down: p sites that serve everybody within r, then within the next smaller distance, while any are found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.core.demand import Demand
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.kernels import CoverSearch
from placement.progress import Progress, Watch
from placement.solvers.covering import CHUNK, OVERHEAD, filled
from placement.solvers.reach import Reach

SLACK = 1e-9
"""Costs that differ by less than this share are one."""


class Walked(NamedTuple):
    """Where a walk ended: the sites, the largest cost of any row, and how hard each row was to cover."""

    chosen: IntArray
    value: float
    row_weight: IntArray


def spread(problem: Problem, demand: Demand, sites: Sites, fixed: FloatArray, scale: FloatArray, p: int) -> IntArray:
    """Return p sites, one after another the nearest to the row that is served worst; ties to the first.

    With sites at the rows this is at most twice the optimum.

    References
    ----------
    T. F. Gonzalez, "Clustering to minimize the maximum intercluster distance", Theor. Comput. Sci. 38 (1985) 293-306,
    doi 10.1016/0304-3975(85)90224-5.
    """
    nearest = fixed.copy()
    is_closed = np.ones(sites.m, dtype=bool)
    while np.count_nonzero(~is_closed) < min(p, sites.m):
        worst = np.array([int(nearest.argmax())])
        way = np.where(is_closed, problem.distance.matrix(demand.take(worst), sites)[0], np.inf)
        site = int(way.argmin()) if np.isfinite(way).any() else int(is_closed.argmax())
        is_closed[site] = False
        way = problem.distance.matrix(demand, sites.take(np.array([site])))[:, 0] * scale
        nearest = np.minimum(nearest, way)
        if not np.isfinite(way[worst[0]]):
            nearest[worst] = -np.inf  # Nobody reaches it: let others have the rest.
    return np.flatnonzero(~is_closed)


class RadiusWalk:
    """A walk among plans of p sites whose largest cost falls.

    Parameters
    ----------
    reach : Reach
        All pairs up to the cost of `chosen`.
    fixed : ndarray of shape (n_rows,)
        What each row costs without a new device; infinite when nothing stands.
    chosen : ndarray
        The p sites to begin with.
    seed : int
        Random stream.
    """

    def __init__(self, reach: Reach, fixed: FloatArray, chosen: IntArray, seed: int) -> None:
        self.reach, self.fixed, self.seed = reach, fixed, seed
        self.levels = np.unique(np.concatenate([reach.cost, fixed[np.isfinite(fixed)], [0.0]]))
        self.chosen, self.value = chosen, float(reach.nearest(chosen, fixed).max())
        self.row_weight = np.ones(reach.columns.n_rows, dtype=np.intp)

    def next_below(self, value: float) -> float:
        """Return the largest cost that is truly below `value`; -1 when there is none."""
        place = int(np.searchsorted(self.levels, value - 4 * SLACK * abs(value)))
        return float(self.levels[place - 1]) if place else -1.0

    def next_above(self, radius: float) -> float:
        """Return the smallest cost above a radius, at most the value."""
        place = int(np.searchsorted(self.levels, radius, side="right"))
        return min(self.value, float(self.levels[place]) if place < len(self.levels) else self.value)

    def halve(self, n_steps: int, watch: Watch) -> None:
        """Bisect the costs: a short search at each."""
        low, high = 0, int(np.searchsorted(self.levels, self.value))
        while low < high and watch.stop_reason() is None:
            middle = (low + high) // 2
            if self.try_within(float(self.levels[middle]), n_steps):
                high = int(np.searchsorted(self.levels, self.value))
            else:
                low = middle + 1

    def try_within(self, radius: float, n_steps: int) -> bool:
        """Search once within a radius; return whether that bettered the plan."""
        near = self.reach.below(radius)
        search = CoverSearch(near.columns.sets, near.columns.turned().sets, self._need(radius), len(self.chosen), self.seed)
        search.run(n_steps)
        return search.shortage == 0 and self.adopt(search.chosen)

    def walk(self, work: float, watch: Watch) -> None:
        """Lower the radius again and again until a search at one of them takes more than `work` elementary steps."""
        if watch.stop_reason() is not None:
            return
        self.reach = self.reach.below(self.value)
        by_row, row_cost = self.reach.turned()
        columns = self.reach.columns
        search = CoverSearch(columns.sets, by_row.sets, self._need(self.value), len(self.chosen), self.seed)
        search.start_from(self.chosen)
        spent = 0.0
        while spent < work and watch.stop_reason() is None:
            radius = self.next_below(self.value)
            if radius < 0:
                break
            if spent == 0:
                search.narrow(_ends(columns, self.reach.cost, radius), _ends(by_row, row_cost, radius), self._need(radius))
            share = np.count_nonzero(self.reach.cost <= radius)
            step_cost = share / columns.n_rows * (share / columns.m + len(self.chosen)) + OVERHEAD
            spent += step_cost * search.run(max(1, int(CHUNK / step_cost))) + 1
            if search.shortage == 0 and self.adopt(search.chosen):
                spent = 0.0
                watch.report(Progress("walking the radius down", 0, 1, self.value))
        self.row_weight = search.weight

    def _need(self, radius: float) -> IntArray:
        return (self.fixed > radius).astype(np.int64)

    def adopt(self, chosen: IntArray) -> bool:
        """Take these sites, and more up to p, if they are better; return whether they are."""
        chosen = filled(chosen, len(self.chosen), self.reach.columns.m)
        value = float(self.reach.nearest(chosen, self.fixed).max())
        if value < self.value:
            self.chosen, self.value = chosen, value
            return True
        return False


def _ends(lists: Columns, cost: FloatArray, most: float) -> IntArray:
    """Return where the entries of at most this cost end in each list."""
    n_in = np.concatenate([[0], np.cumsum(cost <= most)])
    return lists.start[:-1] + np.diff(n_in[lists.start])
