"""The kinds of value that a scenario is written in, each with its own check and its own words when the check fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, Strict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from placement.units import METRES_PER_UNIT, parse_length

LENGTH_EXAMPLE = f"a number in `units`, or a number with one of {', '.join(METRES_PER_UNIT)}, such as '12 ft'"

Item = TypeVar("Item")

Many = Annotated[tuple[Item, ...], Strict(False)]
"""A list in the YAML, a tuple in Python, so that a scenario is frozen all the way down."""


def _not_empty(values: tuple[Item, ...]) -> tuple[Item, ...]:
    if not values:
        raise refuse("the list is empty", allowed="at least one entry")
    return values


# Not pydantic's min_length: it counts good entries only, and would call a list of bad ones empty.
Some = Annotated[Many[Item], AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1})]
"""A list of at least one."""


def refuse(problem: str, *, allowed: str = "", fix: str = "") -> PydanticCustomError:
    """Return an error whose words are already ours."""
    return PydanticCustomError("place", "{problem}", {"problem": problem, "allowed": allowed, "fix": fix})


LONGEST_M = 1e12
"""A length of a scenario [m]; squares of longer ones lose every digit that matters."""


def _length(value: object, smallest: str) -> float | str:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise refuse("a length is expected", allowed=LENGTH_EXAMPLE)
    try:
        metres = parse_length(value, "m")
    except (ValueError, OverflowError):
        raise refuse("this is not a length", allowed=LENGTH_EXAMPLE) from None
    if metres < 0 or (metres == 0 and smallest == "above 0"):
        raise refuse(f"the length must be {smallest}", allowed=LENGTH_EXAMPLE)
    if metres > LONGEST_M:
        raise refuse("the length is out of range", allowed=f"up to {LONGEST_M:,.0f} m")
    return value


def _length_above_zero(value: object) -> float | str:
    return _length(value, "above 0")


def _length_from_zero(value: object) -> float | str:
    return _length(value, "0 or more")


def _length_schema(bound: str) -> WithJsonSchema:
    text = r"^\s*\+?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*(" + "|".join(METRES_PER_UNIT) + r")?\s*$"
    return WithJsonSchema({"anyOf": [{"type": "number", bound: 0, "maximum": LONGEST_M}, {"type": "string", "pattern": text}]})


Length = Annotated[float | str, PlainValidator(_length_above_zero), _length_schema("exclusiveMinimum")]
LengthFromZero = Annotated[float | str, PlainValidator(_length_from_zero), _length_schema("minimum")]


def _one_as_list(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else [value]


def no_repeats(values: tuple[Item, ...]) -> tuple[Item, ...]:
    """Refuse a list in which a value stands twice."""
    repeated = [value for index, value in enumerate(values) if value in values[:index]]
    if repeated:
        raise refuse(f"{repeated[0]} stands twice in the list", fix="keep it once")
    return values


Lengths = Annotated[
    Some[Length],
    BeforeValidator(_one_as_list),
    AfterValidator(no_repeats),
    WithJsonSchema(
        {
            "anyOf": [
                _length_schema("exclusiveMinimum").json_schema,
                {"type": "array", "minItems": 1, "items": _length_schema("exclusiveMinimum").json_schema},
            ]
        }
    ),
]
"""One length, or a list of them."""

Text = Annotated[str, StringConstraints(pattern=r"\S")]
"""Text with something to read in it."""

Name = Annotated[Text, WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""Text that may look like a number; the loader keeps it as written."""

Positive = Annotated[float, Field(gt=0)]
PositiveOrZero = Annotated[float, Field(ge=0)]


def _crs(value: str) -> str:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    example = "EPSG:4326 (longitude and latitude), or another code or definition that PROJ knows"
    try:
        system = CRS.from_user_input(value)
    except CRSError:
        raise refuse("no coordinate system has this name", allowed=example, fix="look the code up at epsg.io") from None
    if not (system.is_geographic or system.is_projected):
        raise refuse(f"this coordinate system has no x and y on the Earth's surface ({system.type_name})", allowed=example)
    return value


Crs = Annotated[Text, AfterValidator(_crs)]
"""A coordinate system of the Earth's surface; PROJ is asked only when one is given."""

Ring = Many[Annotated[tuple[float, float], Strict(False)]]
"""Corners as [x, y]; the first need not be repeated at the end."""


def _simple_ring(ring: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    if len(set(ring)) < 3:  # noqa: PLR2004 - a triangle is the smallest area
        raise refuse("a polygon needs at least 3 different corners", allowed="[[x, y], [x, y], [x, y], …]")
    import shapely

    polygon = shapely.Polygon(ring)
    if shapely.LineString(ring).convex_hull.area == 0:
        raise refuse("the corners lie on one line", allowed="corners around an area")
    if not polygon.is_valid:
        place = shapely.is_valid_reason(polygon).rstrip("]").partition("[")[2].replace(" ", ", ")
        raise refuse(
            f"the polygon's edge crosses or touches itself near [{place}]", fix="list the corners in order around the edge"
        )
    return ring


Polygon = Annotated[Ring, AfterValidator(_simple_ring)]


def one_of(words: Mapping[str, object] | tuple[str, ...]) -> Any:
    """Return the annotation of a word from a registry, read when the class is made.

    Parameters
    ----------
    words : mapping or tuple of str
        The words that exist.
    """

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise PydanticCustomError("word", "unknown word", {"words": tuple(words)})
        return value

    return Annotated[str, PlainValidator(check), WithJsonSchema({"type": "string", "enum": list(words)})]
