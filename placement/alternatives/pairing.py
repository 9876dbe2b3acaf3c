"""Pairing: who becomes whom so that the way is shortest in all."""

from __future__ import annotations

import numpy as np

from placement.bounds.highs import quiet_highs
from placement.core.types import FloatArray


def least_pairs(cost: FloatArray) -> list[tuple[int, int]]:
    """Return pairs of rows and columns whose costs are least in sum, as many as there can be.

    Minimises ``Σ cost[i, j] x[i, j]`` over ``x >= 0`` with at most one of each row and column, and exactly one of the rows or the
    columns, whichever are fewer: the assignment problem. Its linear program has whole vertices, and a simplex method ends at one
    ([1]_, theorem 6.5).

    Parameters
    ----------
    cost : ndarray of shape (a, b)
        What it costs that row i becomes column j; finite.

    Returns
    -------
    list of (int, int)
        ``min(a, b)`` pairs by rising row; of equally good pairings one, the same every time.

    References
    ----------
    .. [1] Burkard, Dell'Amico, Martello, *Assignment Problems*, SIAM 2009.

    Examples
    --------
    The nearest pair first would cost 1 + 9:

    >>> least_pairs(np.array([[1.0, 2.0], [2.0, 9.0]]))
    [(0, 1), (1, 0)]
    """
    a, b = cost.shape
    if a == 0 or b == 0:
        return []
    model, no_entries = quiet_highs(), np.empty(0, dtype=np.int32)
    model.setOptionValue("solver", "simplex")
    model.addCols(a * b, cost.ravel(), np.zeros(a * b), np.ones(a * b), 0, no_entries, no_entries, np.empty(0))
    place = np.arange(a * b, dtype=np.int32).reshape(a, b)
    for lines in (place, place.T):
        k, length = lines.shape
        least = np.full(k, 1.0 if k == min(a, b) else 0.0)
        starts = np.arange(k, dtype=np.int32) * length
        model.addRows(k, least, np.ones(k), k * length, starts, np.ascontiguousarray(lines).ravel(), np.ones(k * length))
    model.run()
    chosen = np.asarray(model.getSolution().col_value).reshape(a, b) > 0.5  # noqa: PLR2004 - whole up to rounding
    return [(int(i), int(j)) for i, j in np.argwhere(chosen)]
