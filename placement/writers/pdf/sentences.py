"""What the report says in words: summary, how sure it is, method and assumptions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from placement.units import count, format_value
from placement.writers.pdf.wording import amount, length, percent, sentence, shortened

if TYPE_CHECKING:
    from placement.core import Problem, Result

_K_MEANS = (
    "The k-means objective: the sum of weight times squared distance to the serving device, as small as it can be made. "
    "Squaring makes one long distance count more than several short ones, so far-off demand points pull devices to them."
)
_K_MEANS_FORMULA = (
    "In words: for every demand point i, take its weight w times the squared distance from its place x "
    "to the place c of its device a(i), and add them all up; make the sum as small as can be."
)
_OBJECTIVES = {"k_means": (_K_MEANS, _K_MEANS_FORMULA)}

_SIGNAL = (
    "It is not signal strength: what walls, furniture and interference do to a signal is not modelled. "
    "Check by measurement once the devices are installed."
)
_WAY = "The way that people travel is longer."

_NAME_LETTERS = 40

_STOPPED = {
    "time_limit": "The search was stopped by its time limit; this is the best plan it had found.",
    "interrupted": "The search was interrupted; this is the best plan it had found.",
}


def is_weighted(problem: Problem) -> bool:
    """Tell whether some demand point counts more than another."""
    weight = problem.demand.weight
    return bool(np.any(weight != weight[0]))


def is_planned(result: Result) -> bool:
    """Tell whether a device was placed, or all of them stand already and were only scored."""
    return any(status != "fixed" for status in result.plan.device_status)


def summary(result: Result) -> list[str]:
    """Return the summary's paragraphs: the task and the result; how sure it is."""
    return [f"{_task(result)} {_outcome(result)}", f"{certainty(result)} {_warned(result)}".strip()]


def _task(result: Result) -> str:
    problem, plan = result.problem, result.plan
    served = count(problem.demand.n, "demand point")
    if is_weighted(problem):
        served += f" with a total weight of {amount(problem.demand.total_weight)}"
    kinds = Counter(plan.device_status)
    placed = kinds["new"] + kinds["candidate"]
    if not placed:
        stand = "it already stands" if plan.p == 1 else "they already stand"
        return f"{count(plan.p, 'device')} {_be(plan.p)} to serve {served} from where {stand}."
    where = "anywhere" if problem.domain.free is None else "anywhere in the free space of the floor plan"
    if problem.candidates is not None:
        where = f"chosen from {count(problem.candidates.m, 'candidate site')}"
    beside = f", beside {count(kinds['fixed'], 'device')} already standing" if kinds["fixed"] else ""
    return f"The task was to place {count(placed, 'device')}, {where}{beside}, to serve {served}."


def _outcome(result: Result) -> str:
    score, unit = result.score, result.problem.frame.unit
    average = "weighted average" if is_weighted(result.problem) else "average"
    far = score.worst[0] if score.worst else None
    who = f" ({_named(far.demand)}, served by {_named(far.device)})" if far else ""
    text = (
        f"In this plan the {average} distance to the nearest device is {length(score.mean_m, unit)}, "
        f"and the largest is {length(score.max_m, unit)}{who}."
    )
    if not score.coverage:
        return text
    first = score.coverage[0]
    missed = result.problem.demand.n - first.demand_points
    met = "the requirement is met everywhere" if not missed else f"{count(missed, 'demand point')} {_be(missed)} farther away"
    return f"{text} {percent(first.share)} of the demand is within the required {length(first.radius_m, unit)}; {met}."


