"""Time limits and Ctrl-C in the middle of a kernel: what comes back, or what stays, is whole."""

from __future__ import annotations

import signal
import threading

import numpy as np
import pytest

from placement.kernels import STOP_REASONS, PointTree, kmeans_from, kmeans_restarts
from placement.kmeans import KMeans

N_HEARD = 3
"""So often a signal must come through while a kernel runs; signals that wait for its end come through once."""


@pytest.fixture
def cloud():
    """Return points without groups: hundreds of iterations until nothing changes."""
    return np.random.default_rng(0).random((150_000, 2))


@pytest.fixture
def impatient_user():
    """Send a signal every 20 ms, the third of which is Ctrl-C."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        pytest.skip("the system has no interval timer for this thread")
    heard = []

    def hear(*_):
        heard.append(1)
        if len(heard) >= N_HEARD:
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise KeyboardInterrupt

    previous = signal.signal(signal.SIGALRM, hear)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, previous)


@pytest.mark.parametrize("algorithm", ["tree", "lloyd"])
def test_the_iteration_hears_an_interrupt(cloud, impatient_user, algorithm):
    """On the tree and swept, with all threads inside one run."""
    tree = PointTree(cloud)
    starts = cloud[None, :500].copy()
    impatient_user()
    with pytest.raises(KeyboardInterrupt):
        tree.kmeans_from(starts, algorithm=algorithm, max_iter=100_000)


@pytest.mark.parametrize("n_threads", [1, 2])
def test_starts_side_by_side_hear_an_interrupt(cloud, impatient_user, n_threads):
    """Seeding and iterating, also when a thread takes whole runs."""
    impatient_user()
    with pytest.raises(KeyboardInterrupt):
        PointTree(cloud).kmeans_restarts(300, seeds=np.arange(200, dtype=np.uint64), max_iter=100_000, n_threads=n_threads)


def test_the_search_hears_an_interrupt(impatient_user):
    """Between kicks."""
    points = np.random.default_rng(1).random((3000, 2))
    tree = PointTree(points)
    impatient_user()
    with pytest.raises(KeyboardInterrupt):
        tree.search_swaps(points[:50], seed=1, n_kicks=10_000_000, time_limit=300.0)


def test_an_interrupt_leaves_the_fit_before(cloud, impatient_user):
    """An estimator that was fitted stays as it was, one that was not stays unfitted."""
    small = np.random.default_rng(2).random((50, 2))
    fitted, fresh = KMeans(3, random_state=0).fit(small), KMeans(400, random_state=0, n_init=50, tol=0)
    before = {name: value for name, value in vars(fitted).items() if name.endswith("_")}
    fitted.set_params(n_clusters=400, n_init=50, tol=0)
    for model in (fitted, fresh):
        impatient_user()
        with pytest.raises(KeyboardInterrupt):
            model.fit(cloud)
    after = {name: value for name, value in vars(fitted).items() if name.endswith("_")}
    assert before.keys() == after.keys()
    assert all(before[name] is after[name] for name in before)
    np.testing.assert_array_equal(fitted.predict(small), fitted.labels_)
    assert not [name for name in vars(fresh) if name.endswith("_")]


@pytest.mark.parametrize("d", [2, 6])
@pytest.mark.parametrize("start", ["k-means++", "given"])
def test_a_tiny_time_limit_stops_a_large_fit_after_one_iteration(d, start):
    """One start, one iteration, labels that match the centres; with and without a tree, seeded and from given centres."""
    X = np.random.default_rng(3).random((200_000, d))
    init = X[:60] if start == "given" else start
    model = KMeans(60, init=init, n_init=1, tol=0, time_limit=1e-9, random_state=0).fit(X)
    assert (model.stop_reason_, model.n_iter_, model.is_stopped_by_time_) == ("time_limit", 1, True)
    np.testing.assert_array_equal(model.labels_, model.predict(X))
    assert -model.score(X) == pytest.approx(model.inertia_, rel=1e-9)
    assert len(np.unique(model.cluster_centers_, axis=0)) == 60


def test_a_time_limit_ends_the_effort_too():
    """The search is left out when the starts have used the time up."""
    X = np.random.default_rng(4).random((200_000, 2))
    model = KMeans(20, n_init=5, effort="best", tol=0, time_limit=1e-9, random_state=0).fit(X)
    assert model.is_stopped_by_time_
    assert model.inertias_.shape == (1,)
    np.testing.assert_array_equal(model.labels_, model.predict(X))


def test_a_long_time_limit_changes_nothing():
    """Same bytes as without one."""
    X = np.random.default_rng(5).random((20_000, 2))
    free, limited = (KMeans(9, n_init=2, random_state=0, time_limit=limit).fit(X) for limit in (None, 1e8))
    assert free.cluster_centers_.tobytes() == limited.cluster_centers_.tobytes()
    assert not limited.is_stopped_by_time_


def test_kernels_say_that_time_stopped_them():
    """The plain kernels have the same rule: the inertia is that of the centres returned."""
    points = np.random.default_rng(6).random((200_000, 3))
    for runs in (
        kmeans_from(points, np.ones(len(points)), points[None, :30].copy(), time_limit=0.0),
        kmeans_restarts(points, np.ones(len(points)), 30, seeds=np.arange(1, dtype=np.uint64), time_limit=0.0),
    ):
        assert (STOP_REASONS[runs.stop_reason[0]], runs.n_iter[0]) == ("time_limit", 1)
        again = kmeans_from(points, np.ones(len(points)), runs.centers, n_locked=30, max_iter=1)
        assert again.inertia[0] == pytest.approx(runs.inertia[0], rel=1e-12)
