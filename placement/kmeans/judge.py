"""What one clustering after another is measured by on the same points: everything that can be is computed once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from placement.kernels import assign
from placement.kmeans.dispersion import mean_overlap, spread_of, variance_ratio
from placement.kmeans.partition import Partition, as_partition
from placement.kmeans.plus_plus import draw_rows, squared_distances
from placement.kmeans.silhouette import silhouettes_from

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_SILHOUETTES = 1000
"""Their distances to each other take 8 MB and are computed once; the mean is good to about 0.01."""


class CandidateK(NamedTuple):
    """One k and how good the best clustering found with it is.

    Parameters
    ----------
    k : int
        Number of clusters.
    wcss : float
        Within-cluster sum of squares (inertia), [squared unit of the data]: never more than with a smaller k.
    silhouette : float
        Mean silhouette; nan for k = 1.
    calinski_harabasz : float
        Variance ratio, larger is better; nan for k = 1.
    davies_bouldin : float
        Overlap with the worst neighbour, smaller is better; nan for k = 1.
    """

    k: int
    wcss: float
    silhouette: float
    calinski_harabasz: float
    davies_bouldin: float


class Judge:
    """Measures of centres on fixed points.

    Parameters
    ----------
    places : ndarray of shape (m, d)
        Distinct points.
    mass : ndarray of shape (m,)
        Their weights, above 0.
    rng : numpy Generator
        Draws the part on which silhouettes rest when there are more than 1000 places.
    n_threads : int or None
        None for all available processors.

    Attributes
    ----------
    n_silhouettes : int
        On how many points the silhouettes rest.
    """

    def __init__(
        self, places: NDArray[np.float64], mass: NDArray[np.float64], rng: np.random.Generator, n_threads: int | None
    ) -> None:
        self._places, self._mass, self._n_threads = places, mass, n_threads
        is_drawn = len(places) > _MOST_SILHOUETTES
        self._part = draw_rows(mass, _MOST_SILHOUETTES, rng) if is_drawn else np.arange(len(places))
        self._part_mass = np.ones(len(self._part)) if is_drawn else mass
        self._distances = np.sqrt(squared_distances(places[self._part], places[self._part]))
        self.n_silhouettes = len(self._part)
        self._measured: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None

    def grow(self, centers: NDArray[np.float64], k: int) -> NDArray[np.float64]:
        """Add the costliest point as a centre until there are k.

        Parameters
        ----------
        centers : ndarray of shape (j, d)
            At most k.
        k : int
            How many there are to be.

        Returns
        -------
        ndarray of shape (k, d)
            The given ones first; each new one is the point with the largest w |x − c|² to those before it.
        """
        if len(centers) == k:
            return centers
        known, squared = self._measured or (None, None)
        if known is not centers or squared is None:
            squared = assign(self._places, centers, n_threads=self._n_threads)[1]
        while True:
            added = self._places[[int(np.argmax(self._mass * squared))]]
            centers = np.concatenate([centers, added])
            if len(centers) == k:
                return centers
            squared = np.minimum(squared, squared_distances(self._places, added)[0])

    def measure(self, centers: NDArray[np.float64]) -> CandidateK:
        """Return every measure of a clustering.

        Parameters
        ----------
        centers : ndarray of shape (k, d)
            The centres.

        Returns
        -------
        CandidateK
            One row of the table.
        """
        k = len(centers)
        labels, squared = assign(self._places, centers, n_threads=self._n_threads)
        self._measured = centers, squared
        wcss = float(np.sum(self._mass * squared))
        if k == 1:
            return CandidateK(1, wcss, np.nan, np.nan, np.nan)
        is_kept = np.ones(len(labels), dtype=bool)
        partition = Partition(self._places, labels, self._mass, k, is_kept)
        if not np.bincount(labels, minlength=k).all():
            partition = as_partition(self._places, labels, self._mass)
        spread, silhouette = spread_of(partition), self._silhouette(labels[self._part], k)
        return CandidateK(k, wcss, silhouette, variance_ratio(partition, spread), mean_overlap(partition, spread))

    def _silhouette(self, labels: NDArray[np.int64], k: int) -> float:
        members = np.zeros((len(labels), k))
        members[np.arange(len(labels)), labels] = self._part_mass
        totals = members.sum(axis=0)
        if np.count_nonzero(totals) == 1:
            return np.nan
        values = silhouettes_from(self._distances @ members, totals, labels, self._part_mass)
        return float(np.average(values, weights=self._part_mass))
