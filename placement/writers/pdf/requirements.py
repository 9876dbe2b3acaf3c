"""What was asked of the plan, with thresholds, and whether it was reached."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from placement.units import count
from placement.writers.pdf.cells import Table, make_table, text_column
from placement.writers.pdf.sentences import is_planned, is_weighted
from placement.writers.pdf.wording import NOTHING, amount, length, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Coverage, Result

MET, MISSED, TOLD = "met", "not met", "for information"
_MOST = "as much as can be"
_TINY = 1e-9
"""Rounding of sums, as a share."""


def aim(result: Result) -> str:
    """Return why this report was made."""
    served = count(result.problem.demand.n, "demand point")
    if not is_planned(result):
        return f"This report says how well the devices that stand already serve {served}, and who is served worst."
    use = "where exactly each one is" if result.problem.frame.is_geographic else "what an installer needs to put them there"
    return (
        f"This report says where devices should stand so that {served} are served well, how well that is, how far it can be "
        f"from the best possible, and {use}."
    )


def verdict(result: Result) -> str:
    """Return in one sentence whether the plan does what was asked; empty when nothing was asked."""
    rows = list(_rows(result))
    judged = [row for row in rows if row[-1] != TOLD]
    missed = [f"{row[0][:1].lower()}{row[0][1:]} is {row[2]}, asked for is {row[1]}" for row in judged if row[-1] == MISSED]
    if missed:
        return f"Requirement not met: {'; '.join(missed)}."
    if not judged or any(row[1] == _MOST for row in rows):
        return ""  # to be told that other rules are kept would sound as if everybody were covered
    return "The requirement is met." if len(judged) == 1 else "All requirements are met."


def allows_misses(result: Result) -> bool:
    """Tell whether some demand may lie beyond the radius without anything being missed: the objective asked for less than all."""
    first = next(iter(_coverage(result)), None)
    return first is not None and first[-1] != MISSED


def requirement_table(result: Result) -> Table:
    """Return each requirement with its threshold, what the plan reaches, and whether that is enough."""
    rows = list(_rows(result))
    columns = [
        text_column("Requirement", 3.2),
        text_column("Asked for", 2.4),
        text_column("Reached", 3.0),
        text_column("Result", 1.6),
    ]
    marked = [k for k, row in enumerate(rows) if row[-1] == MISSED]
    return make_table("What was asked of the plan, and what it reaches.", columns, rows, marked=marked)


def no_requirement(result: Result) -> str:
    """Return what to say when nothing was asked for; empty when something was."""
    if any(row[-1] != TOLD for row in _rows(result)):
        return ""
    return "No threshold was set, so nothing can pass or fail; “devices: {radius: …}” in the scenario sets one."


def _rows(result: Result) -> Iterator[list[str]]:
    yield from _coverage(result)
    yield from _reach(result)
    yield from _loads(result)
    yield from _money(result)


def _coverage(result: Result) -> Iterator[list[str]]:
    objective: Any = result.problem.objective
    unit = result.problem.frame.unit
    if objective.n_serving > 1:
        yield from _backup(result)
    for rank, each in enumerate(result.score.coverage):
        title = f"Demand within {length(each.radius_m, unit)} of a device"
        if rank or objective.n_serving > 1:
            yield [title, NOTHING, _covered(result, each), TOLD]
        elif objective.kind == "max_cover":
            yield [title, _MOST, _covered(result, each), MET if each.share >= 1 else TOLD]
        else:
            share = getattr(objective, "share", 1.0)
            is_met = each.share >= share - _TINY
            yield [title, percent(share), _covered(result, each), MET if is_met else MISSED]


def _backup(result: Result) -> Iterator[list[str]]:
    objective: Any = result.problem.objective
    title = f"Demand with two devices within {length(objective.radius_m, result.problem.frame.unit)}"
    if objective.kind == "max_cover":
        share = result.plan.value / result.problem.demand.total_weight
        yield [title, _MOST, percent(min(share, 1.0)), TOLD]
    elif math.isfinite(result.plan.value):
        yield [title, percent(objective.share), "kept by every plan that was looked at", MET]
    else:
        yield [title, percent(objective.share), "less", MISSED]


def _covered(result: Result, each: Coverage) -> str:
    points = f"{each.demand_points:,} of {count(result.problem.demand.n, 'demand point')}"
    weight = f", weight {amount(each.weight)}" if is_weighted(result.problem) else ""
    return f"{percent(each.share)} ({points}{weight})"


def _reach(result: Result) -> Iterator[list[str]]:
    problem, lost = result.problem, result.score.unreachable
    if lost or not problem.distance.is_straight:
        reached = f"{problem.demand.n - lost:,} of {problem.demand.n:,}"
        yield ["Every demand point can be reached", "all", reached, MISSED if lost else MET]
    cutoff = problem.constraints.cutoff_m
    if cutoff < math.inf:
        far = result.score.max_m
        is_met = far is not None and far <= cutoff + _TINY
        limit = f"at most {length(cutoff, problem.frame.unit)}"
        yield ["Distance of everybody to the device", limit, length(far, problem.frame.unit), MET if is_met else MISSED]


def _loads(result: Result) -> Iterator[list[str]]:
    constraints, problem = result.problem.constraints, result.problem
    loads = [each.demand_weight for each in result.score.devices]
    has_own = any(part is not None and part.capacity is not None for part in (problem.fixed, problem.candidates))
    if constraints.capacity_max < math.inf and not has_own:
        is_met = max(loads) <= constraints.capacity_max * (1 + _TINY)
        limit = f"at most {amount(constraints.capacity_max)}"
        yield ["Weight that one device serves", limit, f"at most {amount(max(loads))}", MET if is_met else MISSED]
    if constraints.capacity_min > 0:
        is_met = min(loads) >= constraints.capacity_min * (1 - _TINY)
        limit = f"at least {amount(constraints.capacity_min)}"
        yield ["Weight that one device serves", limit, f"at least {amount(min(loads))}", MET if is_met else MISSED]


def _money(result: Result) -> Iterator[list[str]]:
    candidates, money = result.problem.candidates, result.problem.constraints.money
    if money < math.inf and candidates is not None and candidates.price is not None:
        price = dict(zip(candidates.ids, candidates.price.tolist(), strict=True))
        spent = sum(price.get(name, 0.0) for name in result.plan.device_ids)
        is_met = spent <= money * (1 + _TINY)
        yield ["Money for the new devices", f"at most {amount(money)}", amount(spent), MET if is_met else MISSED]
