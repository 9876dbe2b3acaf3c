"""Kernels for sums in the plane: what a device would gain at a place, when serving each point is worth a multiplier."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.kernels import _core

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Pairs = Sequence[tuple[int, int]]


class PointSets(NamedTuple):
    """Sets of points, one behind the other: set k holds ``member[start[k] : start[k + 1]]``.

    Parameters
    ----------
    start : ndarray of shape (s + 1,)
        Ascending from 0 to the length of `member`.
    member : ndarray of shape (t,)
        Positions of points, 0..n-1.
    """

    start: NDArray[np.int64]
    member: NDArray[np.int64]


class PricingProof(NamedTuple):
    """What `PlanarPricing.prove` found out.

    Parameters
    ----------
    lower : float
        F is nowhere below.
    xy : ndarray of shape (k, 2)
        Local minima met on the way, each better than all before.
    value : ndarray of shape (k,)
        F there.
    n_cells : int
        Boxes bounded.
    is_complete : bool
        Whether `lower` is within the tolerance; False when the limit of boxes ended the search.
    """

    lower: float
    xy: NDArray[np.float64]
    value: NDArray[np.float64]
    n_cells: int
    is_complete: bool


class PlanarPricing:
    """The function ``F(x) = min_S sum_{i in S} (c_i(x) - u_i)`` over the plane, for any multipliers u.

    The sets S respect the pairs; without pairs ``F(x) = sum_i min(0, c_i(x) - u_i)``. Made by `squared` for
    ``c_i(x) = w_i |x - a_i|^2`` and by `linear` for ``c_i(x) = w_i |x - a_i|``.

    Parameters
    ----------
    door : SquaredPricing or LinearPricing
        The compiled side, which holds the points.

    Notes
    -----
    `descend` is the mean shift of [1]_ for squared distances and Cooper's alternation [2]_, with Newton's and Weiszfeld's
    steps, for plain ones. `prove` is a best-first branch and bound over boxes. Points in reach from the whole box add up to
    one convex function with an exact (squared) or tangent (plain) lower bound; a point in reach from a part of it, with gains
    from l < 0 to h > 0, counts with the chord ``l / (l - h) (gain - h)`` of the concave ``min(0, gain)``. The pricing problem is
    that of [3]_, section 3.

    References
    ----------
    .. [1] D. Comaniciu, P. Meer, "Mean shift: a robust approach toward feature space analysis", IEEE TPAMI 24(5), 2002,
       section 2, with a truncated parabola as the kernel.
    .. [2] L. Cooper, "Heuristic methods for location-allocation problems", SIAM Review 6(1), 1964.
    .. [3] D. Aloise, P. Hansen, L. Liberti, "An improved column generation algorithm for minimum sum-of-squares clustering",
       Math. Program. 131, 2012.

    Examples
    --------
    Serving each of three points on a line is worth 2; the middle one gains most, 2 + 1 + 1 = 4:

    >>> pricing = PlanarPricing.squared(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), np.ones(3))
    >>> xy, value = pricing.descend(np.full(3, 2.0), np.array([[0.8, 0.0]]))
    >>> xy.tolist(), value.tolist()
    ([[1.0, 0.0]], [-4.0])
    >>> pricing.prove(np.full(3, 2.0), best=-4.0, tolerance=1e-9, max_cells=1000).lower > -4.0 - 1e-8
    True
    """

    def __init__(self, door: _core.SquaredPricing | _core.LinearPricing) -> None:
        self._door = door

    @classmethod
    def squared(
        cls, points: NDArray[np.float64], weights: NDArray[np.float64], together: Pairs = (), apart: Pairs = ()
    ) -> PlanarPricing:
        """Return the pricing of weighted squared distances.

        Parameters
        ----------
        points : ndarray of shape (n, 2)
            In ascending order of x, as `merge_points` returns them.
        weights : ndarray of shape (n,)
            Above 0.
        together, apart : sequence of (int, int)
            Points that a set holds both or neither, and points of which it holds one at most. No pair may be both, not even by
            way of others.

        Returns
        -------
        PlanarPricing
            Ready for any multipliers.

        Raises
        ------
        ValueError
            If shapes disagree, the points are not in order, or a pair names no two points.
        """
        return cls(_core.SquaredPricing(points, weights, _pairs(together), _pairs(apart)))

    @classmethod
    def linear(
        cls, points: NDArray[np.float64], weights: NDArray[np.float64], together: Pairs = (), apart: Pairs = ()
    ) -> PlanarPricing:
        """Return the pricing of weighted distances; all else as for `squared`."""
        return cls(_core.LinearPricing(points, weights, _pairs(together), _pairs(apart)))

    def descend(
        self, multipliers: NDArray[np.float64], starts: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the local minima of F, shape (s, 2), that lie below the starts, shape (s, 2), and their values, shape (s,)."""
        return self._door.descend(multipliers, starts)

    def evaluate(self, multipliers: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return F at places of shape (s, 2), shape (s,)."""
        return self._door.evaluate(multipliers, places)

    def prove(self, multipliers: NDArray[np.float64], *, best: float, tolerance: float, max_cells: int) -> PricingProof:
        """Return a lower bound of F over the plane.

        Parameters
        ----------
        multipliers : ndarray of shape (n,)
            Any finite numbers.
        best : float
            A known value of F; 0 when none is known.
        tolerance : float
            The search ends when the bound is this close to the least value known, >= 0.
        max_cells : int
            Boxes to bound at most; then the bound is that of the worst box left.

        Returns
        -------
        PricingProof
            The bound, to rounding: some 1e-13 of the sum of the multipliers.
        """
        lower, (xy, value), n_cells, is_complete = self._door.prove(multipliers, best, tolerance, max_cells)
        return PricingProof(lower, xy, value, n_cells, is_complete)

    def select(self, multipliers: NDArray[np.float64], places: NDArray[np.float64]) -> PointSets:
        """Return for each place, shape (s, 2), the points of the best set there, ascending."""
        return PointSets(*self._door.select(multipliers, places))

    def best_places(self, sets: PointSets, starts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each set the best place for one device that serves it, and the cost ``sum c_i`` from there.

        Parameters
        ----------
        sets : PointSets
            s sets; for an empty one its start is the place and the cost 0.
        starts : ndarray of shape (s, 2)
            Where to begin; squared distances do not need it.

        Returns
        -------
        places : ndarray of shape (s, 2)
            The weighted mean (squared) or median, to rounding, ties of collinear points by the start.
        costs : ndarray of shape (s,)
            What serving the set from its place costs.
        """
        return self._door.best_places(sets.start, sets.member, starts)


def _pairs(pairs: Pairs) -> NDArray[np.int64]:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
