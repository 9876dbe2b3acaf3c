"""Trial multipliers: what pricing finds out about them, first by descents from many places, then by a proof."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from placement.bounds.column_pool import ColumnPool, distinct, take_sets
from placement.bounds.pairs import Pairs
from placement.bounds.planar_sum import PlanarSum
from placement.core.types import FloatArray
from placement.kernels import PointSets

SLACK = 1e-9
"""Relative room for rounding that is taken off every bound."""


class Rules(NamedTuple):
    """How much work goes into a bound.

    Parameters
    ----------
    n_rounds : int
        Master problems solved at most.
    n_cells : int
        Boxes of one proof at most.
    n_starts : int
        Places from which one pricing starts, once from the best columns and once from demand points.
    batch : int
        Columns added in a round at most.
    gap : float
        The relative gap at which the work is done.
    settled : float
        It is settled, too, when the master promises less than this share of the gap: the rest is that of the relaxed plan.
    """

    n_rounds: int
    n_cells: int
    n_starts: int
    batch: int
    gap: float
    settled: float


class Columns(NamedTuple):
    """Sets of points, what serving each costs from its best place, shape (s,), and that place, shape (s, 2)."""

    sets: PointSets
    cost: FloatArray
    xy: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Multipliers looked at.

    Parameters
    ----------
    share : float
        Where they lie on the way from the best ones (0) to what the master proposed (1).
    multipliers : ndarray of shape (n,)
        They.
    estimate : float
        ``sum u + n_new * (least F met)``: the bound that they prove, if nothing lower is found.
    columns : Columns
        The sets that pricing met.
    """

    share: float
    multipliers: FloatArray
    estimate: float
    columns: Columns


class Proven(NamedTuple):
    """A bound, the trial with its estimate corrected, and the columns that look better than all that were known; maybe none."""

    bound: float
    trial: Trial
    columns: Columns


class Pricer:
    """Pricing for one search.

    Parameters
    ----------
    problem : PlanarSum
        What is served.
    pairs : Pairs
        What sets must respect.
    pool : ColumnPool
        The columns known: descents start from the best of them.
    rules : Rules
        How much work.
    seed : int
        For the choice of demand points to start from.
    """

    def __init__(self, problem: PlanarSum, pairs: Pairs, pool: ColumnPool, rules: Rules, seed: int) -> None:
        self._problem, self._pool, self._rules = problem, pool, rules
        self._pricing = problem.pricing(pairs)
        self._rng = np.random.default_rng(seed)

    def columns(self, sets: PointSets, near: FloatArray) -> Columns:
        """Return sets as columns; their places are looked for from `near`, shape (s, 2)."""
        xy, cost = self._pricing.best_places(sets, near)
        return Columns(sets, cost, xy)

    def look(self, multipliers: FloatArray, share: float) -> Trial:
        """Look for columns at some multipliers, from the places of the best columns known and from demand points."""
        known = self._pool.gains(multipliers)
        n_starts = self._rules.n_starts
        best_known = self._pool.xy[np.argsort(-known, kind="stable")[:n_starts]]
        n = self._problem.n
        drawn = np.arange(n) if n <= n_starts else self._rng.choice(n, n_starts, replace=False)
        xy, value = self._pricing.descend(multipliers, np.vstack([best_known, self._problem.xy[drawn]]))
        least = min(0.0, float(value.min()), -float(known.max(initial=0.0)))
        columns = self._columns_at(multipliers, xy[np.argsort(value, kind="stable")])
        return Trial(share, multipliers, self._value(multipliers, least), columns)

    def prove(self, trial: Trial, tolerance: float) -> Proven:
        """Turn an estimate into a bound that falls short of it by `tolerance` at most, while boxes last."""
        u, n_new = trial.multipliers, self._problem.n_new
        least = (trial.estimate - float(u.sum())) / n_new
        proof = self._pricing.prove(u, best=least, tolerance=tolerance / n_new, max_cells=self._rules.n_cells)
        corrected = replace(trial, estimate=min(trial.estimate, self._value(u, float(proof.value.min(initial=0.0)))))
        return Proven(safe_bound(u, n_new, proof.lower), corrected, self._columns_at(u, proof.xy[::-1]))

    def _value(self, multipliers: FloatArray, least: float) -> float:
        return float(multipliers.sum()) + self._problem.n_new * least

    def _columns_at(self, multipliers: FloatArray, xy: FloatArray) -> Columns:
        sets = self._pricing.select(multipliers, xy)
        kept = distinct(sets)[: self._rules.batch]
        return self.columns(take_sets(sets, kept), xy[kept])


def safe_bound(multipliers: FloatArray, n_new: int, lower: float) -> float:
    """Return ``sum u + n_new min(0, lower)``, less a share of the size of its terms that no rounding reaches.

    Examples
    --------
    >>> safe_bound(np.array([2.0, 3.0]), 2, -1.5) < 2.0
    True
    """
    size = float(np.abs(multipliers).sum()) - n_new * min(0.0, lower)
    return max(0.0, float(multipliers.sum()) + n_new * min(0.0, lower) - SLACK * size)
