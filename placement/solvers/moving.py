"""Devices moved one by one towards the best place for those whom they serve, as far as the constraints let them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from placement.core.problem import Problem
from placement.core.rules import ROUNDING
from placement.core.types import BoolArray, FloatArray, IntArray
from placement.progress import Watch

MOST_ROUNDS = 30
STEPS = (1.0, 0.5, 0.25, 0.1, 0.02)
"""Shares of the way that are tried."""
_ITERATIONS = 60


def move_devices(problem: Problem, new_xy: FloatArray, assignment: IntArray, watch: Watch) -> FloatArray:
    """Return places for the new devices at which the same service is shorter, or those given.

    Parameters
    ----------
    problem : Problem
        With straight distances; covering objectives have nothing to gain and keep their places.
    new_xy : ndarray of shape (k, 2)
        Where the new devices stand [m]; they keep every constraint.
    assignment : ndarray of shape (n,)
        Position of the serving device, fixed ones first; -1 for none.
    watch : Watch
        Asked between devices.

    Returns
    -------
    ndarray of shape (k, 2)
        Every constraint still holds.
    """
    best_place = _BEST_PLACES.get(problem.objective.kind)
    moved = new_xy.copy()
    for _ in range(MOST_ROUNDS if best_place else 0):
        before = moved.copy()
        for k in range(len(moved)):
            members = assignment == problem.fixed.m + k
            if best_place is not None and members.any() and watch.stop_reason() is None:
                target = best_place(problem.demand.xy[members], problem.demand.weight[members], moved[k])
                moved[k] = _step(problem, moved, k, target, members)
        if np.array_equal(before, moved):
            break
    return moved


def _step(problem: Problem, new_xy: FloatArray, k: int, target: FloatArray, members: BoolArray) -> FloatArray:
    """Go as far towards `target` as helps and is allowed."""
    here: FloatArray = new_xy[k]
    value = _cost(problem, here, members)
    others = np.vstack([problem.fixed.xy, np.delete(new_xy, k, axis=0)])
    rules = problem.constraints
    for share in STEPS:
        place: FloatArray = problem.domain.nearest_free((here + share * (target - here))[None])[0]
        distance = np.hypot(*(problem.demand.xy[members] - place).T)
        is_spread = (np.hypot(*(others - place).T) >= rules.spacing_m * (1 - ROUNDING)).all() if len(others) else True
        is_near = distance.max() <= rules.cutoff_m * (1 + ROUNDING)
        if is_spread and is_near and _cost(problem, place, members) < value * (1 - ROUNDING):
            return place
    return here


def _cost(problem: Problem, place: FloatArray, members: BoolArray) -> float:
    distance = np.hypot(*(problem.demand.xy[members] - place).T)
    return problem.objective.value(problem.demand.weight[members], distance, 1)


def _centroid(xy: FloatArray, weight: FloatArray, _start: FloatArray) -> FloatArray:
    return np.asarray((weight[:, None] * xy).sum(axis=0) / weight.sum())


def _median(xy: FloatArray, weight: FloatArray, start: FloatArray) -> FloatArray:
    """Weiszfeld's iteration, a little away from the points themselves, where it would divide by zero."""
    place = start
    for _ in range(_ITERATIONS):
        pull = weight / np.maximum(np.hypot(*(xy - place).T), 1e-9)
        place = (pull[:, None] * xy).sum(axis=0) / pull.sum()
    return np.asarray(place)


def _middle(xy: FloatArray, _weight: FloatArray, start: FloatArray) -> FloatArray:
    """Go towards the farthest point by shorter and shorter steps (Badoiu and Clarkson, SODA 2003, section 3)."""
    place = start
    for step in range(1, 10 * _ITERATIONS):
        farthest = xy[np.hypot(*(xy - place).T).argmax()]
        place = place + (farthest - place) / (step + 1)
    return np.asarray(place)


_BEST_PLACES: dict[str, Callable[[FloatArray, FloatArray, FloatArray], FloatArray]] = {
    "k_means": _centroid,
    "p_median": _median,
    "p_center": _middle,
}
