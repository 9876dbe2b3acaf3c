"""What the keys of `devices` and `objective` must be to each other.

As in `rules`, these look at the scenario as written: any value may still be of a wrong type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from placement.errors import Fault
from placement.scenario.devices_schema import has_key
from placement.scenario.hints import nearest
from placement.scenario.tree import Tree

_PRICED = {"candidates": "sites", "types": "types"}
_COVERS = ("max_cover", "set_cover")


def is_number(value: object) -> bool:
    """Tell whether a value is a finite number above 0."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf")


def _kind_of(data: Mapping[str, Any]) -> object:
    objective = data.get("objective")
    return objective.get("kind") if isinstance(objective, Mapping) else objective


def _devices_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    devices = data.get("devices")
    return devices if isinstance(devices, Mapping) else {}


def _budget(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = data.get("devices")
    if not isinstance(devices, Mapping) or any(has_key(devices.get(part), "price") for part in _PRICED):
        return
    budget, cost, price = (devices.get(key) for key in ("budget", "cost", "price"))
    allowed = "budget: number of devices, or cost: money with price: of one device"
    if budget is not None and cost is not None:  # a price beside a budget is for the bill and for comparing amounts of money
        yield tree.fault(
            ("devices", "cost"),
            "both a number of devices and money are given",
            allowed=allowed,
            fix="keep one of the two",
            at="key",
        )
    elif budget is None and cost is None and price is None:
        if _kind_of(data) == "set_cover" or any(nearest(key, ("budget", "cost", "price")) for key in devices):
            return  # set_cover finds the number itself; a misspelt key is a fault already
        yield tree.fault(("devices", "budget"), "how many devices there may be is missing", allowed=allowed, fix="add budget: 5")
    elif budget is None and (cost is None or price is None):
        given, missing = ("price", "cost") if cost is None else ("cost", "price")
        yield tree.fault(("devices", given), f"'{given}' stands alone", allowed=allowed, fix=f"add {missing}:", at="key")
    elif budget is None and is_number(cost) and is_number(price) and Fraction(repr(cost)) < Fraction(repr(price)):
        yield tree.fault(("devices", "cost"), f"the money does not buy one device at {price}", allowed=f"{price} or more")


def _site_prices(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = _devices_of(data)
    for part, word in _PRICED.items():
        if has_key(devices.get(part), "price") and devices.get("cost") is None:
            fix = "add cost: the money to spend, or take the prices away"
            yield tree.fault(("devices", part), f"{word} have prices, and there is no cost", fix=fix, at="key")


def _types(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = _devices_of(data)
    listed = devices.get("types")
    types = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, (list, tuple)) else []
    if not types:
        return
    if devices.get("candidates") is None:
        problem = "types are for devices on candidate sites, and there are none"
        yield tree.fault(("devices", "types"), problem, fix="add candidates:", at="key")
    if has_key(types, "price") and devices.get("price") is not None:
        yield tree.fault(("devices", "price"), "the types have prices of their own", fix="remove one of the two", at="key")
    names = [each.get("name") for each in types]
    for index, each in enumerate(types):
        if names[index] is not None and names[index] in names[:index]:
            yield tree.fault(
                ("devices", "types", index, "name"), "this name stands twice", fix="give each type a name of its own"
            )
        if has_key(types, "price") and each.get("price") is None:
            yield tree.fault(("devices", "types", index), "this type has no price, others have one", fix="add price:")


def _radius(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    kind, objective = _kind_of(data), data.get("objective")
    if kind not in _COVERS:
        return
    if _devices_of(data).get("cutoff") is not None:
        fix = "remove it: the radius says how far is near enough, and share: 1.0 asks it of everybody"
        yield tree.fault(("devices", "cutoff"), f"{kind} has a radius, a cutoff besides does not go with it", fix=fix, at="key")
    is_said = isinstance(objective, Mapping) and objective.get("radius") is not None
    if is_said or _devices_of(data).get("radius") is not None:
        return
    if any(nearest(key, ("radius",)) for part in (objective, data.get("devices")) if isinstance(part, Mapping) for key in part):
        return  # a misspelt key is a fault already
    fix = f"add radius: to devices, or write objective: {{kind: {kind}, radius: 12 m}}"
    yield tree.fault(("objective",), f"{kind} counts who is within a radius, and there is none", fix=fix)


def _ranges(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = _devices_of(data)
    quotas = devices.get("quotas")
    places = [(("devices", "quotas", i), quota) for i, quota in enumerate(quotas if isinstance(quotas, (list, tuple)) else ())]
    for loc, part in [(("devices", "capacity"), devices.get("capacity")), *places]:
        least, most = (part.get("min"), part.get("max")) if isinstance(part, Mapping) else (None, None)
        if isinstance(least, (int, float)) and isinstance(most, (int, float)) and most < least:
            yield tree.fault((*loc, "max"), f"the most is less than the least, {least}", allowed=f"{least} or more")


def _quotas(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = _devices_of(data)
    if devices.get("quotas") is None:
        return
    if devices.get("candidates") is None:
        problem = "quotas count devices on sites, and there are no candidates"
        yield tree.fault(("devices", "quotas"), problem, fix="add candidates: with a group each", at="key")
    elif not any(has_key(devices.get(part), "group") for part in ("candidates", "fixed")):
        problem = "quotas count by group, and no site has a group"
        yield tree.fault(("devices", "quotas"), problem, fix="give candidates a group:, or name the column with group:", at="key")


def _pairs(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = _devices_of(data)
    pairs = devices.get("pairs")
    if not isinstance(pairs, Mapping):
        return
    if devices.get("candidates") is None and not devices.get("fixed"):
        problem = "pairs name devices, and there are neither candidates nor fixed devices"
        yield tree.fault(("devices", "pairs"), problem, fix="add candidates:", at="key")
    required, forbidden = (_named_pairs(pairs.get(word)) for word in ("required", "forbidden"))
    serving: dict[str, str] = {}
    for index, (demand, device) in enumerate(required):
        loc = ("devices", "pairs", "required", index)
        if serving.setdefault(demand, device) != device:
            yield tree.fault(loc, f"{demand} must be served by {serving[demand]} already", fix="keep one of the two")
        if (demand, device) in forbidden:
            yield tree.fault(loc, "this pair is both required and forbidden", fix="keep it in one of the lists")


def _named_pairs(listed: object) -> list[tuple[str, str]]:
    entries = listed if isinstance(listed, (list, tuple)) else ()
    found = [(entry.get("demand"), entry.get("device")) for entry in entries if isinstance(entry, Mapping)]
    return [(demand, device) for demand, device in found if isinstance(demand, str) and isinstance(device, str)]


def _backup(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    """Backup counts devices within the radius; room and pairs are about the one that serves."""
    objective, devices = data.get("objective"), _devices_of(data)
    backup = objective.get("backup") if isinstance(objective, Mapping) else None
    if not is_number(backup) or backup == 1:
        return
    fix, words = "remove one of the two", "this does not go with backup, which counts devices"
    for key in ("capacity", "pairs"):
        if devices.get(key) is not None:
            yield tree.fault(("devices", key), words, fix=fix, at="key")
    for key in ("candidates", "fixed", "types"):
        given = devices.get(key)
        parts = given if isinstance(given, list) else [given]
        if any(isinstance(part, Mapping) and part.get("capacity") is not None for part in parts):
            yield tree.fault(("devices", key), f"their capacity: {words}", fix=fix, at="key")


DEVICE_RULES: tuple[Callable[[Mapping[str, Any], Tree], Iterator[Fault]], ...] = (
    _backup,
    _budget, _site_prices, _types, _radius, _ranges, _quotas, _pairs,
)  # fmt: skip
"""Each yields a fault for every pair of keys that do not go together."""
