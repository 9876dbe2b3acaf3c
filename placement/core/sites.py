"""Sites: places that are given, either candidates for a new device or devices that stand already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.core.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """The m given places.

    Parameters
    ----------
    ids : tuple of str
        m distinct names.
    xy : ndarray of shape (m, 2)
        Positions in the planning frame [m].
    price : ndarray of shape (m,) or None
        What a device costs there; None when money does not matter.
    capacity : ndarray of shape (m,) or None
        Weight that a device may serve there; None for that of the constraints.
    group : tuple of str or None
        The group of each site, for quotas; an empty text for none.
    """

    ids: tuple[str, ...]
    xy: FloatArray
    price: FloatArray | None = None
    capacity: FloatArray | None = None
    group: tuple[str, ...] | None = None

    @property
    def m(self) -> int:
        """Number of sites."""
        return len(self.ids)

    @property
    def n_places(self) -> int:
        """Number of different places: one place may stand here once for each type of device."""
        return len(np.unique(self.xy, axis=0))

    def take(self, index: IntArray) -> Sites:
        """Return the sites at these positions, in this order."""
        return Sites(
            ids=tuple(self.ids[j] for j in index),
            xy=self.xy[index],
            price=None if self.price is None else self.price[index],
            capacity=None if self.capacity is None else self.capacity[index],
            group=None if self.group is None else tuple(self.group[j] for j in index),
        )

    @classmethod
    def none(cls) -> Sites:
        """Return an empty set of sites."""
        return cls((), np.empty((0, 2)))
