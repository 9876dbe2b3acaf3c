"""Names of segments say what sets them apart, and are told apart."""

from __future__ import annotations

import numpy as np

from placement.tasks.naming import segment_names


def test_the_largest_deviations_come_first_and_small_ones_are_not_said() -> None:
    """Strength has two words; what is near the average is not worth one."""
    assert segment_names(["a", "b", "c"], np.array([[0.6, -1.3, 0.4]])) == ("very low b, high a",)
    assert segment_names(["a"], np.array([[0.1]])) == ("average in everything",)


def test_names_that_would_be_alike_get_a_third_feature_or_a_number() -> None:
    """Two segments never share a name."""
    alike = np.array([[2.0, 1.5, 0.6], [2.0, 1.5, -0.6]])
    assert segment_names(["a", "b", "c"], alike) == ("very high a, very high b, high c", "very high a, very high b, low c")
    assert segment_names(["a"], np.array([[2.0], [2.0]])) == ("very high a (1)", "very high a (2)")
