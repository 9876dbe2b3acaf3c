"""The Lagrangian bound on choosing candidate sites, made safe against rounding, and its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from placement import kernels
from placement.core.types import BoolArray, FloatArray, Int8Array, IntArray

ROUNDING = 1e-9
"""Taken off a bound, relative to the sizes of the terms it is summed from: far more than rounding can add."""


MARGIN = 2.0
"""How many times the gap a site must be beyond hope before nobody looks at it."""


class Proof(NamedTuple):
    """Multipliers and the bound that they prove, rounding taken off."""

    bound: float
    multipliers: FloatArray


class Copies(NamedTuple):
    """How the points of the scenario, n of them, became the u that were solved.

    Parameters
    ----------
    group : ndarray of shape (n,)
        Which of the u points each one belongs to.
    share : ndarray of shape (n,)
        Its part of that point's weight, 0 to 1.
    """

    group: IntArray
    share: FloatArray

    def spread(self, multipliers: FloatArray) -> list[float]:
        """Return the multipliers of the scenario's points, ``u_i = U w_i / W``, from those of shape (u,)."""
        return [float(value) for value in multipliers[self.group] * self.share]


def prove(lists: kernels.SiteLists, status: Int8Array, n_open: int, multipliers: FloatArray) -> Proof:
    """Return what multipliers prove: no choice of `n_open` sites costs less than the bound.

    For multipliers u_i that are at most the cost f_i from the nearest fixed device, ``L(u) = sum_i u_i + sum of the n_open
    least reduced costs rho_j = sum_i min(0, c_ij - u_i)``. Any plan with sites S costs
    ``sum_i min(f_i, min_S c_ij) >= sum_i u_i + sum_S rho_j >= L(u)``.

    Parameters
    ----------
    lists : kernels.SiteLists
        The costs of n points and m sites.
    status : ndarray of shape (m,), int8
        0 free, 1 forced open, 2 forced closed.
    n_open : int
        How many sites open, the forced ones included.
    multipliers : ndarray of shape (n,)
        Any; rounded here to ten digits, which keeps certificates short.

    Returns
    -------
    Proof
        The bound may be negative; it is infinite when too few sites may open.

    References
    ----------
    G. Cornuejols, M. L. Fisher, G. L. Nemhauser, "Location of bank accounts to optimize float", Management Sci. 23 (1977)
    789-810, doi 10.1287/mnsc.23.8.789, section 3.

    Examples
    --------
    >>> lists = kernels.SiteLists(
    ...     np.array([0, 2]), np.array([1, 0], np.int32), np.array([1.0, 3.0]), 2, np.array([9.0]), np.array([9.0])
    ... )
    >>> round(prove(lists, np.zeros(2, np.int8), 1, np.array([2.0])).bound, 6)
    1.0
    """
    return look(lists, status, n_open, multipliers)[0]


def look(lists: kernels.SiteLists, status: Int8Array, n_open: int, multipliers: FloatArray) -> tuple[Proof, kernels.SiteBound]:
    """Return what `prove` returns, and what the bound consists of."""
    largest = float(np.abs(multipliers).max())
    digits = min(10 - int(np.ceil(np.log10(largest))), 300) if largest > 0 else 0
    kept = np.minimum(np.round(multipliers, digits), lists.ceiling)
    found = lists.evaluate(status, n_open, kept)
    return Proof(found.bound - ROUNDING * found.magnitude, kept), found


def nothing(lists: kernels.SiteLists) -> Proof:
    """Return that no plan costs less than 0, which multipliers of 0 prove."""
    return Proof(0.0, np.zeros(lists.shape[0]))


def sites_in_play(lists: kernels.SiteLists, n_open: int, proof: Proof, upper: float) -> BoolArray:
    """Return which sites a plan cheaper than `upper` may open, as reduced costs tell.

    Opening site j instead of the last one chosen raises the bound by ``rho_j - rho_(p)``; where that exceeds the gap
    ``upper - bound``, no better plan opens j. The gap counts `MARGIN` times here: a search needs some room to move.

    Parameters
    ----------
    lists : kernels.SiteLists
        The costs of n points and m sites.
    n_open : int
        How many sites open.
    proof : Proof
        A bound without any case.
    upper : float
        Cost of the best plan known.

    Returns
    -------
    ndarray of shape (m,)
        At least `n_open` of them.
    """
    found = lists.evaluate(np.zeros(lists.shape[1], dtype=np.int8), n_open, proof.multipliers)
    last = float(found.reduced[found.chosen].max())
    return np.asarray(found.reduced - last <= MARGIN * max(upper - proof.bound, 0.0))


class Node(NamedTuple):
    """A node of a proof by cases: a leaf with its proof, or a site that is open in one case and closed in the other."""

    proof: Proof
    site: int = -1
    cases: tuple[Node, Node] | None = None

    def leaves(self) -> Iterator[Node]:
        """Yield the leaves, the open case first."""
        if self.cases is None:
            yield self
        else:
            for case in self.cases:
                yield from case.leaves()

    def data(self, copies: Copies, order: IntArray) -> dict[str, Any]:
        """Return the node as the certificate holds it; `order` gives the scenario's position of each site."""
        if self.cases is None:
            return {"multipliers": copies.spread(self.proof.multipliers)}
        is_open, is_closed = self.cases
        return {"site": int(order[self.site]), "open": is_open.data(copies, order), "closed": is_closed.data(copies, order)}
