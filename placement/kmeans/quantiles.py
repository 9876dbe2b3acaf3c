"""Weighted quantiles for which a weight is so many copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def sorted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    """Return the value below which `share` of the weight lies.

    Parameters
    ----------
    values : ndarray of shape (n,)
        Rising, at least one.
    weights : ndarray of shape (n,)
        Above 0.
    share : float
        Between 0 and 1; 0.5 is the median.

    Returns
    -------
    float
        The first value up to which at least `share` of the weight lies; where it is exactly that much, the middle between it
        and the next.

    References
    ----------
    .. [1] R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50(4), 1996,
       definition 2.

    Examples
    --------
    >>> sorted_quantile(np.array([1.0, 5.0, 9.0]), np.array([1.0, 1.0, 2.0]), 0.5)
    7.0
    """
    reached = np.cumsum(weights)
    wanted = share * reached[-1]
    last = len(values) - 1
    low = values[min(int(np.searchsorted(reached, wanted)), last)]
    high = values[min(int(np.searchsorted(reached, wanted, side="right")), last)]
    return float(low + (high - low) / 2)


def column_quantiles(points: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return the weighted quantile of every column.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        In any order.
    weights : ndarray of shape (n,)
        At least 0, not all 0.
    share : float
        Between 0 and 1.

    Returns
    -------
    ndarray of shape (d,)
        See `sorted_quantile`.

    Examples
    --------
    >>> column_quantiles(np.array([[3.0, 0.0], [1.0, 8.0]]), np.ones(2), 0.5).tolist()
    [2.0, 4.0]
    """
    has_weight = weights > 0
    kept, mass = points[has_weight], weights[has_weight]
    orders = np.argsort(kept, axis=0, kind="stable")
    return np.array([sorted_quantile(kept[order, j], mass[order], share) for j, order in enumerate(orders.T)])
