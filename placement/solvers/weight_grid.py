"""How much weight one place can have within a radius, at most: counted on a grid, in time that hardly grows with the points."""

from __future__ import annotations

from math import floor, sqrt

import numpy as np

from placement.core.types import FloatArray

COARSE, FINE = 32, 64
"""Cells to a radius: the number is that of a radius larger by up to a tenth, or by half of that."""
MOST_CELLS = 2_000_000
ROUNDING = 1e-9


def heaviest_on_grid(xy: FloatArray, radius: float, value: FloatArray, cells: int = COARSE) -> float:
    """Return a number that the sum of `value` over the points within `radius` of a place never passes, wherever the place is.

    Of a place in a square of the grid only points in squares that come within the radius of it can be near.

    Parameters
    ----------
    xy : ndarray of shape (n, 2)
        The points [m], n >= 1.
    radius : float
        At least 0 [m].
    value : ndarray of shape (n,)
        At least 0.
    cells : int
        Squares to a radius.

    Examples
    --------
    >>> heaviest_on_grid(np.array([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0]]), 1.0, np.array([1.0, 2.0, 2.5])) < 3.001
    True
    """
    low, extent = xy.min(axis=0), np.ptp(xy, axis=0)
    side = max(radius / cells, sqrt(float(extent.prod()) / MOST_CELLS), float(extent.max()) / MOST_CELLS, 1e-300)
    cell = np.floor((xy - low) / side).astype(np.intp)
    # Rounding may put a point that lies on a line into the square beyond it: a slightly larger radius makes up for that.
    beside = (radius * (1 + ROUNDING) + ROUNDING * float(extent.max())) / side
    reach = floor(beside) + 1
    shape = cell.max(axis=0) + 1 + 2 * reach
    weight = np.bincount((cell + reach) @ [shape[1], 1], weights=value, minlength=int(shape.prod())).reshape(shape)
    until = np.hstack([np.zeros((shape[0], 1)), weight.cumsum(axis=1)])
    total = np.zeros((shape[0] - 2 * reach, shape[1] - 2 * reach))
    for up in range(-reach, reach + 1):
        width = floor(sqrt(max(0.0, beside**2 - max(0, abs(up) - 1) ** 2))) + 1
        band = until[reach + up : reach + up + len(total)]
        total += band[:, reach + width + 1 :][:, : total.shape[1]] - band[:, reach - width :][:, : total.shape[1]]
    return float(total.max()) * (1 + ROUNDING) + ROUNDING * float(value.sum())
