"""Straight-line distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.core.demand import Demand
from placement.core.sites import Sites
from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class EuclideanDistance:
    """``d_ij = |x_i - y_j|``: as the crow flies, walls ignored. Symmetric, a metric.

    Examples
    --------
    >>> demand = Demand(("a",), np.array([[0.0, 0.0]]), np.ones(1))
    >>> EuclideanDistance().matrix(demand, Sites(("s", "t"), np.array([[3.0, 4.0], [0.0, 0.0]]))).tolist()
    [[5.0, 0.0]]
    """

    kind: str = "euclidean"
    meaning: str = "straight line"
    is_straight: bool = True

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return distances [m] of shape (n, m) from n demand points to m sites; exact 0 where they coincide.

        Differences are taken before squaring, so large coordinates (UTM, 4e6 m) lose no digits.
        """
        dx = demand.xy[:, None, 0] - sites.xy[None, :, 0]
        dy = demand.xy[:, None, 1] - sites.xy[None, :, 1]
        return np.asarray(np.hypot(dx, dy))
