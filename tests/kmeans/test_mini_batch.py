"""MiniBatchKMeans: batches by hand, when it stops, starved centres, and beside scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import KMeans, MiniBatchKMeans
from placement.kmeans.batches import Patience, absorb_batch, reassign_starved


@pytest.fixture
def blobs():
    """Return 2000 points about five far-apart places, and the places."""
    rng = np.random.default_rng(3)
    places = np.array([[0.0, 0.0], [20.0, 0.0], [0.0, 20.0], [20.0, 20.0], [50.0, 10.0]])
    return places[rng.integers(0, 5, size=2000)] + rng.normal(size=(2000, 2)), places


def test_batches_by_hand():
    """Centres 0 and 10, then 4 and 20 with weights 1 and 3: 0 → (0+4)/2, 10 → (10+3·20)/4."""
    model = MiniBatchKMeans(2, init=[[0.0], [10.0]]).partial_fit([[0.0], [10.0]])
    assert model.cluster_centers_.ravel().tolist() == [0.0, 10.0]
    model.partial_fit([[4.0], [20.0]], sample_weight=[1, 3])
    assert model.cluster_centers_.ravel().tolist() == [2.0, 17.5]
    assert model.counts_.tolist() == [2.0, 4.0]
    assert model.labels_.tolist() == [0, 1]
    assert model.inertia_ == 4.0 + 3 * 2.5**2
    assert model.n_steps_ == 2


def test_a_centre_is_the_mean_of_all_it_was_given():
    """Whatever the batches, one centre ends at the mean of the stream, far from zero too."""
    X = np.random.default_rng(0).random((1000, 2)) + 4e6
    model = MiniBatchKMeans(1, random_state=0)
    for batch in np.split(X, 20):
        model.partial_fit(batch)
    np.testing.assert_allclose(model.cluster_centers_[0], X.mean(axis=0), rtol=1e-14)
    assert model.counts_[0] == 1000


def test_all_clusters_are_found(blobs):
    """Five far-apart clusters: centres within half a unit of each, inertia within 2 % of KMeans."""
    X, places = blobs
    model = MiniBatchKMeans(5, batch_size=100, random_state=0).fit(X)
    distances = np.linalg.norm(model.cluster_centers_[:, None] - places, axis=2)
    assert distances.min(axis=0).max() < 0.5
    assert model.inertia_ <= KMeans(5, random_state=0).fit(X).inertia_ * 1.02


def test_starved_centres_come_back(blobs):
    """From a start with four centres far off, reassignment brings them back; without it they starve."""
    X, _ = blobs
    start = np.array([[0.0, 0.0], [1e4, 1e4], [1e4, 2e4], [2e4, 1e4], [3e4, 3e4]])
    lost = MiniBatchKMeans(5, init=start, batch_size=100, reassignment_ratio=0.0, random_state=0).fit(X)
    found = MiniBatchKMeans(5, init=start, batch_size=100, random_state=0).fit(X)
    assert lost.n_relocations_ == 0
    assert found.n_relocations_ >= 4
    assert found.inertia_ < lost.inertia_ / 4


def test_it_stops_when_nothing_improves(blobs):
    """Patience of 3 steps ends sooner than of 30, None goes through all passes; n_iter_ counts passes begun."""
    X, _ = blobs
    steps = [
        MiniBatchKMeans(5, batch_size=200, max_iter=20, max_no_improvement=patience, random_state=0).fit(X)
        for patience in (3, 30, None)
    ]
    assert steps[0].n_steps_ < steps[1].n_steps_ <= steps[2].n_steps_ == 200
    assert steps[2].n_iter_ == 20
    assert steps[0].n_iter_ == -(-steps[0].n_steps_ // 10)


def test_it_stops_when_the_centres_stand_still(blobs):
    """A tolerance ends it before patience does."""
    X, _ = blobs
    base = MiniBatchKMeans(5, batch_size=200, max_no_improvement=None, max_iter=50, random_state=0)
    assert base.set_params(tol=1e-4).fit(X).n_steps_ < base.set_params(tol=0.0).fit(X).n_steps_


@pytest.mark.parametrize(
    ("name", "value"),
    [("init", "random"), ("batch_size", 50), ("init_size", 60), ("n_init", 4), ("max_iter", 1), ("random_state", 1)],
)
def test_each_parameter_alone_shows(name, value, blobs):
    """Changed alone, the centres differ."""
    base = MiniBatchKMeans(9, batch_size=100, random_state=0, max_no_improvement=30)
    one = base.fit(blobs[0]).cluster_centers_.tobytes()
    assert base.set_params(**{name: value}).fit(blobs[0]).cluster_centers_.tobytes() != one


def test_fitting_anew_forgets(blobs):
    """`fit` after `partial_fit` is a fresh `fit`; `partial_fit` after `fit` goes on from it."""
    X, _ = blobs
    fresh = MiniBatchKMeans(5, random_state=0).fit(X)
    used = MiniBatchKMeans(5, random_state=0).partial_fit(X[:100] + 500).fit(X)
    np.testing.assert_array_equal(fresh.cluster_centers_, used.cluster_centers_)
    n_steps, total = fresh.n_steps_, fresh.counts_.sum()
    fresh.partial_fit(X[:100])
    assert fresh.n_steps_ == n_steps + 1
    assert fresh.counts_.sum() == total + 100


@pytest.mark.parametrize(
    ("name", "value"), [("batch_size", 0), ("max_no_improvement", 0), ("init_size", 2), ("reassignment_ratio", 1.0)]
)
def test_parameters_out_of_range_are_refused_by_name(name, value, blobs):
    """The message names the parameter."""
    with pytest.raises(ValueError, match=name):
        MiniBatchKMeans(3).set_params(**{name: value}).partial_fit(blobs[0])


def test_a_batch_with_other_features_is_refused(blobs):
    """The second batch must look like the first."""
    model = MiniBatchKMeans(2, random_state=0).partial_fit(blobs[0])
    with pytest.raises(ValueError, match="expecting 2 features"):
        model.partial_fit(np.ones((5, 3)))
    with pytest.raises(ValueError, match="init must have shape"):
        MiniBatchKMeans(2, init=[[0.0], [1.0]]).fit(blobs[0])


def test_a_batch_absorbed_twin():
    """The vectorised step is Sculley's loop over points with rates 1/count."""
    rng = np.random.default_rng(1)
    points, weights = rng.random((50, 3)), rng.random(50)
    centers, counts = rng.random((4, 3)), rng.random(4)
    expected, given = centers.copy(), counts.copy()
    for label, point, weight in zip(((points[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1), points, weights, strict=True):
        given[label] += weight
        expected[label] += weight / given[label] * (point - expected[label])
    absorb_batch(points, weights, centers, counts)
    np.testing.assert_allclose(centers, expected, rtol=1e-12)
    np.testing.assert_allclose(counts, given, rtol=1e-12)


def test_two_starved_centres_never_share_a_row():
    """Three starved centres and two costly points: two are moved, to different ones."""
    points, costs = np.array([[0.0], [5.0], [9.0]]), np.array([0.0, 25.0, 81.0])
    centers, counts = np.full((4, 1), 1e6), np.array([100.0, 0.0, 0.0, 0.0])
    moved = reassign_starved(points, costs, centers, counts, ratio=0.01, rng=np.random.default_rng(0))
    assert moved == 2
    assert sorted(centers.ravel().tolist()) == [5.0, 9.0, 1e6, 1e6]
    assert sorted(counts.tolist()) == [0.0, 100.0, 100.0, 100.0]


def test_heavy_samples_are_drawn_more_often():
    """Of 0 with weight 9 and 10 with weight 1 the centre is about 1, and so is a start made from a part of many such."""
    model = MiniBatchKMeans(1, random_state=0, batch_size=1, max_iter=2000, max_no_improvement=None)
    assert model.fit([[0.0], [10.0]], sample_weight=[9, 1]).cluster_centers_[0, 0] == pytest.approx(1.0, abs=0.3)
    places, mass = np.repeat([[0.0], [10.0]], 2000, axis=0), np.repeat([9.0, 1.0], 2000)
    model.set_params(init_size=400)
    assert model._start(places, mass, np.zeros(1))[0, 0] == pytest.approx(1.0, abs=0.5)


def test_patience_smooths():
    """With a share of 0.5 the average of 4, 0, 4 is 4, 2, 3: one improvement, then one step without."""
    patience = Patience(1, 0.5)
    assert [patience.has_run_out(cost) for cost in (4.0, 0.0, 4.0)] == [False, False, True]
    assert patience.average == 3.0


def test_beside_scikit_learn(blobs):
    """Not worse on average than theirs; shared parameters have the same defaults; their attributes are there."""
    cluster = pytest.importorskip("sklearn.cluster")
    X = np.random.default_rng(0).random((1000, 2))
    ours = np.mean([MiniBatchKMeans(20, random_state=seed, batch_size=128).fit(X).inertia_ for seed in range(8)])
    theirs = np.mean([cluster.MiniBatchKMeans(20, random_state=seed, batch_size=128).fit(X).inertia_ for seed in range(8)])
    assert ours <= theirs * 1.03
    mine = MiniBatchKMeans().get_params()
    assert mine.items() - {("n_threads", None)} <= cluster.MiniBatchKMeans().get_params().items()
    fitted = cluster.MiniBatchKMeans(2, random_state=0).fit(X)
    names = {name for name in vars(fitted) if name.endswith("_") and not name.startswith("_")}
    assert names <= set(vars(MiniBatchKMeans(2).fit(X)))
