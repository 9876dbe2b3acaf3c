"""A name for each segment, from what sets it apart from the average customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLEAR, STRONG = 0.5, 1.25
"""Standard deviations from the mean of all rows from which a segment is called high or low, and very high or very low."""

_MOST_WORDS = 2


def segment_names(features: Sequence[str], deviations: NDArray[np.float64]) -> tuple[str, ...]:
    """Name segments by the features in which they differ most from all rows.

    Parameters
    ----------
    features : sequence of str
        Names of the features.
    deviations : ndarray of shape (k, d)
        Mean of each segment in each feature, in standard deviations of all rows from the mean of all rows.

    Returns
    -------
    tuple of str
        At most two features each, the largest deviation first (ties: the feature listed first); names that would be
        alike get a third feature, and a number where that does not help.

    Examples
    --------
    >>> segment_names(["spend", "recency"], np.array([[2.0, -0.6], [0.1, 0.7], [0.2, 0.0]]))
    ('very high spend, low recency', 'high recency', 'average in everything')
    """
    names = [_name(features, row, _MOST_WORDS) for row in deviations]
    alike = Counter(names)
    names = [
        _name(features, row, _MOST_WORDS + 1) if alike[name] > 1 else name for name, row in zip(names, deviations, strict=True)
    ]
    alike, seen = Counter(names), Counter[str]()
    for index, name in enumerate(names):
        seen[name] += 1
        if alike[name] > 1:
            names[index] = f"{name} ({seen[name]})"
    return tuple(names)


def _name(features: Sequence[str], row: NDArray[np.float64], most: int) -> str:
    order = [int(index) for index in np.argsort(-np.abs(row), kind="stable") if abs(row[index]) >= CLEAR]
    return ", ".join(f"{_word(float(row[index]))} {features[index]}" for index in order[:most]) or "average in everything"


def _word(deviation: float) -> str:
    strength = "very " if abs(deviation) >= STRONG else ""
    return f"{strength}{'high' if deviation > 0 else 'low'}"
