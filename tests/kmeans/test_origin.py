"""The origin from which coordinates are counted."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from placement.kmeans.origin import choose_origin


@given(st.lists(st.floats(-1e8, 1e8), min_size=1, max_size=20), st.floats(-1e9, 1e9))
@example([0.1, 1.05], 0.0)
def test_subtracting_it_is_exact(values, shift):
    """No point moves: the float difference is the true difference."""
    points = np.array(values)[:, None] + shift
    origin = choose_origin(points)
    for value in points[:, 0]:
        assert Fraction(float(value - origin[0])) == Fraction(float(value)) - Fraction(float(origin[0]))


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20), st.floats(-1e12, 1e12))
def test_what_is_left_is_about_as_large_as_the_data_are_wide(values, shift):
    """After subtraction no coordinate is more than five extents from zero."""
    points = np.array(values)[:, None] + shift
    extent = np.ptp(points)
    assert np.abs(points - choose_origin(points)).max() <= 5 * extent


def test_data_near_zero_stay_where_they_are():
    """Each column is judged by itself."""
    assert choose_origin(np.array([[0.0, 1e6], [1.0, 1e6 + 1]])).tolist() == [0.0, 1e6]
