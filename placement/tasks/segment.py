"""Segments in a table of customers: read, scale, choose how many, cluster, name, measure. Values in, a new value out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from placement import __version__
from placement.kmeans import Clustering, KMeans, choose_k, diagnose, silhouette_samples
from placement.kmeans.effort import WatchClock
from placement.kmeans.preprocess import scale, trimmed_kmeans
from placement.progress import Watch
from placement.scenario.source import source_of
from placement.tasks.confusion import confusion, cut_into_bands
from placement.tasks.ending import Status, status_of, warning_of
from placement.tasks.naming import segment_names
from placement.tasks.table import read_customers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from placement.core.result import Source
    from placement.kmeans import ChosenK
    from placement.scenario import SegmentScenario
    from placement.tasks.confusion import Confusion
    from placement.tasks.table import Customers

MOST_FOR_CHOICE = 100_000
"""Rows on which the number of segments is chosen; a larger table is sampled for it, and clustered whole."""

MOST_FOR_SILHOUETTE = 2_000
"""Rows on which silhouettes are measured; their number grows with the square."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """One segment.

    Parameters
    ----------
    id, name : str
        S1, S2, ... from the largest; and what sets it apart in words.
    size : int
        Number of rows.
    share : float
        Share of the rows that are not set aside.
    mean, median, std, smallest, largest : ndarray of shape (d,)
        Of each feature, in its unit.
    deviation : ndarray of shape (d,)
        Mean of the segment in standard deviations of all rows from the mean of all rows, after the logarithm where one is taken.
    silhouette : float
        Mean silhouette of its rows in the sample measured; nan when none was.
    """

    id: str
    name: str
    size: int
    share: float
    mean: NDArray[np.float64]
    median: NDArray[np.float64]
    std: NDArray[np.float64]
    smallest: NDArray[np.float64]
    largest: NDArray[np.float64]
    deviation: NDArray[np.float64]
    silhouette: float


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """Everything that was found.

    Parameters
    ----------
    source : Source
        Where it comes from.
    customers : Customers
        The table.
    points : ndarray of shape (n, d)
        The rows as they were clustered: logarithms taken, on one scale.
    labels : ndarray of shape (n,)
        Position of each row's segment; −1 when it is set aside.
    segments : tuple of Segment
        From the largest; ties keep the order of the engine.
    centers : ndarray of shape (k, d)
        Centres of the segments, on the scale of `points`.
    chosen : ChosenK or None
        Why there are so many; None where the scenario says how many.
    n_looked_at : int
        Rows on which the number was chosen.
    inertia : float
        Sum of squared distances to the centres, on the scale of `points`.
    silhouettes : ndarray of shape (m,)
        Silhouettes of a sample of rows.
    silhouette_labels : ndarray of shape (m,)
        Segment of each of them.
    found : Confusion or None
        Known groups against segments.
    cut : Confusion or None
        Known groups against bands of one feature.
    seed : int
        Seed of the search.
    status : {"feasible", "time_limit", "interrupted"}
        How the search ended.
    version : str
        Version of this package.
    warnings : tuple of str
        What the user should know.
    """

    source: Source
    customers: Customers
    points: NDArray[np.float64]
    labels: NDArray[np.int64]
    segments: tuple[Segment, ...]
    centers: NDArray[np.float64]
    chosen: ChosenK | None
    n_looked_at: int
    inertia: float
    silhouettes: NDArray[np.float64]
    silhouette_labels: NDArray[np.int64]
    found: Confusion | None
    cut: Confusion | None
    seed: int
    status: Status = "feasible"
    version: str = __version__
    warnings: tuple[str, ...] = ()


def check(scenario: SegmentScenario) -> tuple[dict[str, int], str]:
    """Read and check the table without clustering; return its counts, and a sentence that says them."""
    customers = read_customers(scenario)
    counts = {"rows": customers.n, "features": len(customers.names)}
    return counts, f"Rows: {customers.n:,}, features: {len(customers.names)}."


def segment(scenario: SegmentScenario, watch: Watch | None = None) -> Segmentation:
    """Find the segments of a table.

    Parameters
    ----------
    scenario : SegmentScenario
        From `load_any`.
    watch : Watch, optional
        Hears about progress and may stop the search early; the best segments so far are returned all the same. Without one,
        only the scenario's own time limit stops it.

    Returns
    -------
    Segmentation
        The same for the same scenario, whatever the number of threads, unless the search was stopped.

    Raises
    ------
    ScenarioError
        With every fault of the table.
    """
    spec = scenario.spec
    customers = read_customers(scenario)
    plain = _with_logarithms(customers, spec.table.log)
    points = _scaled(plain, customers.is_number, spec.scale)
    rng = np.random.default_rng(spec.solver.seed)
    watch = watch or Watch(spec.solver.time_limit)
    chosen, n_looked_at = _choice(scenario, points, rng, watch)
    k = chosen.k if chosen is not None else int(spec.clusters)  # type: ignore[arg-type]
    labels, centers, inertia = _clustered(scenario, points, k, watch)
    status = status_of(watch)
    sample = np.sort(rng.permutation(np.flatnonzero(labels >= 0))[:MOST_FOR_SILHOUETTE])
    silhouettes = _silhouettes(points[sample], labels[sample])
    segments = _segments(customers, plain, labels, k, (silhouettes, labels[sample]))
    found = cut = None
    if customers.truth is not None:
        found = confusion(customers.groups, customers.truth, tuple(one.id for one in segments), labels)
        if spec.cut is not None:
            values = customers.values[:, customers.names.index(spec.cut)]
            cut = confusion(customers.groups, customers.truth, *cut_into_bands(values, customers.groups, customers.truth))
    return Segmentation(
        source=source_of(scenario, spec.report, _notes(customers, n_looked_at, chosen, len(sample))),
        customers=customers,
        points=points,
        labels=labels,
        segments=segments,
        centers=centers,
        chosen=chosen,
        n_looked_at=n_looked_at,
        inertia=inertia,
        silhouettes=silhouettes,
        silhouette_labels=labels[sample],
        found=found,
        cut=cut,
        seed=spec.solver.seed,
        status=status,
        warnings=(*warning_of(status, "segments"), *_warnings(points, Clustering(centers, labels, inertia), rng)),
    )


def _with_logarithms(customers: Customers, names: tuple[str, ...]) -> NDArray[np.float64]:
    plain = customers.values.copy()
    for name in names:
        column = customers.names.index(name)
        plain[:, column] = np.log1p(plain[:, column])
    return plain


def _scaled(plain: NDArray[np.float64], is_number: NDArray[np.bool_], method: str) -> NDArray[np.float64]:
    points = plain.copy()
    # A category is 0 or 1 already; scaling it would let a rare word outweigh every number.
    if method != "none" and is_number.any():
        points[:, is_number] = scale(plain[:, is_number], method).points
    return points


def _choice(
    scenario: SegmentScenario, points: NDArray[np.float64], rng: np.random.Generator, watch: Watch
) -> tuple[ChosenK | None, int]:
    clusters, solver = scenario.spec.clusters, scenario.spec.solver
    if isinstance(clusters, int):
        return None, 0
    part = points
    if len(points) > MOST_FOR_CHOICE:
        part = points[np.sort(rng.choice(len(points), MOST_FOR_CHOICE, replace=False))]
    numbers = range(clusters.from_, clusters.to + 1)
    chosen = choose_k(part, numbers, rule=clusters.rule, n_init=solver.n_init, random_state=solver.seed, watch=watch)
    return chosen, len(part)


def _clustered(
    scenario: SegmentScenario, points: NDArray[np.float64], k: int, watch: Watch
) -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Return labels, centres and inertia, the largest segment first."""
    solver, outliers = scenario.spec.solver, scenario.spec.outliers
    if outliers is not None:
        trimmed = trimmed_kmeans(points, k, share=outliers.trim, n_init=solver.n_init, random_state=solver.seed, watch=watch)
        labels, centers, inertia = trimmed.labels, trimmed.centers, trimmed.inertia
    else:
        model = KMeans(k, n_init=solver.n_init, random_state=solver.seed).fit_within(points, WatchClock(watch, "searching"))
        labels, centers, inertia = model.labels_, model.cluster_centers_, model.inertia_
    order = np.argsort(-np.bincount(labels[labels >= 0], minlength=k), kind="stable")
    rank = np.empty(k + 1, dtype=np.int64)
    rank[order], rank[k] = np.arange(k), -1
    return rank[labels], centers[order], inertia


