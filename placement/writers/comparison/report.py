"""comparison.pdf: what to buy and why, on a few pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from placement.core.comparison import BUDGET_AXES
from placement.core.html import gap_text
from placement.phrases.beginnings import begun_large
from placement.sections import picture, render_report, table, text
from placement.sections.letterhead import cut_at_a_word
from placement.units import count, format_length, format_value
from placement.writers.comparison.beside import beside_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from placement.core.comparison import ComparedPlan, Comparison

_LABEL_LETTERS = 40
"""Of the name of a row below one of the headlines."""

_TITLES = {"devices": "Budgets", "cost": "Budgets", "variant": "Variants", "scenario": "Scenarios"}


def report_pdf(comparison: Comparison, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as PDF/UA-1 bytes, the same for the same comparison.

    Parameters
    ----------
    comparison : Comparison
        What was compared.
    pictures : mapping of str to bytes
        ``maps.svg``, ``frontier.svg`` for budgets, and ``tradeoff.svg`` when there is a trade-off.
    """
    first = comparison.rows[0].result
    source = first.source
    if comparison.axis == "scenario":  # the title of one is not that of all
        source = replace(source, name=comparison.name, presentation=replace(source.presentation, title=""))
    words = {
        "description": f"Comparison of {count(len(comparison.rows), 'plan')} for {comparison.name}.",
        "headlines": _headlines(comparison),
        "summary": _summary(comparison),
        "sections": _sections(comparison, "frontier.svg" in pictures),
    }
    facts = [("Program", f"placement {first.version}"), ("Seed", f"seed {first.plan.seed}")]
    return render_report(source, facts, words, pictures)


def _headlines(comparison: Comparison) -> list[dict[str, str]]:
    advice = comparison.recommended
    if advice is None and comparison.axis not in BUDGET_AXES:
        return _best_of_each(comparison)
    row = comparison.rows[advice.row if advice else -1]
    score, unit = row.result.score, row.result.problem.frame.unit
    lead = count(row.result.plan.p, "device") if comparison.axis in BUDGET_AXES else row.label
    return [
        {"value": lead, "label": f"recommended: {advice.rule}" if advice else "the largest budget; none is recommended"},
        {"value": _length(score.max_m, unit), "label": "worst distance"},
        {"value": _length(score.mean_m, unit), "label": "mean distance"},
    ]


def _best_of_each(comparison: Comparison) -> list[dict[str, str]]:
    """Return how many rows there are, and which has the smallest figures: none of them is more to the point than the others."""
    heads = [{"value": str(len(comparison.rows)), "label": f"{_TITLES[comparison.axis].lower()} side by side"}]
    for name, words in (("max_m", "worst"), ("mean_m", "mean")):
        figures = {k: far for k, row in enumerate(comparison.rows) if (far := getattr(row.result.score, name)) is not None}
        best = min(figures, key=lambda k: figures[k], default=None)
        row = comparison.rows[0 if best is None else best]
        whose = "" if best is None else f": {cut_at_a_word(row.label, _LABEL_LETTERS)}"
        length = "-" if best is None else _length(figures[best], row.result.problem.frame.unit)
        heads.append({"value": length, "label": f"smallest {words} distance{whose}"})
    return heads


def _summary(comparison: Comparison) -> list[str]:
    texts = []
    if comparison.recommended is not None:
        why = comparison.recommended.why
        texts.append(f"Recommendation ({comparison.recommended.rule}): {why}.")
    gaps = [row.result.plan.gap for row in comparison.rows]
    proven = sum(gap is not None for gap in gaps)
    worst = max((gap for gap in gaps if gap is not None), default=None)
    if worst is not None:
        carry = "carry" if proven > 1 else "carries"
        texts.append(
            f"{proven} of {count(len(gaps), 'plan')} {carry} a proven bound; the largest gap between a plan and what "
            f"no plan can beat: {gap_text(worst)}."
        )
    texts += [f"{begun_large(note)}." for note in comparison.notes]
    return texts or [f"{count(len(gaps), 'plan')} side by side."]


def _sections(comparison: Comparison, has_frontier: bool) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = [_table(comparison)]
    if has_frontier:
        caption = "What each budget reaches. The band lies between the plans and their proven bounds."
        blocks.append(picture("frontier.svg", caption, _in_words(comparison)))
    sections: list[dict[str, object]] = [{"title": _TITLES[comparison.axis], "blocks": blocks}]
    remarks = [f"{row.label}: {part}." for row in comparison.rows for part in (row.gain, row.remark) if part]
    if remarks:
        sections.append({"title": "What each step brings", "blocks": [text(remark) for remark in remarks]})
    is_required = any(row.result.score.coverage for row in comparison.rows)
    caption = "The plans. Hollow points are farther than required." if is_required else "The plans."
    sections.append({"title": "The plans as maps", "blocks": [picture("maps.svg", caption, _in_words(comparison))]})
    return [*sections, *beside_sections(comparison)]


def _table(comparison: Comparison) -> dict[str, object]:
    is_budget = comparison.axis in BUDGET_AXES
    header = [(_TITLES[comparison.axis][:-1], 1.3 if is_budget else 2.6, is_budget)]
    best = ("Best found",) * is_budget  # nobody looks for them beside variants and scenarios
    header += [(title, 1.0, True) for title in ("Worst", *best, "Mean", *best, "Within", "Objective", "Gap")]
    has_cost = any(row.cost is not None for row in comparison.rows)
    if has_cost:
        header.append(("Cost", 0.9, True))
    rows = [[*_cells(row, is_budget=is_budget), *([_money(row.cost)] if has_cost else [])] for row in comparison.rows]
    note = "Best found: the best that a search for that figure alone found with the same budget." if is_budget else ""
    return table(f"{_TITLES[comparison.axis]} compared", header, rows, note)


def _cells(row: ComparedPlan, *, is_budget: bool) -> list[str]:
    score, plan, unit = row.result.score, row.result.plan, row.result.problem.frame.unit
    share = f"{100 * score.coverage[0].share:.1f} %" if score.coverage else "-"
    both = (score.max_m, row.best_max_m, score.mean_m, row.best_mean_m)
    lengths = both if is_budget else both[::2]
    value = format_value(plan.value, plan.unit, unit)
    return [row.label, *(_length(value, unit) for value in lengths), share, value, gap_text(plan.gap)]


def _length(metres: float | None, unit: str) -> str:
    return "-" if metres is None else format_length(metres, unit)


def _money(cost: float | None) -> str:
    return "-" if cost is None else f"{cost:,.10g}"


def _in_words(comparison: Comparison) -> str:
    unit = comparison.rows[0].result.problem.frame.unit
    parts = [f"{row.label}: worst {_length(row.result.score.max_m, unit)}" for row in comparison.rows]
    return f"{_TITLES[comparison.axis]} of {comparison.name}. {'; '.join(parts)}."
