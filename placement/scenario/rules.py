"""What two keys of a scenario must be to each other.

The rules look at the scenario as written, so that they speak up beside the faults of single values, not after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from placement.errors import Fault
from placement.scenario.hints import nearest
from placement.scenario.segment_schema import GeneratedTable
from placement.scenario.tree import Tree


def broken_rules(data: Mapping[str, Any], tree: Tree) -> list[Fault]:
    """Return a fault for every pair of keys that do not go together.

    Parameters
    ----------
    data : mapping
        The scenario as plain values; any of them may be of a wrong type.
    tree : Tree
        The same as written.

    Returns
    -------
    list of Fault
        Empty when all rules hold.
    """
    rules = _RULES.get(data.get("task", "place"), ())
    return [fault for rule in rules for fault in rule(data, tree)]


def _given(mapping: object, key: str) -> Any:
    return mapping.get(key) if isinstance(mapping, Mapping) else None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf")


def _budget(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    devices = data.get("devices")
    if not isinstance(devices, Mapping):
        return
    budget, cost, price = (devices.get(key) for key in ("budget", "cost", "price"))
    allowed = "budget: number of devices, or cost: money with price: of one device"
    if budget is not None and (cost is not None or price is not None):
        extra = "cost" if cost is not None else "price"
        yield tree.fault(
            ("devices", extra),
            "both a number of devices and money are given",
            allowed=allowed,
            fix="keep one of the two",
            at="key",
        )
    elif budget is None and cost is None and price is None:
        if any(nearest(key, ("budget", "cost", "price")) for key in devices):
            return  # a misspelt key is a fault already
        yield tree.fault(("devices", "budget"), "how many devices there may be is missing", allowed=allowed, fix="add budget: 5")
    elif budget is None and (cost is None or price is None):
        given, missing = ("price", "cost") if cost is None else ("cost", "price")
        yield tree.fault(("devices", given), f"'{given}' stands alone", allowed=allowed, fix=f"add {missing}:", at="key")
    elif budget is None and _is_number(cost) and _is_number(price) and Fraction(repr(cost)) < Fraction(repr(price)):
        yield tree.fault(("devices", "cost"), f"the money does not buy one device at {price}", allowed=f"{price} or more")


def _plan(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    if _given(data.get("demand"), "blocks") is not None and data.get("plan") is None:
        yield tree.fault(
            ("demand", "blocks"),
            "blocks are counted in a drawing, and there is no plan",
            fix="add plan: {file: office.dxf, …}, or list the points",
            at="key",
        )
    if data.get("plan") is not None and data.get("crs") is not None:
        yield tree.fault(("crs",), "a drawing has plain coordinates, no coordinate system", fix="remove crs:", at="key")


def _report(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    report = data.get("report")
    if isinstance(report, (list, tuple)) and "geojson" in report and data.get("crs") is None:
        yield tree.fault(
            ("report", report.index("geojson")),
            "GeoJSON is for places on the Earth, and there is no crs",
            fix="add crs:, or leave geojson out",
        )


def _table(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    table = data.get("table")
    features = _given(table, "features")
    if features is None and _given(table, "generate") is not None:
        features = GeneratedTable.model_fields["features"].default
    if not isinstance(features, (list, tuple)):
        return
    for key in ("log", "categories", "multi"):
        names = _given(table, key)
        for index, name in enumerate(names if isinstance(names, (list, tuple)) else ()):
            if key == "log" and name not in features:
                close = nearest(str(name), map(str, features))
                fix = f"did you mean {close}?" if close else "list it under features too"
                yield tree.fault(("table", key, index), "this is none of the features", fix=fix)
            elif key != "log" and name in features:
                yield tree.fault(("table", key, index), "this column is a feature already", fix="keep it in one of the lists")
    if data.get("cut") is not None and data["cut"] not in features:
        yield tree.fault(("cut",), "this is none of the features", allowed=", ".join(map(str, features)))


def _segments(data: Mapping[str, Any], tree: Tree) -> Iterator[Fault]:
    clusters = data.get("clusters")
    fewest, most = _given(clusters, "from"), _given(clusters, "to")
    if _is_number(fewest) and _is_number(most):
        smallest = 3 if _given(clusters, "rule") in (None, "knee") else 1
        if most < fewest:
            yield tree.fault(("clusters", "to"), f"the range ends before it begins at {fewest}", allowed=f"{fewest} or more")
        elif most - fewest + 1 < smallest:
            fix = "widen the range, or write rule: silhouette"
            yield tree.fault(("clusters", "to"), "the knee of a curve needs at least three numbers of segments", fix=fix)
        elif _given(clusters, "rule") == "silhouette" and most == 1:
            yield tree.fault(("clusters", "to"), "one segment alone has no silhouette", allowed="2 or more")
    if data.get("cut") is not None and data.get("truth") is None:
        yield tree.fault(("cut",), "bands of one feature are compared by known groups, and there is no truth", fix="add truth:")


_RULES: dict[object, tuple[Callable[[Mapping[str, Any], Tree], Iterator[Fault]], ...]] = {
    "place": (_budget, _plan, _report),
    "segment": (_table, _segments),
}
