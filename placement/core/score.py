"""Score: what is reported about a set of devices, measured where they really stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from placement.core.html import html_table, length_text, percent_text
from placement.core.showing import Pictured

ROUNDING_M = 1e-9
"""A point exactly on the circle is covered, even if rounding puts it this far outside [m]."""


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
class AreaScore:
    """How one part of the place is served.

    Parameters
    ----------
    name : str
        Name of the room or device; empty for what is no single one.
    kind : {"room", "rest", "floor", "device"}
        A named room; the floor outside every named room; the whole floor; or, where no room is named, whom one device serves.
    demand_points, demand_weight : int, float
        What there is to serve.
    mean_m, max_m : float or None
        Weighted mean and largest service distance [m] of those that can be reached; None when there are none.
    covered_points : int or None
        Points within the required radius; None without a requirement.
    covered_share : float or None
        Their share of the weight, 0 to 1; None without a requirement or without demand.
    floor_m2 : float or None
        Floor, walls taken away [m2]; None without a floor plan.
    covered_floor_share : float or None
        Share of that floor within the required radius of a device, in a straight line.
    """

    name: str
    kind: Literal["room", "rest", "floor", "device"]
    demand_points: int
    demand_weight: float
    mean_m: float | None
    max_m: float | None
    covered_points: int | None = None
    covered_share: float | None = None
    floor_m2: float | None = None
    covered_floor_share: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether everybody is within the required radius; None without a requirement or without demand."""
        if self.covered_points is None or self.demand_points == 0:
            return None
        return self.covered_points == self.demand_points


@dataclass(frozen=True, slots=True)
class Score(Pictured):
    """Weighted service distances of a plan.

    Parameters
    ----------
    max_m : float or None
        Largest service distance [m]; None when a device cannot be reached from everywhere.
    mean_m, median_m, p95_m : float or None
        Its weighted mean, median and 95th percentile [m] over the points that a device can reach; None when there is none.
    wcss_m2 : float or None
        Sum of weight times squared service distance [m2]; never a distance. None as for `max_m`.
    coverage : tuple of Coverage
        One for each radius asked for; the first is the requirement.
    devices : tuple of DeviceScore
        In the order of the plan.
    worst : tuple of WorstServed
        The ten farthest of those that can be reached, farthest first.
    unreachable : int
        Demand points that no device can reach.
    areas : tuple of AreaScore
        Rooms, the rest and the whole of a floor plan; without named rooms, one for each device.
    """

    max_m: float | None
    mean_m: float | None
    median_m: float | None
    p95_m: float | None
    wcss_m2: float | None
    coverage: tuple[Coverage, ...]
    devices: tuple[DeviceScore, ...]
    worst: tuple[WorstServed, ...]
    unreachable: int = 0
    areas: tuple[AreaScore, ...] = ()

    def rows(self, unit: str) -> list[tuple[str, str]]:
        """Return the main figures as pairs of words, lengths in the user's `unit`."""
        names = (
            ("worst distance", "max_m"),
            ("mean distance", "mean_m"),
            ("median distance", "median_m"),
            ("95 % within", "p95_m"),
        )
        figures = [(words, length_text(getattr(self, name), unit)) for words, name in names]
        figures += [(f"within {length_text(one.radius_m, unit)}", percent_text(one.share)) for one in self.coverage]
        return figures + ([("not served", f"{self.unreachable:,}")] if self.unreachable else [])

    def _repr_html_(self) -> str:
        """Show the main figures in a notebook, in metres."""
        return html_table("Score", (), self.rows("m"))
