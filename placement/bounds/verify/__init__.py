"""Check a plan and its proof from the problem alone: no solver, no kernel, only NumPy. `docs/certificates.md` says why it holds.

The rooms: `proof` reads trees of numbers, `standing` looks at the plan, `sums`, `plane` and `cover` recompute a bound each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np

from placement.bounds.verify.cover import cover_bound
from placement.bounds.verify.plane import plane_bound
from placement.bounds.verify.proof import SLACK, Refused, mapping, number
from placement.bounds.verify.standing import look_at
from placement.bounds.verify.sums import sites_bound
from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import IntArray

BOUNDS = {"multipliers": sites_bound, "planar_multipliers": plane_bound, "cover": cover_bound}


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What somebody says about a problem.

    Parameters
    ----------
    devices : Sites
        The p devices [m], fixed ones first.
    status : tuple of str
        "new", "fixed" or "candidate" for each.
    value, bound : float, float or None
        The objective of the plan, and what is said to be proven.
    certificate : mapping or None
        ``{"kind": ..., "bound": ..., "data": {...}}``, as written by anybody.
    assignment : ndarray of shape (n,) or None
        Device 0..p-1 of each demand point, -1 for none; only capacities and pairs need it.
    rounding_m : float
        How far from the truth each coordinate of a new device may be [m].
    """

    devices: Sites
    status: tuple[str, ...]
    value: float
    bound: float | None = None
    certificate: Mapping[str, Any] | None = None
    assignment: IntArray | None = None
    rounding_m: float = 0.0

    @classmethod
    def of(cls, plan: Plan) -> Claim:
        """Return what a plan in memory says."""
        proof = plan.certificate
        certificate = None if proof is None else {"kind": proof.kind, "bound": proof.bound, "data": proof.data}
        devices = Sites(plan.device_ids, plan.device_xy)
        return cls(devices, plan.device_status, plan.value, plan.bound, certificate, plan.assignment)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check: `faults` are sentences, none when all is confirmed.

    `value` and `bound` are recomputed; a planar bound only as far as needed to confirm what is claimed. `proof` is
    "recomputed", "word" (a solver's, nothing to recompute) or "none".
    """

    value: float | None
    bound: float | None
    proof: str
    faults: tuple[str, ...] = field(default=())

    @property
    def is_confirmed(self) -> bool:
        """Whether everything that was claimed holds."""
        return not self.faults


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
        faults, value = look_at(problem, claim)
        try:
            bound, proof = _recomputed(problem, claim)
            faults += _compared(problem, claim, value, bound)
        except Refused as refusal:
            bound, proof, faults = None, "none", [*faults, f"the certificate is refused: {refusal}"]
    return Verdict(value, bound, proof, tuple(faults))


def _recomputed(problem: Problem, claim: Claim) -> tuple[float | None, str]:
    if claim.certificate is None:
        if claim.bound is not None and claim.bound <= 0 and problem.objective.sense == "min":
            return 0.0, "recomputed"  # no proof is needed: nothing that is minimised can be negative
        return None, "none" if claim.bound is None else "word"
    certificate = mapping(claim.certificate, ("kind", "bound", "data"), "a certificate")
    kind = certificate["kind"]
    claimed = [number(bound, "the bound") for bound in (certificate["bound"], claim.bound) if bound is not None]
    if kind == "solver":
        return None, "word"
    if not isinstance(kind, str) or kind not in BOUNDS:
        raise Refused(f"there are the kinds solver, {', '.join(BOUNDS)}")
    if not claimed:
        raise Refused("it states no bound")
    strongest = (max if problem.objective.sense == "min" else min)(claimed)
    bound = BOUNDS[kind](problem, certificate["data"], strongest)
    sign = 1 if problem.objective.sense == "min" else -1
    if sign * (strongest - bound) > SLACK * abs(bound):
        raise Refused(f"it proves no more than {bound:.12g}, not {strongest:.12g}")
    return bound, "recomputed"


def _compared(problem: Problem, claim: Claim, value: float | None, bound: float | None) -> list[str]:
    sign = 1 if problem.objective.sense == "min" else -1
    bounds = [one for one in (claim.bound, bound) if one is not None]
    if value is None or all(sign * (one - value) <= 10 * SLACK * abs(value) for one in bounds if abs(one) < inf):
        return []
    return ["the bound is better than the value of the plan: one of the two is wrong"]
