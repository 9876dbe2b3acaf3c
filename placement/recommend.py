"""What to say about rows of budgets: what the last device brings, why a figure got worse, and which budget to take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from placement.core.comparison import ComparedPlan, Recommendation
from placement.core.result import Result
from placement.core.score import ROUNDING_M
from placement.core.types import IntArray
from placement.kmeans.knee import find_knee
from placement.units import count, format_length

MOST_NAMED = 5
"""Points named in a sentence; the rest are counted."""
FEWEST_FOR_KNEE = 3
_FIGURES = (("mean_m", "the mean distance"), ("max_m", "the worst distance"))


def gain_of(before: Result, after: Result) -> str:
    """Return what the devices of `after` bring that `before` had not, in one sentence.

    Coverage comes first where there is a required radius, then mean and worst distance; what gets worse is said too.
    """
    unit = after.problem.frame.unit
    added = after.plan.p - before.plan.p
    if added == 0 and after.plan.value == before.plan.value:
        return "the same number of devices"
    who = count(added, "more device") if added else "as many devices elsewhere"
    if added == 1:
        who = f"the {_ordinal(after.plan.p)} device"
    parts = []
    if before.score.coverage and after.score.coverage:
        radius = after.score.coverage[0].radius_m
        more = after.score.coverage[0].demand_points - before.score.coverage[0].demand_points
        sense = "more" if more >= 0 else "fewer"
        parts.append(f"{count(abs(more), f'{sense} demand point')} within {format_length(radius, unit)}")
    for name, words in _FIGURES:
        was, now = getattr(before.score, name), getattr(after.score, name)
        if was is not None and now is not None:
            change = format_length(abs(was - now), unit)
            # A change that the figures do not show is none.
            is_none = change == format_length(0.0, unit)
            parts.append(f"nothing off {words}" if is_none else f"{change} {'off' if was >= now else 'onto'} {words}")
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    return f"{who} bring{'s' if added == 1 else ''} {listed}"


def remark_on(before: Result, after: Result) -> str:
    """Return why a figure is worse than with fewer devices, or nothing when none is."""
    worse = [words for name, words in _FIGURES if _rose(getattr(before.score, name), getattr(after.score, name))]
    if before.score.coverage and after.score.coverage and after.score.coverage[0].share < before.score.coverage[0].share - 1e-12:
        worse.append("coverage")
    if not worse:
        return ""
    objective = after.problem.objective
    return f"{' and '.join(worse)} got worse: {objective.kind} is about the {objective.meaning}, not about that"


def _rose(was: float | None, now: float | None) -> bool:
    return was is not None and now is not None and now > was * (1 + 1e-9)


def recommend(rows: Sequence[ComparedPlan]) -> Recommendation | None:
    """Return which budget to take and why.

    Parameters
    ----------
    rows : sequence of ComparedPlan
        In rising order of budget.

    Returns
    -------
    Recommendation or None
        The smallest budget that meets the requirement (everybody within the first radius); else the knee of the objective; None
        when there are too few rows to see a knee.
    """
    uncovered = [_uncovered(row.result) for row in rows]
    if rows[0].result.score.coverage:
        met = [k for k, points in enumerate(uncovered) if len(points) == 0]
        if met:
            why = f"{_why_met(rows, uncovered, met[0])}{_sooner(rows, met[0])}"
            return Recommendation(met[0], "requirement met", why)
    if len(rows) < FEWEST_FOR_KNEE:
        return None
    sign = rows[0].result.problem.sign
    sizes = np.array([float(row.result.plan.p) if row.cost is None else row.cost for row in rows])
    values = np.array([sign * row.result.plan.value for row in rows])
    knee, depth = find_knee(sizes, np.minimum.accumulate(values))
    if depth == 0:
        return None
    missed = "no budget here brings everybody within the required radius, and " if rows[0].result.score.coverage else ""
    kind = rows[0].result.problem.objective.kind
    why = (
        f"{missed}after {count(rows[knee].result.plan.p, 'device')} the curve of {kind} bends most: each further one brings less"
    )
    return Recommendation(knee, "knee", why)


def _why_met(rows: Sequence[ComparedPlan], uncovered: Sequence[IntArray], first: int) -> str:
    result = rows[first].result
    radius = format_length(result.score.coverage[0].radius_m, result.problem.frame.unit)
    met = f"with {count(result.plan.p, 'device')} everybody is within {radius}"
    if first == 0:
        return f"{met}; it is the smallest budget that was compared"
    ids, points = rows[first - 1].result.problem.demand.ids, uncovered[first - 1]
    named = ", ".join(ids[i] for i in points[:MOST_NAMED])
    more = f" and {len(points) - MOST_NAMED} more" if len(points) > MOST_NAMED else ""
    fewer = count(rows[first - 1].result.plan.p, "device")
    if rows[first - 1].result.plan.p == result.plan.p:  # the money decides where they may stand
        met, fewer = f"{met} for {rows[first].label}", f"{fewer} for {rows[first - 1].label}"
    return f"{met}; with {fewer}, {count(len(points), 'demand point')} would not be: {named}{more}"


def _sooner(rows: Sequence[ComparedPlan], first: int) -> str:
    """Say when a plan made for the largest distance would meet the requirement with less."""
    radius = rows[first].result.score.coverage[0].radius_m + ROUNDING_M
    enough = next((row for row in rows[:first] if row.best_max_m is not None and row.best_max_m <= radius), None)
    if enough is None or enough.result.problem.objective.kind == "p_center":
        return ""
    devices = count(enough.result.plan.p, "device")
    return f"; planned with objective p_center, {devices} would be enough, at a longer mean distance"


def _uncovered(result: Result) -> IntArray:
    if not result.score.coverage:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(result.plan.service_distance > result.score.coverage[0].radius_m + ROUNDING_M)


def _ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, ..., 11th, ..., 21st, ..."""
    is_teen = 10 < number % 100 < 14  # noqa: PLR2004 - eleventh to thirteenth
    endings = ["th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"]
    return f"{number}{'th' if is_teen else endings[number % 10]}"
