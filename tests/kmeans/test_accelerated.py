"""KMeans on the tree: the same answers as the plain iteration, on any kind of data."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import KMeans

KINDS = {
    "random": lambda rng, d: rng.normal(size=(3000, d)),
    "gridded": lambda rng, d: rng.integers(0, 9, size=(3000, d)).astype(float),
    "duplicated": lambda rng, d: np.repeat(rng.normal(size=(300, d)), 10, axis=0),
    "collinear": lambda rng, d: rng.normal(size=(3000, 1)) * np.arange(1.0, d + 1),
    "far": lambda rng, d: 4e6 + rng.integers(0, 100_000, size=(3000, d)) / 100,
    "tiny": lambda rng, d: rng.normal(size=(3000, d)) * 1e-12,
    "huge": lambda rng, d: rng.normal(size=(3000, d)) * 1e12,
}


@pytest.fixture(params=[(kind, d) for kind in KINDS for d in (1, 2, 3, 4)], ids=str)
def samples(request):
    """Return samples of one kind, and weights with zeros."""
    kind, d = request.param
    rng = np.random.default_rng(d)
    return KINDS[kind](rng, d), rng.integers(0, 4, size=3000).astype(float)


def test_every_algorithm_finds_the_same_labels(samples):
    """The tree and the plain iteration start alike, stop alike and label alike; so does the automatic choice."""
    X, weights = samples
    models = {
        name: KMeans(8, algorithm=name, random_state=3, n_init=3).fit(X, sample_weight=weights)
        for name in ("tree", "lloyd", "auto")
    }
    for model in models.values():
        np.testing.assert_array_equal(model.labels_, models["lloyd"].labels_)
        np.testing.assert_allclose(model.inertias_, models["lloyd"].inertias_, rtol=1e-10)
        assert (model.n_iter_, model.stop_reason_) == (models["lloyd"].n_iter_, models["lloyd"].stop_reason_)


@pytest.mark.parametrize("rules", [{"max_iter": 1}, {"max_iter": 3}, {"tol": 0.0}, {"tol": 0.1}], ids=str)
def test_labels_match_the_centres_at_every_stop(samples, rules):
    """`labels_` is what `predict` says to the last tie, also of samples of weight 0; `inertia_` is what `score` says."""
    X, weights = samples
    model = KMeans(8, random_state=3, n_init=1, **rules).fit(X, sample_weight=weights)
    np.testing.assert_array_equal(model.labels_, model.predict(X))
    assert -model.score(X, sample_weight=weights) == pytest.approx(model.inertia_, rel=1e-8)


def test_a_weight_is_so_many_copies_and_the_order_does_not_matter(samples):
    """Weights, copies and shuffled copies give the same centres bit for bit."""
    X, weights = samples
    copies = np.repeat(X, weights.astype(int), axis=0)
    shuffled = copies[np.random.default_rng(0).permutation(len(copies))]
    models = [KMeans(5, random_state=1, n_init=2).fit(X, sample_weight=weights)]
    models += [KMeans(5, random_state=1, n_init=2).fit(data) for data in (copies, shuffled)]
    for model in models[1:]:
        assert model.cluster_centers_.tobytes() == models[0].cluster_centers_.tobytes()
        assert model.inertia_ == models[0].inertia_


def test_the_tree_has_its_limits():
    """More than four features have no tree; that is said."""
    X = np.random.default_rng(0).random((20, 5))
    with pytest.raises(ValueError, match="up to 4 features, got 5"):
        KMeans(2, algorithm="tree").fit(X)
    KMeans(2, algorithm="auto").fit(X)


def test_threads_leave_no_trace():
    """One, two and three threads give the same bytes, in all that is fitted."""
    X = np.random.default_rng(6).normal(size=(120_000, 3))
    models = [KMeans(20, random_state=0, n_init=1, max_iter=4, n_threads=threads).fit(X) for threads in (1, 2, 3)]
    for model in models[1:]:
        for name in ("cluster_centers_", "labels_", "inertia_"):
            assert np.asarray(getattr(model, name)).tobytes() == np.asarray(getattr(models[0], name)).tobytes()
