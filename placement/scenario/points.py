"""Points of a scenario, listed in it or read from a file, checked to the last cell; still in the user's coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from placement.core.table import Table
from placement.core.types import FloatArray
from placement.errors import Fault, ScenarioError
from placement.readers import read_table
from placement.scenario.attributes import ATTRIBUTES, NO_ATTRIBUTES, Attributes, attributes_of_file, attributes_of_list
from placement.scenario.cells import Cells, repeats, row_fault
from placement.scenario.coordinates import LATITUDE_NAMES, LONGITUDE_NAMES, Origin, coordinate_faults
from placement.scenario.data_files import check_data_file, load_table
from placement.scenario.hints import nearest
from placement.scenario.place_schema import PointFile, SitePoint
from placement.scenario.scenario import Scenario
from placement.scenario.tree import Loc, dotted

ID_PREFIXES = {"demand": "P", "fixed": "F", "candidates": "C"}
"""First letter of the names of points that the user left without."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points as the user gave them.

    Parameters
    ----------
    ids : tuple of str
        n distinct names.
    xy : ndarray of shape (n, 2)
        In the user's coordinates, neither scaled nor projected.
    weight : ndarray of shape (n,)
        Finite and above 0; ones for anything but demand.
    crs : str or None
        Coordinate system of `xy`; None for plain coordinates.
    notes : tuple of str
        What the reader did that a careful user wants to know.
    attributes : Attributes
        Prices, capacities and groups of sites; none for demand.
    """

    ids: tuple[str, ...]
    xy: FloatArray
    weight: FloatArray
    crs: str | None
    notes: tuple[str, ...]
    _scenario: Scenario
    _loc: Loc
    _table: Table | None = None
    attributes: Attributes = NO_ATTRIBUTES

    @property
    def is_candidates(self) -> bool:
        """Whether these are candidate sites."""
        return self._loc[-1:] == ("candidates",)

    def where(self, i: int) -> str:
        """Return where point `i` was written: ``desks.csv row 7`` or ``demand[3]``."""
        if self._table is None:
            return dotted((*self._loc, i))
        return f"{self._table.path.name} {'row' if self._table.xy is None else 'feature'} {self._table.row_numbers[i]}"

    def fault(self, i: int, problem: str, *, value: str = "", allowed: str = "", fix: str = "") -> Fault:
        """Return a fault about point `i`, at its row or line; without `value` its name and position are shown."""
        value = value or f"{self.ids[i]} at x = {self.xy[i, 0]:.10g}, y = {self.xy[i, 1]:.10g}"
        if self._table is None:
            return self._scenario.fault((*self._loc, i), problem, value=value, allowed=allowed, fix=fix)
        return row_fault(self._table, i, "", problem, value=value, allowed=allowed, fix=fix)


def read_points(scenario: Scenario, loc: Loc) -> Points:
    """Read the points at a place of the scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    loc : tuple of str
        ``("demand",)``, ``("devices", "fixed")`` or ``("devices", "candidates")``; points must be given there.

    Returns
    -------
    Points
        At least one for a file; as many as are listed otherwise.

    Raises
    ------
    ScenarioError
        With every fault of the file, its cells and its coordinates.
    """
    spec: Any = scenario.spec
    for step in loc:
        spec = getattr(spec, str(step))
    if isinstance(spec, PointFile):
        path = check_data_file(scenario, (*loc, "file"), spec.file)
        return _from_file(scenario, loc, spec, path)
    return _from_list(scenario, loc, spec)


def read_standing(scenario: Scenario, path: Path) -> Points:
    """Read devices that stand already from a file that the scenario does not name.

    Parameters
    ----------
    scenario : Scenario
        For its coordinate system.
    path : Path
        A table with ``id`` (optional) and ``x, y``; where the scenario is geographic ``lon, lat`` or geometry count first.

    Returns
    -------
    Points
        With the coordinate system of what was read.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    FileFormatError
        If it cannot be read as what its name says.
    """
    if not path.is_file():
        raise ScenarioError([Fault(str(path), None, None, "", "there is no such file")])
    table = read_table(path)
    cells = Cells(table)
    xy, crs = _standing_xy(scenario, cells)
    ids = cells.names(id_column) if (id_column := _column(table, ("id",))) else _numbered(ID_PREFIXES["fixed"], table.n)
    if cells.faults:
        raise ScenarioError(cells.shown_faults())
    return Points(ids, xy, np.ones(table.n), crs, table.notes, scenario, ("devices", "fixed"), table)


def _standing_xy(scenario: Scenario, cells: Cells) -> tuple[FloatArray, str | None]:
    table, crs = cells.table, scenario.spec.crs
    x, y = _column(table, ("x",)), _column(table, ("y",))
    lon, lat = _column(table, LONGITUDE_NAMES), _column(table, LATITUDE_NAMES)
    if table.n == 0:
        problem, fix = "there are no rows", "add a row for each device below the header"
    elif crs is not None and lon and lat:
        return np.column_stack([cells.numbers(lon), cells.numbers(lat)]), "EPSG:4326"
    elif table.xy is not None and (crs is not None or (table.crs is None and not (x and y))):
        return cells.geometry(), table.crs or crs
    elif x and y:
        return np.column_stack([cells.numbers(x), cells.numbers(y)]), crs
    elif table.crs is not None or (lon and lat):
        problem, fix = "this is in longitude and latitude, and the scenario has no crs", f"give x and y in {scenario.spec.units}"
    else:
        wanted = "lon and lat, or x and y" if crs is not None else "x and y"
        problem, fix = f"columns {wanted} are expected, there are {', '.join(table.columns) or 'none'}", "rename the columns"
    raise ScenarioError([Fault(str(table.path), None, None, "", problem, fix=fix)])


def _from_list(scenario: Scenario, loc: Loc, listed: tuple[SitePoint, ...]) -> Points:
    prefix = ID_PREFIXES[str(loc[-1])]
    ids = tuple(point.id or f"{prefix}{number}" for number, point in enumerate(listed, start=1))
    xy = np.array([(point.x, point.y) for point in listed], dtype=float).reshape(-1, 2)
    weight = np.array([getattr(point, "weight", 1.0) for point in listed], dtype=float)
    faults = []
    for index, first in repeats(ids):
        line = scenario.tree.find((*loc, first))[0].line
        fault = scenario.fault(
            (*loc, index, "id"),
            f"this name stands twice; the first is in line {line}",
            value=ids[index],
            fix="give each a name of its own",
        )
        faults.append(fault)
    faults += coordinate_faults(scenario, xy, Origin(loc, dotted(loc)))
    if faults:
        raise ScenarioError(faults)
    return Points(ids, xy, weight, scenario.spec.crs, (), scenario, loc, attributes=attributes_of_list(listed))


def _from_file(scenario: Scenario, loc: Loc, spec: PointFile, path: Path) -> Points:
    table = load_table(scenario, (*loc, "file"), path)
    uses_geometry = table.xy is not None and not {"x", "y"} & spec.model_fields_set
    wanted = {key: name for key in ("weight", "id", *ATTRIBUTES) if (name := getattr(spec, key, None)) is not None}
    if not uses_geometry:
        wanted |= {"x": spec.x, "y": spec.y}
    faults = [_no_column(scenario, loc, key, name, table) for key, name in wanted.items() if name not in table.columns]
    if faults:
        raise ScenarioError(faults)
    cells = Cells(table)
    xy = cells.geometry() if uses_geometry else np.column_stack([cells.numbers(spec.x), cells.numbers(spec.y)])
    weight = cells.weights(wanted["weight"]) if "weight" in wanted else np.ones(table.n)
    ids = cells.names(spec.id) if spec.id else _numbered(ID_PREFIXES[str(loc[-1])], table.n)
    attributes = attributes_of_file(cells, spec)
    origin = Origin(loc, path.name, crs=table.crs) if uses_geometry else Origin(loc, path.name, spec.x, spec.y)
    faults = [*cells.shown_faults(), *coordinate_faults(scenario, xy, origin)]
    if faults:
        raise ScenarioError(faults)
    return Points(ids, xy, weight, scenario.spec.crs, table.notes, scenario, loc, table, attributes)


def _no_column(scenario: Scenario, loc: Loc, key: str, name: str, table: Table) -> Fault:
    guesses = {"x": LONGITUDE_NAMES, "y": LATITUDE_NAMES}.get(key, frozenset())
    close = nearest(name, table.columns) or _column(table, guesses)
    fix = f"did you mean {key}: {close}?" if close else f"name one of them with {key}:"
    return scenario.fault(
        (*loc, key), f"{table.path.name} has no column '{name}'", value="", allowed=", ".join(table.columns), fix=fix
    )


def _column(table: Table, names: Iterable[str]) -> str:
    """Return the table's column that has one of these names in upper or lower case, or an empty text."""
    lowered = {column.lower(): column for column in table.columns}
    return next((lowered[name] for name in sorted(names) if name in lowered), "")


def _numbered(prefix: str, n: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{number}" for number in range(1, n + 1))
