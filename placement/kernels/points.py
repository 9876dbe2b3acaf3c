"""Kernels on weighted points: nearest centre, and one canonical form of the points themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.kernels import _core
from placement.kernels.threads import count_threads

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray


def assign(
    points: NDArray[np.float64], centers: NDArray[np.float64], *, n_threads: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Assign every point to its nearest centre.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Finite coordinates; n may be 0.
    centers : ndarray of shape (k, d)
        At least one centre.
    n_threads : int, optional
        None for all available processors; the result is the same for any number.

    Returns
    -------
    labels : ndarray of shape (n,)
        Position of the nearest centre; ties go to the lowest.
    squared_distances : ndarray of shape (n,)
        Squared distance to it [squared unit of the points].

    Raises
    ------
    ValueError
        If there is no centre or the numbers of columns differ.

    Notes
    -----
    O(n k d), differences squared and summed over columns in order; no expansion of the square, so no cancellation.

    Examples
    --------
    >>> import numpy as np
    >>> labels, squared = assign(np.array([[0.0, 0.0], [5.0, 0.0]]), np.array([[3.0, 0.0], [0.0, 1.0]]))
    >>> labels.tolist(), squared.tolist()
    ([1, 0], [1.0, 4.0])
    """
    return _core.assign(points, centers, count_threads(n_threads))


def column_range(points: NDArray[Any], *, n_threads: int | None = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smallest and the largest number of each column, in one pass.

    Parameters
    ----------
    points : ndarray of shape (n, d), float64, float32 or uint8
        C-contiguous, at least one row and one column.
    n_threads : int or None
        None for all available processors; the result is the same for any number.

    Returns
    -------
    low, high : ndarray of shape (d,)
        Both NaN for a column that holds NaN or infinity.

    Raises
    ------
    ValueError
        If there is no number or they are of another kind.

    Examples
    --------
    >>> import numpy as np
    >>> low, high = column_range(np.array([[3.0, np.nan], [1.0, 5.0]]))
    >>> low.tolist(), high.tolist()
    ([1.0, nan], [3.0, nan])
    """
    return _core.column_range(points, count_threads(n_threads))


def merge_points(points: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the same weighted points in one canonical form: sorted, every place once, nothing of weight zero.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Finite coordinates.
    weights : ndarray of shape (n,)
        At least 0.

    Returns
    -------
    points : ndarray of shape (m, d)
        The distinct places that have weight, in lexicographic order.
    weights : ndarray of shape (m,)
        The summed weight of each, above 0.

    Raises
    ------
    ValueError
        If shapes disagree.

    Notes
    -----
    O(n log n). What is computed from the result depends neither on the order of the input nor on whether a point was given
    once with weight w or w times.

    Examples
    --------
    >>> import numpy as np
    >>> points, weights = merge_points(np.array([[2.0], [1.0], [2.0], [7.0]]), np.array([1.0, 1.0, 3.0, 0.0]))
    >>> points.ravel().tolist(), weights.tolist()
    ([1.0, 2.0], [1.0, 4.0])
    """
    return _core.merge_points(points, weights)
