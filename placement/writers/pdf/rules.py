"""The rules that a plan had to keep, each in a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from placement.core.constraints import SAME_PLACE_M
from placement.units import count
from placement.writers.pdf.wording import amount, length

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
    constraints, unit = result.problem.constraints, result.problem.frame.unit
    if constraints.cutoff_m < math.inf:
        yield f"Nobody may be served from farther away than {length(constraints.cutoff_m, unit)}."
    if 0 < constraints.spacing_m <= SAME_PLACE_M:
        yield "No place carries more than one device."
    elif constraints.spacing_m > 0:
        yield f"Devices stand at least {length(constraints.spacing_m, unit)} apart."


def _loads(result: Result) -> Iterator[str]:
    problem, constraints = result.problem, result.problem.constraints
    own = any(part is not None and part.capacity is not None for part in (problem.fixed, problem.candidates))
    if constraints.capacity_max < math.inf:
        beside = ", but where a site has a capacity of its own" if own else ""
        yield f"A device serves a weight of at most {amount(constraints.capacity_max)}{beside}."
    elif own:
        yield "A device serves at most the weight that its site has as capacity."
    if constraints.capacity_min > 0:
        yield f"Every device serves a weight of at least {amount(constraints.capacity_min)}."


def _money(result: Result) -> Iterator[str]:
    candidates, constraints = result.problem.candidates, result.problem.constraints
    if constraints.money < math.inf and candidates is not None and candidates.price is not None:
        price = dict(zip(candidates.ids, candidates.price.tolist(), strict=True))
        spent = sum(price.get(name, 0.0) for name in result.plan.device_ids)
        yield f"The new devices may cost {amount(constraints.money)}; these cost {amount(spent)}."


def _sites(result: Result) -> Iterator[str]:
    constraints = result.problem.constraints
    for quota in constraints.quotas:
        yield f"On the sites of group {quota.group} stand {quota.least:,} to {count(quota.most, 'device')}."
    for pairs, word in ((constraints.required_pairs, "required"), (constraints.forbidden_pairs, "forbidden")):
        if pairs:
            yield f"{count(len(pairs), 'pair')} of demand point and device {'is' if len(pairs) == 1 else 'are'} {word}."
