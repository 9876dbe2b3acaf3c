"""A bound on k_means and p_median with devices anywhere in the plane, and its certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from placement import kernels
from placement.bounds.column_generation import ColumnGeneration
from placement.bounds.first_multipliers import first_multipliers
from placement.bounds.incumbent import Incumbent
from placement.bounds.pair_tree import PairTree, tree_data
from placement.bounds.pairs import NO_PAIRS
from placement.bounds.planar_sum import PlanarSum
from placement.bounds.representatives import represent
from placement.bounds.trials import Rules
from placement.core.certificate import Certificate
from placement.core.demand import Demand
from placement.core.problem import PROVEN_GAP, Effort, Problem, Search
from placement.core.types import BoolArray, FloatArray, IntArray
from placement.kmeans.origin import choose_origin
from placement.progress import Watch
from placement.units import count

TIME_TO_PROVE = 0.3
"""A search that has a time limit leaves this share of it to the proof."""
SMALL = 300
"""Problems with at most so many places get as many rounds as they need."""
TREE = 200
"""Problems with at most so many places are branched."""
ROUNDS: dict[Effort, int] = {"fast": 30, "good": 400, "best": 10_000}
LARGE_ROUNDS: dict[Effort, int] = {"fast": 10_000, "good": 25_000, "best": 100_000_000}
"""Rounds of large problems, times the number of places."""
FEWEST_ROUNDS, SERVED = 4, 2400
"""As long as work is counted, large problems get so many rounds at least, and rounds times points for each device at most."""
CELLS: dict[Effort, int] = {"fast": 20_000, "good": 60_000, "best": 400_000}
LARGE_CELLS: dict[Effort, int] = {"fast": 20_000_000, "good": 60_000_000, "best": 1_000_000_000}
"""Boxes of one proof of large problems, times the number of places."""
STARTS = 150_000
"""Starts of one pricing of large problems, times the number of places; but two for each device at least."""
BRANCHES: dict[Effort, int] = {"fast": 0, "good": 100, "best": 4_000}
STEPS: dict[Effort, int] = {"fast": 30, "good": 60, "best": 100}
LARGE_STEPS: dict[Effort, int] = {"fast": 10, "good": 25, "best": 100}
"""Steps in the search for first multipliers."""
LARGE = 1500
"""For more places than that, so many of them, drawn, are where devices might stand in that search; and, as long as work is
counted, not more than so many for each device, for the fewer devices the more points each of them reaches:"""
PLACES_PER_DEVICE, STARTS_PER_DEVICE = 40, 5
"""The same for the starts of one pricing of large problems."""


FEWEST_MEANS, MEANS_PER_DEVICE, MOST_MEANS, LEAST_PER_DEVICE = 300, 15, 1500, 4
"""Multipliers of large problems begin with those of so many means, few when time is up;"""
POINTS_PER_MEAN = 5
"""as long as each would stand for so many points. So many rounds at most are for these means; and for all, times points:"""
MEAN_ROUNDS: dict[Effort, int] = {"fast": 5, "good": 8, "best": 100}
LIFTED_ROUNDS: dict[Effort, int] = {"fast": 3_000, "good": 12_000, "best": 100_000_000}
LIFTED_SERVED: dict[Effort, int] = {"fast": 600, "good": 1200, "best": 100_000_000}
"""The same for each device: the fewer there are, the longer are columns."""


class PlaneProof(NamedTuple):
    """What is proven about devices anywhere in the plane.

    Parameters
    ----------
    bound : float
        No plan has a smaller value.
    certificate : Certificate
        Its proof.
    centers : ndarray of shape (n_new, 2)
        The new devices of the best plan in the plane that was met on the way [m].
    """

    bound: float
    certificate: Certificate
    centers: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class _Merged:
    """Demand points by place: the place of each point, and its share of the place's weight."""

    xy: FloatArray
    weight: FloatArray
    place: IntArray
    share: FloatArray

    def spread(self, multipliers: FloatArray) -> list[float]:
        """Return the multiplier of each demand point."""
        return [float(u) for u in multipliers[self.place] * self.share]

    def first(self, place: int) -> int:
        """Return the first demand point on a place."""
        return int(np.flatnonzero(self.place == place)[0])

    def is_single(self) -> BoolArray:
        """Tell which places carry one demand point only."""
        return np.asarray(np.bincount(self.place, minlength=len(self.xy)) == 1)


def prove_anywhere(problem: Problem, new_xy: FloatArray, search: Search, watch: Watch) -> PlaneProof:
    """Bound the value of every plan with `problem.n_new` devices anywhere in the plane, walls and constraints ignored.

    Parameters
    ----------
    problem : Problem
        With the objective k_means or p_median and straight-line distances.
    new_xy : ndarray of shape (n_new, 2)
        The new devices of a plan, the better the sooner the proof is done [m].
    search : Search
        Effort, gap and seed.
    watch : Watch
        Hears about progress; may stop the work, and the bound so far is returned.

    Returns
    -------
    PlaneProof
        A bound, 0 at least; the same for the same seed unless the watch stopped the work.
    """
    merged = merge(problem.demand)
    origin = choose_origin(merged.xy)
    is_squared = problem.objective.kind == "k_means"
    plain = PlanarSum(merged.xy - origin, merged.weight, problem.fixed.xy - origin, problem.n_new, is_squared)
    value = plain.serve(new_xy - origin)[1]
    if not value > 0.0:
        return _nothing(problem, new_xy)
    scaled = plain.scaled(value)
    incumbent = Incumbent(scaled, problem.domain.free is None)
    incumbent.settle(new_xy - origin, watch)
    if not incumbent.value > 0.0:
        return _nothing(problem, incumbent.centers + origin)
    may_branch = plain.n <= TREE and problem.fixed.m == 0
    first, rules = _first(scaled, incumbent, search, watch)
    tree = PairTree(scaled, incumbent, rules, search.seed)
    tree.grow(first, merged.is_single(), BRANCHES[search.effort] if may_branch else 0, watch)
    data = {"tree": tree_data(tree.root, lambda u: merged.spread(u * scaled.unit), merged.first)}
    bound = tree.bound * scaled.unit
    return PlaneProof(bound, Certificate("planar_multipliers", bound, data), incumbent.centers + origin)


