"""Forbidden zones, listed in the scenario or read from a GeoJSON file; still in the user's coordinates."""

from __future__ import annotations

import numpy as np

from placement.core.types import FloatArray
from placement.errors import FileFormatError, ScenarioError
from placement.scenario.coordinates import Origin, coordinate_faults
from placement.scenario.data_files import check_data_file, whole_file_fault
from placement.scenario.place_schema import PolygonFile
from placement.scenario.scenario import Scenario
from placement.scenario.tree import Loc, dotted


def read_rings(scenario: Scenario, loc: Loc) -> list[FloatArray]:
    """Read the polygons at a place of the scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    loc : tuple of str
        ``("devices", "forbidden")``.

    Returns
    -------
    list of ndarray of shape (k, 2)
        The corners of each polygon; empty when none are given.

    Raises
    ------
    ScenarioError
        If the file cannot be read, a polygon has a hole, or the coordinates do not fit the scenario's.
    """
    forbidden = scenario.spec.devices.forbidden
    if not isinstance(forbidden, PolygonFile):
        rings = [np.array(polygon, dtype=float) for polygon in forbidden]
        origin = Origin(loc, dotted(loc))
    else:
        rings, crs = _from_file(scenario, (*loc, "file"), forbidden.file)
        origin = Origin(loc, forbidden.file, crs=crs)
    faults = coordinate_faults(scenario, np.concatenate(rings), origin) if rings else []
    if faults:
        raise ScenarioError(faults)
    return rings


def _from_file(scenario: Scenario, loc: Loc, file: str) -> tuple[list[FloatArray], str | None]:
    from placement.readers.geojson import read_polygons

    path = check_data_file(scenario, loc, file)
    try:
        polygons, crs = read_polygons(path)
    except FileFormatError as error:
        raise ScenarioError([whole_file_fault(scenario, loc, path, error)]) from None
    if not polygons:
        raise ScenarioError([scenario.fault(loc, f"{path} has no polygons")])
    with_holes = [number for number, rings in enumerate(polygons, start=1) if len(rings) > 1]
    if with_holes:
        problem = f"polygon {with_holes[0]} of {path} has a hole"
        raise ScenarioError([scenario.fault(loc, problem, fix="cut it into polygons without holes")])
    return [rings[0] for rings in polygons], crs
