"""Branching on pairs of points: the last gap between the relaxed plan and a true one, closed on small problems.

In a best plan two points are served by the same device or by different ones; the bound of the whole is the smaller bound of
the two halves. Branches go on where the bound is lowest, from the columns and multipliers of their parents.

References
----------
D. M. Ryan, B. A. Foster, "An integer programming approach to scheduling", in: A. Wren (ed.), Computer Scheduling of Public
Transport, 1981, 269-280; for sums of squares O. du Merle et al., SIAM J. Sci. Comput. 21 (2000), section 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from placement.bounds.column_generation import ColumnGeneration
from placement.bounds.column_pool import take_sets
from placement.bounds.incumbent import Incumbent
from placement.bounds.pairs import NO_PAIRS, Pairs, split_pair
from placement.bounds.planar_sum import PlanarSum
from placement.bounds.trials import Rules
from placement.core.types import BoolArray, FloatArray
from placement.progress import Watch


@dataclass(slots=True, eq=False)
class Branch:
    """A node of the tree: the search that bounds it, and its halves once it is split."""

    pairs: Pairs
    search: ColumnGeneration
    bound: float
    multipliers: FloatArray
    pair: tuple[int, int] | None = None
    halves: tuple[Branch, ...] = ()

    def leaves(self) -> list[Branch]:
        """Return the branches that are not split, from left to right."""
        return [leaf for half in self.halves for leaf in half.leaves()] if self.halves else [self]


class PairTree:
    """A bound on all plans, from a tree of branches.

    Parameters
    ----------
    problem : PlanarSum
        What is served.
    incumbent : Incumbent
        The best plan; branches may improve it.
    rules : Rules
        For the root and each branch.
    seed : int
        Of the search.
    """

    def __init__(self, problem: PlanarSum, incumbent: Incumbent, rules: Rules, seed: int) -> None:
        self._problem, self._incumbent, self._rules, self._seed = problem, incumbent, rules, seed
        search = ColumnGeneration(problem, NO_PAIRS, incumbent, rules, seed)
        self.root = Branch(NO_PAIRS, search, 0.0, np.zeros(problem.n))

    @property
    def bound(self) -> float:
        """The least bound of all leaves."""
        return min(leaf.bound for leaf in self.root.leaves())

    @property
    def is_closed(self) -> bool:
        """Whether the bound meets the value of the best plan."""
        return self.bound >= self._incumbent.value * (1.0 - self._rules.gap)

    def grow(self, multipliers: FloatArray, is_single: BoolArray, n_branches: int, watch: Watch) -> None:
        """Bound the root from these multipliers, then split leaves until the gap is closed or work or time are up.

        Parameters
        ----------
        multipliers : ndarray of shape (n,)
            Where the root begins.
        is_single : ndarray of shape (n,)
            Points that may be in a pair.
        n_branches : int
            Branches at most, the root not counted.
        watch : Watch
            Hears about progress; may end the work.
        """
        self.root.search.start(multipliers, watch)
        self._bound(self.root, watch)
        for done in range(0, n_branches - 1, 2):
            if self.is_closed or watch.stop_reason() is not None:
                return
            leaf = min(self.root.leaves(), key=lambda leaf: leaf.bound)
            if not self._split(leaf, is_single, watch):
                return
            watch.report(self._incumbent.progress("branching", done + 2, n_branches, self.bound))

    def _bound(self, branch: Branch, watch: Watch) -> None:
        branch.search.run(watch)
        self._keep(branch)

    def _keep(self, branch: Branch) -> None:
        """Take over what the search of a branch has proven, if it is more."""
        if branch.search.bound > branch.bound:
            branch.bound, branch.multipliers = branch.search.bound, branch.search.multipliers

    def _split(self, leaf: Branch, is_single: BoolArray, watch: Watch) -> bool:
        """Split a leaf at its most undecided pair, or press on where there is none; tell whether anything came of it."""
        master, pool = leaf.search.master, leaf.search.pool
        pair = split_pair(take_sets(pool.sets, master.columns), master.shares, is_single)
        if pair is None:
            before = leaf.bound
            leaf.search.insist(watch)
            self._keep(leaf)
            return leaf.bound > before or self.is_closed
        halves = []
        for pairs in leaf.pairs.branch(pair):
            search = ColumnGeneration(self._problem, pairs, self._incumbent, self._rules, self._seed)
            half = Branch(pairs, search, leaf.bound, leaf.multipliers)
            search.start(leaf.multipliers, watch, pool)
            self._bound(half, watch)
            halves.append(half)
        leaf.pair, leaf.halves = pair, tuple(halves)
        return True


def tree_data(branch: Branch, spread: Any, name: Any) -> dict[str, Any]:
    """Return the tree as the plain mapping of a certificate.

    Parameters
    ----------
    branch : Branch
        The root of what is wanted.
    spread : callable
        From multipliers of this problem to those of the demand points in their order, a list.
    name : callable
        From a point of this problem to the position of its demand point.

    Returns
    -------
    dict
        ``{"multipliers": [...]}`` or ``{"pair": [i, k], "together": ..., "apart": ...}``.
    """
    if branch.pair is None:
        return {"multipliers": spread(branch.multipliers)}
    together, apart = (tree_data(half, spread, name) for half in branch.halves)
    return {"pair": [name(i) for i in branch.pair], "together": together, "apart": apart}
