"""What the planner page starts from: demand, devices, floor, objective and the plans of other budgets, as one JSON document.

Lengths are planning metres with all their digits, so that the page's numbers are ours; long lists of them are base64 of
little-endian float64.
"""

from __future__ import annotations

import base64
import math
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.view import style
from placement.view.bands import choose_bands
from placement.view.extent import map_extent
from placement.writers.planner_html.charts import chart
from placement.writers.planner_html.outlines import area_rings, floor_outlines, free_rings, zone_rings
from placement.writers.planner_html.scenario_parts import given_devices, scenario_parts

if TYPE_CHECKING:
    from placement.core import Problem, Result
    from placement.core.types import FloatArray

SCHEMA = 1
"""Version of the document; the page and it come in one file, so nothing else reads it."""

CSV_COLUMNS = ("id", "x", "y", "lon", "lat", "level", "status", "demand_points", "demand_weight", "mean_m", "max_m")
"""As in ``devices.csv``."""


def planner_document(result: Result) -> dict[str, Any]:
    """Return `result` as plain dicts, lists, texts and finite numbers for the planner page."""
    problem, plan, source = result.problem, result.plan, result.source
    reason = why_not_editable(problem)
    return {
        "schema": SCHEMA,
        "version": result.version,
        "title": source.name,
        "file": source.file,
        "stem": PurePath(source.file).stem,
        "unit": problem.frame.unit,
        "crs": problem.frame.crs,
        "status": plan.status,
        "distance": problem.distance.meaning,
        "editable": not reason,
        "reason": reason,
        "demand": _demand(result),
        "service": _service(result) if reason else None,
        "devices": _devices(result),
        "given": given_devices(result),
        "candidates": _candidates(problem),
        "budgets": _budgets(result),
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


def _demand(result: Result) -> dict[str, Any]:
    demand = result.problem.demand
    counts_alike = bool((demand.weight == 1).all())
    return {
        "n": demand.n,
        "ids": list(demand.ids),
        "x": _floats(demand.xy[:, 0]),
        "y": _floats(demand.xy[:, 1]),
        "weight": None if counts_alike else _floats(demand.weight),
    }


def _service(result: Result) -> dict[str, str]:
    plan = result.plan
    return {"device": _floats(plan.assignment), "distance": _floats(plan.service_distance)}


def _devices(result: Result) -> list[dict[str, Any]]:
    plan, given = result.plan, set(result.problem.fixed.ids)
    return [
        {"id": name, "x": float(x), "y": float(y), "status": status, "isGiven": name in given}
        for name, (x, y), status in zip(plan.device_ids, plan.device_xy, plan.device_status, strict=True)
    ]


def _candidates(problem: Problem) -> dict[str, Any] | None:
    sites = problem.candidates
    if sites is None:
        return None
    prices = None if sites.price is None else sites.price.tolist()
    return {"ids": list(sites.ids), "xy": sites.xy.tolist(), "prices": prices}


def _budgets(result: Result) -> list[dict[str, Any]]:
    """Return the plans that the slider goes through, in rising order: this one, and others whose devices are known.

    Where the page cannot follow devices it could not measure others either, and there is this plan alone.
    """
    plan, n_given = result.plan, result.problem.fixed.m
    rows: list[dict[str, Any]] = [
        {"nNew": plan.p - n_given, "value": _finite(plan.value), "bound": _finite(plan.bound), "isPlan": True, "xy": []}
    ]
    others = () if result.outlook is None or why_not_editable(result.problem) else result.outlook.budgets
    for other in others:
        if other.device_xy and other.n_new != plan.p - n_given:
            places = [[float(x), float(y)] for x, y in other.device_xy]
            value, bound = _finite(other.value), _finite(other.bound)
            rows.append({"nNew": other.n_new, "value": value, "bound": bound, "isPlan": False, "xy": places})
    return sorted(rows, key=lambda row: int(row["nNew"]))


def _objective(result: Result) -> dict[str, Any]:
    objective, plan = result.problem.objective, result.plan
    gap = plan.gap
    return {
        "kind": objective.kind,
        "unit": objective.unit,
        "sense": objective.sense,
        "meaning": objective.meaning,
        "isWeighted": bool(getattr(objective, "is_weighted", False)),
        "radius": getattr(objective, "radius_m", None),
        "gap": None if gap is None else _finite(gap),
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


def _floats(values: FloatArray | np.ndarray[Any, Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode()


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
