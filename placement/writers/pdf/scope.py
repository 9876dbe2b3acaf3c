"""What the report is about, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from placement.units import METRES_PER_UNIT, count
from placement.writers.pdf.sentences import is_weighted
from placement.writers.pdf.wording import amount, length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result
    from placement.core.plan import DeviceStatus


def scope(result: Result) -> list[str]:
    """Return what was looked at, an entry each."""
    return [*_people(result), *_place(result), *_devices(result)]


def exclusions(result: Result) -> list[str]:
    """Return what the plan leaves open, so that nobody takes it for granted."""
    problem = result.problem
    texts = []
    if not problem.frame.is_geographic:
        texts += [
            "Radio: signal strength, channels, power, and what walls do to a signal.",
            "Mounting: heights, ceilings, brackets, sockets and the way of cables; the schedule leaves room to note them.",
        ]
    if problem.constraints.capacity_max == float("inf"):
        texts.append("Load: no device has a limit to what it serves; the tables say what each one does.")
    texts.append("Change: demand is as in the scenario, at one time; growth and peaks are not in it.")
    texts.append("Permission: whether a device may be put up where the plan has it, beyond the zones that the scenario forbids.")
    return texts


def _people(result: Result) -> Iterator[str]:
    demand = result.problem.demand
    weight = f", total weight {amount(demand.total_weight)}" if is_weighted(result.problem) else ""
    yield f"Demand: {count(demand.n, 'demand point')}{weight}."


def _place(result: Result) -> Iterator[str]:
    problem, unit = result.problem, result.problem.frame.unit
    plan, survey = problem.domain.plan, result.survey
    if plan is not None:
        whole = next((area.floor_m2 for area in result.score.areas if area.kind == "floor"), None)
        parts = ["one floor read from its drawing"]
        if survey.width_m is not None:
            parts.append(f"{length(survey.width_m, unit)} by {length(survey.depth_m, unit)}")
        if whole is not None:
            parts.append(f"{whole / METRES_PER_UNIT[unit] ** 2:,.1f} {unit}² of floor between the walls")
        if plan.rooms:
            parts.append(count(len(plan.rooms), "named room"))
        yield f"Place: {', '.join(parts)}."
    elif problem.frame.crs is not None:
        yield f"Place: coordinates in {problem.frame.crs}."
    else:
        yield "Place: plain coordinates without a floor plan; walls are not known."
    if problem.domain.forbidden is not None and not problem.domain.forbidden.is_empty:
        yield "Zones in which no device may stand, as in the scenario; they are hatched on the maps."


def _devices(result: Result) -> Iterator[str]:
    kinds = Counter(result.plan.device_status)
    words: tuple[tuple[DeviceStatus, str], ...] = (
        ("new", "placed freely"),
        ("candidate", "on candidate sites"),
        ("fixed", "standing already"),
    )
    told = ", ".join(f"{kinds[kind]:,} {word}" for kind, word in words if kinds[kind])
    yield f"Devices: {told}."
    yield f"Distance: {result.problem.distance.meaning}."
