"""A sum of weighted distances, or squared distances, to the nearest of some devices in the plane: the problem in plain numbers.

Points are merged, counted from their middle, and weights are scaled so that an average point costs about 1: the tolerances of the
solver of linear programmes are absolute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from placement import kernels
from placement.bounds.pairs import NO_PAIRS, Pairs
from placement.core.types import FloatArray, IntArray
from placement.kernels import PlanarPricing, PointSets
from placement.progress import Watch

MARGIN = 1e-6
MOST_STEPS = 100
"""Alternations between serving and placing at most."""


@dataclass(frozen=True, slots=True, eq=False)
class PlanarSum:
    """Minimise ``sum_i min(f_i, min_j c_i(x_j))`` over n_new places x_j.

    Parameters
    ----------
    xy : ndarray of shape (n, 2)
        Distinct points in lexicographic order [m].
    weight : ndarray of shape (n,)
        Above 0.
    fixed_xy : ndarray of shape (l, 2)
        Devices that stand already [m]; l may be 0.
    n_new : int
        How many devices are placed, at least 1.
    is_squared : bool
        Whether c is ``w d^2`` (k_means) or ``w d`` (p_median).
    unit : float
        What a value of 1 is in the user's numbers [m2 or m].
    """

    xy: FloatArray
    weight: FloatArray
    fixed_xy: FloatArray
    n_new: int
    is_squared: bool
    unit: float = 1.0

    @property
    def n(self) -> int:
        """Number of points."""
        return len(self.xy)

    def pricing(self, pairs: Pairs = NO_PAIRS) -> PlanarPricing:
        """Return the pricing of this sum."""
        make = PlanarPricing.squared if self.is_squared else PlanarPricing.linear
        return make(self.xy, self.weight, pairs.together, pairs.apart)

    def scaled(self, value: float) -> PlanarSum:
        """Return the same problem in such units that `value`, above 0, becomes the number of points."""
        factor = self.n / value
        return replace(self, weight=self.weight * factor, unit=self.unit / factor)

    def costs(self, squared: FloatArray) -> FloatArray:
        """Return what squared distances [m2] of shape (n, ...) cost."""
        weight = self.weight.reshape(-1, *[1] * (squared.ndim - 1))
        return np.asarray(weight * (squared if self.is_squared else np.sqrt(squared)))

    def cost_matrix(self, places: FloatArray) -> FloatArray:
        """Return what serving each point from each place costs, shape (n, m)."""
        squared = sum(np.square(self.xy[:, None, axis] - places[None, :, axis]) for axis in (0, 1))
        return self.costs(np.asarray(squared))

    def cap(self) -> FloatArray:
        """Return above what no multiplier proves anything more, shape (n,).

        That is what the point costs from the nearest fixed device, where bounds end to hold, or from the farthest corner of the
        box around all points: if it is worth more, every device serves it, and what it adds to the sum is taken off n_new times.
        """
        low, high = self.xy.min(axis=0), self.xy.max(axis=0)
        farthest = self.costs(np.square(np.maximum(self.xy - low, high - self.xy)).sum(axis=1)) * (1.0 + MARGIN)
        if len(self.fixed_xy) == 0:
            return farthest
        return np.minimum(farthest, self.costs(kernels.assign(self.xy, self.fixed_xy)[1]))

    def serve(self, centers: FloatArray) -> tuple[IntArray, float]:
        """Return who serves each point (0..n_new-1, or more for a fixed device) and the value, for new devices at `centers`."""
        labels, squared = kernels.assign(self.xy, np.vstack([centers, self.fixed_xy]))
        return labels, float(self.costs(squared).sum())

    def settle(self, centers: FloatArray, watch: Watch | None = None) -> tuple[FloatArray, float]:
        """Alternate between serving points from the nearest device and placing devices best for their points.

        Parameters
        ----------
        centers : ndarray of shape (n_new, 2)
            Where new devices start.
        watch : Watch, optional
            May end it early, after one step at least.

        Returns
        -------
        centers : ndarray of shape (n_new, 2)
            Never worse.
        value : float
            The sum from there.
        """
        pricing = self.pricing()
        labels, value = self.serve(centers)
        for _ in range(MOST_STEPS):
            moved = pricing.best_places(sets_of(labels, self.n_new), centers)[0]
            labels, moved_value = self.serve(moved)
            if not moved_value < value:
                break
            centers, value = moved, moved_value
            if watch is not None and watch.stop_reason() is not None:
                break
        return centers, value


def sets_of(labels: IntArray, n_sets: int) -> PointSets:
    """Return the points with each label 0..n_sets-1 as sets.

    Examples
    --------
    >>> [part.tolist() for part in sets_of(np.array([1, 0, 1, 2]), 2)]
    [[0, 1, 3], [1, 0, 2]]
    """
    order = np.argsort(labels, kind="stable")
    start = np.searchsorted(labels[order], np.arange(n_sets + 1))
    return PointSets(start.astype(np.int64), order[: start[-1]].astype(np.int64))
