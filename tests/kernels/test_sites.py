"""Kernels on candidate sites against slow twins in plain NumPy."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from placement import kernels


def lists_of(cost: np.ndarray, fallback: float | None = None) -> kernels.SiteLists:
    """Return full lists of a cost matrix (n, m)."""
    n, m = cost.shape
    order = np.argsort(cost, axis=1, kind="stable").astype(np.int32)
    limit = np.full(n, 2 * cost.max() + 1 if fallback is None else fallback)
    ranked = np.take_along_axis(cost, order, axis=1)
    is_listed = ranked < limit[:, None]
    row = np.concatenate([[0], np.cumsum(is_listed.sum(axis=1))])
    return kernels.SiteLists(row, order[is_listed], ranked[is_listed], m, limit, limit)


@pytest.mark.parametrize("spread", ["even", "heaps", "line", "one spot", "grid"])
@pytest.mark.parametrize("k", [1, 7, 60])
def test_nearest_sites_are_those_of_the_whole_matrix(spread: str, k: int) -> None:
    """Grid search and sorting of rows agree, whatever the sites' pattern, and near points far outside."""
    rng = np.random.default_rng(3)
    sites = {
        "even": rng.random((60, 2)) * [100, 40],
        "heaps": np.vstack([rng.normal(size=(30, 2)), rng.normal(size=(30, 2)) + 1e4]),
        "line": np.column_stack([rng.random(60), np.full(60, 3.0)]),
        "one spot": np.full((60, 2), 5.0),
        "grid": np.array(list(product(range(10), range(6))), dtype=float),
    }[spread]
    points = np.vstack([sites[:20], rng.random((20, 2)) * 120 - 10, [[1e5, -1e5]]])
    matrix = np.hypot(points[:, None, 0] - sites[None, :, 0], points[:, None, 1] - sites[None, :, 1])
    near, distance = kernels.nearest_in_plane(points, sites, k)
    _, sorted_distance = kernels.nearest_in_rows(matrix, k)
    np.testing.assert_allclose(distance, np.sort(matrix, axis=1)[:, :k], rtol=1e-12)
    np.testing.assert_array_equal(sorted_distance, np.sort(matrix, axis=1)[:, :k])
    np.testing.assert_allclose(np.take_along_axis(matrix, near.astype(np.intp), axis=1), distance, rtol=1e-12)
    assert all(len(set(row)) == k for row in near.tolist())


def test_ties_go_to_the_lowest_site() -> None:
    """Equal distances are listed in the order of the sites, unreachable ones last."""
    near, distance = kernels.nearest_in_rows(np.array([[2.0, np.inf, 1.0, 1.0, 2.0]]), 5)
    assert near.tolist() == [[2, 3, 0, 4, 1]]
    assert distance.tolist() == [[1, 1, 2, 2, np.inf]]


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("fallback", [None, 0.6], ids=["none fixed", "one fixed"])
def test_a_settled_search_leaves_no_swap_that_helps(seed: int, fallback: float | None) -> None:
    """Its value is that of its sites, and no single swap lowers it."""
    rng = np.random.default_rng(seed)
    cost = rng.random((30, 12)).round(1 if seed % 3 == 0 else 9)
    lists = lists_of(cost, fallback)
    swaps = kernels.SiteSwaps(lists, rng.choice(12, 4, replace=False).astype(np.int32), seed)
    assert swaps.settle(10**9)
    chosen = swaps.is_open.tolist()

    def value(sites: list[int]) -> float:
        return float(np.minimum(cost[:, sites].min(axis=1), lists.fallback).sum())

    assert swaps.value == pytest.approx(value(chosen), rel=1e-12)
    others = [j for j in range(12) if j not in chosen]
    assert all(value([*chosen[:r], j, *chosen[r + 1 :]]) >= swaps.value - 1e-9 for r in range(4) for j in others)


