"""Lloyd's iteration and its seeding, against a plain twin and against what every run promises."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.twins import inertia_twin, lloyd_twin, plus_plus_twin
from placement.kernels import STOP_REASONS, assign, kmeans_from, kmeans_restarts

SEEDS = np.arange(12, dtype=np.uint64)


def reason(runs, position=0):
    """Return the stop reason of one run in words."""
    return STOP_REASONS[runs.stop_reason[position]]


def assert_same_bits(left, right):
    """Every array of two results is the same."""
    for a, b in zip(left, right, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("n_locked", [0, 2])
@pytest.mark.parametrize(("max_iter", "tol"), [(300, 0.0), (1, 0.0), (3, 0.0), (300, 0.5)])
def test_lloyd_agrees_with_its_plain_twin(cloud, n_locked, max_iter, tol):
    """Same centres to rounding, same iterations, stop reason and relocations."""
    points, weights, start = cloud
    runs = kmeans_from(points, weights, start[None], n_locked=n_locked, max_iter=max_iter, tol=tol)
    centers, inertia, n_iter, stop, n_relocations = lloyd_twin(
        points, weights, start, n_locked=n_locked, max_iter=max_iter, tol=tol
    )
    np.testing.assert_allclose(runs.centers[0], centers, rtol=1e-12, atol=1e-13)
    assert runs.inertia[0] == pytest.approx(inertia, rel=1e-12)
    assert (runs.n_iter[0], reason(runs), runs.n_relocations[0]) == (n_iter, stop, n_relocations)


def test_four_points_by_hand():
    """0 and 2 (weight 3) make 1.5 and cost 2.25 + 3 · 0.25; 10 and 12 make 11 and cost 1 + 1: 5 together."""
    points = np.array([[0.0], [2.0], [10.0], [12.0]])
    runs = kmeans_from(points, np.array([1.0, 3.0, 1.0, 1.0]), np.array([[[0.0], [9.0]]]))
    assert runs.centers[0].ravel().tolist() == [1.5, 11.0]
    assert (runs.inertia[0], runs.n_iter[0], reason(runs)) == (5.0, 2, "labels_unchanged")


def test_each_of_the_three_stops_is_named():
    """Unchanged labels; a small shift; the limit of iterations."""
    points, start = np.arange(20.0)[:, None], np.array([[[0.0], [1.0]]])
    weights = np.ones(20)
    assert reason(kmeans_from(points, weights, start)) == "labels_unchanged"
    assert reason(kmeans_from(points, weights, start, tol=4.0)) == "center_shift"
    assert reason(kmeans_from(points, weights, start, max_iter=2)) == "max_iter"


@pytest.mark.parametrize("rules", [{}, {"max_iter": 1}, {"max_iter": 2}, {"tol": 1.0}], ids=str)
def test_inertia_belongs_to_the_centres_at_every_stop(cloud, rules):
    """Assigning anew to the centres handed out gives the inertia handed out."""
    points, weights, _ = cloud
    runs = kmeans_restarts(points, weights, 4, seeds=SEEDS, **rules)
    for centers, inertia in zip(runs.centers, runs.inertia, strict=True):
        assert float(weights @ assign(points, centers)[1]) == pytest.approx(inertia, rel=1e-12)


def test_centres_are_weighted_means_when_labels_stand_still(cloud):
    """At the stop `labels_unchanged` every centre with weight is the mean of its own points."""
    points, weights, _ = cloud
    runs = kmeans_restarts(points, weights, 5, seeds=SEEDS, max_iter=1000)
    assert set(runs.stop_reason) <= {0, 1}  # a shift of exactly 0 is found one assignment earlier
    for centers in runs.centers:
        labels = assign(points, centers)[0]
        for j in range(5):
            own = labels == j
            np.testing.assert_allclose(centers[j], np.average(points[own], axis=0, weights=weights[own]), atol=1e-12)


def test_inertia_never_rises(cloud):
    """One more iteration is never worse."""
    points, weights, start = cloud
    inertias = [kmeans_from(points, weights, start[None], max_iter=most).inertia[0] for most in range(1, 15)]
    assert all(later <= earlier * (1 + 1e-14) for earlier, later in pairwise(inertias))


def test_locked_centres_come_first_and_never_move(cloud):
    """Whatever the seeding, locked centres keep their bits; they count as chosen and they serve points."""
    points, weights, start = cloud
    for init in ("k-means++", "random"):
        runs = kmeans_restarts(points, weights, 3, seeds=SEEDS, locked=start[:2] + 0.1, init=init)
        assert runs.centers.shape == (12, 5, points.shape[1])
        np.testing.assert_array_equal(runs.centers[:, :2], np.broadcast_to(start[:2] + 0.1, runs.centers[:, :2].shape))


def test_locked_only_is_an_assignment():
    """No new centre: nothing moves, the inertia is that of the locked ones."""
    runs = kmeans_restarts(np.array([[0.0], [3.0]]), np.ones(2), 0, seeds=SEEDS[:1], locked=np.array([[1.0]]))
    assert (runs.inertia[0], runs.n_relocations[0]) == (5.0, 0)


def test_seeding_avoids_locked_places():
    """A new centre goes to the far group when the near one has a locked centre."""
    points = np.array([[0.0, 0.0], [1.0, 0.0], [100.0, 0.0], [101.0, 0.0]])
    runs = kmeans_restarts(points, np.ones(4), 1, seeds=SEEDS, locked=np.array([[0.5, 0.0]]))
    np.testing.assert_array_equal(runs.centers[:, 1], np.broadcast_to([100.5, 0.0], (12, 2)))


def test_an_empty_centre_goes_to_the_costliest_point():
    """Centre 1 is far from all; 2.5 (w d² = 2·2.5² = 12.5) costs more than 3 (9): it moves there, once."""
    points = np.array([[0.0], [2.5], [3.0]])
    runs = kmeans_from(points, np.array([10.0, 2.0, 1.0]), np.array([[[0.0], [99.0]]]), max_iter=1)
    assert runs.n_relocations[0] == 1
    assert runs.centers[0, 1, 0] == 2.5


def test_two_empty_centres_get_two_places():
    """Copies of the costliest point go along with it, so the next empty centre finds another place."""
    points = np.array([[0.0], [0.1], [8.0], [8.0], [9.0], [9.0]])
    runs = kmeans_from(points, np.ones(6), np.array([[[0.0], [99.0], [98.0]]]))
    assert sorted(runs.centers[0].ravel().tolist()) == [0.05, 8.0, 9.0]
    assert runs.n_relocations[0] == 2


def test_equally_costly_points_lowest_position_first():
    """-1 and 1 cost the same; the empty centre takes the first of them."""
    runs = kmeans_from(np.array([[-1.0], [1.0], [0.0]]), np.ones(3), np.array([[[0.0], [50.0]]]), max_iter=1)
    assert runs.centers[0, 1, 0] == -1.0


def test_a_locked_centre_gives_its_only_place_away():
    """The one point of a locked centre stands apart from it; the empty centre takes it over."""
    runs = kmeans_from(np.array([[5.0], [5.0]]), np.ones(2), np.array([[[0.0], [99.0]]]), n_locked=1)
    assert runs.centers[0].ravel().tolist() == [0.0, 5.0]
    assert (runs.n_relocations[0], runs.inertia[0]) == (1, 0.0)


def test_no_run_stops_for_a_small_shift_right_after_a_relocation():
    """The tolerance is wide, yet the iteration in which a centre was relocated is not the last."""
    points = np.array([[0.0], [1.0], [7.0], [9.0]])
    runs = kmeans_from(points, np.ones(4), np.array([[[0.0], [1e3]]]), tol=1e9)
    assert (runs.n_relocations[0], runs.n_iter[0], reason(runs)) == (1, 2, "center_shift")


def test_left_over_centre_stays_and_stays_empty():
    """Three centres, two places: the third keeps its own place, nothing is relocated to a copy, and the run ends."""
    points = np.array([[0.1], [0.1], [0.1], [0.7], [0.7], [0.7]])
    runs = kmeans_from(points, np.ones(6), np.array([[[0.0], [1.0], [77.0]]]))
    assert runs.centers[0, 2, 0] == 77.0
    assert (runs.n_relocations[0], reason(runs)) == (0, "labels_unchanged")
    np.testing.assert_allclose(runs.centers[0, :2, 0], [0.1, 0.7], rtol=1e-15)


def test_points_of_weight_zero_neither_hold_nor_attract_a_centre():
    """A centre with only weightless points counts as empty and is moved to a point with weight."""
    points, weights = np.array([[0.0], [1.0], [50.0]]), np.array([1.0, 1.0, 0.0])
    runs = kmeans_from(points, weights, np.array([[[0.4], [50.0]]]))
    assert sorted(runs.centers[0].ravel().tolist()) == [0.0, 1.0]
    assert runs.inertia[0] == 0.0


@pytest.mark.parametrize("init", ["k-means++", "random"])
def test_a_restart_depends_on_its_own_seed_only(cloud, init):
    """More seeds, another order of seeds: each seed's run stays the same, bit for bit."""
    points, weights, _ = cloud
    all_runs = kmeans_restarts(points, weights, 4, seeds=SEEDS, init=init)
    some = kmeans_restarts(points, weights, 4, seeds=SEEDS[[7, 2]].copy(), init=init)
    assert_same_bits([part[[7, 2]] for part in all_runs], some)


