"""Raising the Lagrangian bound on candidate sites: most steps look only at the sites that have a chance to be chosen.

A step costs as many list entries as there are sites below the multipliers, yet nearly all of them are never chosen. So after a
few steps on all sites the ascent goes on among those that were chosen lately or rank high, and every round ends with a look
at all sites: what is proven counts for all of them, and sites that were wrongly left out join.
"""

from __future__ import annotations

import numpy as np

from placement import kernels
from placement.bounds.site_multipliers import Proof, look
from placement.core.types import BoolArray, FloatArray, Int8Array, Int32Array

WHOLE_STEPS = 50
"""Steps on all sites before some of them are left out."""

CHOSEN_LATELY = 1e-3
"""A share above this: the site was chosen in about the last forty steps."""

RANKS, JOINING = 4, 2
"""Sites for each device that are in focus by rank at first, and that join when one was missed."""

WIDEST = 0.6
"""A focus on more than this share of the sites saves nothing."""

LOST = 0.9
"""A round is taken back when sites left out take away more than this part of what it gained."""

WINDOW = 100
"""Steps by which an ascent is judged."""


class FocusedAscent:
    """An ascent of the bound on the cost of any `n_open` sites.

    Parameters
    ----------
    lists : kernels.SiteLists
        The costs of n points and m sites.
    n_open : int
        How many sites open.
    multipliers : ndarray of shape (n,)
        Where to start.
    scale : float
        Of the first steps; smaller from multipliers that are good already.

    Attributes
    ----------
    work, n_steps : int
        List entries read, and steps asked for.
    focus : ndarray of shape (m,)
        Which sites are looked at.
    seen : ndarray of shape (m,)
        Which sites have been in focus since the ascent first left some out by itself.
    share : ndarray of shape (m,)
        How often each site was chosen lately, 0 to 1.
    is_spent : bool
        Whether steps have become so small that they change nothing.
    """

    def __init__(self, lists: kernels.SiteLists, n_open: int, multipliers: FloatArray, scale: float) -> None:
        self._lists, self._n_open = lists, n_open
        self._free: Int8Array = np.zeros(lists.shape[1], dtype=np.int8)
        self.focus: BoolArray = np.ones(lists.shape[1], dtype=bool)
        self.seen = self.focus
        self.work, self.n_steps, self.is_spent = 0, 0, False
        self._best, self._kept = look(lists, self._free, n_open, multipliers)[0], lists
        self._sites = np.arange(lists.shape[1])
        self._history: list[tuple[int, float]] = []
        self._begin(multipliers, scale)

    @property
    def share(self) -> FloatArray:
        """How often each site was chosen lately, shape (m,)."""
        share = np.zeros(len(self._free))
        share[self._sites] = self._ascent.share
        return share

    @property
    def chosen(self) -> Int32Array:
        """The sites that the last step chose, ascending, shape (n_open,)."""
        return self._sites[self._ascent.chosen].astype(np.int32)

    @property
    def is_focused(self) -> bool:
        """Whether sites are left out."""
        return len(self._sites) < len(self._free)

    @property
    def fewest_steps(self) -> int:
        """How many steps among the sites in focus cost as much as the look at all of them that follows."""
        return 1 + self._step_work // self._inner_work

    def climb(self, n_steps: int, upper: float, target: float) -> Proof:
        """Take so many steps aimed at `upper`, fewer once `target` is reached; return the best proof so far, on all sites."""
        if self.n_steps >= WHOLE_STEPS and not self.is_focused:
            self._focus_first()
        start, inner, before = self._ascent.multipliers, self._ascent.bound, self._ascent.work
        done = self._ascent.climb(n_steps, upper, target)
        self.n_steps += n_steps
        self.work += self._ascent.work - before
        proof, found = look(self._lists, self._free, self._n_open, self._ascent.multipliers)
        self.work += self._step_work
        is_missed = not self.focus[found.chosen].all()
        self.is_spent = done < n_steps and not is_missed
        if is_missed:
            lost, gained = self._ascent.bound - proof.bound, self._ascent.bound - inner
            is_kept = proof.bound > self._best.bound or lost <= LOST * gained
            self._widen(found, self._ascent.multipliers if is_kept else start)
        if proof.bound > self._best.bound:
            self._best = proof
        self._history.append((self.n_steps, self._best.bound))
        return self._best

    def begin_again(self, in_play: BoolArray, scale: float) -> None:
        """Go on from the best multipliers with steps of this scale, among the sites in focus that are in play, shape (m,)."""
        self._history, self.is_spent = [], False
        focus = self.focus & in_play
        focus[look(self._lists, self._free, self._n_open, self._best.multipliers)[1].chosen] = True
        self._look_at(focus, self._best.multipliers, scale)

    def has_stalled(self, upper: float, least_gain: float) -> bool:
        """Tell whether the last steps closed less than this part of the gap to `upper`."""
        past = [bound for step, bound in self._history if step <= self.n_steps - WINDOW]
        return bool(past) and self._best.bound - past[-1] < least_gain * (upper - self._best.bound)

    def _begin(self, multipliers: FloatArray, scale: float) -> None:
        """Start on the lists kept."""
        free = np.zeros(self._kept.shape[1], dtype=np.int8)
        self._ascent = kernels.SiteAscent(self._kept, free, self._n_open, multipliers, scale=scale)
        self.work += self._ascent.work
        self._inner_work = self._ascent.work
        if not self.is_focused:
            self._step_work = self._inner_work

    def _focus_first(self) -> None:
        """Look at the sites chosen lately and those of high rank from now on, if they are few."""
        found = look(self._lists, self._free, self._n_open, self._best.multipliers)[1]
        focus = self.share > CHOSEN_LATELY
        focus[np.argsort(found.reduced, kind="stable")[: RANKS * self._n_open]] = True
        if focus.mean() <= WIDEST:
            self.seen = focus
            self._look_at(focus, self._best.multipliers, self._ascent.scale)

    def _widen(self, found: kernels.SiteBound, multipliers: FloatArray) -> None:
        """Let the sites join that would be chosen, and the next in rank; go on from these multipliers."""
        focus = self.focus.copy()
        focus[np.argsort(found.reduced, kind="stable")[: JOINING * self._n_open]] = True
        self._look_at(focus, multipliers, self._ascent.scale)

    def _look_at(self, focus: BoolArray, multipliers: FloatArray, scale: float) -> None:
        self.seen = self.seen | focus
        self.focus, self._sites = focus, np.flatnonzero(focus)
        self._kept = self._lists if focus.all() else self._lists.keep(focus)
        self.work += self._lists.n_entries
        self._begin(multipliers, scale)
