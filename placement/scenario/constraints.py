"""From the rules that a scenario sets for its plan to `Constraints`; every name in them must exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf

import numpy as np

from placement.core.constraints import SAME_PLACE_M, Constraints, Pair, Quota
from placement.core.demand import Demand
from placement.core.sites import Sites
from placement.core.types import FloatArray
from placement.errors import Fault, ScenarioError
from placement.scenario.devices_schema import CapacityRange, PairSpec
from placement.scenario.hints import nearest
from placement.scenario.points import Points
from placement.scenario.scenario import Scenario
from placement.scenario.types import cheapest, typed_names


def sites_of(scenario: Scenario, points: Points, xy: FloatArray) -> Sites:
    """Return places with their attributes; what a place does not say itself is what `devices` says for all.

    Where types of device have prices, that of the cheapest is in the price of each candidate.

    Parameters
    ----------
    scenario : Scenario
        Whose `price` and `capacity` fill gaps.
    points : Points
        The m places.
    xy : ndarray of shape (m, 2)
        Their positions in the planning frame [m].

    Raises
    ------
    ScenarioError
        If a site has no price and there is none for all.
    """
    said = points.attributes
    price, capacity = said.price, said.capacity
    least = cheapest(scenario.spec.devices.types or ()) if points.is_candidates else None
    if least is not None:
        price = least + (np.zeros(len(points.ids)) if price is None else np.nan_to_num(price))
    elif price is not None:
        general = scenario.spec.devices.price
        lacking = np.flatnonzero(np.isnan(price))
        if general is None and len(lacking):
            fix = "give its price, or price: in devices: for all that have none"
            raise ScenarioError([points.fault(int(j), "this site has no price, others have one", fix=fix) for j in lacking])
        price = np.where(np.isnan(price), general or 0.0, price)
    if capacity is not None:
        capacity = np.where(np.isnan(capacity), _capacity(scenario)[1], capacity)
    return Sites(points.ids, xy, price, capacity, said.group)


def read_constraints(scenario: Scenario, demand: Demand, fixed: Sites, candidates: Sites | None) -> Constraints:
    """Return what a plan of the scenario must respect.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    demand, fixed, candidates : Demand, Sites, Sites or None
        For names and groups.

    Returns
    -------
    Constraints
        Lengths in metres.

    Raises
    ------
    ScenarioError
        With every name that does not exist, at its line.
    """
    devices = scenario.spec.devices
    faults = [*_unknown_groups(scenario, fixed, candidates), *_unknown_pairs(scenario, demand, fixed, candidates)]
    if faults:
        raise ScenarioError(faults)
    least, most = _capacity(scenario)
    together = SAME_PLACE_M if devices.types else 0.0
    where = {name: i for i, name in enumerate(demand.ids)}
    required, forbidden = (tuple(Pair(where[pair.demand], pair.device) for pair in pairs) for _, pairs in _listed_pairs(scenario))
    return Constraints(
        cutoff_m=inf if devices.cutoff is None else scenario.spec.length_m(devices.cutoff),
        capacity_min=least,
        capacity_max=most,
        money=devices.cost if devices.cost is not None and devices.has_site_prices else inf,
        quotas=tuple(Quota(each.group, each.min, _most(each.max, fixed, candidates)) for each in devices.quotas or ()),
        required_pairs=required,
        forbidden_pairs=forbidden,
        spacing_m=max(0.0 if devices.spacing is None else scenario.spec.length_m(devices.spacing), together),
    )


def _capacity(scenario: Scenario) -> tuple[float, float]:
    capacity = scenario.spec.devices.capacity
    if isinstance(capacity, CapacityRange):
        return capacity.min, inf if capacity.max is None else capacity.max
    return 0.0, inf if capacity is None else capacity


def _most(most: int | None, fixed: Sites, candidates: Sites | None) -> int:
    return fixed.m + (0 if candidates is None else candidates.m) if most is None else most


def _listed_pairs(scenario: Scenario) -> tuple[tuple[str, Sequence[PairSpec]], tuple[str, Sequence[PairSpec]]]:
    pairs = scenario.spec.devices.pairs
    return ("required", () if pairs is None else pairs.required), ("forbidden", () if pairs is None else pairs.forbidden)


def _unknown_groups(scenario: Scenario, fixed: Sites, candidates: Sites | None) -> Iterator[Fault]:
    sites = [part for part in (fixed, candidates) if part is not None]
    counts = Counter(group for part in sites for group in part.group or () if group)
    for index, quota in enumerate(scenario.spec.devices.quotas or ()):
        loc = ("devices", "quotas", index)
        if quota.group not in counts:
            close = nearest(quota.group, counts)
            fix = f"did you mean {close}?" if close else "name a group that a site has"
            yield scenario.fault((*loc, "group"), "no site is of this group", allowed=_some(sorted(counts)), fix=fix)
        elif quota.min > counts[quota.group]:
            problem = f"more devices than the group has sites, {counts[quota.group]}"
            yield scenario.fault((*loc, "min"), problem, allowed=f"0 to {counts[quota.group]}")


def _unknown_pairs(scenario: Scenario, demand: Demand, fixed: Sites, candidates: Sites | None) -> Iterator[Fault]:
    places = () if candidates is None else typed_names(candidates.ids, scenario.spec.devices.types or ())
    sites = (*fixed.ids, *places)
    names = {"demand": frozenset(demand.ids), "device": frozenset(sites)}
    what = {"demand": "no demand point has this name", "device": "no candidate site or fixed device has this name"}
    for word, pairs in _listed_pairs(scenario):
        for index, pair in enumerate(pairs):
            for key, known in names.items():
                name = getattr(pair, key)
                if name not in known:
                    close = nearest(name, sorted(known))
                    fix = f"did you mean {close}?" if close else ""
                    yield scenario.fault(("devices", "pairs", word, index, key), what[key], allowed=_some(sorted(known)), fix=fix)


def _some(names: Sequence[str]) -> str:
    most = 8
    return ", ".join(names if len(names) <= most else [*names[:most], "…"])
