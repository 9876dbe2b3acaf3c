"""How widely weighted points spread: the yardstick of every relative tolerance here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK = 2048
"""Rows."""


def mean_variance(points: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the weighted variance of the points, averaged over the features.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        At least one point.
    weights : ndarray of shape (n,)
        At least 0, not all 0.

    Returns
    -------
    float
        (1/d) sum_i (w_i / W) |x_i − mean|², at least 0 [squared unit of the points].

    Examples
    --------
    >>> mean_variance(np.array([[0.0, 5.0], [4.0, 5.0]]), np.array([1.0, 1.0]))
    2.0
    """
    # No matrix products: those would wake the threads of a linear algebra library, which spin while they wait.
    share = weights / weights.sum()
    mean = np.einsum("i,ij->j", share, points)
    total = 0.0
    # By blocks that stay in the cache: one array of all steps would be written to memory and read back twice.
    for first in range(0, len(points), _BLOCK):
        steps = points[first : first + _BLOCK] - mean
        total += float(np.einsum("i,ij,ij->", share[first : first + _BLOCK], steps, steps))
    return float(total / points.shape[1])
