"""Who is within the coverage radius of a device."""

from __future__ import annotations

from placement.core.score import ROUNDING_M, Coverage
from placement.core.types import FloatArray


def coverage(weight: FloatArray, service_distance: FloatArray, radius_m: float) -> Coverage:
    """Return how much weight has a device within `radius_m`, the circle itself included.

    Parameters
    ----------
    weight : ndarray of shape (n,)
        Weights > 0.
    service_distance : ndarray of shape (n,)
        Distance of each demand point to its device [m].
    radius_m : float
        Coverage radius [m], > 0.

    Returns
    -------
    Coverage
        Radius, share (0 to 1), weight and number of demand points.

    Examples
    --------
    >>> import numpy as np
    >>> coverage(np.array([1.0, 3.0]), np.array([5.0, 8.0]), 5.0).share
    0.25
    """
    is_covered = service_distance <= radius_m + ROUNDING_M
    covered = float(weight[is_covered].sum())
    return Coverage(radius_m, covered / float(weight.sum()), covered, int(is_covered.sum()))
