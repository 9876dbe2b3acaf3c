"""The scenario language as JSON Schema, draft 7: what editors use to complete keys and underline mistakes."""

from __future__ import annotations

from typing import Any, cast

from placement.scenario.languages import LANGUAGES
from placement.scenario.spec import TaskSpec

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
"""The newest draft that common YAML editor plug-ins understand."""


def schema_json() -> dict[str, Any]:
    """Return the JSON Schema of a scenario.

    Returns
    -------
    dict
        Draft 7; ``json.dumps`` of it is what ``place schema`` prints. The word after ``task`` chooses which keys there are.
        Rules between keys other than ``budget`` and ``cost`` with ``price`` are not in it: `load_scenario` alone checks them.

    Examples
    --------
    >>> schema_json()["required"]
    ['schema', 'name']
    >>> schema_json()["definitions"]["ScenarioSpec"]["required"]
    ['schema', 'name', 'demand', 'devices']
    """
    definitions: dict[str, Any] = {}
    for spec in LANGUAGES.values():
        schema = spec.model_json_schema(by_alias=True)
        definitions |= {**schema.pop("$defs", {}), spec.__name__: schema}
    properties = definitions[LANGUAGES["place"].__name__]["properties"]
    task = {"enum": list(LANGUAGES), "default": "place", "description": "What to do; the other keys depend on it."}
    whole = {
        "$schema": DRAFT_7,
        "title": "Scenario",
        "type": "object",
        "properties": {"schema": properties["schema"], "task": task, "name": properties["name"]},
        "required": ["schema", "name"],
        "allOf": [_choice(word, spec) for word, spec in LANGUAGES.items()],
        "$defs": definitions,
    }
    return cast("dict[str, Any]", _as_draft_7(whole))


def _choice(word: str, spec: type[TaskSpec]) -> dict[str, Any]:
    # A test of a property that is missing holds: only `place` may be left out.
    needs = {} if word == "place" else {"required": ["task"]}
    return {"if": {"properties": {"task": {"const": word}}, **needs}, "then": {"$ref": f"#/$defs/{spec.__name__}"}}


def _as_draft_7(part: Any) -> Any:
    """Rewrite what draft 2020-12 says otherwise: definitions, tuples, and keywords beside a reference."""
    if isinstance(part, list):
        return [_as_draft_7(one) for one in part]
    if not isinstance(part, dict):
        return part
    new = {_renamed(key): _as_draft_7(value) for key, value in part.items() if key != "discriminator"}
    if isinstance(new.get("items"), list):
        # Every tuple of the schema is a pair of numbers; one schema for all items says it and completes better.
        new["items"] = new["items"][0]
    if "$ref" in new:
        reference = {"$ref": new.pop("$ref").replace("#/$defs/", "#/definitions/")}
        # Draft 7 ignores what stands beside a reference: a description would be lost.
        return {**new, "allOf": [reference]} if new else reference
    return new


def _renamed(key: str) -> str:
    return {"$defs": "definitions", "prefixItems": "items"}.get(key, key)
