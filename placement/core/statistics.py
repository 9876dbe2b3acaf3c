"""Weighted statistics, in which a point of weight w counts exactly as w points."""

from __future__ import annotations

import numpy as np

from placement.core.score import ROUNDING_M
from placement.core.types import FloatArray


def weighted_quantile(values: FloatArray, weight: FloatArray, share: float) -> float:
    """Return the smallest value within which at least `share` of the weight lies.

    This is the inverse of the weighted distribution function (type 1 of Hyndman and Fan, "Sample quantiles in
    statistical packages", Am. Stat. 50 (1996) 361-365, section 2): always one of the values, and a point of weight
    w counts exactly as w points. The median of an even number of equal weights is the lower of the middle two.

    Parameters
    ----------
    values : ndarray of shape (n,)
        Values, n >= 1.
    weight : ndarray of shape (n,)
        Weights > 0.
    share : float
        Between 0 and 1.

    Returns
    -------
    float
        The quantile, in the unit of `values`.

    Examples
    --------
    >>> weighted_quantile(np.array([1.0, 2.0, 9.0]), np.array([1.0, 1.0, 2.0]), 0.5)
    2.0
    """
    order = np.argsort(values, kind="stable")
    cumulative = np.cumsum(weight[order])
    # A tiny allowance, so that 0.95 * 20 = 18.999999999999996 still means nineteen of twenty.
    position = int(np.searchsorted(cumulative, share * cumulative[-1] * (1 - 1e-12), side="left"))
    return float(values[order][min(position, len(values) - 1)])


def weighted_mean(values: FloatArray, weight: FloatArray) -> float:
    """Return ``sum w v / sum w`` for n >= 1 values with weights > 0.

    Examples
    --------
    >>> weighted_mean(np.array([1.0, 4.0]), np.array([2.0, 1.0]))
    2.0
    """
    return float((values * weight).sum() / weight.sum())


def share_within(weight: FloatArray, distance: FloatArray, radius_m: float) -> float:
    """Return the share of the weight, 0 to 1, whose distance [m] is at most `radius_m`; both arrays of shape (n,).

    Examples
    --------
    >>> share_within(np.array([1.0, 3.0]), np.array([5.0, 8.0]), 5.0)
    0.25
    """
    return float(weight[distance <= radius_m + ROUNDING_M].sum()) / float(weight.sum())