def scope_anywhere(problem: Problem) -> str:
    """Return which plans the bound of `prove_anywhere` is about, in words."""
    words = f"any {count(problem.n_new, 'device')} anywhere in the plane"
    if problem.fixed.m:
        words = f"{words}, beside the fixed"
    ignored = ["walls and forbidden zones"] if problem.domain.free is not None else []
    ignored += [] if problem.constraints.is_free else ["constraints"]
    return f"{words}, {' and '.join(ignored)} ignored" if ignored else words


def merge(demand: Demand) -> _Merged:
    """Return the demand with points on the same spot as one place, in lexicographic order."""
    xy, weight = kernels.merge_points(demand.xy, demand.weight)
    order = np.lexsort((demand.xy[:, 1], demand.xy[:, 0]))
    is_new = np.any(np.diff(demand.xy[order], axis=0) != 0.0, axis=1)
    place = np.empty(demand.n, dtype=np.intp)
    place[order] = np.concatenate(([0], np.cumsum(is_new)))
    return _Merged(xy, np.asarray(weight), place, demand.weight / weight[place])


def rules_for(n: int, n_new: int, search: Search, watch: Watch) -> Rules:
    """Return how much work an effort means for n places and n_new devices; less when time is up."""
    is_counted = n > SMALL and search.effort != "best"
    rounds = ROUNDS[search.effort] if n <= SMALL else LARGE_ROUNDS[search.effort] // n
    if is_counted:
        rounds = max(FEWEST_ROUNDS, min(rounds, SERVED * n_new // n))
    most_starts = STARTS_PER_DEVICE * max(n_new, 2) if is_counted else STARTS
    return Rules(
        n_rounds=rounds,
        n_cells=CELLS[search.effort] if n <= SMALL else min(CELLS[search.effort], LARGE_CELLS[search.effort] // n),
        n_starts=n_new if watch.stop_reason() else max(2 * n_new, min(150, STARTS // n, most_starts)),
        batch=max(30, n_new),
        gap=max(search.gap, 0.9 * PROVEN_GAP),
        settled=0.02 if n <= TREE else 1e-4,
    )


def _first(problem: PlanarSum, incumbent: Incumbent, search: Search, watch: Watch) -> tuple[FloatArray, Rules]:
    """Return multipliers to begin with, and how much work follows: little, and a finer proof, where they are those of means."""
    wanted = 0 if watch.stop_reason() else min(MEANS_PER_DEVICE * problem.n_new, MOST_MEANS)
    n_means = max(FEWEST_MEANS, wanted, LEAST_PER_DEVICE * problem.n_new)
    is_single = problem.n_new == 1 and len(problem.fixed_xy) == 0  # what its only device is worth is known
    if is_single or problem.n < POINTS_PER_MEAN * n_means:
        first = _from_places(problem, incumbent, search, watch)
        return first, rules_for(problem.n, problem.n_new, search, watch)
    first = _from_means(problem, incumbent, n_means, search, watch)
    rules = rules_for(problem.n, problem.n_new, search, watch)
    few = max(1, min(LIFTED_ROUNDS[search.effort], LIFTED_SERVED[search.effort] * problem.n_new) // problem.n)
    return first, rules._replace(n_rounds=min(rules.n_rounds, few), n_cells=CELLS[search.effort])


def _from_means(problem: PlanarSum, incumbent: Incumbent, n_means: int, search: Search, watch: Watch) -> FloatArray:
    """Return multipliers to begin with: those of so many means."""
    chosen = represent(problem, n_means, search.seed)
    means = chosen.means.scaled(chosen.means.serve(incumbent.centers)[1])
    best = Incumbent(means, is_allowed=False)
    best.settle(incumbent.centers, watch)
    rules = rules_for(means.n, means.n_new, search, watch)
    rules = rules._replace(n_rounds=min(rules.n_rounds, MEAN_ROUNDS[search.effort]))
    found = ColumnGeneration(means, NO_PAIRS, best, rules, search.seed)
    found.start(_from_places(means, best, search, Watch()), watch)
    found.run(watch)
    return chosen.lifted(found.multipliers * (means.unit / problem.unit))


def _from_places(problem: PlanarSum, incumbent: Incumbent, search: Search, watch: Watch) -> FloatArray:
    """Return multipliers to begin with: those of devices on some of the points."""
    rng = np.random.default_rng(search.seed)
    is_counted = problem.n > SMALL and search.effort != "best"
    most = min(LARGE, PLACES_PER_DEVICE * max(problem.n_new, 4)) if is_counted else LARGE
    places = problem.xy[np.sort(rng.choice(problem.n, most, replace=False))] if problem.n > most else problem.xy
    steps = STEPS if problem.n <= SMALL else LARGE_STEPS
    return first_multipliers(problem, incumbent.centers, places, steps[search.effort], watch)


def _nothing(problem: Problem, centers: FloatArray) -> PlaneProof:
    """Return the bound 0: no sum of distances is smaller."""
    data = {"tree": {"multipliers": [0.0] * problem.demand.n}}
    return PlaneProof(0.0, Certificate("planar_multipliers", 0.0, data), centers)
