"""A point near the data from which coordinates are counted, so that far-off ones (UTM: 4 000 000 m) keep their digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.kernels import column_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAR = 4.0
"""Data count as far off when their middle is more than so many times their extent away from zero."""


def choose_origin(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an origin near the points whose subtraction is exact, 0 in each column that lies near zero already.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        At least one point, finite.

    Returns
    -------
    ndarray of shape (d,)
        For a far-off column the multiple of the power of two just above its extent that is nearest to its middle, or
        its value if it has only one.

    Notes
    -----
    Being round, the origin moves no point to another place: all of a far-off column is within a factor of two of it, where
    the difference of two floating-point numbers is exact (Sterbenz's lemma). So equal distances between
    integers stay equal, and ties are still ties.

    Examples
    --------
    >>> choose_origin(np.array([[4000000.25, 1.0], [4000003.75, 9.0]])).tolist()
    [4000000.0, 0.0]
    """
    return origin_between(*column_range(np.ascontiguousarray(points)))


def origin_between(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the origin of `choose_origin` for points of which the extremes are known.

    Parameters
    ----------
    low, high : ndarray of shape (d,)
        Smallest and largest number of each column.

    Returns
    -------
    ndarray of shape (d,)
        The origin.

    Examples
    --------
    >>> origin_between(np.array([4000000.25]), np.array([4000003.75])).tolist()
    [4000000.0]
    """
    extent = high - low
    middle = low + extent / 2
    is_far = np.abs(middle) > _FAR * extent
    if not is_far.any():
        return np.zeros(len(low))
    grid = np.exp2(np.ceil(np.log2(np.where(extent > 0, extent, 1.0))))
    rounded = np.where(extent > 0, np.rint(middle / grid) * grid, low)
    return np.where(is_far, rounded, 0.0)
