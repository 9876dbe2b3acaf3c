"""Nearest centre and the canonical form of weighted points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kernels.twins import assign_twin
from placement.kernels import assign, merge_points

small_numbers = st.integers(-8, 8).map(float)


def test_assign_agrees_with_its_plain_twin_to_the_last_bit(cloud):
    """Same labels and the same squared distances for 1, 2, 3 and 7 columns and any number of rows."""
    points, _, centers = cloud
    labels, squared = assign(points, centers)
    expected_labels, expected_squared = assign_twin(points, centers)
    np.testing.assert_array_equal(labels, expected_labels)
    np.testing.assert_array_equal(squared, expected_squared)


def test_ties_go_to_the_lowest_position():
    """A point half-way between two centres, and two centres at one place."""
    labels, squared = assign(np.array([[0.0, 0.0], [5.0, 0.0]]), np.array([[1.0, 0.0], [-1.0, 0.0], [1.0, 0.0]]))
    assert labels.tolist() == [0, 0]
    assert squared.tolist() == [1.0, 16.0]


@given(arrays(float, st.tuples(st.integers(0, 30), st.just(2)), elements=small_numbers))
def test_assign_on_a_lattice_keeps_every_tie(points):
    """Whole numbers tie often; each tie is the twin's tie."""
    centers = np.array([[2.0, 0.0], [-2.0, 0.0], [0.0, 2.0], [0.0, -2.0]])
    np.testing.assert_array_equal(assign(points, centers)[0], assign_twin(points, centers)[0])


def test_assign_does_not_depend_on_the_number_of_threads():
    """One thread and three give the same bits on work large enough to be shared."""
    rng = np.random.default_rng(1)
    points, centers = rng.random((60_000, 2)), rng.random((40, 2))
    one, three = assign(points, centers, n_threads=1), assign(points, centers, n_threads=3)
    np.testing.assert_array_equal(one[0], three[0])
    np.testing.assert_array_equal(one[1], three[1])


def test_assign_takes_no_points_and_refuses_no_centres():
    """Nothing to assign is fine, nowhere to assign is not."""
    assert assign(np.empty((0, 2)), np.zeros((1, 2)))[0].shape == (0,)
    with pytest.raises(ValueError, match="at least one centre"):
        assign(np.zeros((1, 2)), np.empty((0, 2)))
    with pytest.raises(ValueError, match="number of columns"):
        assign(np.zeros((1, 2)), np.zeros((1, 3)))
    with pytest.raises(ValueError, match="n_threads"):
        assign(np.zeros((1, 2)), np.zeros((1, 2)), n_threads=0)


@given(
    st.lists(st.tuples(small_numbers, small_numbers, st.integers(0, 3)), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_merging_keeps_all_weight_and_forgets_the_order(rows, shuffler):
    """Distinct places in lexicographic order with their summed weights, whatever the order of the rows."""
    table = np.array(rows, dtype=float)
    points, weights = merge_points(table[:, :2], table[:, 2])
    totals = {}
    for x, y, weight in rows:
        if weight:
            totals[x + 0.0, y + 0.0] = totals.get((x, y), 0) + weight
    assert [tuple(point) for point in points.tolist()] == sorted(totals)
    assert weights.tolist() == [totals[place] for place in sorted(totals)]
    shuffler.shuffle(rows)
    again = np.array(rows, dtype=float)
    np.testing.assert_array_equal(merge_points(again[:, :2], again[:, 2])[0], points)


def test_merged_weights_round_alike_in_any_order():
    """0.1 + 0.2 + 0.3 depends on the order of adding; the merged weight does not depend on the order of the rows."""
    points = np.zeros((3, 1))
    orders = [[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.3, 0.1]]
    assert len({float(merge_points(points, np.array(order))[1][0]) for order in orders}) == 1


def test_many_rows_are_merged_like_few():
    """Above some thousand rows sorting goes digit by digit: the same rows in the same order, both zeros as one."""
    rng = np.random.default_rng(8)
    points = np.round(rng.normal(size=(9000, 3)), 1)
    points[::7, 0] = -0.0
    weights = rng.integers(1, 5, 9000).astype(float)
    xyz, mass = merge_points(points, weights)
    unique, place = np.unique(points + 0.0, axis=0, return_inverse=True)
    np.testing.assert_array_equal(xyz, unique)
    np.testing.assert_array_equal(mass, np.bincount(place.ravel(), weights=weights))
    assert not np.signbit(xyz[xyz == 0]).any()
