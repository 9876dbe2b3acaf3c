"""The kernels for covering problems do what their slow twins do, and refuse what does not fit."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.cover_twins import SearchTwin, containment_twin
from placement.bounds.columns import Columns
from placement.kernels import CoverSearch, SetList, mark_containment, order_by_group_and_value, turn_sets


def random_covers(rng: np.random.Generator, n: int, m: int, share: float) -> np.ndarray:
    """Return a matrix (n, m) in which every row has a column."""
    covers = rng.random((n, m)) < share
    covers[np.arange(n), rng.integers(0, m, n)] = True
    return covers


@pytest.mark.parametrize("seed", range(20))
def test_containment_is_that_of_all_pairs(seed: int) -> None:
    """The marks are those found by comparing every set with every other, empty and equal sets among them."""
    rng = np.random.default_rng(seed)
    holds = rng.random((int(rng.integers(1, 9)), int(rng.integers(1, 30)))) < rng.choice([0.2, 0.5, 0.8])
    columns = Columns.of_matrix(holds)
    within, holding = mark_containment(columns.sets, columns.turned().sets)
    expected_within, expected_holding = containment_twin(holds)
    assert within.tolist() == expected_within.tolist()
    assert holding.tolist() == expected_holding.tolist()


@pytest.mark.parametrize("seed", range(8))
def test_sets_are_turned_as_a_matrix_is(seed: int) -> None:
    """For each item the sets that contain it, ascending; empty ones among them."""
    holds = np.random.default_rng(seed).random((7, 11)) < 0.3
    columns = Columns.of_matrix(holds)
    start, items = turn_sets(columns.sets, 7)
    assert [items[start[i] : start[i + 1]].tolist() for i in range(7)] == [np.flatnonzero(row).tolist() for row in holds]


@pytest.mark.parametrize("spread", ["even", "far off", "ties", "endless", "below nothing"])
def test_groups_are_ordered_by_value_and_equals_stay(spread: str) -> None:
    """The order is that of a stable sort by value and then by group, for short groups and long ones."""
    rng = np.random.default_rng(3)
    group, value = rng.integers(0, 9, 3000) ** 2 // 9, rng.random(3000)
    value = {
        "even": value,
        "far off": np.where(value > 0.99, 1e9, value),
        "ties": np.floor(value * 5),
        "endless": np.where(value > 0.9, np.inf, value),
        "below nothing": value - 0.5,
    }[spread]
    by_value = np.argsort(value, kind="stable")
    expected = by_value[np.argsort(group[by_value], kind="stable")]
    assert order_by_group_and_value(group, 9, value).tolist() == expected.tolist()


@pytest.mark.parametrize("most_needed", [1, 2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_search_takes_the_steps_of_its_twin(seed: int, most_needed: int) -> None:
    """The tables kept up to date lead to the same swaps as computing every cost anew."""
    rng = np.random.default_rng(seed)
    covers = random_covers(rng, 25, 18, 0.12)
    need = rng.integers(0, most_needed + 1, 25)
    columns = Columns.of_matrix(covers)
    search = CoverSearch(columns.sets, columns.turned().sets, need, 4, seed)
    twin = SearchTwin(covers, need, 4, seed)
    assert search.chosen.tolist() == twin.chosen
    for _ in range(60):
        if twin.shortage == 0:
            break
        search.run(1)
        twin.step()
        assert search.chosen.tolist() == twin.chosen
        assert search.shortage == twin.shortage
        assert search.weight.tolist() == twin.weight.tolist()
    assert search.best.tolist() == twin.best


def test_narrowed_lists_are_those_of_fewer_pairs() -> None:
    """Narrowing in place leaves the same problem as building it without the pairs that went."""
    rng = np.random.default_rng(0)
    covers = random_covers(rng, 20, 12, 0.5)
    columns = Columns.of_matrix(covers)
    turned = columns.turned()
    search = CoverSearch(columns.sets, turned.sets, np.zeros(20, dtype=np.int64), 3, 1)
    is_kept = np.zeros_like(covers)
    for j in range(12):
        is_kept[columns.rows_of(j)[: max(1, columns.size[j] // 2)], j] = True
    # Keep a prefix of each column; rows keep the prefix up to their last kept entry only if it is one.
    row_end = [turned.start[i] for i in range(20)]
    for i in range(20):
        while row_end[i] < turned.start[i + 1] and is_kept[i, turned.rows[row_end[i]]]:
            row_end[i] += 1
        is_kept[i, turned.rows[row_end[i] : turned.start[i + 1]]] = False
    need = is_kept.any(axis=1).astype(np.int64)
    ends = []
    for j in range(12):
        end = columns.start[j]
        while end < columns.start[j + 1] and is_kept[columns.rows[end], j]:
            end += 1
        is_kept[columns.rows[end : columns.start[j + 1]], j] = False
        ends.append(end)
    search.narrow(np.array(ends), np.array(row_end), np.minimum(need, is_kept.any(axis=1)))
    chosen = search.chosen
    lacking = np.maximum(np.minimum(need, is_kept.any(axis=1)) - is_kept[:, chosen].sum(axis=1), 0)
    assert search.shortage == lacking.sum()


def test_a_start_is_cut_or_filled_to_p() -> None:
    """More columns than p lose the least useful, fewer gain the most useful."""
    covers = np.array([[1, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], dtype=bool)
    columns = Columns.of_matrix(covers)
    search = CoverSearch(columns.sets, columns.turned().sets, np.ones(4, dtype=np.int64), 2, 0)
    search.start_from(np.array([0, 3, 1]))
    assert sorted(search.chosen.tolist()) == [0, 1]
    search.start_from(np.array([2]))
    assert sorted(search.chosen.tolist()) == [0, 2]


def test_what_does_not_fit_is_refused() -> None:
    """Sets that point outside, columns chosen twice and lists that would grow raise ValueError."""
    with pytest.raises(ValueError, match="out of range"):
        turn_sets(SetList(np.array([0, 1]), np.array([3])), 3)
    with pytest.raises(ValueError, match="out of range"):
        order_by_group_and_value(np.array([2]), 2, np.zeros(1))
    with pytest.raises(ValueError, match="differ in number"):
        order_by_group_and_value(np.array([1]), 2, np.zeros(2))
    columns = Columns.of_matrix(np.ones((2, 2), dtype=bool))
    sets, turned, need = columns.sets, columns.turned().sets, np.ones(2, dtype=np.int64)
    with pytest.raises(ValueError, match="out of range"):
        mark_containment(SetList(np.array([0, 1]), np.array([5])), SetList(np.array([0, 1]), np.array([0])))
    with pytest.raises(ValueError, match="does not fit"):
        CoverSearch(SetList(np.array([0, 1, 9]), np.array([0])), turned, need, 1, 0)
    with pytest.raises(ValueError, match="need needs"):
        CoverSearch(sets, turned, np.ones(3, dtype=np.int64), 1, 0)
    search = CoverSearch(sets, turned, need, 1, 0)
    with pytest.raises(ValueError, match="twice"):
        search.start_from(np.array([1, 1]))
    with pytest.raises(ValueError, match="narrowed"):
        search.narrow(np.array([9, 9]), np.array([2, 4]), need)
