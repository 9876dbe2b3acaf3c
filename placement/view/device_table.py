"""The devices of a plan as rows: what every file says about a device, in the user's coordinates, said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from placement.core import Result

LENGTH_DIGITS, DEGREE_DIGITS = 6, 7
"""Decimals of lengths [m] (a micrometre) and of longitude and latitude [degrees] (about a centimetre)."""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device.

    Parameters
    ----------
    id : str
        Its name.
    x, y : float
        Where it stands: in the user's unit, or in the planning system [m] when the plan stands on the Earth.
    lon, lat : float or None
        WGS84 [degrees]; None for plain coordinates.
    level : str or None
        The floor; None as long as a plan has one floor.
    status : {"new", "fixed", "candidate"}
        Placed freely, standing already, or on a candidate site.
    demand_points : int
        How many points it serves.
    demand_weight : float
        Their weight together.
    mean_m, median_m, p95_m, max_m : float or None
        Their service distances [m]; None for a device that serves nobody.
    """

    id: str
    x: float
    y: float
    lon: float | None
    lat: float | None
    level: str | None
    status: str
    demand_points: int
    demand_weight: float
    mean_m: float | None
    median_m: float | None
    p95_m: float | None
    max_m: float | None


def device_rows(result: Result) -> tuple[DeviceRow, ...]:
    """Return one row for each device, in the order of the plan, with numbers rounded as files show them."""
    plan, frame = result.plan, result.problem.frame
    user, lonlat = frame.to_user(plan.device_xy), frame.to_lonlat(plan.device_xy)
    rows = []
    for j, stats in enumerate(result.score.devices):
        lon, lat = (None, None) if lonlat is None else (tidy(v, DEGREE_DIGITS) for v in lonlat[j])
        rows.append(
            DeviceRow(
                id=plan.device_ids[j], x=rounded(user[j, 0]), y=rounded(user[j, 1]), lon=lon, lat=lat, level=None,
                status=plan.device_status[j], demand_points=stats.demand_points, demand_weight=rounded(stats.demand_weight),
                mean_m=tidy(stats.mean_m), median_m=tidy(stats.median_m), p95_m=tidy(stats.p95_m), max_m=tidy(stats.max_m),
            )
        )  # fmt: skip
    return tuple(rows)


def tidy(value: float | None, digits: int = LENGTH_DIGITS) -> float | None:
    """Return `value` rounded as files show it, or None for None.

    Examples
    --------
    >>> tidy(1.23456789), tidy(None)
    (1.234568, None)
    """
    return None if value is None else rounded(value, digits)


def rounded(value: float, digits: int = LENGTH_DIGITS) -> float:
    """Return `value` as a plain float with at most `digits` decimals and no negative zero.

    Examples
    --------
    >>> rounded(-1e-9), rounded(0.1 + 0.2)
    (0.0, 0.3)
    """
    return round(float(value), digits) + 0.0