@pytest.mark.parametrize("n_seeds", [1, 5])
def test_any_number_of_threads_gives_the_same_bits(n_seeds):
    """Whether threads share one run or take a run each, sums are taken in one order."""
    rng = np.random.default_rng(5)
    points, weights = rng.normal(size=(30_000, 2)), rng.random(30_000)
    results = [
        kmeans_restarts(points, weights, 20, seeds=SEEDS[:n_seeds], max_iter=15, n_threads=threads) for threads in (1, 2, 5)
    ]
    assert_same_bits(results[0], results[1])
    assert_same_bits(results[0], results[2])


@pytest.mark.parametrize("init", ["k-means++", "random"])
def test_starts_are_distinct_points_with_weight(init):
    """As many centres as weighted points: each gets its own, no weightless point is drawn."""
    points, weights = np.arange(12.0)[:, None], np.tile([1.0, 0.0, 2.0], 4)
    runs = kmeans_restarts(points, weights, 8, seeds=SEEDS, init=init, max_iter=1)
    for centers in runs.centers:
        assert sorted(centers.ravel().tolist()) == points[weights > 0].ravel().tolist()
    assert not runs.n_relocations.any()  # not the repair's merit


def test_random_starts_follow_the_weights():
    """A point of weight 3 among three of weight 1 is drawn about half of the time (4000 draws, 5 sigma)."""
    points, weights = np.arange(4.0)[:, None], np.array([1.0, 3.0, 1.0, 1.0])
    seeds = np.arange(4000, dtype=np.uint64)
    for init in ("random", "k-means++"):
        centers = kmeans_restarts(points, weights, 1, seeds=seeds, init=init, max_iter=1).centers  # the mean, whatever the start
        assert np.all(centers == 1.3333333333333333)
    drawn = kmeans_restarts(points, weights, 1, seeds=seeds, init="random", locked=np.arange(4.0)[:, None]).centers[:, 4, 0]
    share = np.mean(drawn == 1.0)
    assert abs(share - 0.5) < 5 * np.sqrt(0.25 / 4000)


