"""What one device anywhere can cover: whether the sets that a proof lists are all that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from placement.bounds.verify.tree import EPS, SLACK, Refused, positions
from placement.core.service import BLOCK
from placement.core.types import BoolArray, FloatArray, IntArray


def listed_sets(xy: FloatArray, reach: FloatArray, columns: Sequence[Any]) -> BoolArray:
    """Return which of the listed sets, shape (R, K), hold which points; refuse if some place covers more than any of them.

    What a place covers is covered at a point where two circles meet, or at a demand point. Circles are drawn with half the slack,
    so that a solver which draws them with all of it has listed what is found here.
    """
    covers = np.zeros((len(xy), len(columns)), dtype=bool)
    for k, column in enumerate(columns):
        covers[positions(column, len(xy)), k] = True
    for i, near, found in _visited(xy, reach):
        if (found.astype(float) @ ~covers[near][:, covers[i]] > 0).all(axis=1).any():
            raise Refused("some place covers points that no listed column has together")
    return covers


def heaviest(xy: FloatArray, reach: FloatArray, u: FloatArray) -> float:
    """Return the most that one place covers of `u`, shape (R,), or a little more: the sets need not be listed."""
    used = u > 0
    xy, reach, u = xy[used], reach[used] * (1 + SLACK / 2), u[used]
    return max(
        (_most_on_circle(xy - place, reach * (1 + SLACK / 10), own, u) for place, own in zip(xy, reach, strict=True)), default=0.0
    )


def _most_on_circle(offset: FloatArray, reach: FloatArray, own: float, u: FloatArray) -> float:
    """Return the most that a place on the circle of radius `own` around the origin covers: of each disc an arc, all or none."""
    d = np.hypot(*offset.T)
    cosine = (d * d + own * own - reach * reach) / (2 * d * own)
    is_arc = np.abs(cosine) <= 1
    middle = np.arctan2(offset[is_arc, 1], offset[is_arc, 0])
    half = np.arccos(cosine[is_arc]) + 8 * EPS
    # Once more round the circle, for arcs that begin before the angle 0; where one begins and another ends, both cover.
    ends = np.r_[middle - half, middle - half + 2 * np.pi, middle + half, middle + half + 2 * np.pi]
    change = np.r_[u[is_arc], u[is_arc], -u[is_arc], -u[is_arc]]
    covered = np.cumsum(change[np.argsort(ends, kind="stable")])
    return float(u[~(cosine >= -1)].sum() + covered.max(initial=0.0))


def _visited(xy: FloatArray, reach: FloatArray) -> Iterator[tuple[int, IntArray, BoolArray]]:
    """Yield for each point which points are near, and which of them its own place and each on its circle covers."""
    reach = reach * (1 + SLACK / 2)
    for i in range(len(xy)):
        offset = xy - xy[i]
        near = np.flatnonzero(~(np.hypot(*offset.T) > reach + reach[i]))
        places = np.vstack([np.zeros((1, 2)), _meetings(offset[near], reach[near], reach[i])])
        for part in np.array_split(places, len(places) * len(near) // BLOCK + 1):
            yield i, near, ~(np.hypot(*(part[:, None] - offset[near]).transpose(2, 0, 1)) > reach[near] * (1 + SLACK / 10))


def _meetings(offset: FloatArray, reach: FloatArray, own: float) -> FloatArray:
    """Return where circles around `offset` meet that of radius `own` around the origin."""
    d = np.hypot(*offset.T)
    crosses = (d > 0) & (d >= np.abs(reach - own))
    d, offset, reach = d[crosses, None], offset[crosses], reach[crosses, None]
    along = (d * d + own * own - reach * reach) / (2 * d)
    across = np.sqrt(np.maximum(own * own - along * along, 0))
    ahead = offset / d
    aside = ahead[:, ::-1] * [-1, 1]
    return np.vstack([along * ahead + across * aside, along * ahead - across * aside])
