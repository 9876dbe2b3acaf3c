"""Which plans a proof is about, as a result on disk says it in words, held against the problem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from placement.core.claim import Claim
from placement.core.problem import Problem
from placement.core.rules import has_limited_room

_PLACES = r"of the (?P<m>\d+) candidate sites|on the candidate sites|(of )?devices?( anywhere in the plane)?"
_HEAD = re.compile(rf"any (?P<n>\d+|number|plan) (?P<where>{_PLACES})")
_BESIDE = re.compile(r"beside (?:the )?(?P<n>\d+)\b")


def about_the_scope(scope: str, problem: Problem, claim: Claim) -> Iterator[str]:
    """Yield a sentence for each thing that the words say of the proven plans and that is not so.

    Looked at are the beginning, which says where the devices of these plans stand and how many there are, and whether walls,
    fixed devices and constraints that are spoken of exist. Without a certificate the words say how the search was made, and
    nothing is looked at.

    Parameters
    ----------
    scope : str
        The words of ``result.json``.
    problem : Problem
        Of its scenario.
    claim : Claim
        What the file says besides.

    Examples
    --------
    The heads that are understood:

    >>> heads = ["any 4 of the 16 candidate sites", "any number of the 16 candidate sites", "any 5 devices anywhere in the plane",
    ...          "any number of devices anywhere in the plane", "any plan on the candidate sites that respects the constraints"]
    >>> [bool(_HEAD.match(head)) for head in heads]
    [True, True, True, True, True]
    """
    if claim.certificate is None:
        return
    head = _HEAD.match(scope)
    if head is None:
        yield f"the scope {scope!r} does not begin with the plans that a proof can be about"
        return
    is_on_sites = "sites" in head["where"]
    if is_on_sites is not (problem.candidates is not None):
        told = "candidate sites" if is_on_sites else "devices anywhere"
        yield f"the scope speaks of {told}, and the scenario has {_ground(problem)}"
    elif head["m"] is not None and problem.candidates is not None and int(head["m"]) != problem.candidates.m:
        yield f"the scope speaks of {head['m']} candidate sites, and there are {problem.candidates.m}"
    yield from _about_the_number(head["n"], problem, claim)
    yield from _about_the_rest(scope, problem)


def _ground(problem: Problem) -> str:
    return "none: devices may stand anywhere" if problem.candidates is None else "candidate sites"


def _about_the_number(told: str, problem: Problem, claim: Claim) -> Iterator[str]:
    if told == "plan":
        return
    is_free, placed = problem.objective.kind == "set_cover", sum(status != "fixed" for status in claim.status)
    if is_free is not (told == "number"):
        asked = "as few devices as possible" if is_free else f"{problem.n_new} new devices"
        yield f"the scope speaks of any {told}, and the scenario asks for {asked}"
    elif told != "number" and not placed <= int(told) <= problem.n_new:
        yield f"the scope speaks of any {told}, and {placed} new devices stand of a budget of {problem.n_new}"


def _about_the_rest(scope: str, problem: Problem) -> Iterator[str]:
    beside, fixed = _BESIDE.search(scope), problem.fixed.m
    if beside is not None and int(beside["n"]) != fixed:
        yield f"the scope speaks of {beside['n']} fixed devices, and there are {fixed}"
    for word, is_there in (
        ("fixed", fixed > 0),
        ("walls", problem.domain.free is not None),
        ("constraints", not problem.constraints.is_free or has_limited_room(problem)),
    ):
        if word in scope and not is_there:
            yield f"the scope speaks of {word}, and the scenario has none"
