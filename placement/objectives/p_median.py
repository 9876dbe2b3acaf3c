"""The p-median objective: weighted distance, so the average way is as short as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class PMedianObjective:
    """Minimise ``sum_i w_i d_i``: for walking and delivery, where every metre counts the same.

    Divided by the total weight it is the mean distance.

    References
    ----------
    S. L. Hakimi, "Optimum locations of switching centers and the absolute centers and medians of a graph", Oper. Res. 12
    (1964) 450-459, doi 10.1287/opre.12.3.450.

    Examples
    --------
    >>> PMedianObjective().value(np.array([1.0, 2.0]), np.array([3.0, 1.0]), 1)
    5.0
    """

    kind: str = "p_median"
    unit: str = "m"
    sense: Literal["min", "max"] = "min"
    meaning: str = "sum of weight times distance"
    n_serving: int = 1

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:  # noqa: ARG002 - one signature
        """Return ``sum w d`` [m] for weights and service distances [m] of shape (n,)."""
        return float((weight * service_distance).sum())

    def cost(self, weight: FloatArray, distance: FloatArray) -> FloatArray:
        """Return ``w_i d_ij`` [m] of shape (n, m) for distances [m] of shape (n, m)."""
        return np.asarray(weight[:, None] * distance)
