"""Shortest paths: against hand-computed ones and against Floyd's method in plain numpy."""

from __future__ import annotations

import numpy as np
import pytest

from placement.core import Demand, Sites
from placement.distances.network import NetworkDistance
from placement.errors import PlacementError


def between(network: NetworkDistance, rows: str, columns: str) -> np.ndarray:
    demand = Demand(tuple(rows), np.zeros((len(rows), 2)), np.ones(len(rows)))
    return network.matrix(demand, Sites(tuple(columns), np.zeros((len(columns), 2))))


def make(*edges: tuple[str, float]) -> NetworkDistance:
    """Return a network of edges written ``("ab", 3)``."""
    nodes = sorted({node for ends, _ in edges for node in ends})
    return NetworkDistance(
        tuple(nodes), np.array([[nodes.index(u), nodes.index(v)] for u, v in (ends for ends, _ in edges)]),
        np.array([length for _, length in edges], dtype=float),
    )  # fmt: skip


def test_by_hand() -> None:
    """A square with one diagonal: the way round is longer than across."""
    network = make(("ab", 2), ("bc", 2), ("cd", 2), ("da", 2), ("ac", 3))
    assert between(network, "abcd", "ac").tolist() == [[0, 3], [2, 2], [3, 0], [2, 2]]


def test_no_way() -> None:
    """Parts of the network that nothing joins are infinitely far apart."""
    network = make(("ab", 1), ("cd", 1))
    assert between(network, "ac", "bd").tolist() == [[1, np.inf], [np.inf, 1]]


def test_parallel_edges_and_loops() -> None:
    """The shortest of parallel edges counts, either way round; a loop changes nothing."""
    assert between(make(("ab", 5), ("ba", 3), ("ab", 4), ("aa", 0)), "a", "ab").tolist() == [[0, 3]]


def test_an_edge_of_no_length_is_an_edge() -> None:
    """Two nodes at one place are joined, not apart."""
    assert between(make(("ab", 0), ("bc", 2)), "a", "bc").tolist() == [[0, 2]]


@pytest.mark.parametrize("seed", range(6))
def test_agrees_with_floyd(seed: int) -> None:
    """Random networks, from few sites to many points and the other way, with repeated places; symmetric."""
    rng = np.random.default_rng(seed)
    names = "abcdefghij"
    edges = [("".join(rng.choice(list(names), 2)), float(rng.integers(1, 9))) for _ in range(14)]
    network = make(*edges, ("aj", 50.0))
    n = len(network.nodes)
    far = np.full((n, n), np.inf)
    for (u, v), length in zip(network.ends, network.length, strict=True):
        far[u, v] = far[v, u] = min(far[u, v], length)
    np.fill_diagonal(far, 0)
    for k in range(n):
        far = np.minimum(far, far[:, k, None] + far[None, k])
    whole = "".join(network.nodes)
    np.testing.assert_array_equal(between(network, whole, whole), far)
    np.testing.assert_array_equal(between(network, whole, whole[1:3]), far[:, 1:3])
    np.testing.assert_array_equal(between(network, whole[:1] * 2, whole), far[[0, 0]])


def test_unknown_names_are_refused() -> None:
    """A place that is no node is named."""
    with pytest.raises(PlacementError, match="y and 1 more are no nodes of the network"):
        between(make(("ab", 1)), "ayz", "b")
    with pytest.raises(PlacementError, match="z is no node of the network"):
        between(make(("ab", 1)), "a", "z")
