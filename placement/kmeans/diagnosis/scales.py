"""Whether one feature decides everything because its numbers are large."""

from __future__ import annotations

import numpy as np

from placement.kmeans.diagnosis.evidence import Evidence, Finding

LIMIT = 0.99
"""Largest share of the variance that one of several features may have."""


def check_scales(evidence: Evidence) -> Finding | None:
    """Report a feature that makes up more than 99 % of the variance, and so of every squared distance.

    Parameters
    ----------
    evidence : Evidence
        Samples and clustering.

    Returns
    -------
    Finding or None
        Its value is the share of the variance; None with a single feature.

    Examples
    --------
    >>> points = np.array([[0.0, 0.0], [1000.0, 1.0]])
    >>> check_scales(Evidence(points, np.ones(2), np.array([0, 1]), points)).kind
    'scale'
    """
    share = evidence.weights / evidence.weights.sum()
    variances = share @ (evidence.points - share @ evidence.points) ** 2
    total = float(variances.sum())
    varying = int(np.count_nonzero(variances))
    if varying <= 1 or total == 0:
        return None
    feature = int(np.argmax(variances))
    value = float(variances[feature]) / total
    if value <= LIMIT:
        return None
    text = (
        f"Feature {feature} makes up {value:.1%} of the variance: the other features hardly count. If they are in different "
        "units, scale them first (placement.kmeans.preprocess.scale)."
    )
    return Finding("scale", text, value, LIMIT)
