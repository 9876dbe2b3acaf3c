"""The scenario language for places: demand, candidate sites, devices that stand already; listed or in a file."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Field, Tag

from placement.scenario.fields import Many, Name, Polygon, Positive, PositiveOrZero, Some, Text, refuse
from placement.scenario.spec import Spec

LARGEST_INLINE = 5_000
"""Points that may be listed in the scenario itself; more belong in a file."""


class SitePoint(Spec):
    """A place written in the scenario."""

    id: Name | None = Field(None, description="Name of the place; F1, F2, ... or C1, C2, ... when left out.")
    x: float = Field(description="Easting or longitude.")
    y: float = Field(description="Northing or latitude.")


class DemandPoint(SitePoint):
    """A demand point written in the scenario."""

    id: Name | None = Field(None, description="Name of the point; P1, P2, ... when left out.")
    weight: Positive = Field(1.0, description="How much the point counts: people, patients.")


class FixedPoint(SitePoint):
    """A device that stands already, written in the scenario."""

    capacity: Positive | None = Field(None, description="Weight that this device may serve at most.")
    group: Name | None = Field(None, description="Group of places that it belongs to, for quotas.")


class CandidatePoint(FixedPoint):
    """A candidate site written in the scenario."""

    capacity: Positive | None = Field(None, description="Weight that a device may serve here at most.")
    price: PositiveOrZero | None = Field(None, description="What a device costs here, in the money of `cost`.")


class PointFile(Spec):
    """Places in a data file."""

    file: Text = Field(
        description="CSV, GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet or Excel file, relative to the scenario."
    )
    x: Text = Field("x", description="Column of x, easting or longitude; a file with geometry needs none.")
    y: Text = Field("y", description="Column of y, northing or latitude; a file with geometry needs none.")
    id: Text | None = Field(None, description="Column of names; numbered when left out.")


class DemandFile(PointFile):
    """Demand points in a data file."""

    weight: Text | None = Field(None, description="Column of weights; every point counts 1 when left out.")


class FixedFile(PointFile):
    """Devices that stand already, in a data file."""

    capacity: Text | None = Field(None, description="Column of the weight that each device may serve; empty for no limit.")
    group: Text | None = Field(None, description="Column of the group that each place belongs to, for quotas.")


class CandidateFile(FixedFile):
    """Candidate sites in a data file."""

    price: Text | None = Field(None, description="Column of what a device costs there, in the money of `cost`.")


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


_DemandList = Annotated[Some[DemandPoint], BeforeValidator(_not_too_many)]
_FixedList = Annotated[Many[FixedPoint], BeforeValidator(_not_too_many)]
_CandidateList = Annotated[Many[CandidatePoint], BeforeValidator(_not_too_many)]
Demand = Annotated[
    Annotated[_DemandList, Tag("<list>")] | Annotated[DemandFile, Tag("<file>")] | Annotated[DemandBlocks, Tag("<blocks>")],
    Discriminator(_shape),
]
Fixed = Annotated[Annotated[_FixedList, Tag("<list>")] | Annotated[FixedFile, Tag("<file>")], Discriminator(_shape_of_sites)]
Candidates = Annotated[
    Annotated[_CandidateList, Tag("<list>")] | Annotated[CandidateFile, Tag("<file>")], Discriminator(_shape_of_sites)
]
Forbidden = Annotated[
    Annotated[Many[Polygon], Tag("<list>")] | Annotated[PolygonFile, Tag("<file>")], Discriminator(_shape_of_sites)
]
