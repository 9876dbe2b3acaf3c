"""Few points that stand for many, so that multipliers of a large problem begin near their best.

A sum over ten thousand points and one over some hundred means of their neighbours differ little, and what serving a unit of
weight is worth changes smoothly from place to place. So the search for multipliers is done on the means, and each point takes
over what the means around it came to. Whatever becomes of that, multipliers are free: the proof is about all points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from placement import kernels
from placement.bounds.planar_sum import PlanarSum
from placement.core.types import FloatArray

ITERATIONS = 3
"""Of K-Means, for the means."""
NEIGHBOURS, BLUNT = 3, 0.05
"""A point takes over from so many means, by the inverse of the squared distance and this share of that of the farthest."""


@dataclass(frozen=True, slots=True, eq=False)
class Representatives:
    """A problem about means, and the way back.

    Parameters
    ----------
    whole : PlanarSum
        The problem about n points.
    means : PlanarSum
        The same about m means of neighbours, each with their summed weight; its value counts like that of the whole.
    extra : ndarray of shape (m,)
        What a unit of weight costs more than its mean says, on average: squared distances to the mean for k_means, else 0.
    """

    whole: PlanarSum
    means: PlanarSum
    extra: FloatArray

    def lifted(self, multipliers: FloatArray) -> FloatArray:
        """Return multipliers of the points, shape (n,), from those of the means, shape (m,)."""
        worth = multipliers / self.means.weight + self.extra
        count = min(NEIGHBOURS, self.means.n)
        near, away = kernels.nearest_in_plane(self.whole.xy, self.means.xy, count)
        share = 1.0 / (np.square(away) + BLUNT * np.square(away[:, -1:]) + np.finfo(float).tiny)
        taken = (worth[near] * share).sum(axis=1) / share.sum(axis=1)
        return np.asarray(np.minimum(self.whole.weight * taken, self.whole.cap()))


def represent(problem: PlanarSum, count: int, seed: int) -> Representatives:
    """Choose means by K-Means, denser where there is more weight.

    Parameters
    ----------
    problem : PlanarSum
        n points.
    count : int
        How many means at most, from 1 to n.
    seed : int
        Of the starts of K-Means.

    Returns
    -------
    Representatives
        The means in coordinate order.

    Examples
    --------
    >>> line = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0], [12.0, 0.0]])
    >>> found = represent(PlanarSum(line, np.ones(4), np.empty((0, 2)), 1, is_squared=True), 2, 0)
    >>> found.means.xy.tolist(), found.extra.tolist()
    ([[1.0, 0.0], [11.0, 0.0]], [1.0, 1.0])
    >>> found.lifted(np.array([4.0, 4.0])).round(9).tolist()
    [3.0, 3.0, 3.0, 3.0]
    """
    xy, weight = problem.xy, problem.weight
    seeds, none = np.array([seed], dtype=np.uint64), np.empty((0, 2))
    run = kernels.kmeans_restarts(xy, weight, count, seeds=seeds, locked=none, max_iter=ITERATIONS)
    label = np.unique(kernels.assign(xy, np.asarray(run.centers[0]))[0], return_inverse=True)[1].ravel()
    mass = np.bincount(label, weights=weight).astype(np.float64)
    mean = np.column_stack([np.bincount(label, weights=weight * xy[:, axis]) / mass for axis in (0, 1)])
    order = np.lexsort((mean[:, 1], mean[:, 0]))
    away = np.square(xy - mean[label]).sum(axis=1) if problem.is_squared else np.zeros(problem.n)
    extra = np.bincount(label, weights=weight * away) / mass
    means = replace(problem, xy=np.ascontiguousarray(mean[order]), weight=mass[order])
    return Representatives(problem, means, extra[order])
