"""Score: what is reported about a set of devices, measured where they really stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """Weight served within `radius_m`; `share` is that weight over all weight, 0 to 1."""

    radius_m: float
    share: float
    weight: float
    demand_points: int


@dataclass(frozen=True, slots=True)
class DeviceScore:
    """How one device serves its own points; distances are None for a device that serves nobody."""

    id: str
    demand_points: int
    demand_weight: float
    mean_m: float | None
    median_m: float | None
    p95_m: float | None
    max_m: float | None


@dataclass(frozen=True, slots=True)
class WorstServed:
    """One of the demand points farthest from a device."""

    demand: str
    device: str
    distance_m: float
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """Weighted service distances of a plan.

    Parameters
    ----------
    max_m, mean_m, median_m, p95_m : float
        Largest service distance, and its weighted mean, median and 95th percentile [m].
    wcss_m2 : float
        Sum of weight times squared service distance [m2]; never a distance.
    coverage : tuple of Coverage
        One for each radius asked for; the first is the requirement.
    devices : tuple of DeviceScore
        In the order of the plan.
    worst : tuple of WorstServed
        The ten farthest, farthest first.
    """

    max_m: float
    mean_m: float
    median_m: float
    p95_m: float
    wcss_m2: float
    coverage: tuple[Coverage, ...]
    devices: tuple[DeviceScore, ...]
    worst: tuple[WorstServed, ...]
