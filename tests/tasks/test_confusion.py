"""Known against found groups: the counts, the two measures, and bands of one feature."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from placement.tasks.confusion import confusion, cut_into_bands


def test_adjusted_rand_is_that_of_scikit_learn() -> None:
    """On random labels, on the same groups under other names, and on a single group."""
    rng = np.random.default_rng(0)
    for _ in range(5):
        truth, labels = rng.integers(0, 4, 200), rng.integers(0, 3, 200)
        table = confusion(tuple("abcd"), truth, tuple("xyz"), labels)
        assert table.adjusted_rand == pytest.approx(adjusted_rand_score(truth, labels))
    same = confusion(("a", "b"), np.array([0, 0, 1]), ("x", "y"), np.array([1, 1, 0]))
    assert (same.adjusted_rand, same.agreement) == (1.0, 1.0)
    assert confusion(("a",), np.zeros(3, int), ("x",), np.zeros(3, int)).adjusted_rand == 1.0


def test_rows_set_aside_do_not_count() -> None:
    """A label of -1 is in no cell."""
    assert confusion(("a",), np.array([0, 0]), ("x",), np.array([0, -1])).counts.tolist() == [[1]]


def test_bands_are_as_large_as_the_groups_and_in_order() -> None:
    """Whoever sorts by the feature and knows the sizes gets separable groups right."""
    values, truth = np.array([9.0, 1.0, 2.0, 8.0, 3.0]), np.array([0, 1, 1, 0, 1])
    names, labels = cut_into_bands(values, ("big", "small"), truth)
    assert labels.tolist() == [1, 0, 0, 1, 0]
    assert confusion(("big", "small"), truth, names, labels).agreement == 1.0
