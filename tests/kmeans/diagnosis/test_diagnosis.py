"""Each finding on data made to show it, and silence on data that are as K-Means likes them."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import Clustering, KMeans, diagnose
from placement.kmeans.diagnosis.agreement import adjusted_rand
from placement.kmeans.diagnosis.structure import _spanning_tree

SEEDS = range(5)


def rounds(rng, n_each=150, spread=1.0, apart=12.0):
    """Return four round clusters of one size at the corners of a square."""
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]) * apart
    return np.repeat(corners, n_each, axis=0) + rng.normal(size=(4 * n_each, 2)) * spread


def rings(rng):
    """Return two rings of radius 1 and 3 with a little noise."""
    angle, radius = rng.random(600) * 2 * np.pi, np.repeat([1.0, 3.0], [200, 400])
    return np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, None] + rng.normal(size=(600, 2)) * 0.1


def bananas(rng):
    """Return two half rings that reach into each other."""
    angle = rng.random(300) * np.pi
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    return np.vstack([upper, [1.0, 0.5] - upper]) + rng.normal(size=(600, 2)) * 0.05


def kinds(X, k, **options):
    """Return the kinds of findings about the best of ten starts."""
    return {finding.kind for finding in diagnose(X, KMeans(k, random_state=0).fit(X), **options)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shift", [0.0, 4e6])
def test_silence_on_round_clusters(seed, shift):
    """Well parted or overlapping, with the right number, or all in one."""
    rng = np.random.default_rng(seed)
    assert kinds(rounds(rng) + shift, 4) == set()
    assert kinds(rounds(rng, spread=3.0) + shift, 4) == set()
    assert kinds(rng.normal(size=(500, 2)) + shift, 1) == set()
    assert kinds(rng.normal(size=(500, 5)) + shift, 1) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_wrong_numbers_of_clusters_are_no_wrong_shape(seed):
    """Too few clusters join parts and too many cut them, but neither does both."""
    X = rounds(np.random.default_rng(seed))
    for k in (2, 3, 5, 6, 7, 9):
        assert "wrong shape" not in kinds(X, k)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_feature_that_dominates_by_scale(seed):
    """Euros beside visits: said, with its number; not after scaling, nor for one feature, nor beside a constant."""
    X = np.random.default_rng(seed).normal(size=(300, 2)) * [3000.0, 1.0]
    (finding,) = (found for found in diagnose(X, KMeans(3, random_state=0).fit(X)) if found.kind == "scale")
    assert finding.value > finding.limit == 0.99
    assert "Feature 0 makes up 100.0%" in finding.text
    assert "scale" not in kinds(X / [3000.0, 1.0], 3)
    assert "scale" not in kinds(X[:, :1], 3)
    assert "scale" not in kinds(X * [1.0, 0.0], 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_outliers_that_pull_a_centre(seed):
    """Two samples 150 away pull the centre of 100; not once they are set aside, nor a like number within the crowd."""
    rng = np.random.default_rng(seed)
    crowd = rng.normal(size=(100, 2))
    X = np.vstack([crowd, [[150.0, 0.0], [150.0, 5.0]]])
    (finding,) = (found for found in diagnose(X, KMeans(1).fit(X)) if found.kind == "pulled centre")
    assert finding.value > 1
    assert finding.text.startswith("2 far-off samples pull centre 0")
    labels = np.where(np.arange(102) < 100, 0, -1)
    aside = Clustering(crowd.mean(axis=0)[None], labels, 0.0)
    assert diagnose(X, aside) == ()
    assert "pulled centre" not in kinds(np.vstack([crowd, crowd[:2] + 0.1]), 1)
    assert "pulled centre" not in kinds(np.vstack([crowd, crowd[:30] + 150.0]), 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_outliers_that_take_a_centre(seed):
    """Two samples far off get a centre of their own: said, with how far; silent without them."""
    X = rounds(np.random.default_rng(seed))
    spoilt = np.vstack([X, [[900.0, 900.0], [905.0, 903.0]]])
    (finding,) = (found for found in diagnose(spoilt, KMeans(5, random_state=0).fit(spoilt)) if found.kind == "outlier cluster")
    assert finding.value > 100
    assert "2 far-off samples" in finding.text
    assert "outlier cluster" not in kinds(X, 5)


@pytest.mark.parametrize("seed", SEEDS)
def test_elongated_clusters(seed):
    """Ten times as long as wide is said and about ten; twice is not, nor are samples on a line."""
    rng = np.random.default_rng(seed)
    X = np.vstack([rng.normal(size=(300, 2)) * [10, 1], rng.normal(size=(300, 2)) + np.array([0, 60])])
    (finding,) = (found for found in diagnose(X, KMeans(2, random_state=0).fit(X)) if found.kind == "elongated")
    assert finding.value == pytest.approx(10, rel=0.2)
    assert "elongated" not in kinds(rng.normal(size=(300, 2)) * [2, 1], 1)
    assert "elongated" not in kinds(np.outer(rng.normal(size=300), [1.0, 2.0]), 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_unequal_clusters(seed):
    """Ten times the spread is said and about ten; twice is not; a cluster of one place has no spread to compare."""
    rng = np.random.default_rng(seed)
    near = rng.normal(size=(300, 2))
    X = np.vstack([near * 5, rng.normal(size=(300, 2)) * 0.5 + np.array([60, 0])])
    (finding,) = (found for found in diagnose(X, KMeans(2, random_state=0).fit(X)) if found.kind == "unequal")
    assert finding.value == pytest.approx(10, rel=0.2)
    assert "unequal" not in kinds(np.vstack([near * 2, rng.normal(size=(300, 2)) + np.array([60, 0])]), 2)
    assert "unequal" not in kinds(np.vstack([near, np.full((50, 2), 60.0)]), 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_starts_that_disagree(seed):
    """Forty centres in a cloud without clusters: no two searches agree; four clear clusters: all do."""
    rng = np.random.default_rng(seed)
    X = rng.random((600, 2))
    (finding,) = (found for found in diagnose(X, KMeans(40, random_state=0).fit(X)) if found.kind == "starts disagree")
    assert finding.value < finding.limit
    assert "starts disagree" not in kinds(rounds(rng), 4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [rings, bananas])
def test_shapes_k_means_cannot_follow(make, seed):
    """Rings and bananas are said, with what to use instead; also far off and with weights."""
    X = make(np.random.default_rng(seed))
    for shift in (0.0, 4e6):
        findings = diagnose(X + shift, KMeans(2, random_state=0).fit(X + shift), sample_weight=np.full(600, 2.0))
        (finding,) = (found for found in findings if found.kind == "wrong shape")
        assert finding.value < finding.limit == 0.9
        assert "2 parts" in finding.text
        assert "HDBSCAN" in finding.text


@pytest.mark.parametrize("seed", SEEDS)
def test_noise_is_no_part(seed):
    """Ten scattered samples about the bananas are parts of their own but do not count."""
    rng = np.random.default_rng(seed)
    X = np.vstack([bananas(rng), rng.random((10, 2)) * 4 + [-1.5, 1.5]])
    (finding,) = (found for found in diagnose(X, KMeans(2, random_state=0).fit(X)) if found.kind == "wrong shape")
    assert "2 parts" in finding.text


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bad_start_is_no_wrong_shape(seed):
    """Four round clusters, clustered badly: that is the start's fault, fresh searches get it right."""
    X = rounds(np.random.default_rng(seed))
    bad = KMeans(4, init=[[-1.0, 0.0], [1.0, 0.0], [12.0, 6.0], [0.0, 12.0]], max_iter=300).fit(X)
    assert "wrong shape" not in {finding.kind for finding in diagnose(X, bad)}


