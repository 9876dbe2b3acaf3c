"""The right basin on every seed: planted clusters with little and with much overlap, and a grid of a hundred."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from placement.kmeans import KMeans

BASINS = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "basins.py"))


@pytest.mark.parametrize("deviation", BASINS["LOOK_ALIKES"].values(), ids=BASINS["LOOK_ALIKES"])
def test_fifteen_clusters_are_found_on_every_seed(deviation):
    """Effort good ends no higher than a thousandth above Lloyd's iteration from the planted centres."""
    X, centers = BASINS["fifteen"](deviation)
    reference = BASINS["planted_inertia"](X, centers)
    for seed in range(5):
        assert KMeans(15, effort="good", random_state=seed).fit(X).inertia_ <= reference * (1 + BASINS["RIGHT"])


def test_a_grid_of_a_hundred_is_found_on_every_seed():
    """A hundred thousand points, searched from a distance; ten starts alone miss it by far."""
    X, centers = BASINS["grid"]()
    reference = BASINS["planted_inertia"](X, centers)
    for seed in range(3):
        assert KMeans(100, effort="good", random_state=seed).fit(X).inertia_ <= reference * (1 + BASINS["RIGHT"])
    assert KMeans(100, random_state=0).fit(X).inertia_ > 1.01 * reference
