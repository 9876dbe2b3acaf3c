"""Is the right basin found on every seed? Clusters planted in the manner of two well-known families, and those families' own.

The families are S1 to S4 (15 Gaussian clusters, four degrees of overlap, 5000 points) and Birch1 (a 10 x 10 grid of Gaussian
clusters, 100,000 points). Their files carry no licence that lets this project pass them on, so look-alikes are made from a seed;
whoever has the files measures them too: ``bench_kmeans.py --more FOLDER``.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np

from placement.kmeans import KMeans

RIGHT = 1e-3
"""A clustering that costs no more than this share above the reference is in its basin: one cluster split wrongly costs more."""

LOOK_ALIKES = {"fifteen, far apart": 0.030, "fifteen, near": 0.045, "fifteen, touching": 0.060, "fifteen, overlapping": 0.070}
"""Standard deviation of the clusters, in sides of the square."""

REFERENCES = {
    "s1": (15, 8917615616867.0),
    "s2": (15, 13279109490730.0),
    "s3": (15, 16889571849357.0),
    "s4": (15, 15703142236260.0),
    "birch1": (100, 92772748096690.0),
}
"""Number of clusters and least value known of the families' own files; found by search, so upper bounds."""


def fifteen(deviation: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return 5000 points in 15 round Gaussian clusters in a unit square, and the planted centres."""
    rng = np.random.default_rng(seed)
    centers = rng.random((1, 2))
    while len(centers) < 15:
        candidate = rng.random(2)
        if np.hypot(*(centers - candidate).T).min() > 0.16:  # none hides behind another
            centers = np.vstack([centers, candidate])
    return centers[rng.integers(0, 15, 5000)] + deviation * rng.normal(size=(5000, 2)), centers


def grid(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return 100,000 points in 100 round Gaussian clusters, four deviations apart, and the planted centres."""
    rng = np.random.default_rng(seed)
    centers = 4.0 * np.stack(np.meshgrid(np.arange(10), np.arange(10)), axis=-1).reshape(-1, 2)
    return centers[rng.integers(0, 100, 100_000)] + rng.normal(size=(100_000, 2)), centers


def planted_inertia(X: np.ndarray, centers: np.ndarray) -> float:
    """Return what Lloyd's iteration from the planted centres ends at."""
    return KMeans(len(centers), init=centers, tol=0, max_iter=1000).fit(X).inertia_


def basin_row(name: str, X: np.ndarray, n_clusters: int, reference: float, n_seeds: int) -> str:
    """Return the table row of one instance: on how many seeds effort "good" ends in the basin, how far off, how long."""
    gaps, seconds = [], []
    for seed in range(n_seeds):
        start = time.process_time()
        inertia = KMeans(n_clusters, effort="good", random_state=seed, n_threads=1).fit(X).inertia_
        seconds.append(time.process_time() - start)
        gaps.append(inertia / reference - 1)
    hits = sum(gap <= RIGHT for gap in gaps)
    cells = [name, f"{len(X):,}", str(n_clusters), f"{hits} of {n_seeds}", f"{max(gaps):.4%}"]
    return "| " + " | ".join([*cells, f"{statistics.median(seconds):.2f}"]) + " |"


def basin_table(n_seeds: int, more: Path | None) -> list[str]:
    """Return the lines on basins: the look-alikes, and the files of the families that are in the folder `more`."""
    rows = [
        f'Right basin (within {RIGHT:.1%} of Lloyd\'s iteration from the planted centres) at effort "good":',
        "",
        "| instance | points | K | right on seeds | worst gap | seconds |",
        "|---|---|---|---|---|---|",
    ]
    for name, deviation in LOOK_ALIKES.items():
        X, centers = fifteen(deviation)
        rows.append(basin_row(name, X, 15, planted_inertia(X, centers), n_seeds))
    X, centers = grid()
    rows.append(basin_row("grid of a hundred", X, 100, planted_inertia(X, centers), n_seeds))
    for name, (n_clusters, reference) in REFERENCES.items() if more else ():
        file = next((path for path in (more / f"{name}.csv", more / f"{name}.csv.gz") if path.exists()), None)
        if file is not None:
            X = np.loadtxt(file, delimiter=",", skiprows=1)
            rows.append(basin_row(f"{name} (own file, least value known)", X, n_clusters, reference, n_seeds))
    return rows
