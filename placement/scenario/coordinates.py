"""Do coordinates fit the coordinate system that the scenario names? Mixed, missing and swapped ones are caught here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from placement.core.types import FloatArray
from placement.errors import Fault
from placement.scenario.scenario import Scenario
from placement.scenario.tree import Loc

if TYPE_CHECKING:
    from pyproj import CRS

LONGITUDE_NAMES = frozenset({"lon", "long", "lng", "longitude"})
LATITUDE_NAMES = frozenset({"lat", "latitude"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where coordinates were read: a file and its columns, its geometry with a `crs`, or the scenario itself."""

    loc: Loc
    label: str
    x: str = ""
    y: str = ""
    crs: str | None = None

    @property
    def key(self) -> Loc:
        """The place in the scenario to point at."""
        return (*self.loc, "x") if self.x else (*self.loc, "file") if self.crs else self.loc


def coordinate_faults(scenario: Scenario, xy: FloatArray, origin: Origin) -> list[Fault]:
    """Return what is wrong between coordinates and the scenario's ``crs``.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    xy : ndarray of shape (n, 2)
        Coordinates as written; rows with nan are left out.
    origin : Origin
        Where they were read.

    Returns
    -------
    list of Fault
        Empty, or one.
    """
    crs = scenario.spec.crs
    if crs is None:
        return _without_crs(scenario, origin)
    from pyproj import CRS

    system = CRS.from_user_input(crs)
    if origin.crs is not None and not system.equals(CRS.from_user_input(origin.crs), ignore_axis_order=True):
        problem = f"mixed coordinate systems: {origin.label} is in {short_name(origin.crs)}, the scenario in {crs}"
        return [
            scenario.fault(
                origin.key,
                problem,
                fix=f"convert the file to {crs}, or the scenario's crs and its other data to {short_name(origin.crs)}",
            )
        ]
    points = xy[np.isfinite(xy).all(axis=1)]
    if len(points) == 0:
        return []
    return _in_degrees(scenario, points, origin) if system.is_geographic else _in_metres(scenario, points, origin, system)


def short_name(crs: str) -> str:
    """Return a coordinate system's code, or its name when it is given as a long definition."""
    from pyproj import CRS

    return crs if len(crs) <= len("EPSG:999999") else CRS.from_user_input(crs).name


def _without_crs(scenario: Scenario, origin: Origin) -> list[Fault]:
    named = {origin.x.lower(), origin.y.lower()} & (LONGITUDE_NAMES | LATITUDE_NAMES)
    if origin.crs is None and not named:
        return []
    if origin.crs is not None:
        from pyproj import CRS

        system = CRS.from_user_input(origin.crs)
        if not (system.is_geographic or system.is_projected):
            return []
        if system.is_projected:
            problem = f"{origin.label} is in {short_name(origin.crs)}, and the scenario has no crs"
            return [scenario.fault(origin.key, problem, fix=f"add crs: {short_name(origin.crs)} at the top level")]
    fix = f"add crs: {short_name(origin.crs or 'EPSG:4326')} at the top level"
    if origin.crs is not None and origin.label.lower().endswith("json"):
        fix += "; or, if the file holds plain metres, save it as CSV: GeoJSON is always longitude and latitude"
    return [
        scenario.fault(
            origin.key, f"degrees without crs: {origin.label} holds longitude and latitude, and the scenario has no crs", fix=fix
        )
    ]


def _in_degrees(scenario: Scenario, points: FloatArray, origin: Origin) -> list[Fault]:
    crs = scenario.spec.crs
    x, y = np.abs(points).max(axis=0)
    is_named_wrong = origin.x.lower() in LATITUDE_NAMES or origin.y.lower() in LONGITUDE_NAMES
    if is_named_wrong or (y > 90 and x <= 90 and y <= 180):  # noqa: PLR2004 - degrees of a quarter and a half circle
        fix = (
            f"write x: {origin.y}, y: {origin.x}"
            if origin.x
            else "x is longitude (-180 to 180), y is latitude (-90 to 90): exchange them"
        )
        return [
            scenario.fault(origin.key, "latitude and longitude are swapped: x must be longitude", value=_sample(points), fix=fix)
        ]
    if x > 180 or y > 90:  # noqa: PLR2004
        problem = f"these are not degrees, as crs {crs} would have them"
        worst = points[int(np.argmax(np.maximum(np.abs(points[:, 0]) / 180, np.abs(points[:, 1]) / 90)))]
        fix = "name the crs of the data, or remove crs: if they are plain coordinates"
        return [
            scenario.fault(
                origin.key, problem, value=_sample(worst[None]), allowed="x from -180 to 180, y from -90 to 90", fix=fix
            )
        ]
    return []


def _in_metres(scenario: Scenario, points: FloatArray, origin: Origin, system: CRS) -> list[Fault]:
    """Catch degrees under a national grid; a system without a code may have its origin on the user's site."""
    x, y = np.abs(points).max(axis=0)
    if system.to_authority() is None or x > 180 or y > 90:  # noqa: PLR2004
        return []
    problem = f"these look like degrees, and crs {scenario.spec.crs} is in {system.axis_info[0].unit_name}s"
    return [
        scenario.fault(origin.key, problem, value=_sample(points), fix="write crs: EPSG:4326 if they are longitude and latitude")
    ]


def _sample(points: FloatArray) -> str:
    return f"x = {points[0, 0]:.10g}, y = {points[0, 1]:.10g}"
