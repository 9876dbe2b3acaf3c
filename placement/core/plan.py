"""Plan: where the devices stand, who is served by which, and how good that is known to be."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

import numpy as np

from placement.core.certificate import Certificate
from placement.core.html import gap_text, html_table, length_text
from placement.core.showing import Pictured
from placement.core.types import BoolArray, FloatArray, IntArray
from placement.units import count, format_value

DeviceStatus = Literal["new", "fixed", "candidate"]
PlanStatus = Literal["optimal", "feasible", "infeasible", "time_limit", "interrupted"]


@dataclass(frozen=True, slots=True, eq=False)
class Plan(Pictured):
    """A finished placement of p devices for n demand points.

    Parameters
    ----------
    device_ids : tuple of str
        p distinct names; fixed devices and candidate sites keep theirs, new ones are D1, D2, ... from west to east.
    device_xy : ndarray of shape (p, 2)
        Where the devices really stand, in the planning frame [m].
    device_status : tuple of {"new", "fixed", "candidate"}
        Placed freely, standing already, or chosen from the candidates.
    assignment : ndarray of shape (n,)
        Position 0..p-1 of the device that serves each demand point: the nearest, ties to the lowest position, unless
        constraints such as capacities ask for another. It says nothing about a point that no device can reach.
    service_distance : ndarray of shape (n,)
        Distance from each demand point to that device [m]; infinite when no device can reach the point.
    value : float
        The objective.
    unit : str
        Unit of `value`.
    bound : float or None
        A proven bound on the objective of every plan in `scope`, from below where it is minimised and from above where
        it is maximised; None when none was computed.
    scope : str
        Which plans the bound is about; for an unproven plan, how the search was made.
    status : {"optimal", "feasible", "infeasible", "time_limit", "interrupted"}
        "optimal" only when the gap is at most 1e-6.
    seed : int
        The seed of the search.
    certificate : Certificate or None
        What proves the bound.
    """

    device_ids: tuple[str, ...]
    device_xy: FloatArray
    device_status: tuple[DeviceStatus, ...]
    assignment: IntArray
    service_distance: FloatArray
    value: float
    unit: str
    bound: float | None
    scope: str
    status: PlanStatus
    seed: int
    certificate: Certificate | None = None

    @property
    def p(self) -> int:
        """Number of devices, fixed ones included."""
        return len(self.device_ids)

    @property
    def n_new(self) -> int:
        """Number of devices that the plan adds: all but the fixed ones."""
        return sum(status != "fixed" for status in self.device_status)

    @property
    def is_reached(self) -> BoolArray:
        """Which demand points, shape (n,), some device can reach."""
        return np.isfinite(self.service_distance)

    @property
    def gap(self) -> float | None:
        """Return ``|value - bound| / |value|`` (0 when both are 0), or None without a bound; infinite for an infinite value."""
        if self.bound is None:
            return None
        if not isfinite(self.value):
            return inf
        difference = abs(self.value - self.bound)
        return 0.0 if difference == 0 else difference / abs(self.value) if self.value else float("inf")

    def _repr_html_(self) -> str:
        """Show the main numbers and the devices in a notebook, in metres."""
        facts = [
            ("objective", format_value(self.value, self.unit, "m") if isfinite(self.value) else "-"),
            ("gap", gap_text(self.gap)),
            ("status", self.status),
            ("worst distance", length_text(float(self.service_distance.max()))),
        ]
        served = np.bincount(self.assignment[self.is_reached], minlength=self.p)
        parts = zip(self.device_ids, self.device_xy.tolist(), self.device_status, served.tolist(), strict=True)
        devices = [(name, f"{x:.2f}", f"{y:.2f}", status, f"{points:,}") for name, (x, y), status, points in parts]
        header = ("device", "x [m]", "y [m]", "status", "demand points")
        return html_table(f"Plan with {count(self.p, 'device')}", (), facts) + html_table("Devices", header, devices)
