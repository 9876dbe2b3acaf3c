"""What was asked of the plan, with thresholds, and whether it was reached."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.core.rules import may_leave_out
from placement.core.score import ROUNDING_M
from placement.phrases import words_of
from placement.phrases.numbers import NOTHING
from placement.writers.pdf.cells import Table, make_table, text_column
from placement.writers.pdf.sentences import is_planned, is_weighted
from placement.writers.pdf.wording import begun_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Coverage, Result

MET, MISSED, TOLD = "met", "missed", "told"
"""How a requirement is judged; the keys of the words for it end so."""

_MOST = "requirement.most"
_TINY = 1e-9
"""Rounding of sums, as a share."""


def aim(result: Result) -> str:
    """Return why this report was made."""
    words = words_of(result)
    served = words.counted("noun.point", result.problem.demand.n)
    kind = "standing" if not is_planned(result) else "places" if result.problem.frame.is_geographic else "building"
    return words(f"aim.{kind}", points=served)


def verdict(result: Result) -> str:
    """Return in one sentence whether the plan does what was asked; empty when nothing was asked."""
    rows, words = list(_rows(result)), words_of(result)
    judged = [row for row in rows if row[-1] != TOLD]
    missed = [
        words("verdict.missed", what=what, what_begun_small=begun_small(what), reached=reached, asked=asked)
        for what, asked, reached, verdict in judged
        if verdict == MISSED
    ]
    if missed:
        return words("verdict.not_met", missed="; ".join(missed))
    if not judged or any(row[1] == words(_MOST) for row in rows):
        return ""  # to be told that other rules are kept would sound as if everybody were covered
    return words("verdict.one_met" if len(judged) == 1 else "verdict.all_met")


def allows_misses(result: Result) -> bool:
    """Tell whether some demand may lie beyond the radius without anything being missed: the objective asked for less than all."""
    first = next(iter(_coverage(result)), None)
    return first is not None and first[-1] != MISSED


def requirement_table(result: Result) -> Table:
    """Return each requirement with its threshold, what the plan reaches, and whether that is enough."""
    rows, words = list(_rows(result)), words_of(result)
    columns = [
        text_column(words("requirement.column"), 3.2),
        text_column(words("requirement.asked"), 2.4),
        text_column(words("requirement.reached"), 3.0),
        text_column(words("requirement.result"), 1.6),
    ]
    marked = [k for k, row in enumerate(rows) if row[-1] == MISSED]
    shown = [[*row[:-1], words(f"requirement.{row[-1]}")] for row in rows]
    return make_table(words("requirement.caption"), columns, shown, marked=marked)


def no_requirement(result: Result) -> str:
    """Return why nothing is judged: nothing was asked for, or as much as can be; empty when something is."""
    rows, words = list(_rows(result)), words_of(result)
    if any(row[-1] != TOLD for row in rows):
        return ""
    if any(row[1] == words(_MOST) for row in rows):
        return words("requirement.no_limit")
    return words("requirement.none", key="devices: {radius: …}")


def _rows(result: Result) -> Iterator[list[str]]:
    yield from _coverage(result)
    yield from _reach(result)
    yield from _loads(result)
    yield from _money(result)


def _coverage(result: Result) -> Iterator[list[str]]:
    objective: Any = result.problem.objective
    words = words_of(result)
    if objective.n_serving > 1:
        yield from _backup(result)
    for rank, each in enumerate(result.score.coverage):
        title = words("requirement.covered", radius=words.length(each.radius_m))
        if rank or objective.n_serving > 1:
            yield [title, NOTHING, _covered(result, each), TOLD]
        elif objective.kind == "max_cover":
            yield [title, words(_MOST), _covered(result, each), MET if each.share >= 1 else TOLD]
        else:
            share = getattr(objective, "share", 1.0)
            is_met = each.share >= share - _TINY
            yield [title, words.percent(share), _covered(result, each), MET if is_met else MISSED]


def _backup(result: Result) -> Iterator[list[str]]:
    objective: Any = result.problem.objective
    words = words_of(result)
    title = words("requirement.backup", radius=words.length(objective.radius_m))
    if objective.kind == "max_cover":
        share = result.plan.value / result.problem.demand.total_weight
        yield [title, words(_MOST), words.percent(min(share, 1.0)), TOLD]
    elif math.isfinite(result.plan.value):
        yield [title, words.percent(objective.share), words("requirement.backup_kept"), MET]
    else:
        yield [title, words.percent(objective.share), words("requirement.backup_less"), MISSED]


def _covered(result: Result, each: Coverage) -> str:
    words = words_of(result)
    parts = {
        "share": words.percent(each.share),
        "n": words.number(each.demand_points),
        "points": words.counted("noun.point", result.problem.demand.n),
    }
    if is_weighted(result.problem):
        return words("requirement.share_weighted", weight=words.amount(each.weight), **parts)
    return words("requirement.share", **parts)


def _reach(result: Result) -> Iterator[list[str]]:
    problem, lost, words = result.problem, result.score.unreachable, words_of(result)
    if lost or not problem.distance.is_straight:
        n, total = (words.number(number) for number in (problem.demand.n - lost, problem.demand.n))
        reached = words("requirement.some_of", n=n, total=total)
        # Whom covering as much as can be leaves out under a rule, nobody asked to be served.
        is_asked = not (lost and result.problem.objective.kind == "max_cover" and may_leave_out(problem))
        asked = words("requirement.everybody") if is_asked else NOTHING
        yield [words("requirement.reach"), asked, reached, TOLD if not is_asked else MISSED if lost else MET]
    cutoff = problem.constraints.cutoff_m
    if cutoff < math.inf:
        far = result.score.max_m
        is_met = far is not None and far <= cutoff + _TINY
        limit = words("requirement.at_most", value=words.length(cutoff))
        yield [words("requirement.cutoff"), limit, words.length(far), MET if is_met else MISSED]


def _loads(result: Result) -> Iterator[list[str]]:
    constraints, problem, words = result.problem.constraints, result.problem, words_of(result)
    loads = _served(result)
    has_own = any(part is not None and part.capacity is not None for part in (problem.fixed, problem.candidates))
    if constraints.capacity_max < math.inf and not has_own:
        is_met = max(loads) <= constraints.capacity_max * (1 + _TINY)
        limit, most = (words("requirement.at_most", value=words.amount(load)) for load in (constraints.capacity_max, max(loads)))
        yield [words("requirement.load"), limit, most, MET if is_met else MISSED]
    if constraints.capacity_min > 0:
        is_met = min(loads) >= constraints.capacity_min * (1 - _TINY)
        limit, least = (
            words("requirement.at_least", value=words.amount(load)) for load in (constraints.capacity_min, min(loads))
        )
        yield [words("requirement.load"), limit, least, MET if is_met else MISSED]


def _served(result: Result) -> list[float]:
    """Return the weight that each device serves: where coverage is the aim, of the points within the radius only."""
    plan, reach = result.plan, getattr(result.problem.objective, "radius_m", math.inf) + ROUNDING_M
    is_served = plan.is_reached & (plan.service_distance <= reach)
    weight = result.problem.demand.weight[is_served]
    return [float(load) for load in np.bincount(plan.assignment[is_served], weight, minlength=plan.p)]


def _money(result: Result) -> Iterator[list[str]]:
    candidates, money = result.problem.candidates, result.problem.constraints.money
    if money < math.inf and candidates is not None and candidates.price is not None:
        price = dict(zip(candidates.ids, candidates.price.tolist(), strict=True))
        spent = sum(price.get(name, 0.0) for name in result.plan.device_ids)
        is_met = spent <= money * (1 + _TINY)
        words = words_of(result)
        limit = words("requirement.at_most", value=words.amount(money))
        yield [words("requirement.money"), limit, words.amount(spent), MET if is_met else MISSED]
