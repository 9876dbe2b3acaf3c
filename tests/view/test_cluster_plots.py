"""Elbow, silhouettes and profiles: what is drawn where, and that drawing changes nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from placement.kmeans import KMeans, choose_k, silhouette_samples
from placement.view.cluster_plots import draw_elbow, draw_profiles, draw_silhouettes


@pytest.fixture
def axes():
    """Return empty Axes on a figure of their own."""
    return Figure().add_subplot()


@pytest.fixture
def blobs():
    """Return 120 points in three round clusters of 20, 40 and 60."""
    rng = np.random.default_rng(0)
    return np.repeat([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]], [20, 40, 60], axis=0) + rng.normal(size=(120, 2))


def find(axes, gid):
    """Return the only artist of that name."""
    (artist,) = (artist for artist in axes.get_children() if artist.get_gid() == gid)
    return artist


def test_the_elbow_marks_the_chosen_k(axes, blobs):
    """The curve is the table, the ring stands on it at k, the label names k, the axis starts at 0."""
    chosen = choose_k(blobs, range(1, 9))
    draw_elbow(axes, chosen)
    x, y = find(axes, "wcss").get_data()
    assert x.tolist() == list(range(1, 9))
    np.testing.assert_array_equal(y, [row.wcss for row in chosen.table])
    assert [float(value[0]) for value in find(axes, "chosen").get_data()] == [3.0, chosen.table[2].wcss]
    assert find(axes, "chosen-label").get_text() == "k = 3"
    assert axes.get_ylim()[0] == 0
    assert find(axes, "chord").get_xdata().tolist() == [1, 8]


def test_other_rules_have_no_chord_and_long_ranges_few_ticks(axes, blobs):
    """The chord belongs to the knee; sixty values of k still leave room for their numbers."""
    draw_elbow(axes, choose_k(blobs, range(2, 62), rule="silhouette", n_init=1))
    assert not [artist for artist in axes.get_children() if artist.get_gid() == "chord"]
    assert len(axes.get_xticks()) <= 20


def test_each_cluster_has_a_blade_as_high_as_its_share(axes, blobs):
    """Blades take a sixth, a third and a half of the height; the line is the mean; rows set aside are left out."""
    labels = np.repeat([0, 1, 2], [20, 40, 60])
    values = silhouette_samples(blobs, labels)
    draw_silhouettes(axes, np.append(values, np.nan), np.append(labels, -1), names=["few", "some", "many"])
    for position, share in enumerate((1 / 6, 1 / 3, 1 / 2)):
        corners = find(axes, f"blade-{position}").get_paths()[0].get_extents()
        assert corners.height == pytest.approx(share * 0.92)
        assert corners.x1 == pytest.approx(values[labels == position].max())
    assert find(axes, "mean").get_xdata()[0] == pytest.approx(values.mean())
    assert [label.get_text() for label in axes.get_yticklabels()] == ["few", "some", "many"]


def test_many_silhouettes_make_no_heavy_picture(axes):
    """A hundred thousand samples are drawn with a few thousand corners."""
    draw_silhouettes(axes, np.random.default_rng(0).random(100_000), np.repeat([0, 1], 50_000))
    assert len(find(axes, "blade-0").get_paths()[0].vertices) < 20_000


def test_profiles_stand_at_their_values(axes, blobs):
    """One mark a feature and cluster, in colour and shape of its own, names on the axis and in the legend."""
    model = KMeans(3, random_state=0).fit(blobs)
    profiles = (model.cluster_centers_ - blobs.mean(axis=0)) / blobs.std(axis=0)
    draw_profiles(axes, profiles, feature_names=["spend", "visits"], names=["VIP", "new", "at risk"])
    looks = set()
    for position in range(3):
        marks = find(axes, f"profile-{position}")
        np.testing.assert_array_equal(marks.get_xdata(), profiles[position])
        looks.add((marks.get_marker(), marks.get_markerfacecolor()))
    assert len(looks) == 3
    assert [label.get_text() for label in axes.get_yticklabels()] == ["spend", "visits"]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["VIP", "new", "at risk"]


def test_equal_profiles_are_all_seen(axes):
    """Marks of the same value do not cover each other."""
    draw_profiles(axes, np.zeros((9, 2)), feature_names=["a", "b"])
    heights = [find(axes, f"profile-{position}").get_ydata()[0] for position in range(9)]
    assert len(set(heights)) == 9
    assert max(heights) - min(heights) < 1
