"""What comes in: one look for the range, and three kinds of numbers that leave no trace."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placement.kernels import PointTree, column_range

KINDS = (np.float64, np.float32, np.uint8)


@given(st.sampled_from(KINDS), st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32))
def test_range_agrees_with_numpy(kind, n, d, seed):
    """Any number of rows and columns, also more columns than are taken up at once."""
    points = (np.random.default_rng(seed).random((n, d)) * 255).astype(kind)
    low, high = column_range(points)
    np.testing.assert_array_equal(low, points.min(axis=0))
    np.testing.assert_array_equal(high, points.max(axis=0))


@given(
    arrays(
        float,
        st.tuples(st.integers(1, 30), st.integers(1, 5)),
        elements=st.sampled_from([0.0, 1.5, -7.0, np.nan, np.inf, -np.inf]),
    )
)
def test_what_is_not_finite_shows(points):
    """NaN for each column that holds NaN or infinity, the range of the others."""
    is_finite = np.isfinite(points).all(axis=0)
    low, high = column_range(points)
    np.testing.assert_array_equal(low, np.where(is_finite, points.min(axis=0), np.nan))
    np.testing.assert_array_equal(high, np.where(is_finite, points.max(axis=0), np.nan))


def test_range_of_many_rows_for_any_number_of_threads():
    """Parts that threads look through are put together; one bad number far in is seen."""
    points = np.random.default_rng(0).normal(size=(300_000, 3))
    for threads in (1, 2, 3):
        low, high = column_range(points, n_threads=threads)
        np.testing.assert_array_equal([low, high], [points.min(axis=0), points.max(axis=0)])
    points[222_222, 1] = np.inf
    assert np.isnan(column_range(points)[0]).tolist() == [False, True, False]


def test_what_has_no_range_is_refused():
    """No rows, or numbers of another kind."""
    with pytest.raises(ValueError, match="at least one point"):
        column_range(np.empty((0, 2)))
    with pytest.raises(ValueError, match="float64, float32 or uint8"):
        column_range(np.zeros((2, 2), dtype=np.int16))


@pytest.mark.parametrize("d", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("n", [500, 60_000])
def test_the_kind_of_number_leaves_no_trace_in_a_tree(kind, d, n):
    """Bytes and float32 give the rows that the same numbers as float64 give, from another origin and with weights too."""
    rng = np.random.default_rng(d)
    points = (rng.normal(size=(n, d)) * 30 + 120).clip(0, 255).astype(kind)
    weights = rng.integers(0, 3, size=n).astype(float)
    for given_weights, origin in ((None, np.zeros(d)), (weights, np.full(d, 128.0))):
        ours, plain = (PointTree(x, given_weights, origin=origin) for x in (points, points.astype(float)))
        for a, b in zip(ours.arrays(), plain.arrays(), strict=True):
            assert a.tobytes() == b.tobytes()
        known = PointTree(points, given_weights, origin=origin, extent=column_range(points))
        assert known.arrays()[2].tobytes() == ours.arrays()[2].tobytes()


@pytest.mark.parametrize("d", [1, 2, 3, 4])
def test_rows_are_in_the_order_of_a_plain_sort(d):
    """Every place once in its row, whatever the copies: many points in one cell, in few cells, and twice sorted."""
    rng = np.random.default_rng(d)
    crowd = rng.normal(size=(40_000, d)) * 1e-3
    points = np.concatenate([crowd, crowd[:20_000], rng.normal(size=(300, d)) * 100, np.repeat(crowd[:3], 5000, axis=0)])
    tree_points, weights, row = PointTree(points).arrays()
    np.testing.assert_array_equal(tree_points[row], points)
    np.testing.assert_array_equal(weights, np.bincount(row))
    assert len(np.unique(tree_points, axis=0)) == len(tree_points)
    shuffled = PointTree(points[rng.permutation(len(points))]).arrays()
    assert shuffled[0].tobytes() == tree_points.tobytes()
    assert shuffled[1].tobytes() == weights.tobytes()
