"""How good a plan is, in words: what its objective reached, and what was proven about every other plan."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from placement.phrases import Words, english

if TYPE_CHECKING:
    from placement.core import Result

_STOPPED = {"time_limit": " Stopped at the time limit.", "interrupted": " Interrupted."}


def reached(result: Result, value: float | None = None, words: Words | None = None) -> str:
    """Return what the objective says about a plan, or about a bound on it, as people measure it.

    Parameters
    ----------
    result : Result
        A finished run.
    value : float, optional
        A value of the objective; that of the plan when left out.
    words : Words, optional
        The language; English when left out.

    Returns
    -------
    str
        For example ``"worst distance 12.31 m"``; p_median is told as the mean distance that it is.
    """
    problem, value = result.problem, result.plan.value if value is None else value
    objective, say = problem.objective, words or english(problem.frame.unit)
    if not math.isfinite(value):
        return say("quality.no_limit", meaning=meaning_of(result, say))
    amount, total = say.value(value, objective.unit), problem.demand.total_weight
    backup = "_backup" * (objective.n_serving > 1)
    if objective.kind == "p_median":
        return say("quality.mean", length=say.length(value / total))
    if objective.unit == "weight":
        share = say.local(f"{100 * value / total:.1f} %")
        parts = {"weight": amount, "total": say.local(f"{total:,.10g}"), "radius": _radius(result, say), "share": share}
        return say(f"quality.weight{backup}", **parts)
    if objective.unit == "devices":
        return say(f"quality.devices{backup}", devices=amount, radius=_radius(result, say))
    if objective.meaning == "largest distance":
        return say("quality.worst", length=amount)
    return say("quality.value", meaning=meaning_of(result, say), value=amount)


def meaning_of(result: Result, words: Words) -> str:
    """Return what the objective measures; in its own words where the language has none."""
    objective = result.problem.objective
    kind = f"{objective.kind}_weighted" if getattr(objective, "is_weighted", False) else objective.kind
    return words.texts.get(f"objective.{kind}", objective.meaning)


def proof(result: Result, words: Words | None = None) -> str:
    """Return what is known about every other plan; how the search was made when nothing was proven.

    Returns
    -------
    str
        For example ``"no plan with 5 devices anywhere in the plane can do better than 12.29 m (gap 0.2 %, proven)"``.
    """
    plan, gap, say = result.plan, result.plan.gap, words or english(result.problem.frame.unit)
    if gap is None or plan.bound is None:
        return spoken_scope(say, plan.scope.strip().rstrip("."))
    if plan.status == "optimal":
        return say("quality.best", plans=_others(result, say))
    parts = {"plans": _others(result, say), "limit": _limit(result, plan.bound, say)}
    if not math.isfinite(gap):
        return say("quality.proven", **parts)
    return say("quality.gap", **parts, gap=say.local(percent_of_gap(gap)))


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


def _limit(result: Result, bound: float, say: Words) -> str:
    objective = result.problem.objective
    if objective.unit == "weight":
        return say("quality.limit.weight", bound=say.value(bound, objective.unit))
    if objective.unit == "devices":
        fewest = float(math.ceil(bound - 1e-6))  # a bound of 3.2 devices means that 4 are needed
        return say("quality.limit.devices", bound=say.value(fewest, objective.unit))
    if objective.kind == "p_median":
        return say("quality.limit.mean", bound=reached(result, bound, say))
    return say("quality.limit", bound=say.value(bound, objective.unit))


_NO_PLANS = (
    (r"any plan on the candidate sites that respects the constraints", "quality.no_plan.rules"),
    (r"any (?P<n>\d+) of the (?P<m>\d+) candidate sites", "quality.no_plan.sites"),
    (r"any number of the (?P<m>\d+) candidate sites", "quality.no_plan.any_sites"),
    (r"any number of devices", "quality.no_plan.any_devices"),
    (r"any (?P<n>\d+) device(?=\b)", "quality.no_plan.device"),
    (r"any (?P<n>\d+) devices", "quality.no_plan.devices"),
)
"""How a scope begins, and the subject of a sentence that denies something of all plans in it."""

_SCOPES = (
    (r"any plan on the candidate sites that respects the constraints", "scope.rules"),
    (r"any (?P<n>\d+) of the (?P<m>\d+) candidate sites", "scope.sites"),
    (r"any number of the (?P<m>\d+) candidate sites", "scope.any_sites"),
    (r"any number of devices", "scope.any_devices"),
    (r"any (?P<n>\d+) device\b", "scope.device"),
    (r"any (?P<n>\d+) devices", "scope.devices"),
    (r"anywhere in the plane", "scope.anywhere"),
    (r"beside the fixed(?! dev)", "scope.beside"),
    (r"beside the (?P<n>\d+) fixed devices", "scope.beside_fixed"),
    (r"beside the (?P<n>\d+) standing", "scope.beside_standing"),
    (r"walls and forbidden zones and constraints ignored", "scope.all_ignored"),
    (r"walls and forbidden zones ignored", "scope.zones_ignored"),
    (r"(?<!zones and )(?<!the )constraints ignored", "scope.constraints_ignored"),
    (r"the constraints ignored", "scope.the_constraints_ignored"),
    (r"walls ignored", "scope.walls_ignored"),
    (r"best of (?P<n>\d+) independent starts", "scope.best_of"),
    (r"no lower bound was computed", "scope.no_bound"),
    (r"devices as they stand", "scope.standing"),
    (r"nothing was searched", "scope.nothing_searched"),
)
"""What solvers say of which plans a bound is about, piece by piece, and the key of each piece."""


def spoken_scope(words: Words, scope: str) -> str:
    """Return what a bound is about in another language; pieces that no phrase is known for stay English."""
    return words.retold(scope, _SCOPES)


def _others(result: Result, say: Words) -> str:
    """Return which plans the bound is about, as the subject of a sentence."""
    scope = result.plan.scope.strip().rstrip(".").replace("; ", ", ")
    for begins, key in _NO_PLANS:
        found = re.match(begins, scope)
        if found:
            rest = spoken_scope(say, scope[found.end() :])
            return f"{say(key, **found.groupdict())}{rest}" + ("," if "," in scope else "")
    return say("quality.no_plan_about", scope=spoken_scope(say, scope)) if scope else say("quality.no_plan")


def _radius(result: Result, say: Words) -> str:
    return say.length(getattr(result.problem.objective, "radius_m", math.nan))
