"""The ground of a choice among sites under constraints: who may be served from where, how far it is, what each site allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from placement.core.constraints import Pair
from placement.core.problem import Problem
from placement.core.protocols import Objective, RadiusObjective, SumObjective
from placement.core.rules import with_room
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, IntArray
from placement.errors import InfeasibleError

LARGEST_MATRIX = 40_000_000
"""Demand points times sites that are held at once (0.3 GB); larger problems need fewer sites."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Everything that the rules speak about, for n demand points and s sites: the fixed devices first, then the candidates.

    Parameters
    ----------
    problem : Problem
        Where it comes from.
    distance : ndarray of shape (n, s)
        From demand to sites [m]; times the weight for a weighted p_center.
    is_allowed : ndarray of shape (n, s)
        Who may be served from where: reachable, within the cutoff, not a forbidden pair.
    capacity, price : ndarray of shape (s,)
        What each site may serve, and what a device there costs.
    group : tuple of str
        The group of each site; an empty text for none.
    """

    problem: Problem
    distance: FloatArray
    is_allowed: BoolArray
    capacity: FloatArray
    price: FloatArray
    group: tuple[str, ...]

    @property
    def n_fixed(self) -> int:
        """How many sites carry a device already."""
        return self.problem.fixed.m

    @property
    def is_scarce(self) -> bool:
        """Whether some site has limited room, or needs a least load, so that a point may not go where it likes."""
        return bool(np.isfinite(self.capacity).any() or self.problem.constraints.capacity_min > 0)

    @property
    def n_sites(self) -> int:
        """Fixed devices and candidates together."""
        return len(self.group)

    @property
    def xy(self) -> FloatArray:
        """Positions of the sites [m], shape (s, 2)."""
        return np.vstack([self.problem.fixed.xy, (self.problem.candidates or Sites.none()).xy])

    def position(self, name: str) -> int:
        """Return the position of a site by its name."""
        return (*self.problem.fixed.ids, *(self.problem.candidates or Sites.none()).ids).index(name)

    def pair(self, pair: Pair) -> tuple[int, int]:
        """Return the positions of a pair's demand point and site."""
        return pair.demand_index, self.position(pair.site)


def ground_of(problem: Problem) -> Ground:
    """Return the ground of a problem with candidates.

    Raises
    ------
    InfeasibleError
        If the problem is too large to be planned under constraints.
    """
    candidates, rules = problem.candidates or Sites.none(), problem.constraints
    if problem.demand.n * (candidates.m + problem.fixed.m) > LARGEST_MATRIX:
        raise InfeasibleError(
            f"constraints can be planned for at most {LARGEST_MATRIX:,} pairs of demand point and site; "
            f"here are {problem.demand.n:,} x {candidates.m + problem.fixed.m:,}: give fewer candidates"
        )
    both = (problem.fixed, candidates)
    distance = np.hstack([problem.distance.matrix(problem.demand, sites) for sites in both])
    is_allowed = np.isfinite(distance) & (distance <= with_room(rules.cutoff_m))
    if getattr(problem.objective, "is_weighted", False):
        distance = problem.demand.weight[:, None] * distance
    ground = Ground(
        problem=problem,
        distance=distance,
        is_allowed=is_allowed,
        capacity=_each(both, "capacity", rules.capacity_max),
        price=np.where(np.arange(distance.shape[1]) < problem.fixed.m, 0.0, _each(both, "price", 0.0)),
        group=tuple(name for sites in both for name in (sites.group or ("",) * sites.m)),
    )
    for pair in rules.forbidden_pairs:
        is_allowed[ground.pair(pair)] = False
    for pair in rules.required_pairs:
        point, site = ground.pair(pair)
        is_allowed[point] &= np.arange(ground.n_sites) == site
    return ground


def narrowed(ground: Ground, radius: float) -> BoolArray:
    """Return who may be served from where when nobody may be farther than `radius`."""
    return ground.is_allowed & (ground.distance <= radius)


def trimmed(ground: Ground, most: int) -> Ground:
    """Return the ground itself, or one that allows each point only its nearest sites when there are more than `most` pairs.

    Fixed devices and required sites stay allowed.
    """
    n, s = ground.distance.shape
    keep = max(20, most // n)
    if np.count_nonzero(ground.is_allowed) <= most or keep >= s:
        return ground
    ranked = np.where(ground.is_allowed, ground.distance, np.inf)
    limit = np.partition(ranked, keep - 1, axis=1)[:, keep - 1 : keep]
    is_near = (ranked <= limit) | (np.arange(s) < ground.n_fixed)
    return replace(ground, is_allowed=ground.is_allowed & is_near)


def serving_cost(ground: Ground) -> FloatArray:
    """Return what serving each point from each site adds to the objective, shape (n, s).

    For objectives about radii it is the weighted distance, by which they choose among equals.
    """
    objective, demand = ground.problem.objective, ground.problem.demand
    with np.errstate(invalid="ignore"):
        if is_sum(objective):
            return cast("SumObjective", objective).cost(demand.weight, ground.distance)
        return np.asarray(demand.weight[:, None] * ground.distance)


def is_sum(objective: Objective) -> bool:
    """Whether the objective adds up what serving each point costs."""
    return hasattr(objective, "cost")


def radius_of(objective: Objective) -> float:
    """Return the radius of a covering objective [m]."""
    return cast("RadiusObjective", objective).radius_m


def conflicts(ground: Ground) -> tuple[IntArray, IntArray]:
    """Return the pairs of sites that stand closer than the spacing, two fixed devices excepted."""
    spacing = ground.problem.constraints.spacing_m
    if spacing == 0:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    xy = ground.xy
    first, second = np.triu_indices(len(xy), 1)
    is_close = np.hypot(*(xy[first] - xy[second]).T) < spacing
    is_close &= second >= ground.n_fixed
    return first[is_close], second[is_close]


def _each(both: tuple[Sites, Sites], name: str, default: float) -> FloatArray:
    parts = [getattr(sites, name) for sites in both]
    return np.concatenate([np.full(sites.m, default) if part is None else part for sites, part in zip(both, parts, strict=True)])
