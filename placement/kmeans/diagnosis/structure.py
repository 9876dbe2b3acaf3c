"""Rings and bananas: whether clusters cut what hangs together and join what is apart, and centres stand in hollow places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from placement.kernels import assign
from placement.kmeans.diagnosis.agreement import Starts
from placement.kmeans.diagnosis.evidence import Evidence, Finding
from placement.kmeans.plus_plus import draw_rows
from placement.kmeans.quantiles import column_quantiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

PURITY_LIMIT = 0.9
"""Either the clusters or the parts that hang together must be this pure, or the shapes are wrong for K-Means."""

HOLLOW_LIMIT = 0.1
"""Least share of samples near a centre, of what an evenly filled ball would have."""

_MOST = 1000
_GAP = 2.0
"""A link is a gap when it is so many times as long as 95 % of all links."""

_LEAST_PART = 0.05
_FEWEST_NEAR = 8
_USUAL = 0.95


def check_structure(evidence: Evidence, starts: Starts) -> Finding | None:
    """Report parts, set apart by gaps, that the clusters both cut and join.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.
    starts : Starts
        Fresh searches; both must be as wrong, or it is only this clustering that is.

    Returns
    -------
    Finding or None
        Its value is the larger of two purities: the share of samples whose part is the main one of their cluster, and the share
        whose cluster is the main one of their part. Too few clusters keep the second high, too many the first.

    Notes
    -----
    Parts are single linkage: the minimum spanning tree of 1000 samples at most, without links more than twice as long as 95 % of
    them. Parts of less than 5 % of the samples are noise and do not count.

    Examples
    --------
    >>> strips = np.array([[x / 4, y] for y in (0.0, 2.0) for x in range(80)])
    >>> labels = (strips[:, 0] > 10).astype(int)
    >>> evidence = Evidence(strips, np.ones(160), labels, np.array([[5.0, 1.0], [15.0, 1.0]]))
    >>> check_structure(evidence, Starts((evidence.centers,) * 2, (0.0, 0.0))).value
    0.5125
    """
    rows = np.arange(len(evidence.points))
    if len(rows) > _MOST:
        rows = np.unique(draw_rows(evidence.weights, _MOST, np.random.default_rng(0)))
    points = evidence.points[rows]
    parts = _parts(points)
    is_part = parts >= 0
    n_parts = int(parts.max(initial=-1)) + 1
    if n_parts <= 1:
        return None
    labelings = [evidence.labels[rows], *(assign(points, centers)[0] for centers in starts.centers)]
    value = max(_purity(labels[is_part], parts[is_part]) for labels in labelings)
    if value >= PURITY_LIMIT:
        return None
    text = (
        f"The samples hang together in {n_parts} parts with gaps between them, but the clusters cut and join these parts (purity "
        f"{value:.2f} of 1): rings, bananas or strips. K-Means cannot follow such shapes; use single linkage, HDBSCAN or "
        "spectral clustering."
    )
    return Finding("wrong shape", text, value, PURITY_LIMIT)


def _purity(labels: NDArray[np.int64], parts: NDArray[np.int64]) -> float:
    width = int(parts.max()) + 1
    table = np.bincount(labels * width + parts, minlength=(int(labels.max()) + 1) * width).reshape(-1, width)
    return float(max(table.max(axis=0).sum(), table.max(axis=1).sum()) / len(labels))


def _parts(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the part of each point, 0, 1, ..., and −1 for those in parts too small to count."""
    parents, lengths, order = _spanning_tree(points)
    is_gap = lengths > _GAP * np.quantile(lengths[1:], _USUAL) if len(points) > 1 else np.zeros(1, dtype=bool)
    roots = np.arange(len(points))
    for point in order[1:]:  # parents come before their children
        if not is_gap[point]:
            roots[point] = roots[parents[point]]
    _, parts, sizes = np.unique(roots, return_inverse=True, return_counts=True)
    is_large = sizes >= _LEAST_PART * len(points)
    numbers = np.where(is_large, np.cumsum(is_large) - 1, -1)
    labels: NDArray[np.int64] = numbers[parts]
    return labels


def _spanning_tree(points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return parent, length of the link to it and the order of joining of every point: Prim's algorithm from point 0."""
    n = len(points)
    parents, order = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    lengths = np.zeros(n)
    nearest = np.full(n, np.inf)
    is_outside = np.ones(n, dtype=bool)
    newest = 0
    for position in range(n):
        order[position] = newest
        is_outside[newest] = False
        lengths[newest] = np.sqrt(nearest[newest]) if position else 0.0
        squared = np.sum((points - points[newest]) ** 2, axis=1)
        is_nearer = is_outside & (squared < nearest)
        nearest[is_nearer], parents[is_nearer] = squared[is_nearer], newest
        newest = int(np.argmin(np.where(is_outside, nearest, np.inf)))
    return parents, lengths, order


def check_hollow(evidence: Evidence) -> Finding | None:
    """Report a centre with next to nobody near it.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.

    Returns
    -------
    Finding or None
        Its value is the share of the cluster's weight within half the median distance, in units of that of an evenly filled ball,
        which is (1/2)^(d+1). Clusters in which fewer than 8 samples would be expected there are left out.

    Examples
    --------
    >>> angle = np.arange(100) / 100 * 2 * np.pi
    >>> ring = np.column_stack([np.cos(angle), np.sin(angle)])
    >>> check_hollow(Evidence(ring, np.ones(100), np.zeros(100, dtype=int), np.zeros((1, 2)))).value
    0.0
    """
    values = [_fill(evidence, cluster) for cluster in range(len(evidence.centers))]
    worst = int(np.argmin(values))
    if values[worst] >= HOLLOW_LIMIT:
        return None
    text = (
        f"Centre {worst} stands in a hollow place: near it are {values[worst]:.0%} of the samples that a filled cluster "
        "would have. Its samples form a ring or an arc, or two groups with a gap; a centre says little about them. Try more "
        "clusters, or single linkage, HDBSCAN or spectral clustering."
    )
    return Finding("hollow", text, values[worst], HOLLOW_LIMIT)


def _fill(evidence: Evidence, cluster: int) -> float:
    own = evidence.labels == cluster
    weights = evidence.weights[own]
    expected = float(0.5 ** (evidence.points.shape[1] + 1))
    if expected * np.count_nonzero(own) < _FEWEST_NEAR:
        return 1.0
    distances = np.sqrt(np.sum((evidence.points[own] - evidence.centers[cluster]) ** 2, axis=1))
    median = float(column_quantiles(distances[:, None], weights, 0.5)[0])
    near = float(weights[distances <= median / 2].sum()) / float(weights.sum())
    return near / expected
