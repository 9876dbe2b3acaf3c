"""The scenario language for choices: a word from a family, or a mapping with the word as `kind` and its settings.

A member of a family without settings of its own needs nothing here: its word is taken from the family's registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema

from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.scenario.fields import Length, Text, one_of
from placement.scenario.spec import Spec


class ObjectiveSpec(Spec):
    """What the plan minimises or maximises."""

    kind: Any = Field(description="Name of the objective.")


class CenterSpec(ObjectiveSpec):
    """The largest distance."""

    kind: Literal["p_center"] = Field(description="Name of the objective.")
    weighted: bool = Field(False, description="Whether the largest weight times distance counts, not the largest distance.")


class CoverSpec(ObjectiveSpec):
    """An objective about who has a device within a radius."""

    radius: Length | None = Field(None, description="Within which a point counts as covered; the first of `devices.radius`.")
    backup: Annotated[int, Field(ge=1, le=2)] = Field(1, description="How many devices must lie within the radius of a point.")


class MaxCoverSpec(CoverSpec):
    """The weight within the radius."""

    kind: Literal["max_cover"] = Field(description="Name of the objective.")


class SetCoverSpec(CoverSpec):
    """The number of devices that the radius asks for."""

    kind: Literal["set_cover"] = Field(description="Name of the objective.")
    share: Annotated[float, Field(gt=0, le=1)] = Field(1.0, description="Share of the weight that must lie within the radius.")


_OBJECTIVES_WITH_SETTINGS = {"p_center": CenterSpec, "max_cover": MaxCoverSpec, "set_cover": SetCoverSpec}
ObjectiveKind: Any = one_of(OBJECTIVES)
PlainObjectiveKind: Any = one_of(tuple(word for word in OBJECTIVES if word not in _OBJECTIVES_WITH_SETTINGS))


class PlainObjectiveSpec(ObjectiveSpec):
    """An objective without settings."""

    kind: PlainObjectiveKind = Field(description="Name of the objective.")


class UnknownObjectiveSpec(ObjectiveSpec):
    """Says which objectives there are; no scenario is valid with it."""

    model_config = ConfigDict(extra="ignore")

    kind: ObjectiveKind = Field(description="Name of the objective.")


class DistanceSpec(Spec):
    """How distance is measured."""

    kind: Any = Field(description="Name of the distance.")


LengthUnit = Literal["m", "km", "ft"]


class TableSpec(DistanceSpec):
    """Distances from a table."""

    kind: Literal["table"] = Field(description="Name of the distance.")
    file: Text = Field(description="Table of distances, relative to the scenario: a row for each demand point, or for each pair.")
    unit: LengthUnit | None = Field(None, description="Unit of the distances; `units` when left out.")
    demand: Text | None = Field(None, description="With a row for each pair: column of the demand point; `demand` when left out.")
    site: Text | None = Field(None, description="With a row for each pair: column of the site; `site` when left out.")
    distance: Text | None = Field(None, description="With a row for each pair: column of the distance; `distance` when left out.")


class NetworkSpec(DistanceSpec):
    """Shortest paths along the edges of a network."""

    kind: Literal["network"] = Field(description="Name of the distance.")
    edges: Text = Field(description="Table with a row for each edge, or an OR-Library graph (.txt), relative to the scenario.")
    unit: LengthUnit | None = Field(None, description="Unit of the lengths; `units` when left out.")
    from_: Text = Field("from", alias="from", description="Column of the node where an edge begins.")
    to: Text = Field("to", description="Column of the node where it ends.")
    length: Text = Field("length", description="Column of its length.")


_DISTANCES_WITH_SETTINGS = {"table": TableSpec, "network": NetworkSpec}
DistanceKind: Any = one_of(DISTANCES)
PlainDistanceKind: Any = one_of(tuple(word for word in DISTANCES if word not in _DISTANCES_WITH_SETTINGS))


class PlainDistanceSpec(DistanceSpec):
    """A distance without settings."""

    kind: PlainDistanceKind = Field(description="Name of the distance.")


class UnknownDistanceSpec(DistanceSpec):
    """Says which distances there are; no scenario is valid with it."""

    model_config = ConfigDict(extra="ignore")

    kind: DistanceKind = Field(description="Name of the distance.")


class _WordOrMapping:
    """Lets the JSON Schema take the bare word too."""

    def __init__(self, words: Mapping[str, object]) -> None:
        self.words = list(words)

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "enum": self.words}, handler(core_schema)]}


def _form(words: Mapping[str, object], with_settings: Mapping[str, object]) -> Discriminator:
    """Return what tells the form of a choice from its `kind`, so that faults speak of that form only."""

    def tag(value: object) -> str:
        kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
        if not isinstance(kind, str) or kind not in words:
            return "<unknown>"
        return f"<{kind}>" if kind in with_settings else "<plain>"

    return Discriminator(tag)


def _as_mapping(value: object) -> object:
    return {"kind": value} if isinstance(value, str) else value


Objective = Annotated[
    Annotated[PlainObjectiveSpec, Tag("<plain>")]
    | Annotated[CenterSpec, Tag("<p_center>")]
    | Annotated[MaxCoverSpec, Tag("<max_cover>")]
    | Annotated[SetCoverSpec, Tag("<set_cover>")]
    | Annotated[SkipJsonSchema[UnknownObjectiveSpec], Tag("<unknown>")],
    _form(OBJECTIVES, _OBJECTIVES_WITH_SETTINGS),
    BeforeValidator(_as_mapping),
    _WordOrMapping(OBJECTIVES),
]
Distance = Annotated[
    Annotated[PlainDistanceSpec, Tag("<plain>")]
    | Annotated[TableSpec, Tag("<table>")]
    | Annotated[NetworkSpec, Tag("<network>")]
    | Annotated[SkipJsonSchema[UnknownDistanceSpec], Tag("<unknown>")],
    _form(DISTANCES, _DISTANCES_WITH_SETTINGS),
    BeforeValidator(_as_mapping),
    _WordOrMapping(DISTANCES),
]
