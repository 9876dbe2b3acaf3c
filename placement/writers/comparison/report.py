"""comparison.pdf: what to buy and why, on a few pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.html import gap_text
from placement.sections import picture, render_report, table, text
from placement.units import count, format_length, format_value
from placement.writers.comparison.beside import beside_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from placement.core.comparison import ComparedPlan, Comparison

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
    words = {
        "description": f"Comparison of {count(len(comparison.rows), 'plan')} for {comparison.name}.",
        "headlines": _headlines(comparison),
        "summary": _summary(comparison),
        "sections": _sections(comparison, "frontier.svg" in pictures),
    }
    facts = [("Program", f"placement {first.version}"), ("Seed", f"seed {first.plan.seed}")]
    return render_report(first.source, facts, words, pictures)


def _headlines(comparison: Comparison) -> list[dict[str, str]]:
    advice = comparison.recommended
    row = comparison.rows[advice.row if advice else -1]
    score, unit = row.result.score, row.result.problem.frame.unit
    lead = count(row.result.plan.p, "device") if comparison.axis in {"devices", "cost"} else row.label
    return [
        {"value": lead, "label": f"recommended: {advice.rule}" if advice else "last row"},
        {"value": _length(score.max_m, unit), "label": "worst distance"},
        {"value": _length(score.mean_m, unit), "label": "mean distance"},
    ]


def _summary(comparison: Comparison) -> list[str]:
    texts = []
    if comparison.recommended is not None:
        why = comparison.recommended.why
        texts.append(f"Recommendation ({comparison.recommended.rule}): {why}.")
    gaps = [row.result.plan.gap for row in comparison.rows]
    proven = sum(gap is not None for gap in gaps)
    worst = max((gap for gap in gaps if gap is not None), default=None)
    if worst is not None:
        texts.append(
            f"{proven} of {count(len(gaps), 'plan')} carry a proven bound; the largest gap between a plan and what "
            f"no plan can beat: {gap_text(worst)}."
        )
    texts += [f"{note[:1].upper()}{note[1:]}." for note in comparison.notes]
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
    caption = "The plans. Hollow points are farther than required."
    sections.append({"title": "The plans as maps", "blocks": [picture("maps.svg", caption, _in_words(comparison))]})
    return [*sections, *beside_sections(comparison)]


def _table(comparison: Comparison) -> dict[str, object]:
    header = [(_TITLES[comparison.axis][:-1], 1.3, comparison.axis in {"devices", "cost"})]
    header += [(title, 1.0, True) for title in ("Worst", "Best found", "Mean", "Best found", "Within", "Objective", "Gap")]
    has_cost = any(row.cost is not None for row in comparison.rows)
    if has_cost:
        header.append(("Cost", 0.9, True))
    rows = [[*_cells(row), *([_money(row.cost)] if has_cost else [])] for row in comparison.rows]
    note = "Best found: the best that a search for that figure alone found with the same budget."
    return table(f"{_TITLES[comparison.axis]} compared", header, rows, note)


def _cells(row: ComparedPlan) -> list[str]:
    score, plan, unit = row.result.score, row.result.plan, row.result.problem.frame.unit
    share = f"{100 * score.coverage[0].share:.1f} %" if score.coverage else "-"
    gap = gap_text(plan.gap)
    lengths = (score.max_m, row.best_max_m, score.mean_m, row.best_mean_m)
    return [row.label, *(_length(value, unit) for value in lengths), share, format_value(plan.value, plan.unit, unit), gap]


def _length(metres: float | None, unit: str) -> str:
    return "-" if metres is None else format_length(metres, unit)


def _money(cost: float | None) -> str:
    return "-" if cost is None else f"{cost:,.10g}"


def _in_words(comparison: Comparison) -> str:
    unit = comparison.rows[0].result.problem.frame.unit
    parts = [f"{row.label}: worst {_length(row.result.score.max_m, unit)}" for row in comparison.rows]
    return f"{_TITLES[comparison.axis]} of {comparison.name}. {'; '.join(parts)}."
