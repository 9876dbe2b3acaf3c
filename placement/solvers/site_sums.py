"""Choice among candidate sites when costs add up (k_means, p_median): swaps for the plan, multipliers for the proof.

Both sides work on sorted lists of cheap sites. The Lagrangian's best sites are where the swap search finds its best starts,
and the best plan says how far the multipliers still have to climb, so the two take turns; what gap is left is closed by
branching on sites.
"""

from __future__ import annotations

import numpy as np

from placement import kernels
from placement.bounds.focused_ascent import FocusedAscent
from placement.bounds.site_multipliers import Node, Proof, nothing, prove, sites_in_play
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
from placement.solvers.swaps_among import SLICE, SwapsAmong

WORK = {"fast": 15 * 10**7, "good": 7 * 10**8, "best": 2 * 10**11}
"""List entries that a search reads at most, about 0.5 s, 3 s and ten minutes; and so many times all lists:"""

PASSES = {"fast": 8, "good": 70, "best": 1000}
"""What large lists need for the bound to rise at all."""

BREADTH = {"fast": 2, "good": 4, "best": 6}
"""How many sites a point lists, in sites for each device."""

THIN = 20
"""Sites for each device among which the first plan and the first multipliers are looked for."""

COARSE_STEPS, COARSE_SCALE = 200, 0.15
"""Steps of the ascent among those sites, and how far the steps go with which it continues among all."""

AGAIN_SCALE = 0.03
"""The same for an ascent that a better plan sets off again."""

MOST_NUMBERS = {"fast": 20_000, "good": 200_000, "best": 2_000_000}
"""Multipliers in a proof by cases at most: a certificate has to be read again."""

PATIENCE, LAST_PATIENCE = 10, 300
"""Vain kicks for each site in play before branching is more promising, and before the search gives up."""

PROMISING = 1.1
"""Sites that cost more than so many times the best plan are no start worth the swaps."""

STEPS = 25
"""Steps of the ascent between two looks at the sites it chooses."""

FIRST_GAIN, LEAST_GAIN = 0.1, 0.01
"""An ascent ends when a hundred steps close less than this part of the gap: the first sooner, for its aim is the poorer plan."""

FEWEST_STEPS = 50
"""Before so many steps the ascent's sites are no better than random ones."""

TRIAL, CLOSED = 0.1, 0.1
"""A proof by cases that with this part of the work has closed less than this part of the gap would not end in time."""

FIRST_STARTS, LEAST_CHANCE = 10, 1e-3
"""How many starts precede the second climb, and the chance of sites that the ascent never chooses to be among the first."""

CLIMBING, KICKING, BRANCHING = 0.6, 0.87, 0.95
"""Up to which share of the work the first ascent, the first kicks and branching may go; kicks get the rest."""