def _silhouettes(points: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    if len(np.unique(labels)) < 2:  # noqa: PLR2004 - one segment has no neighbour
        return np.full(len(labels), np.nan)
    return silhouette_samples(points, labels)


def _segments(
    customers: Customers,
    plain: NDArray[np.float64],
    labels: NDArray[np.int64],
    k: int,
    silhouettes: tuple[NDArray[np.float64], NDArray[np.int64]],
) -> tuple[Segment, ...]:
    middle, spread = plain.mean(axis=0), plain.std(axis=0)
    rows = [np.flatnonzero(labels == j) for j in range(k)]
    spread = np.where(spread > 0, spread, 1.0)
    deviations = np.array([(plain[at].mean(axis=0) - middle) / spread for at in rows])
    names = segment_names([name.replace("_", " ") for name in customers.names], deviations)
    n_kept = sum(map(len, rows))
    segments = []
    for j, at in enumerate(rows):
        values, own = customers.values[at], silhouettes[0][silhouettes[1] == j]
        segments.append(
            Segment(
                id=f"S{j + 1}",
                name=names[j],
                size=len(at),
                share=len(at) / n_kept,
                mean=values.mean(axis=0),
                median=np.median(values, axis=0),
                std=values.std(axis=0),
                smallest=values.min(axis=0),
                largest=values.max(axis=0),
                deviation=deviations[j],
                silhouette=float(own.mean()) if len(own) else float("nan"),
            )
        )
    return tuple(segments)


def _warnings(points: NDArray[np.float64], clustering: Clustering, rng: np.random.Generator) -> tuple[str, ...]:
    """Return in plain words the ways in which these segments may mislead, looked for in a sample of a large table."""
    if len(points) > MOST_FOR_CHOICE:
        rows = np.sort(rng.choice(len(points), MOST_FOR_CHOICE, replace=False))
        points, clustering = points[rows], Clustering(clustering.centers, clustering.labels[rows], clustering.inertia)
    return tuple(finding.text for finding in diagnose(points, clustering))


def _notes(customers: Customers, n_looked_at: int, chosen: ChosenK | None, n_sample: int) -> tuple[str, ...]:
    notes = []
    if chosen is not None and n_looked_at < customers.n:
        notes.append(
            f"the number of segments was chosen on {n_looked_at:,} rows drawn at random; all {customers.n:,} were clustered"
        )
    if n_sample == MOST_FOR_SILHOUETTE:
        notes.append(f"silhouettes are those of {n_sample:,} rows among each other")
    return tuple(notes)
