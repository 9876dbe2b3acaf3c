"""What the report says in words: summary, how sure it is, method and assumptions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from placement.units import count
from placement.view.quality import proof, reached
from placement.writers.pdf.rules import is_nearest, rules
from placement.writers.pdf.wording import amount, length, percent, sentence, shortened

if TYPE_CHECKING:
    from placement.core import Problem, Result

_SIGNAL = (
    "It is not signal strength: what walls, furniture and interference do to a signal is not modelled. "
    "Check by measurement once the devices are installed."
)
_WAY = "The way that people travel is longer."

_NEAREST = "Every demand point is served by its nearest device, however many that one already serves."
_ONE_DEVICE = "Every demand point is served by one device, which is not its nearest where a rule asks for another."

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
    return result.plan.n_new > 0


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
        where = f"chosen from {count(problem.candidates.n_places, 'candidate site')}"
    beside = f", beside {count(kinds['fixed'], 'device')} already standing" if kinds["fixed"] else ""
    return f"The task was to place {count(placed, 'device')}, {where}{beside}, to serve {served}."


def _outcome(result: Result) -> str:
    score, unit = result.score, result.problem.frame.unit
    average = "weighted average" if is_weighted(result.problem) else "average"
    serving = "nearest" if is_nearest(result) else "serving"
    far = score.worst[0] if score.worst else None
    who = f" ({_named(far.demand)}, served by {_named(far.device)})" if far else ""
    largest = f"and the largest is {length(far.distance_m if far else score.max_m, unit)}{who}."
    text = f"In this plan the {average} distance to the {serving} device is {length(score.mean_m, unit)}, {largest}"
    if score.unreachable:
        lost = f"{count(score.unreachable, 'demand point')} cannot be reached by any device."
        text = f"{lost} Of the others: {text[:1].lower()}{text[1:]}" if far else lost
    if not score.coverage:
        return text
    first = score.coverage[0]
    missed = result.problem.demand.n - first.demand_points
    met = "the requirement is met everywhere" if not missed else f"{count(missed, 'demand point')} {_be(missed)} farther away"
    return f"{text} {percent(first.share)} of the demand is within the required {length(first.radius_m, unit)}; {met}."


def certainty(result: Result) -> str:
    """Return how good the plan is known to be: its proven gap, or that nothing has been proven."""
    plan = result.plan
    if not is_planned(result):
        return "Nothing was searched."
    stopped = _STOPPED.get(plan.status, "")
    if plan.gap is None:
        scope = plan.scope.strip().rstrip(".")
        searched = scope.startswith("best of")
        best_of = f"The plan is the {scope.split(';')[0]}; how far it"
        found = best_of if searched else f"{sentence(scope)} How far the plan".strip()
        return f"{found} can be from the best possible has not been proven. {stopped}".strip()
    return f"{sentence(f'{reached(result)}; {proof(result)}')} {stopped}".strip()


def method(result: Result) -> list[str]:
    """Return the method's paragraphs, after the objective's own."""
    problem, plan = result.problem, result.plan
    if not is_planned(result):
        return ["Nothing was searched: the devices were measured where they stand."]
    paragraphs = [f"{certainty(result)} The seed of the search was {plan.seed}; the same seed gives the same plan."]
    if problem.candidates is not None:
        paragraphs.append(
            f"New devices stand only on the {count(problem.candidates.n_places, 'candidate site')} of the scenario."
        )
    elif problem.domain.free is not None:
        paragraphs.append(
            "Devices are kept in the free space: outside walls, columns, shafts and forbidden zones, and on the floor. "
            "Where the best spot of a group falls outside, the device goes to the best place in the free space, "
            "and the rest of the plan is optimised again around it."
        )
    if "fixed" in plan.device_status:
        paragraphs.append("Fixed devices stay where they are; the new ones are placed around them.")
    kept = rules(result)
    return [*paragraphs, " ".join(kept)] if kept else paragraphs


def assumptions(result: Result) -> list[str]:
    """Return what the figures take for granted."""
    problem = result.problem
    weights = f"Demand points count by their weight, {amount(problem.demand.total_weight)} in total, as given in the scenario."
    texts = [
        f"Distance means {problem.distance.meaning}. {_caveat(problem)}".strip(),
        _NEAREST if is_nearest(result) else _ONE_DEVICE,
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


def _caveat(problem: Problem) -> str:
    if not problem.distance.is_straight:
        return ""
    return _WAY if problem.frame.is_geographic else _SIGNAL


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
        *([f"{count(score.unreachable, 'demand point')} cannot be reached."] if score.unreachable else []),
        f"Largest distance {length(score.max_m, unit)}, mean {length(score.mean_m, unit)}.",
        *(f"{percent(each.share)} of the demand within {length(each.radius_m, unit)}." for each in score.coverage),
        "Positions of the devices are in the device schedule.",
    ]
    return " ".join(parts)


def coverage_caption(result: Result) -> str:
    """Return the caption of the coverage map."""
    if not result.score.coverage:
        return "How far it is to a device."
    radius = length(result.score.coverage[0].radius_m, result.problem.frame.unit)
    if not result.problem.distance.is_straight:
        return f"How far each demand point is from its device; crosses are beyond the required {radius}."
    return f"How far each place is from its nearest device; what is hatched is beyond the required {radius}."


def coverage_alternative(result: Result) -> str:
    """Return what the coverage map shows, with its numbers."""
    unit, score = result.problem.frame.unit, result.score
    shares = [f"{percent(each.share)} of the demand within {length(each.radius_m, unit)}." for each in score.coverage]
    missed = result.problem.demand.n - score.coverage[0].demand_points if score.coverage else 0
    failing = [f"{count(missed, 'demand point')} marked as failing."] if score.coverage else []
    head = f"Map of distances to {count(result.plan.p, 'device')}, mean {length(score.mean_m, unit)}."
    return " ".join([head, *shares, *failing])


def worst_note(result: Result) -> str:
    """Return how many miss the requirement and where all distances are."""
    everybody = "All distances are in assignment.csv."
    if not result.score.coverage:
        return everybody
    radius = length(result.score.coverage[0].radius_m, result.problem.frame.unit)
    missed = result.problem.demand.n - result.score.coverage[0].demand_points
    if not missed:
        return f"Nobody is beyond the required {radius}. {everybody}"
    lost = f", {result.score.unreachable:,} of them without any way to a device" if result.score.unreachable else ""
    return f"{count(missed, 'demand point')} {_be(missed)} beyond the required {radius}{lost}. {everybody}"


def _warned(result: Result) -> str:
    number = len(result.warnings)
    return f"There {_be(number)} {count(number, 'warning')}, listed under “Data notes and warnings”." if number else ""


def _named(name: str) -> str:
    return shortened(name, _NAME_LETTERS)


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
