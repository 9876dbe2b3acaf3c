"""Alternatives to one plan: other aims, today's devices, a phased roll-out, sites that might be lost."""

from __future__ import annotations

from dataclasses import dataclass

from placement.core.plan import Plan


@dataclass(frozen=True, slots=True, eq=False)
class FrontPlan:
    """A plan of the front: what it was searched for, and what it reaches.

    Parameters
    ----------
    aim : str
        The objective, and the largest distance that was allowed: ``"p_median within 9.31 m"``.
    plan : Plan
        Everybody has a device in it.
    max_m, mean_m : float
        Largest and weighted mean service distance [m].
    covered_share : float or None
        Share of the weight within the required radius, 0 to 1; None without one.
    """

    aim: str
    plan: Plan
    max_m: float
    mean_m: float
    covered_share: float | None


@dataclass(frozen=True, slots=True, eq=False)
class TradeOff:
    """What mean, worst distance and coverage cost each other with the same number of devices.

    Parameters
    ----------
    plans : tuple of FrontPlan
        None beats another in all figures; by rising largest distance.
    balanced : int
        Position of the balanced plan.
    rule : str
        The rule that chose it.
    dropped : tuple of str
        Aims whose plan another plan beats or equals in every figure.
    """

    plans: tuple[FrontPlan, ...]
    balanced: int
    rule: str
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A device of today, the device of the plan that takes its part, and how far apart they are [m]; 0 when it stays."""

    standing: str
    planned: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """What it takes to get from today's devices to a plan.

    Parameters
    ----------
    stay, move : tuple of Move
        Devices that stay where they are, and those that move, the farthest first.
    new : tuple of str
        Devices of the plan that nothing of today becomes.
    removed : tuple of str
        Devices of today that the plan has no use for.
    moved_m : float
        Sum of the distances moved [m].
    note : str
        How the devices were paired.
    """

    stay: tuple[Move, ...]
    move: tuple[Move, ...]
    new: tuple[str, ...]
    removed: tuple[str, ...]
    moved_m: float
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Standstill:
    """What it costs that today's devices stay where they are.

    Parameters
    ----------
    kept : float
        The objective with all of today's devices fixed.
    free : float
        The objective with as many devices, all placed freely; as `kept` when no better plan was found.
    unit : str
        Unit of both.
    plan : Plan
        The plan of `free`.
    diff : PlanDiff
        From today's devices to that plan.
    """

    kept: float
    free: float
    unit: str
    plan: Plan
    diff: PlanDiff


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of a roll-out: what stands after it, and what as many devices placed freely would reach.

    Parameters
    ----------
    n_new : int
        New devices after this step.
    device : str
        The one that it adds.
    value : float
        The measure of the roll-out; infinite while somebody has no device under an objective that needs one.
    max_m : float or None
        Largest service distance [m]; None while somebody is out of reach.
    mean_m : float or None
        Weighted mean [m] of those in reach; None when nobody is.
    covered_share : float or None
        Share of the weight within the required radius; None without one.
    free : float or None
        The measure of the best plan found with as many devices; None when there is none.
    loss : float or None
        How much worse than that the step is, >= 0; None without `free`.
    """

    n_new: int
    device: str
    value: float
    max_m: float | None
    mean_m: float | None
    covered_share: float | None
    free: float | None
    loss: float | None


@dataclass(frozen=True, slots=True)
class Rollout:
    """An order for the new devices of a plan: the measure by which it was made, its unit, the phases and what to know."""

    measure: str
    unit: str
    phases: tuple[Phase, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiteRegret:
    """What the loss of a chosen site costs.

    Parameters
    ----------
    site : str
        Its name.
    value : float or None
        The objective of the best plan found without it; None when there is none.
    regret : float or None
        How much worse that is than the plan; below 0 where the search happened on a better plan. None without a value.
    is_in_all : bool
        Whether every near-optimal plan has it.
    """

    site: str
    value: float | None
    regret: float | None
    is_in_all: bool


@dataclass(frozen=True, slots=True)
class SiteRobustness:
    """How much a plan depends on each of its sites.

    Parameters
    ----------
    regrets : tuple of SiteRegret
        The dearest loss first; a site without which there is no plan comes before all.
    tolerance : float
        A plan is near-optimal when it is at most this share worse than the best found.
    n_plans, n_near : int
        Plans that were looked at, and how many of them are near-optimal.
    unit : str
        Unit of values and regrets.
    """

    regrets: tuple[SiteRegret, ...]
    tolerance: float
    n_plans: int
    n_near: int
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """Everything beside one row of a comparison.

    Parameters
    ----------
    row : int
        Which row.
    tradeoff : TradeOff or None
        None when no plan reaches everybody, or the time was up.
    rollout : Rollout
        Of the row's plan.
    standstill : Standstill or None
        None without fixed devices.
    robustness : SiteRobustness or None
        None without candidate sites.
    """

    row: int
    tradeoff: TradeOff | None
    rollout: Rollout
    standstill: Standstill | None
    robustness: SiteRobustness | None
