"""Choosing p of m candidate sites: costs as sorted lists, swap search, and the Lagrangian bound on any choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.kernels import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SiteBound(NamedTuple):
    """What multipliers prove about every choice of p sites.

    Parameters
    ----------
    bound : float
        ``sum_i u_i`` plus the reduced costs of `chosen`; infinite when fewer than p sites may open.
    magnitude : float
        Sum of the sizes of all those terms; rounding of the bound is measured by it.
    reduced : ndarray of shape (m,)
        Reduced cost of each site, ``sum_i min(0, c_ij - u_i)``, at most 0.
    chosen : ndarray of shape (p,), int32
        The sites forced open and the free ones of least reduced cost, ascending; ties to the lowest.
    """

    bound: float
    magnitude: float
    reduced: NDArray[np.float64]
    chosen: NDArray[np.int32]


def nearest_in_rows(matrix: NDArray[np.float64], k: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the k nearest sites of every point from a matrix of distances.

    Parameters
    ----------
    matrix : ndarray of shape (n, m)
        Distances; infinite where there is no way.
    k : int
        From 1 to m.

    Returns
    -------
    site : ndarray of shape (n, k), int32
        Positions, nearest first; ties to the lowest.
    distance : ndarray of shape (n, k)
        Distances to them, ascending.

    Raises
    ------
    ValueError
        If k is out of range.

    Examples
    --------
    >>> site, distance = nearest_in_rows(np.array([[3.0, 1.0, 1.0]]), 2)
    >>> site.tolist(), distance.tolist()
    ([[1, 2]], [[1.0, 1.0]])
    """
    return _core.nearest_in_rows(np.ascontiguousarray(matrix), k)


