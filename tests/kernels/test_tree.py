"""The tree of points: same rows whatever the input's order, same labels as the plain way, same bytes for any threads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.twins import assign_twin, inertia_twin, lloyd_twin
from placement.kernels import STOP_REASONS, PointTree, assign, kmeans_from, kmeans_restarts, merge_points

SEEDS = np.arange(4, dtype=np.uint64)


def _clouds(name, d):
    """Return points and weights of one kind."""
    rng = np.random.default_rng(d)
    n = 1500
    if name == "gridded":
        points = rng.integers(0, 12, size=(n, d)).astype(float)
    elif name == "duplicated":
        points = np.repeat(rng.normal(size=(n // 10, d)), 10, axis=0)
    elif name == "collinear":
        points = rng.normal(size=(n, 1)) * np.arange(1.0, d + 1)
    elif name == "far":
        points = 4e6 + rng.integers(0, 5000, size=(n, d)) / 128
    elif name == "skewed":
        points = np.exp(4 * rng.normal(size=(n, d)))
    else:
        points = rng.normal(size=(n, d)) * float(name)
    return points, rng.integers(0, 4, size=n).astype(float)


KINDS = ["1", "1e-12", "1e12", "gridded", "duplicated", "collinear", "far", "skewed"]


@pytest.mark.parametrize("d", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", KINDS)
def test_every_iteration_agrees_with_the_plain_twin(kind, d):
    """Same centres to rounding, same inertia, iterations, stop reason and relocations, after 1, 3 and all iterations."""
    points, weights = _clouds(kind, d)
    origin = np.full(d, 4e6) if kind == "far" else np.zeros(d)
    tree = PointTree(points, weights, origin=origin)
    rows, row_weights, _ = tree.arrays()
    start = rows[np.random.default_rng(1).choice(len(rows), size=9, replace=False)]
    scale = float(np.abs(rows).max())
    for max_iter in (1, 3, 300):
        runs = tree.kmeans_from(start[None], max_iter=max_iter)
        centers, inertia, n_iter, stop, n_relocations = lloyd_twin(rows, row_weights, start, max_iter=max_iter)
        np.testing.assert_allclose(runs.centers[0], centers, rtol=1e-12, atol=1e-13 * scale)
        assert runs.inertia[0] == pytest.approx(inertia, rel=1e-11)
        assert (runs.n_iter[0], STOP_REASONS[runs.stop_reason[0]], runs.n_relocations[0]) == (n_iter, stop, n_relocations)


@pytest.mark.parametrize("d", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_those_of_the_plain_sweep(kind, d):
    """To the last tie, also when ties are many and when near ties are decided by somebody else's rounding."""
    points, weights = _clouds(kind, d)
    tree = PointTree(points, weights)
    centers = points[np.random.default_rng(2).choice(len(points), size=20)]
    expected = np.where(weights > 0, assign_twin(points, centers)[0], -1)
    np.testing.assert_array_equal(tree.labels(centers), expected)
    view = points[0] / 3
    seen = np.where(weights > 0, assign(points - view, centers - view)[0], -1)
    np.testing.assert_array_equal(tree.labels(centers, seen_from=view), seen)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.integers(1, 3)), min_size=1, max_size=150),
    st.integers(1, 9),
    st.randoms(use_true_random=False),
)
def test_laws_on_a_lattice(rows, k, shuffler):
    """Copies merge as `merge_points` merges them, the order of the input leaves no trace, every tie is the twin's tie."""
    table = np.array(rows, dtype=float)
    tree = PointTree(table[:, :2].copy(), table[:, 2].copy())
    points, weights, row = tree.arrays()
    np.testing.assert_array_equal(points[row], table[:, :2])
    order = np.lexsort(points.T[::-1])
    merged = merge_points(table[:, :2].copy(), table[:, 2].copy())
    np.testing.assert_array_equal(points[order], merged[0])
    np.testing.assert_array_equal(weights[order], merged[1])
    starts = np.resize(points, (1, k, 2)) + 0.25
    tree_run, plain_run = tree.kmeans_from(starts), kmeans_from(points, weights, starts)
    assert tree_run.inertia[0] == pytest.approx(inertia_twin(points, weights, tree_run.centers[0]), rel=1e-12, abs=1e-20)
    np.testing.assert_allclose(tree_run.centers, plain_run.centers, atol=1e-12)
    shuffler.shuffle(rows)
    again = np.array(rows, dtype=float)
    other = PointTree(again[:, :2].copy(), again[:, 2].copy()).arrays()
    np.testing.assert_array_equal(other[0], points)
    np.testing.assert_array_equal(other[1], weights)


@pytest.mark.parametrize("n", [300, 30_000])
@pytest.mark.parametrize("init", ["k-means++", "random"])
def test_the_plain_way_and_the_tree_go_the_same_way(n, init):
    """From the same seeds: same stops and the same labels; the centres agree to rounding."""
    rng = np.random.default_rng(n)
    points = rng.normal(size=(n, 2)) + rng.integers(0, 4, size=(n, 2)) * 4
    tree = PointTree(points)
    on_tree, swept = (tree.kmeans_restarts(12, seeds=SEEDS, init=init, algorithm=way, max_iter=40) for way in ("tree", "lloyd"))
    np.testing.assert_array_equal(on_tree.n_iter, swept.n_iter)
    np.testing.assert_array_equal(on_tree.stop_reason, swept.stop_reason)
    for a, b in zip(on_tree.centers, swept.centers, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)
        np.testing.assert_array_equal(tree.labels(a), tree.labels(b))


