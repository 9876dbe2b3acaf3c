"""Swaps among some of the sites: the numbers of all sites outside, their own inside."""

from __future__ import annotations

import numpy as np
import pytest

from placement import kernels
from placement.solvers.swaps_among import SwapsAmong


def lists_of(cost: np.ndarray) -> kernels.SiteLists:
    """Return full lists of a cost matrix (n, m)."""
    n, m = cost.shape
    order = np.argsort(cost, axis=1, kind="stable").astype(np.int32)
    fine = np.full(n, 100.0)
    return kernels.SiteLists(np.arange(n + 1) * m, order.ravel(), np.take_along_axis(cost, order, axis=1).ravel(), m, fine, fine)


@pytest.mark.parametrize("is_some", [True, False], ids=["some sites", "all sites"])
def test_only_kept_sites_open_and_the_value_is_that_of_the_matrix(is_some: bool) -> None:
    """Whatever opens is kept, costs what the matrix says, and no single swap among the kept sites costs less."""
    cost = np.random.default_rng(4).random((30, 12))
    is_kept = np.array([j % 3 != 1 for j in range(12)]) if is_some else np.ones(12, dtype=bool)
    swaps = SwapsAmong(lists_of(cost), is_kept, np.array([11, 0, 3]), 5)
    swaps.settle(lambda: False)
    assert swaps.kick(20) >= 0
    assert is_kept[swaps.is_open].all()
    assert swaps.value == pytest.approx(cost[:, swaps.is_open].min(axis=1).sum())
    closed = [j for j in swaps.sites if j not in swaps.is_open]
    others = [[*np.delete(swaps.is_open, slot), j] for slot in range(3) for j in closed]
    assert min(cost[:, other].min(axis=1).sum() for other in others) >= swaps.value - 1e-12
    np.testing.assert_allclose(swaps.services()[0], cost[:, swaps.is_open].min(axis=1))


def test_it_says_which_sites_it_can_open() -> None:
    """A restart from kept sites opens them; others are refused beforehand."""
    cost = np.random.default_rng(4).random((9, 6))
    swaps = SwapsAmong(lists_of(cost), np.array([True, False, True, True, True, False]), np.array([0, 2]), 0)
    assert swaps.can_open(np.array([4, 3]))
    assert not swaps.can_open(np.array([4, 5]))
    swaps.restart(np.array([4, 3]))
    assert swaps.is_open.tolist() == [3, 4]
