"""The p-center objective: the largest distance, so that nobody is farther than need be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class PCenterObjective:
    """Minimise ``max_i d_i``, or ``max_i w_i d_i`` when weights are asked for.

    Weights do not matter unless `is_weighted`: one person far away counts as much as ten. Many plans share the smallest
    radius; among those that were found, the one with the smaller mean distance is kept.

    References
    ----------
    S. L. Hakimi, "Optimum locations of switching centers and the absolute centers and medians of a graph", Oper. Res. 12
    (1964) 450-459, doi 10.1287/opre.12.3.450.

    Examples
    --------
    >>> import numpy as np
    >>> PCenterObjective().value(np.array([1.0, 5.0]), np.array([3.0, 1.0]), 1)
    3.0
    >>> PCenterObjective(is_weighted=True).value(np.array([1.0, 5.0]), np.array([3.0, 1.0]), 1)
    5.0
    """

    is_weighted: bool = False
    kind: str = "p_center"
    unit: str = "m"
    sense: Literal["min", "max"] = "min"
    n_serving: int = 1

    @property
    def meaning(self) -> str:
        """How a report names the value."""
        return "largest weight times distance" if self.is_weighted else "largest distance"

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:  # noqa: ARG002 - one signature
        """Return ``max d`` (or ``max w d``) [m] for weights and service distances [m] of shape (n,)."""
        return float((weight * service_distance if self.is_weighted else service_distance).max())
