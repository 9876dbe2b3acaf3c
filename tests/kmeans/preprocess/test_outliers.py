"""Winsorising and trimming: by hand, laws, and that outliers no longer pull centres."""

from __future__ import annotations

import importlib
import itertools

import numpy as np
import pytest

from placement.kmeans import KMeans
from placement.kmeans.preprocess import trimmed_kmeans, winsorise
from placement.kmeans.quantiles import column_quantiles


@pytest.fixture
def spoilt():
    """Return two clusters of 50 about 0 and 20, and five points far off in different directions."""
    rng = np.random.default_rng(0)
    crowd = np.repeat([[0.0, 0.0], [20.0, 0.0]], 50, axis=0) + rng.normal(size=(100, 2))
    return np.vstack([crowd, [[300.0, 0.0], [-200.0, 90.0], [0.0, 400.0], [50.0, -300.0], [500.0, 500.0]]])


def test_winsorising_by_hand():
    """Of ten values a tenth at each end is pulled in to the middle between first and second."""
    result = winsorise(np.arange(10.0)[:, None], share=0.1)
    assert (result.low[0], result.high[0], result.n_changed) == (0.5, 8.5, 2)
    assert result.points.ravel().tolist() == [0.5, 1, 2, 3, 4, 5, 6, 7, 8, 8.5]
    assert winsorise([[1.0], [9.0]], share=0.0).n_changed == 0


def test_quantiles_beside_numpy():
    """Weighted by copies they are NumPy's averaged inverted distribution function."""
    rng = np.random.default_rng(2)
    X, weights = rng.random((40, 3)), rng.integers(0, 4, size=40)
    for share in (0.0, 0.05, 0.25, 0.5, 0.9, 1.0):
        expected = np.quantile(np.repeat(X, weights, axis=0), share, axis=0, method="averaged_inverted_cdf")
        np.testing.assert_allclose(column_quantiles(X, weights.astype(float), share), expected)


def test_winsorised_weights_are_copies():
    """The same limits."""
    rng = np.random.default_rng(3)
    X, weights = rng.normal(size=(50, 2)), rng.integers(0, 3, size=50)
    one = winsorise(X, share=0.07, sample_weight=weights)
    other = winsorise(np.repeat(X, weights, axis=0), share=0.07)
    np.testing.assert_array_equal(one.low, other.low)
    np.testing.assert_array_equal(one.high, other.high)


def test_outliers_are_set_aside_and_pull_nothing(spoilt):
    """The five are labelled −1, centres are those of the crowd; plain K-Means spends its centres on the five."""
    found = trimmed_kmeans(spoilt, 2, share=0.05, random_state=0)
    assert np.flatnonzero(found.labels == -1).tolist() == [100, 101, 102, 103, 104]
    expected = KMeans(2, tol=0, random_state=0).fit(spoilt[:100])
    np.testing.assert_allclose(sorted(found.centers.tolist()), sorted(expected.cluster_centers_.tolist()), rtol=1e-12)
    assert found.inertia == pytest.approx(expected.inertia_)
    plain = KMeans(2, random_state=0).fit(spoilt)
    assert np.bincount(plain.labels_).min() < 5


def test_without_a_share_it_is_k_means():
    """Share 0 sets nobody aside and ends at the same inertia."""
    X = np.random.default_rng(1).random((80, 2)) + 4e6
    found = trimmed_kmeans(X, 3, share=0.0, n_init=100, random_state=0)
    assert (found.labels >= 0).all()
    assert found.inertia == pytest.approx(KMeans(3, n_init=100, tol=0, random_state=0).fit(X).inertia_, rel=1e-9)


def test_no_more_than_the_share_is_set_aside():
    """Of 40 samples a tenth is 4; a copy pair that would exceed it stays."""
    X = np.random.default_rng(1).random((40, 2))
    assert np.count_nonzero(trimmed_kmeans(X, 3, share=0.1, random_state=0).labels == -1) == 4
    pair = [[0.0], [1.0], [2.0], [3.0], [3.5], [50.0], [50.0]]
    assert (trimmed_kmeans(pair, 1, share=0.2, random_state=0).labels >= 0).all()
    assert trimmed_kmeans(pair, 1, share=0.3, random_state=0).labels.tolist() == [0] * 5 + [-1] * 2


def test_the_best_choice_is_found():
    """Eight samples, two clusters, two set aside: brute force over all choices gives the same inertia."""
    X = np.random.default_rng(6).random((8, 2))

    def cost(labels):
        groups = [X[np.array(labels) == j] for j in (0, 1)]
        return sum(((group - group.mean(axis=0)) ** 2).sum() for group in groups if len(group))

    best = min(cost(labels) for labels in itertools.product((-1, 0, 1), repeat=8) if labels.count(-1) == 2)
    assert trimmed_kmeans(X, 2, share=0.25, n_init=60, random_state=0).inertia == pytest.approx(best)


def test_weights_are_copies_and_order_does_not_matter(spoilt):
    """The same centres bit for bit, labels by row."""
    weights = np.random.default_rng(2).integers(1, 3, size=105)
    one = trimmed_kmeans(spoilt, 2, sample_weight=weights, random_state=0)
    other = trimmed_kmeans(np.repeat(spoilt, weights, axis=0)[::-1], 2, random_state=0)
    np.testing.assert_array_equal(one.centers, other.centers)
    np.testing.assert_array_equal(np.repeat(one.labels, weights)[::-1], other.labels)


def test_empty_clusters_are_filled(spoilt, monkeypatch):
    """Starts that all stand in one place still end with two clusters."""
    module = importlib.import_module("placement.kmeans.preprocess.outliers")
    monkeypatch.setattr(module, "_trimmed_starts", lambda *arguments: np.zeros(arguments[2], dtype=int))
    assert set(trimmed_kmeans(spoilt, 2, share=0.05, random_state=0).labels) == {-1, 0, 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"share": 0.5}, "share"),
        ({"share": -0.1}, "share"),
        ({"n_clusters": 0}, "n_clusters"),
        ({"n_clusters": 9}, "n_samples=2"),
    ],
    ids=str,
)
def test_what_is_refused(arguments, message):
    """Numbers out of range, by name."""
    with pytest.raises(ValueError, match=message):
        trimmed_kmeans([[0.0], [1.0]], **{"n_clusters": 1, **arguments})
    if "share" in arguments:
        with pytest.raises(ValueError, match=message):
            winsorise([[0.0], [1.0]], **arguments)
