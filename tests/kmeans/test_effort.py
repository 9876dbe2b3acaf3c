"""Effort: more work is never worse, counts no seconds, and reaches the published optima of small instances."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from placement.kmeans import KMeans
from placement.kmeans.effort import Clock, WatchClock, improvements
from placement.kmeans.kicks import count_kicks, search
from placement.kmeans.table import as_table
from placement.kmeans.tree_ground import make_ground
from placement.progress import Watch

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
with (DATA / "values.csv").open() as _file:
    SMALL = [(row["dataset"], int(row["K"]), float(row["best_known"])) for row in csv.DictReader(_file) if int(row["n"]) <= 150]


@pytest.fixture
def blobs():
    """Return 600 points in 30 groups: enough for single starts to miss some."""
    rng = np.random.default_rng(2)
    return (rng.random((30, 1, 2)) * 40 + rng.normal(size=(30, 20, 2)) * 0.5).reshape(-1, 2)


@pytest.mark.parametrize(("name", "k", "best_known"), SMALL)
def test_good_reaches_the_best_known_value_of_every_small_instance(name, k, best_known):
    """On three seeds each (the benchmark takes twenty)."""
    X = np.loadtxt(DATA / f"{name}.csv", delimiter=",", skiprows=1)
    for seed in range(3):
        assert KMeans(k, effort="good", random_state=seed).fit(X).inertia_ <= best_known * (1 + 1e-6)


def test_more_effort_is_never_worse_and_here_it_is_better(blobs):
    """From one start each: good is at or below fast, best at or below good, and the search finds what starts miss."""
    for seed in range(3):
        fast, good, best = (
            KMeans(30, n_init=1, effort=effort, random_state=seed).fit(blobs).inertia_ for effort in ("fast", "good", "best")
        )
        assert best <= good <= fast
        assert good < 0.99 * fast


def test_the_history_falls_to_the_result(blobs):
    """Tries rise, values fall, the last one is the inertia; also when starts alone are tried."""
    for effort in ("fast", "good"):
        model = KMeans(30, n_init=3, effort=effort, random_state=1).fit(blobs)
        tries, values = model.history_.T
        assert all(later > earlier for earlier, later in pairwise(tries))
        assert all(later < earlier for earlier, later in pairwise(values))
        assert values[-1] == pytest.approx(model.inertia_, rel=1e-9)
        assert not model.is_stopped_by_time_


def test_the_search_leaves_a_consistent_fit(blobs):
    """Labels are what `predict` says, inertia what `score` says, centres the weighted means of their samples."""
    weights = np.random.default_rng(0).integers(0, 3, size=len(blobs)).astype(float)
    model = KMeans(12, effort="good", n_init=1, random_state=0, tol=0).fit(blobs, sample_weight=weights)
    np.testing.assert_array_equal(model.labels_, model.predict(blobs))
    assert -model.score(blobs, sample_weight=weights) == pytest.approx(model.inertia_, rel=1e-12)
    for j, center in enumerate(model.cluster_centers_):
        own = model.labels_ == j
        np.testing.assert_allclose(center, np.average(blobs[own], axis=0, weights=weights[own]), rtol=1e-12)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_way(blobs):
    """Twice, and with another number of threads; the history shows the way."""
    models = [
        KMeans(30, n_init=1, effort="good", random_state=seed, n_threads=t).fit(blobs) for seed, t in ((4, 1), (4, 2), (5, 1))
    ]
    assert models[0].cluster_centers_.tobytes() == models[1].cluster_centers_.tobytes()
    assert models[0].history_.tobytes() == models[1].history_.tobytes()
    assert models[0].history_.tobytes() != models[2].history_.tobytes()


def test_a_time_limit_stops_the_work_and_says_so(blobs):
    """Next to no time: one start, no kick, a consistent result, and the mark that it was cut short."""
    for effort in ("fast", "best"):
        model = KMeans(30, n_init=50, effort=effort, time_limit=1e-9, random_state=0).fit(blobs)
        assert model.is_stopped_by_time_
        assert model.inertias_.shape == (1,)
        np.testing.assert_array_equal(model.labels_, model.predict(blobs))
    assert not KMeans(3, n_init=2, time_limit=1000, random_state=0).fit(blobs).is_stopped_by_time_


def test_many_points_are_searched_from_a_distance():
    """Thirty thousand points: the search sees node means, the result is that of all points and below the starts'."""
    rng = np.random.default_rng(9)
    X = (rng.random((60, 1, 2)) * 60 + rng.normal(size=(60, 500, 2))).reshape(-1, 2)
    fast, good = (KMeans(60, n_init=1, effort=effort, random_state=2).fit(X) for effort in ("fast", "good"))
    assert good.inertia_ < 0.99 * fast.inertia_
    assert -good.score(X) == pytest.approx(good.inertia_, rel=1e-12)
    assert good.history_[-1, 1] == good.inertia_


