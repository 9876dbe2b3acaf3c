"""Box-stabilised column generation: the best Lagrangian bound on a sum over devices anywhere in the plane.

For any multipliers u_i <= f_i and the function F of `PlanarPricing`,

    sum_i u_i + n_new * min_x F(x)

is a lower bound on the value of every plan: a device at x saves at most ``-F(x)`` of the ``sum u_i`` that serving nobody
costs. Rounds look for better multipliers: the master proposes some, pricing looks for places (columns) that make the
proposal look worse than the master thought, and where the estimate is better than the best so far a proof by boxes makes it a
bound.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from placement.bounds.box_master import BoxMaster, MasterStep
from placement.bounds.column_pool import ColumnPool, take_sets
from placement.bounds.incumbent import Incumbent
from placement.bounds.pairs import Pairs
from placement.bounds.planar_sum import PlanarSum
from placement.bounds.trials import SLACK, Columns, Pricer, Rules, Trial
from placement.core.types import FloatArray
from placement.kernels import PointSets
from placement.progress import Watch

SHARES_OF_STEP = (1.0, 0.5, 0.2)
"""Where on the way from the best multipliers to the proposal pricing looks."""
START_SHARES = (0.9, 0.75, 0.6, 0.45, 0.3)
"""First multipliers may all be too large: what is gained by smaller ones is tried until it becomes less."""
QUICK = 3000
"""With at most so many points a round is brought to its end even when time is up: it takes some hundredths of a second."""
GOOD_SHARE = 0.3
"""A full step that gains so much of what the master promised is taken without looking at shorter ones."""
VERY_GOOD_SHARE = 0.8
"""Then the box becomes much wider."""
PROOF_SHARE = 0.3
"""A proof may fall short of the estimate by this share of what the estimate gained."""
FIRST_WIDTH = 0.1
"""Half-width of the first box, in average multipliers."""
FIRST_TOLERANCE = 0.01
"""How far, in values of the plan, the first proof may fall short of its estimate."""
WIDEST = 1e3
ROUNDS_PER_PLAN = 5
CALM_ROUNDS = 3
"""The search is settled after so many rounds in which the master promised next to nothing."""
INSISTENT_ROUNDS = 40
"""The same where there is nothing else to do."""


class ColumnGeneration:
    """One search for multipliers, over all plans that respect some pairs.

    Parameters
    ----------
    problem : PlanarSum
        What is served.
    pairs : Pairs
        Which plans the bound is about.
    incumbent : Incumbent
        The best plan of all; rounds may improve it, whatever the pairs.
    rules : Rules
        How much work.
    seed : int
        For the choice of demand points to start from.

    Attributes
    ----------
    multipliers, bound : ndarray of shape (n,), float
        The best proven bound and the multipliers that prove it.
    pool, master : ColumnPool, BoxMaster
        The columns, and the relaxed plan that uses them.
    """

    def __init__(self, problem: PlanarSum, pairs: Pairs, incumbent: Incumbent, rules: Rules, seed: int) -> None:
        self._problem, self._pairs, self._incumbent, self._rules = problem, pairs, incumbent, rules
        self.pool = ColumnPool()
        self._pricer = Pricer(problem, pairs, self.pool, rules, seed)
        self.master = BoxMaster(problem.cap(), problem.n_new)
        self.multipliers: FloatArray = np.zeros(problem.n)
        self.bound = 0.0
        self._n_calm = 0
        self._center = Trial(1.0, self.multipliers, 0.0, Columns(self.pool.sets, self.pool.cost, self.pool.xy))
        self._value, self._proven_to = 0.0, np.inf
        self._scale: FloatArray = problem.weight
        self._width = FIRST_WIDTH

    def start(self, multipliers: FloatArray, watch: Watch, known: ColumnPool | None = None) -> None:
        """Begin at some multipliers, with the columns of another search that respect the pairs."""
        if known is not None:
            self._take_sets(known.sets, known.xy)
        if np.isfinite(self._incumbent.value):
            self._take_sets(self._incumbent.columns(), self._incumbent.centers)
        multipliers = np.minimum(multipliers, self._problem.cap())
        average = max(float(multipliers.mean()), 1e-12)
        self._scale = average * self._problem.weight / float(self._problem.weight.mean())
        trials = self._look_below(multipliers, watch)
        trial = max(trials, key=lambda trial: trial.estimate)
        self._add(trials, trial.multipliers, -np.inf)
        gap = max(0.0, self._incumbent.value - trial.estimate)
        self._proven_to = min(FIRST_TOLERANCE * self._incumbent.value, PROOF_SHARE * gap)
        self._center = self._prove(trial, self._proven_to, [])
        self._value = self._center.estimate

    def _look_below(self, multipliers: FloatArray, watch: Watch) -> list[Trial]:
        """Look at multipliers, then at ever smaller ones while that gains something and there is time."""
        trials = [self._pricer.look(multipliers, 1.0)]
        for share in START_SHARES:
            if self._must_stop(watch):
                break
            trials.append(self._pricer.look(share * multipliers, 1.0))
            if trials[-1].estimate < trials[-2].estimate:
                break
        return trials

    def _must_stop(self, watch: Watch) -> bool:
        """Tell whether to break off within a round: where one takes long."""
        return self._problem.n > QUICK and watch.stop_reason() is not None

    def run(self, watch: Watch) -> None:
        """Work until the gap is closed or nothing better is in sight, the rounds are done or the watch says stop."""
        self._work(watch, CALM_ROUNDS)

    def insist(self, watch: Watch) -> None:
        """Work on although next to nothing is promised: where no pair is left to branch on, the rest of the gap is here."""
        self._n_calm = 0
        self._work(watch, INSISTENT_ROUNDS)

    def _work(self, watch: Watch, n_calm: int) -> None:
        for done in range(self._rules.n_rounds):
            is_done = self.is_closed or self._n_calm >= n_calm
            if is_done or watch.stop_reason() is not None or not self._round(done, watch):
                break
            watch.report(self._incumbent.progress("proving", done + 1, self._rules.n_rounds, self.bound))
        if not self.is_closed and watch.stop_reason() is None:
            self._round_plan()
            self._prove_center([])

    @property
    def is_closed(self) -> bool:
        """Whether the bound meets the value of the best plan."""
        return self.bound >= self._incumbent.value * (1.0 - self._rules.gap)

    def _round(self, done: int, watch: Watch) -> bool:
        """Take one step; tell whether the master could be solved and there was time."""
        step = self.master.solve(self._center.multipliers, self._width * self._scale)
        if step is None:
            return False
        # The center is inside its box, and the master's value is concave: what is best in the box is best everywhere.
        is_calm = step.value - self._value <= self._rules.settled * (self._incumbent.value - self._value)
        self._n_calm = self._n_calm + 1 if is_calm else 0
        if done % ROUNDS_PER_PLAN == ROUNDS_PER_PLAN - 1:
            self._round_plan()
        trials = self._look_along(step, watch)
        if self._must_stop(watch):
            return False
        trial = max(trials, key=lambda trial: trial.estimate)
        before = self._value
        if trial.estimate > before + SLACK * self._incumbent.value:
            self._move_to(trial, trials)
        if self._value <= before:
            self._prove_center(trials)
        n_added = self._add(trials, step.multipliers, step.price)
        is_better = self._value > before
        self._adapt(trial.share if is_better else 0.0, (self._value - before) / max(step.value - before, 1e-300), n_added)
        return True

    def _move_to(self, trial: Trial, trials: list[Trial]) -> None:
        """Prove a better estimate; make it the center if it stays better. What the proof meets is one more trial."""
        is_last = trial.estimate >= self._incumbent.value * (1.0 - 4 * self._rules.gap)
        tolerance = self._finest if is_last else PROOF_SHARE * (trial.estimate - self._value)
        trial = self._prove(trial, tolerance, trials)
        if trial.estimate > self._value:
            self._center, self._value, self._proven_to = trial, trial.estimate, tolerance

    def _prove_center(self, trials: list[Trial]) -> None:
        """Prove the center again when the room that its proof left is a good part of the gap by now."""
        tolerance = max(PROOF_SHARE * (self._incumbent.value - self._value), self._finest)
        if tolerance < self._proven_to / 2:
            self._center = self._prove(self._center, tolerance, trials)
            self._value, self._proven_to = self._center.estimate, tolerance

    @property
    def _finest(self) -> float:
        """The tolerance of a proof that is to close the gap."""
        return self._rules.gap * self._incumbent.value / 4

    def _look_along(self, step: MasterStep, watch: Watch) -> list[Trial]:
        """Price the proposal, then shorter steps towards it unless it is good already or time is up."""
        trials, center = [], self._center.multipliers
        for share in SHARES_OF_STEP:
            trial = self._pricer.look(center + share * (step.multipliers - center), share)
            trials.append(trial)
            if trial.estimate >= self._value + GOOD_SHARE * (step.value - self._value) or self._must_stop(watch):
                break
        return trials

    def _prove(self, trial: Trial, tolerance: float, trials: list[Trial]) -> Trial:
        """Turn an estimate into a bound; return the trial with its estimate corrected, put what looks better into `trials`."""
        proven = self._pricer.prove(trial, max(tolerance, self._finest))
        if proven.bound > self.bound:
            self.bound, self.multipliers = proven.bound, trial.multipliers
        if len(proven.columns.cost):
            trials.append(replace(trial, columns=proven.columns))
        return proven.trial

    def _add(self, trials: list[Trial], multipliers: FloatArray, price: float) -> int:
        """Take the columns that the master got wrong most at its proposal; return how many there are.

        Among them may be some that left the master before.
        """
        for trial in trials:
            self.pool.add(*trial.columns)
        gain = self.pool.gains(multipliers)
        gain[self.master.columns] = -np.inf
        least = price + 1e-3 * self._rules.gap * self._incumbent.value / self._problem.n_new
        order = np.argsort(-gain, kind="stable")[: self._rules.batch]
        wrong = order[gain[order] > least]
        self.master.add(self.pool, wrong)
        return len(wrong)

    def _adapt(self, share: float, quality: float, n_added: int) -> None:
        """Make the box wider where the master is right, narrower where only short steps help."""
        if share == 1.0:
            self._width *= 4.0 if quality > VERY_GOOD_SHARE else 2.0 if quality > GOOD_SHARE else 1.0
        elif share == 0.0:
            self._width *= 0.8 if n_added else 2.0
        elif share < GOOD_SHARE:
            self._width *= 0.9
        self._width = min(self._width, WIDEST)

    def _round_plan(self) -> None:
        """Turn the relaxed plan into one: devices where the most used columns have theirs, settled."""
        most_used = np.argsort(-self.master.shares, kind="stable")[: self._problem.n_new]
        if len(most_used) < self._problem.n_new:
            return
        if self._incumbent.settle(self.pool.xy[self.master.columns[most_used]]):
            self._take_sets(self._incumbent.columns(), self._incumbent.centers)

    def _take_sets(self, sets: PointSets, near: FloatArray) -> None:
        """Make columns of the sets that respect the pairs."""
        allowed = np.flatnonzero(self._pairs.allow(sets))
        columns = self._pricer.columns(take_sets(sets, allowed), near[allowed])
        self.master.add(self.pool, self.pool.add(*columns))
