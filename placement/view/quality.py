"""How good a plan is, in words: what its objective reached, and what was proven about every other plan."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from placement.core.problem import PROVEN_GAP
from placement.units import format_length, format_value

if TYPE_CHECKING:
    from placement.core import Result

_STOPPED = {"time_limit": " Stopped at the time limit.", "interrupted": " Interrupted."}


def reached(result: Result, value: float | None = None) -> str:
    """Return what the objective says about a plan, or about a bound on it, as people measure it.

    Parameters
    ----------
    result : Result
        A finished run.
    value : float, optional
        A value of the objective; that of the plan when left out.

    Returns
    -------
    str
        For example ``"worst distance 12.31 m"``; p_median is told as the mean distance that it is.
    """
    problem, value = result.problem, result.plan.value if value is None else value
    objective, unit = problem.objective, problem.frame.unit
    if not math.isfinite(value):
        return f"{objective.meaning} without limit"
    amount = format_value(value, objective.unit, unit)
    if objective.kind == "p_median":
        mean = value / problem.demand.total_weight
        return f"mean distance {format_length(mean, unit)}"
    if objective.unit == "weight":
        share = value / problem.demand.total_weight
        return f"weight {amount} of {problem.demand.total_weight:,.10g} within {_radius(result)} ({100 * share:.1f} %)"
    if objective.unit == "devices":
        return f"{amount} for the radius {_radius(result)}"
    meaning = "worst distance" if objective.meaning == "largest distance" else objective.meaning
    return f"{meaning} {amount}"


def proof(result: Result) -> str:
    """Return what is known about every other plan; how the search was made when nothing was proven.

    Returns
    -------
    str
        For example ``"no plan with 5 devices anywhere in the plane can do better than 12.29 m (gap 0.2 %, proven)"``.
    """
    plan, gap = result.plan, result.plan.gap
    if gap is None or plan.bound is None:
        return plan.scope.strip().rstrip(".")
    if plan.status == "optimal":
        return f"{_others(result)} is better (proven to 1e-6)"
    known = f"gap {percent_of_gap(gap)}, proven" if math.isfinite(gap) else "proven"
    return f"{_others(result)} {_limit(result, plan.bound)} ({known})"


def quality_line(result: Result) -> str:
    """Return value, proof and how the search ended in one line."""
    ended = _STOPPED.get(result.plan.status, "")
    return f"{result.problem.objective.kind}: {reached(result)}; {proof(result)}.{ended}"


def percent_of_gap(gap: float) -> str:
    """Return a gap as per cent with two figures, and never as 0 when it is not.

    Examples
    --------
    >>> percent_of_gap(0.00163), percent_of_gap(0.25), percent_of_gap(4e-7)
    ('0.16 %', '25 %', '4e-05 %')
    """
    return f"{100 * gap:.2g} %" if gap < 1 else f"{100 * gap:,.0f} %"


def _limit(result: Result, bound: float) -> str:
    objective, unit = result.problem.objective, result.problem.frame.unit
    if objective.unit == "weight":
        return f"can serve more than {format_value(bound, objective.unit, unit)}"
    if objective.unit == "devices":
        fewest = math.ceil(bound - 1e-6)  # a bound of 3.2 devices means that 4 are needed
        return f"does with fewer than {format_value(fewest, objective.unit, unit)}"
    if objective.kind == "p_median":
        return f"can do better than a {reached(result, bound)}"
    return f"can do better than {format_value(bound, objective.unit, unit)}"


_SUBJECTS = (
    ("any plan", "no plan"),
    ("any number of the", "no plan on the"),
    ("any number of devices", "no plan with devices"),
    (r"any (?=\d)", "no plan with "),
)
"""How a scope begins, and how a sentence begins that denies something of all plans in it."""


def _others(result: Result) -> str:
    """Return which plans the bound is about, as the subject of a sentence."""
    scope = result.plan.scope.strip().rstrip(".").replace("; ", ", ")
    for begins, subject in _SUBJECTS:
        if re.match(begins, scope):
            return re.sub(begins, subject, scope, count=1) + ("," if "," in scope else "")
    return f"no plan ({scope})" if scope else "no plan"


def _radius(result: Result) -> str:
    return format_length(getattr(result.problem.objective, "radius_m", math.nan), result.problem.frame.unit)


def gap_text(gap: float | None) -> str:
    """Return a gap for a table: ``"none"`` when proven to 1e-6, a percentage, or ``"-"`` when nothing was proven.

    Examples
    --------
    >>> gap_text(0.0123), gap_text(1e-8), gap_text(None)
    ('1.2 %', 'none', '-')
    """
    if gap is None or not math.isfinite(gap):
        return "-"
    return "none" if gap <= PROVEN_GAP else f"{100 * gap:.2g} %"
