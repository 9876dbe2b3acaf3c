"""choose_k: the planted number by every rule, curves that never rise, a reason that can be read."""

from __future__ import annotations

import importlib
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.kmeans import KMeans, choose_k, silhouette_score
from placement.kmeans.judge import Judge
from placement.kmeans.knee import find_knee

RULES = ["knee", "silhouette", "calinski_harabasz", "davies_bouldin"]


@pytest.fixture
def four():
    """Return 200 points in four round clusters at the corners of a square."""
    rng = np.random.default_rng(0)
    corners = np.array([[0.0, 0.0], [12.0, 0.0], [0.0, 12.0], [12.0, 12.0]])
    return np.repeat(corners, 50, axis=0) + rng.normal(size=(200, 2))


@pytest.mark.parametrize("rule", RULES)
def test_the_planted_number_is_found(rule, four):
    """Every rule sees four clusters and says so in one sentence with the numbers in it."""
    chosen = choose_k(four, range(1, 11), rule=rule)
    assert (chosen.k, chosen.rule, len(chosen.table)) == (4, rule, 10)
    assert "4" in chosen.why
    assert re.fullmatch(r"[^\n]*[^.\n]\.", chosen.why)
    assert chosen.centers.shape == (4, 2)


def test_rows_are_what_they_say(four):
    """WCSS is the inertia of the centres, the silhouette that of their labels; k = 1 has only WCSS."""
    chosen = choose_k(four, [4, 1, 2, 4])
    assert [row.k for row in chosen.table] == [1, 2, 4]
    model = KMeans(chosen.k, init=chosen.centers).fit(four)
    row = next(row for row in chosen.table if row.k == chosen.k)
    assert row.wcss == pytest.approx(model.inertia_, rel=1e-3)
    assert row.silhouette == pytest.approx(silhouette_score(four, model.labels_), rel=1e-3)
    assert np.isnan(chosen.table[0][2:]).all()
    assert chosen.n_silhouettes == 200


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=4, max_size=40, unique=True),
    st.integers(1, 2),
    st.sampled_from([0.0, 4e6]),
)
def test_the_curve_never_rises(rows, step, shift):
    """Even with a single start, and over gaps in the range."""
    X = np.array(rows, dtype=float) + shift
    table = choose_k(X, range(1, len(X) + 1, step) if step == 1 else [1, 2, 3, len(X)], n_init=1).table
    assert np.all(np.diff([row.wcss for row in table]) <= 1e-12 * table[0].wcss)


def test_warm_starts_are_what_keeps_the_curve_down(monkeypatch):
    """Without them a single start does rise: the test above would see it."""
    X = np.random.default_rng(1).random((60, 2))
    module = importlib.import_module("placement.kmeans.judge").Judge

    def curve():
        return np.array([row.wcss for row in choose_k(X, range(1, 40), n_init=1).table])

    assert np.all(np.diff(curve()) <= 0)
    monkeypatch.setattr(module, "grow", lambda judge, _, k: np.repeat(judge._places[:1], k, axis=0))
    assert np.any(np.diff(curve()) > 0)


def test_weights_are_copies_and_order_does_not_matter(four):
    """The same table to rounding."""
    weights = np.random.default_rng(3).integers(1, 4, size=200)
    one = choose_k(four, range(1, 7), sample_weight=weights)
    other = choose_k(np.repeat(four, weights, axis=0)[::-1], range(1, 7))
    np.testing.assert_allclose(np.array(one.table), np.array(other.table), rtol=1e-10)


def test_silhouettes_are_weighted_and_centres_stand_among_the_samples(four):
    """Weighted rows have the silhouette of their copies; far-off samples get far-off centres."""
    weights = np.where(four[:, 0] > 6, 5, 1)
    chosen = choose_k(four + 4e6, [4], rule="silhouette", sample_weight=weights)
    labels = KMeans(4, init=chosen.centers).fit_predict(four + 4e6)
    expected = silhouette_score(np.repeat(four, weights, axis=0), np.repeat(labels, weights))
    assert chosen.table[0].silhouette == pytest.approx(expected, rel=1e-6)
    assert np.abs(chosen.centers - 4e6).max() < 20


def test_the_costliest_sample_becomes_the_next_centre():
    """From a centre at 0: weight 1 at 5 costs 25, weight 9 at 2 costs 36 and comes first, then 5."""
    places, mass = np.array([[0.0], [2.0], [5.0]]), np.array([1.0, 9.0, 1.0])
    judge = Judge(places, mass, np.random.default_rng(0), 1)
    assert judge.grow(np.array([[0.0]]), 3).ravel().tolist() == [0.0, 2.0, 5.0]


def test_many_samples_have_sampled_silhouettes():
    """Above 1000 distinct samples the silhouettes rest on 1000, near the exact one, and that is reported; WCSS is exact."""
    rng = np.random.default_rng(0)
    X = np.repeat([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]], 1000, axis=0) + rng.normal(size=(3000, 2))
    chosen = choose_k(X, [2, 3, 4], rule="silhouette", n_init=2)
    assert (chosen.k, chosen.n_silhouettes) == (3, 1000)
    labels = KMeans(3, init=chosen.centers).fit_predict(X)
    assert chosen.table[1].silhouette == pytest.approx(silhouette_score(X, labels), abs=0.02)
    assert chosen.table[1].wcss == pytest.approx(KMeans(3, random_state=0).fit(X).inertia_, rel=1e-3)


