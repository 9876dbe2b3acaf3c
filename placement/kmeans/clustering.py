"""A clustering as a plain value: what estimators find, and what post-processing turns into another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kmeans.parameters import not_fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """Centres, who belongs to which, and the cost.

    Parameters
    ----------
    centers : ndarray of shape (k, d)
        The centres.
    labels : ndarray of shape (n,)
        Position of each sample's centre; −1 for one that is set aside.
    inertia : float
        Weighted sum of squared distances of the samples that are not set aside to their centres [squared unit of the data].
    """

    centers: NDArray[np.float64]
    labels: NDArray[np.int64]
    inertia: float


def clustering_of(model: Any) -> Clustering:
    """Return what a fitted estimator found.

    Parameters
    ----------
    model : estimator
        With `cluster_centers_`, `labels_` and `inertia_`; ours or any other.

    Returns
    -------
    Clustering
        The same as a value.

    Raises
    ------
    NotFittedError
        If `fit` was not called.

    Examples
    --------
    >>> from placement.kmeans import KMeans
    >>> clustering_of(KMeans(1).fit([[0.0], [2.0]])).inertia
    2.0
    """
    if not hasattr(model, "cluster_centers_"):
        raise not_fitted(model)
    return Clustering(np.array(model.cluster_centers_, dtype=float), np.array(model.labels_, np.int64), float(model.inertia_))
