"""Distances from a table that somebody else computed: drive times' cousins, one way or both, with pairs that have no way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from placement.core.demand import Demand
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.errors import UnknownPlaceError


@dataclass(frozen=True, slots=True, eq=False)
class TableDistance:
    """``d_ij`` as the table says, from demand to site: any matrix, directed, with pairs that have no way.

    Neither symmetry nor the triangle inequality holds in general, so devices stand only on sites of the table.

    Parameters
    ----------
    demand_ids : sequence of str
        n distinct names, one for each row.
    site_ids : sequence of str
        m distinct names, one for each column.
    values : ndarray of shape (n, m)
        Distances >= 0 [m]; infinite where there is no way.
    meaning : str
        How a report names it.

    Examples
    --------
    >>> table = TableDistance(("a",), ("s", "t"), np.array([[3.0, np.inf]]))
    >>> demand, sites = Demand(("a",), np.zeros((1, 2)), np.ones(1)), Sites(("t", "s"), np.zeros((2, 2)))
    >>> table.matrix(demand, sites).tolist()
    [[inf, 3.0]]
    """

    demand_ids: Sequence[str]
    site_ids: Sequence[str]
    values: FloatArray
    kind: str = "table"
    meaning: str = "the distance in the table of the scenario"
    is_straight: bool = False
    _row: Mapping[str, int] = field(init=False, repr=False)
    _column: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_row", {name: i for i, name in enumerate(self.demand_ids)})
        object.__setattr__(self, "_column", {name: j for j, name in enumerate(self.site_ids)})

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return distances [m] of shape (n, m), looked up by the names of points and sites; infinite where there is no way.

        Raises
        ------
        UnknownPlaceError
            If the table has no row or column of a name.
        """
        rows, columns = _positions(self._row, demand.ids, "row"), _positions(self._column, sites.ids, "column")
        return np.asarray(self.values[np.ix_(rows, columns)])


def _positions(known: Mapping[str, int], names: Sequence[str], what: str) -> IntArray:
    missing = [name for name in names if name not in known]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise UnknownPlaceError(f"the table of distances has no {what} for {missing[0]}{more}")
    return np.array([known[name] for name in names], dtype=np.intp)
