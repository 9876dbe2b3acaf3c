"""K-Means against scikit-learn: processor seconds of one thread, both in one process, taking turns.

Run ``python benchmarks/bench_kmeans.py``; ``--quick`` runs every case once on less data, to see that it still works.
Ratios are the thing to trust: both sides meet the same noise, seconds depend on the machine and its load.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sklearn
import sklearn.cluster
from threadpoolctl import threadpool_limits

from placement.kmeans import KMeans

Fit = Callable[[], float]


@dataclass(frozen=True)
class Case:
    """One piece of work that both sides do, and how often."""

    name: str
    ours: Fit
    theirs: Fit
    repeats: int


def office(quick: bool) -> Case:
    """Return 100 desks, 5 devices, 100 starts: what somebody waits for."""
    X = np.random.default_rng(0).random((100, 2)) * [40, 20]
    return Case(
        "office 100 x 2, K=5, n_init=100",
        lambda: KMeans(5, n_init=100, random_state=0, n_threads=1).fit(X).inertia_,
        lambda: sklearn.cluster.KMeans(5, n_init=100, random_state=0).fit(X).inertia_,
        1 if quick else 21,
    )


def sites(quick: bool) -> Case:
    """Return a million points, 100 centres, 20 iterations from one given start: the same arithmetic on both sides."""
    rng = np.random.default_rng(1)
    n = 20_000 if quick else 1_000_000
    X = rng.normal(size=(n, 2)) + rng.integers(0, 12, size=(n, 2)) * 5
    rules = {"init": X[rng.choice(n, size=100, replace=False)], "n_init": 1, "max_iter": 20, "tol": 0}
    return Case(
        f"sites {n} x 2, K=100, 20 iterations",
        lambda: KMeans(100, n_threads=1, **rules).fit(X).inertia_,
        lambda: _silenced(lambda: sklearn.cluster.KMeans(100, **rules).fit(X).inertia_),
        1 if quick else 3,
    )


def _silenced(fit: Fit) -> float:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs warns that 20 iterations did not converge
        return fit()


def processor_seconds(fit: Fit) -> tuple[float, float]:
    """Return the processor time of one call, all threads together, and what it returned."""
    start = time.process_time()
    value = fit()
    return time.process_time() - start, value


def compare(case: Case) -> str:
    """Return the table row of one case: medians of both sides in turn, median of the ratios, inertia of ours over theirs."""
    processor_seconds(case.ours), processor_seconds(case.theirs)
    turns = [(processor_seconds(case.ours), processor_seconds(case.theirs)) for _ in range(case.repeats)]
    ours, theirs = (statistics.median(turn[side][0] for turn in turns) for side in (0, 1))
    ratio = statistics.median(turn[1][0] / turn[0][0] for turn in turns)
    value_ratio = turns[-1][0][1] / turns[-1][1][1]
    return f"{case.name:<40} {ours * 1e3:>10.2f} {theirs * 1e3:>14.2f} {ratio:>8.1f} {value_ratio:>14.9f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="every case once, on less data")
    quick = parser.parse_args().quick
    print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; processor milliseconds of one thread, medians")
    print(f"{'case':<40} {'placement':>10} {'scikit-learn':>14} {'ratio':>8} {'inertia ratio':>14}")
    with threadpool_limits(1):  # waiting helper threads spin, and their processor time would count
        for case in (office(quick), sites(quick)):
            print(compare(case))


if __name__ == "__main__":
    main()
