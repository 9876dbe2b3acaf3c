"""Problem: the question in numbers, ready for a solver; and how long the solver may look."""

from __future__ import annotations

from dataclasses import dataclass

from placement.core.demand import Demand
from placement.core.domain import Domain
from placement.core.frame import Frame
from placement.core.protocols import Distance, Objective
from placement.core.sites import Sites


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
        How many devices to add, >= 1.
    radii_m : tuple of float
        Coverage radii to report [m]; the first is the requirement; may be empty.
    frame : Frame
        How planning metres relate to the user's coordinates.
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
    """

    n_init: int = 50
    seed: int = 0
    max_iter: int = 300
    time_limit_s: float | None = None
