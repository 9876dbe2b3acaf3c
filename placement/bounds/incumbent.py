"""The best plan in the open plane that a search for a bound has met."""

from __future__ import annotations

import numpy as np

from placement.bounds.planar_sum import PlanarSum, sets_of
from placement.core.types import FloatArray
from placement.kernels import PointSets
from placement.progress import Progress, Watch


class Incumbent:
    """The best plan in the open plane.

    Parameters
    ----------
    problem : PlanarSum
        What is served.
    is_allowed : bool
        Whether a device may really stand anywhere: only then its value is worth a report.

    Attributes
    ----------
    centers, value : ndarray of shape (n_new, 2), float
        Its new devices and the sum from there; infinite before the first.
    """

    def __init__(self, problem: PlanarSum, is_allowed: bool) -> None:
        self._problem, self._is_allowed = problem, is_allowed
        self.centers: FloatArray = np.empty((0, 2))
        self.value = np.inf

    def settle(self, start: FloatArray, watch: Watch | None = None) -> bool:
        """Settle a plan from `start`, as far as there is time; keep it if it is better, and tell so."""
        centers, value = self._problem.settle(start, watch)
        if not value < self.value:
            return False
        self.centers, self.value = centers, value
        return True

    def progress(self, phase: str, done: int, total: int, bound: float) -> Progress:
        """Return a report in the user's units."""
        unit = self._problem.unit
        return Progress(phase, done, total, self.value * unit if self._is_allowed else None, bound * unit)

    def columns(self) -> PointSets:
        """Return whom its new devices serve."""
        return sets_of(self._problem.serve(self.centers)[0], self._problem.n_new)
