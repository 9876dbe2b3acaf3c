"""The weight that one place can have around it, counted on a grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placement.solvers.weight_grid import COARSE, FINE, heaviest_on_grid

WHOLE_METRES = arrays(float, st.tuples(st.integers(1, 6), st.just(2)), elements=st.integers(0, 8).map(float))


@given(WHOLE_METRES, st.sampled_from([0.0, 0.5, 1.0, 2.5, 5.0]))
@settings(max_examples=150, deadline=None)
def test_no_place_has_more(xy: np.ndarray, radius: float) -> None:
    """Points, middles and places between have at most that much around them."""
    value = 1.0 + np.arange(len(xy))
    middles = (xy[:, None] + xy[None]).reshape(-1, 2) / 2
    places = np.vstack([xy, middles, np.random.default_rng(0).uniform(-1, 9, (200, 2))])
    around = np.hypot(*(places[:, None] - xy[None]).transpose(2, 0, 1)) <= radius
    assert (around @ value).max() <= heaviest_on_grid(xy, radius, value)


def test_it_is_close() -> None:
    """On even ground it is that of a radius larger by at most a tenth."""
    xy = np.random.default_rng(1).random((5000, 2)) * 100
    tight, wide = (np.pi * (10 * grown) ** 2 / 100**2 * 5000 for grown in (1.0, 1.1))
    assert tight < heaviest_on_grid(xy, 10.0, np.ones(5000)) < wide * 1.2


def test_points_on_a_line_and_on_one_spot() -> None:
    """Degenerate ground is counted too."""
    line = np.column_stack([np.arange(4.0), np.zeros(4)])
    assert heaviest_on_grid(line, 1.0, np.ones(4)) == pytest.approx(3.0)
    assert heaviest_on_grid(np.zeros((3, 2)), 0.0, np.ones(3)) == pytest.approx(3.0)


def test_finer_squares_say_less() -> None:
    """Still no less than what the best place has."""
    rng = np.random.default_rng(3)
    xy = rng.random((2000, 2)) * 100
    best = max(np.count_nonzero(np.hypot(*(xy - middle).T) <= 10.0) for middle in xy)
    assert best <= heaviest_on_grid(xy, 10.0, np.ones(2000), FINE) < heaviest_on_grid(xy, 10.0, np.ones(2000), COARSE)
