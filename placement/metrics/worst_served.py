"""Who is served worst, by name."""

from __future__ import annotations

import numpy as np

from placement.core.demand import Demand
from placement.core.plan import Plan
from placement.core.score import WorstServed


def worst_served(demand: Demand, plan: Plan, count: int = 10) -> tuple[WorstServed, ...]:
    """Return the `count` demand points farthest from their device, farthest first, ties by id; unreached ones left out."""
    order = sorted(np.flatnonzero(plan.is_reached), key=lambda i: (-plan.service_distance[i], demand.ids[i]))[:count]
    return tuple(
        WorstServed(
            demand=demand.ids[i],
            device=plan.device_ids[plan.assignment[i]],
            distance_m=float(plan.service_distance[i]),
            weight=float(demand.weight[i]),
        )
        for i in order
    )