@pytest.mark.parametrize("n_seeds", [1, 4])
def test_any_number_of_threads_gives_the_same_bytes(n_seeds):
    """Building, seeding, iterating and labelling, whether threads share one run or take a run each."""
    points = np.random.default_rng(5).normal(size=(150_000, 2))
    results = []
    for threads in (1, 2, 3):
        tree = PointTree(points, n_threads=threads)
        runs = tree.kmeans_restarts(30, seeds=SEEDS[:n_seeds], max_iter=5, n_threads=threads)
        results.append([*tree.arrays(), *runs, tree.labels(runs.centers[0], n_threads=threads)])
    for other in results[1:]:
        assert [part.tobytes() for part in other] == [part.tobytes() for part in results[0]]


def test_tree_seeding_finds_separate_groups_and_distinct_places():
    """Fifty far groups of 100 points: every k-means++ start finds all; with as many centres as places each gets its own."""
    rng = np.random.default_rng(3)
    points = (rng.permutation(50)[:, None, None] * 100 + rng.normal(size=(50, 100, 2))).reshape(-1, 2)
    runs = PointTree(points).kmeans_restarts(50, seeds=SEEDS, max_iter=5)
    assert runs.inertia.max() < 2.5 * len(points)
    lattice = np.stack(np.meshgrid(np.arange(50.0), np.arange(45.0)), axis=-1).reshape(-1, 2)
    runs = PointTree(lattice).kmeans_restarts(2250, seeds=SEEDS[:1], max_iter=1)
    assert (runs.inertia[0], runs.n_relocations[0]) == (0.0, 0)


def test_tree_seeding_is_as_good_as_plain_seeding():
    """The mean cost after one iteration from 30 tree starts is within 3 % of that from 30 plain starts on the same rows."""
    rng = np.random.default_rng(8)
    points = rng.normal(size=(4000, 2)) * rng.uniform(0.1, 3, size=(4000, 1))
    tree = PointTree(points)
    seeds = np.arange(30, dtype=np.uint64)
    rows, weights, _ = tree.arrays()
    ours = tree.kmeans_restarts(25, seeds=seeds, max_iter=1).inertia.mean()
    plain = kmeans_restarts(rows, weights, 25, seeds=seeds, max_iter=1).inertia.mean()
    assert ours == pytest.approx(plain, rel=0.03)


def test_locked_centres_never_move_and_count_as_chosen():
    """A new centre goes to the far group when the near one has a locked centre."""
    rng = np.random.default_rng(4)
    points = np.concatenate([rng.normal(size=(1500, 2)), rng.normal(size=(1500, 2)) + 100])
    locked = np.array([[0.5, 0.0]])
    runs = PointTree(points).kmeans_restarts(1, seeds=SEEDS, locked=locked)
    np.testing.assert_array_equal(runs.centers[:, 0], np.broadcast_to(locked, (4, 2)))
    np.testing.assert_allclose(runs.centers[:, 1], np.broadcast_to(points[1500:].mean(axis=0), (4, 2)), rtol=1e-12)


def test_degenerate_points():
    """All points equal; one point; K = n; outliers that put everything else into one cell."""
    same = PointTree(np.full((5000, 3), 7.5))
    assert (same.n_rows, same.scatter, same.weight) == (1, 0.0, 5000.0)
    assert same.kmeans_restarts(1, seeds=SEEDS).inertia.max() == 0.0
    points = np.random.default_rng(0).random((200, 2))
    tree = PointTree(points)
    assert tree.kmeans_restarts(200, seeds=SEEDS).inertia.max() == pytest.approx(0, abs=1e-28)
    points = np.concatenate([np.random.default_rng(0).random((5000, 2)), [[1e9, 1e9], [-1e9, 3.0]]])
    centers = points[[1, 7, 300, 5000]]
    np.testing.assert_array_equal(PointTree(points).labels(centers), assign_twin(points, centers)[0])


def test_scatter_is_the_cost_of_one_centre():
    """The tree's scatter is the inertia at K = 1."""
    points, weights = _clouds("skewed", 2)
    tree = PointTree(points, weights)
    assert tree.scatter == pytest.approx(tree.kmeans_restarts(1, seeds=SEEDS[:1]).inertia[0], rel=1e-12)
    assert tree.weight == weights.sum()


@pytest.mark.parametrize(
    ("points", "weights", "message"),
    [
        (np.zeros((3, 2)), np.ones(2), "rows"),
        (np.zeros((3, 2)), np.zeros(3), "with weight"),
        (np.zeros((0, 2)), None, "with weight"),
        (np.zeros((3, 5)), None, "one to four columns"),
    ],
    ids=str,
)
def test_what_cannot_be_a_tree_is_refused(points, weights, message):
    """Each wrong argument is named."""
    with pytest.raises(ValueError, match=message):
        PointTree(points, weights)
