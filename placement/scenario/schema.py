"""The scenario language: every key, its meaning, its default and its limits. One class is one mapping in the YAML.

The classes are pydantic models: strict (no text for a number), closed (an unknown key is a fault) and frozen. What a
single value must be stands here and in `fields`; what two keys must be to each other stands in `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.scenario.fields import (
    Crs,
    Length,
    LengthFromZero,
    Lengths,
    Many,
    Name,
    Polygon,
    Positive,
    Some,
    Text,
    no_repeats,
    one_of,
    refuse,
)
from placement.units import parse_length
from placement.writers import ALWAYS, OPTIONAL

LARGEST_INLINE = 5_000
"""Points that may be listed in the scenario itself; more belong in a file."""

LARGEST_SEED = 2**63 - 1

ObjectiveKind: Any = one_of(OBJECTIVES)
DistanceKind: Any = one_of(DISTANCES)
ReportWord: Any = one_of((*OPTIONAL, *ALWAYS))


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


class SitePoint(Spec):
    """A place written in the scenario."""

    id: Name | None = Field(None, description="Name of the place; F1, F2, ... or C1, C2, ... when left out.")
    x: float = Field(description="Easting or longitude.")
    y: float = Field(description="Northing or latitude.")


class DemandPoint(SitePoint):
    """A demand point written in the scenario."""

    id: Name | None = Field(None, description="Name of the point; P1, P2, ... when left out.")
    weight: Positive = Field(1.0, description="How much the point counts: people, patients.")


class SiteFile(Spec):
    """Places in a data file."""

    file: Text = Field(
        description="CSV, GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet or Excel file, relative to the scenario."
    )
    x: Text = Field("x", description="Column of x, easting or longitude; a file with geometry needs none.")
    y: Text = Field("y", description="Column of y, northing or latitude; a file with geometry needs none.")
    id: Text | None = Field(None, description="Column of names; numbered when left out.")


class DemandFile(SiteFile):
    """Demand points in a data file."""

    weight: Text | None = Field(None, description="Column of weights; every point counts 1 when left out.")


class BlockDemand(Spec):
    """A kind of block in the drawing whose copies are demand points."""

    name: Name = Field(description="Name of the block in the drawing.")
    weight: Positive = Field(1.0, description="How much each copy counts.")
    label: Text = Field("seat", description="What a copy is called in reports.")


class DemandBlocks(Spec):
    """Demand points taken from the drawing of `plan`."""

    blocks: Some[BlockDemand] = Field(description="Blocks of the drawing that count as demand.")


class PolygonFile(Spec):
    """Polygons in a data file."""

    file: Text = Field(description="GeoJSON file of polygons, relative to the scenario.")


def _not_too_many(value: object) -> object:
    if isinstance(value, (list, tuple)) and len(value) > LARGEST_INLINE:
        raise refuse(
            f"{len(value):,} points are too many to list here",
            allowed=f"at most {LARGEST_INLINE:,}",
            fix="put them in a CSV file and write {file: points.csv}",
        )
    return value


def _shape(value: object) -> str | None:
    """Tell which form of a union the user meant, so that faults speak of that form only."""
    if isinstance(value, (list, tuple)):
        return "<list>"
    if isinstance(value, (dict, Spec)):
        return "<blocks>" if isinstance(value, DemandBlocks) or (isinstance(value, dict) and "blocks" in value) else "<file>"
    return None


def _shape_of_sites(value: object) -> str | None:
    return "<file>" if isinstance(value, dict) else _shape(value)


def _kind(value: object) -> object:
    return {"kind": value} if isinstance(value, str) else value


def _word_or_kind(words: Iterable[str]) -> WithJsonSchema:
    word = {"type": "string", "enum": list(words)}
    mapping = {"type": "object", "properties": {"kind": word}, "required": ["kind"], "additionalProperties": False}
    return WithJsonSchema({"anyOf": [word, mapping]})


DemandList = Annotated[Some[DemandPoint], BeforeValidator(_not_too_many)]
SiteList = Annotated[Many[SitePoint], BeforeValidator(_not_too_many)]
Demand = Annotated[
    Annotated[DemandList, Tag("<list>")] | Annotated[DemandFile, Tag("<file>")] | Annotated[DemandBlocks, Tag("<blocks>")],
    Discriminator(_shape),
]
Sites = Annotated[Annotated[SiteList, Tag("<list>")] | Annotated[SiteFile, Tag("<file>")], Discriminator(_shape_of_sites)]
Forbidden = Annotated[
    Annotated[Many[Polygon], Tag("<list>")] | Annotated[PolygonFile, Tag("<file>")], Discriminator(_shape_of_sites)
]


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


class DevicesSpec(Spec):
    """How many devices there are to place, what they reach, and where they may stand."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["budget"]}, {"required": ["cost", "price"]}]})

    budget: Annotated[int, Field(ge=1)] | None = Field(None, description="How many new devices to place.")
    cost: Positive | None = Field(None, description="Money to spend; with `price` instead of `budget`.")
    price: Positive | None = Field(None, description="Price of one device, in the money of `cost`.")
    radius: Lengths | None = Field(None, description="Coverage radius, or a list of them; the first is the requirement.")
    fixed: Sites = Field((), description="Devices that stand already and stay.")
    candidates: Sites | None = Field(None, description="If given, new devices stand only there.")
    forbidden: Forbidden = Field((), description="Polygons where no device may stand.")

    @property
    def n_new(self) -> int:
        """Number of new devices: the budget, or what the money buys."""
        if self.budget is not None:
            return self.budget
        return int(Fraction(repr(self.cost)) // Fraction(repr(self.price)))


class ObjectiveSpec(Spec):
    """What the plan minimises."""

    kind: ObjectiveKind = Field(description="Name of the objective.")


class DistanceSpec(Spec):
    """How distance is measured."""

    kind: DistanceKind = Field(description="Name of the distance.")


class SolverSpec(Spec):
    """How the plan is searched for."""

    n_init: int = Field(50, ge=1, le=100_000, description="Independent starts; the best is kept.")
    seed: int = Field(0, ge=0, le=LARGEST_SEED, description="Same seed, same plan.")
    time_limit: Positive | None = Field(None, description="Stop after this many seconds and keep the best plan.")
    max_iter: int = Field(300, ge=1, le=1_000_000, description="Iterations of one start at most.")


class ScenarioSpec(TaskSpec):
    """A place, the people or sites to serve, and the devices to place."""

    task: Literal["place"] = Field("place", description="What to do: place devices.")
    units: Literal["m", "ft", "km"] = Field("m", description="Unit of coordinates and lengths, and of lengths in reports.")
    crs: Crs | None = Field(
        None, description="Coordinate system of geographic data, such as EPSG:4326; none for plain coordinates."
    )
    plan: PlanSpec | None = Field(None, description="Floor plan.")
    demand: Demand = Field(description="Who is to be served: a list of points, a file, or blocks of the plan.")
    devices: DevicesSpec = Field(description="How many devices, and where they may stand.")
    objective: Annotated[ObjectiveSpec, BeforeValidator(_kind), _word_or_kind(OBJECTIVES)] = Field(
        ObjectiveSpec(kind="k_means"), description="What the plan minimises."
    )
    distance: Annotated[DistanceSpec, BeforeValidator(_kind), _word_or_kind(DISTANCES)] = Field(
        DistanceSpec(kind="euclidean"), description="How distance is measured."
    )
    solver: SolverSpec = Field(SolverSpec(), description="How long and from which seed to search.")
    report: Annotated[Many[ReportWord], AfterValidator(no_repeats)] = Field(
        ("pdf", "map"), description="Files to write beside the tables."
    )

    def length_m(self, value: float | str) -> float:
        """Return a length of this scenario, such as 12 or ``"12 ft"``, in metres [m]."""
        return parse_length(value, self.units)

    @property
    def radii_m(self) -> tuple[float, ...]:
        """The coverage radii [m]; the first is the requirement; empty when none is asked for."""
        return tuple(self.length_m(radius) for radius in self.devices.radius or ())
