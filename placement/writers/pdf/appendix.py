"""The appendices: every setting of the run, and what the words mean."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from placement.units import count

if TYPE_CHECKING:
    from placement.core import Result

LONGEST_LISTING = 136
"""Lines of settings that are printed; the file has all."""

LINE_LETTERS = 62
"""Letters in a line of settings; longer ones go on in the next, set in."""


def settings(result: Result) -> dict[str, Any]:
    """Return the lines of the resolved scenario in two columns, and a note when some are left out."""
    lines = [part for line in result.source.resolved_yaml.rstrip("\n").split("\n") for part in _folded(line)]
    left = len(lines) - LONGEST_LISTING
    note = f"{count(left, 'more line')}; scenario.resolved.yaml has all." if left > 0 else ""
    shown = lines[:LONGEST_LISTING]
    half = -(-len(shown) // 2)
    return {"columns": [column for column in (shown[:half], shown[half:]) if column], "note": note}


def _folded(line: str) -> list[str]:
    if len(line) <= LINE_LETTERS:
        return [line]
    deeper = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.wrap(
        line, LINE_LETTERS, subsequent_indent=deeper, break_long_words=True, break_on_hyphens=False, drop_whitespace=False
    )


def glossary(result: Result) -> list[list[str]]:
    """Return the words that this report uses and what they mean, in the order of the alphabet."""
    words = {**_ALWAYS, **({} if result.plan.bound is None else _PROVEN)}
    words |= {word: text for word, text in _FIXED_OR_SITE.items() if word.split()[0].lower() in _statuses(result)}
    words |= _REQUIRED if result.score.coverage else {}
    words |= _FLOOR if any(area.covered_floor_share is not None for area in result.score.areas) else {}
    return [[word, words[word]] for word in sorted(words, key=str.lower)]


def _statuses(result: Result) -> set[str]:
    candidate = {"candidate"} if result.problem.candidates is not None else set()
    return {*result.plan.device_status, *candidate}


_ALWAYS = {
    "Demand point": "A place where somebody is to be served: a desk, a household, a census tract.",
    "Device": "What is placed: an access point, a clinic, a depot.",
    "Distance to the device": "From a demand point to the device that serves it, measured as “Scope and assumptions” says.",
    "Mean, median, 95th percentile": "Of the distances: the average, the middle one, and that which 95 of 100 do not exceed.",
    "Objective": "The one number by which plans are compared; the search makes it as good as it can.",
    "Seed": "Starts the random choices of the search; the same seed gives the same plan.",
    "Weight": "How much a demand point counts, such as the number of people there; 1 where the scenario says nothing.",
}
_PROVEN = {
    "Bound": "A number that the objective of no plan can pass, proven.",
    "Gap": "Distance between objective and bound as a share of the objective: what could be gained at most.",
    "Certificate": "The numbers from which the bound can be computed again by anybody.",
}
_FIXED_OR_SITE = {
    "Fixed device": "A device that stands already and stays.",
    "Candidate site": "A given place; new devices stand only on such places.",
}
_REQUIRED = {
    "Requirement": "The first coverage radius of the scenario: nobody should be farther from a device.",
    "Share of demand": "How much of the weight lies within the requirement.",
}
_FLOOR = {"Share of floor": "How much of the floor, walls taken away, lies within the requirement, in a straight line."}