@pytest.mark.parametrize("seed", range(5))
def test_services_are_the_cheapest_and_second_cheapest(seed: int) -> None:
    """After many kicks the state still is what a fresh look at the costs gives."""
    rng = np.random.default_rng(seed)
    cost = rng.random((40, 15))
    lists = lists_of(cost, 0.9)
    swaps = kernels.SiteSwaps(lists, np.arange(5, dtype=np.int32), seed)
    swaps.settle(10**9)
    before = swaps.value
    swaps.kick(200)
    first, second = swaps.services()
    ranked = np.sort(np.column_stack([np.minimum(cost[:, swaps.is_open], 0.9), np.full((40, 2), 0.9)]), axis=1)
    np.testing.assert_array_equal(first, ranked[:, 0])
    np.testing.assert_array_equal(second, ranked[:, 1])
    assert swaps.value <= before


def test_kicks_without_a_table_lead_to_as_good_plans() -> None:
    """Short lists and many devices leave gains to be read off columns; the state stays what the costs say."""
    xy = np.random.default_rng(6).random((300, 2))
    near, cost = kernels.nearest_in_plane(xy, xy, 5)
    fine = np.full(300, 50.0)
    lists = kernels.SiteLists(np.arange(301) * 5, near.ravel(), cost.ravel(), 300, fine, fine)
    swaps = kernels.SiteSwaps(lists, np.arange(90, dtype=np.int32), 1)
    assert swaps.settle(10**9)
    before = swaps.value
    assert swaps.kick(500) > 0
    is_open = np.isin(near, swaps.is_open)
    first = np.where(is_open.any(axis=1), cost[np.arange(300), is_open.argmax(axis=1)], 50.0)
    assert swaps.value < before
    assert swaps.value == pytest.approx(first.sum())
    np.testing.assert_array_equal(swaps.services()[0], first)


def test_work_can_be_cut_short_and_taken_up_again() -> None:
    """Settling in small slices ends where settling at once does."""
    cost = np.random.default_rng(0).random((60, 40))
    start = np.arange(6, dtype=np.int32)
    once, sliced = (kernels.SiteSwaps(lists_of(cost), start, 1) for _ in range(2))
    assert once.settle(10**9)
    assert not sliced.settle(1)
    while not sliced.settle(100):
        pass
    assert sliced.is_open.tolist() == once.is_open.tolist()


def test_fewer_sites_keep_their_costs() -> None:
    """Lists of some sites are those of the matrix with those columns."""
    cost = np.random.default_rng(2).random((9, 6))
    is_kept = np.array([True, False, True, True, False, True])
    kept, twin = lists_of(cost).keep(is_kept), lists_of(cost[:, is_kept])
    u, status = np.full(9, 0.7), np.zeros(4, np.int8)
    assert kept.shape == twin.shape == (9, 4)
    assert kept.n_entries == 36
    np.testing.assert_array_equal(kept.evaluate(status, 2, u).reduced, twin.evaluate(status, 2, u).reduced)


@pytest.mark.parametrize("sites", [[], [0, 0], [7], [-1]])
def test_impossible_open_sites_are_refused(sites: list[int]) -> None:
    """At least one, each once, all within range."""
    with pytest.raises(ValueError, match="open"):
        kernels.SiteSwaps(lists_of(np.ones((3, 4))), np.array(sites, dtype=np.int32), 0)


def test_shapes_that_disagree_are_refused() -> None:
    """Nothing is read past an end."""
    lists = lists_of(np.ones((3, 4)))
    with pytest.raises(ValueError, match="status"):
        lists.evaluate(np.zeros(3, np.int8), 1, np.zeros(3))
    with pytest.raises(ValueError, match="multipliers"):
        lists.evaluate(np.zeros(4, np.int8), 1, np.zeros(4))
    with pytest.raises(ValueError, match="between 0 and m"):
        kernels.SiteLists(np.array([0, 1]), np.array([4], np.int32), np.ones(1), 4, np.ones(1), np.ones(1))
    with pytest.raises(ValueError, match="k must"):
        kernels.nearest_in_rows(np.ones((2, 3)), 4)


def test_costs_of_nothing_end_the_search() -> None:
    """Where every plan costs nothing there is nothing to gain, and the search says so."""
    swaps = kernels.SiteSwaps(lists_of(np.zeros((5, 4)), 1.0), np.array([1, 2], dtype=np.int32), 0)
    assert swaps.settle(10**6)
    assert swaps.kick(20) == 0
    assert swaps.value == 0
