"""kmeans_plusplus: rows and centres agree, chances are right, more trials help, weights count."""

from __future__ import annotations

import numpy as np
import pytest

from placement.kmeans import kmeans_plusplus
from placement.kmeans.plus_plus import draw_rows


def test_indices_point_at_the_centres():
    """The centres are rows of X, all different while there are different ones."""
    X = np.random.default_rng(0).random((50, 3)) + 4e6
    centers, indices = kmeans_plusplus(X, 20, random_state=1)
    np.testing.assert_array_equal(X[indices], centers)
    assert len(set(indices.tolist())) == 20


def test_chances_are_those_of_the_paper():
    """From 0, 1, 3 with one trial: given 0 first, 1 follows with 1/10 and 3 with 9/10."""
    seconds = [
        indices[1]
        for seed in range(6000)
        if (indices := kmeans_plusplus([[0.0], [1.0], [3.0]], 2, random_state=seed, n_local_trials=1)[1])[0] == 0
    ]
    assert len(seconds) == pytest.approx(2000, abs=150)
    assert np.mean(np.array(seconds) == 2) == pytest.approx(0.9, abs=0.03)


def test_weights_are_chances():
    """A sample of weight 0 is never chosen; the first is drawn with chances proportional to the weights."""
    firsts = [kmeans_plusplus([[0.0], [1.0], [2.0]], 1, sample_weight=[0, 1, 3], random_state=seed)[1][0] for seed in range(2000)]
    assert set(firsts) == {1, 2}
    assert np.mean(np.array(firsts) == 2) == pytest.approx(0.75, abs=0.04)


def test_more_trials_are_better_on_average():
    """The sum of squared distances falls from plain to greedy."""
    X = np.random.default_rng(2).random((300, 2))

    def mean_potential(trials):
        starts = [kmeans_plusplus(X, 15, random_state=seed, n_local_trials=trials)[0] for seed in range(20)]
        return np.mean([((X[:, None] - start) ** 2).sum(axis=2).min(axis=1).sum() for start in starts])

    assert mean_potential(5) < 0.85 * mean_potential(1)


def test_it_repeats_and_varies():
    """The same int gives the same choice, another one another; a generator moves on."""
    X = np.random.default_rng(2).random((300, 2))
    one, same, other = (kmeans_plusplus(X, 9, random_state=seed)[1].tolist() for seed in (3, 3, 4))
    assert one == same != other
    rng = np.random.default_rng(3)
    assert kmeans_plusplus(X, 9, random_state=rng)[1].tolist() != kmeans_plusplus(X, 9, random_state=rng)[1].tolist()


def test_places_run_out():
    """Two places, four starts: both are taken, copies follow, nobody of weight 0."""
    centers, indices = kmeans_plusplus([[0.0], [0.0], [7.0], [9.0]], 4, sample_weight=[1, 1, 1, 0], random_state=0)
    assert set(centers.ravel().tolist()) == {0.0, 7.0}
    assert 3 not in indices


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"n_clusters": 0}, "n_clusters"), ({"n_clusters": 3}, "n_samples=2"), ({"n_clusters": 1, "n_local_trials": 0}, "trials")],
)
def test_what_is_refused(arguments, message):
    """Numbers out of range, by name."""
    with pytest.raises(ValueError, match=message):
        kmeans_plusplus([[0.0], [1.0]], **arguments)


def test_a_trailing_row_without_mass_is_never_drawn():
    """Rounding up to the total must not lead past the last row that has mass."""

    class Ones:
        """A generator whose numbers are as near to 1 as can be."""

        def random(self, size):
            return np.full(size, np.nextafter(1.0, 0.0))

    assert draw_rows(np.array([0.1, 0.2, 0.0]), 1, Ones()).tolist() == [1]


def test_a_leading_row_without_mass_is_never_drawn():
    """Drawing exactly 0 must not give the row that has none."""

    class Zeros:
        """A generator whose numbers are all 0."""

        def random(self, size):
            return np.zeros(size)

    assert draw_rows(np.array([0.0, 0.0, 0.2, 1.0]), 1, Zeros()).tolist() == [2]
