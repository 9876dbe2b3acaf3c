"""What the report says of rooms: who and how much floor is within the requirement in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.units import METRES_PER_UNIT, count
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.sentences import is_weighted
from placement.writers.pdf.tables import share_or_nothing
from placement.writers.pdf.wording import NOTHING, amount, length, length_in_title, sentence

if TYPE_CHECKING:
    from placement.core import Result
    from placement.core.score import AreaScore

_MOST_NAMED = 6
_NAMES = {"rest": "Outside these rooms", "floor": "Whole floor"}


def area_table(result: Result) -> Table | None:
    """Return how each room is served; None without named rooms, where the table of devices says it."""
    areas = [area for area in result.score.areas if area.kind != "device"]
    if not any(area.kind == "room" for area in areas):
        return None
    unit, weighted, is_required = result.problem.frame.unit, is_weighted(result.problem), bool(result.score.coverage)
    columns = [text_column("Room", 3.2), number_column("Points", 1)] + ([number_column("Weight", 1.1)] if weighted else [])
    columns += [number_column("Mean", 1.2), number_column("Worst", 1.2), number_column(f"Floor [{_area_unit(unit)}]", 1.2)]
    if is_required:
        radius = length_in_title(result.score.coverage[0].radius_m, unit)
        columns += [number_column(f"Demand within {radius}", 1.5), number_column(f"Floor within {radius}", 1.5)]
        columns += [text_column("Requirement", 1.7)]
    rows = [_row(area, unit, weighted=weighted, is_required=is_required) for area in areas]
    marked = [k for k, area in enumerate(areas) if area.is_met is False]
    caption = "How each room is served. " + ("A room passes when everybody in it is within the required radius." * is_required)
    return make_table(caption.strip(), columns, rows, cut_note="The others are in result.json.", marked=marked)


def _row(area: AreaScore, unit: str, *, weighted: bool, is_required: bool) -> list[str]:
    floor = NOTHING if area.floor_m2 is None else f"{area.floor_m2 / METRES_PER_UNIT[unit] ** 2:,.1f}"
    return [
        area.name or _NAMES[area.kind],
        f"{area.demand_points:,}",
        *([amount(area.demand_weight)] if weighted else []),
        length(area.mean_m, unit),
        length(area.max_m, unit),
        floor,
        *([share_or_nothing(area.covered_share), share_or_nothing(area.covered_floor_share), verdict(area)] * is_required),
    ]


def verdict(area: AreaScore) -> str:
    """Return whether an area passes, in a word or two."""
    return {True: "met", False: "not met", None: "no demand"}[area.is_met]


def area_sentences(result: Result) -> list[str]:
    """Return which rooms, or which devices' people, miss the requirement; empty without a requirement."""
    kind = "room" if any(area.kind == "room" for area in result.score.areas) else "device"
    judged = [area for area in result.score.areas if area.kind == kind and area.is_met is not None]
    if not judged:
        return []
    failing = sorted((area for area in judged if not area.is_met), key=lambda area: (area.covered_share or 0.0, area.name))
    if not failing:
        where = f"each of {count(len(judged), 'room')} with demand" if kind == "room" else "each device's area"
        lost = count(result.score.unreachable, "demand point")
        reached = f" {sentence(f'Not among them: {lost} that no device can reach')}" if result.score.unreachable else ""
        return [f"In {where} everybody is within the requirement.{reached if kind == 'device' else ''}"]
    named = ", ".join(f"{area.name} ({area.covered_points:,} of {area.demand_points:,} within)" for area in failing[:_MOST_NAMED])
    more = f" and {len(failing) - _MOST_NAMED:,} more" if len(failing) > _MOST_NAMED else ""
    if kind == "device":
        return [f"Of {count(len(judged), 'device')}, {len(failing):,} serve somebody beyond the requirement: {named}{more}."]
    verb = "misses the requirement" if len(failing) == 1 else "miss the requirement, the worst first"
    return [f"{len(failing):,} of {count(len(judged), 'room')} with demand {verb}: {named}{more}."]


def floor_sentence(result: Result) -> str:
    """Return which share of the whole floor is within the requirement; empty when that is not known."""
    whole = next((area for area in result.score.areas if area.kind == "floor"), None)
    if whole is None or whole.covered_floor_share is None or whole.floor_m2 is None:
        return ""
    unit = result.problem.frame.unit
    area = f"{whole.floor_m2 / METRES_PER_UNIT[unit] ** 2:,.1f} {_area_unit(unit)}"
    radius = length(result.score.coverage[0].radius_m, unit)
    return f"Of the floor ({area}) {share_or_nothing(whole.covered_floor_share)} is within {radius} of a device."


def _area_unit(unit: str) -> str:
    return f"{unit}²"
