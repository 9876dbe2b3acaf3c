"""How many clusters? One call over a range of k: every curve people look at, a rule by name, and its reason in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.kernels import merge_points
from placement.kmeans.judge import CandidateK, Judge
from placement.kmeans.knee import find_knee
from placement.kmeans.origin import origin_between
from placement.kmeans.randomness import RandomState, draw_seeds
from placement.kmeans.shortlist import Coarse, joined, shortlists
from placement.kmeans.table import as_table
from placement.kmeans.tree_ground import PlainGround, TreeGround, make_ground
from placement.kmeans.validation import as_weights, require_choice, require_integer
from placement.progress import Progress, Watch

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_RULES = ("knee", "silhouette", "calinski_harabasz", "davies_bouldin")
_TOLERANCE = 1e-4
_FEWEST_FOR_A_KNEE = 3

_LARGE = 50_000
"""Up to so many distinct points every start runs on all of them."""

_COARSE = 4000
_COARSE_PER_CENTER = 30
"""With fewer node means a centre they say too little about where the centres belong."""


@dataclass(frozen=True, slots=True, eq=False)
class ChosenK:
    """A number of clusters and why.

    Parameters
    ----------
    k : int
        The number chosen.
    rule : str
        By which rule.
    why : str
        One sentence.
    table : tuple of CandidateK
        All that were looked at, k rising.
    centers : ndarray of shape (k, d)
        The centres found with the chosen k; ``KMeans(k, init=centers)`` starts from them.
    n_silhouettes : int
        On how many samples the silhouettes rest: all distinct ones, or a random part.
    """

    k: int
    rule: str
    why: str
    table: tuple[CandidateK, ...]
    centers: NDArray[np.float64]
    n_silhouettes: int


def choose_k(
    X: Any,
    k_range: Iterable[int],
    *,
    rule: str = "knee",
    sample_weight: ArrayLike | None = None,
    n_init: int = 10,
    random_state: RandomState = 0,
    n_threads: int | None = None,
    watch: Watch | None = None,
) -> ChosenK:
    """Cluster with every k of a range and choose one by a named rule.

    Parameters
    ----------
    X : array-like or data frame of shape (n, d)
        Finite numbers.
    k_range : iterable of int
        Numbers of clusters to look at, each at least 1 and at most the number of distinct samples; in any order.
    rule : {"knee", "silhouette", "calinski_harabasz", "davies_bouldin"}
        "knee": where the WCSS curve lies farthest below the chord between its ends (`find_knee`, after Satopää et al. 2011);
        otherwise the k at which the measure is best. Ties go to the smallest k.
    sample_weight : array-like of shape (n,), optional
        At least 0 and not all 0; 1 each when left out.
    n_init : int
        k-means++ starts of each k, beside the warm ones.
    random_state : int, numpy Generator, numpy RandomState or None
        Where random starts and the part for the silhouettes come from; the same every time when left out.
    n_threads : int, optional
        None for all available processors. The result does not depend on it.
    watch : Watch, optional
        Hears of each k done and may end the work after any of them; the choice is then among those looked at.

    Returns
    -------
    ChosenK
        The choice, its reason and the table.

    Raises
    ------
    ValueError
        If an argument is not allowed, "knee" is asked of fewer than three values of k, or another rule of k = 1 alone.
    TypeError
        If X is sparse or not made of numbers.

    Notes
    -----
    WCSS never rises with k: every k also starts from the best centres of the k before it plus the sample with the largest
    w |x − c|². Above 50,000 distinct samples in up to four features all starts run on the means of small tree nodes, with more
    warm ones from the k before and after (`shortlists`); the best few then run on all samples.

    Above 1000 distinct samples the silhouettes are those within 1000 drawn with chances proportional to their weights; the other
    columns use all samples. Keep the range well below the number of distinct samples: with each in a cluster of its own the
    Davies-Bouldin index is 0 and means nothing.

    Examples
    --------
    >>> chosen = choose_k([[0, 0], [2, 0], [20, 0], [22, 0], [10, 30], [12, 30]], range(1, 7))
    >>> chosen.k, [round(row.wcss, 1) for row in chosen.table]
    (3, [1606.0, 406.0, 6.0, 4.0, 2.0, 0.0])
    """
    require_choice("rule", rule, _RULES)
    samples = as_table(X)
    weights = as_weights(sample_weight, len(samples.points))
    origin = origin_between(samples.low, samples.high)
    ground = make_ground(samples, None if sample_weight is None else weights, origin, "auto", n_threads)
    ground.rules = {"tol": _TOLERANCE * ground.mean_variance, "n_threads": n_threads}
    numbers = _checked_range(k_range, rule, ground.n_rows)
    starts = require_integer("n_init", n_init, 1)
    rng = np.random.default_rng(draw_seeds(random_state, 1)[0])
    places, mass = _places(ground, samples.points - origin, weights)
    judge = Judge(places, mass, rng, n_threads)
    seeds = rng.integers(0, 2**64, size=(len(numbers), starts), dtype=np.uint64)
    coarse = _coarse(ground, numbers[-1])
    shortlist = None if coarse is None else shortlists(coarse, numbers, seeds, rng, ground.rules)
    curve = _curve(ground, judge, numbers, seeds, shortlist)
    found, table = _until_stopped(curve, len(numbers), rule, watch or Watch())
    position, why = _choose(table, rule)
    return ChosenK(numbers[position], rule, why, tuple(table), found[position] + origin, judge.n_silhouettes)


def _checked_range(k_range: Iterable[int], rule: str, n_places: int) -> list[int]:
    numbers = sorted({require_integer("k_range", k, 1) for k in k_range})
    if not numbers:
        raise ValueError("k_range holds no number of clusters")
    if numbers[-1] > n_places:
        raise ValueError(f"k_range goes up to {numbers[-1]}, but only {n_places} distinct samples have weight")
    if rule == "knee" and len(numbers) < _FEWEST_FOR_A_KNEE:
        raise ValueError("the knee of a curve needs at least three values in k_range")
    if rule != "knee" and numbers == [1]:
        raise ValueError(f"{rule} says nothing about one cluster; k_range needs a value above 1")
    return numbers


def _coarse(ground: PlainGround | TreeGround, most_clusters: int) -> Coarse | None:
    """Return the means of small nodes when there are far fewer of them than points, yet enough for so many clusters."""
    if not isinstance(ground, TreeGround) or ground.n_rows <= _LARGE:
        return None
    coarse = Coarse(*ground.tree.coarse(_COARSE))
    return coarse if len(coarse.points) >= _COARSE_PER_CENTER * most_clusters else None


def _curve(
    ground: PlainGround | TreeGround,
    judge: Judge,
    numbers: list[int],
    seeds: NDArray[np.uint64],
    shortlist: list[NDArray[np.float64]] | None,
) -> Iterator[tuple[NDArray[np.float64], CandidateK]]:
    """Give the best centres found for each number, and how good they are."""
    centers, row = None, None
    for at, k in enumerate(numbers):
        runs = ground.restarts(k, seeds[at], "k-means++") if shortlist is None else ground.run_from(shortlist[at])
        # A shortlist holds warm starts already; on all points one is slow, and then only wanted to keep the curve from rising.
        if centers is not None and row is not None and (shortlist is None or runs.inertia.min() > row.wcss):
            runs = joined(runs, ground.run_from(judge.grow(centers, k)[None]))
        centers = runs.centers[int(np.argmin(runs.inertia))]
        row = judge.measure(centers)
        yield centers, row


def _until_stopped(
    curve: Iterator[tuple[NDArray[np.float64], CandidateK]], n_numbers: int, rule: str, watch: Watch
) -> tuple[list[NDArray[np.float64]], list[CandidateK]]:
    """Return the curve as far as the watch lets it go, at least up to a row that the rule can be applied to."""
    found: list[NDArray[np.float64]] = []
    table: list[CandidateK] = []
    for centers, row in curve:
        found.append(centers)
        table.append(row)
        watch.report(Progress("choosing k", len(table), n_numbers, row.wcss))
        if watch.stop_reason() is not None and (rule == "knee" or row.k > 1):
            break
    return found, table


def _places(
    ground: PlainGround | TreeGround, points: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return ground.tree.arrays()[:2] if isinstance(ground, TreeGround) else merge_points(points, weights)


def _choose(table: list[CandidateK], rule: str) -> tuple[int, str]:
    numbers = [row.k for row in table]
    span = f"{numbers[0]} to {numbers[-1]}"
    if rule == "knee":
        position, depth = find_knee(np.array(numbers, dtype=float), np.array([row.wcss for row in table]))
        if depth <= 0:
            return position, f"the within-cluster sum of squares has no knee from {span}, so the smallest k is taken."
        return position, (
            f"at k = {numbers[position]} the within-cluster sum of squares lies farthest below the line between its ends at "
            f"{numbers[0]} and {numbers[-1]}, by {depth:.0%} of its height."
        )
    values = np.array([getattr(row, rule) for row in table])
    is_small_better = rule == "davies_bouldin"
    position = int(np.nanargmin(values) if is_small_better else np.nanargmax(values))
    name = {"silhouette": "mean silhouette", "calinski_harabasz": "Calinski-Harabasz ratio"}.get(rule, "Davies-Bouldin index")
    best = "smallest" if is_small_better else "largest"
    return position, f"of k = {span} the {name} is {best} at {numbers[position]}, where it is {values[position]:.3g}."
