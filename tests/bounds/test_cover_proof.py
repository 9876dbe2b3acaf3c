"""Proofs that p columns cannot cover all rows: right, never too strong, and recomputable without the code that made them."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from covers import devices_by, leaves
from placement.bounds.columns import Columns
from placement.bounds.cover_proof import Refutation, refute
from placement.progress import Watch


def random_covers(seed: int, n: int, m: int, share: float) -> np.ndarray:
    """Return a matrix (n, m) in which every row has a column."""
    rng = np.random.default_rng(seed)
    covers = rng.random((n, m)) < share
    covers[np.arange(n), rng.integers(0, m, n)] = True
    return covers


def word_of(covers: np.ndarray, proof: Refutation) -> float:
    """Return what the tree proves, by the plain check, after a way through JSON."""
    tree = json.loads(json.dumps(proof.tree))
    return min(devices_by(covers[proof.rows], leaf["duals"], opened, closed) for leaf, opened, closed in leaves(tree))


def fewest_by_milp(covers: np.ndarray) -> int:
    """Return the optimum of the plain formulation."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    m = covers.shape[1]
    rows = LinearConstraint(covers.astype(float), lb=1.0)
    return round(milp(np.ones(m), constraints=rows, integrality=np.ones(m), bounds=Bounds(0, 1)).fun)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 9), m=st.integers(1, 7), p=st.integers(0, 7))
def test_refuted_exactly_when_no_choice_covers(seed: int, n: int, m: int, p: int) -> None:
    """Refuted and coverable are what trying every choice says, and the tree says so without help."""
    covers = random_covers(seed, n, m, 0.3)
    can = any(
        covers[:, list(chosen)].any(axis=1).all() for size in range(min(p, m) + 1) for chosen in combinations(range(m), size)
    )
    proof = refute(Columns.of_matrix(covers), p, work=10_000, watch=Watch())
    assert proof.status == ("coverable" if can else "refuted")
    if can:
        assert len(proof.chosen) <= p
        assert covers[:, proof.chosen].any(axis=1).all()
    else:
        assert word_of(covers, proof) > p + 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_the_tree_goes_as_far_as_a_plain_program(seed: int) -> None:
    """On 60 rows and 40 columns with a wide gap, one column less than the optimum is refuted by branching."""
    covers = random_covers(seed, 60, 40, 0.12)
    fewest = fewest_by_milp(covers)
    columns = Columns.of_matrix(covers)
    proof = refute(columns, fewest - 1, work=100_000, watch=Watch())
    assert proof.status == "refuted"
    assert word_of(covers, proof) > fewest - 1 + 1e-6
    assert refute(columns, fewest, work=100_000, watch=Watch()).status == "coverable"


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), work=st.integers(0, 200))
def test_an_unfinished_proof_is_still_right(seed: int, work: int) -> None:
    """However little work is allowed, the tree proves no more than is true, and what it says it proves."""
    covers = random_covers(seed, 30, 25, 0.12)
    fewest = fewest_by_milp(covers)
    proof = refute(Columns.of_matrix(covers), fewest - 1, work=work, watch=Watch())
    word = word_of(covers, proof)
    assert word <= fewest + 1e-6
    assert word == pytest.approx(proof.lower)


def test_a_stopped_watch_still_brings_a_bound() -> None:
    """Rows without common columns are packed before anything else."""
    proof = refute(Columns.of_matrix(np.eye(5, dtype=bool)), 4, work=100, watch=Watch(0.0))
    assert (proof.status, proof.lower) == ("refuted", 5.0)


def test_a_row_without_columns_refutes_any_number() -> None:
    """Nobody can cover it."""
    covers = np.array([[1, 1], [0, 0]], dtype=bool)
    proof = refute(Columns.of_matrix(covers), 2, work=100, watch=Watch())
    assert proof.status == "refuted"
    assert word_of(covers, proof) > 2


def test_no_rows_need_nobody() -> None:
    """Without rows the empty choice covers all."""
    nothing = Columns.of_matrix(np.zeros((0, 3), dtype=bool))
    assert refute(nothing, 0, work=10, watch=Watch()).status == "coverable"


def test_the_same_proof_twice() -> None:
    """Nothing depends on the clock or on chance."""
    columns = Columns.of_matrix(random_covers(3, 60, 40, 0.12))
    first, second = (refute(columns, 8, work=10_000, watch=Watch()) for _ in range(2))
    assert first.tree == second.tree
