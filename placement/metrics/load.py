"""What each device has to carry: points, weight and distances of those it serves."""

from __future__ import annotations

import numpy as np

from placement.core.demand import Demand
from placement.core.plan import Plan
from placement.core.score import DeviceScore
from placement.core.statistics import weighted_mean, weighted_quantile


def device_scores(demand: Demand, plan: Plan) -> tuple[DeviceScore, ...]:
    """Return one `DeviceScore` for each device of the plan, in its order.

    A device that serves nobody (a fixed one beside a nearer one) has zero points and no distances.
    """
    return tuple(_device_score(demand, plan, j) for j in range(plan.p))


def _device_score(demand: Demand, plan: Plan, j: int) -> DeviceScore:
    is_mine = (plan.assignment == j) & plan.is_reached
    name, n_points = plan.device_ids[j], int(np.count_nonzero(is_mine))
    if n_points == 0:
        return DeviceScore(name, 0, 0.0, None, None, None, None)
    distance, weight = plan.service_distance[is_mine], demand.weight[is_mine]
    return DeviceScore(
        id=name,
        demand_points=n_points,
        demand_weight=float(weight.sum()),
        mean_m=weighted_mean(distance, weight),
        median_m=weighted_quantile(distance, weight, 0.5),
        p95_m=weighted_quantile(distance, weight, 0.95),
        max_m=float(distance.max()),
    )
