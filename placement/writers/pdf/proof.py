"""How sure the plan is, in plain words: the bound, the gap, what they are about, and how anybody can check them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.core.certificate import CERTIFICATE_FILE
from placement.phrases import Words, words_of
from placement.view.quality import percent_of_gap, reached, spoken_scope
from placement.writers.pdf.sentences import is_planned
from placement.writers.pdf.wording import sentence

if TYPE_CHECKING:
    from placement.core import Result


def proof_in_words(result: Result) -> list[str]:
    """Return the paragraphs on how good the plan is known to be; empty when nothing was searched."""
    plan = result.plan
    if not is_planned(result):
        return []
    if plan.bound is None:
        return [words_of(result)("proof.unproven"), _how_to_check(result)]
    return [f"{_bound(result)} {_gap(result)}", _about(result), _how_to_check(result)]


def certificate_facts(result: Result) -> list[list[str]]:
    """Return name and value of what the proof consists of."""
    plan, words = result.plan, words_of(result)
    side = "lower" if result.problem.objective.sense == "min" else "upper"
    facts = [
        [words("fact.status"), words(f"ended.{plan.status}")],
        [words("fact.value"), sentence(reached(result, None, words))],
        [words(f"fact.bound_{side}"), words("fact.none") if plan.bound is None else sentence(reached(result, plan.bound, words))],
        [words("fact.gap"), _gap_in_short(plan.gap, words)],
        [words("fact.scope"), sentence(spoken_scope(words, plan.scope)) or words("fact.nothing_proven")],
    ]
    if plan.certificate is None:
        return [*facts, [words("fact.certificate"), words("fact.none")]]
    return [*facts, [words("fact.certificate"), f"{CERTIFICATE_FILE}: {_kind_in_words(plan.certificate.kind, words)}"]]


def _gap_in_short(gap: float | None, words: Words) -> str:
    if gap is None:
        return words("fact.none")
    return words("fact.no_limit") if math.isinf(gap) else words.local(percent_of_gap(gap))


def _kind_in_words(kind: str, words: Words) -> str:
    return words.texts.get(f"proof.{kind}", kind)


def _bound(result: Result) -> str:
    plan, objective, words = result.plan, result.problem.objective, words_of(result)
    assert plan.bound is not None  # noqa: S101 - `proof_in_words` asks only then
    key = "proof.bound_below" if objective.sense == "min" else "proof.bound_above"
    return words(key, plan=reached(result, None, words), bound=reached(result, plan.bound, words))


def _gap(result: Result) -> str:
    gap, words = result.plan.gap, words_of(result)
    if gap is None or math.isinf(gap):
        return words("proof.no_gap")
    if result.plan.status == "optimal":
        return words("proof.best")
    return words("proof.gap", gap=words.local(percent_of_gap(gap)))


def _about(result: Result) -> str:
    scope, words = result.plan.scope.strip().rstrip("."), words_of(result)
    return words("proof.about", scope=spoken_scope(words, scope)) if scope else words("proof.about_every_plan")


def _how_to_check(result: Result) -> str:
    command, certificate, words = "place verify result.json", result.plan.certificate, words_of(result)
    if certificate is None:
        return words("proof.check", command=command)
    if certificate.kind == "solver":
        beside = certificate.data.get("beside")
        if beside is None:
            return words("proof.check_word", command=command)
        return words("proof.check_beside", command=command, bound=reached(result, beside["bound"], words))
    kind = _kind_in_words(certificate.kind, words)
    return words("proof.check_certificate", command=command, file=CERTIFICATE_FILE, kind=kind)