def test_a_knee_by_hand():
    """With x at 0, ¼, ½, ¾, 1 and y 1, 0.2, 0.15, 0.1, 0: farthest below the chord at ¼, by 1 − ¼ − 0.2."""
    position, depth = find_knee(np.arange(1.0, 6.0), np.array([100.0, 20.0, 15.0, 10.0, 0.0]))
    assert (position, depth) == (1, pytest.approx(0.55))


@pytest.mark.parametrize("curve", [[5.0, 5.0, 5.0], [9.0, 6.0, 3.0], [9.0, 9.0, 0.0]])
def test_curves_without_a_knee(curve):
    """Level, straight and bulging curves have none."""
    assert find_knee(np.arange(3.0), np.array(curve)) == (0, 0.0)


def test_no_knee_is_said():
    """Four places as far from each other as can be, each with the same weight: the curve is straight and k the smallest."""
    chosen = choose_k(np.eye(4), range(1, 5))
    assert chosen.k == 1
    assert "no knee" in chosen.why


def test_seeds_repeat_and_count(four):
    """Twice the same; another seed or more starts give another search on hard data."""
    X = np.random.default_rng(5).random((150, 2))

    def bits(**changed):
        return np.array([row.wcss for row in choose_k(X, range(8, 14), n_init=1, **changed).table]).tobytes()

    assert bits() == bits(random_state=0) == bits(n_threads=1)
    assert bits() != bits(random_state=1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k_range": []}, "k_range holds no"),
        ({"k_range": [0, 1, 2]}, "k_range"),
        ({"k_range": range(2, 9)}, "only 4 distinct"),
        ({"k_range": [2, 3]}, "at least three"),
        ({"k_range": [1], "rule": "silhouette"}, "one cluster"),
        ({"k_range": [1, 2, 3], "rule": "guess"}, "rule"),
        ({"k_range": [1, 2, 3], "n_init": 0}, "n_init"),
    ],
    ids=str,
)
def test_what_is_refused(arguments, message):
    """Each with a message that names it."""
    with pytest.raises(ValueError, match=message):
        choose_k([[0.0], [1.0], [2.0], [7.0], [7.0]], **arguments)


@pytest.fixture(scope="module")
def many():
    """Return 60,000 points in nine overlapping clusters: enough for a coarse picture of them."""
    rng = np.random.default_rng(3)
    return rng.normal(size=(60_000, 2)) + rng.integers(0, 3, size=(60_000, 2)) * 4


def test_many_points_are_clustered_as_well_as_by_a_fit_for_each_k(many):
    """On all points, not on the coarse picture: WCSS is that of the labels, no k is worse than ten starts of its own."""
    chosen = choose_k(many, range(1, 11), rule="silhouette")
    assert chosen.k == 9
    for row in chosen.table:
        assert row.wcss <= 1.002 * KMeans(row.k, n_init=10, random_state=0).fit(many).inertia_
    own = KMeans(9, init=chosen.centers, max_iter=1).fit(many)
    assert chosen.table[8].wcss == pytest.approx(own.inertia_, rel=1e-4)
    assert np.all(np.diff([row.wcss for row in chosen.table]) < 0)


def test_many_points_over_gaps_and_beyond_the_coarse_picture(many):
    """Numbers that are no neighbours, and more clusters than node means could tell apart: the curve falls all the same."""
    for numbers in ([30, 2, 5], [3, 4, 900]):
        table = choose_k(many, numbers, n_init=1).table
        assert [row.k for row in table] == sorted(numbers)
        assert np.all(np.diff([row.wcss for row in table]) < 0)


def test_a_coarse_picture_keeps_the_laws_of_seeds_and_weights(many):
    """The same whatever the number of threads; another seed goes another way; weight two is two copies."""
    first, threads = (choose_k(many, [2, 7, 8], n_init=2, n_threads=n) for n in (1, 2))
    assert first.centers.tobytes() == threads.centers.tobytes()
    other = choose_k(many, [2, 7, 8], n_init=2, random_state=1)
    assert [row.wcss for row in other.table] != [row.wcss for row in first.table]
    weights = np.ones(len(many))
    weights[:5000] = 2
    copies = choose_k(np.vstack([many, many[:5000]]), [2, 7, 8], n_init=2)
    weighted = choose_k(many, [2, 7, 8], n_init=2, sample_weight=weights)
    np.testing.assert_array_equal(copies.centers, weighted.centers)


def test_a_curve_never_rises_even_when_the_shortlist_is_poor(many, monkeypatch):
    """Bad starts for one k: the warm start on all points steps in."""
    choice = importlib.import_module("placement.kmeans.choice")
    real = choice.shortlists

    def poor(*arguments):
        starts = real(*arguments)
        return [*starts[:-1], np.repeat(many[:1], 6, axis=0)[None] + np.arange(6)[:, None] * 1e-3]

    monkeypatch.setattr(choice, "shortlists", poor)
    table = choose_k(many, [4, 5, 6], n_init=1).table
    assert table[2].wcss < table[1].wcss < table[0].wcss
