"""The scenario language for devices: how many, what they cost and reach, and the rules that a plan must respect."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, cast

from pydantic import ConfigDict, Discriminator, Field, Tag
from pydantic.config import JsonDict

from placement.scenario.fields import Length, Lengths, Many, Name, Positive, PositiveOrZero, Some
from placement.scenario.place_schema import Candidates, Fixed, Forbidden
from placement.scenario.spec import Spec


class CapacityRange(Spec):
    """What one open device serves: at least, at most."""

    min: PositiveOrZero = Field(0.0, description="Weight that an open device must serve at least.")
    max: Positive | None = Field(None, description="Weight that a device may serve at most; no limit when left out.")


class QuotaSpec(Spec):
    """How many devices a group of sites carries."""

    group: Name = Field(description="Name of the group, as at the sites.")
    min: Annotated[int, Field(ge=0)] = Field(0, description="Devices on sites of the group at least; fixed ones count.")
    max: Annotated[int, Field(ge=0)] | None = Field(None, description="Devices on sites of the group at most; fixed ones count.")


class PairSpec(Spec):
    """A demand point and the device or site that must, or must not, serve it."""

    demand: Name = Field(description="Name of the demand point.")
    device: Name = Field(description="Name of the candidate site or fixed device.")


class PairsSpec(Spec):
    """Who must, and who must not, be served from where."""

    required: Many[PairSpec] = Field((), description="Pairs that must be: the site carries a device and serves the point.")
    forbidden: Many[PairSpec] = Field((), description="Pairs that must not be.")


class TypeSpec(Spec):
    """A type of device that a candidate site may carry."""

    name: Name = Field(description="Name of the type; a device on site S3 is called S3/name.")
    price: PositiveOrZero | None = Field(None, description="What a device of the type costs, beside the price of the site.")
    capacity: Positive | None = Field(None, description="Weight that a device of the type may serve at most.")


def _number_or_range(value: object) -> str:
    return "<range>" if isinstance(value, (dict, Spec)) else "<number>"


Capacity = Annotated[
    Annotated[Positive, Tag("<number>")] | Annotated[CapacityRange, Tag("<range>")], Discriminator(_number_or_range)
]

_COST, _PRICE, _BUDGET = ({"required": [key]} for key in ("cost", "price", "budget"))
_PRICED_LIST = {"type": "array", "contains": _PRICE}
_PRICED_SITES = {
    "properties": {"candidates": {"anyOf": [{"type": "object", **_PRICE}, _PRICED_LIST]}},
    "required": ["candidates"],
}
_PRICED_TYPES = {"properties": {"types": _PRICED_LIST}, "required": ["types"]}
_SITE_PRICES = {"anyOf": [_PRICED_SITES, _PRICED_TYPES]}
_FORMS: list[dict[str, Any]] = [
    {**_BUDGET, "not": {"anyOf": [_COST, _PRICE, _SITE_PRICES]}},
    {"required": ["cost", "price"], "not": _BUDGET},
    {"allOf": [_COST, _SITE_PRICES]},
    {"not": {"anyOf": [_BUDGET, _COST, _PRICE, _SITE_PRICES]}},
]
"""Budget; money at one price; money at the prices of the sites; nothing, for an objective that finds the number itself."""


class DevicesSpec(Spec):
    """How many devices there are to place, what they reach, and where they may stand."""

    model_config = ConfigDict(json_schema_extra=cast("JsonDict", {"anyOf": _FORMS}))

    budget: Annotated[int, Field(ge=1)] | None = Field(None, description="How many new devices to place.")
    cost: Positive | None = Field(None, description="Money to spend; with `price`, or with prices of the candidates.")
    price: Positive | None = Field(None, description="Price of one device, in the money of `cost`.")
    radius: Lengths | None = Field(None, description="Coverage radius, or a list of them; the first is the requirement.")
    fixed: Fixed = Field((), description="Devices that stand already and stay.")
    candidates: Candidates | None = Field(None, description="If given, new devices stand only there.")
    forbidden: Forbidden = Field((), description="Polygons where no device may stand.")
    capacity: Capacity | None = Field(None, description="Weight that one device may serve, or {min, max}.")
    cutoff: Length | None = Field(None, description="Nobody may be farther from the serving device than this.")
    spacing: Length | None = Field(None, description="Devices stand at least this far apart.")
    quotas: Some[QuotaSpec] | None = Field(None, description="How many devices each group of sites carries.")
    types: Some[TypeSpec] | None = Field(None, description="Types of device; each candidate site carries one of them at most.")
    pairs: PairsSpec | None = Field(None, description="Who must, and who must not, be served from where.")

    @property
    def n_new(self) -> int | None:
        """Number of new devices: the budget, or what the money buys at one price; None when the data decide."""
        if self.budget is not None:
            return self.budget
        if self.has_site_prices or self.cost is None:
            return None
        return int(Fraction(repr(self.cost)) // Fraction(repr(self.price)))

    @property
    def has_site_prices(self) -> bool:
        """Whether what a device costs depends on the site or on its type."""
        return has_key(self.candidates, "price") or has_key(self.types, "price")


def has_key(places: object, key: str) -> bool:
    """Tell whether listed places, or the columns of a file, say something under `key`; valid or as written."""
    listed = places if isinstance(places, (list, tuple)) else (places,)
    return any((one.get(key) if isinstance(one, dict) else getattr(one, key, None)) is not None for one in listed)
