"""The rules that a plan had to keep, each in a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.core.constraints import SAME_PLACE_M
from placement.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result


def rules(result: Result) -> list[str]:
    """Return what the plan had to respect besides the number of devices; empty when nothing was asked."""
    return [*_lengths(result), *_loads(result), *_money(result), *_sites(result)]


def is_nearest(result: Result) -> bool:
    """Tell whether every point has its nearest device: no rule may send it to another."""
    constraints, problem = result.problem.constraints, result.problem
    has_capacity = any(part is not None and part.capacity is not None for part in (problem.fixed, problem.candidates))
    is_loaded = has_capacity or constraints.capacity_min > 0 or constraints.capacity_max < math.inf
    return not (is_loaded or constraints.required_pairs or constraints.forbidden_pairs)


def _lengths(result: Result) -> Iterator[str]:
    constraints, words = result.problem.constraints, words_of(result)
    if constraints.cutoff_m < math.inf:
        yield words("rule.cutoff", length=words.length(constraints.cutoff_m))
    if 0 < constraints.spacing_m <= SAME_PLACE_M:
        yield words("rule.one_each")
    elif constraints.spacing_m > 0:
        yield words("rule.spacing", length=words.length(constraints.spacing_m))


def _loads(result: Result) -> Iterator[str]:
    problem, constraints, words = result.problem, result.problem.constraints, words_of(result)
    own = any(part is not None and part.capacity is not None for part in (problem.fixed, problem.candidates))
    if constraints.capacity_max < math.inf:
        yield words("rule.capacity_but" if own else "rule.capacity", weight=words.amount(constraints.capacity_max))
    elif own:
        yield words("rule.capacity_own")
    if constraints.capacity_min > 0:
        yield words("rule.capacity_min", weight=words.amount(constraints.capacity_min))


def _money(result: Result) -> Iterator[str]:
    candidates, constraints, words = result.problem.candidates, result.problem.constraints, words_of(result)
    if constraints.money < math.inf and candidates is not None and candidates.price is not None:
        price = dict(zip(candidates.ids, candidates.price.tolist(), strict=True))
        spent = sum(price.get(name, 0.0) for name in result.plan.device_ids)
        yield words("rule.money", limit=words.amount(constraints.money), spent=words.amount(spent))


def _sites(result: Result) -> Iterator[str]:
    constraints, words = result.problem.constraints, words_of(result)
    for quota in constraints.quotas:
        most = words.counted("noun.device", quota.most)
        yield words("rule.quota", group=quota.group, least=words.number(quota.least), most=most)
    for pairs, kind in ((constraints.required_pairs, "required"), (constraints.forbidden_pairs, "forbidden")):
        if pairs:
            yield words.counted(f"rule.pairs_{kind}", len(pairs))
