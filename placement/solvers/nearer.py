"""Among equally good plans, the one whose devices stand nearer to the people they serve."""

from __future__ import annotations

import numpy as np

from placement import kernels
from placement.core.domain import Domain
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch
from placement.solvers.places import Ground

ROUNDS = 5
WEISZFELD_STEPS = 15
HALVINGS = 6
"""How often the way is shortened when a wall stands on it."""
KEPT = 1e-12
"""Limits are kept with this relative room, so that rounding does not break them; far-off coordinates round more."""


def move_nearer(ground: Ground, places: FloatArray, limit: FloatArray, domain: Domain, watch: Watch) -> FloatArray:
    """Move devices so that the mean distance falls and nobody within its limit leaves it.

    Parameters
    ----------
    ground : Ground
        The demand.
    places : ndarray of shape (k, 2)
        The new devices, less the origin [m].
    limit : ndarray of shape (u,)
        How far each row may be from its device [m]; rows that are farther already do not matter.
    domain : Domain
        Where devices may stand.
    watch : Watch
        When it says stop, each device moves once at most.

    Returns
    -------
    ndarray of shape (k, 2)
        The new places. Each device goes straight towards the place of smallest mean distance of those it serves, as far as the
        limits and walls let it: cost and limits are convex, so the way down is the whole way.
    """
    moved = places.copy()
    n_fixed = len(ground.fixed)
    kept = limit * (1 - KEPT) - 4 * np.finfo(float).eps * np.abs(ground.origin).max()
    served_before: IntArray | None = None
    for _ in range(ROUNDS):
        label, squared = kernels.assign(ground.xy, np.ascontiguousarray(np.vstack([ground.fixed, moved])))
        served = np.where(squared <= (limit * (1 + 1e-9)) ** 2, label - n_fixed, -1)
        changed = np.arange(len(moved))
        if served_before is not None:
            is_changed = served != served_before
            changed = np.unique(np.concatenate([served[is_changed], served_before[is_changed]]))
        for k in changed[changed >= 0]:
            mine = np.flatnonzero(served == k)
            if len(mine):
                moved[k] = _nearer(ground, mine, moved[k], kept[mine], domain)
        served_before = served
        if watch.stop_reason() is not None:
            break
    return moved


def _nearer(ground: Ground, served: IntArray, place: FloatArray, limit: FloatArray, domain: Domain) -> FloatArray:
    xy, weight = ground.xy[served], ground.weight[served]
    way = _middle(xy, weight) - place
    share = _farthest_share(xy - place, way, limit)
    mean = weight @ np.hypot(*(xy - place).T)
    for _ in range(HALVINGS):
        there = place + share * way
        if weight @ np.hypot(*(xy - there).T) < mean * (1 - 1e-9) and domain.contains((there + ground.origin)[None])[0]:
            return there
        share /= 2
    return place


def _middle(xy: FloatArray, weight: FloatArray) -> FloatArray:
    """Return about the place with the smallest summed distance (Weiszfeld's iteration)."""
    middle = np.asarray(weight @ xy / weight.sum())
    for _ in range(WEISZFELD_STEPS):
        pull = weight / np.maximum(np.hypot(*(xy - middle).T), 1e-9)
        middle = np.asarray(pull @ xy / pull.sum())
    return middle


def _farthest_share(offset: FloatArray, way: FloatArray, limit: FloatArray) -> float:
    """Return how much of the way, at most all, keeps ``|offset - share way| <= limit`` for each row; 0 if none does."""
    length = way @ way
    if length == 0 or (limit < 0).any():
        return 0.0
    along, room = offset @ way, limit**2 - (offset**2).sum(axis=1)
    if (room < 0).any():
        return 0.0
    return float(min(1.0, ((along + np.sqrt(along**2 + length * room)) / length).min()))
