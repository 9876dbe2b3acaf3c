"""What every estimator promises beside KMeans, whose own tests hold the same: laws, checks, scikit-learn's estimator checks."""

from __future__ import annotations

import copy
import pickle
import warnings

import numpy as np
import pytest

from placement.kmeans import BisectingKMeans, KMedians, MiniBatchKMeans, SphericalKMeans

ESTIMATORS = [BisectingKMeans, MiniBatchKMeans, KMedians, SphericalKMeans]
every = pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda cls: cls.__name__)


@pytest.fixture
def desks():
    """Return a hundred points in a room of 40 by 20."""
    return np.random.default_rng(11).random((100, 2)) * [40, 20]


def state(model):
    """Return the bits of everything fitted."""
    return {name: np.asarray(value).tobytes() for name, value in vars(model).items() if name.endswith("_")}


@every
def test_every_check_of_scikit_learn_passes(estimator):
    """None fails and none is expected to; checks that need an optional set-up of scikit-learn may skip themselves."""
    checks = pytest.importorskip("sklearn.utils.estimator_checks")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the checks themselves provoke
        results = checks.check_estimator(estimator(), on_fail=None, on_skip=None)
    failed = {
        result["check_name"]: str(result["exception"]) for result in results if result["status"] not in {"passed", "skipped"}
    }
    assert failed == {}
    assert {result["check_name"] for result in results if result["status"] == "skipped"} <= {"check_array_api_input"}
    assert len(results) > 40


@every
@pytest.mark.parametrize("shift", [0.0, 4e6])
@pytest.mark.parametrize("max_iter", [1, 100])
def test_labels_and_inertia_match_the_centres(estimator, max_iter, shift, desks):
    """`labels_` is what `predict` says and the column least in `transform`; `inertia_` is what `score` says."""
    X = desks + shift
    weights = np.arange(100.0)
    model = estimator(7, max_iter=max_iter, random_state=3).fit(X, sample_weight=weights)
    np.testing.assert_array_equal(model.labels_, model.predict(X))
    np.testing.assert_array_equal(model.labels_, model.transform(X).argmin(axis=1))
    assert model.inertia_ == pytest.approx(-model.score(X, sample_weight=weights), rel=1e-12)


@every
def test_a_weight_is_so_many_copies(estimator, desks):
    """Weight w and w copies give the same centres bit for bit, and so does leaving out weight 0."""
    weights = np.random.default_rng(2).integers(0, 4, size=100)
    weighted = estimator(6, random_state=4).fit(desks, sample_weight=weights)
    copies = estimator(6, random_state=4).fit(np.repeat(desks, weights, axis=0))
    np.testing.assert_array_equal(weighted.cluster_centers_, copies.cluster_centers_)
    assert weighted.inertia_ == pytest.approx(copies.inertia_, rel=1e-12)


@every
def test_the_order_of_the_samples_does_not_matter(estimator, desks):
    """Shuffled samples give the same centres bit for bit and shuffled labels."""
    order = np.random.default_rng(0).permutation(100)
    one, other = estimator(6, random_state=4).fit(desks), estimator(6, random_state=4).fit(desks[order])
    np.testing.assert_array_equal(one.cluster_centers_, other.cluster_centers_)
    np.testing.assert_array_equal(one.labels_[order], other.labels_)


@every
def test_scaling_scales(estimator, desks):
    """Eight times the size (exact in binary): eight times the distances, the same labels."""
    one, eight = estimator(5, random_state=2).fit(desks), estimator(5, random_state=2).fit(desks * 8)
    np.testing.assert_array_equal(one.labels_, eight.labels_)
    if estimator.__name__ != "SphericalKMeans":
        np.testing.assert_array_equal(one.cluster_centers_ * 8, eight.cluster_centers_)


@pytest.mark.parametrize("estimator", [BisectingKMeans, MiniBatchKMeans, KMedians], ids=lambda cls: cls.__name__)
def test_far_coordinates_lose_no_digits(estimator):
    """Centimetres at 4 000 000 m: the same labels as near zero; directions would change with the origin."""
    X = np.random.default_rng(8).integers(0, 4000, size=(300, 2)) / 128  # shifting by 4e6 is exact
    near, far = (estimator(9, random_state=1).fit(X + shift) for shift in (0.0, 4e6))
    np.testing.assert_array_equal(near.labels_, far.labels_)
    np.testing.assert_allclose(far.cluster_centers_ - 4e6, near.cluster_centers_, atol=1e-8)


@every
def test_the_same_seed_gives_the_same_bits_for_any_number_of_threads(estimator, desks):
    """Twice, and with one and four threads; another seed gives others."""
    states = [state(estimator(6, random_state=9, n_threads=threads).fit(desks)) for threads in (None, None, 1, 4)]
    assert all(other == states[0] for other in states)
    starts = {state(estimator(6, random_state=seed).fit(desks))["cluster_centers_"] for seed in range(5)}
    assert len(starts) > 1


@every
def test_inputs_are_left_alone(estimator, desks):
    """Read-only samples and weights are taken and nothing is written into them."""
    weights = np.ones(100)
    for array in (desks, weights):
        array.setflags(write=False)
    before = desks.tobytes()
    estimator(3, random_state=0).fit(desks, sample_weight=weights).score(desks, sample_weight=weights)
    assert desks.tobytes() == before


@every
@pytest.mark.parametrize("name", ["n_clusters", "max_iter", "n_threads", "n_init", "init", "tol", "random_state"])
def test_parameters_out_of_range_are_refused_by_name(estimator, name, desks):
    """The message names the parameter."""
    value = {"init": "guess", "tol": -1.0, "random_state": "seed"}.get(name, 0)
    with pytest.raises(ValueError, match=name):
        estimator(2).set_params(**{name: value}).fit(desks)


@every
def test_fewer_distinct_samples_than_clusters_is_said(estimator):
    """Two places for three centres: a warning, and every sample has a centre at its place."""
    X = np.repeat([[0.5, 0.0], [0.0, 0.75]], 3, axis=0)
    with pytest.warns(UserWarning, match="only 2 distinct samples"):
        model = estimator(3, random_state=0).fit(X)
    assert model.inertia_ < 1e-15
    assert model.cluster_centers_.shape == (3, 2)


@every
def test_all_samples_in_one_place(estimator):
    """One centre there, nothing to pay."""
    model = estimator(1, random_state=0).fit(np.full((5, 2), 4e6 + 0.25))
    assert model.inertia_ < 1e-15
    assert set(model.labels_) == {0}


@every
def test_copies_and_pickles_predict_the_same(estimator, desks):
    """An estimator survives a pickle and a deep copy."""
    model = estimator(3, random_state=7).fit(desks)
    for twin in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model)):  # noqa: S301 - our own bytes
        assert state(twin) == state(model)
        np.testing.assert_array_equal(twin.predict(desks), model.labels_)


@every
def test_more_clusters_than_samples_are_refused(estimator):
    """The message gives both numbers."""
    with pytest.raises(ValueError, match="n_samples=1 should be >= n_clusters=2"):
        estimator(2).fit([[1.0, 2.0]])
