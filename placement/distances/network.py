"""Shortest paths along the edges of a network: streets, corridors, pipes. Every place is a node of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.core.demand import Demand
from placement.core.sites import Sites
from placement.core.types import FloatArray, IntArray
from placement.errors import MissingExtraError, UnknownPlaceError

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class NetworkDistance:
    """``d_ij`` = length of the shortest path between node i and node j, both ways the same. A metric where connected.

    Paths are found when they are asked for, from the sites or from the demand, whichever has fewer nodes:
    O(min(n, m) (E log V)) time for V nodes and E edges, O(min(n, m) V) memory.

    Parameters
    ----------
    nodes : sequence of str
        V distinct names.
    ends : ndarray of shape (E, 2)
        Positions 0..V-1 of the two nodes of each edge; of several edges between two nodes the shortest counts.
    length : ndarray of shape (E,)
        Lengths >= 0 [m].
    meaning : str
        How a report names it.

    References
    ----------
    E. W. Dijkstra, Numerische Mathematik 1 (1959) 269-271, problem 2,
    doi 10.1007/BF01386390.

    Examples
    --------
    >>> network = NetworkDistance(("a", "b", "c", "d"), np.array([[0, 1], [1, 2]]), np.array([2.0, 3.0]))
    >>> demand, sites = Demand(("a",), np.zeros((1, 2)), np.ones(1)), Sites(("a", "c", "d"), np.zeros((3, 2)))
    >>> network.matrix(demand, sites).tolist()
    [[0.0, 5.0, inf]]
    """

    nodes: Sequence[str]
    ends: IntArray
    length: FloatArray
    kind: str = "network"
    meaning: str = "the shortest path along the network of the scenario"
    is_straight: bool = False
    _position: Mapping[str, int] = field(init=False, repr=False)
    _graph: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_position", {name: i for i, name in enumerate(self.nodes)})
        object.__setattr__(self, "_graph", _graph(len(self.nodes), self.ends, self.length))

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return lengths of shortest paths [m] of shape (n, m); infinite where there is none.

        Raises
        ------
        UnknownPlaceError
            If a point or site is no node of the network.
        """
        rows, columns = self._positions(demand.ids), self._positions(sites.ids)
        starts, ends = (columns, rows) if len(set(columns.tolist())) <= len(set(rows.tolist())) else (rows, columns)
        paths = self._paths(starts, ends)
        return np.ascontiguousarray(paths.T if starts is columns else paths)

    def _paths(self, starts: IntArray, ends: IntArray) -> FloatArray:
        from scipy.sparse.csgraph import dijkstra

        unique, back = np.unique(starts, return_inverse=True)
        found = dijkstra(self._graph, directed=True, indices=unique)[:, ends]
        return np.asarray(found[back])

    def _positions(self, names: Sequence[str]) -> IntArray:
        missing = [name for name in names if name not in self._position]
        if missing:
            which = f"{missing[0]} is no node" if len(missing) == 1 else f"{missing[0]} and {len(missing) - 1} more are no nodes"
            raise UnknownPlaceError(f"{which} of the network")
        return np.array([self._position[name] for name in names], dtype=np.intp)


def _graph(n: int, ends: IntArray, length: FloatArray) -> csr_array:
    """Return the network as a sparse matrix with each edge both ways, the shortest of parallel ones."""
    try:
        from scipy.sparse import csr_array
    except ImportError as error:
        raise MissingExtraError("distance along a network", "network") from error

    both = np.concatenate([ends, ends[:, ::-1]]), np.concatenate([length, length])
    order = np.lexsort((both[1], both[0][:, 1], both[0][:, 0]))
    start, end, far = both[0][order, 0], both[0][order, 1], both[1][order]
    is_first = np.ones(len(far), dtype=bool)
    is_first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    # Built by hand: a constructor from coordinates may drop an edge of length 0, which joins two nodes all the same.
    pointer = np.concatenate([[0], np.cumsum(np.bincount(start[is_first], minlength=n))])
    return csr_array((far[is_first], end[is_first], pointer), shape=(n, n))
