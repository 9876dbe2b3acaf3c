"""Checks at the door of the estimators: what users pass in, turned into plain float64 arrays or a clear refusal.

Nothing passed in is changed. Where scikit-learn's `check_estimator` demands certain words in a message, they are used.
"""

from __future__ import annotations

import warnings
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kmeans.table import as_table

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def as_points(X: Any, minimum: int = 1) -> NDArray[np.float64]:
    """Return X as a C-contiguous float64 array of shape (n, d), the same memory where that is possible.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite real numbers.
    minimum : int
        Least number of rows.

    Returns
    -------
    ndarray of shape (n, d)
        To be read only.

    Raises
    ------
    ValueError
        If X is not two-dimensional, has no column or too few rows, is complex, or holds NaN, infinity or a number beyond 1e150.
    TypeError
        If X is sparse or not made of numbers.

    Examples
    --------
    >>> as_points([[1, 2]]).dtype.name
    'float64'
    """
    return np.ascontiguousarray(as_table(X, minimum).points, dtype=np.float64)


def feature_names(X: Any) -> NDArray[np.object_] | None:
    """Return the column names of a data frame when all of them are text, otherwise None.

    Parameters
    ----------
    X : object
        What the user passed.

    Returns
    -------
    ndarray of shape (d,) or None
        The names.

    Examples
    --------
    >>> feature_names([[1.0, 2.0]]) is None
    True
    """
    columns = getattr(X, "columns", None)
    if columns is None:
        return None
    names = np.asarray(columns, dtype=object)
    return names if names.ndim == 1 and len(names) and all(isinstance(name, str) for name in names) else None


def require_same_features(estimator: Any, X: Any, points: NDArray[np.float64]) -> None:
    """Refuse data whose columns are not those the estimator was fitted on.

    Parameters
    ----------
    estimator : estimator
        A fitted one, with `n_features_in_` and perhaps `feature_names_in_`.
    X : object
        What the user passed.
    points : ndarray of shape (n, d)
        The same as an array.

    Raises
    ------
    ValueError
        If number, names or order of the columns differ.

    Warns
    -----
    UserWarning
        If only one of the two has names.
    """
    name = type(estimator).__name__
    fitted, given = getattr(estimator, "feature_names_in_", None), feature_names(X)
    if fitted is not None and given is not None and list(fitted) != list(given):
        raise ValueError(_name_difference(list(fitted), list(given)))
    if points.shape[1] != estimator.n_features_in_:
        raise ValueError(
            f"X has {points.shape[1]} features, but {name} is expecting {estimator.n_features_in_} features as input"
        )
    if fitted is None and given is not None:
        warnings.warn(f"X has feature names, but {name} was fitted without feature names", UserWarning, stacklevel=4)
    if fitted is not None and given is None:
        warnings.warn(f"X does not have valid feature names, but {name} was fitted with feature names", UserWarning, stacklevel=4)


def _name_difference(fitted: list[str], given: list[str]) -> str:
    unseen, missing = sorted(set(given) - set(fitted)), sorted(set(fitted) - set(given))
    lines = ["The feature names should match those that were passed during fit."]
    if unseen:
        lines += ["Feature names unseen at fit time:", *(f"- {name}" for name in unseen)]
    if missing:
        lines += ["Feature names seen at fit time, yet now missing:", *(f"- {name}" for name in missing)]
    if not unseen and not missing:
        lines.append("Feature names must be in the same order as they were in fit.")
    return "\n".join(lines) + "\n"


def as_weights(sample_weight: ArrayLike | None, n: int) -> NDArray[np.float64]:
    """Return one weight a row.

    Parameters
    ----------
    sample_weight : array-like of shape (n,), number or None
        At least 0 and not all 0; None for 1 each.
    n : int
        Number of rows.

    Returns
    -------
    ndarray of shape (n,)
        To be read only.

    Raises
    ------
    ValueError
        If the shape is wrong, a weight is negative or not finite, or none is above 0.

    Examples
    --------
    >>> as_weights([1, 3], 2).tolist()
    [1.0, 3.0]
    """
    if sample_weight is None:
        return np.ones(n)
    given = np.asarray(sample_weight, dtype=np.float64)
    weights = np.full(n, float(given)) if given.ndim == 0 else np.ascontiguousarray(given)
    if weights.shape != (n,):
        raise ValueError(f"sample_weight must be one number a sample, shape ({n},), got shape {weights.shape}")
    total = weights.sum()
    if not np.isfinite(total):
        raise ValueError("sample_weight contains NaN or infinity, or sums to infinity")
    if weights.min() < 0:
        row = int(np.argmin(weights))
        raise ValueError(f"sample_weight must not be negative, got {weights[row]:g} in row {row}")
    if total == 0:
        raise ValueError("sample_weight is zero for every sample; at least one weight must be above 0")
    return weights


def require_integer(name: str, value: object, least: int) -> int:
    """Return `value` as an int of at least `least`.

    Parameters
    ----------
    name : str
        The parameter's name, for the message.
    value : object
        What the user passed.
    least : int
        Smallest allowed.

    Returns
    -------
    int
        The number.

    Raises
    ------
    ValueError
        If it is not an integer or too small.
    """
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} must be an integer of at least {least}, got {value!r}")
    return int(value)


def require_choice(name: str, value: object, choices: tuple[str, ...]) -> str:
    """Return `value` if it is one of the choices.

    Parameters
    ----------
    name : str
        The parameter's name, for the message.
    value : object
        What the user passed.
    choices : tuple of str
        What is allowed.

    Returns
    -------
    str
        The choice.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, got {value!r}")
    return value


def require_tolerance(value: object) -> float:
    """Return `tol` as a finite float of at least 0.

    Parameters
    ----------
    value : object
        What the user passed.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is not a number, negative or not finite.
    """
    if not isinstance(value, Real) or isinstance(value, bool) or not 0 <= float(value) < float("inf"):
        raise ValueError(f"tol must be a finite number of at least 0, got {value!r}")
    return float(value)
