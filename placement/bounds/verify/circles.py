"""What one device anywhere can cover: whether the sets that a proof lists are all that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from placement.bounds.verify.tree import SLACK, Refused, positions
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
    """Return the most that one place covers of `u`, shape (R,): the sets need not be listed."""
    used = u > 0
    return max((float((found @ u[used][near]).max()) for _, near, found in _visited(xy[used], reach[used])), default=0.0)


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
