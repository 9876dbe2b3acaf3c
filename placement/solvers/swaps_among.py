"""Swap search among some of the candidate sites, told and asked in the numbers of all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from placement import kernels
from placement.core.types import BoolArray, FloatArray, Int32Array, IntArray

SLICE = 10**7
"""List entries read between two questions whether to stop."""


class SwapsAmong:
    """Swaps among the sites of a mask; what a swap costs falls with their number.

    Parameters
    ----------
    lists : kernels.SiteLists
        The costs of n points and m sites.
    is_kept : ndarray of shape (m,)
        The sites that may open.
    start : ndarray of shape (p,)
        Open sites to begin with, all of them kept.
    seed : int
        Random stream of the kicks.

    Attributes
    ----------
    sites : ndarray
        The sites that may open, ascending.
    lists : kernels.SiteLists
        The costs from these sites, numbered in their order.
    """

    def __init__(self, lists: kernels.SiteLists, is_kept: BoolArray, start: IntArray, seed: int) -> None:
        self.sites = np.flatnonzero(is_kept)
        self._is_kept = is_kept
        self.lists = lists if is_kept.all() else lists.keep(is_kept)
        self._swaps = kernels.SiteSwaps(self.lists, self._local(start), seed)

    @property
    def value(self) -> float:
        """The cost of the open sites."""
        return self._swaps.value

    @property
    def work(self) -> int:
        """List entries read so far."""
        return self._swaps.work

    @property
    def is_open(self) -> IntArray:
        """The open sites, ascending, shape (p,)."""
        return self.sites[self._swaps.is_open]

    def can_open(self, sites: IntArray | Int32Array) -> bool:
        """Tell whether all of these sites are kept."""
        return bool(self._is_kept[sites].all())

    def restart(self, start: IntArray | Int32Array) -> None:
        """Start again from these sites, as many as before and all of them kept."""
        self._swaps.restart(self._local(start))

    def settle(self, is_stopped: Callable[[], bool]) -> None:
        """Swap until no swap helps, or a stop is wanted."""
        while not self._swaps.settle(SLICE) and not is_stopped():
            pass

    def kick(self, n_kicks: int) -> int:
        """Kick so many times, from a settled state; return how often the cost fell."""
        return self._swaps.kick(n_kicks)

    def services(self) -> tuple[FloatArray, FloatArray]:
        """Return what the cheapest and the second cheapest open site cost each point, shapes (n,)."""
        return self._swaps.services()

    def _local(self, sites: IntArray | Int32Array) -> Int32Array:
        return np.searchsorted(self.sites, np.sort(sites)).astype(np.int32)
