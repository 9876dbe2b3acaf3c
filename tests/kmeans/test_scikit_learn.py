"""KMeans beside scikit-learn: its estimator checks, and never worse from the same start."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from placement.kmeans import KMeans

pytest.importorskip("sklearn", reason="compared with scikit-learn, which is not needed to run")

import sklearn.cluster
from sklearn.base import clone, is_clusterer
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator


def test_every_estimator_check_passes():
    """None fails and none is expected to; checks that need an optional set-up of scikit-learn may skip themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the checks themselves provoke
        results = check_estimator(KMeans(), on_fail=None, on_skip=None)
    failed = {
        result["check_name"]: str(result["exception"]) for result in results if result["status"] not in {"passed", "skipped"}
    }
    assert failed == {}
    skipped = {result["check_name"] for result in results if result["status"] == "skipped"}
    assert skipped <= {"check_array_api_input"}
    assert len(results) > 40


@pytest.mark.parametrize("seed", range(20))
def test_never_worse_than_scikit_learn_from_the_same_centres(seed):
    """Same start, same rules: same labels and the same inertia to rounding."""
    rng = np.random.default_rng(seed)
    X, weights = rng.normal(size=(200, 1 + seed % 4)), rng.random(200)
    start = X[rng.choice(200, size=6, replace=False)]
    ours = KMeans(6, init=start, tol=0).fit(X, sample_weight=weights)
    theirs = sklearn.cluster.KMeans(6, init=start, n_init=1, tol=0).fit(X, sample_weight=weights)
    assert ours.inertia_ <= theirs.inertia_ * (1 + 1e-12)
    np.testing.assert_array_equal(ours.labels_, theirs.labels_)
    np.testing.assert_allclose(ours.cluster_centers_, theirs.cluster_centers_, atol=1e-12)


def test_parameters_and_attributes_carry_the_same_names():
    """What is shared has the same default; every attribute of theirs is there."""
    ours, theirs = KMeans().get_params(), sklearn.cluster.KMeans().get_params()
    shared = set(ours) & set(theirs)
    assert shared == {"n_clusters", "init", "n_init", "max_iter", "tol", "random_state", "algorithm"}
    assert {name for name in shared if ours[name] != theirs[name]} == {"algorithm"}
    X = np.arange(20.0).reshape(10, 2)
    names = {name for name in vars(sklearn.cluster.KMeans(2).fit(X)) if name.endswith("_") and not name.startswith("_")}
    assert names <= set(vars(KMeans(2).fit(X)))


def test_it_is_a_clusterer_that_clones_and_stands_in_pipelines():
    """Tags, clone, pipeline, and their error for unfitted use."""
    X = np.random.default_rng(0).random((30, 2))
    assert is_clusterer(KMeans())
    assert clone(KMeans(3, tol=0.1)).get_params() == KMeans(3, tol=0.1).get_params()
    assert make_pipeline(StandardScaler(), KMeans(3, random_state=0)).fit_predict(X).shape == (30,)
    with pytest.raises(NotFittedError):
        KMeans().predict(X)
