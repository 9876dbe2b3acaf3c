"""What has to be bought: the new devices, spares, and what they cost where prices are known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placement.core import Plan, Problem, Sites

DEVICES_PER_SPARE = 10
"""One spare for each so many new devices, and never none."""


@dataclass(frozen=True, slots=True)
class Material:
    """One line of a bill of materials.

    Parameters
    ----------
    item : str
        What it is.
    quantity : int
        How many, >= 1.
    price : float or None
        Of one; None when it is unknown or not the same for all.
    cost : float or None
        Of all; None when it is unknown.
    """

    item: str
    quantity: int
    price: float | None
    cost: float | None


def bill_of_materials(problem: Problem, plan: Plan, price: float | None = None) -> tuple[Material, ...]:
    """Return what has to be bought for a plan.

    Parameters
    ----------
    problem : Problem
        Its candidate sites may have prices and types.
    plan : Plan
        The plan.
    price : float, optional
        What a device costs where its site says nothing.

    Returns
    -------
    tuple of Material
        A line for each type of new device, then one of spares for each: one per `DEVICES_PER_SPARE` and at least one. What
        stands on the Earth is a building and has no spare. Empty when every device stands already.

    Examples
    --------
    >>> import numpy as np
    >>> from placement.core import Demand, Domain, Frame, Plan, Problem, Sites
    >>> demand = Demand(("a",), np.zeros((1, 2)), np.ones(1))
    >>> problem = Problem(demand, Sites.none(), None, Domain("plane"), None, None, 1, (), Frame())
    >>> index, reach = np.zeros(1, dtype=np.intp), np.zeros(1)
    >>> plan = Plan(("D1",), np.zeros((1, 2)), ("new",), index, reach, 0.0, "m2", None, "", "feasible", 0)
    >>> [(line.item, line.quantity, line.cost) for line in bill_of_materials(problem, plan, 350.0)]
    [('New device', 1, 350.0), ('Spare device', 1, 350.0)]
    """
    new = [name for name, status in zip(plan.device_ids, plan.device_status, strict=True) if status != "fixed"]
    kind_of = _types(problem.candidates)
    kinds = Counter(kind_of.get(name, "") for name in new)
    groups = [(kind, [name for name in new if kind_of.get(name, "") == kind]) for kind in kinds]
    prices = {kind: _prices(problem.candidates, names, price) for kind, names in groups}
    lines = tuple(_line("New device", kind, len(names), prices[kind]) for kind, names in groups)
    if problem.frame.is_geographic:
        return lines
    spares = [(kind, -(-len(names) // DEVICES_PER_SPARE)) for kind, names in groups]
    return (*lines, *(_line("Spare device", kind, number, _same(prices[kind])) for kind, number in spares))


def _line(item: str, kind: str, quantity: int, prices: Sequence[float] | None) -> Material:
    """Return a line; `prices` are those of its pieces, or a single one for all."""
    name = f"{item}, {kind}" if kind else item
    if prices is None:
        return Material(name, quantity, None, None)
    same = _same(prices)
    cost = sum(prices) if len(prices) == quantity else quantity * prices[0]
    return Material(name, quantity, same[0] if same else None, float(cost))


def _same(prices: Sequence[float] | None) -> list[float] | None:
    """Return the one price that all have, as a list; None when they differ or are unknown."""
    return [prices[0]] if prices is not None and len(set(prices)) == 1 else None


def _prices(sites: Sites | None, names: Sequence[str], price: float | None) -> list[float] | None:
    if sites is not None and sites.price is not None:
        known = dict(zip(sites.ids, sites.price.tolist(), strict=True))
        return [known[name] for name in names if name in known] or None
    return None if price is None else [price] * len(names)


def _types(sites: Sites | None) -> dict[str, str]:
    """Return the type of each candidate ``site/type``; nothing when no two candidates share a place."""
    if sites is None or len({tuple(xy) for xy in sites.xy.tolist()}) == sites.m:
        return {}
    return {name: name.rpartition("/")[2] for name in sites.ids if "/" in name}
