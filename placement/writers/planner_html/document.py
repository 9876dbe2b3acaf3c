"""What the planner page starts from: demand, devices, floor, objective and the plans of other budgets, as one JSON document.

Lengths are planning metres with all their digits, so that the page's numbers are ours; long lists of them are base64 of
little-endian float64.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.view import style
from placement.view.bands import choose_bands
from placement.view.extent import map_extent
from placement.writers.planner_html.charts import chart
from placement.writers.planner_html.outlines import area_rings, floor_outlines, free_rings, zone_rings
from placement.writers.planner_html.plans import compared_plans, floats, run_plans, start_row, why_not_editable
from placement.writers.planner_html.scenario_parts import given_devices, scenario_parts

if TYPE_CHECKING:
    from placement.core import Problem, Result
    from placement.core.comparison import Comparison

SCHEMA = 1
"""Version of the document; the page and it come in one file, so nothing else reads it."""

CSV_COLUMNS = ("id", "x", "y", "lon", "lat", "level", "status", "demand_points", "demand_weight", "mean_m", "max_m")
"""As in ``devices.csv``."""


def planner_document(result: Result) -> dict[str, Any]:
    """Return `result` as plain dicts, lists, texts and finite numbers for the planner page."""
    return _document(result, result.source.name, run_plans(result))


def compared_document(comparison: Comparison) -> dict[str, Any]:
    """Return the same for a comparison of budgets: the page starts with the recommended one and its slider has all of them."""
    start, advice = comparison.rows[start_row(comparison)].result, comparison.recommended
    why = "" if advice is None else f"Recommended ({advice.rule}): {advice.why}."
    return _document(start, comparison.name, compared_plans(comparison)) | {"axis": comparison.axis, "advice": why}


def _document(result: Result, title: str, plans: list[dict[str, Any]]) -> dict[str, Any]:
    problem, source = result.problem, result.source
    reason = why_not_editable(problem)
    return {
        "schema": SCHEMA,
        "version": result.version,
        "title": title,
        "file": source.file,
        "stem": PurePath(source.file).stem,
        "unit": problem.frame.unit,
        "crs": problem.frame.crs,
        "distance": problem.distance.meaning,
        "editable": not reason,
        "reason": reason,
        "demand": _demand(result),
        "given": given_devices(result),
        "candidates": _candidates(problem),
        "budgets": plans,
        "axis": "devices",
        "advice": "",
        "currency": source.presentation.currency,
        "radii": list(problem.radii_m),
        "objective": _objective(result),
        "bands": {"edges": list(choose_bands(result).edges_m), "isRequired": choose_bands(result).is_required},
        "style": _style(),
        "extent": _extent(result),
        "area": area_rings(result),
        "floor": floor_outlines(problem.domain.plan),
        "free": free_rings(problem.domain),
        "forbidden": zone_rings(problem.domain),
        "charts": _charts(result),
        "scenario": scenario_parts(source.resolved_yaml),
        "csvColumns": list(CSV_COLUMNS),
    }


def _demand(result: Result) -> dict[str, Any]:
    demand = result.problem.demand
    counts_alike = bool((demand.weight == 1).all())
    return {
        "n": demand.n,
        "ids": list(demand.ids),
        "x": floats(demand.xy[:, 0]),
        "y": floats(demand.xy[:, 1]),
        "weight": None if counts_alike else floats(demand.weight),
    }


def _candidates(problem: Problem) -> dict[str, Any] | None:
    sites = problem.candidates
    if sites is None:
        return None
    prices = None if sites.price is None else sites.price.tolist()
    return {"ids": list(sites.ids), "xy": sites.xy.tolist(), "prices": prices}


def _objective(result: Result) -> dict[str, Any]:
    objective = result.problem.objective
    return {
        "kind": objective.kind,
        "unit": objective.unit,
        "sense": objective.sense,
        "meaning": objective.meaning,
        "isWeighted": bool(getattr(objective, "is_weighted", False)),
        "radius": getattr(objective, "radius_m", None),
    }


def _style() -> dict[str, list[str]]:
    looks = [style.device_style(j) for j in range(len(style.DEVICE_COLOURS) * len(style.POINT_SHAPES))]
    return {
        "colours": [one.colour for one in looks],
        "edges": [one.edge for one in looks],
        "shapes": [one.shape for one in looks],
    }


def _extent(result: Result) -> list[float]:
    extent = map_extent(result)
    return [extent.west, extent.south, extent.east, extent.north]


def _charts(result: Result) -> dict[str, Any]:
    """Return the ways from planning metres to the user's coordinates and to longitude and latitude; None where none is needed."""
    frame = result.problem.frame
    if frame.planning_crs is None or frame.crs is None:
        return {"user": None, "lonlat": None}
    from placement.core.frame import Frame

    west, south, east, north = _extent(result)
    wide, high = (east - west) / 2, (north - south) / 2
    box = (west - wide, south - high, east + wide, north + high)
    lonlat = chart(box, lambda xy: np.asarray(frame.to_lonlat(xy)))
    if frame.crs == "EPSG:4326":
        return {"user": lonlat, "lonlat": lonlat}
    back = Frame(frame.unit, frame.planning_crs, frame.crs)
    return {"user": chart(box, back.to_planning), "lonlat": lonlat}
