"""Is K-Means the right tool here, and is its answer to be trusted? Plain words, each with the number behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kmeans.diagnosis.agreement import check_starts, other_starts
from placement.kmeans.diagnosis.evidence import Evidence, Finding
from placement.kmeans.diagnosis.outliers import check_outliers
from placement.kmeans.diagnosis.scales import check_scales
from placement.kmeans.diagnosis.shapes import check_elongation, check_spreads
from placement.kmeans.diagnosis.structure import check_hollow, check_structure
from placement.kmeans.origin import choose_origin
from placement.kmeans.partition import as_labels
from placement.kmeans.validation import as_points, as_weights

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Finding", "diagnose"]


def diagnose(X: Any, model: Any, *, sample_weight: ArrayLike | None = None) -> tuple[Finding, ...]:
    """Look for the ways in which a K-Means clustering misleads.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        The samples the model was fitted on, scaled as they were then.
    model : estimator or Clustering
        Anything fitted with centres and labels (−1: set aside).
    sample_weight : array-like of shape (n,), optional
        The weights of the fit; 1 each when left out.

    Returns
    -------
    tuple of Finding
        What was found, each with its number and the limit it passed; empty when there is nothing to say.

    Raises
    ------
    ValueError
        If an argument is not allowed or does not fit the model.

    Notes
    -----
    Looked for: one feature that dominates by scale; few outliers that pull or take a centre; elongated clusters; very unequal
    spreads; starts that disagree; and shapes for which K-Means is the wrong tool (rings, bananas: parts that hang together are
    cut and joined across gaps; centres in hollow places). Nothing found is no proof: shapes that touch are not seen, and the
    shapes are looked for in 1000 samples at most, drawn with a fixed seed.

    Examples
    --------
    >>> from placement.kmeans import KMeans
    >>> X = [[0.0, 0.1], [1000.0, 0.2], [5000.0, 0.1], [6000.0, 0.3]]
    >>> [finding.kind for finding in diagnose(X, KMeans(2, random_state=0).fit(X))]
    ['scale']
    """
    evidence = _evidence(X, model, sample_weight)
    others = other_starts(evidence)
    checks = (
        check_scales(evidence),
        *check_outliers(evidence),
        check_elongation(evidence),
        check_spreads(evidence),
        check_starts(evidence, others),
        check_structure(evidence, others),
        check_hollow(evidence),
    )
    return tuple(finding for finding in checks if finding is not None)


def _evidence(X: Any, model: Any, sample_weight: ArrayLike | None) -> Evidence:
    points = as_points(X)
    weights = as_weights(sample_weight, len(points))
    centers = np.asarray(model.centers if hasattr(model, "centers") else model.cluster_centers_, dtype=np.float64)
    labels = as_labels(model.labels if hasattr(model, "labels") else model.labels_, len(points))
    if centers.shape[1] != points.shape[1]:
        raise ValueError(f"X has {points.shape[1]} features, but the centres have {centers.shape[1]}")
    is_kept = (labels >= 0) & (weights > 0)
    if not is_kept.any():
        raise ValueError("every sample is set aside or has no weight")
    origin = choose_origin(points)
    return Evidence(points[is_kept] - origin, weights[is_kept], labels[is_kept], centers - origin)
