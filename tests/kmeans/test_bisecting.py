"""BisectingKMeans: by hand, which cluster is cut, and beside scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import BisectingKMeans, KMeans

CROWD_AND_PAIR = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [100.0], [110.0]])


def test_a_case_by_hand():
    """The pair 100, 110 has inertia 50, the crowd 0.8: the third centre goes to the pair, or to the crowd when size counts."""
    costly = BisectingKMeans(3, random_state=0).fit(CROWD_AND_PAIR)
    assert sorted(costly.cluster_centers_.ravel().tolist()) == [0.2, 100.0, 110.0]
    assert costly.inertia_ == pytest.approx(0.8)
    crowded = BisectingKMeans(3, random_state=0, bisecting_strategy="largest_cluster").fit(CROWD_AND_PAIR)
    assert sorted(crowded.cluster_centers_.ravel().tolist()) == [0.0, 1.0, 105.0]
    assert crowded.inertia_ == 50.0


def test_the_largest_cluster_is_the_one_of_most_weight():
    """With the pair weighing 100 it is cut first even though it has fewer samples."""
    weights = [1, 1, 1, 1, 1, 50, 50]
    model = BisectingKMeans(3, random_state=0, bisecting_strategy="largest_cluster").fit(CROWD_AND_PAIR, sample_weight=weights)
    assert sorted(model.cluster_centers_.ravel().tolist()) == [0.2, 100.0, 110.0]


def test_a_cluster_of_one_place_is_never_cut():
    """Ten copies weigh most, but only the two single places can be split."""
    X = [[0.0]] * 10 + [[5.0], [6.0]]
    model = BisectingKMeans(3, random_state=0, bisecting_strategy="largest_cluster").fit(X)
    assert sorted(model.cluster_centers_.ravel().tolist()) == [0.0, 5.0, 6.0]


def test_places_too_near_for_their_squares_are_still_cut():
    """Squares of 1e-200 are zero; the split takes one place off instead of failing."""
    model = BisectingKMeans(3, random_state=0).fit([[0.0], [1e-200], [3e-200]])
    assert model.cluster_centers_.shape == (3, 1)


def test_one_more_cluster_never_costs_more():
    """The first splits are the same for every k, each lowers the sum."""
    X = np.random.default_rng(3).random((200, 3))
    inertias = [BisectingKMeans(k, random_state=1).fit(X).inertia_ for k in range(1, 30)]
    assert inertias == sorted(inertias, reverse=True)


@pytest.mark.parametrize(("name", "value"), [("init", "k-means++"), ("n_init", 5), ("max_iter", 1), ("tol", 10.0)])
def test_each_parameter_alone_shows(name, value):
    """On points without structure any of them leads to other centres."""
    X = np.random.default_rng(5).random((300, 2))
    base = BisectingKMeans(10, random_state=0).fit(X)
    other = BisectingKMeans(10, random_state=0).set_params(**{name: value}).fit(X)
    assert base.cluster_centers_.tobytes() != other.cluster_centers_.tobytes()


def test_an_unknown_strategy_is_refused():
    """The message names the choices."""
    with pytest.raises(ValueError, match=r"biggest_inertia.*largest_cluster"):
        BisectingKMeans(2, bisecting_strategy="widest").fit(CROWD_AND_PAIR)


def test_beside_scikit_learn():
    """About as good as theirs on average; the same parameters with the same defaults."""
    cluster = pytest.importorskip("sklearn.cluster")
    X = np.random.default_rng(0).random((400, 2))
    ours = np.mean([BisectingKMeans(16, random_state=seed).fit(X).inertia_ for seed in range(10)])
    theirs = np.mean([cluster.BisectingKMeans(16, random_state=seed).fit(X).inertia_ for seed in range(10)])
    assert ours <= theirs * 1.02
    assert ours >= KMeans(16, n_init=50, random_state=0).fit(X).inertia_
    shared = BisectingKMeans().get_params().items() & cluster.BisectingKMeans().get_params().items()
    assert {name for name, _ in shared} == set(BisectingKMeans().get_params()) - {"n_threads"}
