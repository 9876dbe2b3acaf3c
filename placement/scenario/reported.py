"""What a result says besides its value and bound, held against the plan: status, gap, scope, scores and who is served."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

import numpy as np

from placement.core.claim import Claim
from placement.core.problem import PROVEN_GAP, Problem
from placement.core.statistics import weighted_mean
from placement.core.types import FloatArray
from placement.scenario.claimed import Written
from placement.scenario.reported_scope import about_the_scope
from placement.scenario.reported_service import TOLERANCE_M, about_the_service, is_near, service

TOLERANCE = 1e-8
"""How far a share or a gap may be."""
STATUSES = ("optimal", "feasible", "time_limit", "interrupted")


def misreported(written: Written, problem: Problem, claim: Claim) -> tuple[str, ...]:
    """Say in sentences what of a ``result.json`` does not follow from its own plan; nothing when all does.

    Parameters
    ----------
    written : Written
        The file.
    problem : Problem
        Of its scenario.
    claim : Claim
        What the file says of value, bound and devices. They are checked elsewhere; here they are taken as they are.
    """
    try:
        distance = service(problem, claim)
        return (
            *_about_the_bound(written.document, claim),
            *about_the_scope(written.scope, problem, claim),
            *_about_the_scores(written.document, problem, claim, distance[0]),
            *about_the_service(written, problem, claim, distance),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return (f"its status, gap or scores have not the form of a result ({error!r})",)


def _about_the_bound(document: Any, claim: Claim) -> Iterator[str]:
    objective = document["objective"]
    told, proof = objective.get("certificate") or {}, claim.certificate or {}
    if any(told.get(key) != proof.get(key) for key in ("kind", "bound")):
        yield f"the result speaks of a certificate of kind {told.get('kind')} and bound {told.get('bound')}, its file is another"
    gap = None if claim.bound is None else abs(claim.value - claim.bound) / (abs(claim.value) or 1.0)
    stated, status = objective["gap"], document["status"]
    is_known = gap is not None and isfinite(gap)
    if (stated is None) is is_known or (gap is not None and is_known and not abs(stated - gap) <= TOLERANCE * (1 + gap)):
        yield f"the gap between value and bound is {f'{gap:.9g}' if is_known else 'not known'}, not {stated}"
    if proof and claim.bound is None:
        yield "it states no bound, and there is a certificate of one"
    if status not in STATUSES or (status == "optimal" and (gap is None or gap > PROVEN_GAP + TOLERANCE)):
        yield f"the status is {status}, and the bound does not show it"
    if status != "optimal" and gap is not None and gap < PROVEN_GAP - TOLERANCE:
        yield f"the status is {status}, and the bound shows that the plan is optimal"


def _about_the_scores(document: Any, problem: Problem, claim: Claim, distance: FloatArray) -> Iterator[str]:
    score, weight = document["score"], problem.demand.weight
    is_reached = np.isfinite(distance)
    lengths = {"max_m": float(distance.max())} if is_reached.all() else {}
    if is_reached.any():
        lengths["mean_m"] = weighted_mean(distance[is_reached], weight[is_reached])
    for name, length in lengths.items():
        if not is_near(score[name], length, claim.rounding_m):
            yield f"{name} of this plan is {length:.6f}, not {score[name]}"
    if len(score["coverage"]) != len(problem.radii_m):
        yield f"the shares within {len(problem.radii_m)} radii were asked for, not {len(score['coverage'])}"
    for told in score["coverage"] if claim.rounding_m == 0 else ():
        share = float(weight[distance <= told["radius_m"] * (1 + TOLERANCE) + TOLERANCE_M].sum() / weight.sum())
        least = float(weight[distance <= told["radius_m"] * (1 - TOLERANCE) - TOLERANCE_M].sum() / weight.sum())
        if not least - TOLERANCE <= told["share"] <= share + TOLERANCE:
            yield f"the share within {told['radius_m']} m is {share:.6g}, not {told['share']}"
