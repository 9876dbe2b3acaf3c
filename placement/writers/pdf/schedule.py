"""The device schedule: the sheet from which an installer works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.survey import Spot
from placement.units import count
from placement.writers.pdf.cells import LARGEST_TABLE, Table, make_table, number_column, text_column
from placement.writers.pdf.sentences import is_weighted
from placement.writers.pdf.wording import NOTHING, amount, coordinate, length

if TYPE_CHECKING:
    from placement.core import Result
    from placement.core.survey import Landmark

_STATUS_WORDS = {"candidate": "site"}
_TOUCHING_M = 0.005
_TO_FILL_IN = ""


def device_schedule(result: Result) -> Table:
    """Return the table from which the devices can be installed.

    Within a building it has columns for what the plan cannot know, to be filled in on site: height, mount and, where no fixed
    device is near which a cable could start, the cable.
    """
    rooms = _rooms(result)
    columns = [
        text_column("Device", 1.4),
        text_column("Status", 0.9),
        *_position_columns(result),
        *([text_column("Room", 2.0)] if rooms else []),
        text_column("Measured from", _measure_width(result)),
        *_service_columns(result),
        *_site_columns(result),
    ]
    spots = [_spot(result, j) for j in range(min(result.plan.p, LARGEST_TABLE))]
    rows = [
        [
            result.plan.device_ids[j],
            _STATUS_WORDS.get(result.plan.device_status[j], result.plan.device_status[j]),
            *_position(result, j),
            *([rooms[j]] if rooms else []),
            "\n".join(measured(mark, result.problem.frame.unit) for mark in spots[j].landmarks) or NOTHING,
            *_service(result, j),
            *_on_site(result, j),
        ]
        for j in range(len(spots))
    ]
    n_site = len(_site_columns(result))
    values = [*_service_total(result), *[""] * n_site]
    label = "All " * (result.plan.p > 1) + count(result.plan.p, "device")
    total = {"label": label, "span": len(columns) - len(values), "values": values}
    table = make_table(_caption(result), columns, rows, total=total)
    return {**table, "note": cut_note(result)}


def cut_note(result: Result) -> str:
    """Return where the devices are that a table of devices leaves out; empty when it has all."""
    p = result.plan.p
    return f"The first {LARGEST_TABLE} of {count(p, 'device')}; all of them are in devices.csv." if p > LARGEST_TABLE else ""


def measured(mark: Landmark, unit: str) -> str:
    """Return a landmark as an installer reads it: how far, what, and on which side."""
    what = f"{mark.what}, {mark.direction}" if mark.direction else mark.what
    return f"at {what}" if mark.distance_m < _TOUCHING_M else f"{length(mark.distance_m, unit)}: {what}"


def _caption(result: Result) -> str:
    north = (
        "Sides are compass directions"
        if result.problem.frame.is_geographic
        else "Left, right, above and below are on the plan as drawn"
    )
    means = {"fixed": "fixed devices stand already", "candidate": "a site is one of the candidate sites of the scenario"}
    words = [text for status, text in means.items() if status in result.plan.device_status]
    if _site_columns(result):
        words.append("empty fields are to be filled in on site")
        words += ["cable is the straight way to the nearest fixed device, a hint only"] if result.problem.fixed.m else []
    return f"{'; '.join(['Where each device goes and whom it serves. ' + north, *words])}."


def _position_columns(result: Result) -> list[Table]:
    if result.problem.frame.is_geographic:
        return [number_column("Longitude, latitude [°]", 1.75), number_column("x, y [m]", 1.35)]
    unit = result.problem.frame.unit
    return [number_column(f"x [{unit}]", 1.05), number_column(f"y [{unit}]", 1.05)]


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
    return [_spot(result, j).room or NOTHING for j in range(min(result.plan.p, LARGEST_TABLE))]


def _spot(result: Result, j: int) -> Spot:
    """Return what is known about the place of a device; nothing where it was not measured."""
    spots = result.survey.spots
    return spots[j] if j < len(spots) else Spot()


def _measure_width(result: Result) -> float:
    # Walls have short names, demand points may not, and tracts or stores in a city have the longest.
    if result.problem.frame.is_geographic:
        return 4.4
    return 3.7 if result.problem.domain.plan is None else 2.9


def _service_columns(result: Result) -> list[Table]:
    weight = [number_column("Weight", 1.2)] if is_weighted(result.problem) else []
    return [number_column("Points", 0.95), *weight, *([] if _site_columns(result) else _distance_columns())]


def _distance_columns() -> list[Table]:
    return [number_column("Mean", 1.6), number_column("Worst", 1.7)]


def _service(result: Result, j: int) -> list[str]:
    each, unit = result.score.devices[j], result.problem.frame.unit
    weight = [amount(each.demand_weight)] if is_weighted(result.problem) else []
    far = [] if _site_columns(result) else [length(each.mean_m, unit), length(each.max_m, unit)]
    return [f"{each.demand_points:,}", *weight, *far]


def _service_total(result: Result) -> list[str]:
    score, unit = result.score, result.problem.frame.unit
    # Those that no device can reach are not served, so the total is of the rows, not of the demand.
    weight = [amount(sum(each.demand_weight for each in score.devices))] if is_weighted(result.problem) else []
    far = [] if _site_columns(result) else [length(score.mean_m, unit), length(score.max_m, unit)]
    return [f"{sum(each.demand_points for each in score.devices):,}", *weight, *far]


def _site_columns(result: Result) -> list[Table]:
    """Return what is filled in where the device hangs; a device in a city has no mount."""
    if result.problem.frame.is_geographic:
        return []
    fields = [number_column("Cable", 1.15), text_column("Height", 1.1), text_column("Mount", 1.3)]
    return [{**field, "is_field": True} for field in fields]


def _on_site(result: Result, j: int) -> list[str]:
    if not _site_columns(result):
        return []
    if result.plan.device_status[j] == "fixed":
        return [NOTHING, _TO_FILL_IN, _TO_FILL_IN]
    cable = _spot(result, j).cable_m
    return [_TO_FILL_IN if cable is None else length(cable, result.problem.frame.unit), _TO_FILL_IN, _TO_FILL_IN]
