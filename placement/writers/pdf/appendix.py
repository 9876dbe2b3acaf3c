"""The appendices: every setting of the run, and what the words mean."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from placement.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result

LONGEST_LISTING = 136
"""Lines of settings that are printed; the file has all."""

LINE_LETTERS = 62
"""Letters in a line of settings; longer ones go on in the next, set in."""


def settings(result: Result) -> dict[str, Any]:
    """Return the lines of the resolved scenario in two columns, and a note when some are left out."""
    lines = [part for line in result.source.resolved_yaml.rstrip("\n").split("\n") for part in _folded(line)]
    left = len(lines) - LONGEST_LISTING
    note = words_of(result).counted("settings.left", left) if left > 0 else ""
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
    words = words_of(result)
    section = words("Scope and assumptions")
    entries = [[words(f"glossary.{key}"), words(f"glossary.{key}_means", section=section)] for key in _used(result)]
    return sorted(entries, key=lambda entry: entry[0].lower())


def _used(result: Result) -> Iterator[str]:
    """Yield the words of which the report makes use."""
    yield from ("point", "device", "distance", "mean", "objective", "seed", "weight")
    if result.plan.bound is not None:
        yield from ("bound", "gap", "certificate")
    if "fixed" in result.plan.device_status:
        yield "fixed"
    if "candidate" in result.plan.device_status or result.problem.candidates is not None:
        yield "candidate"
    if result.score.coverage:
        yield from ("requirement", "demand_share")
    if any(area.covered_floor_share is not None for area in result.score.areas):
        yield "floor_share"
