"""Types of device: a site may carry one device of any type, so every candidate stands in the problem once for each type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from placement.core.problem import Problem
from placement.core.protocols import Distance
from placement.core.sites import Sites
from placement.core.types import FloatArray
from placement.distances.network import NetworkDistance
from placement.distances.table import TableDistance
from placement.scenario.devices_schema import TypeSpec
from placement.scenario.scenario import Scenario


def typed_names(sites: Iterable[str], types: Sequence[TypeSpec]) -> tuple[str, ...]:
    """Return the names ``site/type``, site by site; the names of the sites alone when there are no types.

    Examples
    --------
    >>> typed_names(["S1"], [TypeSpec(name="indoor"), TypeSpec(name="outdoor")])
    ('S1/indoor', 'S1/outdoor')
    """
    return tuple(f"{site}/{each.name}" for site in sites for each in types) if types else tuple(sites)


def with_types(scenario: Scenario, problem: Problem) -> Problem:
    """Return the problem in which each candidate stands once for each type of device.

    Parameters
    ----------
    scenario : Scenario
        Its types.
    problem : Problem
        With the candidates as places; their prices include that of the cheapest type.

    Returns
    -------
    Problem
        The same when there are no types. A capacity is the smaller of those of site and type; groups stay.
    """
    types = scenario.spec.devices.types or ()
    sites = problem.candidates
    if not types or sites is None:
        return problem
    each = np.repeat(np.arange(sites.m), len(types))
    copies = replace(
        sites.take(each),
        ids=typed_names(sites.ids, types),
        price=_prices(sites, types),
        capacity=_capacities(sites, types, problem.constraints.capacity_max),
    )
    return replace(problem, candidates=copies, distance=_to_copies(problem.distance, sites, types))


def cheapest(types: Sequence[TypeSpec]) -> float | None:
    """Return the price of the cheapest type, None when types have no prices."""
    return min((each.price for each in types if each.price is not None), default=None)


def _prices(sites: Sites, types: Sequence[TypeSpec]) -> FloatArray | None:
    least = cheapest(types)
    if sites.price is None or least is None:
        return None if sites.price is None else np.repeat(sites.price, len(types))
    beyond = np.array([(each.price or 0.0) - least for each in types])
    return np.asarray((sites.price[:, None] + beyond[None]).ravel())


def _capacities(sites: Sites, types: Sequence[TypeSpec], general: float) -> FloatArray | None:
    if sites.capacity is None and all(each.capacity is None for each in types):
        return None
    own = np.full(sites.m, np.inf) if sites.capacity is None else sites.capacity
    by_type = np.array([general if each.capacity is None else each.capacity for each in types])
    return np.asarray(np.minimum(own[:, None], by_type[None]).ravel())


def _to_copies(distance: Distance, sites: Sites, types: Sequence[TypeSpec]) -> Distance:
    """Return a distance that knows the copies by their names; a straight line needs no names."""
    if isinstance(distance, TableDistance):
        column = {name: j for j, name in enumerate(distance.site_ids)}
        each = [column[name] for name in sites.ids for _ in types]
        names = (*distance.site_ids, *typed_names(sites.ids, types))
        values = np.hstack([distance.values, distance.values[:, each]])
        return TableDistance(distance.demand_ids, names, values, meaning=distance.meaning)
    if isinstance(distance, NetworkDistance):
        node = {name: i for i, name in enumerate(distance.nodes)}
        n, copies = len(distance.nodes), typed_names(sites.ids, types)
        joints = [(node[name], n + k) for k, name in enumerate(np.repeat(sites.ids, len(types)))]
        ends, length = np.vstack([distance.ends, joints]), np.concatenate([distance.length, np.zeros(len(joints))])
        return NetworkDistance((*distance.nodes, *copies), ends, length, meaning=distance.meaning)
    return distance
