"""Problem: the question in numbers, ready for a solver; and how long the solver may look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from placement.core.constraints import Constraints
from placement.core.demand import Demand
from placement.core.domain import Domain
from placement.core.frame import Frame
from placement.core.protocols import Distance, Objective
from placement.core.sites import Sites

Effort = Literal["fast", "good", "best"]

PROVEN_GAP = 1e-6
"""A plan whose gap is at most this is called optimal."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Where to put `n_new` devices.

    Parameters
    ----------
    demand : Demand
        Who is to be served.
    fixed : Sites
        Devices that stand already and stay.
    candidates : Sites or None
        If given, new devices stand only there; None for anywhere in the free space.
    domain : Domain
        Where a device may stand.
    objective, distance : Objective, Distance
        What is minimised, over which distances.
    n_new : int
        How many devices to add, >= 1: exactly so many, or at most so many where money or the objective decides.
    radii_m : tuple of float
        Coverage radii to report [m]; the first is the requirement; may be empty.
    frame : Frame
        How planning metres relate to the user's coordinates.
    constraints : Constraints
        What a plan must respect besides; nothing when left out.
    """

    demand: Demand
    fixed: Sites
    candidates: Sites | None
    domain: Domain
    objective: Objective
    distance: Distance
    n_new: int
    radii_m: tuple[float, ...]
    frame: Frame
    constraints: Constraints = field(default_factory=Constraints)

    @property
    def sign(self) -> int:
        """1 where a smaller value is better, -1 where a larger one is: ``sign * value`` is minimised."""
        return 1 if self.objective.sense == "min" else -1

    @property
    def sites(self) -> Sites:
        """Names and places of the fixed devices, and behind them of the candidate sites."""
        candidates = self.candidates or Sites.none()
        return Sites((*self.fixed.ids, *candidates.ids), np.vstack([self.fixed.xy, candidates.xy]))


@dataclass(frozen=True, slots=True)
class Search:
    """How a solver looks: how many starts, from which seed, how long.

    Parameters
    ----------
    n_init : int
        Independent starts; the best is kept.
    seed : int
        Same seed, same plan, on any number of threads.
    max_iter : int
        Iterations of one start at most.
    time_limit_s : float or None
        Stop looking after this long [s] and keep the best plan so far.
    effort : {"fast", "good", "best"}
        How much work goes into the search and the proof; it counts work, not seconds.
    gap : float
        The proof may stop once the gap is this small, >= 0.
    """

    n_init: int = 50
    seed: int = 0
    max_iter: int = 300
    time_limit_s: float | None = None
    effort: Effort = "good"
    gap: float = PROVEN_GAP
