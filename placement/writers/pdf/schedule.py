"""The device schedule: the sheet from which an installer works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.survey import Spot
from placement.phrases import Words, words_of
from placement.phrases.numbers import NOTHING
from placement.writers.pdf.cells import LARGEST_TABLE, Table, make_table, number_column, text_column
from placement.writers.pdf.sentences import is_weighted

if TYPE_CHECKING:
    from placement.core import Result
    from placement.core.survey import Landmark

_TOUCHING_M = 0.005
_TO_FILL_IN = ""


def device_schedule(result: Result) -> Table:
    """Return the table from which the devices can be installed.

    Within a building it has columns for what the plan cannot know, to be filled in on site: height, mount and, where no fixed
    device is near which a cable could start, the cable.
    """
    rooms, words = _rooms(result), words_of(result)
    columns = [
        text_column(words("column.device"), 1.4),
        text_column(words("column.status"), 0.9),
        *_position_columns(result),
        *([text_column(words("area.room"), 2.0)] if rooms else []),
        text_column(words("schedule.measured"), _measure_width(result)),
        *_service_columns(result),
        *_site_columns(result),
    ]
    spots = [_spot(result, j) for j in range(min(result.plan.p, LARGEST_TABLE))]
    rows = [
        [
            result.plan.device_ids[j],
            words(f"status.{result.plan.device_status[j]}"),
            *_position(result, j),
            *([rooms[j]] if rooms else []),
            "\n".join(measured(mark, words) for mark in spots[j].landmarks) or NOTHING,
            *_service(result, j),
            *_on_site(result, j),
        ]
        for j in range(len(spots))
    ]
    n_site = len(_site_columns(result))
    values = [*_service_total(result), *[""] * n_site]
    total = {"label": words.counted("schedule.all", result.plan.p), "span": len(columns) - len(values), "values": values}
    table = make_table(_caption(result), columns, rows, total=total)
    return {**table, "note": cut_note(result)}


def cut_note(result: Result) -> str:
    """Return where the devices are that a table of devices leaves out; empty when it has all."""
    p, words = result.plan.p, words_of(result)
    if p <= LARGEST_TABLE:
        return ""
    return words("schedule.cut", n=words.number(LARGEST_TABLE), devices=words.counted("noun.device", p))


def measured(mark: Landmark, words: Words) -> str:
    """Return a landmark as an installer reads it: how far, what, and on which side."""
    what = words.texts.get(f"landmark.{mark.what.replace(' ', '_')}", mark.what)
    if mark.direction:
        side = mark.direction.replace(" ", "_")
        what = f"{what}, {words(f'side.{side}')}"
    if mark.distance_m < _TOUCHING_M:
        return words("schedule.at", what=what)
    return words("schedule.far", distance=words.length(mark.distance_m), what=what)


def _caption(result: Result) -> str:
    words = words_of(result)
    said = [words("schedule.caption_earth" if result.problem.frame.is_geographic else "schedule.caption_plan")]
    said += [words(f"schedule.means_{status}") for status in ("fixed", "candidate") if status in result.plan.device_status]
    if _site_columns(result):
        said += [words("schedule.means_empty")]
        said += [words("schedule.means_cable")] if result.problem.fixed.m else []
    return f"{'; '.join(said)}."


def _position_columns(result: Result) -> list[Table]:
    words = words_of(result)
    if result.problem.frame.is_geographic:
        return [number_column(words("schedule.lonlat"), 1.75), number_column("x, y [m]", 1.35)]
    return [number_column(f"x [{words.unit}]", 1.05), number_column(f"y [{words.unit}]", 1.05)]


def _position(result: Result, j: int) -> list[str]:
    frame, xy, words = result.problem.frame, result.plan.device_xy[j], words_of(result)
    lonlat = frame.to_lonlat(xy[None])
    x, y = (words.coordinate(float(value), frame.unit if lonlat is None else "m") for value in xy)
    # Longitude and latitude are typed into maps and receivers, which know the decimal point.
    return [x, y] if lonlat is None else [f"{lonlat[0, 0]:.6f}\n{lonlat[0, 1]:.6f}", f"{x}\n{y}"]


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
    words = words_of(result)
    weight = [number_column(words("column.weight"), 1.2)] if is_weighted(result.problem) else []
    far = [number_column(words("column.mean"), 1.6), number_column(words("column.worst"), 1.7)]
    return [number_column(words("column.points"), 0.95), *weight, *([] if _site_columns(result) else far)]


def _service(result: Result, j: int) -> list[str]:
    each, words = result.score.devices[j], words_of(result)
    weight = [words.amount(each.demand_weight)] if is_weighted(result.problem) else []
    far = [] if _site_columns(result) else [words.length(each.mean_m), words.length(each.max_m)]
    return [words.number(each.demand_points), *weight, *far]


def _service_total(result: Result) -> list[str]:
    score, words = result.score, words_of(result)
    # Those that no device can reach are not served, so the total is of the rows, not of the demand.
    weight = [words.amount(sum(each.demand_weight for each in score.devices))] if is_weighted(result.problem) else []
    far = [] if _site_columns(result) else [words.length(score.mean_m), words.length(score.max_m)]
    return [words.number(sum(each.demand_points for each in score.devices)), *weight, *far]


def _site_columns(result: Result) -> list[Table]:
    """Return what is filled in where the device hangs; a device in a city has no mount."""
    if result.problem.frame.is_geographic:
        return []
    words = words_of(result)
    fields = [number_column(words("schedule.cable"), 1.15), text_column(words("schedule.height"), 1.1)]
    return [{**field, "is_field": True} for field in (*fields, text_column(words("schedule.mount"), 1.3))]


def _on_site(result: Result, j: int) -> list[str]:
    if not _site_columns(result):
        return []
    if result.plan.device_status[j] == "fixed":
        return [NOTHING, _TO_FILL_IN, _TO_FILL_IN]
    cable = _spot(result, j).cable_m
    return [_TO_FILL_IN if cable is None else words_of(result).length(cable), _TO_FILL_IN, _TO_FILL_IN]