def certainty(result: Result) -> str:
    """Return how good the plan is known to be: its proven gap, or that nothing has been proven."""
    plan, unit = result.plan, result.problem.frame.unit
    if not is_planned(result):
        return "Nothing was searched."
    stopped = _STOPPED.get(plan.status, "")
    if plan.gap is None:
        scope = plan.scope.strip().rstrip(".")
        searched = scope.startswith("best of")
        best_of = f"The plan is the {scope.split(';')[0]}; how far it"
        found = best_of if searched else f"{sentence(scope)} How far the plan".strip()
        return f"{found} can be from the best possible has not been proven. {stopped}".strip()
    about = f" ({plan.scope.strip().rstrip('.')})" if plan.scope.strip() else ""
    if plan.status == "optimal":
        return f"The plan is proven to be the best possible{about}."
    reached, bound = (format_value(number or 0.0, plan.unit, unit) for number in (plan.value, plan.bound))
    better = f"No plan{about} can make the objective more than {percent(min(plan.gap, 1.0))} smaller"
    return f"{better}: it is {reached}, and it cannot be below {bound}. {stopped}".strip()


def method(result: Result) -> list[str]:
    """Return the method's paragraphs, after the objective's own."""
    problem, plan = result.problem, result.plan
    if not is_planned(result):
        return ["Nothing was searched: the devices were measured where they stand."]
    paragraphs = [f"{certainty(result)} The seed of the search was {plan.seed}; the same seed gives the same plan."]
    if problem.candidates is not None:
        paragraphs.append(f"New devices stand only on the {count(problem.candidates.m, 'candidate site')} of the scenario.")
    elif problem.domain.free is not None:
        paragraphs.append(
            "Devices are kept in the free space: outside walls, columns, shafts and forbidden zones, and on the floor. "
            "Where the best spot of a group falls outside, the device goes to the best place in the free space, "
            "and the rest of the plan is optimised again around it."
        )
    if "fixed" in plan.device_status:
        paragraphs.append("Fixed devices stay where they are; the new ones are placed around them.")
    return paragraphs


def objective(result: Result) -> tuple[str, str]:
    """Return what is minimised, in a paragraph, and the formula in words (empty when the template has no formula)."""
    kind = result.problem.objective.kind
    return _OBJECTIVES.get(kind, (f"The objective is {kind}.", ""))


def assumptions(result: Result) -> list[str]:
    """Return what the figures take for granted."""
    problem = result.problem
    weights = f"Demand points count by their weight, {amount(problem.demand.total_weight)} in total, as given in the scenario."
    texts = [
        f"Distance means {problem.distance.meaning}. {_WAY if problem.frame.is_geographic else _SIGNAL}",
        "Every demand point is served by its nearest device, however many that one already serves.",
        weights if is_weighted(problem) else "Every demand point counts the same.",
    ]
    if not problem.frame.is_geographic:
        texts.append("Positions are horizontal; mounting height is not planned.")
    if problem.domain.plan is not None:
        texts.append("The drawing is true to scale. Check one long known distance on site before drilling.")
    if problem.frame.planning_crs is not None:
        texts.append(
            f"Coordinates were taken from {problem.frame.crs} into a local metric system ({problem.frame.planning_crs}); "
            "degrees are never used as distances."
        )
    return texts


def map_caption(result: Result) -> str:
    """Return the caption of the map."""
    whom = "the demand points that each one serves" if result.plan.p > 1 else "the demand points that it serves"
    far = f" The farthest demand point is {_named(result.score.worst[0].demand)}." if result.score.worst else ""
    return f"{count(result.plan.p, 'device')} and {whom}.{far}"


def map_alternative(result: Result) -> str:
    """Return what the map shows, for readers who cannot see it, with its numbers."""
    score, unit = result.score, result.problem.frame.unit
    parts = [
        f"Map of {result.source.name}: {count(result.plan.p, 'device')} for {count(result.problem.demand.n, 'demand point')}.",
        f"Largest distance {length(score.max_m, unit)}, mean {length(score.mean_m, unit)}.",
        *(f"{percent(each.share)} of the demand within {length(each.radius_m, unit)}." for each in score.coverage),
        "Positions of the devices are in the device schedule.",
    ]
    return " ".join(parts)


def _warned(result: Result) -> str:
    number = len(result.warnings)
    return f"There {_be(number)} {count(number, 'warning')}, listed under “Data notes and warnings”." if number else ""


def _named(name: str) -> str:
    return shortened(name, _NAME_LETTERS)


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
