"""KMedians and SphericalKMeans: centres by hand, optimal given their labels, the stops and the repair they share."""

from __future__ import annotations

import itertools
import threading

import numpy as np
import pytest

from placement.kmeans import KMeans, KMedians, SphericalKMeans, k_medians
from placement.kmeans.alternation import relocate_empty
from placement.kmeans.spherical import unit_vectors

both = pytest.mark.parametrize("estimator", [KMedians, SphericalKMeans], ids=lambda cls: cls.__name__)


@pytest.fixture
def desks():
    """Return a hundred points in a room of 40 by 20."""
    return np.random.default_rng(11).random((100, 2)) * [40, 20]


def test_a_median_ignores_how_far_off_a_sample_is():
    """Four samples and one at 1e6: the median centre stays at 2, the mean is carried off."""
    X = [[0.0], [1.0], [2.0], [3.0], [1e6]]
    assert KMedians(1, random_state=0).fit(X).cluster_centers_.tolist() == [[2.0]]
    assert KMeans(1, random_state=0).fit(X).cluster_centers_[0, 0] > 1e5


def test_medians_by_hand():
    """An even number takes the middle; weights 1, 1, 3 put the median on the third; half exactly takes the middle again."""
    assert KMedians(1, random_state=0).fit([[0.0], [4.0]]).cluster_centers_.tolist() == [[2.0]]
    X = [[0.0, 7.0], [1.0, 7.0], [9.0, 5.0]]
    assert KMedians(1, random_state=0).fit(X, sample_weight=[1, 1, 3]).cluster_centers_.tolist() == [[9.0, 5.0]]
    assert KMedians(1, random_state=0).fit(X, sample_weight=[1, 1, 2]).cluster_centers_.tolist() == [[5.0, 6.0]]


def test_medians_are_medians(desks):
    """With tol 0 each centre is NumPy's median of its samples, and the cost is the sum of absolute differences."""
    model = KMedians(6, tol=0, random_state=1).fit(desks)
    for j, center in enumerate(model.cluster_centers_):
        np.testing.assert_allclose(center, np.median(desks[model.labels_ == j], axis=0), rtol=1e-14)
    distances = np.abs(desks[:, None] - model.cluster_centers_).sum(axis=2)
    np.testing.assert_allclose(model.transform(desks), distances, rtol=1e-13)
    assert model.inertia_ == pytest.approx(distances.min(axis=1).sum())


def test_the_best_of_all_partitions_is_found():
    """Seven samples in three clusters: brute force over all labellings gives the same Manhattan cost."""
    X = np.random.default_rng(5).integers(0, 30, size=(7, 2)).astype(float)

    def cost(labels):
        groups = [X[np.array(labels) == j] for j in range(3)]
        return sum(np.abs(group - np.median(group, axis=0)).sum() for group in groups if len(group))

    best = min(cost(labels) for labels in itertools.product(range(3), repeat=7))
    assert KMedians(3, n_init=30, tol=0, random_state=0).fit(X).inertia_ == pytest.approx(best)


def test_directions_by_hand():
    """Baskets of one mix and different sizes belong together; K-Means parts them by size."""
    X = [[1.0, 1.0], [100.0, 100.0], [3.0, 0.0], [300.0, 0.0]]
    model = SphericalKMeans(2, random_state=0).fit(X)
    assert model.labels_[0] == model.labels_[1] != model.labels_[2] == model.labels_[3]
    np.testing.assert_allclose(sorted(model.cluster_centers_.tolist()), [[0.5**0.5] * 2, [1.0, 0.0]])
    np.testing.assert_allclose(np.sort(model.transform([[0.0, 5.0]])[0]), [1 - 0.5**0.5, 1.0])
    by_size = KMeans(2, random_state=0).fit(X).labels_
    assert by_size[0] == by_size[2] != by_size[3]


