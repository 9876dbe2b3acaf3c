"""Claim: what somebody says about a plan; Verdict: what came of checking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from placement.core.plan import Plan
from placement.core.sites import Sites
from placement.core.types import IntArray


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
        devices, serving = Sites(plan.device_ids, plan.device_xy), np.where(plan.is_reached, plan.assignment, -1)
        return cls(devices, plan.device_status, plan.value, plan.bound, certificate, serving)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check: `faults` are sentences, none when all is confirmed.

    `value` and `bound` are recomputed; a planar bound only as far as needed to confirm what is claimed. `proof` is
    "recomputed", "word" (a solver's; what could be recomputed beside it is `bound`) or "none".
    """

    value: float | None
    bound: float | None
    proof: str
    faults: tuple[str, ...] = field(default=())

    @property
    def is_confirmed(self) -> bool:
        """Whether everything that was claimed holds."""
        return not self.faults
