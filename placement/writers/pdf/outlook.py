"""What lies beside the plan: other budgets, failures, other demand; and the risks that no figure tells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.phrases import Words, words_of
from placement.phrases.numbers import NOTHING
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.requirements import allows_misses
from placement.writers.pdf.sentences import is_planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result
    from placement.core.outlook import OtherBudget


def budget_table(result: Result) -> Table | None:
    """Return what fewer and more devices would reach; None when nobody looked."""
    if result.outlook is None or len(result.outlook.budgets) == 0:
        return None
    words, is_required, here = words_of(result), bool(result.score.coverage), result.plan.n_new
    columns = [text_column(words("budget.column"), 1.8)]
    columns += [number_column(words("column.mean"), 1.3), number_column(words("column.worst"), 1.3)]
    if is_required:
        columns += [number_column(_within(result, words), 1.4), number_column(words("budget.points_within"), 1.3)]
    columns += [number_column(words("budget.objective"), 1.7), number_column(words("budget.bound"), 1.7)]
    rows = [
        [
            words("budget.here", n=words.number(each.n_new)) if each.n_new == here else words.number(each.n_new),
            words.length(each.mean_m),
            words.length(each.max_m),
            *([words.percent(each.covered_share), _number(each.demand_points_covered, words)] if is_required else []),
            _valued(result, each.value),
            NOTHING if each.bound is None else _valued(result, each.bound),
        ]
        for each in result.outlook.budgets
    ]
    marked = [k for k, each in enumerate(result.outlook.budgets) if each.n_new == here]
    return make_table(words("budget.caption"), columns, rows, marked=marked)


def budget_sentences(result: Result) -> list[str]:
    """Return what one device more or fewer would change, and which number meets the requirement."""
    if result.outlook is None:
        return []
    by_number, here, words = {each.n_new: each for each in result.outlook.budgets}, result.plan.n_new, words_of(result)
    texts = []
    for step, which in ((-1, "fewer"), (1, "more")):
        if here in by_number and here + step in by_number:
            texts.append(_step(words, by_number[here], by_number[here + step], which))
    met = [each.n_new for each in result.outlook.budgets if each.covered_share is not None and each.covered_share >= 1]
    if met:
        texts.append(words("budget.smallest", n=words.number(min(met))))
    elif any(each.covered_share is not None for each in result.outlook.budgets):
        texts.append(words("budget.none_enough"))
    return [" ".join(texts)] if texts else []


def _step(words: Words, here: OtherBudget, there: OtherBudget, which: str) -> str:
    if (there.mean_m, there.max_m, there.covered_share) == (here.mean_m, here.max_m, here.covered_share):
        return words(f"budget.{which}_same")
    parts = {"mean": words.length(there.mean_m), "mean_here": words.length(here.mean_m)}
    if here.covered_share is None or there.covered_share is None:
        return words(f"budget.{which}_worst", worst=words.length(there.max_m), worst_here=words.length(here.max_m), **parts)
    shares = {"share": words.percent(there.covered_share), "share_here": words.percent(here.covered_share)}
    return words(f"budget.{which}_share", **parts, **shares)


def failure_table(result: Result) -> Table | None:
    """Return what remains when one device fails; None when nobody looked."""
    if result.outlook is None or not result.outlook.failures:
        return None
    words, is_required = words_of(result), bool(result.score.coverage)
    columns = [text_column(words("failure.column"), 2), number_column(words("column.mean"), 1.4)]
    columns += [number_column(words("column.worst"), 1.4)]
    columns += [number_column(_within(result, words), 1.6)] if is_required else []
    rows = [
        [
            each.device,
            words.length(each.mean_m),
            words.length(each.max_m),
            *([words.percent(each.covered_share)] if is_required else []),
        ]
        for each in result.outlook.failures
    ]
    return make_table(words("failure.caption"), columns, rows, cut_note=words("area.cut"))


def _within(result: Result, words: Words) -> str:
    return words("column.within", radius=words.length_in_title(result.score.coverage[0].radius_m))


def risks(result: Result) -> list[str]:
    """Return the risks of building what the plan says, each with what to do about it."""
    return [*_certain(result), *_robust(result), *_general(result)]


def _certain(result: Result) -> Iterator[str]:
    score, plan, words = result.score, result.plan, words_of(result)
    if score.coverage and score.coverage[0].demand_points < result.problem.demand.n:
        missed = words.counted("noun.point", result.problem.demand.n - score.coverage[0].demand_points)
        yield words("risk.allowed" if allows_misses(result) else "risk.missed", points=missed, section=words("Worst served"))
    if score.unreachable:
        yield words("risk.unreachable", points=words.counted("noun.point", score.unreachable))
    if is_planned(result) and plan.gap is None:
        yield words("risk.unproven", section=words("Method and proof"))
    if plan.status in ("time_limit", "interrupted"):
        yield words("risk.stopped")
    if result.warnings:
        yield words("risk.warnings", warnings=words.counted("noun.warning", len(result.warnings)))


def _robust(result: Result) -> Iterator[str]:
    outlook, words = result.outlook, words_of(result)
    spare = "" if result.problem.frame.is_geographic else f" {words('risk.spare')}"
    if outlook is not None and outlook.failures:
        worst = outlook.failures[0]
        parts = {"device": worst.device, "mean": words.length(worst.mean_m), "mean_here": words.length(result.score.mean_m)}
        text = words("risk.failure", **parts)
        if worst.covered_share is not None:
            text = words("risk.failure_share", share=words.percent(worst.covered_share), **parts)
        yield f"{text}{spare}"
    elif result.plan.p == 1:
        yield f"{words('risk.single')}{spare}"
    if outlook is not None and outlook.demand is not None:
        each = outlook.demand
        parts = {"least": words.length(each.least_mean_m), "most": words.length(each.most_mean_m)}
        yield words("risk.demand", spread=words.percent(each.spread), draws=words.number(each.draws), **parts)


def _general(result: Result) -> Iterator[str]:
    words = words_of(result)
    if result.problem.frame.is_geographic:
        yield words("risk.sites")
        return
    yield words("risk.signal")
    if result.problem.domain.plan is not None:
        yield words("risk.drawing")


def _valued(result: Result, value: float) -> str:
    """Return a value of the objective; that of p_median as the mean distance that it is."""
    words = words_of(result)
    if not math.isfinite(value):
        return NOTHING
    if result.problem.objective.kind == "p_median":
        return words.length(value / result.problem.demand.total_weight)
    return words.value(value, result.plan.unit)


def _number(value: int | None, words: Words) -> str:
    return NOTHING if value is None else words.number(value)