def test_centres_are_mean_directions(desks):
    """With tol 0 each centre is the weighted mean of unit vectors, of length 1; cost is 1 − cos."""
    X, weights = desks - [20, 10], np.arange(1.0, 101.0)
    model = SphericalKMeans(5, tol=0, random_state=1).fit(X, sample_weight=weights)
    unit = X / np.linalg.norm(X, axis=1, keepdims=True)
    for j, center in enumerate(model.cluster_centers_):
        own = model.labels_ == j
        mean = weights[own] @ unit[own]
        np.testing.assert_allclose(center, mean / np.linalg.norm(mean), rtol=1e-12)
    cosines = unit @ model.cluster_centers_.T
    np.testing.assert_allclose(model.transform(X), 1 - cosines, atol=1e-14)
    assert model.inertia_ == pytest.approx(weights @ (1 - cosines.max(axis=1)))


def test_the_length_of_a_sample_does_not_count(desks):
    """Each row scaled by its own power of two: the same labels and centres bit for bit."""
    factors = 2.0 ** np.random.default_rng(0).integers(-20, 20, size=(100, 1))
    one, other = (SphericalKMeans(5, random_state=2).fit(X) for X in (desks, desks * factors))
    np.testing.assert_array_equal(one.labels_, other.labels_)
    np.testing.assert_array_equal(one.cluster_centers_, other.cluster_centers_)


def test_zeros_have_no_direction():
    """They do not count, are 1 from everything, and nothing but zeros is refused."""
    X = [[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]
    model = SphericalKMeans(2, random_state=0).fit(X)
    assert (model.inertia_, model.score(X)) == (0.0, 0.0)
    assert model.labels_[2] == 0
    assert model.transform(X)[2].tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="no direction"):
        SphericalKMeans(1).fit([[0.0, 0.0]])
    with pytest.raises(ValueError, match="init holds a centre of zeros"):
        SphericalKMeans(1, init=[[0.0, 0.0]]).fit(X)


@pytest.mark.parametrize(("X", "centers"), [([[0.0], [9.0]], [[1000.0], [1001.0]]), ([[1000.0], [1001.0]], [[0.0], [9.0]])])
def test_given_starts_stand_where_they_are_given(X, centers):
    """Centres far from the samples, or near zero while the samples are far off, still lead to both samples."""
    model = KMedians(2, init=centers).fit(X)
    np.testing.assert_allclose(sorted(model.cluster_centers_.tolist()), X)


def test_opposite_samples_leave_the_centre_where_it_is():
    """Their mean has no direction; the centre is one of them and stays finite."""
    model = SphericalKMeans(1, init=[[0.0, 1.0]]).fit([[1.0, 0.0], [-1.0, 0.0]])
    assert model.cluster_centers_.tolist() == [[0.0, 1.0]]
    assert model.inertia_ == 2.0


def test_huge_and_tiny_lengths_have_a_direction():
    """Squares that overflow or vanish do no harm."""
    np.testing.assert_allclose(unit_vectors(np.array([[3e149, 4e149], [3e-200, 4e-200]])), [[0.6, 0.8]] * 2)


def test_given_starts_name_the_clusters():
    """The first centre given serves the samples near it, far from zero too."""
    assert KMedians(2, init=[[1010.0], [1000.0]]).fit([[1000.0], [1001.0], [1010.0]]).labels_.tolist() == [1, 1, 0]


@both
def test_random_starts_are_drawn_by_weight(estimator):
    """A sample of weight 9 among ten of 1 in all is the first start about half of the time."""
    places, mass = np.eye(10), np.array([9.0] + [1.0] * 9)
    model = estimator(1, init="random")
    rows = [model._start_rows(places, mass, np.random.default_rng(seed))[0] for seed in range(400)]
    assert np.mean(np.array(rows) == 0) == pytest.approx(0.5, abs=0.1)


