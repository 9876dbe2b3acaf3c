"""The K-Means objective: weighted squared distance, the default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class KMeansObjective:
    """Minimise ``sum_i w_i d_i^2``: a compromise between the average and the worst-served person.

    Squaring makes one person at 20 m count as much as four at 10 m, so far-off groups pull a device towards them.
    The value is in squared metres (WCSS, inertia) and is never a distance.

    References
    ----------
    S. P. Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28 (1982) 129-137,
    doi 10.1109/TIT.1982.1056489, section II.

    Examples
    --------
    >>> KMeansObjective().value(np.array([1.0, 2.0]), np.array([3.0, 1.0]), 1)
    11.0
    """

    kind: str = "k_means"
    unit: str = "m2"
    sense: Literal["min", "max"] = "min"
    meaning: str = "sum of weight times squared distance"
    n_serving: int = 1

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:  # noqa: ARG002 - one signature
        """Return ``sum w d^2`` [m2] for weights and service distances [m] of shape (n,)."""
        return float((weight * service_distance**2).sum())

    def cost(self, weight: FloatArray, distance: FloatArray) -> FloatArray:
        """Return ``w_i d_ij^2`` [m2] of shape (n, m) for distances [m] of shape (n, m)."""
        return np.asarray(weight[:, None] * distance**2)
