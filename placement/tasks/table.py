"""From the table that a scenario names to numbers: features in their units, known groups, and every bad cell as a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from placement.errors import Fault, ScenarioError
from placement.kmeans.preprocess import encode
from placement.scenario.cells import Cells
from placement.scenario.data_files import check_data_file, load_table
from placement.scenario.hints import nearest
from placement.scenario.segment_schema import GeneratedTable, TableFile
from placement.tasks.customers import COLUMNS, GROUPS, TRUTH, make_customers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from placement.core.table import Table
    from placement.scenario import SegmentScenario
    from placement.scenario.tree import Loc


@dataclass(frozen=True, slots=True, eq=False)
class Customers:
    """A table as numbers.

    Parameters
    ----------
    ids : tuple of str or None
        Names; None where rows are only counted.
    names : tuple of str
        Name of each feature; ``column=word`` for a category.
    values : ndarray of shape (n, d)
        In original units; 0 or 1 for a category.
    is_number : ndarray of shape (d,)
        Which features are numbers; the others are categories.
    groups : tuple of str
        The known groups, in alphabetical order or as planted; empty when there are none.
    truth : ndarray of shape (n,) or None
        Position of each row's group.
    """

    ids: tuple[str, ...] | None
    names: tuple[str, ...]
    values: NDArray[np.float64]
    is_number: NDArray[np.bool_]
    groups: tuple[str, ...] = ()
    truth: NDArray[np.intp] | None = None

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.values)


def read_customers(scenario: SegmentScenario) -> Customers:
    """Read or make the table of a scenario.

    Parameters
    ----------
    scenario : SegmentScenario
        Which table and which of its columns.

    Returns
    -------
    Customers
        Features in the order in which the scenario lists them, categories after numbers.

    Raises
    ------
    ScenarioError
        With every column that is not there; or, once all are, with every bad cell; or when rows are fewer than segments.
    """
    table = scenario.spec.table
    found = _generated(scenario, table) if isinstance(table, GeneratedTable) else _from_file(scenario, table)
    clusters = scenario.spec.clusters
    most, loc = (clusters, ("clusters",)) if isinstance(clusters, int) else (clusters.to, ("clusters", "to"))
    n_different = len(np.unique(found.values, axis=0)) if most > 1 and found.n < _FEW_ROWS else found.n
    if most > n_different:
        raise ScenarioError(
            [scenario.fault(loc, f"the table has only {n_different} different rows", allowed=f"{n_different} or less")]
        )
    return found


_FEW_ROWS = 100_000
"""Looking for copies costs a sort; a larger table has more different rows than there can be segments, or is no table."""


def _generated(scenario: SegmentScenario, table: GeneratedTable) -> Customers:
    faults = list(_unknown(scenario, ("table", "features"), table.features, COLUMNS))
    truth = scenario.spec.truth
    if truth is not None and truth != TRUTH:
        faults.append(scenario.fault(("truth",), "the made-up table has no such column of groups", allowed=TRUTH))
    if faults:
        raise ScenarioError(faults)
    values, group = make_customers(table.rows, table.seed)
    chosen = values[:, [COLUMNS.index(name) for name in table.features]]
    is_number = np.ones(len(table.features), dtype=bool)
    if truth is None:
        return Customers(None, table.features, chosen, is_number)
    return Customers(None, table.features, chosen, is_number, tuple(one.name for one in GROUPS), group)


def _from_file(scenario: SegmentScenario, spec: TableFile) -> Customers:
    path = check_data_file(scenario, ("table", "file"), spec.file)
    table = load_table(scenario, ("table", "file"), path)
    _refuse(list(_unknown_columns(scenario, spec, table)))
    cells = Cells(table)
    columns = [cells.numbers(name) for name in spec.features]
    for name in spec.log:
        _check_log(cells, name, columns[spec.features.index(name)])
    ids = cells.names(spec.id) if spec.id is not None else None
    _refuse(cells.shown_faults())
    names, is_number = list(spec.features), [True] * len(spec.features)
    if spec.categories or spec.multi:
        words = {name: table.columns[name] for name in (*spec.categories, *spec.multi)}
        encoded = encode(words, categories=spec.categories, multi_valued=spec.multi)
        columns.extend(encoded.points.T)
        names.extend(encoded.names)
        is_number.extend([False] * len(encoded.names))
    values = np.column_stack(columns)
    groups, truth = _groups(table, scenario.spec.truth)
    return Customers(ids, tuple(names), values, np.array(is_number), groups, truth)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise ScenarioError(faults)


def _unknown_columns(scenario: SegmentScenario, spec: TableFile, table: Table) -> Iterator[Fault]:
    for key in ("features", "categories", "multi"):
        yield from _unknown(scenario, ("table", key), getattr(spec, key), tuple(table.columns))
    for loc, name in ((("table", "id"), spec.id), (("truth",), scenario.spec.truth)):
        if name is not None and name not in table.columns:
            yield _no_column(scenario, loc, name, tuple(table.columns))


def _unknown(scenario: SegmentScenario, loc: Loc, names: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in columns:
            yield _no_column(scenario, (*loc, index), name, columns)


def _no_column(scenario: SegmentScenario, loc: Loc, name: str, columns: tuple[str, ...]) -> Fault:
    close = nearest(name, columns)
    fix = f"did you mean {close}?" if close else ""
    return scenario.fault(loc, "the table has no such column", allowed=", ".join(columns), fix=fix)


def _check_log(cells: Cells, name: str, values: NDArray[np.float64]) -> None:
    for row in np.flatnonzero(values < 0):
        problem, fix = "a number below 0 has no logarithm here", "take the column out of log"
        cells.faults.append(cells.fault(int(row), name, problem, value=str(cells.table.columns[name][row])[:60], fix=fix))


def _groups(table: Table, column: str | None) -> tuple[tuple[str, ...], NDArray[np.intp] | None]:
    if column is None:
        return (), None
    words = ["" if cell is None else str(cell).strip() for cell in table.columns[column]]
    groups, truth = np.unique(np.array(words, dtype=object), return_inverse=True)
    return tuple(f"{column} {word or 'missing'}" for word in groups), truth
