"""A result as the plain texts, numbers and tables of the report, ready to be set in type. No layout here."""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from placement.phrases import Words, words_of
from placement.sections.letterhead import letterhead
from placement.typeset import UNKNOWN_LETTER
from placement.writers.pdf import appendix, areas, materials, outlook, proof, requirements, schedule, scope, sentences, tables
from placement.writers.pdf.objectives import purpose
from placement.writers.pdf.rules import is_nearest
from placement.writers.pdf.wording import sentence

if TYPE_CHECKING:
    from placement.core import Result

LONGEST_LIST = 50
"""Data notes and warnings beyond this many are counted, not printed."""

_DOTTED = re.compile(r"[a-z_]+\.")
_LANDSCAPE_FROM = 1.1
_ROOT_TAG = re.compile(rb"<svg\b[^>]*>")
_VIEW_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)")


def report_content(result: Result, map_svg: bytes, coverage_svg: bytes = b"") -> dict[str, Any]:
    """Return everything that the report says, as values that JSON can hold.

    Parameters
    ----------
    result : Result
        What is reported.
    map_svg, coverage_svg : bytes
        The figures; only their proportions are read, to turn the page for a wide map.

    Returns
    -------
    dict
        The fields that `template.typ` reads.
    """
    source, look, words = result.source, result.source.presentation, words_of(result)
    language, _, region = look.language.partition("-")
    return {
        "language": language,
        "region": region or None,
        **letterhead(look, words, source.name),
        "footer": f"placement {result.version}, seed {result.plan.seed}",
        "description": sentences.map_alternative(result),
        "headings": {key: words(key) for key in words.texts if not _DOTTED.match(key)},
        "headlines": headlines(result),
        "verdict": requirements.verdict(result),
        "summary": sentences.summary(result),
        "map": _map(result, map_svg),
        **_question(result),
        **_results(result),
        "coverage": _coverage(result, coverage_svg),
        **_prospects(result),
        "data_notes": _listed(source.data_notes, words),
        "warnings": _listed(result.warnings, words),
        "letters_note": words("notes.letters", letter=UNKNOWN_LETTER),
        "appendix": {
            "settings": appendix.settings(result),
            "certificate": proof.certificate_facts(result),
            "glossary": appendix.glossary(result),
        },
        "reproduce": reproduction(result),
    }


def _map(result: Result, svg: bytes) -> dict[str, Any]:
    shape = aspect(svg)
    return {
        "aspect": shape,
        "is_landscape": shape >= _LANDSCAPE_FROM,
        "caption": sentences.map_caption(result),
        "alt": sentences.map_alternative(result),
    }


def _coverage(result: Result, svg: bytes) -> dict[str, Any]:
    text = " ".join(text for text in (sentences.coverage_caption(result), areas.floor_sentence(result)) if text)
    return {"aspect": aspect(svg), "caption": text, "alt": sentences.coverage_alternative(result)}


def _question(result: Result) -> dict[str, Any]:
    """Return what was asked, within which limits, and how it was answered."""
    aim = purpose(result.problem, words_of(result))
    unasked = requirements.no_requirement(result)
    return {
        "purpose": [requirements.aim(result), *([unasked] if unasked else [])],
        "requirements": requirements.requirement_table(result),
        "scope": scope.scope(result),
        "exclusions": scope.exclusions(result),
        "assumptions": sentences.assumptions(result),
        "objective": {"formula": aim.formula, "statement": aim.statement, "formula_alt": aim.in_words},
        "method": sentences.method(result),
        "proof": proof.proof_in_words(result),
    }


def _results(result: Result) -> dict[str, Any]:
    by_room = areas.area_table(result)
    told = " ".join(text for text in (*areas.area_sentences(result), areas.floor_sentence(result)) if text)
    return {
        "outcome": [told] if told else [],
        "schedule": schedule.device_schedule(result),
        "scores": [*([by_room] if by_room else []), tables.score_table(result), tables.device_table(result)],
        "worst": tables.worst_table(result),
        "worst_note": sentences.worst_note(result),
    }


def _prospects(result: Result) -> dict[str, Any]:
    """Return what could be otherwise, what may go wrong, and what it costs."""
    return {
        "budgets": outlook.budget_table(result),
        "budget_note": outlook.budget_sentences(result),
        "failures": outlook.failure_table(result),
        "risks": outlook.risks(result),
        "materials": materials.material_table(result),
        "material_note": materials.material_sentences(result),
    }


def headlines(result: Result) -> list[dict[str, str]]:
    """Return the three numbers that a manager remembers: worst, mean, and share within the requirement or else median."""
    score, words = result.score, words_of(result)
    third = {"value": words.length(score.median_m), "label": words("headline.median")}
    if score.coverage:
        first = score.coverage[0]
        label = words("headline.covered", radius=words.length(first.radius_m))
        third = {"value": words.percent(first.share), "label": label}
    which = "nearest" if is_nearest(result) else "serving"
    worst = {"value": words.length(score.max_m), "label": words(f"headline.worst.{which}")}
    if score.unreachable:
        worst = {"value": words.number(score.unreachable), "label": words("headline.unreachable")}
    return [{"value": words.length(score.mean_m), "label": words(f"headline.mean.{which}")}, worst, third]


def reproduction(result: Result) -> dict[str, Any]:
    """Return the command that makes this report again and what it depends on."""
    plan, source, words = result.plan, result.source, words_of(result)
    objective = result.problem.objective
    side = "lower" if objective.sense == "min" else "upper"
    facts = [
        [words("fact.file"), source.file],
        [words("fact.hash"), source.sha256],
        [words("fact.program"), f"placement {result.version}"],
        [words("fact.seed"), str(plan.seed)],
        [words("fact.status"), words(f"ended.{plan.status}")],
        [words("fact.objective", kind=objective.kind), _value(plan.value, plan.unit, words)],
        [words(f"fact.bound_{side}"), words("fact.none") if plan.bound is None else words.value(plan.bound, plan.unit)],
    ]
    return {"command": source.command, "facts": facts}


def aspect(svg: bytes) -> float:
    """Return width over height of an SVG by its view box, or 1 when it has none.

    Examples
    --------
    >>> aspect(b'<svg viewBox="0 0 300 200"></svg>')
    1.5
    """
    root = _ROOT_TAG.search(svg)
    box = _VIEW_BOX.search(root[0]) if root else None
    return float(box[1]) / float(box[2]) if box and float(box[2]) > 0 else 1.0


def _value(value: float, value_unit: str, words: Words) -> str:
    return words.value(value, value_unit) if isfinite(value) else words("fact.no_limit")


def _listed(texts: tuple[str, ...], words: Words) -> list[str]:
    shown = [sentence(text) for text in texts[:LONGEST_LIST]]
    left = len(texts) - len(shown)
    return [*shown, words("notes.more", n=words.number(left))] if left else shown
