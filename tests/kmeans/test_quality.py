"""Silhouettes, Calinski-Harabasz, Davies-Bouldin: by hand, laws, and beside scikit-learn."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from placement.kmeans import calinski_harabasz, davies_bouldin, silhouette_samples, silhouette_score

MEASURES = [silhouette_score, calinski_harabasz, davies_bouldin]
every = pytest.mark.parametrize("measure", MEASURES, ids=lambda function: function.__name__)


@pytest.fixture
def labelled():
    """Return 120 points in 3-D with labels 0, 2, 5 and 7 that fit them badly."""
    rng = np.random.default_rng(4)
    X = rng.normal(size=(120, 3))
    return X, np.array([0, 2, 5, 7])[(X[:, 0] > 0) + 2 * (rng.random(120) > 0.6)]


def test_silhouettes_by_hand():
    """0 and 1 together, 9 alone: (9−1)/9, (8−1)/8 and 0."""
    np.testing.assert_allclose(silhouette_samples([[0.0], [1.0], [9.0]], [3, 3, 8]), [8 / 9, 7 / 8, 0.0])


def test_a_weight_below_one_is_all_the_sample_itself():
    """Two half samples at 0 and 1: the other one is all there is beside it, at distance 1; one alone has 0."""
    values = silhouette_samples([[0.0], [1.0], [9.0]], [0, 0, 1], sample_weight=[0.5, 0.5, 0.25])
    np.testing.assert_allclose(values, [8 / 9, 7 / 8, 0.0])


def test_silhouettes_beside_scikit_learn(labelled):
    """The same number for every sample, at 4e6 too; the mean is theirs."""
    metrics = pytest.importorskip("sklearn.metrics")
    X, labels = labelled
    expected = metrics.silhouette_samples(X, labels)
    np.testing.assert_allclose(silhouette_samples(X, labels), expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(silhouette_samples(X + 4e6, labels), expected, rtol=1e-6, atol=1e-8)
    assert silhouette_score(X, labels) == pytest.approx(metrics.silhouette_score(X, labels), rel=1e-12)


def test_ratios_beside_scikit_learn(labelled):
    """Both agree to rounding."""
    metrics = pytest.importorskip("sklearn.metrics")
    assert calinski_harabasz(*labelled) == pytest.approx(metrics.calinski_harabasz_score(*labelled), rel=1e-12)
    assert davies_bouldin(*labelled) == pytest.approx(metrics.davies_bouldin_score(*labelled), rel=1e-12)


def test_blocks_do_not_show(labelled, monkeypatch):
    """The same bits whether all rows are held at once, seven or one."""
    whole = silhouette_samples(*labelled).tobytes()
    module = importlib.import_module("placement.kmeans.silhouette")
    for block in (7 * 120, 1):
        monkeypatch.setattr(module, "_BLOCK", block)
        assert silhouette_samples(*labelled).tobytes() == whole


@every
def test_a_weight_is_so_many_copies(measure, labelled):
    """Weight w and w copies measure the same; rows of weight 0 are not there."""
    X, labels = labelled
    weights = np.random.default_rng(1).integers(0, 4, size=120)
    weighted = measure(X, labels, sample_weight=weights)
    assert weighted == pytest.approx(measure(np.repeat(X, weights, axis=0), np.repeat(labels, weights)), rel=1e-10)


@every
def test_order_scale_place_and_names_do_not_matter(measure, labelled):
    """Shuffled, four times as large, elsewhere or with other label numbers: the same number."""
    X, labels = labelled
    expected = measure(X, labels)
    order = np.random.default_rng(0).permutation(120)
    for other, names in ((X[order], labels[order]), (X * 4, labels), (X + 1024, labels), (X, 9 - labels)):
        assert measure(other, names) == pytest.approx(expected, rel=1e-9)


@every
def test_what_is_set_aside_does_not_count(measure, labelled):
    """Label −1 is as if the row were not there."""
    X, labels = labelled
    trimmed = np.where(np.arange(120) % 5 == 0, -1, labels)
    assert measure(X, trimmed) == pytest.approx(measure(X[trimmed >= 0], labels[trimmed >= 0]), rel=1e-12)


def test_rows_set_aside_have_no_silhouette(labelled):
    """There is nan for label −1 and for weight 0, numbers for the others."""
    X, labels = labelled
    labels = labels.copy()
    labels[3] = -1
    weights = np.ones(120)
    weights[5] = 0
    assert np.flatnonzero(np.isnan(silhouette_samples(X, labels, sample_weight=weights))).tolist() == [3, 5]


def test_a_sampled_score_is_near_and_repeats(labelled):
    """Near the exact mean, the same each time, another with another seed, exact when all are drawn."""
    X, labels = np.repeat(labelled[0], 10, axis=0), np.repeat(labelled[1], 10)
    exact = silhouette_score(X, labels)
    sampled = silhouette_score(X, labels, sample_size=400)
    assert sampled == pytest.approx(exact, abs=0.02)
    assert sampled == silhouette_score(X, labels, sample_size=400, random_state=0)
    assert sampled != silhouette_score(X, labels, sample_size=400, random_state=1)
    assert silhouette_score(X, labels, sample_size=5000) == exact


def test_degenerate_clusters():
    """Everything in one place is 0; single places are a perfect ratio; shared means are an infinite overlap; alone is 0."""
    assert silhouette_samples(np.zeros((4, 1)), [0, 0, 1, 1]).tolist() == [0.0] * 4
    assert silhouette_samples([[0.0], [5.0]], [0, 1]).tolist() == [0.0, 0.0]
    assert calinski_harabasz([[0.0], [0.0], [5.0]], [0, 0, 1]) == np.inf
    assert np.isnan(calinski_harabasz([[0.0], [5.0]], [0, 1]))
    assert davies_bouldin([[-1.0], [1.0], [-2.0], [2.0]], [0, 0, 1, 1]) == np.inf
    assert davies_bouldin([[0.0], [5.0]], [0, 1]) == 0.0


@pytest.mark.parametrize("measure", [*MEASURES, silhouette_samples], ids=lambda function: function.__name__)
@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 0, 0], "at least 2 clusters"),
        ([0, 0, -1], "at least 2 clusters"),
        ([0, 1], "shape"),
        ([0.5, 1, 2], "whole numbers"),
        ([-2, 0, 1], "at least -1"),
    ],
    ids=str,
)
def test_labels_that_mean_nothing_are_refused(measure, labels, message):
    """One cluster, wrong shape, fractions, below −1."""
    with pytest.raises(ValueError, match=message):
        measure([[0.0], [1.0], [2.0]], labels)
