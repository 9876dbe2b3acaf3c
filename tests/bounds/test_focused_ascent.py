"""The ascent that leaves most sites out of sight: what it proves counts for all of them."""

from __future__ import annotations

import numpy as np
import pytest

from placement import kernels
from placement.bounds.focused_ascent import FocusedAscent
from placement.bounds.site_multipliers import prove
from placement.core.types import FloatArray


def field(seed: int, n: int = 120) -> FloatArray:
    """Return distances between n points, each a site too."""
    xy = np.random.default_rng(seed).random((n, 2))
    return np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))


def lists_of(cost: FloatArray) -> kernels.SiteLists:
    """Return full lists of a cost matrix (n, m)."""
    n, m = cost.shape
    order = np.argsort(cost, axis=1, kind="stable").astype(np.int32)
    fine = np.full(n, 2.0 * n * cost.max())
    return kernels.SiteLists(np.arange(n + 1) * m, order.ravel(), np.take_along_axis(cost, order, axis=1).ravel(), m, fine, fine)


def upper_of(lists: kernels.SiteLists, p: int) -> float:
    swaps = kernels.SiteSwaps(lists, np.arange(p, dtype=np.int32), 0)
    swaps.settle(10**9)
    swaps.kick(300)
    return swaps.value


@pytest.mark.parametrize("seed", range(6))
def test_it_climbs_as_high_as_an_ascent_on_all_sites(seed: int) -> None:
    """Leaving sites out costs nothing in the end, and the bound is proven on all sites."""
    cost, p = field(seed), 6
    lists, free = lists_of(cost), np.zeros(len(cost), np.int8)
    upper = upper_of(lists, p)
    whole = kernels.SiteAscent(lists, free, p, cost.min(axis=1))
    whole.climb(2000, upper, upper)
    ascent = FocusedAscent(lists, p, cost.min(axis=1), 0.3)
    for _ in range(80):
        proof = ascent.climb(25, upper, upper)
        assert proof.bound <= upper
        assert prove(lists, free, p, proof.multipliers).bound == proof.bound
    assert ascent.is_focused
    assert ascent.focus.sum() < 0.7 * len(cost)
    assert proof.bound >= whole.bound - 2e-3 * upper


def test_sites_left_out_by_mistake_join() -> None:
    """An ascent that is told to look at the wrong sites finds the others again."""
    cost, p = field(1), 6
    lists = lists_of(cost)
    upper = upper_of(lists, p)
    ascent = FocusedAscent(lists, p, cost.min(axis=1), 0.3)
    for _ in range(6):
        best = ascent.climb(25, upper, upper).bound
    wrong = np.zeros(len(cost), dtype=bool)
    wrong[:p] = True
    ascent.begin_again(wrong, 0.1)
    narrow = ascent.focus.sum()
    for _ in range(60):
        proof = ascent.climb(25, upper, upper)
        assert best <= proof.bound <= upper
    assert ascent.focus.sum() > narrow
    assert proof.bound > best


def test_it_says_when_it_stalls_and_when_steps_vanish() -> None:
    """Early steps close much of the gap, late ones nothing."""
    cost, p = field(2), 6
    lists = lists_of(cost)
    upper = 1.05 * upper_of(lists, p)
    ascent = FocusedAscent(lists, p, cost.min(axis=1), 0.3)
    assert not ascent.has_stalled(upper, 0.5)
    for _ in range(6):
        ascent.climb(25, upper, upper)
    assert not ascent.has_stalled(upper, 0.1)
    rounds = 0
    while not ascent.is_spent and rounds < 400:
        ascent.climb(25, upper, upper)
        rounds += 1
    assert ascent.is_spent
    assert ascent.has_stalled(upper, 0.01)
