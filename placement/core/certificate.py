"""Certificate: the numbers from which anybody can recompute a bound without trusting the solver that found it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CERTIFICATE_FILE = "certificate.json"
"""Where a written proof stands: beside ``result.json``."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A bound and its proof; `docs/certificates.md` says what each kind holds and why it proves the bound.

    Parameters
    ----------
    kind : str
        ``"multipliers"`` (sums, sites), ``"planar_multipliers"`` (sums, anywhere), ``"cover"`` (radius and coverage problems)
        or ``"solver"`` (the word of a solver, which cannot be recomputed).
    bound : float
        What the proof yields: a lower bound where the objective is minimised, an upper one where it is maximised.
    data : mapping
        Plain numbers, texts, lists and mappings, ready for JSON. Demand points are positions 0..n-1 in the order of the
        scenario, sites positions 0..m-1 of the candidates.
    """

    kind: str
    bound: float
    data: Mapping[str, Any]