def test_seeding_finds_separate_groups():
    """Twenty well-separated groups: every k-means++ start finds all of them, random starts do not."""
    rng = np.random.default_rng(3)
    points = (rng.permutation(20)[:, None, None] * 100 + rng.normal(size=(20, 15, 2))).reshape(-1, 2)
    plus_plus, random = (kmeans_restarts(points, np.ones(300), 20, seeds=SEEDS, init=init) for init in ("k-means++", "random"))
    assert plus_plus.inertia.max() < 1000 < np.median(random.inertia)


def test_the_best_of_several_candidates_beats_a_single_one():
    """One iteration after the start, greedy seeding is at least 5 % below k-means++ as published, on average."""
    rng = np.random.default_rng(3)
    points, weights = rng.normal(size=(500, 2)), np.ones(500)
    greedy = kmeans_restarts(points, weights, 30, seeds=SEEDS, max_iter=1)
    starts = np.array([plus_plus_twin(points, 30, rng) for _ in range(12)])
    plain = kmeans_from(points, weights, starts, max_iter=1)
    assert greedy.inertia.mean() < 0.95 * plain.inertia.mean()


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 3)), min_size=1, max_size=25), st.integers(1, 6))
def test_laws_on_a_lattice(rows, k):
    """Copies, ties, weightless points and too many centres: runs end, inertia is right and never above that of the start."""
    table = np.array(rows, dtype=float)
    points, weights = np.ascontiguousarray(table[:, :2]), table[:, 2].copy()
    starts = np.resize(points, (1, k, 2)) + 0.25
    runs = kmeans_from(points, weights, starts, max_iter=200)
    assert reason(runs) != "max_iter"
    expected = inertia_twin(points, weights, runs.centers[0])
    assert runs.inertia[0] == pytest.approx(expected, rel=1e-12, abs=1e-20)
    assert expected <= inertia_twin(points, weights, starts[0]) * (1 + 1e-12)
    n_places = len(np.unique(points[weights > 0], axis=0))
    if n_places <= k:
        assert runs.inertia[0] == pytest.approx(0, abs=1e-20)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_clusters": 0}, "at least one centre"),
        ({"n_clusters": -1}, "not be negative"),
        ({"max_iter": 0}, "max_iter"),
        ({"init": "guess"}, "init must be one of"),
        ({"weights": np.ones(3)}, "rows"),
        ({"locked": np.zeros((1, 3))}, "columns"),
        ({"points": np.empty((0, 2)), "weights": np.empty(0)}, "at least one point"),
    ],
    ids=str,
)
def test_what_cannot_be_run_is_refused(change, message):
    """Each wrong argument is named."""
    given_ = {"points": np.zeros((4, 2)), "weights": np.ones(4), "n_clusters": 2, "seeds": SEEDS} | change
    with pytest.raises(ValueError, match=message):
        kmeans_restarts(given_.pop("points"), given_.pop("weights"), given_.pop("n_clusters"), **given_)


def test_inputs_are_left_alone(cloud):
    """Read-only arrays are taken and nothing is written into them."""
    points, weights, start = cloud
    for array in (points, weights, start):
        array.setflags(write=False)
    kmeans_from(points, weights, start[None])
    kmeans_restarts(points, weights, 2, seeds=SEEDS[:2], locked=start[:1])
