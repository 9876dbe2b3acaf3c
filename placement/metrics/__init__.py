"""From a plan to numbers with units: `measure` gathers what every report needs."""

from __future__ import annotations

from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.score import Score
from placement.core.statistics import weighted_mean, weighted_quantile
from placement.metrics.coverage import coverage
from placement.metrics.load import device_scores
from placement.metrics.worst_served import worst_served


def measure(problem: Problem, plan: Plan) -> Score:
    """Score a plan where its devices really stand.

    Parameters
    ----------
    problem : Problem
        The demand, its weights and the radii to report.
    plan : Plan
        The plan; its assignment must belong to this demand.

    Returns
    -------
    Score
        Distances in metres, weighted; coverage for each radius of the problem.
    """
    distance, weight = plan.service_distance, problem.demand.weight
    return Score(
        max_m=float(distance.max()),
        mean_m=weighted_mean(distance, weight),
        median_m=weighted_quantile(distance, weight, 0.5),
        p95_m=weighted_quantile(distance, weight, 0.95),
        wcss_m2=float((weight * distance**2).sum()),
        coverage=tuple(coverage(weight, distance, radius) for radius in problem.radii_m),
        devices=device_scores(problem.demand, plan),
        worst=worst_served(problem.demand, plan),
    )
