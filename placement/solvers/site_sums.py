"""Choice among candidate sites when costs add up (k_means, p_median): swaps for the plan, multipliers for the proof.

Both sides work on sorted lists of cheap sites. The Lagrangian's best sites are where the swap search finds its best starts,
and the best plan says how far the multipliers still have to climb, so the two take turns; what gap is left is closed by
branching on sites.
"""

from __future__ import annotations

import numpy as np

from placement import kernels
from placement.bounds.site_multipliers import Node, Proof, nothing, prove, sites_in_play
from placement.bounds.site_tree import STEPS as STEPS_IN_CASE
from placement.bounds.site_tree import SiteTree
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.sites import Sites
from placement.core.types import BoolArray, FloatArray, Int8Array, Int32Array, IntArray
from placement.errors import InfeasibleError
from placement.progress import Progress, Watch
from placement.solvers.finish import Ending, finish_sites, status_of
from placement.solvers.site_ground import Ground, make_ground, name_points

WORK = {"fast": 15 * 10**7, "good": 2 * 10**9, "best": 2 * 10**11}
"""List entries that a search reads at most, about 0.3 s, 5 s and ten minutes; and so many times all lists:"""

PASSES = {"fast": 8, "good": 40, "best": 1000}
"""What large lists need for the bound to rise at all."""

BREADTH = {"fast": 2, "good": 4, "best": 6}
"""How many sites a point lists, in sites for each device."""

THIN = 20
"""Sites for each device among which the first plan is looked for."""

MOST_NUMBERS = {"fast": 20_000, "good": 200_000, "best": 2_000_000}
"""Multipliers in a proof by cases at most: a certificate has to be read again."""

SLICE = 10**7
"""Work between two looks at the watch."""

PATIENCE, LAST_PATIENCE = 10, 300
"""Vain kicks for each site in play before branching is more promising, and before the search gives up."""

PROMISING = 1.1
"""Sites that cost more than so many times the best plan are no start worth the swaps."""

STEPS = 25
"""Steps of the ascent between two looks at the sites it chooses."""

FEWEST_STEPS = 100
"""Before so many steps the ascent's sites are no better than random ones."""

