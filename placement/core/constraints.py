"""Constraints: what a plan must respect beside the number of devices."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

SAME_PLACE_M = 1e-3
"""Sites closer than this are one place: a spacing of it lets one of them at most carry a device [m]."""


class Quota(NamedTuple):
    """Of the sites of one group, at least `least` and at most `most` carry a device; fixed devices count."""

    group: str
    least: int
    most: int


class Pair(NamedTuple):
    """A demand point and a device or candidate site, by position 0..n-1 and by name."""

    demand_index: int
    site: str


@dataclass(frozen=True, slots=True)
class Constraints:
    """The rules of a problem; each one alone, all of them together.

    Parameters
    ----------
    cutoff_m : float
        No demand point is served from farther than this [m].
    capacity_min, capacity_max : float
        Weight that one open device serves, at least and at most; a site's own `Sites.capacity` replaces the latter.
    money : float
        What all new devices cost together at most, with the prices of `Sites.price`; a site without price costs nothing.
    quotas : tuple of Quota
        How many devices each group of sites carries.
    required_pairs, forbidden_pairs : tuple of Pair
        Who must, and who must not, be served from which site. A required pair opens the site.
    spacing_m : float
        Devices stand at least this far apart [m]; two fixed devices may be closer.

    Examples
    --------
    >>> Constraints().is_free, Constraints(cutoff_m=20.0).is_free
    (True, False)
    """

    cutoff_m: float = inf
    capacity_min: float = 0.0
    capacity_max: float = inf
    money: float = inf
    quotas: tuple[Quota, ...] = ()
    required_pairs: tuple[Pair, ...] = ()
    forbidden_pairs: tuple[Pair, ...] = ()
    spacing_m: float = 0.0

    @property
    def is_free(self) -> bool:
        """Whether nothing is demanded."""
        return self == Constraints()
