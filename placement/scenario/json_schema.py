"""The scenario language as JSON Schema, draft 7: what editors use to complete keys and underline mistakes."""

from __future__ import annotations

from typing import Any

from placement.scenario.schema import ScenarioSpec

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
"""The newest draft that common YAML editor plug-ins understand."""


def schema_json() -> dict[str, Any]:
    """Return the JSON Schema of a scenario.

    Returns
    -------
    dict
        Draft 7; ``json.dumps`` of it is what ``place schema`` prints. Rules between keys other than ``budget`` and
        ``cost`` with ``price`` are not in it: `load_scenario` alone checks them.

    Examples
    --------
    >>> schema_json()["required"]
    ['schema', 'name', 'demand', 'devices']
    """
    schema = _as_draft_7(ScenarioSpec.model_json_schema(by_alias=True))
    return {"$schema": DRAFT_7, "title": "Scenario", **{key: value for key, value in schema.items() if key != "title"}}


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
