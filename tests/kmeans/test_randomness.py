"""Seeds from a random_state."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans.randomness import draw_seeds


@pytest.mark.parametrize("make", [int, np.int64, np.random.default_rng, np.random.RandomState])
def test_more_seeds_keep_the_earlier_ones(make):
    """The first three of ten are the three."""
    np.testing.assert_array_equal(draw_seeds(make(5), 10)[:3], draw_seeds(make(5), 3))


def test_seeds_differ_within_and_between_states():
    """No seed twice, no seed shared by two states, fresh ones for None."""
    seeds = [
        *draw_seeds(1, 100).tolist(),
        *draw_seeds(2, 100).tolist(),
        *draw_seeds(None, 100).tolist(),
        *draw_seeds(None, 100).tolist(),
    ]
    assert len(set(seeds)) == 400


@pytest.mark.parametrize("state", [-1, 1.5, True, "seven"])
def test_anything_else_is_refused(state):
    """The message says what is allowed."""
    with pytest.raises(ValueError, match="random_state must be"):
        draw_seeds(state, 1)