def test_given_centres_are_searched_from_too(blobs):
    """Effort does not need random starts; more than four features have no tree and are searched as well."""
    given = KMeans(6, init=blobs[:6], effort="good", random_state=0).fit(blobs)
    assert given.inertia_ <= KMeans(6, init=blobs[:6]).fit(blobs).inertia_
    wide = np.random.default_rng(0).normal(size=(300, 6))
    fast, good = (KMeans(9, effort=effort, n_init=1, random_state=0).fit(wide).inertia_ for effort in ("fast", "good"))
    assert good < fast


@pytest.mark.parametrize(
    ("name", "value"), [("effort", "much"), ("time_limit", 0), ("time_limit", "long"), ("time_limit", float("nan"))]
)
def test_what_is_no_effort_is_refused(blobs, name, value):
    """The message names the parameter."""
    with pytest.raises(ValueError, match=name):
        KMeans(2).set_params(**{name: value}).fit(blobs)


def test_small_parts():
    """Kicks grow with k; improvements are the falls of the running minimum; a clock without limit never ends."""
    assert count_kicks("best", 5, 400) == 10 * count_kicks("good", 5, 400)
    assert count_kicks("good", 500, 400) > count_kicks("good", 5, 400)
    assert count_kicks("good", 5, 50) > count_kicks("good", 5, 400)
    assert improvements(np.array([4.0, 4.0, 5.0, 1.0])).tolist() == [[1.0, 4.0], [4.0, 1.0]]
    assert Clock(None).remaining() == np.inf
    assert Clock(1e-12).remaining() == 0.0


def test_good_ends_early_where_tries_agree_and_best_goes_on():
    """Five clear clusters: ten short tries end alike, and good stops; best goes on, and so does good with fewer starts."""
    rng = np.random.default_rng(0)
    X = (rng.random((5, 1, 2)) * 100 + rng.normal(size=(5, 40, 2))).reshape(-1, 2)
    ground = make_ground(as_table(X), None, np.zeros(2), "auto", 1)
    ground.rules = {"n_threads": 1}
    kicks: dict[str, int] = {}
    real = ground.search

    def counted(centers, seed, n_kicks, time_limit):
        kicks[effort] = kicks.get(effort, 0) + n_kicks
        return real(centers, seed, n_kicks, time_limit)

    ground.search = counted
    runs = ground.restarts(5, np.arange(10, dtype=np.uint64), "k-means++")
    found = {}
    for effort in ("good", "best"):
        found[effort] = search(ground, runs, effort, 0, Clock(None)).final.inertia[0]
    assert found["good"] == pytest.approx(found["best"], rel=1e-12)
    assert kicks["good"] == 400
    assert kicks["best"] == 400 + count_kicks("best", 5, 200)
    effort = "few starts"
    search(ground, ground.restarts(5, np.arange(9, dtype=np.uint64), "k-means++"), "good", 0, Clock(None))
    assert kicks[effort] == count_kicks("good", 5, 200)


def test_a_time_limit_ends_tries_and_rounds(blobs):
    """Whatever part of the search it falls into, the result is consistent and marked."""
    for X in (blobs, blobs[:100]):
        model = KMeans(10, n_init=10, effort="best", time_limit=0.05, random_state=0).fit(X)
        assert model.is_stopped_by_time_
        assert model.inertia_ <= model.inertias_.min()
        np.testing.assert_array_equal(model.labels_, model.predict(X))


def test_a_watched_fit_reports_and_is_the_same_fit(blobs):
    """Every start is counted once and the bytes are those of `fit`; told to stop, it ends within the first start."""
    seen = []
    watched = KMeans(30, n_init=12, random_state=3).fit_within(blobs, WatchClock(Watch(on_progress=seen.append), "searching"))
    alone = KMeans(30, n_init=12, random_state=3).fit(blobs)
    assert watched.cluster_centers_.tobytes() == alone.cluster_centers_.tobytes()
    np.testing.assert_array_equal(watched.inertias_, alone.inertias_)
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (1, 12, 12)
    assert seen[-1].value == watched.inertia_
    watch = Watch()
    watch.interrupt()
    stopped = KMeans(30, n_init=12, random_state=3).fit_within(blobs, WatchClock(watch, "searching"))
    assert stopped.is_stopped_by_time_
    assert len(stopped.inertias_) == 1
    assert stopped.inertias_[0] >= alone.inertias_[0]
    np.testing.assert_array_equal(stopped.labels_, stopped.predict(blobs))
