"""Demand in its canonical form: equal places as one, in coordinate order.

It makes a plan independent of the order of the input, and weight w the same as w copies.
"""

from __future__ import annotations

import numpy as np

from placement import kernels
from placement.core.demand import Demand
from placement.core.problem import Problem


def merged_demand(problem: Problem) -> Demand:
    """Return the demand with points on the same spot as one, their weights added, in coordinate order.

    Only straight-line distances tell places by their coordinates; with any other distance the demand stays as it is.
    """
    demand = problem.demand
    if not problem.distance.is_straight:
        return demand
    xy, weight = kernels.merge_points(demand.xy, demand.weight)
    return Demand(tuple(map(str, range(len(xy)))), xy, np.asarray(weight))
