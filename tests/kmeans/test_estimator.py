"""KMeans through its public door."""

from __future__ import annotations

import copy
import pickle
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.kmeans import KMeans

LINE = np.array([[0.0, 0.0], [2.0, 0.0], [10.0, 0.0], [12.0, 0.0], [11.0, 3.0]])


@pytest.fixture
def desks():
    """Return a hundred points in a room of 40 by 20."""
    return np.random.default_rng(11).random((100, 2)) * [40, 20]


def state(model):
    """Return the bits of everything fitted."""
    return {name: np.asarray(value).tobytes() for name, value in vars(model).items() if name.endswith("_")}


def test_a_case_by_hand():
    """(0,0) and (2,0) make (1,0) at cost 2; the other three make (11,1) at cost 1+1+1+1+4."""
    model = KMeans(2, random_state=0).fit(LINE)
    assert sorted(model.cluster_centers_.tolist()) == [[1.0, 0.0], [11.0, 1.0]]
    assert model.inertia_ == 10.0
    assert model.labels_[0] == model.labels_[1] != model.labels_[2] == model.labels_[3] == model.labels_[4]
    assert model.score(LINE) == -10.0
    assert model.inertias_.shape == (10,)
    assert model.inertias_.min() == model.inertia_


@pytest.mark.parametrize("shift", [0.0, 4e6])
@pytest.mark.parametrize("settings_", [{}, {"max_iter": 1}, {"max_iter": 2}, {"tol": 0.1}, {"tol": 0.0}], ids=str)
def test_labels_match_the_centres_at_every_stop(desks, settings_, shift):
    """`labels_` is what `predict` says, `inertia_` is what `score` says, however the run ended."""
    X = desks + shift
    model = KMeans(7, random_state=3, n_init=3, **settings_).fit(X)
    np.testing.assert_array_equal(model.labels_, model.predict(X))
    np.testing.assert_array_equal(model.labels_, model.transform(X).argmin(axis=1))
    assert -model.score(X) == pytest.approx(model.inertia_, rel=1e-9)


def test_centres_are_means_of_their_points(desks):
    """With tol 0 the run goes on until every centre is the weighted mean of its points."""
    weights = np.arange(100.0)
    model = KMeans(6, tol=0, random_state=1).fit(desks, sample_weight=weights)
    for j, center in enumerate(model.cluster_centers_):
        own = model.labels_ == j
        np.testing.assert_allclose(center, np.average(desks[own], axis=0, weights=weights[own]), rtol=1e-13)


def test_stop_reasons_are_words(desks):
    """Each of the three stops can be reached and is named."""
    start = desks[:5]
    assert KMeans(5, init=start, tol=0).fit(desks).stop_reason_ == "labels_unchanged"
    assert KMeans(5, init=start, tol=0.5).fit(desks).stop_reason_ == "center_shift"
    stopped = KMeans(5, init=start, tol=0, max_iter=2).fit(desks)
    assert (stopped.stop_reason_, stopped.n_iter_) == ("max_iter", 2)


def test_a_weight_is_so_many_copies(desks):
    """Weight w and w copies give the same centres bit for bit, and so does leaving out weight 0."""
    weights = np.random.default_rng(2).integers(0, 4, size=100)
    weighted = KMeans(6, random_state=4).fit(desks, sample_weight=weights)
    copies = KMeans(6, random_state=4).fit(np.repeat(desks, weights, axis=0))
    np.testing.assert_array_equal(weighted.cluster_centers_, copies.cluster_centers_)
    assert weighted.inertia_ == copies.inertia_


def test_the_order_of_the_samples_does_not_matter(desks):
    """Shuffled samples give the same centres bit for bit and shuffled labels."""
    order = np.random.default_rng(0).permutation(100)
    one, other = KMeans(6, random_state=4).fit(desks), KMeans(6, random_state=4).fit(desks[order])
    np.testing.assert_array_equal(one.cluster_centers_, other.cluster_centers_)
    np.testing.assert_array_equal(one.labels_[order], other.labels_)


def test_far_coordinates_lose_no_digits():
    """Centimetres at 4 000 000 m: the same labels as near zero, centres moved along exactly."""
    X = np.random.default_rng(8).integers(0, 4000, size=(300, 2)) / 128  # shifting by 4e6 is exact
    near, far = (KMeans(9, random_state=1, tol=0).fit(X + shift) for shift in (0.0, 4e6))
    np.testing.assert_array_equal(near.labels_, far.labels_)
    np.testing.assert_allclose(far.cluster_centers_ - 4e6, near.cluster_centers_, atol=1e-9)
    assert far.inertia_ == pytest.approx(near.inertia_, rel=1e-12)


def test_scaling_scales(desks):
    """Eight times the size: eight times the centres, 64 times the inertia, to the last bit."""
    one, eight = KMeans(5, random_state=2).fit(desks), KMeans(5, random_state=2).fit(desks * 8)
    np.testing.assert_array_equal(one.cluster_centers_ * 8, eight.cluster_centers_)
    assert one.inertia_ * 64 == eight.inertia_


