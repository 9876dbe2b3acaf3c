"""Check a plan and its proof from the problem alone: no solver, no kernel, only NumPy. `docs/certificates.md` says why it holds.

The rooms: `standing` looks at the plan; `sites` and `plane` recompute a bound each; `proof`, `rates` and `discs` help them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from placement.bounds.verify.plane import plane_bound
from placement.bounds.verify.proof import SLACK, Refused, numbers
from placement.bounds.verify.sites import cover_bound, sites_bound
from placement.bounds.verify.standing import look_at
from placement.core.claim import Claim, Verdict
from placement.core.problem import Problem

BOUNDS = {"multipliers": sites_bound, "planar_multipliers": plane_bound, "cover": cover_bound}


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
    sign = 1 if problem.objective.sense == "min" else -1
    with np.errstate(all="ignore"):
        faults, value = look_at(problem, claim)
        try:
            bound, proof = _recomputed(problem, claim, sign)
        except Refused as refusal:
            bound, proof, faults = None, "none", [*faults, f"the certificate is refused: {refusal}"]
        except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
            bound, proof, faults = None, "none", [*faults, f"the certificate is refused: it has not the form of one ({error!r})"]
    said = [one for one in (claim.bound, bound) if one is not None]
    if value is not None and proof != "none" and not all(sign * (one - value) <= 10 * SLACK * abs(value) for one in said):
        faults.append("the bound is better than the value of the plan: one of the two is wrong")
    return Verdict(value, bound, proof, tuple(faults))


def _recomputed(problem: Problem, claim: Claim, sign: int) -> tuple[float | None, str]:
    """Return the bound that the certificate proves, and what kind of proof it is."""
    if claim.certificate is None:
        # No proof is needed that nothing which is minimised can be negative.
        is_plain = claim.bound is not None and claim.bound <= 0 and sign > 0
        return (0.0, "recomputed") if is_plain else (None, "none" if claim.bound is None else "word")
    if claim.certificate["kind"] == "solver":
        beside = claim.certificate["data"].get("beside")
        return None if beside is None else _proven(problem, beside, [beside["bound"]], sign), "word"
    return _proven(problem, claim.certificate, [claim.certificate["bound"], claim.bound], sign), "recomputed"


def _proven(problem: Problem, certificate: Mapping[str, Any], said: list[Any], sign: int) -> float:
    strongest = sign * max(sign * float(numbers(bound)) for bound in said if bound is not None)
    bound = BOUNDS[certificate["kind"]](problem, certificate["data"], strongest)
    if not sign * (strongest - bound) <= SLACK * abs(bound):
        raise Refused(f"it proves no more than {bound:.12g}, not {strongest:.12g}")
    return bound
