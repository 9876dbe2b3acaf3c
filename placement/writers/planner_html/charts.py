"""From planning metres to the user's coordinates without a projection library: a polynomial that is as good as one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from placement.core.types import FloatArray

DEGREES = (8, 12, 16, 24, 32)
"""Degrees tried, lowest first."""

LARGEST_ERROR = 1e-13
"""Of a polynomial that is good enough, relative to the largest coordinate: micrometres on the Earth."""


def chart(box: tuple[float, float, float, float], transform: Callable[[FloatArray], FloatArray]) -> dict[str, Any]:
    """Fit a tensor product of Chebyshev polynomials to a smooth change of coordinates.

    Coefficients come from the values at the Chebyshev points of the box (J. C. Mason, D. C. Handscomb, "Chebyshev Polynomials",
    2003, section 6.3.2); the error of so smooth a map falls by a constant factor with each degree.

    Parameters
    ----------
    box : tuple of float
        West, south, east, north of the planning frame [m].
    transform : callable
        Planning metres of shape (k, 2) to the other coordinates.

    Returns
    -------
    dict
        ``box``, ``degree``, and the coefficients ``x`` and ``y``, each of length ``(degree + 1)**2``, index of the easting first.

    Examples
    --------
    >>> fitted = chart((0.0, 0.0, 2.0, 2.0), lambda xy: xy * 3 + 1)
    >>> evaluate(fitted, np.array([[0.5, 1.5]])).round(9).tolist()
    [[2.5, 5.5]]
    """
    fitted: dict[str, Any] = {}
    for degree in DEGREES:
        fitted = _fit(box, transform, degree)
        there = _grid(box, np.linspace(-0.97, 0.97, 23))
        wanted = transform(there)
        if np.abs(evaluate(fitted, there) - wanted).max() <= LARGEST_ERROR * max(1.0, float(np.abs(wanted).max())):
            break
    return fitted


def evaluate(fitted: dict[str, Any], xy: FloatArray) -> FloatArray:
    """Return what the page computes for planning metres of shape (k, 2)."""
    box = np.array(fitted["box"])
    t = (2 * xy - box[:2] - box[2:]) / (box[2:] - box[:2])
    side = fitted["degree"] + 1
    east, north = (np.polynomial.chebyshev.chebvander(t[:, axis], side - 1) for axis in (0, 1))
    planes = [np.array(fitted[name]).reshape(side, side) for name in ("x", "y")]
    return np.column_stack([np.einsum("ki,ij,kj->k", east, plane, north) for plane in planes])


def _fit(box: tuple[float, float, float, float], transform: Callable[[FloatArray], FloatArray], degree: int) -> dict[str, Any]:
    n = degree + 1
    angle = np.pi * (np.arange(n) + 0.5) / n
    values = transform(_grid(box, np.cos(angle)))
    basis = np.cos(np.outer(np.arange(n), angle)) * 2 / n
    basis[0] /= 2
    x, y = (_shortened((basis @ values[:, axis].reshape(n, n) @ basis.T).ravel()) for axis in (0, 1))
    return {"box": list(box), "degree": degree, "x": x, "y": y}


def _shortened(coefficients: FloatArray) -> list[float]:
    """Return coefficients without the digits that are rounding, which another machine would round otherwise."""
    largest = float(np.abs(coefficients).max())
    digits = 15 - math.ceil(math.log10(largest)) if largest > 0 else 0
    return [round(float(value), digits) + 0.0 for value in coefficients]


def _grid(box: tuple[float, float, float, float], t: FloatArray) -> FloatArray:
    west, south, east, north = box
    x, y = west + (east - west) * (t + 1) / 2, south + (north - south) * (t + 1) / 2
    return np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