def test_the_same_seed_gives_the_same_bits_for_any_number_of_threads(desks):
    """Twice, and with one, two and four threads."""
    states = [state(KMeans(6, random_state=9, n_threads=threads).fit(desks)) for threads in (None, None, 1, 2, 4)]
    assert all(other == states[0] for other in states)


def test_more_starts_are_never_worse(desks):
    """More starts of the same seed keep the earlier ones."""
    models = [KMeans(12, n_init=n_init, random_state=5).fit(desks) for n_init in (1, 2, 5, 20)]
    inertias = [model.inertia_ for model in models]
    assert inertias == sorted(inertias, reverse=True)
    np.testing.assert_array_equal(models[3].inertias_[:5], models[2].inertias_)


@pytest.mark.parametrize(
    ("name", "value", "changes"),
    [
        ("n_clusters", 5, "cluster_centers_"),
        ("init", "random", "inertias_"),
        ("init", LINE[:4] * 3, "inertias_"),
        ("n_init", 3, "inertias_"),
        ("max_iter", 1, "stop_reason_"),
        ("tol", 10.0, "n_iter_"),
        ("random_state", 1, "inertias_"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_each_parameter_alone_changes_what_it_should(desks, name, value, changes):
    """Changed alone, the parameter shows; those that must not show (threads, algorithm) have their own tests."""
    base = KMeans(4, random_state=0)
    other = KMeans(4, random_state=0).set_params(**{name: value})
    assert state(base.fit(desks))[changes] != state(other.fit(desks))[changes]


def test_the_named_algorithm_is_the_automatic_one(desks):
    """Every algorithm is an exact Lloyd iteration."""
    assert state(KMeans(4, random_state=0).fit(desks)) == state(KMeans(4, random_state=0, algorithm="lloyd").fit(desks))


def test_generators_are_taken_and_move_on(desks):
    """A generator of the same seed repeats the fit, used again it goes on; RandomState and None work too."""
    for make in (np.random.default_rng, np.random.RandomState):
        generator = make(3)
        first = KMeans(5, init="random", random_state=generator).fit(desks)
        second = KMeans(5, init="random", random_state=generator).fit(desks)
        again = KMeans(5, init="random", random_state=make(3)).fit(desks)
        assert state(first) == state(again)
        assert state(first)["inertias_"] != state(second)["inertias_"]
    KMeans(2).fit(desks)


@pytest.mark.parametrize("convert", [list, np.asfortranarray, lambda X: X.astype(np.float32), lambda X: X.astype(np.int64)])
def test_other_layouts_and_types_are_taken(convert):
    """Lists, columns first, float32 and integers hold the same whole numbers and give the same bits."""
    X = np.random.default_rng(1).integers(0, 50, size=(40, 3)).astype(float)
    expected = KMeans(3, random_state=0).fit(X)
    assert state(KMeans(3, random_state=0).fit(convert(X))) == state(expected)


def test_data_frames_are_taken_and_their_names_kept(desks):
    """Names are kept, must match later, and go when fitted anew without names."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(desks, columns=["x", "y"])
    model = KMeans(3, random_state=0).fit(frame, sample_weight=pandas.Series(np.ones(100)))
    assert model.feature_names_in_.tolist() == ["x", "y"]
    assert model.get_feature_names_out().tolist() == ["kmeans0", "kmeans1", "kmeans2"]
    np.testing.assert_array_equal(model.predict(frame), model.labels_)
    with pytest.raises(ValueError, match="same order"):
        model.predict(frame[["y", "x"]])
    with pytest.raises(ValueError, match="unseen at fit time"):
        model.predict(frame.rename(columns={"y": "z"}))
    with pytest.warns(UserWarning, match="does not have valid feature names"):
        model.predict(desks)
    assert not hasattr(model.fit(desks), "feature_names_in_")
    with pytest.warns(UserWarning, match="fitted without feature names"):
        model.predict(frame)


def test_inputs_are_left_alone(desks):
    """Read-only samples, weights and centres are taken and nothing is written into them."""
    weights, start = np.ones(100), desks[:3].copy()
    for array in (desks, weights, start):
        array.setflags(write=False)
    before = desks.tobytes()
    KMeans(3, init=start).fit(desks, sample_weight=weights).score(desks, sample_weight=weights)
    assert desks.tobytes() == before


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        ([[0.0, np.nan], [1.0, 1.0]], ValueError, "NaN .*row 0, column 1"),
        ([[0.0, 1.0], [1.0, np.inf]], ValueError, "infinity .*row 1, column 1"),
        ([[0.0, 1.0], [1e200, 0.0]], ValueError, "beyond 1e\\+150"),
        ([1.0, 2.0], ValueError, "Reshape your data"),
        (np.empty((3, 0)), ValueError, "0 feature"),
        (np.empty((0, 2)), ValueError, "0 sample"),
        ([[1j, 0.0]], ValueError, "Complex"),
        ([["a", "b"]], ValueError, "could not convert"),
        ([[0.0, 1.0]], ValueError, "n_samples=1 should be >= n_clusters=2"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_data_that_cannot_be_clustered_is_refused(X, error, message):
    """The message names what is wrong and where."""
    with pytest.raises(error, match=message):
        KMeans(2).fit(X)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, 1, -1, 1, 1], "negative, got -1 in row 2"),
        ([0, 0, 0, 0, 0], "zero for every sample"),
        ([1, 1], "shape"),
        ([1, 1, np.nan, 1, 1], "NaN"),
    ],
    ids=str,
)
def test_weights_that_mean_nothing_are_refused(weights, message):
    """Negative, all zero, too few, not a number; in `fit` and in `score`."""
    with pytest.raises(ValueError, match=message):
        KMeans(2).fit(LINE, sample_weight=weights)
    with pytest.raises(ValueError, match=message):
        KMeans(2).fit(LINE).score(LINE, sample_weight=weights)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_clusters", 0),
        ("n_clusters", 2.0),
        ("n_clusters", True),
        ("init", "guess"),
        ("init", [[0.0, 0.0]]),
        ("n_init", 0),
        ("n_init", "many"),
        ("max_iter", 0),
        ("tol", -1.0),
        ("tol", float("nan")),
        ("random_state", -1),
        ("random_state", "seed"),
        ("algorithm", "elkan"),
        ("n_threads", 0),
    ],
)
def test_parameters_out_of_range_are_refused_by_name(name, value):
    """The message names the parameter."""
    with pytest.raises(ValueError, match=name):
        KMeans(2).set_params(**{name: value}).fit(LINE)


def test_fewer_distinct_samples_than_clusters_is_said():
    """Two places for three centres: a warning, and every sample has a centre at its place (to the rounding of a mean)."""
    X = np.repeat([[0.1, 0.0], [0.7, 0.0]], 3, axis=0)
    with pytest.warns(UserWarning, match="only 2 distinct samples"):
        model = KMeans(3, random_state=0).fit(X)
    assert model.inertia_ < 1e-30
    np.testing.assert_allclose(model.cluster_centers_[model.labels_], X, rtol=1e-15)


def test_many_starts_from_given_centres_are_one(desks):
    """Starts that would be alike are run once, and that is said."""
    with pytest.warns(RuntimeWarning, match="one start"):
        model = KMeans(3, init=desks[:3], n_init=5).fit(desks)
    assert model.inertias_.shape == (1,)


def test_unfitted_estimators_say_so(desks):
    """Every use before `fit` is refused."""
    for use in (KMeans().predict, KMeans().transform, KMeans().score):
        with pytest.raises(ValueError, match="not fitted"):
            use(desks)
    with pytest.raises(AttributeError, match="not fitted"):
        KMeans().get_feature_names_out()


def test_methods_agree(desks):
    """`fit_predict` is `fit` and `labels_`, `fit_transform` is `fit` and `transform`; distances are distances."""
    model = KMeans(4, random_state=0)
    np.testing.assert_array_equal(model.fit_predict(desks), model.labels_)
    distances = model.fit_transform(desks)
    np.testing.assert_array_equal(distances, model.transform(desks))
    expected = np.linalg.norm(desks[:, None] - model.cluster_centers_, axis=2)
    np.testing.assert_allclose(distances, expected, rtol=1e-14)


def test_parameters_survive_copies_pickles_and_text(desks):
    """A pickled estimator predicts the same; the text shows what differs from the defaults."""
    model = KMeans(3, random_state=7).fit(desks)
    for twin in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model)):  # noqa: S301 - our own bytes
        assert state(twin) == state(model)
        np.testing.assert_array_equal(twin.predict(desks), model.labels_)
    assert repr(model) == "KMeans(n_clusters=3, random_state=7)"
    assert repr(KMeans()) == "KMeans()"
    assert KMeans(**model.get_params()).get_params() == model.get_params()
    with pytest.raises(ValueError, match="Invalid parameter 'k'"):
        model.set_params(k=3)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=3, max_size=40),
    st.integers(1, 3),
    st.floats(-1e7, 1e7),
)
def test_laws_on_any_points(rows, k, shift):
    """Labels match the centres, inertia matches both, and neither more clusters nor the best start are ever worse."""
    X = np.array(rows) + shift
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        model = KMeans(k, random_state=0, n_init=3).fit(X)
        single = KMeans(1, random_state=0).fit(X)
    np.testing.assert_array_equal(model.labels_, model.predict(X))
    scale = float(np.ptp(X, axis=0).max()) ** 2 + 1e-20 * shift**2
    assert -model.score(X) == pytest.approx(model.inertia_, rel=1e-7, abs=1e-9 * scale)
    assert model.inertia_ <= single.inertia_ * (1 + 1e-9) + 1e-12 * scale
    assert model.inertia_ == model.inertias_.min()