STARTING, CLIMBING_ON, STARTING_ON = 0.15, 0.15, 0.1
"""The share of the work that the starts after the first ascent, later ascents and the last starts may take."""


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
        self.bound, self.work, self.aim = 0.0, 0, np.inf
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
        return is_closed or self.work >= share * self.most_work or self._is_stopped()

    def _share_done(self) -> float:
        return self.work / self.most_work

    def run(self) -> None:
        """Start, climb, kick and branch, as long as the gap and the work allow."""
        multipliers = self._start()
        self._keep(prove(self.ground.lists, self._all_free(), self.ground.n_open, multipliers))
        ascent = FocusedAscent(self.ground.lists, self.ground.n_open, multipliers, COARSE_SCALE)
        self._climb(ascent, CLIMBING, FIRST_GAIN)
        self._start_again(ascent.focus, ascent.share, min(self.search.n_init, FIRST_STARTS), STARTING)
        self._climb_on(ascent)
        self._start_again(self._in_play(), ascent.share, self.search.n_init - FIRST_STARTS, STARTING_ON)
        self._kick(KICKING, PATIENCE)
        self._climb_on(ascent)
        if not self.is_over() and self._most_leaves() > 1:
            self._branch(ascent.seen, ascent.share)
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

    def _is_stopped(self) -> bool:
        return self.watch.stop_reason() is not None

    def _seed(self) -> int:
        return int(self.rng.integers(2**63))

    def _start(self) -> FloatArray:
        """Find a first plan among sites drawn at random: good enough to aim at, and far cheaper than among all.

        Returns multipliers to climb from: those of the same sites, where they are few.
        """
        n_open, m = self.ground.n_open, self.ground.lists.shape[1]
        drawn = np.zeros(m, dtype=bool)
        drawn[self.rng.choice(m, min(m, THIN * n_open), replace=False)] = True
        start = np.sort(self.rng.choice(np.flatnonzero(drawn), n_open, replace=False))
        swaps = self._among(drawn, start)
        self._settle(swaps)
        first, second = swaps.services()
        between = (first + np.minimum(second, 3 * first)) / 2
        if 2 * len(swaps.sites) > m or self._is_stopped():
            return between
        ascent = kernels.SiteAscent(swaps.lists, np.zeros(len(swaps.sites), dtype=np.int8), n_open, between)
        for _ in range(COARSE_STEPS // STEPS):
            if self._is_stopped() or ascent.climb(STEPS, swaps.value, swaps.value) < STEPS:
                break
        self.work += ascent.work
        return ascent.multipliers

    def _among(self, is_kept: BoolArray, start: IntArray) -> SwapsAmong:
        swaps = SwapsAmong(self.ground.lists, is_kept, start, self._seed())
        self.work += swaps.work + self.ground.lists.n_entries
        return swaps

    def _settle(self, swaps: SwapsAmong, start: IntArray | Int32Array | None = None) -> None:
        """Swap until nothing helps, from these sites or from where the search stands; keep what is better."""
        before = swaps.work
        if start is not None:
            swaps.restart(start)
        if start is None or swaps.value < PROMISING * self.value:
            swaps.settle(self._is_stopped)
        self.work += swaps.work - before
        self._take(swaps)

    def _take(self, swaps: SwapsAmong) -> None:
        if swaps.value < self.value:
            self.value, self.is_open = swaps.value, swaps.is_open
        self._report("swapping sites")

    def _keep(self, proof: Proof) -> None:
        if proof.bound > self.bound:
            self.bound, self.root, self.proof = proof.bound, proof, Node(proof)

    def _try(self, swaps: SwapsAmong, is_open: IntArray | Int32Array) -> float:
        """Swap from these sites if they can be opened, promise something and are new; return the best value."""
        key = is_open.astype(np.int32).tobytes()
        if key and key not in self.seen and swaps.can_open(is_open):
            self.seen.add(key)
            self._settle(swaps, is_open)
        return self.value

    def _climb(self, ascent: FocusedAscent, part: float, least_gain: float) -> None:
        """Raise the bound; now and then try the sites that it chooses, at no more work than the climbing itself."""
        spent, focus, swaps = 0, None, None
        while not self.is_over(part):
            before = ascent.work
            wanted = min(STEPS, max(ascent.fewest_steps, int(SLICE * ascent.n_steps / (before + 1))))
            self._keep(ascent.climb(wanted, self.value, self.target))
            self.work += ascent.work - before
            self.aim = self.value
            self._report("proving")
            if ascent.is_spent or ascent.has_stalled(self.value, least_gain):
                break
            if ascent.n_steps >= FEWEST_STEPS and spent < ascent.work / 2:
                before = self.work
                if swaps is None or focus is not ascent.focus:
                    focus = ascent.focus
                    swaps = self._among(focus | self._is_among(self.is_open), self.is_open)
                    self._settle(swaps)
                self._try(swaps, ascent.chosen)
                spent += self.work - before

    def _climb_on(self, ascent: FocusedAscent) -> None:
        """Climb again from the best multipliers if a better plan was found: a better aim, that leaves fewer sites in play."""
        if self.value < self.aim and not self.is_over():
            ascent.begin_again(self._in_play(), AGAIN_SCALE)
            self._climb(ascent, self._share_done() + CLIMBING_ON, LEAST_GAIN)

    def _is_among(self, sites: IntArray) -> BoolArray:
        is_among = np.zeros(self.ground.lists.shape[1], dtype=bool)
        is_among[sites] = True
        return is_among

    def _start_again(self, is_kept: BoolArray, share: FloatArray, n_starts: int, most: float) -> None:
        """Swap, among some sites, from the best plan and from sites drawn at random: rather those that the ascent chose often."""
        if self.is_over() or n_starts < 1:
            return
        part = min(1.0, self._share_done() + most)
        likely = np.sort(np.argsort(-share, kind="stable")[: self.ground.n_open])
        swaps = self._among(is_kept | self._is_among(self.is_open) | self._is_among(likely), self.is_open)
        self._settle(swaps)
        self._try(swaps, likely)
        chance = share[swaps.sites] + LEAST_CHANCE
        for _ in range(n_starts):
            if self.is_over(part):
                return
            start = self.rng.choice(swaps.sites, self.ground.n_open, replace=False, p=chance / chance.sum())
            before = swaps.work
            swaps.restart(start)
            swaps.settle(self._is_stopped)
            self.work += swaps.work - before
            self._take(swaps)

    def _in_play(self) -> BoolArray:
        """Return the sites worth looking at: those that reduced costs leave, and the open ones."""
        in_play = sites_in_play(self.ground.lists, self.ground.n_open, self.root, self.value)
        return in_play | self._is_among(self.is_open)

    def _kick(self, share: float, patience: int) -> None:
        """Kick the best plan, on the sites in play, up to this share of the work or so many vain kicks for each such site."""
        if self.is_over(share):
            return
        swaps = self._among(self._in_play(), self.is_open)
        self._settle(swaps)
        n_kicks, n_vain = 1, 0
        while not self.is_over(share) and n_vain < patience * len(swaps.sites):
            before = swaps.work
            n_vain = 0 if swaps.kick(n_kicks) else n_vain + n_kicks
            self.work += swaps.work - before
            self._take(swaps)
            n_kicks = int(np.clip(n_kicks * SLICE // (swaps.work - before + 1), 1, 4 * n_kicks))

    def _most_leaves(self) -> int:
        return MOST_NUMBERS[self.search.effort] // len(self.ground.copies.group)

    def _branch(self, seen: BoolArray, share: FloatArray) -> None:
        """Close the gap by cases."""
        in_play = self._in_play()
        swaps = self._among(in_play, self.is_open)
        tree = SiteTree(self.ground.lists, in_play | seen, self.ground.n_open, self.root, share)
        while not self.is_over(BRANCHING) and not tree.is_grown and tree.n_leaves < self._most_leaves():
            before = tree.work
            tree.grow(self.value, self.target, lambda sites: self._try(swaps, sites), self._is_stopped)
            self.work += tree.work - before
            self.bound = max(self.bound, tree.bound)
            self._report("branching")
            is_slow = tree.bound - self.root.bound < CLOSED * (self.value - self.root.bound)
            if is_slow and tree.work > TRIAL * self.most_work:
                break
        if tree.bound >= self.bound:
            self.bound, self.proof = tree.bound, tree.node()

    def _report(self, phase: str) -> None:
        self.watch.report(Progress(phase, min(self.work, self.most_work), self.most_work, self.value, self.bound))
