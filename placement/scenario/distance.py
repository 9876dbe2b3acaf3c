"""The distance of a scenario: the straight line, or what a table or a network in a file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from placement.core.protocols import Distance
from placement.core.table import Table
from placement.core.types import FloatArray, IntArray
from placement.distances import DISTANCES
from placement.distances.network import NetworkDistance
from placement.distances.table import TableDistance
from placement.errors import Fault, ScenarioError
from placement.scenario.cells import Cells, as_number, is_empty, name_of
from placement.scenario.choices_schema import NetworkSpec, TableSpec
from placement.scenario.data_files import check_data_file, load_table
from placement.scenario.hints import nearest
from placement.scenario.points import Points
from placement.scenario.scenario import Scenario
from placement.units import METRES_PER_UNIT, count

MOST_NAMED = 10
"""Places without a row, column or node that are named one by one; the rest are counted."""

_PAIR = ("demand", "site", "distance")


def read_distance(scenario: Scenario, sites: Iterable[str]) -> tuple[Distance, tuple[str, ...]]:
    """Read the distance of a scenario.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    sites : iterable of str
        Names of fixed devices and candidate sites: their columns of a table must hold distances, others may hold anything.

    Returns
    -------
    distance : Distance
        In metres.
    notes : tuple of str
        What a careful user wants to know.

    Raises
    ------
    ScenarioError
        With every fault of the file.
    """
    spec = scenario.spec.distance
    if isinstance(spec, TableSpec):
        path = check_data_file(scenario, ("distance", "file"), spec.file)
        table = load_table(scenario, ("distance", "file"), path)
        distance = _pairs(scenario, spec, table) if _has_pairs(spec, table) else _matrix(scenario, spec, table, sites)
        return distance, (*table.notes, _said(path, distance))
    if isinstance(spec, NetworkSpec):
        path = check_data_file(scenario, ("distance", "edges"), spec.edges)
        return _network(scenario, spec, load_table(scenario, ("distance", "edges"), path))
    return DISTANCES[spec.kind](), ()


def unknown_places(distance: Distance, points: Mapping[str, Points | None]) -> list[Fault]:
    """Name the demand points, candidates and fixed devices that a table or network does not know."""
    faults = []
    for part, given in points.items():
        if given is None:
            continue
        if isinstance(distance, TableDistance):
            known, place = (distance.demand_ids, "row") if part == "demand" else (distance.site_ids, "column")
            faults += _strangers(given, known, f"the table of distances has no {place} for this name")
        elif isinstance(distance, NetworkDistance):
            faults += _strangers(given, distance.nodes, "the network has no node of this name")
    return faults


def _strangers(points: Points, known: Sequence[str], problem: str) -> list[Fault]:
    names = frozenset(known)
    strange = [i for i, name in enumerate(points.ids) if name not in names]
    faults = []
    for i in strange[:MOST_NAMED]:
        close = nearest(points.ids[i], known)
        fix = f"did you mean {close}?" if close else "name places in both files alike; id: says which column names them"
        faults.append(points.fault(i, problem, value=points.ids[i], fix=fix))
    if len(strange) > MOST_NAMED:
        faults.append(Fault(faults[0].file, None, None, "", f"{len(strange) - MOST_NAMED} more places: {problem}"))
    return faults


def _has_pairs(spec: TableSpec, table: Table) -> bool:
    """Tell whether each row is a pair; naming one of its columns says so too."""
    return any(getattr(spec, key) is not None for key in _PAIR) or all(key in table.columns for key in _PAIR)


def _pairs(scenario: Scenario, spec: TableSpec, table: Table) -> TableDistance:
    columns = {key: getattr(spec, key) or key for key in _PAIR}
    _check_columns(scenario, columns, table)
    cells = Cells(table)
    demand, site = (_names(cells, columns[key]) for key in _PAIR[:2])
    far = _distances(cells, columns["distance"], _factor(scenario, spec))
    row, column = (list(dict.fromkeys(names)) for names in (demand, site))
    i, j = _positions(row, demand), _positions(column, site)
    _refuse_repeats(cells, i * len(column) + j)
    if cells.faults:
        raise ScenarioError(cells.shown_faults())
    values = np.full((len(row), len(column)), np.inf)
    values[i, j] = far
    return TableDistance(row, column, values, meaning=_meaning(table))


def _matrix(scenario: Scenario, spec: TableSpec, table: Table, sites: Iterable[str]) -> TableDistance:
    cells, wanted = Cells(table), frozenset(sites)
    first, *others = table.columns
    names = cells.names(first)
    if wanted and not wanted & set(others):
        turned = wanted & set(names)
        fix = "its rows are the sites: exchange rows and columns" if turned else "name sites alike in both files"
        problem = f"{table.path.name} has no column of a candidate site or fixed device"
        raise ScenarioError([scenario.fault(("distance", "file"), problem, allowed=_some(others), fix=fix)])
    read = [name for name in others if name in wanted or _is_numeric(table.columns[name])]
    columns = [_distances(cells, name, _factor(scenario, spec)) for name in read]
    if cells.faults:
        raise ScenarioError(cells.shown_faults())
    return TableDistance(names, read, np.column_stack(columns), meaning=_meaning(table))


def _is_numeric(column: Sequence[object]) -> bool:
    return all(is_empty(cell) or as_number(cell) is not None for cell in column)


def _network(scenario: Scenario, spec: NetworkSpec, table: Table) -> tuple[NetworkDistance, tuple[str, ...]]:
    _check_columns(scenario, {"from": spec.from_, "to": spec.to, "length": spec.length}, table)
    cells = Cells(table)
    begin, end = _names(cells, spec.from_), _names(cells, spec.to)
    length = cells.lengths(spec.length) * _factor(scenario, spec)
    if cells.faults:
        raise ScenarioError(cells.shown_faults())
    nodes = list(dict.fromkeys([*begin, *end]))
    ends = np.column_stack([_positions(nodes, begin), _positions(nodes, end)])
    said = f"{table.path.name}: {count(len(nodes), 'node')}, {count(table.n, 'edge')}, passable both ways"
    meaning = f"the shortest path along the network in {table.path.name}"
    return NetworkDistance(nodes, ends, length, meaning=meaning), (*table.notes, said)


def _check_columns(scenario: Scenario, wanted: Mapping[str, str], table: Table) -> None:
    faults = []
    for key, name in wanted.items():
        if name not in table.columns:
            close = nearest(name, table.columns)
            fix = f"did you mean {key}: {close}?" if close else f"name one of them with {key}:"
            problem = f"{table.path.name} has no column '{name}'"
            faults.append(scenario.fault(("distance", key), problem, value="", allowed=_some(list(table.columns)), fix=fix))
    if faults:
        raise ScenarioError(faults)


def _names(cells: Cells, column: str) -> list[str]:
    names = [name_of(cell) for cell in cells.table.columns[column]]
    empty = [row for row, name in enumerate(names) if not name]
    cells.faults += [cells.fault(row, column, "the cell is empty, a name is expected") for row in empty]
    return names


def _distances(cells: Cells, column: str, factor: float) -> FloatArray:
    """Return a column [m] in which an empty cell or ``inf`` means that there is no way."""
    return cells.lengths(column, may_be_endless=True) * factor


def _refuse_repeats(cells: Cells, pair: IntArray) -> None:
    order = np.argsort(pair, kind="stable")
    for later in order[1:][np.diff(pair[order]) == 0]:
        cells.faults.append(cells.fault(int(later), "", "this pair stands twice", fix="keep one of the two rows"))


def _positions(known: Sequence[str], names: Sequence[str]) -> IntArray:
    where = {name: i for i, name in enumerate(known)}
    return np.array([where[name] for name in names], dtype=np.intp)


def _meaning(table: Table) -> str:
    return f"the distance in {table.path.name}"


def _factor(scenario: Scenario, spec: TableSpec | NetworkSpec) -> float:
    return METRES_PER_UNIT[spec.unit or scenario.spec.units]


def _said(path: Path, distance: TableDistance) -> str:
    n, m = distance.values.shape
    endless = int(np.isinf(distance.values).sum())
    no_way = f"; {endless:,} of them have no way" if endless else ""
    return f"{path.name}: distances of {n:,} x {m:,} pairs{no_way}"


def _some(names: Sequence[str]) -> str:
    most = 12
    return ", ".join(names if len(names) <= most else [*names[:most], "…"])
