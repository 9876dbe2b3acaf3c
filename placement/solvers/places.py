"""The places that matter when devices may stand anywhere: one for each set of points that a radius can bring together.

Of the infinitely many places of the plane or of a free space only finitely many differ in whom they reach, and of those only
the inclusion-maximal matter. They are found on the circles around the points and on the edges of the free space
(`placement.kernels.cover_sets` says why that is enough), so covering with devices anywhere becomes a choice among columns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from placement import kernels
from placement.bounds.columns import Columns
from placement.core.domain import Domain
from placement.core.problem import Problem
from placement.core.types import FloatArray, IntArray
from placement.kmeans.origin import choose_origin
from placement.progress import Watch

CIRCLE_SLACK, REACH_SLACK = 2e-9, 4e-9
"""Relative: radii grow by this much, so that whoever forgives rounding up to 1e-9 finds no set that is missing here."""
MOST_WALKED = 6e6
"""Circles walked times points crossing each times points within each: about 15 times the entries of all columns."""
DISC_ENTRIES, MOST_DISCS, FEW_WALKED = 600_000, 4000, 0.5e6
"""Where not all circles are walked: entries of all columns around rows, about, how many there are at most, and how much is
walked beside these."""
LOOKED_AT = 300
FIXED_SLACK = 1e-9
NO_EDGES = np.empty((0, 4))


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The demand as u rows, equal places as one, in coordinate order around their own middle.

    Parameters
    ----------
    xy : ndarray of shape (u, 2)
        Places of the rows, less `origin` [m].
    weight : ndarray of shape (u,)
        Summed weight of each row.
    scale : ndarray of shape (u,)
        What a metre counts for each row: 1, or its largest weight where the weighted distance is minimised.
    row, share : ndarray of shape (n,)
        The row of each demand point, and its share of the row's weight.
    position : ndarray of shape (u,)
        For each row a demand point that stands for it: the first with that scale.
    fixed : ndarray of shape (f, 2)
        Devices that stand already, less `origin` [m].
    reached : ndarray of shape (u,)
        Cost of serving each row from the nearest of them: scale times distance; infinite without any.
    edges : ndarray of shape (e, 4)
        Both ends of each edge of the free space, less `origin` [m]; none for the plane.
    origin : ndarray of shape (2,)
        Subtracted from all coordinates: far-off ones must not cost digits [m].
    """

    xy: FloatArray
    weight: FloatArray
    scale: FloatArray
    row: IntArray
    share: FloatArray
    position: IntArray
    fixed: FloatArray
    reached: FloatArray
    edges: FloatArray
    origin: FloatArray

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.xy)

    def in_plane(self) -> Ground:
        """Return the same demand with devices anywhere, walls ignored."""
        return replace(self, edges=NO_EDGES)

    def cost(self, places: FloatArray) -> FloatArray:
        """Return scale times distance of every row to its nearest of the places, shape (k, 2), or fixed device; shape (u,)."""
        if not len(places):
            return self.reached
        squared = kernels.assign(self.xy, np.ascontiguousarray(places))[1]
        return np.minimum(self.reached, self.scale * np.sqrt(squared))


def ground_of(problem: Problem, *, is_weighted: bool = False) -> Ground:
    """Return the rows of a problem with straight distances; with `is_weighted`, distances count times the largest weight."""
    demand = problem.demand
    merged, weight = kernels.merge_points(demand.xy, demand.weight)
    row = np.unique(demand.xy, axis=0, return_inverse=True)[1].reshape(-1)
    factor = demand.weight if is_weighted else np.ones(demand.n)
    heaviest_last = np.lexsort((-np.arange(demand.n), factor))
    position = np.empty(len(merged), dtype=np.intp)
    position[row[heaviest_last]] = heaviest_last
    origin = choose_origin(merged)
    scale, fixed = factor[position], np.ascontiguousarray(problem.fixed.xy - origin)
    xy = np.ascontiguousarray(merged - origin)
    reached = scale * np.sqrt(kernels.assign(xy, fixed)[1]) if len(fixed) else np.full(len(xy), np.inf)
    share = demand.weight / weight[row]
    return Ground(xy, np.asarray(weight), scale, row, share, position, fixed, reached, _edges(problem, origin), origin)


