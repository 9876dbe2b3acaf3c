"""Straight-line distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class EuclideanDistance:
    """``d_ij = |x_i - y_j|``: as the crow flies, walls ignored. Symmetric, a metric.

    Examples
    --------
    >>> EuclideanDistance().matrix(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[5.0, 0.0]]
    """

    kind: str = "euclidean"
    meaning: str = "straight line"

    def matrix(self, demand_xy: FloatArray, site_xy: FloatArray) -> FloatArray:
        """Return distances [m] of shape (n, m) between (n, 2) demand and (m, 2) sites [m]; exact 0 where they coincide.

        Differences are taken before squaring, so large coordinates (UTM, 4e6 m) lose no digits.
        """
        dx = demand_xy[:, None, 0] - site_xy[None, :, 0]
        dy = demand_xy[:, None, 1] - site_xy[None, :, 1]
        return np.asarray(np.hypot(dx, dy))
