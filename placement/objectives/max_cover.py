"""The maximal covering objective: as much weight as possible within a radius, for a fixed number of devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class MaxCoverObjective:
    """Maximise ``sum_i w_i [d_i <= radius]``: as much weight within the radius as so many devices can reach.

    ``d_i`` is the distance to the nearest device, for backup cover to the `n_serving`-th nearest.

    Parameters
    ----------
    radius_m : float
        Within which a point counts as covered, itself included [m]; > 0.
    n_serving : int
        How many devices must be within the radius: 1, or 2 for backup cover.

    References
    ----------
    R. Church and C. ReVelle, "The maximal covering location problem", Pap. Reg. Sci. Assoc. 32 (1974) 101-118,
    doi 10.1007/BF01942293; backup: K. Hogan and C. ReVelle, Manage. Sci. 32 (1986) 1434-1444.

    Examples
    --------
    >>> import numpy as np
    >>> MaxCoverObjective(radius_m=2.0).value(np.array([1.0, 5.0]), np.array([3.0, 2.0]), 1)
    5.0
    """

    radius_m: float
    n_serving: int = 1
    kind: str = "max_cover"
    unit: str = "weight"
    sense: Literal["min", "max"] = "max"
    meaning: str = "weight within the radius"

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:  # noqa: ARG002 - one signature
        """Return the weight of the points whose distance [m] is at most the radius."""
        return float(weight[service_distance <= self.radius_m].sum())
