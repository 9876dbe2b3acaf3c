"""Sites: places that are given, either candidates for a new device or devices that stand already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.core.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """The m given places.

    Parameters
    ----------
    ids : tuple of str
        m distinct names.
    xy : ndarray of shape (m, 2)
        Positions in the planning frame [m].
    """

    ids: tuple[str, ...]
    xy: FloatArray

    @property
    def m(self) -> int:
        """Number of sites."""
        return len(self.ids)

    @classmethod
    def none(cls) -> Sites:
        """Return an empty set of sites."""
        return cls((), np.empty((0, 2)))
