"""The classes that every mapping of a scenario is made from, whatever its task."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from placement.scenario.fields import Name

LARGEST_SEED = 2**63 - 1


class Spec(BaseModel):
    """A mapping of the scenario."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, serialize_by_alias=True, defer_build=True
    )


class TaskSpec(Spec):
    """What a scenario of any task begins with."""

    schema_version: Literal[1] = Field(alias="schema", description="Version of the scenario language; 1.")
    task: str = Field(description="What to do.")
    name: Name = Field(description="Title of the scenario, for reports.")
