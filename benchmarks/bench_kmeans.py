"""K-Means against scikit-learn, and against faiss when it is installed: processor seconds of one thread, taking turns.

Run ``python benchmarks/bench_kmeans.py`` to print the table and write it into ``benchmarks/README.md``; ``--quick`` runs every
case once on less data, to see that it still works; ``--large`` adds ten million points, their peak memory and two threads;
``--more FOLDER`` instances that cannot be shipped (see `basins`). Ratios are the thing to trust: all sides meet the same noise,
seconds depend on the machine and its load.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import sklearn
import sklearn.cluster
from basins import basin_table
from footprint import footprint_table
from quality import quality_table
from threadpoolctl import threadpool_limits

from placement.kmeans import KMeans, choose_k

Inertia = float | np.ndarray
"""Of one fit, or of one for each K."""

Fit = Callable[[], Inertia]
README = Path(__file__).with_name("README.md")
MARKS = ("<!-- engine table: written by bench_kmeans.py -->", "<!-- end of engine table -->")


@dataclass(frozen=True)
class Case:
    """One piece of work, who does it (ours first), and how often; `share` of the work that the others are given."""

    name: str
    fits: dict[str, Fit]
    repeats: int
    share: float = 1.0


def office(quick: bool) -> Case:
    """Return 100 desks, 5 devices, 100 starts: what somebody waits for."""
    X = np.random.default_rng(0).random((100, 2)) * [40, 20]
    rules = {"n_init": 100, "random_state": 0}
    return Case("100 x 2, K=5, n_init=100", both(X, 5, rules), 1 if quick else 21)


def customers(quick: bool) -> Case:
    """Return two million customers with four features and five segments, ten starts."""
    rng = np.random.default_rng(2)
    n = 20_000 if quick else 2_000_000
    middles = np.array([[0, 0, 0, 0], [4, 1, 0, 2], [-3, 2, 1, 0], [2, -4, 0, 1], [-2, -2, 3, 0]])
    X = rng.normal(size=(n, 4)) * [1, 0.5, 0.7, 0.3] + middles[rng.integers(0, 5, n)]
    return Case(f"{n:,} x 4, K=5, n_init=10", both(X, 5, {"n_init": 10, "random_state": 0}), 1)


def photo(quick: bool) -> Case:
    """Return a picture of smooth shades with grain, as bytes: 16 colours, one start, until it stands."""
    side = 100 if quick else 1000
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0 : 1 : side * 1j, 0 : 1 : side * 1j]
    shades = np.stack([np.sin(4 * x + y), np.cos(3 * y), x * y], axis=-1) * 90 + 120 + 8 * rng.normal(size=(side, side, 3))
    X = shades.clip(0, 255).astype(np.uint8).reshape(-1, 3)
    return Case(f"{len(X):,} pixels (bytes), K=16, n_init=1", both(X, 16, {"n_init": 1, "random_state": 0}), 1 if quick else 3)


def sites(quick: bool, n_clusters: int, n: int = 1_000_000, share: float = 1.0) -> Case:
    """Return points in 144 heaps, 20 iterations from one given start: the same arithmetic for everybody."""
    rng = np.random.default_rng(1)
    n = 20_000 if quick else n
    X = rng.normal(size=(n, 2)) + rng.integers(0, 12, size=(n, 2)) * 5
    rules = {"init": X[rng.choice(n, size=n_clusters, replace=False)], "n_init": 1, "max_iter": 20, "tol": 0}
    fits = both(X, n_clusters, rules, share)
    if find_spec("faiss"):
        fits["faiss"] = _faiss(X.astype(np.float32), rules["init"].astype(np.float32), round(20 * share))
    name = f"{n:,} x 2, K={n_clusters}, 20 iterations, given start"
    return Case(name, fits, 1 if quick or n > 1_000_000 or n_clusters > 100 else 3, share)


def seeded_sites(quick: bool) -> Case:
    """Return a thousand centres from greedy k-means++ and 20 iterations; the others go two iterations only."""
    rng = np.random.default_rng(1)
    n, k = (5_000, 50) if quick else (1_000_000, 1000)
    X = rng.normal(size=(n, 2)) + rng.integers(0, 12, size=(n, 2)) * 5
    ours = {"max_iter": 20, "n_init": 1, "tol": 0, "random_state": 0}
    fits = {"placement": both(X, k, ours)["placement"], "scikit-learn": both(X, k, ours | {"max_iter": 2})["scikit-learn"]}
    return Case(f"{n:,} x 2, K={k}, greedy k-means++ and 20 iterations (scikit-learn: 2)", fits, 1)


def elbow(quick: bool) -> Case:
    """Return the curve of K = 2..20 with ten starts each: one `choose_k`, measures and all, against a fit for each K."""
    rng = np.random.default_rng(4)
    n = 2_000 if quick else 100_000
    X = rng.normal(size=(n, 2)) + rng.integers(0, 4, size=(n, 2)) * 5
    counts = range(2, 6) if quick else range(2, 21)
    theirs = [both(X, k, {"n_init": 10, "random_state": 0})["scikit-learn"] for k in counts]
    fits = {
        "placement": lambda: np.array([row.wcss for row in choose_k(X, counts, n_init=10, random_state=0, n_threads=1).table]),
        "scikit-learn": lambda: np.array([fit() for fit in theirs]),
    }
    return Case(f"K=2..{counts[-1]}, n_init=10, {n:,} x 2, `choose_k` (inertia: the worst K)", fits, 1)


def wide(quick: bool, d: int, n_clusters: int) -> Case:
    """Return a cloud of d features, 20 iterations from one given start."""
    rng = np.random.default_rng(d)
    n = 2_000 if quick else 100_000
    X = rng.normal(size=(n, d))
    rules = {"init": X[:n_clusters], "n_init": 1, "max_iter": 20, "tol": 0}
    return Case(f"{n:,} x {d}, K={n_clusters}, 20 iterations, given start", both(X, n_clusters, rules), 1 if quick else 3)


def both(X: np.ndarray, n_clusters: int, rules: dict, share: float = 1.0) -> dict[str, Fit]:
    """Return the same fit by ours and by scikit-learn's KMeans, the latter with a share of the iterations."""
    less = rules | {"max_iter": round(rules["max_iter"] * share)} if share < 1 else rules
    return {
        "placement": lambda: KMeans(n_clusters, n_threads=1, **rules).fit(X).inertia_,
        "scikit-learn": lambda: _silenced(lambda: sklearn.cluster.KMeans(n_clusters, **less).fit(X).inertia_),
    }


