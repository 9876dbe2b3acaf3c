"""What two keys of a scenario must be to each other.

The rules look at the scenario as written, so that they speak up beside the faults of single values, not after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from placement.errors import Fault
from placement.scenario.device_rules import DEVICE_RULES, is_number
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
    words, place = (report.get("files"), ("report", "files")) if isinstance(report, Mapping) else (report, ("report",))
    if isinstance(words, (list, tuple)) and "geojson" in words and data.get("crs") is None:
        yield tree.fault(
            (*place, words.index("geojson")),
            "GeoJSON is for places on the Earth, and there is no crs",
            fix="add crs:, or leave geojson out",
        )
    texts, language = _given(report, "texts"), _given(report, "language")
    if texts or language:
        from placement.scenario.report_texts import language_faults, text_faults  # reads the phrases

        yield from language_faults(language, bool(texts), tree)
        yield from text_faults(texts, tree, ("report", "texts")) if isinstance(texts, Mapping) else ()


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
    if is_number(fewest) and is_number(most):
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
    "place": (*DEVICE_RULES, _plan, _report),
    "segment": (_table, _segments),
}
