"""Pairing devices: as many pairs as there can be, at the least sum, against every pairing that there is."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from placement.alternatives.pairing import least_pairs


def least_of_all(cost):
    """Return the least sum over every pairing, by trying each."""
    if cost.shape[0] > cost.shape[1]:
        cost = cost.T
    rows = range(cost.shape[0])
    return min(
        sum(cost[i, j] for i, j in zip(rows, chosen, strict=True)) for chosen in permutations(range(cost.shape[1]), len(rows))
    )


@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (3, 3), (5, 5), (6, 6), (2, 6), (6, 2), (1, 7)])
def test_no_pairing_is_shorter(shape):
    """Against brute force, also with whole numbers, where there are many ties."""
    rng = np.random.default_rng(5)
    for cost in (rng.random(shape) * 1e3, rng.integers(0, 3, shape).astype(float), np.zeros(shape)):
        pairs = least_pairs(cost)
        assert sum(cost[i, j] for i, j in pairs) == pytest.approx(least_of_all(cost))
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs) == min(shape)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_nothing_to_pair(shape):
    """Nobody is paired with nobody."""
    assert least_pairs(np.empty(shape)) == []


def test_the_same_every_time():
    """Also where every pairing is equally good."""
    assert least_pairs(np.ones((4, 4))) == least_pairs(np.ones((4, 4)))