def _faiss(X: np.ndarray, start: np.ndarray, n_iter: int) -> Fit:
    import faiss

    def fit() -> float:
        faiss.omp_set_num_threads(1)
        options = {"niter": n_iter, "max_points_per_centroid": len(X), "min_points_per_centroid": 1, "seed": 1}
        model = faiss.Kmeans(2, len(start), **options)
        model.train(X, init_centroids=start)
        distances, _ = model.index.search(X, 1)  # labels, which the others give too
        return float(distances.sum(dtype=np.float64))

    return fit


def _silenced(fit: Fit) -> Inertia:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs warns that 20 iterations did not converge
        return fit()


def processor_seconds(fit: Fit) -> tuple[float, Inertia]:
    """Return the processor time of one call, all threads together, and what it returned."""
    start = time.process_time()
    value = fit()
    return time.process_time() - start, value


def compare(case: Case) -> str:
    """Return the table row of one case: medians of all sides in turn, medians of the ratios, inertia of ours over theirs."""
    processor_seconds(case.fits["placement"])
    turns = [{name: processor_seconds(fit) for name, fit in case.fits.items()} for _ in range(case.repeats)]
    share = {name: 1.0 if name == "placement" else case.share for name in case.fits}
    cells = [case.name, f"{statistics.median(turn['placement'][0] for turn in turns) * 1e3:.2f}"]
    for name in ("scikit-learn", "faiss"):
        if name not in case.fits:
            cells += ["", ""]
            continue
        cells.append(f"{statistics.median(turn[name][0] for turn in turns) / share[name] * 1e3:.1f}")
        cells.append(f"{statistics.median(turn[name][0] / turn['placement'][0] for turn in turns) / share[name]:.1f}")
    is_equal_work = case.share == 1.0
    cells.append(f"{np.max(turns[-1]['placement'][1] / turns[-1]['scikit-learn'][1]):.6f}" if is_equal_work else "")
    return "| " + " | ".join(cells) + " |"


def speed_table(quick: bool, large: bool) -> list[str]:
    """Return the rows of the speed table; they are printed as they come."""
    makers: list[Callable[[], Case]] = [
        lambda: office(quick),
        lambda: customers(quick),
        lambda: photo(quick),
        lambda: sites(quick, 100),
        lambda: sites(quick, 1000, share=0.1),
        lambda: seeded_sites(quick),
        lambda: elbow(quick),
        *((lambda d=d, k=k: wide(quick, d, k)) for d in (3, 4, 8, 16) for k in (10, 100)),
    ]
    if large:
        makers.append(lambda: sites(quick, 1000, n=10_000_000, share=0.05))
    rows = [
        "| job | placement [ms] | scikit-learn [ms] | ratio | faiss, float32 [ms] | ratio | inertia over scikit-learn's |",
        "|---|---|---|---|---|---|---|",
    ]
    for make in makers:  # one at a time: the data of a case go before the next one comes
        rows.append(compare(make()))
        print(rows[-1], flush=True)
    return rows


def write_readme(lines: list[str]) -> None:
    """Put the tables between their marks."""
    before, rest = README.read_text(encoding="utf-8").split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    README.write_text(before + MARKS[0] + "\n\n" + "\n".join(lines) + "\n\n" + MARKS[1] + after, encoding="utf-8")


def main() -> None:
    """Measure, print, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="every case once, on less data; nothing is written")
    parser.add_argument("--large", action="store_true", help="ten million points too")
    parser.add_argument("--more", type=Path, metavar="FOLDER", help="s1.csv to s4.csv and birch1.csv[.gz] from this folder too")
    arguments = parser.parse_args()
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, scikit-learn {sklearn.__version__}"
    with threadpool_limits(1):  # waiting helper threads spin, and their processor time would count
        rows = speed_table(arguments.quick, arguments.large)
        quality = quality_table(1 if arguments.quick else 20, 1 if arguments.quick else 10)
        quality += ["", *basin_table(1 if arguments.quick else 20, arguments.more)]
    footprint = footprint_table(arguments.quick) if arguments.large or arguments.quick else []
    print("\n".join([*quality, "", *footprint]))
    if not arguments.quick:
        write_readme([f"Processor time of one thread, {versions}.", "", *rows, "", *(footprint and [*footprint, ""]), *quality])


if __name__ == "__main__":
    main()
