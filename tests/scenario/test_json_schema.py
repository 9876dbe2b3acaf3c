"""The JSON Schema for editors: draft 7, and of one mind with the loader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from placement.errors import ScenarioError
from placement.scenario import load_any, load_scenario
from placement.scenario.json_schema import schema_json
from placement.scenario.template import init_scenario
from placement.scenario.tree import Tree
from placement.scenario.yaml_tree import parse

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted(ROOT.glob("scenarios/*.yaml"))
GOLDEN = Path(__file__).parent / "golden"
BAD = [
    "unknown_key",
    "misspelt_keys",
    "key_in_the_wrong_place",
    "wrong_types",
    "out_of_range",
    "missing_keys",
    "missing_coordinates",
    "sections_without_keys",
    "schema_2",
    "budget_and_cost",
    "cost_without_price",
    "price_without_cost",
    "no_budget",
    "no_demand",
    "demand_is_text",
    "plan",
    "blocks_empty",
    "radius",
    "report_unknown",
    "task_unknown",
    "task_misspelt",
    "segment_ranges",
    "segment_place_keys",
    "segment_table_is_text",
    "compress_faults",
    "compress_colors",
    "objective_settings",
    "objective_of_another_kind",
    "objective_unknown",
    "objective_without_kind",
    "objective_center_weighted",
    "objective_share",
    "distance_unknown",
    "distance_keys",
    "site_prices_without_cost",
    "price_of_fixed",
    "capacity_keys",
    "capacity_is_text",
    "pair_keys",
    "solver_effort",
]


def data_of(path: Path) -> Any:
    """Return a scenario file as plain data, whether it is good or not."""
    root, _ = parse(path.read_text(encoding="utf-8"), path.name)
    return Tree(path.name, root).data()


def errors(path: Path) -> list[str]:
    """Return what draft 7 says about a file."""
    return [error.message for error in jsonschema.Draft7Validator(schema_json()).iter_errors(data_of(path))]


def test_is_draft_7() -> None:
    """The schema is valid draft 7, says so, and holds no word of a later draft."""
    schema = schema_json()
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    text = json.dumps(schema)
    assert not [word for word in ("$defs", "prefixItems", "unevaluated", "discriminator") if word in text]


def test_nothing_stands_beside_a_reference() -> None:
    """Draft 7 ignores what stands beside a reference: a description there would never be shown."""

    def references(part: Any) -> list[Any]:
        if isinstance(part, list):
            return [found for one in part for found in references(one)]
        if not isinstance(part, dict):
            return []
        return ([part] if "$ref" in part else []) + [found for one in part.values() for found in references(one)]

    found = references(schema_json())
    assert found
    assert all(len(part) == 1 for part in found)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_accepts_the_scenarios(path: Path) -> None:
    """What the loader takes the schema takes."""
    assert errors(path) == []


def test_accepts_the_template(tmp_path: Path) -> None:
    """The scenario that `place init` writes has no underlined word in an editor."""
    assert errors(init_scenario("demo", tmp_path)[0]) == []


def test_accepts_the_resolved_form(tmp_path: Path) -> None:
    """The canonical form is valid too."""
    path = tmp_path / "resolved.yaml"
    path.write_text(load_scenario(ROOT / "scenarios" / "desks.yaml").resolved_yaml(), encoding="utf-8")
    assert errors(path) == []


@pytest.mark.parametrize("case", BAD)
def test_refuses_bad_scenarios(case: str) -> None:
    """What the loader refuses for a key or a value the schema refuses too."""
    assert errors(GOLDEN / f"{case}.yaml") != []


@pytest.mark.parametrize(
    ("change", "is_good"),
    [
        ("units: ft", True),
        ("units: yd", False),
        ("objective: k_means", True),
        ("objective: {kind: k_means}", True),
        ("objective: {kind: k_median}", False),
        ("objective: p_center", True),
        ("objective: {kind: p_center, weighted: true}", True),
        ("objective: {kind: p_median, weighted: true}", False),
        ("objective: {kind: max_cover, radius: 12 ft, backup: 2}", True),
        ("objective: {kind: max_cover, radius: 12, share: 0.9}", False),
        ("objective: {kind: set_cover, radius: 12, share: 0.9}", True),
        ("objective: {kind: set_cover, radius: 12, share: 1.1}", False),
        ("distance: {kind: table, file: a.csv, unit: km}", True),
        ("distance: {kind: table}", False),
        ("distance: {kind: network, edges: a.csv, from: i, to: j, length: l}", True),
        ("distance: {kind: euclidean, file: a.csv}", False),
        ("solver: {seed: 9223372036854775807}", True),
        ("solver: {effort: best, gap: 0}", True),
        ("devices: {budget: 1, radius: 12 ft}", True),
        ("devices: {budget: 1, radius: 12 yd}", False),
        ("devices: {budget: 1, radius: [8, 4]}", True),
        ("devices: {budget: 1, radius: []}", False),
        ("devices: {cost: 10, price: 2}", True),
        ("devices: {cost: 10, price: 2, budget: 5}", False),
        ("devices: {cost: 10, candidates: [{x: 1, y: 2, price: 3}]}", True),
        ("devices: {cost: 10, candidates: [{x: 1, y: 2}]}", False),
        ("devices: {cost: 10, budget: 2, price: 3, candidates: {file: a.csv, price: rent}}", True),
        ("devices: {budget: 2, candidates: {file: a.csv, price: rent}}", False),
        ("devices: {cost: 10, candidates: [{x: 1, y: 2}], types: [{name: a, price: 3}]}", True),
        ("devices: {budget: 1, candidates: [{x: 1, y: 2}], types: [{name: a, price: 3}]}", False),
        ("devices: {budget: 1, candidates: [{x: 1, y: 2}], types: [{name: a, capacity: 3}]}", True),
        ("devices: {radius: 3}", False),
        ("devices: {budget: 1, capacity: 25, cutoff: 20 m, spacing: 5 m}", True),
        ("devices: {budget: 1, capacity: {min: 5, max: 25}}", True),
        ("devices: {budget: 1, capacity: 0}", False),
        ("devices: {budget: 1, candidates: [{x: 1, y: 2, group: 7}], quotas: [{group: 7, min: 1, max: 3}]}", True),
        ("devices: {budget: 1, quotas: []}", False),
        ("devices: {budget: 1, candidates: [{x: 1, y: 2, id: S}], pairs: {required: [{demand: 1, device: S}]}}", True),
        ("devices: {budget: 1, fixed: {file: a.csv, id: name}}", True),
        ("devices: {budget: 1, fixed: {file: a.csv, weight: w}}", False),
        ("devices: {budget: 1, candidates: [{x: 1, y: 2}]}", True),
        ("devices: {budget: 1, forbidden: [[[0, 0], [1, 0], [1, 1]]]}", True),
        ("devices: {budget: 1, forbidden: [[[0, 0], [1, 0, 3], [1, 1]]]}", False),
        (
            "plan: {file: a.dxf, unit: m, layers: {floor: [f], wall: [w]}, voids: [{name: 7, outline: [[0, 0], [9, 0], [9,9]]}]}",
            True,
        ),
    ],
)
def test_agrees_with_the_loader(tmp_path: Path, change: str, is_good: bool) -> None:
    """Schema and loader agree on each form of each key."""
    key = change.partition(":")[0]
    base = {"schema": "1", "name": "A", "demand": "[{x: 1, y: 2}]", "devices": "{budget: 1}"}
    base[key] = change.partition(": ")[2]
    path = tmp_path / "scenario.yaml"
    path.write_text("".join(f"{name}: {value}\n" for name, value in base.items()), encoding="utf-8")
    try:
        load_scenario(path)
        loads = True
    except ScenarioError:
        loads = False
    assert (errors(path) == [], loads) == (is_good, is_good)


@pytest.mark.parametrize(
    ("objective", "devices", "is_good"),
    [
        ("set_cover", "{radius: 3}", True),
        ("{kind: set_cover, radius: 3}", "{fixed: [{x: 1, y: 2}]}", True),
        ("set_cover", "{radius: 3, budget: 2}", True),
        ("set_cover", "{radius: 3, price: 2}", False),
        ("max_cover", "{radius: 3}", False),
        ("{kind: p_center}", "{radius: 3}", False),
    ],
)
def test_only_set_cover_needs_no_budget(tmp_path: Path, objective: str, devices: str, is_good: bool) -> None:
    """Schema and loader agree on who may leave out how many devices there are."""
    path = tmp_path / "scenario.yaml"
    text = f"schema: 1\nname: A\ndemand: [{{x: 1, y: 2}}]\ndevices: {devices}\nobjective: {objective}\n"
    path.write_text(text, encoding="utf-8")
    try:
        load_scenario(path)
        loads = True
    except ScenarioError:
        loads = False
    assert (errors(path) == [], loads) == (is_good, is_good)


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("task: segment\ntable: {generate: customers, rows: 10}\nclusters: 3", True),
        ("task: segment\ntable: {generate: customers, rows: 10}\nclusters: {from: 2, to: 4}", True),
        ("task: segment\ntable: {generate: customers, rows: 10}\nclusters: {from: 2}", False),
        ("task: segment\ntable: {generate: people, rows: 10}\nclusters: 3", False),
        ("task: segment\ntable: {file: a.csv, features: [a], log: [a], categories: [b], multi: [c]}\nclusters: 3", True),
        ("task: segment\ntable: {file: a.csv, features: []}\nclusters: 3", False),
        ("task: segment\ntable: {file: a.csv, features: [a]}\nclusters: 3\noutliers: {trim: 0.01}\ntruth: b", True),
        ("task: segment\ntable: {file: a.csv, features: [a]}\nclusters: 0", False),
        ("task: segment\ndemand: [{x: 1, y: 2}]\ndevices: {budget: 1}", False),
        ("task: compress\nimage: {file: a.png}", True),
        ("task: compress\nimage: {file: a.png}\ncolors: 1", False),
        ("task: compress\nimage: {file: a.png}\nclusters: 3", False),
        ("task: place\ndemand: [{x: 1, y: 2}]\ndevices: {budget: 1}", True),
        ("image: {file: a.png}", False),
        ("task: [place]\ndemand: [{x: 1, y: 2}]\ndevices: {budget: 1}", False),
    ],
)
def test_agrees_with_the_loader_on_every_task(tmp_path: Path, text: str, is_good: bool) -> None:
    """The word after task chooses the keys, in the editor as in the loader."""
    path = tmp_path / "scenario.yaml"
    path.write_text(f"schema: 1\nname: A\n{text}\n", encoding="utf-8")
    try:
        load_any(path)
        loads = True
    except ScenarioError:
        loads = False
    assert (errors(path) == [], loads) == (is_good, is_good)


def test_every_key_is_described() -> None:
    """Each key of each mapping says what it means, for the editor's tooltip."""
    schema = schema_json()
    mappings = [schema, *schema["definitions"].values()]
    silent = [name for mapping in mappings for name, part in mapping["properties"].items() if not part.get("description")]
    assert silent == []
