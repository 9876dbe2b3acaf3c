"""How near the search comes to the best values known, and how long it takes: the second half of bench_kmeans.py."""

from __future__ import annotations

import csv
import statistics
import time
import warnings
from pathlib import Path

import numpy as np
import sklearn.cluster

from placement.kmeans import KMeans

DATA = Path(__file__).with_name("data")
_SMALL = 150
_REACHED = 1e-6
_LARGER = [("u1060", 50), ("pcb3038", 10), ("pcb3038", 50), ("pcb3038", 100)]


def load(name: str) -> np.ndarray:
    """Return the points of one instance."""
    return np.loadtxt(DATA / f"{name}.csv", delimiter=",", skiprows=1)


def best_known() -> dict[tuple[str, int], tuple[int, float]]:
    """Return number of points and best value known, by instance and K."""
    with (DATA / "values.csv").open(encoding="utf-8") as file:
        return {(row["dataset"], int(row["K"])): (int(row["n"]), float(row["best_known"])) for row in csv.DictReader(file)}


def gaps(name: str, n_clusters: int, n_seeds: int) -> tuple[list[float], list[float]]:
    """Return the gap [share of the best known value] and the processor seconds of each seed at effort "good"."""
    X, best = load(name), best_known()[name, n_clusters][1]
    found, seconds = [], []
    for seed in range(n_seeds):
        start = time.process_time()
        inertia = KMeans(n_clusters, effort="good", random_state=seed, n_threads=1).fit(X).inertia_
        seconds.append(time.process_time() - start)
        found.append(inertia / best - 1)
    return found, seconds


def small_rows(n_seeds: int) -> list[str]:
    """Return one line on all instances of at most 150 points."""
    names = [key for key, (n, _) in best_known().items() if n <= _SMALL]
    results = {key: gaps(*key, n_seeds) for key in names}
    missed = [f"{name} K={k}" for (name, k), (found, _) in results.items() if max(found) > _REACHED]
    slowest = max(statistics.median(seconds) for _, seconds in results.values())
    reached = (
        f"{len(names) - len(missed)} of {len(names)} instances with n <= {_SMALL} reach the best known value on every one of"
    )
    return [
        f"{reached} {n_seeds} seeds; the slowest takes {slowest * 1e3:.1f} ms.{' Missed: ' + ', '.join(missed) if missed else ''}"
    ]


def large_row(name: str, n_clusters: int, n_seeds: int) -> str:
    """Return the table row of one instance beside scikit-learn with fifty starts."""
    found, seconds = gaps(name, n_clusters, n_seeds)
    X, best = load(name), best_known()[name, n_clusters][1]
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sklearn.cluster.KMeans(n_clusters, n_init=50, random_state=0).fit(X).inertia_ / best - 1
    their_seconds = time.process_time() - start
    cells = [
        f"{name} K={n_clusters}",
        f"{statistics.median(found):.3%}",
        f"{max(found):.3%}",
        f"{statistics.median(seconds):.2f}",
    ]
    return "| " + " | ".join([*cells, f"{theirs:.3%}", f"{their_seconds:.2f}"]) + " |"


def quality_table(n_small_seeds: int, n_seeds: int) -> list[str]:
    """Return the lines on quality."""
    head = "| instance | gap, median | gap, worst seed | seconds | scikit-learn n_init=50: gap | seconds |"
    rows = [large_row(name, n_clusters, n_seeds) for name, n_clusters in _LARGER]
    return [
        f'Effort "good", {n_seeds} seeds, gap to the best value known:',
        "",
        head,
        "|---|---|---|---|---|---|",
        *rows,
        "",
        *small_rows(n_small_seeds),
    ]
