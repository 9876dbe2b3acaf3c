"""What lies beside the plan: other budgets, failures, other demand; and the risks that no figure tells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.units import count, format_value
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.requirements import allows_misses
from placement.writers.pdf.sentences import is_planned
from placement.writers.pdf.tables import share_or_nothing
from placement.writers.pdf.wording import NOTHING, length, length_in_title, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result
    from placement.core.outlook import OtherBudget


def budget_table(result: Result) -> Table | None:
    """Return what fewer and more devices would reach; None when nobody looked."""
    if result.outlook is None or len(result.outlook.budgets) == 0:
        return None
    unit, is_required = result.problem.frame.unit, bool(result.score.coverage)
    columns = [text_column("New devices", 1.8), number_column("Mean", 1.3), number_column("Worst", 1.3)]
    if is_required:
        radius = length_in_title(result.score.coverage[0].radius_m, unit)
        columns += [number_column(f"Within {radius}", 1.4), number_column("Points within", 1.3)]
    columns += [number_column("Objective", 1.7), number_column("Proven bound", 1.7)]
    here = result.plan.n_new
    rows = [
        [
            f"{each.n_new:,}" + (" (this plan)" if each.n_new == here else ""),
            length(each.mean_m, unit),
            length(each.max_m, unit),
            *([share_or_nothing(each.covered_share), _number(each.demand_points_covered)] if is_required else []),
            _valued(result, each.value),
            NOTHING if each.bound is None else _valued(result, each.bound),
        ]
        for each in result.outlook.budgets
    ]
    marked = [k for k, each in enumerate(result.outlook.budgets) if each.n_new == here]
    return make_table("What other numbers of new devices would reach.", columns, rows, marked=marked)


def budget_sentences(result: Result) -> list[str]:
    """Return what one device more or fewer would change, and which number meets the requirement."""
    if result.outlook is None:
        return []
    by_number, here = {each.n_new: each for each in result.outlook.budgets}, result.plan.n_new
    texts = []
    for step, word in ((-1, "fewer"), (1, "more")):
        if here in by_number and here + step in by_number:
            texts.append(_step(result, by_number[here], by_number[here + step], word))
    met = [each.n_new for each in result.outlook.budgets if each.covered_share is not None and each.covered_share >= 1]
    if met:
        texts.append(f"The smallest number in the table that serves everybody within the requirement is {min(met):,}.")
    elif any(each.covered_share is not None for each in result.outlook.budgets):
        texts.append("None of these numbers serves everybody within the requirement.")
    return [" ".join(texts)] if texts else []


def _step(result: Result, here: OtherBudget, there: OtherBudget, word: str) -> str:
    unit = result.problem.frame.unit
    if (there.mean_m, there.max_m, there.covered_share) == (here.mean_m, here.max_m, here.covered_share):
        return f"One device {word} changes nothing of this."
    text = f"With one device {word} the mean distance is {length(there.mean_m, unit)} instead of {length(here.mean_m, unit)}"
    if here.covered_share is None or there.covered_share is None:
        return f"{text}, and the worst {length(there.max_m, unit)} instead of {length(here.max_m, unit)}."
    shares = f"{percent(there.covered_share)} instead of {percent(here.covered_share)}"
    return f"{text}, and {shares} of the demand is within the requirement."


def failure_table(result: Result) -> Table | None:
    """Return what remains when one device fails; None when nobody looked."""
    if result.outlook is None or not result.outlook.failures:
        return None
    unit, is_required = result.problem.frame.unit, bool(result.score.coverage)
    columns = [text_column("Device that fails", 2), number_column("Mean", 1.4), number_column("Worst", 1.4)]
    columns += [number_column(f"Within {length_in_title(result.score.coverage[0].radius_m, unit)}", 1.6)] if is_required else []
    rows = [
        [
            each.device,
            length(each.mean_m, unit),
            length(each.max_m, unit),
            *([share_or_nothing(each.covered_share)] * is_required),
        ]
        for each in result.outlook.failures
    ]
    note = "The others are in result.json."
    return make_table("What remains when one device fails and everybody goes to the next.", columns, rows, cut_note=note)


def risks(result: Result) -> list[str]:
    """Return the risks of building what the plan says, each with what to do about it."""
    return [*_certain(result), *_robust(result), *_general(result)]


def _certain(result: Result) -> Iterator[str]:
    score, plan = result.score, result.plan
    if score.coverage and score.coverage[0].demand_points < result.problem.demand.n:
        missed = count(result.problem.demand.n - score.coverage[0].demand_points, "demand point")
        if allows_misses(result):
            yield f"Beyond the radius, as the objective allows: {missed}. See “Worst served” for who they are."
        else:
            yield f"The requirement is missed at {missed}: accept it, move them, or add devices (“place compare” says how many)."
    if score.unreachable:
        yield f"No device can reach {count(score.unreachable, 'demand point')}: check the data, or add sites."
    if is_planned(result) and plan.gap is None:
        yield "Nothing was proven about better plans; see “Method and proof”."
    if plan.status in ("time_limit", "interrupted"):
        yield "The search was stopped before its end: run it again with more time before money is spent."
    if result.warnings:
        yield f"The data gave {count(len(result.warnings), 'warning')}: settle them before the plan is built."


def _robust(result: Result) -> Iterator[str]:
    outlook, unit = result.outlook, result.problem.frame.unit
    spare = "" if result.problem.frame.is_geographic else " Keep a spare at hand."
    if outlook is not None and outlook.failures:
        worst = outlook.failures[0]
        share = (
            f", and {percent(worst.covered_share)} of the demand within the requirement"
            if worst.covered_share is not None
            else ""
        )
        yield (
            f"Failure: {worst.device} is the device that would be missed most; without it the mean distance is "
            f"{length(worst.mean_m, unit)} instead of {length(result.score.mean_m, unit)}{share}.{spare}"
        )
    elif result.plan.p == 1:
        yield f"Failure: there is one device; when it fails, nobody is served.{spare}"
    if outlook is not None and outlook.demand is not None:
        each = outlook.demand
        yield (
            f"Demand: with every weight changed at random by up to {percent(each.spread)}, {each.draws:,} times, the mean "
            f"distance stays between {length(each.least_mean_m, unit)} and {length(each.most_mean_m, unit)}."
        )


def _general(result: Result) -> Iterator[str]:
    if result.problem.frame.is_geographic:
        yield "Sites: visit every place before a contract is signed; the plan knows coordinates only."
        return
    yield (
        "Signal: distance is not signal strength. Measure on site once the devices hang, at the worst-served places first, and "
        "keep the readings with this report."
    )
    if result.problem.domain.plan is not None:
        yield "Drawing: check one long known distance, and that walls and rooms are still as drawn, before drilling."


def _valued(result: Result, value: float) -> str:
    """Return a value of the objective; that of p_median as the mean distance that it is."""
    if result.problem.objective.kind == "p_median":
        return length(value / result.problem.demand.total_weight, result.problem.frame.unit) if math.isfinite(value) else NOTHING
    return format_value(value, result.plan.unit, result.problem.frame.unit) if math.isfinite(value) else NOTHING


def _number(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"
