"""The knee of a falling curve: where more clusters stop paying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDING = 1e-9
"""A curve that sags less than this share of its height is straight."""


def find_knee(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[int, float]:
    """Return the position of the knee of a falling curve and how far the curve sags there.

    Both axes are scaled to 0..1; the knee is where the curve lies farthest below the chord between its ends, which is
    the largest value of 1 − x − y.

    Parameters
    ----------
    x : ndarray of shape (n,)
        Rising.
    y : ndarray of shape (n,)
        Not rising.

    Returns
    -------
    position : int
        Ties go to the lowest; 0 when the curve is level or never sags.
    depth : float
        1 − x − y there, between 0 (no knee) and 1 (a right angle).

    Notes
    -----
    This is the difference curve of [1] without its smoothing, its sensitivity parameter and its search for several knees: with
    one number for each k there is no noise to smooth, and one k is asked for. The chord depends on the range of x: ask for one
    that goes well past the knee.

    References
    ----------
    .. [1] V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a 'kneedle' in a haystack: detecting knee points in system
       behavior", ICDCS Workshops 2011, section III, steps 2 and 3.

    Examples
    --------
    >>> find_knee(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([100.0, 20.0, 15.0, 10.0, 0.0]))
    (1, 0.55)
    """
    height, width = float(y[0] - y[-1]), float(x[-1] - x[0])
    if height <= 0 or width <= 0:
        return 0, 0.0
    sag = 1.0 - (x - x[0]) / width - (y - y[-1]) / height
    position = int(np.argmax(sag))
    return (position, float(sag[position])) if sag[position] > _ROUNDING else (0, 0.0)
