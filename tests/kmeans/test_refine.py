"""drop_small, split_wide, merge_close: by hand, their promises on any data, and that nothing passed in changes."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import Clustering, KMeans, clustering_of, drop_small, merge_close, split_wide

ROOM = np.random.default_rng(11).random((300, 2)) * [40, 20]


@pytest.fixture(params=[0.0, 4e6], ids=["near", "far"])
def shifted(request):
    """Return points in a room and the best of ten clusterings into twelve, near zero and far off."""
    X = ROOM + request.param
    return X, clustering_of(KMeans(12, tol=0, random_state=0).fit(X))


def weigh(clustering):
    """Return the number of samples of each cluster."""
    return np.bincount(clustering.labels[clustering.labels >= 0], minlength=len(clustering.centers))


def own_costs(X, clustering):
    """Return the inertia of each cluster."""
    squared = ((X - clustering.centers[clustering.labels]) ** 2).sum(axis=1)
    return np.bincount(clustering.labels, squared, minlength=len(clustering.centers))


def check_consistent(X, clustering):
    """Labels are nearest centres, centres are means, inertia is what it costs."""
    squared = ((X[:, None] - clustering.centers) ** 2).sum(axis=2)
    np.testing.assert_array_equal(clustering.labels, squared.argmin(axis=1))
    assert clustering.inertia == pytest.approx(squared.min(axis=1).sum(), rel=1e-6)
    for j, center in enumerate(clustering.centers):
        np.testing.assert_allclose(center, X[clustering.labels == j].mean(axis=0), rtol=1e-9)


def test_small_clusters_are_dropped(shifted):
    """None below 28 is left, the rest is consistent; what was passed in is as it was."""
    X, found = shifted
    assert weigh(found).min() < 28
    before = found.centers.tobytes() + found.labels.tobytes()
    dropped = drop_small(X, found, min_weight=28)
    assert weigh(dropped).min() >= 28
    assert len(dropped.centers) < 12
    check_consistent(X, dropped)
    assert before == found.centers.tobytes() + found.labels.tobytes()


def test_wide_clusters_are_split(shifted):
    """None costs more than a limit below the present ones; the sum has fallen."""
    X, found = shifted
    limit = own_costs(X, found).max() / 2
    split = split_wide(X, found, max_inertia=limit)
    assert own_costs(X, split).max() <= limit * (1 + 1e-6)
    assert split.inertia < found.inertia
    assert len(split.centers) > 12
    check_consistent(X, split)


def test_close_clusters_are_merged(shifted):
    """No two centres are within 12 of each other any more; a limit on the cost keeps costly ones apart."""
    X, found = shifted
    merged = merge_close(X, found, max_distance=12.0)
    distances = np.linalg.norm(merged.centers[:, None] - merged.centers, axis=2) + np.eye(len(merged.centers)) * 99
    assert distances.min() > 12
    assert 1 < len(merged.centers) < 12
    check_consistent(X, merged)
    limited = merge_close(X, found, max_distance=12.0, max_inertia=own_costs(X, found).max() * 2)
    assert len(merged.centers) < len(limited.centers) <= 12


@pytest.mark.parametrize(
    "refine",
    [
        lambda X, found: drop_small(X, found, min_weight=0),
        lambda X, found: split_wide(X, found, max_inertia=np.inf),
        lambda X, found: merge_close(X, found, max_distance=0),
        lambda X, found: merge_close(X, found, max_distance=99, max_inertia=0),
    ],
    ids=["drop", "split", "merge", "merge none cheap"],
)
def test_nothing_to_do_gives_back_the_same(refine, shifted):
    """The same object, not a settled copy."""
    assert refine(*shifted) is shifted[1]


def test_limits_that_leave_one_or_all():
    """An impossible weight leaves one cluster, cost 0 puts each place on its own, a huge distance merges all."""
    X = ROOM[:20]
    found = clustering_of(KMeans(4, random_state=0).fit(X))
    assert len(drop_small(X, found, min_weight=1000).centers) == 1
    single = split_wide(X, found, max_inertia=0.0)
    assert (len(single.centers), single.inertia) == (20, pytest.approx(0.0, abs=1e-20))
    np.testing.assert_allclose(merge_close(X, found, max_distance=1e9).centers, [X.mean(axis=0)])


def test_weights_are_copies():
    """Weighted and copied samples give the same centres for all three."""
    weights = np.random.default_rng(0).integers(1, 4, size=300)
    copies = np.repeat(ROOM, weights, axis=0)
    one = clustering_of(KMeans(12, tol=0, random_state=0).fit(ROOM, sample_weight=weights))
    other = clustering_of(KMeans(12, tol=0, random_state=0).fit(copies))
    for function, limit in (
        (drop_small, {"min_weight": 55}),
        (split_wide, {"max_inertia": 600}),
        (merge_close, {"max_distance": 9}),
    ):
        weighted = function(ROOM, one, sample_weight=weights, **limit)
        np.testing.assert_allclose(weighted.centers, function(copies, other, **limit).centers, rtol=1e-12)
        assert len(weighted.centers) != 12


def test_limits_are_exact():
    """A cluster of just the least weight stays; merging happens at just the largest cost (2 + 2 + 100), not below."""
    X = np.array([[-1.0], [1.0], [9.0], [11.0], [30.0]])
    found = Clustering(np.array([[0.0], [10.0], [30.0]]), np.array([0, 0, 1, 1, 2]), 4.0)
    assert drop_small(X, found, min_weight=1) is found
    assert drop_small(X, found, min_weight=1.5).labels.max() == 1
    assert merge_close(X, found, max_distance=10, max_inertia=103.9) is found
    assert merge_close(X, found, max_distance=9.9, max_inertia=104) is found
    assert merge_close(X, found, max_distance=10, max_inertia=104).centers.tolist() == [[5.0], [30.0]]
    assert split_wide(X, found, max_inertia=2) is found


def test_a_single_place_is_never_cut():
    """However far its centre stands."""
    found = Clustering(np.array([[1.0], [9.0]]), np.array([0, 1]), 1.0)
    assert split_wide([[0.0], [9.0]], found, max_inertia=0.0) is found


def test_samples_set_aside_stay_aside():
    """They are labelled −1 before and after and pull nothing."""
    X = np.array([[0.0], [1.0], [9.0], [10.0], [500.0]])
    found = Clustering(np.array([[5.0]]), np.array([0, 0, 0, 0, -1]), 82.0)
    split = split_wide(X, found, max_inertia=1.0)
    assert split.labels[4] == -1
    assert sorted(split.centers.ravel().tolist()) == [0.5, 9.5]
    assert split.inertia == 1.0
    assert merge_close(X, split, max_distance=20).centers.tolist() == [[5.0]]
    assert drop_small(X, split, min_weight=3).labels.tolist() == [0, 0, 0, 0, -1]


@pytest.mark.parametrize(
    ("refine", "message"),
    [
        (lambda found: drop_small(ROOM, found, min_weight=-1), "min_weight"),
        (lambda found: split_wide(ROOM, found, max_inertia=float("nan")), "max_inertia"),
        (lambda found: merge_close(ROOM, found, max_distance=-1), "max_distance"),
        (lambda found: merge_close(ROOM[:, :1], found, max_distance=1), "1 features"),
        (lambda found: merge_close(ROOM[:5], found, max_distance=1), "labels must be one a sample"),
        (lambda found: drop_small(ROOM, Clustering(found.centers, np.full(300, -1), 0.0), min_weight=1), "set aside"),
    ],
)
def test_what_is_refused(refine, message):
    """Each by name."""
    with pytest.raises(ValueError, match=message):
        refine(clustering_of(KMeans(2, random_state=0).fit(ROOM)))


def test_an_unfitted_model_has_no_clustering():
    """The error is that of the estimators."""
    with pytest.raises(ValueError, match="not fitted"):
        clustering_of(KMeans())