def nearest_in_plane(
    points: NDArray[np.float64], sites: NDArray[np.float64], k: int
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the k nearest sites of every point in the plane, without a matrix of all distances.

    Parameters
    ----------
    points : ndarray of shape (n, 2)
        Finite coordinates.
    sites : ndarray of shape (m, 2)
        Finite coordinates; m >= 1.
    k : int
        From 1 to m.

    Returns
    -------
    site : ndarray of shape (n, k), int32
        Positions, nearest first; ties to the lowest.
    distance : ndarray of shape (n, k)
        Straight distances to them, ascending.

    Raises
    ------
    ValueError
        If k is out of range or there are not two columns.

    Notes
    -----
    About O(k log k) a point where sites are spread evenly: a grid of cells is searched in rings around it.

    Examples
    --------
    >>> site, distance = nearest_in_plane(np.array([[0.0, 0.0]]), np.array([[6.0, 8.0], [3.0, 4.0], [9.0, 9.0]]), 2)
    >>> site.tolist(), distance.tolist()
    ([[1, 0]], [[5.0, 10.0]])
    """
    return _core.nearest_in_plane(np.ascontiguousarray(points), np.ascontiguousarray(sites), k)


class SiteLists:
    """What serving each point from each candidate site costs; each point lists its cheap sites, cheapest first.

    A pair that is not listed costs at least the point's ceiling.

    Parameters
    ----------
    row : ndarray of shape (n + 1,), int64
        The list of point i stands from ``row[i]`` to ``row[i + 1]``.
    site : ndarray of shape (q,), int32
        Sites, from 0 to m - 1.
    cost : ndarray of shape (q,)
        Finite costs, ascending within a list and below the point's fallback.
    n_sites : int
        How many sites there are, m.
    fallback : ndarray of shape (n,)
        What a point costs that no listed site serves: from its nearest fixed device, or a fine.
    ceiling : ndarray of shape (n,)
        No multiplier may exceed it.

    Attributes
    ----------
    shape : tuple of (int, int)
        Points n and sites m.
    n_entries : int
        Entries of all lists.

    Raises
    ------
    ValueError
        If shapes disagree or a site is out of range.

    Notes
    -----
    24 bytes an entry: the lists are kept by point and by site.

    Examples
    --------
    >>> lists = SiteLists(np.array([0, 2]), np.array([1, 0], np.int32), np.array([1.0, 3.0]), 2, np.array([9.0]), np.array([9.0]))
    >>> lists.evaluate(np.zeros(2, np.int8), 1, np.array([2.0])).bound
    1.0
    """

    def __init__(
        self,
        row: NDArray[np.int64],
        site: NDArray[np.int32],
        cost: NDArray[np.float64],
        n_sites: int,
        fallback: NDArray[np.float64],
        ceiling: NDArray[np.float64],
    ) -> None:
        self.core = _core.SiteLists(row, site, cost, n_sites, fallback, ceiling)
        self.fallback, self.ceiling = fallback, ceiling

    @property
    def shape(self) -> tuple[int, int]:
        """Points n and sites m."""
        n, m, _ = self.core.shape
        return n, m

    @property
    def n_entries(self) -> int:
        """Entries of all lists."""
        return self.core.shape[2]

    def keep(self, is_kept: NDArray[np.bool_]) -> SiteLists:
        """Return the same points with only the sites of `is_kept`, shape (m,), numbered anew in their order."""
        kept = SiteLists.__new__(SiteLists)
        kept.core = self.core.keep(is_kept.astype(np.uint8))
        kept.fallback, kept.ceiling = self.fallback, self.ceiling
        return kept

    def evaluate(self, status: NDArray[np.int8], n_open: int, multipliers: NDArray[np.float64]) -> SiteBound:
        """Return the Lagrangian bound on the cost of any `n_open` sites.

        Parameters
        ----------
        status : ndarray of shape (m,), int8
            0 free, 1 forced open, 2 forced closed.
        n_open : int
            How many sites open, the forced ones included.
        multipliers : ndarray of shape (n,)
            One for each point; lowered to its ceiling.

        Returns
        -------
        SiteBound
            The bound and how it came about.
        """
        return SiteBound(*self.core.evaluate(status, n_open, multipliers))


class SiteSwaps:
    """Local search over sets of open sites: eager swaps, and kicks out of local optima.

    Parameters
    ----------
    lists : SiteLists
        The costs.
    is_open : ndarray of shape (p,), int32
        Distinct sites to start from, p >= 1.
    seed : int
        Random stream of the kicks, 0 to 2**64 - 1.

    Notes
    -----
    The sum over points of what the cheapest open site, or the fallback, costs is lowered until no swap of an open site for a
    closed one lowers it. The same on every machine.

    References
    ----------
    .. [1] E. Schubert, P. J. Rousseeuw, "Fast and eager k-medoids clustering", Inf. Syst. 101 (2021) 101804,
       doi 10.1016/j.is.2021.101804, section 4.
    .. [2] M. G. C. Resende, R. F. Werneck, "A fast swap-based local search procedure for location problems", Ann. Oper. Res. 150
       (2007) 205-230, doi 10.1007/s10479-006-0154-0, section 3.

    Examples
    --------
    >>> lists = SiteLists(np.array([0, 2]), np.array([1, 0], np.int32), np.array([1.0, 3.0]), 2, np.array([9.0]), np.array([9.0]))
    >>> swaps = SiteSwaps(lists, np.array([0], np.int32), 0)
    >>> swaps.settle(100), swaps.is_open.tolist(), swaps.value
    (True, [1], 1.0)
    """

    def __init__(self, lists: SiteLists, is_open: NDArray[np.int32], seed: int) -> None:
        self._core = _core.SiteSwaps(lists.core, is_open, seed)

    def restart(self, is_open: NDArray[np.int32]) -> None:
        """Start again from these sites, as many as before."""
        self._core.restart(is_open)

    def settle(self, most_work: int) -> bool:
        """Make swaps until none helps, or so many list entries were read; return whether none helps."""
        return self._core.settle(most_work)

    def kick(self, n_kicks: int) -> int:
        """Move one to three devices at random, settle, go back if that costs more; return how often it cost less.

        Assumes a settled state.
        """
        return self._core.kick(n_kicks)

    @property
    def value(self) -> float:
        """The cost of the open sites."""
        return self._core.value

    @property
    def work(self) -> int:
        """List entries read so far."""
        return self._core.work

    @property
    def is_open(self) -> NDArray[np.int32]:
        """The open sites, ascending, shape (p,)."""
        return self._core.open

    def services(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what the cheapest and the second cheapest open site cost each point, shapes (n,)."""
        return self._core.services()


class SiteAscent:
    """Raises the Lagrangian bound on the cost of any p sites, some of them forced open or closed.

    Parameters
    ----------
    lists : SiteLists
        The costs.
    status : ndarray of shape (m,), int8
        0 free, 1 forced open, 2 forced closed.
    n_open : int
        How many sites open, the forced ones included.
    multipliers : ndarray of shape (n,)
        Where to start.
    smoothing : float
        Weight of the newest subgradient in the direction, above 0 and at most 1: small ones climb higher in the end, larger ones
        climb sooner.
    scale : float
        Of the first steps, in steps that would reach the upper bound if the bound were linear; it falls when the bound stalls.
        An ascent that goes on from another's multipliers had best take over its scale.

    Notes
    -----
    A step costs as many list entries as lie below the multipliers, about n m / p.

    References
    ----------
    .. [1] G. Cornuejols, M. L. Fisher, G. L. Nemhauser, "Location of bank accounts to optimize float", Management Sci. 23 (1977)
       789-810, doi 10.1287/mnsc.23.8.789, section 3.
    .. [2] F. Barahona, R. Anbil, "The volume algorithm", Math. Program. 87 (2000) 385-399, doi 10.1007/s101070050002.

    Examples
    --------
    >>> lists = SiteLists(np.array([0, 2]), np.array([1, 0], np.int32), np.array([1.0, 3.0]), 2, np.array([9.0]), np.array([9.0]))
    >>> ascent = SiteAscent(lists, np.zeros(2, np.int8), 1, np.array([5.0]))
    >>> ascent.climb(50, 1.0, 1.0)
    0
    >>> ascent.bound
    1.0
    """

    def __init__(
        self,
        lists: SiteLists,
        status: NDArray[np.int8],
        n_open: int,
        multipliers: NDArray[np.float64],
        *,
        smoothing: float = 0.15,
        scale: float = 0.3,
    ) -> None:
        self._core = _core.SiteAscent(lists.core, status, n_open, multipliers, smoothing, scale)

    def climb(self, n_steps: int, upper: float, target: float) -> int:
        """Take so many steps aimed at `upper`; return how many were done: fewer when `target` is reached or steps vanish."""
        return self._core.climb(n_steps, upper, target)

    @property
    def bound(self) -> float:
        """The best bound so far, rounding not yet taken off."""
        return self._core.bound

    @property
    def scale(self) -> float:
        """What the scale of the steps has fallen to."""
        return self._core.scale

    @property
    def work(self) -> int:
        """List entries read so far."""
        return self._core.work

    @property
    def multipliers(self) -> NDArray[np.float64]:
        """Those of the best bound, shape (n,)."""
        return self._core.multipliers

    @property
    def share(self) -> NDArray[np.float64]:
        """How often each site was chosen lately, 0 to 1, shape (m,): what the linear relaxation would open."""
        return self._core.share

    @property
    def chosen(self) -> NDArray[np.int32]:
        """The sites that the last step chose, ascending, shape (p,)."""
        return self._core.chosen
