"""What a proof is about: which demand points, at which radius, and what serving them costs."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import NamedTuple, cast

import numpy as np

from placement.bounds.verify.proof import BLOCK, SLACK
from placement.core.problem import Problem
from placement.core.protocols import SumObjective
from placement.core.rules import ROUNDING_M
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray


class Scope(NamedTuple):
    """The demand points that a proof is about, and the radius within which they are covered; infinite where costs add up."""

    problem: Problem
    rows: IntArray
    radius: float

    @property
    def factor(self) -> FloatArray:
        """What distances are multiplied by before they are compared with the radius: weights, or 1."""
        weight = self.problem.demand.weight[self.rows]
        return weight if getattr(self.problem.objective, "is_weighted", False) else np.ones(len(weight))

    @property
    def left_out(self) -> FloatArray:
        """What leaving out each point costs: its weight where that is allowed, else infinitely much."""
        objective, weight = self.problem.objective, self.problem.demand.weight[self.rows]
        return np.where(objective.kind == "max_cover" or getattr(objective, "share", 1.0) < 1, weight, inf)

    def distances(self, sites: Sites) -> Iterator[tuple[slice, FloatArray]]:
        """Yield distances to the sites [m], a part of the rows at a time."""
        step = max(1, BLOCK // max(1, sites.m))
        for start in range(0, len(self.rows) if sites.m else 0, step):
            part = slice(start, start + step)
            yield part, self.problem.distance.matrix(self.problem.demand.take(self.rows[part]), sites)

    def costs(self, sites: Sites) -> Iterator[tuple[slice, FloatArray]]:
        """Yield what serving costs; infinite where the radius, the cutoff or a pair forbids it."""
        rules, weight = self.problem.constraints, self.problem.demand.weight[self.rows]
        for part, distance in self.distances(sites):
            if self.radius < inf:
                cost = np.where(distance * self.factor[part, None] > self.radius * (1 + SLACK), inf, 0.0)
            else:
                cost = cast("SumObjective", self.problem.objective).cost(weight[part], distance)
            cost = np.where(distance > rules.cutoff_m * (1 + SLACK) + ROUNDING_M, inf, cost)
            for pairs, is_asked in ((rules.required_pairs, True), (rules.forbidden_pairs, False)):
                for point, site in pairs:
                    others = np.array([(name == site) is not is_asked for name in sites.ids])
                    cost[np.ix_(self.rows[part] == point, others)] = inf
            yield part, cost
