"""Features on one scale, so that euros do not drown visits; and the way back to the original units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kmeans.quantiles import column_quantiles
from placement.kmeans.validation import as_points, as_weights, require_choice

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_METHODS = ("standard", "min-max", "robust")


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """Points on one scale: ``(X − shift) / unit``, feature by feature.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        The scaled samples, to be clustered.
    shift : ndarray of shape (d,)
        What was taken off each feature [its unit].
    unit : ndarray of shape (d,)
        What 1 on the new scale is worth [its unit], above 0.
    """

    points: NDArray[np.float64]
    shift: NDArray[np.float64]
    unit: NDArray[np.float64]

    def apply(self, X: Any) -> NDArray[np.float64]:
        """Return other samples on the same scale.

        Parameters
        ----------
        X : array-like or data frame of shape (m, d)
            In original units.

        Returns
        -------
        ndarray of shape (m, d)
            Scaled.

        Raises
        ------
        ValueError
            If X is not allowed or has another number of features.
        """
        return (self._checked(X) - self.shift) / self.unit

    def restore(self, centers: ArrayLike) -> NDArray[np.float64]:
        """Return scaled points, such as centres, in the original units.

        Parameters
        ----------
        centers : array-like of shape (m, d)
            On the scale of `points`.

        Returns
        -------
        ndarray of shape (m, d)
            In original units.

        Raises
        ------
        ValueError
            If the centres are not allowed or have another number of features.
        """
        return self._checked(centers) * self.unit + self.shift

    def _checked(self, X: Any) -> NDArray[np.float64]:
        points = as_points(X)
        if points.shape[1] != len(self.shift):
            raise ValueError(f"X has {points.shape[1]} features, but the scale was made for {len(self.shift)}")
        return points


def scale(X: Any, method: str = "standard", *, sample_weight: ArrayLike | None = None) -> Scaled:
    """Bring the features to one scale.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    method : {"standard", "min-max", "robust"}
        "standard": mean to 0, standard deviation to 1. "min-max": smallest to 0, largest to 1. "robust": median to 0,
        distance between the quartiles to 1, so that a few outliers do not set the scale for all.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out. A sample of weight 0 is scaled but sets no scale.

    Returns
    -------
    Scaled
        Scaled points and the way back.

    Raises
    ------
    ValueError
        If an argument is not allowed.
    TypeError
        If X is sparse or not made of numbers.

    Notes
    -----
    The standard deviation divides by the sum of weights, not one less. A feature without spread (for "robust": whose quartiles
    are equal) keeps its unit, so constant features become 0. Quartiles are those of Hyndman and Fan's definition 2.

    Examples
    --------
    >>> scaled = scale([[1000.0, 1.0], [3000.0, 2.0]], "min-max")
    >>> scaled.points.tolist(), scaled.restore([[0.5, 0.5]]).tolist()
    ([[0.0, 0.0], [1.0, 1.0]], [[2000.0, 1.5]])
    """
    require_choice("method", method, _METHODS)
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    shift, unit = {"standard": _standard, "min-max": _min_max, "robust": _robust}[method](points, weights)
    # Spread that is nothing but rounding of a constant must not be blown up to 1.
    is_level = unit <= 8 * np.finfo(float).eps * np.abs(shift)
    unit = np.where(is_level, 1.0, unit)
    return Scaled((points - shift) / unit, shift, unit)


def _standard(points: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    share = weights / weights.sum()
    # About the first sample, so that far-off coordinates keep their digits.
    mean = points[0] + share @ (points - points[0])
    return mean, np.sqrt(share @ (points - mean) ** 2)


def _min_max(points: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    kept = points[weights > 0]
    return kept.min(axis=0), np.ptp(kept, axis=0)


def _robust(points: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low, middle, high = (column_quantiles(points, weights, share) for share in (0.25, 0.5, 0.75))
    return middle, high - low
