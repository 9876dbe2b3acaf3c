"""What constraints add to the price of opening a site: multipliers of capacities, money, quotas, pairs and spacing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from placement.bounds.verify.proof import SLACK, Refused, numbers, positions
from placement.core.problem import Problem
from placement.core.rules import ROUNDING_M, known
from placement.core.sites import Sites
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
    sites = both(problem.fixed, problem.candidates)
    listed, limits = _rules(problem, sites)
    load, prices = numbers(data["load"], sites.m), numbers(data["rules"], len(listed))
    if count != sites.m or (prices < 0).any():
        raise Refused("rates are for sites, and prices of rules are not negative")
    most = known(problem, sites, "capacity", problem.constraints.capacity_max)
    room = np.where(load > 0, np.where(load > 0, load, 1) * most, load * problem.constraints.capacity_min)
    rows = np.reshape(listed, (-1, sites.m))
    opening = prices @ rows - room
    paid = [price * limit for price, limit in zip(prices, limits, strict=True) if price > 0]
    constant, size = -float(sum(paid)), float(np.abs(paid).sum() + (prices @ np.abs(rows)).sum() + np.abs(room).sum())
    for first, second, price in data["spacing"]:
        pair, cost = positions([first, second], sites.m), float(numbers(price))
        gap = np.hypot(*(sites.xy[pair[0]] - sites.xy[pair[1]]))
        if gap >= problem.constraints.spacing_m * (1 - SLACK) - ROUNDING_M or cost < 0 or (pair < problem.fixed.m).all():
            raise Refused("two sites that it says to exclude each other may both be open")
        opening[pair] += cost
        constant, size = constant - cost, size + 3 * cost
    return Rates(load, opening, constant, size)


def both(fixed: Sites, candidates: Sites | None) -> Sites:
    """Return names and places of the fixed devices and the candidates behind them."""
    parts = [fixed, candidates or Sites.none()]
    return Sites(tuple(name for part in parts for name in part.ids), np.vstack([part.xy for part in parts]))


def _rules(problem: Problem, sites: Sites) -> tuple[list[FloatArray], list[float]]:
    """Return the rules that are always there, in this order: money, of each quota the least and the most."""
    rules, group = problem.constraints, np.array(known(problem, sites, "group", ""))
    is_new = np.arange(sites.m) >= problem.fixed.m
    rows, limits = [known(problem, sites, "price", 0.0) * is_new], [rules.money * (1 + SLACK)]
    for quota in rules.quotas:
        members = (group == quota.group).astype(float)
        rows, limits = [*rows, -members, members], [*limits, -quota.least, quota.most]
    return rows, limits
