"""What places have beside a position: the price, the capacity and the group of a site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placement.core.types import FloatArray
from placement.scenario.cells import Cells
from placement.scenario.place_schema import PointFile, SitePoint


@dataclass(frozen=True, slots=True, eq=False)
class Attributes:
    """Of n places.

    Parameters
    ----------
    price : ndarray of shape (n,) or None
        >= 0; nan for a place that says none; None when none of them does.
    capacity : ndarray of shape (n,) or None
        Above 0; nan and None as for `price`.
    group : tuple of str or None
        An empty text for a place of no group; None when nobody asks.
    """

    price: FloatArray | None = None
    capacity: FloatArray | None = None
    group: tuple[str, ...] | None = None


NO_ATTRIBUTES = Attributes()
"""What demand has."""


def attributes_of_list(listed: Sequence[SitePoint]) -> Attributes:
    """Return the attributes of places listed in the scenario."""
    group = tuple(getattr(point, "group", None) or "" for point in listed)
    return Attributes(_numbers(listed, "price"), _numbers(listed, "capacity"), group if any(group) else None)


def attributes_of_file(cells: Cells, spec: PointFile) -> Attributes:
    """Return the attributes of places in a file; faults are noted in `cells`."""
    price, capacity, group = (getattr(spec, key, None) for key in ATTRIBUTES)
    return Attributes(
        None if price is None else cells.numbers_or_none(price, "a price must be 0 or more", lambda value: value >= 0),
        None if capacity is None else cells.numbers_or_none(capacity, "a capacity must be above 0", lambda value: value > 0),
        None if group is None else cells.texts(group),
    )


ATTRIBUTES = ("price", "capacity", "group")
"""Keys of a file that name a column of attributes."""


def _numbers(listed: Sequence[SitePoint], key: str) -> FloatArray | None:
    values = [getattr(point, key, None) for point in listed]
    if all(value is None for value in values):
        return None
    return np.array([np.nan if value is None else value for value in values], dtype=float)
