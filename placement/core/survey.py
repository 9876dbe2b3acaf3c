"""Survey: what an installer reads off the place: how large it is, and what to measure each device from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something to measure from.

    Parameters
    ----------
    what : str
        ``"wall"``, ``"column"``, ``"glass wall"``, ``"window"``, ``"floor edge"``, or the id of a demand point or fixed device.
    distance_m : float
        From the device to it; to a wall, square to its face [m].
    direction : str
        Where it lies as seen from the device: ``"left"``, ``"upper left"``, ``"above"``, ... on the plan, or a
        compass point on a map. Empty when the device stands right on it.
    """

    what: str
    distance_m: float
    direction: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one device hangs, in the words of who hangs it.

    Parameters
    ----------
    room : str or None
        The smallest named room around it; None outside of all.
    landmarks : tuple of Landmark
        Up to two to measure from, which together fix the place.
    cable_m : float or None
        Straight way to the nearest fixed device [m], where a cable could start; None for a fixed device, where none stands, and
        on the Earth.
    """

    room: str | None = None
    landmarks: tuple[Landmark, ...] = ()
    cable_m: float | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What is read off the place.

    Parameters
    ----------
    width_m, depth_m : float or None
        Of the building, along x and y [m]; None without a floor plan.
    spots : tuple of Spot
        In the order of the plan; may be fewer than devices when there are very many.
    """

    width_m: float | None = None
    depth_m: float | None = None
    spots: tuple[Spot, ...] = ()