@pytest.mark.parametrize("seed", SEEDS)
def test_hollow_centres(seed):
    """One centre for a ring, or for two groups with a gap, stands where nobody is; one for a disc does not."""
    rng = np.random.default_rng(seed)
    angle = rng.random(400) * 2 * np.pi
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    (finding,) = diagnose(circle, KMeans(1).fit(circle))
    assert (finding.kind, finding.value) == ("hollow", 0.0)
    assert "hollow" in kinds(rounds(rng), 1)
    assert "hollow" not in kinds(circle * np.sqrt(rng.random((400, 1))), 1)


def test_agreement_beside_scikit_learn():
    """The adjusted Rand index is theirs; weights are copies."""
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    one, other, weights = rng.integers(0, 4, 200), rng.integers(0, 3, 200), rng.integers(1, 4, 200)
    other[:120] = one[:120] % 3
    copies = metrics.adjusted_rand_score(np.repeat(one, weights), np.repeat(other, weights))
    assert adjusted_rand(one, other, weights.astype(float)) == pytest.approx(copies)
    assert adjusted_rand(np.zeros(5, int), np.zeros(5, int), np.ones(5)) == 1.0


def test_the_spanning_tree_beside_scipy():
    """The same total length."""
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial.distance import cdist

    X = np.random.default_rng(0).random((80, 3))
    parents, lengths, order = _spanning_tree(X)
    assert lengths.sum() == pytest.approx(minimum_spanning_tree(cdist(X, X)).sum())
    assert sorted(order.tolist()) == list(range(80))
    np.testing.assert_allclose(lengths[order[1:]], np.linalg.norm(X - X[parents], axis=1)[order[1:]])


def test_tiny_and_degenerate_data_say_nothing():
    """One sample, all in one place, each on its own: no finding and no warning."""
    for X, k in (([[1.0, 2.0]], 1), ([[1.0, 2.0]] * 5, 1), ([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]], 3)):
        assert diagnose(X, KMeans(k, random_state=0).fit(X)) == ()


def test_what_is_refused():
    """Other features, all set aside, wrong labels."""
    X = np.random.default_rng(0).random((20, 2))
    model = KMeans(2, random_state=0).fit(X)
    with pytest.raises(ValueError, match="1 features"):
        diagnose(X[:, :1], model)
    with pytest.raises(ValueError, match="labels must be one a sample"):
        diagnose(X[:5], model)
    with pytest.raises(ValueError, match="set aside"):
        diagnose(X, Clustering(model.cluster_centers_, np.full(20, -1), 0.0))
