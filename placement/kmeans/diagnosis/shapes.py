"""Whether the clusters are round and of a size, as K-Means takes them to be."""

from __future__ import annotations

import numpy as np

from placement.kmeans.diagnosis.evidence import Evidence, Finding

LONG_LIMIT = 3.0
"""Largest length of a cluster in widths (standard deviations along its two longest axes)."""

SPREAD_LIMIT = 4.0
"""Largest ratio of the spreads (root mean square distances) of two clusters."""

_FEWEST = 8
"""Clusters of fewer samples show no shape."""


def check_elongation(evidence: Evidence) -> Finding | None:
    """Report the cluster that is longest for its width.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.

    Returns
    -------
    Finding or None
        Its value is the ratio of the standard deviations along the longest axis and across; None with a single feature or when
        all samples lie on a line, along which nothing is round.

    Examples
    --------
    >>> points = np.array([[float(i), 0.1 * (i % 2)] for i in range(20)])
    >>> check_elongation(Evidence(points, np.ones(20), np.zeros(20, dtype=int), points[:1])).kind
    'elongated'
    """
    ratios = [_length(evidence, cluster) for cluster in range(len(evidence.centers))]
    worst = int(np.argmax(ratios))
    if ratios[worst] <= LONG_LIMIT:
        return None
    text = (
        f"Cluster {worst} is {ratios[worst]:.1f} times as long as it is wide. K-Means looks for round clusters and cuts long "
        "ones; if it is two groups in one, try more clusters; if long groups are meant, use a Gaussian mixture."
    )
    return Finding("elongated", text, ratios[worst], LONG_LIMIT)


def _length(evidence: Evidence, cluster: int) -> float:
    own = evidence.labels == cluster
    points, weights = evidence.points[own], evidence.weights[own]
    if len(points) < _FEWEST or points.shape[1] == 1:
        return 0.0
    away = points - np.average(points, axis=0, weights=weights)
    along, across = np.linalg.eigvalsh((away * weights[:, None]).T @ away)[[-1, -2]]
    return float(np.sqrt(along / across)) if across > along * 1e-12 else 0.0


def check_spreads(evidence: Evidence) -> Finding | None:
    """Report clusters of very different spread.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.

    Returns
    -------
    Finding or None
        Its value is the ratio of the largest and the smallest root mean square distance to the centre; clusters that are a
        single place are left out.

    Examples
    --------
    >>> points = np.append(np.arange(8.0) * 100, 5000.0 + np.arange(8.0))[:, None]
    >>> evidence = Evidence(points, np.ones(16), np.repeat([0, 1], 8), np.array([[350.0], [5003.5]]))
    >>> round(check_spreads(evidence).value)
    100
    """
    k = len(evidence.centers)
    sizes = np.bincount(evidence.labels, minlength=k)
    squared = np.sum((evidence.points - evidence.centers[evidence.labels]) ** 2, axis=1)
    masses = np.bincount(evidence.labels, evidence.weights, minlength=k)
    costs = np.bincount(evidence.labels, evidence.weights * squared, minlength=k)
    shown = np.flatnonzero((sizes >= _FEWEST) & (costs > 0))
    if len(shown) <= 1:
        return None
    spreads = np.sqrt(costs[shown] / masses[shown])
    wide, narrow = int(np.argmax(spreads)), int(np.argmin(spreads))
    value = float(spreads[wide] / spreads[narrow])
    if value <= SPREAD_LIMIT:
        return None
    text = (
        f"Cluster {shown[wide]} spreads {value:.1f} times as widely as cluster {shown[narrow]}. K-Means draws borders "
        "half-way between centres, so a wide cluster loses its rim to a narrow one; a Gaussian mixture does not."
    )
    return Finding("unequal", text, value, SPREAD_LIMIT)
