"""Random weighted points for the kernel tests."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture(params=[(40, 2, 4), (700, 2, 9), (3000, 2, 17), (120, 1, 3), (500, 3, 6), (90, 7, 5)], ids=str)
def cloud(request):
    """Points (n, d), weights with some zeros, and k of the points as a start."""
    n, d, k = request.param
    rng = np.random.default_rng(n + d)
    points = rng.normal(size=(n, d)) * 3
    weights = rng.integers(0, 4, size=n).astype(float)
    return points, weights, points[rng.choice(n, size=k, replace=False)].copy()
