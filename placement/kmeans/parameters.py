"""What every estimator does with its constructor's parameters: get, set, show; and the tags scikit-learn asks for."""

from __future__ import annotations

import inspect
import sys
from typing import Any, Self

import numpy as np


class Parameterised:
    """Base of the estimators: parameters are exactly the constructor's arguments, kept under the same names."""

    @classmethod
    def _parameter_defaults(cls) -> dict[str, Any]:
        parameters = inspect.signature(cls).parameters.values()
        return {parameter.name: parameter.default for parameter in parameters}

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name.

        Parameters
        ----------
        deep : bool
            Without effect: no parameter is an estimator itself.

        Returns
        -------
        dict
            Name to value.
        """
        del deep
        return {name: getattr(self, name) for name in sorted(self._parameter_defaults())}

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name; they are checked when the estimator is fitted.

        Parameters
        ----------
        **params : object
            Name to value.

        Returns
        -------
        estimator
            This one.

        Raises
        ------
        ValueError
            If there is no parameter of that name.
        """
        known = self._parameter_defaults()
        for name in params:
            if name not in known:
                raise ValueError(
                    f"Invalid parameter {name!r} for {type(self).__name__}. Valid parameters are: {', '.join(known)}"
                )
        for name, value in params.items():
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        changed = [
            f"{name}={value!r}"
            for name, default in self._parameter_defaults().items()
            if not _is_default(value := getattr(self, name), default)
        ]
        return f"{type(self).__name__}({', '.join(changed)})"


def _is_default(value: object, default: object) -> bool:
    if isinstance(value, np.ndarray):
        return False
    return value is default or (type(value) is type(default) and bool(value == default))


class NotFittedError(ValueError, AttributeError):
    """An estimator was used before it was fitted."""


def not_fitted(estimator: object) -> Exception:
    """Return the error to raise for an unfitted estimator; scikit-learn's own kind too when that library is loaded.

    Parameters
    ----------
    estimator : estimator
        The one that was used.

    Returns
    -------
    Exception
        A `NotFittedError`.

    Examples
    --------
    >>> isinstance(not_fitted(object()), NotFittedError)
    True
    """
    text = f"This {type(estimator).__name__} instance is not fitted yet. Call 'fit' first"
    loaded = sys.modules.get("sklearn.exceptions")
    if loaded is None:
        return NotFittedError(text)
    both = type("NotFittedError", (NotFittedError, loaded.NotFittedError), {"__module__": __name__})
    error: Exception = both(text)
    return error
