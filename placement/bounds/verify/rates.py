"""What constraints add to the price of opening a site: multipliers of capacities, money, quotas, pairs and spacing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from placement.bounds.verify.tree import SLACK, Refused, numbers, positions
from placement.core.problem import Problem
from placement.core.rules import ROUNDING_M, known, purchase_rules
from placement.core.types import FloatArray


class Rates(NamedTuple):
    """What each unit of weight pays at each of the fixed devices and sites, what opening them costs, and what is paid anyway.

    `size` is the sum of all terms without their signs: where they cancel, that much is lost to rounding.
    """

    load: FloatArray
    opening: FloatArray
    constant: float
    size: float


def rates_of(problem: Problem, data: Mapping[str, Any] | None, count: int) -> Rates:
    """Return the rates of a certificate, with rules ``a @ y <= b``: ``price @ a`` for opening, ``-price @ b`` in any case."""
    if data is None:
        return Rates(np.zeros(count), np.zeros(count), 0.0, 0.0)
    rules, sites = problem.constraints, problem.sites
    rows, limits = purchase_rules(problem)
    load, prices = numbers(data["load"], sites.m), numbers(data["rules"], len(rows))
    if (prices < 0).any():
        raise Refused("prices of rules are not negative")
    most = known(problem, sites, "capacity", rules.capacity_max)
    room = np.where(load > 0, np.where(load > 0, load, 1) * most, load * rules.capacity_min)
    opening, paid = prices @ rows - room, prices[prices > 0] * limits[prices > 0]
    constant, size = -float(paid.sum()), float(np.abs(paid).sum() + (prices @ np.abs(rows)).sum() + np.abs(room).sum())
    for first, second, price in data["spacing"]:
        pair, cost = positions([first, second], sites.m), float(numbers(price))
        gap = np.hypot(*(sites.xy[pair[0]] - sites.xy[pair[1]]))
        if gap >= rules.spacing_m * (1 - SLACK) - ROUNDING_M or cost < 0 or (pair < problem.fixed.m).all():
            raise Refused("two sites that it says to exclude each other may both be open")
        opening[pair] += cost
        constant, size = constant - cost, size + 3 * cost
    return Rates(load, opening, constant, size)
