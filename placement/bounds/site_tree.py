"""Branch and bound on candidate sites: a proof by cases, each closed by its own multipliers."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from placement import kernels
from placement.bounds.site_multipliers import Node, Proof, prove
from placement.core.types import BoolArray, FloatArray, Int8Array, IntArray

OPEN, CLOSED = 1, 2
STEPS = 120
"""Steps of the ascent in one case; its parent's multipliers are a good start."""

SMOOTHING = 0.3
"""Of the ascent in one case, which is short."""

PART = 10
"""Steps between two questions whether to stop."""

MOST_DEPTH = 200
"""Sites decided in one case at most: what reads a certificate goes down it step by step."""

LEAST_DOUBT = 0.02
"""A site chosen more rarely than this, or more often than 1 less this, is hardly in doubt."""


@dataclass(slots=True, eq=False)
class _Case:
    """A node that grows: what is forced, what is proven, and on which site to branch next (-1: it cannot be)."""

    status: Int8Array
    proof: Proof
    site: int
    children: tuple[_Case, _Case] | None = None

    def node(self) -> Node:
        if self.children is None:
            return Node(self.proof)
        is_open, is_closed = self.children
        return Node(self.proof, self.site, (is_open.node(), is_closed.node()))


class SiteTree:
    """A proof by cases that grows one case after another, always the one with the least bound.

    Parameters
    ----------
    lists : kernels.SiteLists
        The costs of n points and m sites.
    is_near : ndarray of shape (m,)
        The sites that the ascents look at; what is proven counts for all of them.
    n_open : int
        How many sites open.
    root : Proof
        What is proven without any case.
    share : ndarray of shape (m,)
        How often the ascent chose each site at the end.

    Notes
    -----
    Branches on the site whose share is nearest to one half; ties go to the lowest. A case in which all sites are decided is
    solved exactly: multipliers equal to what each point costs prove the value.
    """

    def __init__(self, lists: kernels.SiteLists, is_near: BoolArray, n_open: int, root: Proof, share: FloatArray) -> None:
        self._lists, self._n_open = lists, n_open
        self._sites, self._near = np.flatnonzero(is_near), lists.keep(is_near)
        status = np.zeros(lists.shape[1], dtype=np.int8)
        self._root = _Case(status, root, self._most_doubtful(status, share, root.multipliers))
        self._heap: list[tuple[float, int, _Case]] = []
        self._final = np.inf
        self.n_leaves, self.work = 1, 0
        self._await(self._root, 0)

    @property
    def bound(self) -> float:
        """The least bound of all leaves."""
        return min(self._final, self._heap[0][0] if self._heap else np.inf)

    @property
    def is_grown(self) -> bool:
        """Whether the leaf with the least bound cannot be branched on."""
        return not self._heap or self._final <= self._heap[0][0]

    def node(self) -> Node:
        """Return the proof as it stands."""
        return self._root.node()

    def grow(
        self, upper: float, target: float, improve: Callable[[IntArray], float], is_stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Split the leaf with the least bound in two.

        Parameters
        ----------
        upper : float
            Cost of the best plan known.
        target : float
            Bound at which a leaf is good enough.
        improve : callable
            Is handed the sites that the relaxation of a new leaf would open (none when it has no plan), and returns the cost
            of the best plan known.
        is_stopped : callable
            Is asked often whether to climb no further; what is proven until then counts.
        """
        _, _, case = heapq.heappop(self._heap)
        children = []
        for decision in (OPEN, CLOSED):
            status = case.status.copy()
            status[case.site] = decision
            child, likely = self._solve(status, case, upper, target, is_stopped)
            upper = min(upper, improve(likely))
            children.append(child)
        case.children = (children[0], children[1])
        self.n_leaves += 1
        for number, child in enumerate(children):
            self._await(child, 2 * self.n_leaves + number)

    def _await(self, case: _Case, number: int) -> None:
        """Put a leaf in the queue; the number breaks ties, so that cases themselves are never compared."""
        if case.site < 0:
            self._final = min(self._final, case.proof.bound)
        else:
            heapq.heappush(self._heap, (case.proof.bound, number, case))

    def _solve(
        self, status: Int8Array, parent: _Case, upper: float, target: float, is_stopped: Callable[[], bool]
    ) -> tuple[_Case, IntArray]:
        is_open = np.flatnonzero(status == OPEN)
        if len(is_open) == self._n_open:
            swaps = kernels.SiteSwaps(self._lists, is_open.astype(np.int32), 0)
            return _Case(status, self._prove(status, swaps.services()[0]), -1), is_open
        inherited = self._prove(status, parent.proof.multipliers)
        if not np.isfinite(inherited.bound):  # too few sites are left
            return _Case(status, inherited, -1), np.empty(0, dtype=np.intp)
        near_status = status[self._sites]
        ascent = kernels.SiteAscent(self._near, near_status, self._n_open, parent.proof.multipliers, smoothing=SMOOTHING)
        for _ in range(STEPS // PART):
            if is_stopped() or ascent.climb(PART, upper, target) < PART:
                break
        self.work += ascent.work
        climbed = self._prove(status, ascent.multipliers)
        proof = climbed if climbed.bound > inherited.bound else inherited
        share = np.zeros(len(status))
        share[self._sites] = ascent.share
        likely = np.sort(np.argsort(-share, kind="stable")[: self._n_open])
        return _Case(status, proof, self._most_doubtful(status, share, proof.multipliers)), likely

    def _prove(self, status: Int8Array, multipliers: FloatArray) -> Proof:
        n, m = self._lists.shape
        self.work += n * m // self._n_open  # about the entries below the multipliers
        return prove(self._lists, status, self._n_open, multipliers)

    def _most_doubtful(self, status: Int8Array, share: FloatArray, multipliers: FloatArray) -> int:
        """Return the free site whose share is nearest to one half; if none is in doubt, the chosen one of least worth.

        Return -1 where there is nothing to branch on.
        """
        if (status != 0).sum() >= MOST_DEPTH:
            return -1
        doubt = np.where(status == 0, np.abs(share - 0.5), np.inf)
        site = int(doubt.argmin())
        if doubt[site] <= 0.5 - LEAST_DOUBT:
            return site
        found = self._lists.evaluate(status, self._n_open, multipliers)
        free = found.chosen[status[found.chosen] == 0]
        return int(free[found.reduced[free].argmax()]) if len(free) else -1