CLIMBING, MORE_STARTS, FIRST_KICKS, BRANCHING = 0.6, 0.65, 0.75, 0.9
"""Up to which share of the work the ascent, random starts, the first kicks and branching may go; kicks get the rest."""


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Open `problem.n_new` of the candidate sites, minimising the sum of the costs of service.

    Parameters
    ----------
    problem : Problem
        With candidates, at least `n_new` of them; an objective that adds up costs.
    search : Search
        `n_init` is the number of independent starts of the swap search, as far as the effort allows; the Lagrangian's sites
        come on top. `effort` counts list entries read. The search ends as soon as the gap is at most `gap`.
    watch : Watch
        Hears about progress; may stop the search, which then returns its best plan and bound.

    Returns
    -------
    Plan
        Status "optimal" when the gap is at most 1e-6, else "feasible", "time_limit" or "interrupted"; with a bound on every
        choice of sites and its certificate. Sites and straight-line demand are taken in coordinate order, so the order of the
        input does not matter.

    Raises
    ------
    InfeasibleError
        If there are fewer sites than devices, if no site reaches some point, or if no choice of sites was found that reaches
        all.

    References
    ----------
    E. Schubert, P. J. Rousseeuw, "Fast and eager k-medoids clustering", Inf. Syst. 101 (2021) 101804, section 4 (swaps).
    P. Avella, A. Sassano, I. Vasil'ev, "Computational study of large-scale p-median problems", Math. Program. 109 (2007)
    89-114, doi 10.1007/s10107-005-0700-6 (Lagrangian and branching).
    """
    ground = make_ground(problem, BREADTH[search.effort], watch)
    hunt = _Hunt(ground, search, watch)
    hunt.run()
    plan = finish_sites(problem, ground.order[hunt.is_open], hunt.ending(problem))
    if np.isinf(plan.value):
        lost = np.isinf(plan.service_distance)
        raise InfeasibleError(
            f"no choice of {problem.n_new} sites was found that reaches every demand point; the best one leaves "
            f"{name_points(problem.demand, lost)}; allow more devices or add candidate sites"
        )
    return plan


class _Hunt:
    """The search in progress: the best plan, the best proof, and the work done so far."""

    def __init__(self, ground: Ground, search: Search, watch: Watch) -> None:
        self.ground, self.search, self.watch = ground, search, watch
        self.rng = np.random.default_rng(search.seed)
        self.value, self.is_open = np.inf, np.empty(0, dtype=np.intp)
        self.root, self.proof = nothing(ground.lists), Node(nothing(ground.lists))
        self.bound, self.work, self.step_work = 0.0, 0, 0.0
        self.swaps = kernels.SiteSwaps(ground.lists, self._random_start(), self._seed())
        self.seen: set[bytes] = set()

    @property
    def most_work(self) -> int:
        """What the effort allows."""
        return WORK[self.search.effort] + PASSES[self.search.effort] * self.ground.lists.n_entries

    @property
    def target(self) -> float:
        """The bound that is good enough; half the gap, so that rounding does not decide."""
        return self.value * (1.0 - max(self.search.gap, 0.0) / 2)

    def is_over(self, share: float = 1.0) -> bool:
        """Tell whether the gap is closed, this share of the work is done, or the watch says stop."""
        is_closed = self.bound >= self.value * (1.0 - max(self.search.gap, 0.0))
        return is_closed or self.work >= share * self.most_work or self.watch.stop_reason() is not None

    def run(self) -> None:
        """Start, climb, kick and branch, as long as the gap and the work allow."""
        self._start()
        self._keep(prove(self.ground.lists, self._all_free(), self.ground.n_open, self.swaps.services()[0]))
        share = self._climb()
        self._start_again(share)
        self._kick(FIRST_KICKS, PATIENCE)
        if not self.is_over() and self._most_leaves() > 1:
            self._branch(share)
        self._kick(1.0, LAST_PATIENCE)

    def ending(self, problem: Problem) -> Ending:
        """Return what is to be said about the plan."""
        candidates = problem.candidates or Sites.none()
        scope = f"any {problem.n_new} of the {candidates.m} candidate sites"
        tree = self.proof.data(self.ground.copies, self.ground.order)
        certificate = Certificate("multipliers", self.bound, {"tree": tree})
        return Ending(self.search.seed, status_of(self.watch), scope, self.bound, certificate)

    def _all_free(self) -> Int8Array:
        return np.zeros(self.ground.lists.shape[1], dtype=np.int8)

    def _seed(self) -> int:
        return int(self.rng.integers(2**63))

    def _random_start(self) -> Int32Array:
        m = self.ground.lists.shape[1]
        return np.sort(self.rng.choice(m, self.ground.n_open, replace=False)).astype(np.int32)

    def _start(self) -> None:
        """Find a first plan among sites drawn at random: good enough to aim at, and far cheaper than among all."""
        n_open, m = self.ground.n_open, self.ground.lists.shape[1]
        drawn = np.zeros(m, dtype=bool)
        drawn[self.rng.choice(m, min(m, THIN * n_open), replace=False)] = True
        sites = np.flatnonzero(drawn)
        start = np.sort(self.rng.choice(len(sites), n_open, replace=False)).astype(np.int32)
        swaps = kernels.SiteSwaps(self.ground.lists.keep(drawn), start, 0)
        while not swaps.settle(SLICE) and self.watch.stop_reason() is None:
            pass
        self.work += swaps.work
        self.swaps.restart(sites[swaps.is_open].astype(np.int32))
        self.value, self.is_open = self.swaps.value, sites[swaps.is_open]
        self._report("swapping sites")

    def _settle(self, is_open: IntArray | Int32Array | None = None) -> None:
        """Swap from these sites until nothing helps; keep what is better."""
        if is_open is not None:
            self.swaps.restart(is_open.astype(np.int32))
        before = self.swaps.work
        while not self.swaps.settle(SLICE) and self.watch.stop_reason() is None:
            self._report("swapping sites")
        self.work += self.swaps.work - before
        if self.swaps.value < self.value:
            self.value, self.is_open = self.swaps.value, self.swaps.is_open.astype(np.intp)

    def _keep(self, proof: Proof) -> None:
        if proof.bound > self.bound:
            self.bound, self.root, self.proof = proof.bound, proof, Node(proof)

    def _try(self, is_open: IntArray | Int32Array) -> float:
        """Swap from these sites if they promise something and are new; return the best value."""
        key = is_open.astype(np.int32).tobytes()
        if key and key not in self.seen:
            self.seen.add(key)
            before = self.swaps.work
            self.swaps.restart(is_open.astype(np.int32))
            self.work += self.swaps.work - before
            if self.swaps.value < PROMISING * self.value:
                self._settle()
        return self.value

    def _climb(self) -> FloatArray:
        """Raise the bound; now and then try the sites that it chooses, at no more work than the climbing itself.

        Returns how often each site was chosen at the end.
        """
        lists, n_open = self.ground.lists, self.ground.n_open
        first, second = self.swaps.services()
        ascent = kernels.SiteAscent(lists, self._all_free(), n_open, (first + np.minimum(second, 3 * first)) / 2)
        n_steps, spent = 0, 0
        while not self.is_over(CLIMBING):
            before = ascent.work
            wanted = min(STEPS, 1 + int(SLICE * n_steps / (before + 1)))
            done = ascent.climb(wanted, self.value, self.target)
            n_steps += done
            self.work += ascent.work - before
            self._keep(prove(lists, self._all_free(), n_open, ascent.multipliers))
            self._report("proving")
            if done < wanted:
                break
            if n_steps >= FEWEST_STEPS and spent < ascent.work / 2:
                before = self.work
                self._try(ascent.chosen)
                spent += self.work - before
        self.step_work = ascent.work / (n_steps + 1)
        return ascent.share

    def _start_again(self, share: FloatArray) -> None:
        """Swap from the best plan, from the sites that the ascent chose most often, and from random ones; on those in play."""
        if self.is_over():
            return
        in_play = self._in_play()
        likely = np.argsort(-share, kind="stable")[: self.ground.n_open]
        in_play[likely] = True
        sites = np.flatnonzero(in_play)
        swaps = kernels.SiteSwaps(self.ground.lists.keep(in_play), np.searchsorted(sites, self.is_open).astype(np.int32), 0)
        for number in range(self.search.n_init + 1):
            if number == 1:
                swaps.restart(np.searchsorted(sites, np.sort(likely)).astype(np.int32))
            elif number > 1:
                swaps.restart(self.rng.choice(len(sites), self.ground.n_open, replace=False).astype(np.int32))
            before = swaps.work
            while not swaps.settle(SLICE) and self.watch.stop_reason() is None:
                pass
            self.work += swaps.work - before
            self._take(swaps, sites)
            self._report("swapping sites")
            if self.is_over(MORE_STARTS):
                return

    def _take(self, swaps: kernels.SiteSwaps, sites: IntArray) -> None:
        """Keep the plan of a search among `sites` when it is the best so far."""
        if swaps.value < self.value:
            self.value, self.is_open = swaps.value, sites[swaps.is_open]

    def _in_play(self) -> BoolArray:
        """Return the sites worth looking at: those that reduced costs leave, and the open ones."""
        in_play = sites_in_play(self.ground.lists, self.ground.n_open, self.root, self.value)
        in_play[self.is_open] = True
        return in_play

    def _kick(self, share: float, patience: int) -> None:
        """Kick the best plan, on the sites in play, up to this share of the work or so many vain kicks for each such site."""
        if self.is_over(share):
            return
        in_play = self._in_play()
        sites = np.flatnonzero(in_play)
        start = np.searchsorted(sites, self.is_open).astype(np.int32)
        swaps = kernels.SiteSwaps(self.ground.lists.keep(in_play), start, self._seed())
        while not swaps.settle(SLICE) and self.watch.stop_reason() is None:
            self._report("kicking sites")
        n_kicks, n_vain = 1, 0
        while not self.is_over(share) and n_vain < patience * len(sites):
            before = swaps.work
            n_vain = 0 if swaps.kick(n_kicks) else n_vain + n_kicks
            self.work += swaps.work - before
            self._take(swaps, sites)
            n_kicks = int(np.clip(n_kicks * SLICE // (swaps.work - before + 1), 1, 4 * n_kicks))
            self._report("kicking sites")

    def _most_leaves(self) -> int:
        return MOST_NUMBERS[self.search.effort] // len(self.ground.copies.group)

    def _branch(self, share: FloatArray) -> None:
        """Close the gap by cases."""
        tree = SiteTree(self.ground.lists, self.ground.n_open, self.root, share)
        share_of_two = 2 * STEPS_IN_CASE * self.step_work / self.most_work
        while not self.is_over(BRANCHING - share_of_two) and not tree.is_grown and tree.n_leaves < self._most_leaves():
            before = tree.work
            tree.grow(self.value, self.target, self._try, lambda: self.watch.stop_reason() is not None)
            self.work += tree.work - before
            self.bound = max(self.bound, tree.bound)
            self._report("branching")
        if tree.bound >= self.bound:
            self.bound, self.proof = tree.bound, tree.node()

    def _report(self, phase: str) -> None:
        self.watch.report(Progress(phase, min(self.work, self.most_work), self.most_work, self.value, self.bound))
