"""Check a plan and its proof from the problem alone: no solver, no kernel, only NumPy. `docs/certificates.md` says why it holds.

What a problem means (who serves whom, which rules a plan keeps) is `core`'s. The rooms here: `bound` recomputes a bound from the
multipliers that `tree` reads; `rates` adds what constraints cost; `cells` and `circles` look for the best place of the plane.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

import numpy as np

from placement.bounds.verify.bound import proven_bound
from placement.bounds.verify.tree import SLACK, Refused, numbers
from placement.core.claim import Claim, Verdict
from placement.core.problem import Problem
from placement.core.rules import broken_rules, with_room
from placement.core.service import service
from placement.core.standing import needs_assignment, standing

VALUE_TOLERANCE = 1e-6
"""Relative difference between claimed and recomputed value that is still rounding."""


def verify(problem: Problem, claim: Claim) -> Verdict:
    """Recompute the value of a plan from its devices and its bound from its certificate, and compare with what is claimed.

    Parameters
    ----------
    problem : Problem
        As built from the scenario.
    claim : Claim
        Nothing in it is believed.

    Returns
    -------
    Verdict
        Confirmed when the plan keeps the rules, its value is right to 1e-6 and the bound is no better than the proof, to 1e-9.
    """
    with np.errstate(all="ignore"):
        faults, value = _look_at(problem, claim)
        try:
            bound, proof = _recomputed(problem, claim)
        except Refused as refusal:
            bound, proof, faults = None, "none", [*faults, f"the certificate is refused: {refusal}"]
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            bound, proof, faults = None, "none", [*faults, f"the certificate is refused: it has not the form of one ({error!r})"]
    said = [one for one in (claim.bound, bound) if one is not None]
    if value is not None and proof != "none" and not all(problem.sign * (one - value) <= 10 * SLACK * abs(value) for one in said):
        faults.append("the bound is better than the value of the plan: one of the two is wrong")
    return Verdict(value, bound, proof, tuple(faults))


def _look_at(problem: Problem, claim: Claim) -> tuple[list[str], float | None]:
    """Return what is wrong with a plan, in sentences, and its recomputed value (None when it cannot be computed)."""
    faults, devices = standing(problem, claim)
    if faults:
        return faults, None
    serving, reached = service(problem, devices, claim.assignment if needs_assignment(problem) else None)
    faults = broken_rules(problem, devices, serving, reached)
    if needs_assignment(problem) and claim.assignment is None:
        faults.append("the constraints need to know who is served by which device, and the plan does not say")
    share, weight = getattr(problem.objective, "share", 0.0), problem.demand.weight
    is_within = reached <= with_room(getattr(problem.objective, "radius_m", inf))
    if weight[is_within].sum() < share * weight.sum() * (1 - SLACK) or (share == 1 and not is_within.all()):
        faults.append("less weight than demanded is within the radius")
    shifted = (np.maximum(reached + off, 0.0) for off in (0.0, -claim.rounding_m, claim.rounding_m))
    value, *ends = (problem.objective.value(weight, one, devices.m - problem.fixed.m) for one in shifted)
    if not min(ends) - VALUE_TOLERANCE * abs(value) <= claim.value <= max(ends) + VALUE_TOLERANCE * abs(value):
        faults.append(f"the value of these devices is {value:.12g}, not {claim.value:.12g}")
    return faults, value


def _recomputed(problem: Problem, claim: Claim) -> tuple[float | None, str]:
    """Return the bound that the certificate proves, and what kind of proof it is."""
    if claim.certificate is None:
        # No proof is needed that nothing which is minimised can be negative.
        is_plain = claim.bound is not None and claim.bound <= 0 and problem.sign > 0
        return (0.0, "recomputed") if is_plain else (None, "none" if claim.bound is None else "word")
    if claim.certificate["kind"] == "solver":
        beside = claim.certificate["data"].get("beside")
        return None if beside is None else _proven(problem, beside, [beside["bound"]]), "word"
    return _proven(problem, claim.certificate, [claim.certificate["bound"], claim.bound]), "recomputed"


def _proven(problem: Problem, certificate: Mapping[str, Any], said: list[Any]) -> float:
    strongest = problem.sign * max(problem.sign * float(numbers(bound)) for bound in said if bound is not None)
    bound = proven_bound(problem, certificate["kind"], certificate["data"], strongest)
    if not problem.sign * (strongest - bound) <= SLACK * abs(bound):
        raise Refused(f"it proves no more than {bound:.12g}, not {strongest:.12g}")
    return bound
