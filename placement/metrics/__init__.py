"""From a plan to numbers with units: `measure` gathers what every report needs, `survey` what an installer needs."""

from __future__ import annotations

from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.score import Score
from placement.core.statistics import weighted_mean, weighted_quantile
from placement.core.survey import Spot, Survey
from placement.metrics.areas import area_scores
from placement.metrics.cabling import cable_lengths
from placement.metrics.coverage import coverage
from placement.metrics.landmarks import landmarks, room_of
from placement.metrics.load import device_scores
from placement.metrics.worst_served import worst_served

MOST_SURVEYED = 200
"""Devices that are measured from walls and named places; the others have coordinates."""


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
        Distances in metres, weighted; coverage for each radius of the problem. Points that no device can reach count as not
        covered and are left out of means; no largest distance is told then.
    """
    distance, weight = plan.service_distance, problem.demand.weight
    is_reached = plan.is_reached
    is_whole = bool(is_reached.all())
    near, load = distance[is_reached], weight[is_reached]
    mean, median, p95 = (
        (weighted_mean(near, load), weighted_quantile(near, load, 0.5), weighted_quantile(near, load, 0.95))
        if len(near)
        else (None, None, None)
    )
    return Score(
        max_m=float(distance.max()) if is_whole else None,
        mean_m=mean,
        median_m=median,
        p95_m=p95,
        wcss_m2=float((weight * distance**2).sum()) if is_whole else None,
        coverage=tuple(coverage(weight, distance, radius) for radius in problem.radii_m),
        devices=device_scores(problem.demand, plan),
        worst=worst_served(problem.demand, plan),
        unreachable=int((~is_reached).sum()),
        areas=area_scores(problem, plan),
    )


def survey(problem: Problem, plan: Plan) -> Survey:
    """Read off the place what an installer needs: its size, and room, measures and cable of the first `MOST_SURVEYED` devices."""
    marks, cables = landmarks(problem, plan, limit=MOST_SURVEYED), cable_lengths(problem, plan)
    spots = (Spot(room_of(problem, plan.device_xy[j]), mark, cables[j]) for j, mark in enumerate(marks))
    building = problem.domain.plan
    if building is None:
        return Survey(spots=tuple(spots))
    left, bottom, right, top = building.outline.bounds
    return Survey(float(right - left), float(top - bottom), tuple(spots))
