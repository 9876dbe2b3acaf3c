"""What the report is about, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from placement.phrases import words_of
from placement.writers.pdf.sentences import distance_in_words, is_weighted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result
    from placement.core.plan import DeviceStatus


def scope(result: Result) -> list[str]:
    """Return what was looked at, an entry each."""
    return [*_people(result), *_place(result), *_devices(result)]


def exclusions(result: Result) -> list[str]:
    """Return what the plan leaves open, so that nobody takes it for granted."""
    problem, words = result.problem, words_of(result)
    keys = [] if problem.frame.is_geographic else ["radio", "mounting"]
    if problem.constraints.capacity_max == float("inf"):
        keys.append("load")
    return [words(f"exclude.{key}") for key in (*keys, "change", "permission")]


def _people(result: Result) -> Iterator[str]:
    demand, words = result.problem.demand, words_of(result)
    points = words.counted("noun.point", demand.n)
    if is_weighted(result.problem):
        yield words("scope.demand_weighted", points=points, weight=words.amount(demand.total_weight))
    else:
        yield words("scope.demand", points=points)


def _place(result: Result) -> Iterator[str]:
    problem, words = result.problem, words_of(result)
    if problem.domain.plan is not None:
        yield words("scope.floor", parts=", ".join(_building(result)))
    elif problem.frame.crs is not None:
        yield words("scope.earth", crs=problem.frame.crs)
    else:
        yield words("scope.plane")
    if problem.domain.forbidden is not None and not problem.domain.forbidden.is_empty:
        yield words("scope.zones")


def _building(result: Result) -> Iterator[str]:
    """Yield what is known about the floor."""
    plan, survey, words = result.problem.domain.plan, result.survey, words_of(result)
    whole = next((area.floor_m2 for area in result.score.areas if area.kind == "floor"), None)
    yield words("scope.drawing")
    if survey.width_m is not None:
        yield words("scope.size", width=words.length(survey.width_m), depth=words.length(survey.depth_m))
    if whole is not None:
        yield words("scope.floor_area", area=words.area(whole), unit=f"{words.unit}²")
    if plan is not None and plan.rooms:
        yield words.counted("scope.named_rooms", len(plan.rooms))


def _devices(result: Result) -> Iterator[str]:
    kinds, words = Counter(result.plan.device_status), words_of(result)
    order: tuple[DeviceStatus, ...] = ("new", "candidate", "fixed")
    told = ", ".join(words(f"scope.devices_{kind}", n=words.number(kinds[kind])) for kind in order if kinds[kind])
    yield words("scope.devices_told", devices=told)
    yield words("scope.distance", meaning=distance_in_words(result))