@both
def test_stops_are_named(estimator, desks):
    """Each of the three stops can be reached."""
    start = desks[:5]
    assert estimator(5, init=start, tol=0).fit(desks).stop_reason_ == "labels_unchanged"
    assert estimator(5, init=start, tol=5.0).fit(desks).stop_reason_ == "center_shift"
    stopped = estimator(5, init=start, tol=0, max_iter=1).fit(desks)
    assert (stopped.stop_reason_, stopped.n_iter_) == ("max_iter", 1)


@both
def test_more_iterations_and_starts_are_never_worse(estimator, desks):
    """The cost never rises from one iteration to the next; more starts keep the earlier ones."""
    costs = [estimator(7, init=desks[:7], tol=0, max_iter=most).fit(desks).inertia_ for most in range(1, 12)]
    assert np.all(np.diff(costs) <= 1e-12 * costs[0])
    few, many = (estimator(9, n_init=n_init, random_state=5).fit(desks) for n_init in (3, 9))
    np.testing.assert_array_equal(many.inertias_[:3], few.inertias_)
    assert many.inertia_ == many.inertias_.min()


@both
@pytest.mark.parametrize(("name", "value"), [("init", "random"), ("n_init", 3), ("max_iter", 1), ("tol", 9.0)])
def test_each_parameter_alone_shows(estimator, name, value, desks):
    """Changed alone it changes where the starts end."""
    base = estimator(12, random_state=0).fit(desks).inertias_.tobytes()
    assert estimator(12, random_state=0).set_params(**{name: value}).fit(desks).inertias_.tobytes() != base


@both
def test_empty_clusters_are_filled_and_counted(estimator, desks):
    """A start with all centres in one place ends with a point in every cluster."""
    model = estimator(4, init=np.repeat(desks[:1], 4, axis=0)).fit(desks)
    assert set(model.labels_) == {0, 1, 2, 3}
    assert model.n_relocations_ >= 3


def test_only_clusters_that_keep_a_point_give_one():
    """The costliest point is alone in its cluster and stays; without any cost nothing moves."""
    labels = np.array([0, 1, 1])
    assert relocate_empty(np.array([9.0, 1.0, 2.0]), labels, 3) == 1
    assert labels.tolist() == [0, 1, 2]
    assert relocate_empty(np.zeros(3), np.zeros(3, dtype=int), 2) == 0


def test_medians_of_one_feature_beside_brute_force():
    """One feature, sorted: the best split into contiguous runs, by dynamic programming, is found."""
    x = np.sort(np.random.default_rng(9).random(40))
    cost = np.array([[np.abs(x[i:j] - np.median(x[i:j])).sum() if j > i else 0.0 for j in range(41)] for i in range(41)])
    best = cost[0]
    for _ in range(3):
        best = np.array([min(best[i] + cost[i, j] for i in range(j + 1)) for j in range(41)])
    assert KMedians(4, n_init=40, tol=0, random_state=0).fit(x[:, None]).inertia_ == pytest.approx(best[40], rel=1e-9)


def test_k_medians_use_the_threads_they_are_given(monkeypatch):
    """One thread: this one; two: others as well; and not a bit of the result depends on it."""
    used = set()
    real = k_medians.manhattan_distances

    def noting(points, centers):
        used.add(threading.get_ident())
        return real(points, centers)

    X = np.random.default_rng(0).normal(size=(3000, 3))
    monkeypatch.setattr(k_medians, "manhattan_distances", noting)
    monkeypatch.setattr(k_medians, "_BLOCK", 2000)
    one = KMedians(4, n_init=1, random_state=0, n_threads=1).fit(X)
    assert used == {threading.get_ident()}
    two = KMedians(4, n_init=1, random_state=0, n_threads=2).fit(X)
    assert len(used) > 1
    assert one.cluster_centers_.tobytes() == two.cluster_centers_.tobytes()
    np.testing.assert_array_equal(one.labels_, two.labels_)
