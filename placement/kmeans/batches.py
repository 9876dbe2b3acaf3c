"""One step of mini-batch K-Means, and when there have been enough of them: plain functions and a small counter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from placement.kernels import assign
from placement.kmeans.origin import choose_origin
from placement.kmeans.plus_plus import draw_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray


def absorb_batch(
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
    centers: NDArray[np.float64],
    counts: NDArray[np.float64],
    *,
    n_threads: int | None = None,
) -> NDArray[np.float64]:
    """Move each centre to the mean of all it has ever been given; change `centers` and `counts` in place.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        The batch, finite.
    weights : ndarray of shape (n,)
        At least 0.
    centers : ndarray of shape (k, d)
        Changed.
    counts : ndarray of shape (k,)
        Weight each centre was given so far; changed.
    n_threads : int, optional
        None for all available processors; the result is the same for any number.

    Returns
    -------
    ndarray of shape (n,)
        Squared distance of each point to its nearest centre before the step [squared unit of the points].

    Notes
    -----
    With v_j the new count, c_j moves by sum over its points of w_i (x_i − c_j) / v_j: the per-point steps of rate
    1/v_j of [1] taken together.

    References
    ----------
    .. [1] D. Sculley, "Web-scale k-means clustering", WWW 2010, algorithm 1.

    Examples
    --------
    >>> centers, counts = np.array([[0.0]]), np.array([1.0])
    >>> absorb_batch(np.array([[3.0], [6.0]]), np.ones(2), centers, counts).tolist(), centers.tolist(), counts.tolist()
    ([9.0, 36.0], [[3.0]], [3.0])
    """
    k = len(centers)
    origin = choose_origin(centers)
    labels, squared = assign(points - origin, centers - origin, n_threads=n_threads)
    counts += np.bincount(labels, weights, minlength=k)
    rate = np.divide(1.0, counts, out=np.zeros(k), where=counts > 0)
    for feature in range(points.shape[1]):
        pull = np.bincount(labels, weights * (points[:, feature] - centers[labels, feature]), minlength=k)
        centers[:, feature] += pull * rate
    return squared


def reassign_starved(
    points: NDArray[np.float64],
    costs: NDArray[np.float64],
    centers: NDArray[np.float64],
    counts: NDArray[np.float64],
    *,
    ratio: float,
    rng: np.random.Generator,
) -> int:
    """Move centres that were given next to nothing to costly points of the batch; change `centers` and `counts` in place.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        The batch.
    costs : ndarray of shape (n,)
        Weight × squared distance of each to its nearest centre.
    centers : ndarray of shape (k, d)
        Changed.
    counts : ndarray of shape (k,)
        Weight each centre was given so far; changed.
    ratio : float
        A centre is starved when its count is below so many times the largest.
    rng : numpy Generator
        Draws the points, with chances proportional to their costs.

    Returns
    -------
    int
        How many were moved: at most one a point of the batch that has a cost.

    Notes
    -----
    A moved centre takes over the least count of those that are not starved, so that it is neither moved again at once nor
    swept away by its first points. Two centres are never put on the same row of the batch.

    Examples
    --------
    >>> centers, counts = np.array([[0.0], [99.0]]), np.array([50.0, 0.0])
    >>> points = np.array([[0.0], [7.0]])
    >>> reassign_starved(points, np.array([0.0, 49.0]), centers, counts, ratio=0.01, rng=np.random.default_rng(0))
    1
    >>> centers.tolist(), counts.tolist()
    ([[0.0], [7.0]], [50.0, 50.0])
    """
    is_starved = counts < ratio * counts.max()
    left, moved = costs.copy(), 0
    for position in np.flatnonzero(is_starved):
        if not left.any():
            break
        row = draw_rows(left, 1, rng)[0]
        centers[position] = points[row]
        counts[position] = counts[~is_starved].min()
        left[row] = 0.0
        moved += 1
    return moved


@dataclass(slots=True)
class Patience:
    """Counts for how many steps a smoothed cost has found no new least value.

    Parameters
    ----------
    most : int or None
        Steps without improvement after which it has run out; None never.
    smoothing : float
        Share of the newest cost in the moving average, above 0 and at most 1.
    """

    most: int | None
    smoothing: float
    average: float = field(default=np.nan, init=False)
    least: float = field(default=np.inf, init=False)
    waited: int = field(default=0, init=False)

    def has_run_out(self, cost: float) -> bool:
        """Take in the mean cost of one more batch and say whether to stop.

        Parameters
        ----------
        cost : float
            Mean squared distance of the batch.

        Returns
        -------
        bool
            True when the average has not improved for `most` steps.

        Examples
        --------
        >>> patience = Patience(2, 1.0)
        >>> [patience.has_run_out(cost) for cost in (5.0, 4.0, 4.0, 4.5)]
        [False, False, False, True]
        """
        self.average = cost if np.isnan(self.average) else self.average + self.smoothing * (cost - self.average)
        self.waited = 0 if self.average < self.least else self.waited + 1
        self.least = min(self.least, self.average)
        return self.most is not None and self.waited >= self.most
