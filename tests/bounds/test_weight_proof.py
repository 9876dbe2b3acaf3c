"""Bounds of the weight that p columns can cover: never below it, closed where work allows, recomputable."""

from __future__ import annotations

import json
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covers import leaves, weight_by
from placement.bounds.columns import Columns
from placement.bounds.weight_proof import WeightLimit, limit_weight
from placement.progress import Watch


def random_case(seed: int, n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a matrix (n, m), rows without columns among them, and weights."""
    rng = np.random.default_rng(seed)
    return rng.random((n, m)) < 0.15, rng.integers(1, 6, n).astype(float)


def most_by_milp(covers: np.ndarray, weight: np.ndarray, p: int) -> float:
    """Return the optimum of the plain formulation."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    n, m = covers.shape
    rows = np.hstack([covers.astype(float), -np.eye(n)])
    count = np.concatenate([np.ones(m), np.zeros(n)])
    limits = [LinearConstraint(rows, lb=0.0), LinearConstraint(count, ub=p)]
    cost = np.concatenate([np.zeros(m), -weight])
    return float(-milp(cost, constraints=limits, integrality=np.ones(m + n), bounds=Bounds(0, 1)).fun)


def word_of(covers: np.ndarray, weight: np.ndarray, p: int, limit: WeightLimit) -> float:
    """Return what the tree proves, by the plain check, after a way through JSON."""
    tree = json.loads(json.dumps(limit.tree))
    return max(weight_by(covers, weight, leaf["duals"], (opened, closed, p)) for leaf, opened, closed in leaves(tree))


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_meets_the_plain_program(seed: int) -> None:
    """On 60 rows and 40 columns value and bound are the optimum."""
    covers, weight = random_case(seed, 60, 40)
    limit = limit_weight(Columns.of_matrix(covers), weight, 5, chosen=np.arange(5), gap=1e-9, work=100_000, watch=Watch())
    most = most_by_milp(covers, weight, 5)
    assert limit.value == weight[covers[:, limit.chosen].any(axis=1)].sum() == pytest.approx(most)
    assert limit.bound == pytest.approx(most, rel=1e-8)
    assert floor(word_of(covers, weight, 5, limit) + 1e-6) == limit.bound


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), p=st.integers(1, 8), work=st.integers(0, 200))
def test_an_unfinished_bound_is_still_right(seed: int, p: int, work: int) -> None:
    """However little work is allowed, nothing above the bound can be covered; the tree says so without help."""
    covers, weight = random_case(seed, 25, 15)
    limit = limit_weight(Columns.of_matrix(covers), weight, p, chosen=np.arange(p), gap=0.0, work=work, watch=Watch())
    assert limit.value <= most_by_milp(covers, weight, p) + 1e-9 <= limit.bound + 2e-9
    assert max(limit.value, floor(word_of(covers, weight, p, limit) + 1e-6)) == limit.bound


def test_weights_with_fractions_are_not_rounded() -> None:
    """Only sums of whole numbers are whole."""
    covers, weight = random_case(2, 40, 30)
    weight += 0.25
    limit = limit_weight(Columns.of_matrix(covers), weight, 4, chosen=np.arange(4), gap=1e-9, work=100_000, watch=Watch())
    assert limit.bound == pytest.approx(most_by_milp(covers, weight, 4), rel=1e-8)
    assert word_of(covers, weight, 4, limit) == pytest.approx(limit.bound, rel=1e-9)


def test_a_stopped_watch_still_brings_a_bound() -> None:
    """Without any time there is a plan and a limit."""
    covers, weight = random_case(1, 25, 15)
    limit = limit_weight(Columns.of_matrix(covers), weight, 3, chosen=np.arange(3), gap=0.0, work=1000, watch=Watch(0.0))
    assert limit.value <= most_by_milp(covers, weight, 3) + 1e-9 <= limit.bound + 2e-9
