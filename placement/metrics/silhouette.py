"""How clearly the plan divides the demand: the mean silhouette of its assignment."""

from __future__ import annotations

import numpy as np

from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.kmeans import silhouette_score

LARGEST_EXACT = 3_000
"""Demand points; of more, so many stand for all, always the same ones."""


def mean_silhouette(problem: Problem, plan: Plan) -> float | None:
    """Return the weighted mean silhouette of the assignment, -1 to 1; None where it means nothing.

    Parameters
    ----------
    problem : Problem
        The demand and the distance.
    plan : Plan
        Who is served by which device.

    Returns
    -------
    float or None
        None when fewer than two devices serve anybody, every point has a device to itself, or distance is not a straight line.

    References
    ----------
    P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", J. Comput. Appl.
    Math. 20 (1987) 53-65, doi 10.1016/0377-0427(87)90125-7, section 2.
    """
    serving = len(np.unique(plan.assignment))
    if not problem.distance.is_straight or not 2 <= serving < problem.demand.n:  # noqa: PLR2004 - two are needed to compare
        return None
    sample = LARGEST_EXACT if problem.demand.n > LARGEST_EXACT else None
    return silhouette_score(problem.demand.xy, plan.assignment, sample_weight=problem.demand.weight, sample_size=sample)
