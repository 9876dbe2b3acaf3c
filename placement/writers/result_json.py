"""result.json: the whole answer for scripts. Same input, seed and version: same bytes; no clock, no path."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from placement.core.certificate import CERTIFICATE_FILE
from placement.core.survey import Spot
from placement.files import write_atomic
from placement.metrics.materials import bill_of_materials
from placement.view.device_table import device_rows, rounded, tidy

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Plan, Result, Score
    from placement.core.constraints import Constraints
    from placement.core.outlook import Outlook
    from placement.core.protocols import Objective
    from placement.core.score import AreaScore
    from placement.core.survey import Survey
    from placement.view.figures import Figures

SCHEMA = 1
"""Version of the layout; it may gain keys, but none changes its meaning."""

_FIGURES = 12


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``result.json`` and return its path."""
    return [write_atomic(folder / "result.json", result_text(result))]


def result_text(result: Result) -> str:
    """Return `result` as JSON text that ends in a newline; UTF-8, never NaN or Infinity."""
    return json.dumps(as_document(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_document(result: Result) -> dict[str, Any]:
    """Return `result` as plain dicts, lists, texts and numbers, with the keys of ``result.json`` in their order.

    Lengths with a unit in their key are in that unit; ``x`` and ``y`` are in ``units``, or in ``planning_crs`` [m]
    when that is not null.
    """
    source, plan, frame = result.source, result.plan, result.problem.frame
    return {
        "schema": SCHEMA,
        "version": result.version,
        "scenario": {"name": source.name, "file": source.file, "sha256": source.sha256},
        "seed": plan.seed,
        "status": plan.status,
        "units": frame.unit,
        "crs": frame.crs,
        "planning_crs": frame.planning_crs,
        "demand": {"points": result.problem.demand.n, "weight": rounded(result.problem.demand.total_weight)},
        "place": _place(result),
        "rules": _rules(result.problem.constraints),
        "objective": _objective(result.problem.objective, plan),
        "devices": [{**asdict(row), **_spot(result.survey, j)} for j, row in enumerate(device_rows(result))],
        "score": _score(result.score),
        "materials": [asdict(line) for line in bill_of_materials(result.problem, plan, source.presentation.price)],
        "outlook": _outlook(result.outlook),
        "warnings": list(result.warnings),
        "notes": list(source.data_notes),
    }


def _place(result: Result) -> dict[str, Any]:
    """Return how large the place is and how many sites it offers; null where there is no floor plan, or no candidates."""
    domain, candidates, survey = result.problem.domain, result.problem.candidates, result.survey
    return {
        "kind": domain.kind,
        "width_m": tidy(survey.width_m),
        "depth_m": tidy(survey.depth_m),
        "rooms": None if domain.plan is None else len(domain.plan.rooms),
        "candidates": None if candidates is None else candidates.n_places,
    }


def _rules(rules: Constraints) -> dict[str, Any]:
    """Return what the plan had to respect besides; null or 0 for what nobody asked for."""
    return {
        "cutoff_m": _significant(rules.cutoff_m),
        "spacing_m": rounded(rules.spacing_m),
        "capacity_min": rounded(rules.capacity_min),
        "capacity_max": _significant(rules.capacity_max),
        "money": _significant(rules.money),
        "quotas": [quota._asdict() for quota in rules.quotas],
        "required_pairs": len(rules.required_pairs),
        "forbidden_pairs": len(rules.forbidden_pairs),
    }


def _spot(survey: Survey, j: int) -> dict[str, Any]:
    """Return where a device hangs, in the words of who hangs it; nothing known beyond those that were measured."""
    spot = survey.spots[j] if j < len(survey.spots) else Spot()
    marks = [{"what": mark.what, "distance_m": rounded(mark.distance_m), "direction": mark.direction} for mark in spot.landmarks]
    return {"room": spot.room, "measured_from": marks, "cable_m": tidy(spot.cable_m)}


def _objective(objective: Objective, plan: Plan) -> dict[str, Any]:
    gap = plan.gap
    return {
        "kind": objective.kind,
        "value": _significant(plan.value),
        "unit": plan.unit,
        "bound": _significant(plan.bound),
        "gap": None if gap is None or not math.isfinite(gap) else rounded(gap, 9),
        "scope": plan.scope,
        "certificate": _certificate(plan),
        "sense": objective.sense,
        "radius_m": tidy(getattr(objective, "radius_m", None)),
        "share": tidy(getattr(objective, "share", None), 9),
        "backup": objective.n_serving,
    }


def _certificate(plan: Plan) -> dict[str, Any] | None:
    """Say that there is a proof and where; the proof itself, long and for machines only, is a file of its own."""
    proof = plan.certificate
    return None if proof is None else {"kind": proof.kind, "bound": proof.bound, "file": CERTIFICATE_FILE}


def _outlook(outlook: Outlook | None) -> dict[str, Any] | None:
    """Return what lies beside the plan; positions of devices are not part of it."""
    if outlook is None:
        return None
    budgets = [
        {
            "n_new": one.n_new,
            "value": _significant(one.value),
            "bound": _significant(one.bound),
            "max_m": rounded(one.max_m),
            "mean_m": rounded(one.mean_m),
            "covered_share": None if one.covered_share is None else rounded(one.covered_share, 9),
            "demand_points_covered": one.demand_points_covered,
        }
        for one in outlook.budgets
    ]
    failures = [
        {
            "device": one.device,
            "max_m": rounded(one.max_m),
            "mean_m": rounded(one.mean_m),
            "covered_share": None if one.covered_share is None else rounded(one.covered_share, 9),
        }
        for one in outlook.failures
    ]
    demand = outlook.demand
    return {
        "budgets": budgets,
        "failures": failures,
        "demand": None
        if demand is None
        else {
            "spread": demand.spread,
            "draws": demand.draws,
            "least_mean_m": rounded(demand.least_mean_m),
            "most_mean_m": rounded(demand.most_mean_m),
        },
    }


def _score(score: Score) -> dict[str, Any]:
    lengths = {key: tidy(getattr(score, key)) for key in ("max_m", "mean_m", "median_m", "p95_m")}
    coverage = [
        {
            "radius_m": rounded(item.radius_m),
            "share": rounded(item.share, 9),
            "weight": rounded(item.weight),
            "demand_points": item.demand_points,
        }
        for item in score.coverage
    ]
    worst = [
        {"demand": item.demand, "device": item.device, "distance_m": rounded(item.distance_m), "weight": rounded(item.weight)}
        for item in score.worst
    ]
    unreachable = {"unreachable": score.unreachable}
    areas = [_area(area) for area in score.areas]
    whole = {**lengths, "wcss_m2": _significant(score.wcss_m2), **unreachable}
    return {**whole, "coverage": coverage, "worst": worst, "areas": areas}


def _area(area: AreaScore) -> dict[str, Any]:
    return {
        "name": area.name,
        "kind": area.kind,
        "demand_points": area.demand_points,
        "demand_weight": rounded(area.demand_weight),
        "mean_m": tidy(area.mean_m),
        "max_m": tidy(area.max_m),
        "covered_points": area.covered_points,
        "covered_share": tidy(area.covered_share, 9),
        "floor_m2": tidy(area.floor_m2, 2),
        "covered_floor_share": tidy(area.covered_floor_share, 6),
    }


def _significant(value: float | None) -> float | None:
    """Return a number as the file shows it; null for one that is missing or infinite, which JSON cannot say."""
    if value is None or not math.isfinite(value):
        return None
    # Sums of squares range from square millimetres to a country's: figures, not decimals, say how exact they are.
    return float(f"{value:.{_FIGURES}g}") + 0.0
