"""The open plane and its forbidden zones."""

from __future__ import annotations

import numpy as np

from placement.domains.plane import plane

SQUARE = np.array([[0.0, 0], [4, 0], [4, 4], [0, 4]])
PEOPLE = np.array([[-2.0, 0], [9, 9]])


def test_without_zones_everything_is_free() -> None:
    """No shapely polygon is made, every place may be used."""
    domain = plane(PEOPLE)
    assert domain.free is None
    assert domain.contains(PEOPLE).all()
    assert domain.nearest_free(PEOPLE) is PEOPLE


def test_inside_is_forbidden_and_the_edge_is_free() -> None:
    """A device may stand on the edge of a zone but not in it."""
    domain = plane(PEOPLE, [SQUARE])
    assert domain.contains(np.array([[2.0, 2], [0, 2], [-1, 2]])).tolist() == [False, True, True]
    np.testing.assert_allclose(domain.nearest_free(np.array([[2.0, 3.5], [7, 7]])), [[2, 4], [7, 7]])


def test_overlapping_zones_are_one() -> None:
    """A place between two overlapping zones is not free."""
    domain = plane(PEOPLE, [SQUARE, SQUARE + 3])
    assert domain.contains(np.array([[3.5, 3.5], [4, 3]])).tolist() == [False, True]


def test_moved_points_stand_in_free_space() -> None:
    """Whatever is moved is then free, within the stated tolerance."""
    domain = plane(PEOPLE, [SQUARE, SQUARE * 0.5 + [6, 1]])
    points = np.random.default_rng(0).random((500, 2)) * 9
    assert domain.contains(domain.nearest_free(points)).all()
