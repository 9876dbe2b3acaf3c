"""Whether a few far-off samples pull a centre away from its crowd, or take one for themselves."""

from __future__ import annotations

import numpy as np

from placement.kmeans.diagnosis.evidence import Evidence, Finding
from placement.kmeans.plus_plus import squared_distances
from placement.kmeans.quantiles import column_quantiles

PULL_LIMIT = 0.5
"""Largest move of a centre, in median distances of its samples, that outliers may cause."""

FAR_LIMIT = 5.0
"""A sample is an outlier beyond so many median distances; a tiny cluster is one beyond so many spreads of all others."""

MOST_OUTLIERS = 0.05
"""Largest share of a cluster's weight, and of all weight for a tiny cluster, that counts as few."""


def check_outliers(evidence: Evidence) -> tuple[Finding | None, Finding | None]:
    """Report the centre that few outliers pull most, and the cluster that is nothing but outliers.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.

    Returns
    -------
    pulled, taken : Finding or None
        The move of the centre without its outliers, in median distances; and the distance of the tiny cluster from the next
        centre, in spreads (root mean squares) of the others.

    Examples
    --------
    >>> points = np.append(np.arange(40.0), 4000.0)[:, None]
    >>> evidence = Evidence(points, np.ones(41), np.zeros(41, dtype=int), points.mean(axis=0)[None])
    >>> check_outliers(evidence)[0].kind
    'pulled centre'
    """
    return _pulled(evidence), _taken(evidence)


def _pulled(evidence: Evidence) -> Finding | None:
    moves = [_pull(evidence, cluster) for cluster in range(len(evidence.centers))]
    worst = int(np.argmax([move for move, _ in moves]))
    value, count = moves[worst]
    if value <= PULL_LIMIT:
        return None
    text = (
        f"{count} far-off {'samples pull' if count > 1 else 'sample pulls'} centre {worst} away from its crowd, by {value:.1f} "
        "times the median distance of its samples. Set outliers aside (trimmed_kmeans), pull them in (winsorise) or use KMedians."
    )
    return Finding("pulled centre", text, value, PULL_LIMIT)


def _pull(evidence: Evidence, cluster: int) -> tuple[float, int]:
    own = evidence.labels == cluster
    points, weights = evidence.points[own], evidence.weights[own]
    if not len(points):
        return 0.0, 0
    middle = column_quantiles(points, weights, 0.5)
    distances = np.sqrt(np.sum((points - middle) ** 2, axis=1))
    typical = float(column_quantiles(distances[:, None], weights, 0.5)[0])
    is_far = distances > FAR_LIMIT * typical
    if typical == 0 or not is_far.any() or weights[is_far].sum() > MOST_OUTLIERS * weights.sum():
        return 0.0, 0
    with_all = np.average(points, axis=0, weights=weights)
    without = np.average(points[~is_far], axis=0, weights=weights[~is_far])
    return float(np.linalg.norm(with_all - without)) / typical, int(np.count_nonzero(is_far))


def _taken(evidence: Evidence) -> Finding | None:
    k = len(evidence.centers)
    masses = np.bincount(evidence.labels, evidence.weights, minlength=k)
    is_tiny = (masses > 0) & (masses <= MOST_OUTLIERS * masses.sum() / k)
    if not is_tiny.any() or is_tiny.all():
        return None
    squared = np.sum((evidence.points - evidence.centers[evidence.labels]) ** 2, axis=1)
    is_crowd = ~is_tiny[evidence.labels]
    spread = float(np.sqrt(np.average(squared[is_crowd], weights=evidence.weights[is_crowd])))
    apart = np.sqrt(squared_distances(evidence.centers[~is_tiny], evidence.centers[is_tiny])).min(axis=1)
    worst = int(np.argmax(apart))
    value = float(apart[worst]) / spread if spread > 0 else 0.0
    if value <= FAR_LIMIT:
        return None
    cluster = int(np.flatnonzero(is_tiny)[worst])
    count = int(np.count_nonzero(evidence.labels == cluster))
    text = (
        f"Cluster {cluster} is {count} far-off {'samples' if count > 1 else 'sample'}, {value:.0f} times the spread of the "
        "others away: a centre is spent on outliers. Set them aside (trimmed_kmeans) if they are not what you look for."
    )
    return Finding("outlier cluster", text, value, FAR_LIMIT)
