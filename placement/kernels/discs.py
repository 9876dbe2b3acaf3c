"""Kernels on discs: smallest enclosing circles, places that keep the farthest point near, and which points a place can reach.

All take the free space as edges, shape (e, 4): x and y of both ends, all rings of all its polygons in any order; with no edge
devices may stand anywhere in the plane. Coordinates should lie around their own middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.kernels import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


class CoverSets(NamedTuple):
    """The sets of points that one place can reach, none within another, the largest first.

    Parameters
    ----------
    start : ndarray of shape (m + 1,)
        Set s is ``member[start[s]:start[s + 1]]``.
    member : ndarray of shape (start[m],)
        Positions 0..n-1, ascending within each set.
    place : ndarray of shape (m, 2)
        For each set, a place that reaches it.
    """

    start: NDArray[np.int64]
    member: NDArray[np.int32]
    place: NDArray[np.float64]


def enclosing_circles(
    points: NDArray[np.float64],
    scale: NDArray[np.float64],
    start: NDArray[np.int64],
    member: NDArray[np.int32],
    edges: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find for each group of points the free place that minimises ``max_i scale_i |x - x_i|``.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Finite coordinates, n >= 1.
    scale : ndarray of shape (n,)
        What a metre counts for each point, > 0.
    start, member : ndarray of shape (g + 1,) and (start[g],)
        Group s is ``member[start[s]:start[s + 1]]``, at least one point.
    edges : ndarray of shape (e, 4)
        The free space.

    Returns
    -------
    places : ndarray of shape (g, 2)
        The best place of each group.
    radius : ndarray of shape (g,)
        The cost of its farthest member.

    Raises
    ------
    ValueError
        If shapes disagree or a group is empty.

    Notes
    -----
    Exact up to rounding. The cost is convex: where its best place in the plane is not free, the best free place lies on an
    edge of the free space, and there the cost is held by at most two points.

    References
    ----------
    J. Elzinga, D. W. Hearn, "Geometrical solutions for some minimax location problems", Transp. Sci. 6 (1972) 379-394, doi
    10.1287/trsc.6.4.379.

    Examples
    --------
    >>> corners = np.array([[0.0, 0.0], [6.0, 0.0], [0.0, 8.0]])
    >>> group = np.array([0, 3]), np.arange(3, dtype=np.int32)
    >>> place, radius = enclosing_circles(corners, np.ones(3), *group, np.empty((0, 4)))
    >>> place.tolist(), radius.tolist()
    ([[3.0, 4.0]], [5.0])
    """
    return _core.enclosing_circles(points, scale, start, member, edges)


def search_centers(
    points: NDArray[np.float64],
    scale: NDArray[np.float64],
    edges: NDArray[np.float64],
    centers: NDArray[np.float64],
    *,
    n_locked: int,
    n_kicks: int,
    seed: int,
) -> tuple[NDArray[np.float64], float]:
    """Improve free places for devices so that ``max_i scale_i d_i`` falls, d_i the distance to the nearest device.

    Points go to their nearest device, devices to the best place for their points, over and over; then one device at a
    time is put where the need is greatest, and what makes the largest cost worse is taken back.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Finite coordinates, n >= 1.
    scale : ndarray of shape (n,)
        What a metre counts for each point, > 0.
    edges : ndarray of shape (e, 4)
        The free space.
    centers : ndarray of shape (k, 2)
        Where to start; the first `n_locked` < k never move.
    n_locked, n_kicks, seed : int
        How many stay, how many moves are tried, from which stream of random numbers.

    Returns
    -------
    centers : ndarray of shape (k, 2)
        Where the devices end; a device that serves nobody may stand outside of the free space.
    radius : float
        The largest cost.

    Raises
    ------
    ValueError
        If shapes disagree or no centre may move.

    References
    ----------
    A. Suzuki, Z. Drezner, "The p-center location problem in an area", Location Sci. 4 (1996) 69-82 (the alternation).

    Examples
    --------
    >>> line = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0], [14.0, 0.0]])
    >>> search_centers(line, np.ones(4), np.empty((0, 4)), line[:2], n_locked=0, n_kicks=0, seed=1)[1]
    2.0
    """
    return _core.search_centers(points, scale, edges, centers, n_locked, n_kicks, seed)


def cover_sets(
    points: NDArray[np.float64],
    circle: NDArray[np.float64],
    reach: NDArray[np.float64],
    edges: NDArray[np.float64],
    *,
    around: NDArray[np.int32] | None = None,
) -> CoverSets:
    """Find every inclusion-maximal set of points that a free place can reach.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Finite coordinates.
    circle, reach : ndarray of shape (n,)
        Point i is reached from x when ``|x - x_i| <= reach_i``; places are looked for on circles of radius circle_i > 0, which
        should be smaller by about the rounding that shall be forgiven.
    edges : ndarray of shape (e, 4)
        The free space.
    around : ndarray of int32, optional
        Positions of the points whose circles are walked; all when left out. With fewer, sets are found that still no other
        found set contains, but not all.

    Returns
    -------
    CoverSets
        Every set that a place reaches with radii below `circle` lies within one of them. A point that no free place reaches is
        in none.

    Raises
    ------
    ValueError
        If shapes disagree.

    Notes
    -----
    The places that reach a set T are the intersection of discs with the free space, which is compact. Its boundary has a corner,
    where two circles, a circle and an edge, or two edges meet, or else it contains a full circle, and then all of that disc's
    places reach T. Either way some place on a circle or on an edge reaches T. Along each of these curves the reached set
    grows and shrinks at the ends of arcs; only the sets just before a shrinking that follows a growing can be maximal.
    O(n^2 log n + n e) for the walk, then a test of each distinct set against the maximal sets that hold its rarest point.

    References
    ----------
    R. L. Church, "The planar maximal covering location problem", J. Reg. Sci. 24 (1984) 185-201, doi
    10.1111/j.1467-9787.1984.tb01031.x (the circle intersection point set).

    Examples
    --------
    >>> line = np.array([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]])
    >>> found = cover_sets(line, np.full(3, 1.5), np.full(3, 1.5 + 1e-9), np.empty((0, 4)))
    >>> [found.member[a:b].tolist() for a, b in zip(found.start, found.start[1:])]
    [[0, 1], [1, 2]]
    """
    walked = np.arange(len(points), dtype=np.int32) if around is None else around
    return CoverSets(*_core.cover_sets(points, circle, reach, edges, walked))


def heaviest_place(
    points: NDArray[np.float64],
    circle: NDArray[np.float64],
    reach: NDArray[np.float64],
    edges: NDArray[np.float64],
    value: NDArray[np.float64],
) -> float:
    """Return the largest sum of values that one free place reaches.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Finite coordinates.
    circle, reach : ndarray of shape (n,)
        As for `cover_sets`.
    edges : ndarray of shape (e, 4)
        The free space.
    value : ndarray of shape (n,)
        Of the points, >= 0.

    Returns
    -------
    float
        ``max_x sum_i value_i [|x - x_i| <= reach_i]``, rounded like a running sum; 0 when no place reaches any point.

    Raises
    ------
    ValueError
        If shapes disagree.

    Notes
    -----
    O(n^2 log n + n e) time and O(n) memory: the sets are not kept.

    Examples
    --------
    >>> line, one = np.array([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]]), np.ones(3)
    >>> heaviest_place(line, 1.5 * one, (1.5 + 1e-9) * one, np.empty((0, 4)), np.array([1.0, 2.0, 5.0]))
    7.0
    """
    return _core.heaviest_place(points, circle, reach, edges, value)
