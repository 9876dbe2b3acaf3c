"""A result as the plain texts, numbers and tables of the report, ready to be set in type. No layout here."""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from placement.units import format_value
from placement.writers.pdf import sentences, tables
from placement.writers.pdf.objectives import purpose
from placement.writers.pdf.rules import is_nearest
from placement.writers.pdf.wording import length, percent, sentence, shortened

if TYPE_CHECKING:
    from placement.core import Result

LONGEST_LIST = 50
"""Data notes and warnings beyond this many are counted, not printed."""

_HEADER_LETTERS = 70
_LANDSCAPE_FROM = 1.1
_ROOT_TAG = re.compile(rb"<svg\b[^>]*>")
_VIEW_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*\S+[\s,]+\S+[\s,]+([\d.]+)[\s,]+([\d.]+)")


def report_content(result: Result, map_svg: bytes) -> dict[str, Any]:
    """Return everything that the report says, as values that JSON can hold.

    Parameters
    ----------
    result : Result
        What is reported.
    map_svg : bytes
        The map; only its proportions are read, to turn the page for a wide one.

    Returns
    -------
    dict
        The fields that `template.typ` reads.
    """
    source = result.source
    shape = aspect(map_svg)
    aim = purpose(result.problem)
    return {
        "title": source.name,
        "header": shortened(source.name, _HEADER_LETTERS),
        "footer": f"placement {result.version}, seed {result.plan.seed}",
        "description": sentences.map_alternative(result),
        "headlines": headlines(result),
        "summary": sentences.summary(result),
        "map": {
            "aspect": shape,
            "is_landscape": shape >= _LANDSCAPE_FROM,
            "caption": sentences.map_caption(result),
            "alt": sentences.map_alternative(result),
        },
        "schedule": tables.device_schedule(result),
        "scores": [tables.score_table(result), tables.device_table(result), tables.worst_table(result)],
        "objective": {"formula": aim.formula, "statement": aim.statement, "formula_alt": aim.in_words},
        "method": sentences.method(result),
        "assumptions": sentences.assumptions(result),
        "data_notes": _listed(source.data_notes),
        "warnings": _listed(result.warnings),
        "reproduce": reproduction(result),
    }


def headlines(result: Result) -> list[dict[str, str]]:
    """Return the three numbers that a manager remembers: worst, mean, and share within the requirement or else median."""
    score, unit = result.score, result.problem.frame.unit
    third = {"value": length(score.median_m, unit), "label": "median distance"}
    if score.coverage:
        first = score.coverage[0]
        third = {"value": percent(first.share), "label": f"of the demand within {length(first.radius_m, unit)}"}
    which = "nearest" if is_nearest(result) else "serving"
    worst = {"value": length(score.max_m, unit), "label": f"worst distance to the {which} device"}
    if score.unreachable:
        worst = {"value": f"{score.unreachable:,}", "label": "of the demand points cannot be reached"}
    return [{"value": length(score.mean_m, unit), "label": f"mean distance to the {which} device"}, worst, third]


def reproduction(result: Result) -> dict[str, Any]:
    """Return the command that makes this report again and what it depends on."""
    plan, source, unit = result.plan, result.source, result.problem.frame.unit
    objective = result.problem.objective
    side = "lower" if objective.sense == "min" else "upper"
    facts = [
        ["Scenario file", source.file],
        ["Scenario and data, SHA-256", source.sha256],
        ["Program", f"placement {result.version}"],
        ["Seed", str(plan.seed)],
        ["Status", plan.status.replace("_", " ")],
        [f"Objective ({objective.kind})", format_value(plan.value, plan.unit, unit) if isfinite(plan.value) else "without limit"],
        [f"Proven {side} bound", "none" if plan.bound is None else format_value(plan.bound, plan.unit, unit)],
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


def _listed(texts: tuple[str, ...]) -> list[str]:
    shown = [sentence(text) for text in texts[:LONGEST_LIST]]
    left = len(texts) - len(shown)
    return [*shown, f"And {left:,} more."] if left else shown
