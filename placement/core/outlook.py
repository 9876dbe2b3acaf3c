"""Outlook: what lies beside a plan: other budgets, the failure of a device, other demand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherBudget:
    """What a plan with another number of devices reaches.

    Parameters
    ----------
    n_new : int
        New devices.
    value : float
        The objective.
    bound : float or None
        Its proven bound.
    max_m, mean_m : float
        Largest and mean service distance [m].
    covered_share : float or None
        Share of the weight within the required radius; None without one.
    demand_points_covered : int or None
        Points within the required radius.
    device_xy : tuple of (float, float)
        Where its new devices stand, in the planning frame [m]; empty when only the numbers are known.
    device_ids : tuple of str
        Their names, as a run with that budget gives them.
    """

    n_new: int
    value: float
    bound: float | None
    max_m: float
    mean_m: float
    covered_share: float | None
    demand_points_covered: int | None
    device_xy: tuple[tuple[float, float], ...] = ()
    device_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """What remains when one device fails and everybody goes to the next: its name, distances [m], share within the radius."""

    device: str
    max_m: float
    mean_m: float
    covered_share: float | None


@dataclass(frozen=True, slots=True)
class DemandRange:
    """Mean service distance [m] over random demand: every weight times a factor within 1 +- `spread`, `draws` times."""

    spread: float
    draws: int
    least_mean_m: float
    most_mean_m: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies beside a plan.

    Parameters
    ----------
    budgets : tuple of OtherBudget
        Fewer, as many and more devices, in rising order; the plan itself is among them.
    failures : tuple of Failure
        One for each device, worst mean first; empty with one device.
    demand : DemandRange or None
        None when every point counts the same and is meant to.
    """

    budgets: tuple[OtherBudget, ...]
    failures: tuple[Failure, ...]
    demand: DemandRange | None
