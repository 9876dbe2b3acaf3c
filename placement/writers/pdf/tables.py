"""The report's tables as plain values: columns, rows, totals, and a note where rows were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placement.metrics.landmarks import Landmark, landmarks, room_of
from placement.units import count, format_squared
from placement.writers.pdf.sentences import is_weighted
from placement.writers.pdf.wording import NOTHING, amount, coordinate, length, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placement.core import Result

LARGEST_TABLE = 200
"""Rows of one table at most: every cell is tagged, so long tables cost seconds, and nobody reads them on paper."""

_STATUS_WORDS = {"candidate": "site"}
_TOUCHING_M = 0.005

Table = dict[str, Any]


def device_schedule(result: Result) -> Table:
    """Return the table from which the devices can be installed."""
    columns = [
        _text("Device", 1.5),
        _text("Status", 1.0),
        *_position_columns(result),
    ]
    rooms = _rooms(result)
    columns += [_text("Room", 2.1)] if rooms else []
    columns += [_text("Measured from", _measure_width(result)), *_service_columns(result)]
    marks = landmarks(result.problem, result.plan, limit=LARGEST_TABLE)
    rows = [
        [
            result.plan.device_ids[j],
            _STATUS_WORDS.get(result.plan.device_status[j], result.plan.device_status[j]),
            *_position(result, j),
            *([rooms[j]] if rooms else []),
            "\n".join(_measured(mark, result.problem.frame.unit) for mark in marks[j]) or NOTHING,
            *_service(result, j),
        ]
        for j in range(len(marks))
    ]
    values = _service_total(result)
    total = {
        "label": "All " * (result.plan.p > 1) + count(result.plan.p, "device"),
        "span": len(columns) - len(values),
        "values": values,
    }
    return _table(_schedule_caption(result), columns, rows, total=total, n_devices=result.plan.p)


def _schedule_caption(result: Result) -> str:
    north = (
        "Sides are compass directions"
        if result.problem.frame.is_geographic
        else "Left, right, above and below are on the plan as drawn"
    )
    means = {"fixed": "fixed devices stand already", "candidate": "a site is one of the candidate sites of the scenario"}
    words = [text for status, text in means.items() if status in result.plan.device_status]
    return f"{'; '.join(['Where each device goes and whom it serves. ' + north, *words])}."


def _position_columns(result: Result) -> list[Table]:
    if result.problem.frame.is_geographic:
        return [_number("Longitude, latitude [°]", 1.75), _number("x, y [m]", 1.35)]
    unit = result.problem.frame.unit
    return [_number(f"x [{unit}]", 1.2), _number(f"y [{unit}]", 1.2)]


def _position(result: Result, j: int) -> list[str]:
    frame, xy = result.problem.frame, result.plan.device_xy[j]
    lonlat = frame.to_lonlat(xy[None])
    if lonlat is None:
        return [coordinate(float(xy[0]), frame.unit), coordinate(float(xy[1]), frame.unit)]
    return [f"{lonlat[0, 0]:.6f}\n{lonlat[0, 1]:.6f}", f"{coordinate(float(xy[0]), 'm')}\n{coordinate(float(xy[1]), 'm')}"]


def _rooms(result: Result) -> list[str]:
    """Return the room of each device that the table shows; nothing when no room is named."""
    if result.problem.domain.plan is None or not result.problem.domain.plan.rooms:
        return []
    return [room_of(result.problem, xy) or NOTHING for xy in result.plan.device_xy[:LARGEST_TABLE]]


def _measure_width(result: Result) -> float:
    # Walls have short names, demand points may not, and tracts or stores in a city have the longest.
    if result.problem.frame.is_geographic:
        return 4.7
    return 3.7 if result.problem.domain.plan is None else 3.2


def _measured(mark: Landmark, unit: str) -> str:
    what = f"{mark.what}, {mark.direction}" if mark.direction else mark.what
    return f"at {what}" if mark.distance_m < _TOUCHING_M else f"{length(mark.distance_m, unit)}: {what}"


def _service_columns(result: Result) -> list[Table]:
    weight = [_number("Weight", 1.2)] if is_weighted(result.problem) else []
    return [_number("Points", 1), *weight, _number("Mean", 1.5), _number("Worst", 1.5)]


def _service(result: Result, j: int) -> list[str]:
    each, unit = result.score.devices[j], result.problem.frame.unit
    weight = [amount(each.demand_weight)] if is_weighted(result.problem) else []
    return [f"{each.demand_points:,}", *weight, length(each.mean_m, unit), length(each.max_m, unit)]


def _service_total(result: Result) -> list[str]:
    demand, score, unit = result.problem.demand, result.score, result.problem.frame.unit
    weight = [amount(demand.total_weight)] if is_weighted(result.problem) else []
    return [f"{demand.n:,}", *weight, length(score.mean_m, unit), length(score.max_m, unit)]


def score_table(result: Result) -> Table:
    """Return the scores of the whole plan, each with what it means."""
    score, unit, weighted = result.score, result.problem.frame.unit, is_weighted(result.problem)
    share, verb = ("of the weight", "is") if weighted else ("of the demand points", "are")
    rows = [
        _worst_row(result),
        ["Mean distance", length(score.mean_m, unit), f"The average{', each point counted by its weight' if weighted else ''}."],
        ["Median distance", length(score.median_m, unit), f"Half {share} {verb} at most this far away."],
        ["95th percentile", length(score.p95_m, unit), f"95 % {share} {verb} at most this far away."],
        *(
            [
                f"Within {length(each.radius_m, unit)}",
                percent(each.share),
                f"{each.demand_points:,} of {count(result.problem.demand.n, 'demand point')}"
                + (f", weight {amount(each.weight)} of {amount(result.problem.demand.total_weight)}." if weighted else "."),
            ]
            for each in score.coverage
        ),
        [
            "Sum of squares (WCSS)",
            NOTHING if score.wcss_m2 is None else format_squared(score.wcss_m2, unit),
            "Weight times squared distance, added up. It compares plans for the same demand; it is not a distance.",
        ],
    ]
    return _table("Scores of the plan as a whole.", [_text("Score", 2.2), _number("Value", 1.6), _text("What it means", 5)], rows)


def _worst_row(result: Result) -> list[str]:
    score = result.score
    if score.unreachable:
        lost = count(score.unreachable, "demand point")
        return ["Worst distance", NOTHING, f"{lost} cannot be reached; the figures below are about the others."]
    return ["Worst distance", length(score.max_m, result.problem.frame.unit), "No demand point is farther from its device."]


def device_table(result: Result) -> Table:
    """Return how each device serves its own demand points."""
    unit, weighted = result.problem.frame.unit, is_weighted(result.problem)
    columns = [_text("Device", 2), _number("Points", 1)] + ([_number("Weight", 1)] if weighted else [])
    columns += [_number("Mean", 1.2), _number("Median", 1.2), _number("95th percentile", 1.5), _number("Worst", 1.2)]
    rows = [
        [
            each.id,
            f"{each.demand_points:,}",
            *([amount(each.demand_weight)] if weighted else []),
            *(length(value, unit) for value in (each.mean_m, each.median_m, each.p95_m, each.max_m)),
        ]
        for each in result.score.devices
    ]
    caption = "Distances to the demand points that each device serves."
    return _table(caption, columns, rows, n_devices=len(rows))


def worst_table(result: Result) -> Table:
    """Return the demand points farthest from a device."""
    unit, weighted = result.problem.frame.unit, is_weighted(result.problem)
    columns = [_text("Demand point", 3), _text("Served by", 2), _number("Distance", 1.4)] + (
        [_number("Weight", 1)] if weighted else []
    )
    rows = [
        [each.demand, each.device, length(each.distance_m, unit), *([amount(each.weight)] if weighted else [])]
        for each in result.score.worst
    ]
    number = f"{len(rows)} demand points" if len(rows) > 1 else "demand point"
    return _table(f"The {number} farthest from a device.", columns, rows)


def _text(title: str, width: float) -> Table:
    return {"title": title, "width": width, "is_number": False}


def _number(title: str, width: float) -> Table:
    return {"title": title, "width": width, "is_number": True}


def _table(
    caption: str, columns: list[Table], rows: Sequence[list[str]], *, total: Table | None = None, n_devices: int = 0
) -> Table:
    is_cut = n_devices > LARGEST_TABLE
    note = f"The first {LARGEST_TABLE} of {count(n_devices, 'device')}; all of them are in devices.csv." if is_cut else ""
    return {"caption": caption, "columns": columns, "rows": list(rows[:LARGEST_TABLE]), "total": total, "note": note}
