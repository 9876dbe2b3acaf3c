"""Choosing among columns: covers, the fewest, the most weight."""

from __future__ import annotations

import numpy as np
import pytest

from placement.bounds.columns import Columns
from placement.progress import Watch
from placement.solvers import covering
from placement.solvers.covering import cover_within, fewest, greedy, most_weight


def grid_columns(side: int) -> Columns:
    """Return the points of a grid, each covering itself and its four neighbours."""
    place = np.stack(np.divmod(np.arange(side * side), side), axis=1)
    return Columns.of_matrix(np.abs(place[:, None] - place[None]).sum(axis=2) <= 1)


@pytest.mark.parametrize(("side", "count"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 7), (6, 10), (7, 12), (8, 16)])
def test_domination_of_a_grid(side: int, count: int) -> None:
    """The domination numbers of square grids (OEIS A104519) are found and proven."""
    found = fewest(grid_columns(side), rng=np.random.default_rng(0), search_work=1e6, proof_work=50_000, watch=Watch())
    assert (len(found.chosen), found.bound) == (count, count)
    assert grid_columns(side).counts(found.chosen).all()


def test_a_cover_is_found_where_greed_fails() -> None:
    """Two columns cover six rows that greed covers with three."""
    covers = np.array([[1, 0, 1], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 1], [0, 1, 0]], dtype=bool)
    found = cover_within(Columns.of_matrix(covers), 2, rng=np.random.default_rng(0), work=1e5, watch=Watch())
    assert found.chosen.tolist() == [0, 1]
    assert len(found.uncovered_rows) == 0


def test_what_stays_uncovered_is_named_and_weighs_more() -> None:
    """Three rows apart and two columns: one row is left, and the rows have taken turns."""
    found = cover_within(Columns.of_matrix(np.eye(3, dtype=bool)), 2, rng=np.random.default_rng(0), work=1e5, watch=Watch())
    assert len(found.chosen) == 2
    assert len(found.uncovered_rows) == 1
    assert (found.row_weight > 1).any()


def test_the_same_seed_finds_the_same_cover() -> None:
    """Nothing depends on the clock."""
    first, second = (
        cover_within(grid_columns(7), 12, rng=np.random.default_rng(5), work=1e6, watch=Watch()).chosen.tolist() for _ in range(2)
    )
    assert first == second


def test_a_stopped_watch_still_brings_a_cover() -> None:
    """Without any time the greedy cover comes back, with a bound that holds."""
    found = fewest(grid_columns(6), rng=np.random.default_rng(0), search_work=1e6, proof_work=50_000, watch=Watch(0.0))
    assert grid_columns(6).counts(found.chosen).all()
    assert 1 <= found.bound <= 10 <= len(found.chosen)


def test_rows_with_equal_columns_share_their_dual_by_weight() -> None:
    """A copy of a row changes the value by its weight and nothing else."""
    covers = np.array([[1, 0], [1, 0], [0, 1]], dtype=bool)
    found = most_weight(Columns.of_matrix(covers), np.array([1.0, 3.0, 2.0]), 1, gap=0.0, proof_work=100, watch=Watch())
    assert (found.value, found.chosen.tolist()) == (4.0, [0])
    assert found.bound == pytest.approx(4.0)
    assert np.all(np.array(found.tree["duals"]) <= [1.0, 3.0, 2.0])


@pytest.mark.parametrize("seed", range(20))
def test_greedy_takes_the_best_of_all_each_time(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few columns are looked at first: as if all were added up anew after each choice, ties to the first."""
    monkeypatch.setattr(covering, "FIRST_LOOK", 1 + seed % 4)
    rng = np.random.default_rng(seed)
    covers = rng.random((rng.integers(1, 30), rng.integers(1, 60))) < 0.2
    weight = rng.integers(1, 4, len(covers)).astype(float)
    left, expected = weight.copy(), []
    while (worth := left @ covers).max() > 0:
        expected.append(int(worth.argmax()))
        left[covers[:, expected[-1]]] = 0.0
    assert greedy(Columns.of_matrix(covers), covers.shape[1], weight).tolist() == expected


def test_proofs_out_of_sight_change_nothing_but_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cover is as small, and its bound holds, when easy proofs are tried always or never."""
    found = []
    for share in (0.0, 2.0):
        monkeypatch.setattr(covering, "IN_SIGHT", share)
        found.append(fewest(grid_columns(6), rng=np.random.default_rng(0), search_work=1e6, proof_work=50_000, watch=Watch()))
    assert len(found[0].chosen) == len(found[1].chosen)
    assert found[0].bound == found[1].bound == 10
