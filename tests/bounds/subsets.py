"""Everything about sums in the plane by trying all subsets of at most ten points: no kernel, no solver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from placement.core import Problem

Floats = np.ndarray
STEPS = 4000


class Subsets:
    """The cost of serving each subset (a bit mask) from its best place."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.n = problem.demand.n
        self.is_squared = problem.objective.kind == "k_means"
        masks = np.arange(1, 2**self.n)
        self.is_member = (masks[:, None] >> np.arange(self.n)) % 2 == 1
        self.cost = np.concatenate(([0.0], self._best_costs()))
        self.is_member = np.vstack([np.zeros((1, self.n), dtype=bool), self.is_member])

    def costs_from(self, places: Floats) -> Floats:
        """Return what each point costs from places of shape (..., 2), shape (..., n)."""
        distance = np.hypot(*np.moveaxis(places[..., None, :] - self.problem.demand.xy, -1, 0))
        return self.problem.demand.weight * (distance**2 if self.is_squared else distance)

    def _best_costs(self) -> Floats:
        weight = self.is_member * self.problem.demand.weight
        xy = self.problem.demand.xy
        places = weight @ xy / weight.sum(axis=1)[:, None]
        if not self.is_squared:  # Weiszfeld's iteration, and the members themselves
            for _ in range(STEPS):
                distance = np.maximum(np.hypot(*(places[:, None] - xy).transpose(2, 0, 1)), 1e-12)
                pull = weight / distance
                places = pull @ xy / pull.sum(axis=1)[:, None]
        totals = [(self.costs_from(places) * self.is_member).sum(axis=1)]
        totals += [(self.costs_from(np.broadcast_to(member, places.shape)) * self.is_member).sum(axis=1) for member in xy]
        return np.min(totals, axis=0)

    def fixed_costs(self) -> Floats:
        """Return what each point costs from the nearest fixed device."""
        fixed = self.problem.fixed.xy
        return self.costs_from(fixed).min(axis=0) if len(fixed) else np.full(self.n, np.inf)

    def optimum(self) -> float:
        """Return the least value of all plans: every partition, the fixed devices serving what nobody else does."""
        n_masks = 2**self.n
        best = np.full(n_masks, np.inf)
        best[0] = 0.0
        for _ in range(self.problem.n_new):
            better = best.copy()
            for mask in range(1, n_masks):
                low, part = mask & -mask, mask
                while part:
                    if part & low:
                        better[mask] = min(better[mask], best[mask ^ part] + self.cost[part])
                    part = (part - 1) & mask
            best = better
        rest = np.where(self.is_member, 0.0, self.fixed_costs()).sum(axis=1)
        return float((best + rest).min())

    def proven(self, tree: Mapping[str, Any], together: tuple = (), apart: tuple = ()) -> float:
        """Return what a tree of multipliers proves."""
        if "pair" in tree:
            pair = tuple(tree["pair"])
            return min(
                self.proven(tree["together"], (*together, pair), apart), self.proven(tree["apart"], together, (*apart, pair))
            )
        u = np.minimum(tree["multipliers"], self.fixed_costs())
        allowed = np.ones(len(self.cost), dtype=bool)
        for i, k in together:
            allowed &= self.is_member[:, i] == self.is_member[:, k]
        for i, k in apart:
            allowed &= ~(self.is_member[:, i] & self.is_member[:, k])
        least = (self.cost - self.is_member @ u)[allowed].min()
        return float(u.sum() + self.problem.n_new * min(0.0, least))
