"""Demand points: who is to be served, where they are and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass

from placement.core.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """The n points to be served.

    Parameters
    ----------
    ids : tuple of str
        n distinct names, as the user wrote them.
    xy : ndarray of shape (n, 2)
        Positions in the planning frame [m].
    weight : ndarray of shape (n,)
        How much each point counts (people, patients); finite and > 0.

    Examples
    --------
    >>> import numpy as np
    >>> Demand(("a", "b"), np.array([[0.0, 0.0], [3.0, 4.0]]), np.ones(2)).n
    2
    """

    ids: tuple[str, ...]
    xy: FloatArray
    weight: FloatArray

    @property
    def n(self) -> int:
        """Number of demand points."""
        return len(self.ids)

    def take(self, index: IntArray | slice) -> Demand:
        """Return the points at these positions, in this order."""
        ids = self.ids[index] if isinstance(index, slice) else tuple(self.ids[i] for i in index)
        return Demand(ids, self.xy[index], self.weight[index])

    @property
    def total_weight(self) -> float:
        """Sum of all weights."""
        return float(self.weight.sum())
