"""Placing names."""

from __future__ import annotations

import numpy as np

from placement.view.labels import Label, label_size, place_labels

BOX = np.array([[0.0, 0.0], [400.0, 300.0]])
NOBODY = np.empty((0, 2))


def boxes(labels, places):
    halves = [np.array(label_size(label)) / 2 for label in labels]
    return [(place - half, place + half) for place, half in zip(places, halves, strict=True)]


def test_a_lonely_label_stands_clear_of_its_mark():
    """The box does not touch the square that its mark takes."""
    label = Label("D1", (0, 0), 8.0, "k")
    ((low, high),) = boxes([label], place_labels([label], np.array([[200.0, 150]]), BOX, NOBODY))
    assert (low >= 208).any() or (high <= [192, 142]).any() or low[1] >= 158 or high[0] <= 192


def test_labels_of_marks_at_one_place_do_not_overlap():
    """Four devices on the same spot: four separate names."""
    labels = [Label(f"Device {i}", (0, 0), 8.0, "k") for i in range(4)]
    shown = boxes(labels, place_labels(labels, np.full((4, 2), 150.0), BOX, NOBODY))
    for i, (low, high) in enumerate(shown):
        for other_low, other_high in shown[i + 1 :]:
            assert (low >= other_high).any() or (high <= other_low).any()


def test_labels_stay_on_the_map():
    """A device in the corner is named towards the middle."""
    label = Label("D1 (fixed)", (0, 0), 8.0, "k")
    ((low, high),) = boxes([label], place_labels([label], np.array([[1.0, 1.0]]), BOX, NOBODY))
    assert (low >= 0).all()
    assert (high <= BOX[1]).all()


def test_labels_avoid_points_when_they_can():
    """With desks on every side but the west, the name goes west."""
    angle = np.linspace(-2.2, 2.2, 23)
    points = np.concatenate([[200, 150] + r * np.column_stack([np.cos(angle), np.sin(angle)]) for r in (16, 24, 32, 48, 64, 80)])
    label = Label("D1", (0, 0), 8.0, "k")
    (place,) = place_labels([label], np.array([[200.0, 150]]), BOX, points)
    assert place[0] < 192


def test_an_optional_label_without_room_is_left_out():
    """Ten names around one spot on a stamp: the optional ones give way."""
    labels = [Label("D1", (0, 0), 8.0, "k"), *(Label("farthest: 10.00 m", (0, 0), 6.0, "k", is_optional=True) for _ in range(9))]
    stamp = np.array([[0.0, 0.0], [150.0, 60.0]])
    places = place_labels(labels, np.full((10, 2), 30.0), stamp, NOBODY)
    assert places[0] is not None
    assert any(place is None for place in places)