def _edges(problem: Problem, origin: FloatArray) -> FloatArray:
    if problem.domain.free is None:
        return NO_EDGES
    import shapely

    rings = shapely.get_rings(shapely.get_parts(problem.domain.free))
    corners = [shapely.get_coordinates(ring) - origin for ring in rings]
    return np.ascontiguousarray(np.vstack([np.hstack([ring[:-1], ring[1:]]) for ring in corners]))


def scope_anywhere(problem: Problem, devices: str) -> str:
    """Return which plans a bound for the plane is about, in words: "any 5 devices anywhere in the plane"."""
    beside = f" beside the {problem.fixed.m} standing" if problem.fixed.m else ""
    walls = ", walls ignored" if problem.domain.free is not None else ""
    return f"{devices} anywhere in the plane{beside}{walls}"


def farthest_first(ground: Ground, places: FloatArray, count: int) -> IntArray:
    """Return rows, each the one that costs most from the places, the fixed devices and the rows before it.

    At most `count`, and none twice unless all are taken; the first is far from the middle when nothing stands yet.
    """
    (x, y), scale, chosen = np.ascontiguousarray(ground.xy.T), np.square(ground.scale), []
    squared = np.square(ground.cost(places))
    if not np.isfinite(squared).any():
        squared = scale * (np.square(x - x.mean()) + np.square(y - y.mean()))
    for _ in range(count):
        i = int(squared.argmax())
        chosen.append(i)
        squared = np.minimum(squared, scale * (np.square(x - x[i]) + np.square(y - y[i])))
    return np.array(chosen, dtype=np.intp)


class Places(NamedTuple):
    """Which rows each place covers, and a place for each column, `xy` of shape (m, 2) less the origin [m]."""

    columns: Columns
    xy: FloatArray


def lacking(ground: Ground, radius: float, n_serving: int) -> IntArray:
    """Return how many of `n_serving` devices within the radius [m] each row lacks beside the fixed ones, shape (u,).

    The radius is grown by 1e-9 of itself, as whoever checks a bound does.
    """
    if not len(ground.fixed):
        return np.full(ground.n_rows, n_serving)
    away = np.hypot(*(ground.xy[:, None] - ground.fixed[None]).transpose(2, 0, 1))
    return np.asarray(n_serving - np.minimum(n_serving, np.count_nonzero(away <= radius * (1 + FIXED_SLACK), axis=1)))


def find_places(ground: Ground, rows: IntArray, radius: float, around: IntArray | None = None) -> Places:
    """Return every inclusion-maximal set of the rows that one free place reaches at a cost of at most `radius`.

    Parameters
    ----------
    ground : Ground
        The demand and the free space.
    rows : ndarray of shape (k,)
        The rows that matter, as positions; they become 0..k-1.
    radius : float
        Largest scale times distance [m], > 0; grown by 4e-9 of itself against rounding.
    around : ndarray, optional
        Positions within `rows`: only places on their circles and along walls are found. Not all sets are found then.

    Returns
    -------
    Places
        Columns, the largest first, and a place for each. A row that no free place reaches is in no column.
    """
    xy, scale = np.ascontiguousarray(ground.xy[rows]), np.ascontiguousarray(ground.scale[rows])
    radii = radius * (1 + CIRCLE_SLACK) / scale, radius * (1 + REACH_SLACK) / scale
    walked = None if around is None else around.astype(np.int32)
    found = kernels.cover_sets(xy, *radii, ground.edges, around=walked)
    columns = Columns(len(rows), found.start.astype(np.intp), found.member.astype(np.intp))
    return Places(columns, found.place)


def is_too_much(ground: Ground, rows: IntArray, radius: float) -> bool:
    """Return whether finding all sets of the rows would take too long or too much memory."""
    return _n_walked(ground, rows, radius, MOST_WALKED) < len(rows)


def some_circles(ground: Ground, rows: IntArray, radius: float, rng: np.random.Generator, most: float) -> IntArray:
    """Return as many positions within the rows as there are circles that can be walked at a cost of `most`, ascending."""
    return np.sort(rng.permutation(len(rows))[: _n_walked(ground, rows, radius, most)])


