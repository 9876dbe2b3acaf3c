"""Samples as the compiled core takes them: rows of float64, float32 or bytes, looked through once for their range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from placement.kernels import column_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIMENSIONS = 2
_LARGEST = 1e150
"""Beyond it squares of coordinates overflow."""
_KINDS = (np.dtype(np.float64), np.dtype(np.float32), np.dtype(np.uint8))
"""What is not copied: all of them are float64 values already."""


class Table(NamedTuple):
    """Finite samples and how far they reach.

    Parameters
    ----------
    points : ndarray of shape (n, d), float64, float32 or uint8
        C-contiguous, to be read only; the same memory as the user's where that is possible.
    low, high : ndarray of shape (d,)
        Smallest and largest number of each column.
    """

    points: NDArray[Any]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def as_table(X: Any, minimum: int = 1, *, n_threads: int | None = 1) -> Table:
    """Return X as rows that the compiled core can read.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite real numbers. What is not float64, float32 or uint8 is copied to float64.
    minimum : int
        Least number of rows.
    n_threads : int or None
        Threads to look through the numbers with; None for all available processors.

    Returns
    -------
    Table
        At least one column.

    Raises
    ------
    ValueError
        If X is not two-dimensional, has no column or too few rows, is complex, or holds NaN, infinity or a number beyond 1e150.
    TypeError
        If X is sparse or not made of numbers.

    Examples
    --------
    >>> table = as_table(np.array([[1, 7], [3, 2]], dtype=np.uint8))
    >>> table.points.dtype.name, table.low.tolist(), table.high.tolist()
    ('uint8', [1.0, 2.0], [3.0, 7.0])
    """
    if hasattr(X, "tocsr"):
        raise TypeError("X is a sparse matrix, but dense data is required; use X.toarray()")
    raw = np.asarray(X)
    if np.iscomplexobj(raw):
        raise ValueError(f"Complex data not supported\n{raw!r}\n")
    if raw.ndim != _DIMENSIONS:
        raise ValueError(
            f"Expected 2D array, got {raw.ndim}D array instead. Reshape your data: X.reshape(-1, 1) for a single feature, "
            "X.reshape(1, -1) for a single sample"
        )
    points = np.ascontiguousarray(raw, dtype=raw.dtype if raw.dtype in _KINDS else np.float64)
    _require_size(points, minimum)
    if not len(points):
        return Table(points, np.zeros(points.shape[1]), np.zeros(points.shape[1]))
    low, high = column_range(points, n_threads=n_threads)
    if not (low.min() >= -_LARGEST and high.max() <= _LARGEST):  # so written that NaN is refused too
        _refuse(points)
    return Table(points, low, high)


def _require_size(points: NDArray[Any], minimum: int) -> None:
    n, d = points.shape
    if n < minimum:
        raise ValueError(f"Found array with {n} sample(s) (shape=({n}, {d})) while a minimum of {minimum} is required.")
    if d < 1:
        raise ValueError(f"Found array with 0 feature(s) (shape=({n}, 0)) while a minimum of 1 is required.")


def _refuse(points: NDArray[Any]) -> None:
    row, column = (int(place[0]) for place in np.nonzero(~(np.abs(points) <= _LARGEST)))
    found = points[row, column]
    kind = "NaN" if np.isnan(found) else "infinity" if np.isinf(found) else f"{found:g}, beyond {_LARGEST:g}"
    raise ValueError(f"Input X contains {kind} (first at row {row}, column {column}); only finite numbers can be clustered")
