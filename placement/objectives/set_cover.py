"""The set covering objective: how few devices bring everybody, or a share of all, within a radius."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True)
class SetCoverObjective:
    """Minimise the number of new devices so that everybody, or a share of the weight, lies within the radius.

    Parameters
    ----------
    radius_m : float
        Within which a point counts as covered, itself included [m]; > 0.
    share : float
        Of the total weight, in (0, 1].
    n_serving : int
        How many devices must be within the radius: 1, or 2 for backup cover.

    References
    ----------
    C. Toregas, R. Swain, C. ReVelle and L. Bergman, "The location of emergency service facilities", Oper. Res. 19 (1971)
    1363-1373, doi 10.1287/opre.19.6.1363.

    Examples
    --------
    >>> import numpy as np
    >>> SetCoverObjective(radius_m=2.0).value(np.ones(2), np.array([1.0, 2.0]), 3)
    3.0
    """

    radius_m: float
    share: float = 1.0
    n_serving: int = 1
    kind: str = "set_cover"
    unit: str = "devices"
    sense: Literal["min", "max"] = "min"
    meaning: str = "number of new devices"

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:  # noqa: ARG002 - one signature
        """Return the number of new devices; whether the share is reached is for constraints to tell."""
        return float(n_new)
