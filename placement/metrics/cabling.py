"""Cable: a first idea of how long it has to be."""

from __future__ import annotations

import numpy as np

from placement.core.plan import Plan
from placement.core.problem import Problem


def cable_lengths(problem: Problem, plan: Plan) -> tuple[float | None, ...]:
    """Return the straight way from each device to the nearest fixed device, where a cable could start [m].

    Parameters
    ----------
    problem : Problem
        Its fixed devices are connected already.
    plan : Plan
        The p devices.

    Returns
    -------
    tuple of (float or None)
        One for each device: ``min_f |c_j - f|``. None for fixed devices, where none stands, and on the Earth, where
        nobody draws a cable from one device to the next.

    Examples
    --------
    >>> from placement.core import Demand, Domain, Frame, Plan, Problem, Sites
    >>> demand, fixed = Demand(("a",), np.zeros((1, 2)), np.ones(1)), Sites(("AP1",), np.zeros((1, 2)))
    >>> problem = Problem(demand, fixed, None, Domain("plane"), None, None, 1, (), Frame())
    >>> places, index, reach = np.array([[0.0, 0.0], [3.0, 4.0]]), np.zeros(1, dtype=np.intp), np.zeros(1)
    >>> plan = Plan(("AP1", "D1"), places, ("fixed", "new"), index, reach, 0.0, "m2", None, "", "feasible", 0)
    >>> cable_lengths(problem, plan)
    (None, 5.0)
    """
    if problem.fixed.m == 0 or problem.frame.is_geographic:
        return (None,) * plan.p
    far = (
        None if status == "fixed" else float(np.hypot(*(problem.fixed.xy - xy).T).min())
        for xy, status in zip(plan.device_xy, plan.device_status, strict=True)
    )
    return tuple(far)
