"""comparison.json and comparison.csv: the rows for scripts and spreadsheets. No clock, no path; never NaN or Infinity."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

from placement.writers.comparison.beside import beside_values

if TYPE_CHECKING:
    from placement.core.comparison import ComparedPlan, Comparison

SCHEMA = 1
COLUMNS = (
    "label",
    "p",
    "n_new",
    "objective",
    "value",
    "unit",
    "bound",
    "gap",
    "status",
    "max_m",
    "mean_m",
    "p95_m",
    "best_max_m",
    "best_mean_m",
    "coverage",
    "covered_points",
    "wcss_m2",
    "silhouette",
    "cost",
    "gain",
    "remark",
)


def json_text(comparison: Comparison) -> str:
    """Return ``comparison.json``: rows, which one is advised by which rule, and what lies beside it when somebody asked."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "name": comparison.name,
        "axis": comparison.axis,
        "rows": [row_values(row) for row in comparison.rows],
        "recommended": None,
        "notes": list(comparison.notes),
    }
    advice = comparison.recommended
    if advice is not None:
        chosen = row_values(comparison.rows[advice.row])
        document["recommended"] = {
            "p": chosen["p"],
            "n_new": chosen["n_new"],
            "label": chosen["label"],
            "rule": advice.rule,
            "why": advice.why,
        }
    document |= {key: _tidied(value) for key, value in beside_values(comparison).items()}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def csv_text(comparison: Comparison) -> str:
    """Return ``comparison.csv``: a line for each row, empty where nothing is known."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in comparison.rows:
        values = row_values(row)
        table.writerow(["" if values[name] is None else values[name] for name in COLUMNS])
    return stream.getvalue()


def row_values(row: ComparedPlan) -> dict[str, Any]:
    """Return one row as plain values by the names of `COLUMNS`."""
    result, plan, score = row.result, row.result.plan, row.result.score
    first = score.coverage[0] if score.coverage else None
    values: dict[str, Any] = {
        "label": row.label,
        "p": plan.p,
        "n_new": plan.n_new,
        "objective": result.problem.objective.kind,
        "value": plan.value,
        "unit": plan.unit,
        "bound": plan.bound,
        "gap": plan.gap,
        "status": plan.status,
        **{name: getattr(score, name) for name in ("max_m", "mean_m", "p95_m")},
        "best_max_m": row.best_max_m,
        "best_mean_m": row.best_mean_m,
        "coverage": None if first is None else first.share,
        "covered_points": None if first is None else first.demand_points,
        "wcss_m2": score.wcss_m2,
        "silhouette": row.silhouette,
        "cost": row.cost,
        "gain": row.gain,
        "remark": row.remark,
    }
    return {name: _tidy(value) for name, value in values.items()}


def _tidy(value: Any) -> Any:
    """Return a number with twelve figures, and none for what is no number."""
    if not isinstance(value, float):
        return value
    return float(f"{value:.12g}") + 0.0 if math.isfinite(value) else None


def _tidied(value: Any) -> Any:
    """Return nested values with every number tidy."""
    if isinstance(value, dict):
        return {key: _tidied(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_tidied(part) for part in value]
    return _tidy(value)
