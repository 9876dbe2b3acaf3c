"""How sure the plan is, in plain words: the bound, the gap, what they are about, and how anybody can check them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.core.certificate import CERTIFICATE_FILE
from placement.view.quality import percent_of_gap, reached
from placement.writers.pdf.sentences import is_planned
from placement.writers.pdf.wording import sentence

if TYPE_CHECKING:
    from placement.core import Result

_UNPROVEN = (
    "For this plan no bound was computed, so nothing is proven: another plan may be better, by an unknown amount. "
    "What was measured of this plan holds all the same."
)

_KINDS = {
    "multipliers": "prices for the demand points, with which any choice of sites costs at least the bound",
    "planar_multipliers": "prices for the demand points, with which devices anywhere in the plane cost at least the bound",
    "cover": "the cases that any plan falls under, each with the reason why it does no better than the bound",
    "solver": "the word of the solver, which cannot be recomputed from the file alone",
}


def proof_in_words(result: Result) -> list[str]:
    """Return the paragraphs on how good the plan is known to be; empty when nothing was searched."""
    plan = result.plan
    if not is_planned(result):
        return []
    if plan.bound is None:
        return [
            _UNPROVEN,
            _how_to_check(result),
        ]
    return [f"{_bound(result)} {_gap(result)}", _about(result), _how_to_check(result)]


def certificate_facts(result: Result) -> list[list[str]]:
    """Return name and value of what the proof consists of."""
    plan = result.plan
    side = "lower" if result.problem.objective.sense == "min" else "upper"
    gap = "none" if plan.gap is None else "without limit" if math.isinf(plan.gap) else percent_of_gap(plan.gap)
    facts = [
        ["Status", plan.status.replace("_", " ")],
        ["Value", sentence(reached(result))],
        [f"Proven {side} bound", "none" if plan.bound is None else sentence(reached(result, plan.bound))],
        ["Gap", gap],
        ["What the bound is about", sentence(plan.scope) or "nothing was proven"],
    ]
    if plan.certificate is None:
        return [*facts, ["Certificate", "none"]]
    kind = plan.certificate.kind
    return [*facts, ["Certificate", f"{CERTIFICATE_FILE}: {_KINDS.get(kind, kind)}"]]


def _bound(result: Result) -> str:
    plan, objective = result.plan, result.problem.objective
    assert plan.bound is not None  # noqa: S101 - `proof_in_words` asks only then
    better = "below" if objective.sense == "min" else "above"
    return (
        f"A bound is a number that no plan of the kind can get {better}, also those that nobody has looked at. "
        f"The plan: {reached(result)}. The bound: {reached(result, plan.bound)}."
    )


def _gap(result: Result) -> str:
    gap = result.plan.gap
    if gap is None or math.isinf(gap):
        return "No gap can be told."
    if result.plan.status == "optimal":
        return "They agree to one part in a million: the plan is proven to be a best one, and no search can improve it."
    return (
        f"The gap between them, {percent_of_gap(gap)} of the objective, is what a better plan could gain at most. How much "
        "of it can be gained is not known; often it is little."
    )


def _about(result: Result) -> str:
    scope = result.plan.scope.strip().rstrip(".")
    if not scope:
        return "The bound is about every plan with the same number of devices."
    return f"The bound is about {scope}. It says nothing of plans beyond that, nor of any other objective."


def _how_to_check(result: Result) -> str:
    command = "“place verify result.json”, run in the folder of this report and its files,"
    certificate = result.plan.certificate
    if certificate is None:
        return f"{command} measures the devices again and says whether the objective is as told."
    if certificate.kind == "solver":
        return f"{command} measures the devices again. The bound is the word of a solver and cannot be recomputed."
    return (
        f"{command} measures the devices again and recomputes the bound from {CERTIFICATE_FILE}: "
        f"{_KINDS.get(certificate.kind, certificate.kind)}. The check is simple arithmetic and does not trust the search."
    )
