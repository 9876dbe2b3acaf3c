"""Pairs of points that one device must serve together, or must not: the branches of D. M. Ryan and B. A. Foster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placement.core.types import BoolArray, FloatArray
from placement.kernels import PointSets

WHOLE = 1e-4
"""A share this close to 0 or 1 counts as whole."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a branch demands of every device.

    Parameters
    ----------
    together : tuple of (int, int)
        It serves both or neither.
    apart : tuple of (int, int)
        It serves one of them at most.
    """

    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    def allow(self, sets: PointSets) -> BoolArray:
        """Tell which of the s sets respect the pairs, shape (s,).

        Examples
        --------
        >>> sets = PointSets(np.array([0, 2, 3]), np.array([4, 7, 7]))
        >>> Pairs(together=((4, 7),)).allow(sets).tolist(), Pairs(apart=((4, 7),)).allow(sets).tolist()
        ([True, False], [False, True])
        """
        allowed = np.ones(len(sets.start) - 1, dtype=bool)
        for one, other in self.together:
            allowed &= _holding(sets, one) == _holding(sets, other)
        for one, other in self.apart:
            allowed &= ~(_holding(sets, one) & _holding(sets, other))
        return allowed

    def branch(self, pair: tuple[int, int]) -> tuple[Pairs, Pairs]:
        """Return these demands and one more: the pair together, and the pair apart."""
        return Pairs((*self.together, pair), self.apart), Pairs(self.together, (*self.apart, pair))


NO_PAIRS = Pairs()


def split_pair(sets: PointSets, shares: FloatArray, is_single: BoolArray) -> tuple[int, int] | None:
    """Return the pair that a relaxed plan is most undecided about: half together, half apart.

    Parameters
    ----------
    sets : PointSets
        s columns.
    shares : ndarray of shape (s,)
        How much of each the relaxed plan uses, between 0 and 1.
    is_single : ndarray of shape (n,)
        Points that may be in a pair.

    Returns
    -------
    tuple of (int, int) or None
        Ascending; the first of equals. None when every pair is (almost) wholly together or apart.
    """
    used = np.flatnonzero(shares > WHOLE)
    is_member = np.zeros((len(used), len(is_single)))
    for row, k in enumerate(used):
        is_member[row, sets.member[sets.start[k] : sets.start[k + 1]]] = 1.0
    together = np.einsum("ki,kj,k->ij", is_member, is_member, shares[used])
    undecided = np.abs(together - 0.5)
    undecided[~is_single] = undecided[:, ~is_single] = 0.5
    undecided[np.tril_indices(len(is_single))] = 0.5
    one, other = np.unravel_index(int(undecided.argmin()), undecided.shape)
    return (int(one), int(other)) if undecided[one, other] < 0.5 - WHOLE else None


def _holding(sets: PointSets, point: int) -> BoolArray:
    hits = np.concatenate(([0], np.cumsum(sets.member == point)))
    return np.asarray(hits[sets.start[1:]] > hits[sets.start[:-1]])
