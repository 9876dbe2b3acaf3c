"""The scenario language: every key, its meaning, its default and its limits. One class is one mapping in the YAML.

The classes are pydantic models: strict (no text for a number), closed (an unknown key is a fault) and frozen. What a
single value must be stands here and in `fields`; what two keys must be to each other stands in `rules`.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, cast

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from placement.scenario.choices_schema import CoverSpec, Distance, Objective, PlainDistanceSpec, PlainObjectiveSpec
from placement.scenario.devices_schema import DevicesSpec
from placement.scenario.fields import Crs, Length, LengthFromZero, Many, Name, Polygon, Positive, Some, Text
from placement.scenario.place_schema import Demand
from placement.scenario.report_schema import DEFAULT_FILES, Report, ReportSpec
from placement.scenario.spec import LARGEST_SEED, Spec, TaskSpec
from placement.units import parse_length


class LayersSpec(Spec):
    """Which layers of the drawing are what: LAYER, or LAYER/BLOCK* for some blocks of it."""

    floor: Some[Text] = Field(description="Layers of the floor.")
    wall: Some[Text] = Field(description="Layers of walls and columns.")
    door: Many[Text] = Field((), description="Layers of doors.")
    window: Many[Text] = Field((), description="Layers of windows.")


class AreaSpec(Spec):
    """A named area."""

    name: Name = Field(description="What the area is called.")
    outline: Polygon = Field(description="Its corners as [x, y], in `units`.")


class PlanSpec(Spec):
    """The floor plan: where devices may stand and people walk."""

    file: Annotated[Text, Field(pattern=r"(?i)\.dxf\s*$")] = Field(description="DXF drawing, relative to the scenario.")
    unit: Literal["mm", "cm", "m", "in", "ft"] = Field(description="What one unit of the drawing is.")
    layers: LayersSpec = Field(description="Which layers are floor, wall, door and window.")
    clearance: LengthFromZero = Field("0.1 m", description="How far from a wall a device hangs.")
    close_gaps: Length = Field("2 m", description="Openings up to this wide are closed when the outline is traced.")
    rooms: Many[AreaSpec] = Field((), description="Rooms, so that reports can name them.")
    voids: Many[AreaSpec] = Field((), description="Areas without floor: light wells, shafts.")


class SolverSpec(Spec):
    """How the plan is searched for."""

    n_init: int = Field(50, ge=1, le=100_000, description="Independent starts; the best is kept.")
    seed: int = Field(0, ge=0, le=LARGEST_SEED, description="Same seed, same plan.")
    time_limit: Positive | None = Field(None, description="Stop after this many seconds and keep the best plan.")
    max_iter: int = Field(300, ge=1, le=1_000_000, description="Iterations of one start at most.")
    effort: Literal["fast", "good", "best"] = Field("good", description="How much work goes into the search and the proof.")
    gap: float = Field(1e-6, ge=0, le=1, description="Stop once the plan is proven to be this close to the best, as a share.")


_SET_COVER = {"type": "object", "properties": {"kind": {"const": "set_cover"}}, "required": ["kind"]}
_COUNTS_DEVICES = {"anyOf": [{"const": "set_cover"}, _SET_COVER]}
_SAYS_HOW_MANY: list[dict[str, Any]] = [
    {"properties": {"objective": _COUNTS_DEVICES}, "required": ["objective"]},
    {"properties": {"devices": {"anyOf": [{"required": ["budget"]}, {"required": ["cost"]}]}}},
]


class VariantSpec(Spec):
    """A named small change of the scenario."""

    name: Name = Field(description="What the variant is called in comparisons.")
    set: Annotated[dict[str, Any], Field(min_length=1)] = Field(
        description="New values by their place in the scenario, such as {devices.budget: 6}."
    )

    def changes(self) -> tuple[str, ...]:
        """Return the changes as ``key.path=value``, the value as JSON, which is YAML too."""
        return tuple(f"{path}={json.dumps(value)}" for path, value in self.set.items())


class ScenarioSpec(TaskSpec):
    """A place, the people or sites to serve, and the devices to place."""

    model_config = ConfigDict(json_schema_extra=cast("JsonDict", {"anyOf": _SAYS_HOW_MANY}))

    task: Literal["place"] = Field("place", description="What to do: place devices.")
    units: Literal["m", "ft", "km"] = Field("m", description="Unit of coordinates and lengths, and of lengths in reports.")
    crs: Crs | None = Field(
        None, description="Coordinate system of geographic data, such as EPSG:4326; none for plain coordinates."
    )
    plan: PlanSpec | None = Field(None, description="Floor plan.")
    demand: Demand = Field(description="Who is to be served: a list of points, a file, or blocks of the plan.")
    devices: DevicesSpec = Field(description="How many devices, and where they may stand.")
    objective: Objective = Field(PlainObjectiveSpec(kind="k_means"), description="What the plan minimises or maximises.")
    distance: Distance = Field(PlainDistanceSpec(kind="euclidean"), description="How distance is measured.")
    solver: SolverSpec = Field(SolverSpec(), description="How long and from which seed to search.")
    report: Report = Field(
        DEFAULT_FILES, description="Files to write beside the tables: a list, or a mapping with `files` and the looks of the PDF."
    )

    variants: Many[VariantSpec] = Field((), description="Named small changes, planned side by side by `place compare`.")

    @property
    def report_files(self) -> tuple[str, ...]:
        """The words of the files to write."""
        return self.report.files if isinstance(self.report, ReportSpec) else self.report

    def length_m(self, value: float | str) -> float:
        """Return a length of this scenario, such as 12 or ``"12 ft"``, in metres [m]."""
        return parse_length(value, self.units)

    @property
    def radii_m(self) -> tuple[float, ...]:
        """The coverage radii [m], none or more; the first is the requirement: that of the objective if it has one."""
        radii = tuple(self.length_m(radius) for radius in self.devices.radius or ())
        if not isinstance(self.objective, CoverSpec) or self.objective.radius is None:
            return radii
        first = self.length_m(self.objective.radius)
        return (first, *(radius for radius in radii if radius != first))