def find_some(ground: Ground, rows: IntArray, radius: float, domain: Domain, rng: np.random.Generator, watch: Watch) -> Columns:
    """Return some of the sets of rows that a free place reaches, where all would be too many.

    Those from the free places nearest to rows, which are everywhere where something is to be covered; and in the open plane,
    while there is time, those on as many circles as can be walked soon. Walls would have to be walked from end to end.
    """
    drawn = rng.permutation(len(rows))[:MOST_DISCS]
    middles = ground.xy[rows[drawn]]
    if len(ground.edges):
        middles = domain.nearest_free(middles + ground.origin) - ground.origin
    discs = _discs(ground, rows, radius, middles)
    if len(ground.edges) or watch.stop_reason() is not None:
        return discs
    walked = find_places(ground, rows, radius, some_circles(ground, rows, radius, rng, FEW_WALKED)).columns
    return Columns(len(rows), np.append(walked.start, discs.start[1:] + walked.start[-1]), np.append(walked.rows, discs.rows))


def _discs(ground: Ground, rows: IntArray, radius: float, middles: FloatArray) -> Columns:
    """Return whom devices at the middles, shape (k, 2), reach: of one after another, while the columns are few."""
    x, y = np.ascontiguousarray(ground.xy[rows].T)
    reach, found, n_entries = radius * (1 + REACH_SLACK), list[IntArray](), 0
    for middle in middles:
        beside = slice(*np.searchsorted(x, middle[0] + [-reach * (1 + REACH_SLACK), reach * (1 + REACH_SLACK)]))
        away = np.square(x[beside] - middle[0]) + np.square(y[beside] - middle[1])
        own = beside.start + np.flatnonzero(away <= reach * reach)
        found += [own] if len(own) else []  # the nearest free place may be too far
        n_entries += len(own)
        if n_entries > DISC_ENTRIES:
            break
    return Columns(len(rows), np.cumsum([0, *map(len, found)]), np.concatenate([rows[:0], *found]))


def _n_walked(ground: Ground, rows: IntArray, radius: float, most: float) -> int:
    """Reckon from some of the rows how many points cross a circle and lie within it."""
    if not len(rows):
        return 0
    x, y = np.ascontiguousarray(ground.xy[rows].T)
    some = range(0, len(rows), max(1, len(rows) // LOOKED_AT))
    squared = (np.square(x - x[i]) + np.square(y - y[i]) for i in some)
    near = [[np.count_nonzero(away <= reach * reach) for reach in (2 * radius, radius)] for away in squared]
    crossing, within = np.mean(near, axis=0)
    return min(len(rows), max(1, int(most / (crossing * within))))


def heaviest_place(ground: Ground, rows: IntArray, radius: float, value: FloatArray) -> float:
    """Return the largest sum of `value`, shape (k,), over the rows that one free place reaches, grown against rounding."""
    xy, scale = np.ascontiguousarray(ground.xy[rows]), ground.scale[rows]
    radii = radius * (1 + CIRCLE_SLACK) / scale, radius * (1 + REACH_SLACK) / scale
    return kernels.heaviest_place(xy, *radii, ground.edges, value) * (1 + FIXED_SLACK)


def spread_rows(ground: Ground, rows: IntArray, cost: FloatArray, radius: float) -> IntArray:
    """Return some of the rows: the one that costs most, then the most costly that is not within the radius of those, ..."""
    left = rows[np.argsort(-cost[rows], kind="stable")]
    chosen: list[int] = []
    while len(left):
        chosen.append(int(left[0]))
        apart = np.hypot(*(ground.xy[left] - ground.xy[left[0]]).T) * ground.scale[left]
        apart[0] = 0.0
        left = left[apart > radius]
    return np.array(chosen, dtype=np.intp)


def central_places(ground: Ground, rows: IntArray, columns: Columns) -> FloatArray:
    """Return for each column the free place where the farthest of its rows is nearest, shape (m, 2) less the origin [m].

    Parameters
    ----------
    ground : Ground
        The demand and the free space.
    rows : ndarray of shape (k,)
        What the rows 0..k-1 of the columns are.
    columns : Columns
        Sets of rows, none of them empty.
    """
    if not columns.m:
        return np.empty((0, 2))
    xy, scale = np.ascontiguousarray(ground.xy[rows]), np.ascontiguousarray(ground.scale[rows])
    start, member = columns.start.astype(np.int64), columns.rows.astype(np.int32)
    return kernels.enclosing_circles(xy, scale, start, member, ground.edges)[0]
