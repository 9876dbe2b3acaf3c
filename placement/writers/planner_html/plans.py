"""The computed plans that the page's slider goes through: those of a run, or every budget of a comparison."""

from __future__ import annotations

import base64
import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placement.core import Problem, Result
    from placement.core.comparison import ComparedPlan, Comparison
    from placement.core.outlook import OtherBudget
    from placement.core.types import FloatArray

PROVEN_GAP = 1e-6
"""A plan with a smaller gap is the best there is."""


def run_plans(result: Result) -> list[dict[str, Any]]:
    """Return the plan of a run and those of other budgets whose devices are known, in rising order.

    Where the page cannot follow devices it could not measure the others either, and there is this plan alone.
    """
    plan, n_given = result.plan, result.problem.fixed.m
    rows = [_of_plan(result) | {"mark": "this run", "isPlan": True}]
    others = () if result.outlook is None or why_not_editable(result.problem) else result.outlook.budgets
    rows += [_of_other(result, other) for other in others if other.device_ids and other.n_new != plan.p - n_given]
    return sorted(rows, key=lambda row: int(row["nNew"]))


def compared_plans(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the plan of every budget of a comparison, as its rows stand; the one that the page starts with is `start_row`'s."""
    start, advice = start_row(comparison), comparison.recommended
    rows = []
    for k, row in enumerate(comparison.rows):
        mark = "recommended" if advice is not None and advice.row == k else ""
        rows.append(_of_plan(row.result) | _of_row(comparison, row) | {"mark": mark, "isPlan": k == start})
    return rows


def start_row(comparison: Comparison) -> int:
    """Return the position of the row that the page starts with: recommended, or looked beside, or the last."""
    if comparison.recommended is not None:
        return comparison.recommended.row
    return len(comparison.rows) - 1 if comparison.alternatives is None else comparison.alternatives.row


def why_not_editable(problem: Problem) -> str:
    """Return why the page shows the plan without letting devices move; an empty text when they may.

    The page serves every point from its nearest device in a straight line; where that is not what the problem asks, its
    numbers would be others than a run's.
    """
    rules = problem.constraints
    sites = [part for part in (problem.fixed, problem.candidates) if part is not None]
    why = ""
    if not problem.distance.is_straight:
        why = f"distances are no straight lines here ({problem.distance.meaning}), and the page can follow those only"
    elif problem.objective.n_serving > 1:
        why = f"a point needs {problem.objective.n_serving} devices here, and the page follows the nearest only"
    elif math.isfinite(rules.capacity_max) or rules.capacity_min > 0 or any(part.capacity is not None for part in sites):
        why = "devices have a capacity here, and the page serves every point from its nearest device"
    elif rules.required_pairs or rules.forbidden_pairs:
        why = "the scenario says who is served from where, and the page serves every point from its nearest device"
    return f"The devices of this plan cannot be moved here: {why}." if why else ""


def floats(values: FloatArray | np.ndarray[Any, Any]) -> str:
    """Return numbers as base64 of little-endian float64."""
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode()


def finite(value: float | None) -> float | None:
    """Return a number that JSON can hold, or None."""
    return None if value is None or not math.isfinite(value) else float(value)


def _of_plan(result: Result) -> dict[str, Any]:
    plan, given = result.plan, set(result.problem.fixed.ids)
    places = zip(plan.device_ids, plan.device_xy.tolist(), plan.device_status, strict=True)
    devices = [_device(name, xy, status, is_given=name in given) for name, xy, status in places]
    n_new = plan.p - result.problem.fixed.m
    service = {"device": floats(plan.assignment), "distance": floats(plan.service_distance)}
    return _row(n_new, devices, plan.value, plan.bound) | {
        "status": plan.status,
        # Where the page cannot measure, it shows what was measured.
        "service": service if why_not_editable(result.problem) else None,
    }


def _of_other(result: Result, other: OtherBudget) -> dict[str, Any]:
    status = "new" if result.problem.candidates is None else "candidate"
    given = [one for one in _of_plan(result)["devices"] if one["isGiven"]]
    places = zip(other.device_ids, other.device_xy, strict=True)
    made = [_device(name, xy, status, is_given=False) for name, xy in places]
    row = _row(other.n_new, [*given, *made], other.value, other.bound)
    is_proven = row["gap"] is not None and row["gap"] <= PROVEN_GAP
    return row | {"status": "optimal" if is_proven else "feasible", "service": None, "mark": "", "isPlan": False}


def _of_row(comparison: Comparison, row: ComparedPlan) -> dict[str, Any]:
    """Return what only a comparison says of a plan: what it may cost, what it gains."""
    says = " ".join(f"{words[:1].upper()}{words[1:]}." for words in (row.gain, row.remark) if words)
    return {"says": says, "money": row.cost if comparison.axis == "cost" else None}


def _row(n_new: int, devices: list[dict[str, Any]], value: float, bound: float | None) -> dict[str, Any]:
    worth, proven = finite(value), finite(bound)
    gap = None
    if worth is not None and proven is not None:
        gap = 0.0 if worth == proven else abs(worth - proven) / abs(worth) if worth else None
    return {"nNew": n_new, "money": None, "value": worth, "bound": proven, "gap": gap, "says": "", "devices": devices}


def _device(name: str, xy: Sequence[float], status: str, *, is_given: bool) -> dict[str, Any]:
    return {"id": name, "x": float(xy[0]), "y": float(xy[1]), "status": status, "isGiven": is_given}
