"""Every distance keeps the same promises."""

from __future__ import annotations

import numpy as np
import pytest

from placement.core import Demand, Sites
from placement.distances import DISTANCES

RNG = np.random.default_rng(6)
HERE, THERE = RNG.random((9, 2)) * 50, RNG.random((5, 2)) * 50
LARGE = np.array([[545_000.0, 4_180_000.0]])
CENTIMETRE_ON = LARGE + np.array([0.01, 0])


def name_of(place):
    return ",".join(map(repr, place.tolist()))


def between(distance, here, there):
    demand = Demand(tuple(map(name_of, here)), here, np.ones(len(here)))
    return distance.matrix(demand, Sites(tuple(map(name_of, there)), there))


def make(kind: str):
    """Return the distance; a table and a network that say what the straight line would, between places named by position."""
    places = np.concatenate([HERE, THERE, LARGE, CENTIMETRE_ON])
    names = tuple(map(name_of, places))
    far = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    i, j = np.triu_indices(len(places), 1)
    made = {"table": (names, names, far), "network": (names, np.column_stack([i, j]), far[i, j])}
    return DISTANCES[kind](*made.get(kind, ()))


@pytest.fixture(params=DISTANCES, ids=str)
def distance(request: pytest.FixtureRequest):
    return make(request.param)


def test_kind_is_the_word_in_the_yaml_and_reports_have_words(distance) -> None:
    """The registry and the object agree; the meaning is for people."""
    assert DISTANCES[distance.kind] is type(distance)
    assert distance.meaning
    assert distance.is_straight == (distance.kind == "euclidean")


def test_rows_are_demand_and_columns_are_sites(distance) -> None:
    """Shape (n, m), in float64."""
    matrix = between(distance, HERE, THERE)
    assert matrix.shape == (9, 5)
    assert matrix.dtype == np.float64


def test_nothing_is_zero_metres_from_itself_only(distance) -> None:
    """Zero on the spot, positive elsewhere, symmetric."""
    matrix = between(distance, HERE, HERE)
    assert (np.diag(matrix) == 0).all()
    assert (matrix[~np.eye(9, dtype=bool)] > 0).all()
    np.testing.assert_allclose(matrix, matrix.T)


def test_a_detour_is_never_shorter_and_no_path_beats_the_straight_line(distance) -> None:
    """The triangle inequality, and the Euclidean lower bound."""
    direct, via, onward = between(distance, HERE, HERE), between(distance, HERE, THERE), between(distance, THERE, HERE)
    assert (direct <= (via[:, :, None] + onward[None]).min(axis=1) + 1e-9).all()
    straight = np.sqrt(((HERE[:, None] - THERE[None]) ** 2).sum(axis=2))
    assert (via >= straight - 1e-9).all()


def test_large_coordinates_keep_their_centimetres(distance) -> None:
    """At UTM size a distance of 1 cm is still 1 cm."""
    assert between(distance, LARGE, CENTIMETRE_ON)[0, 0] == pytest.approx(0.01, rel=1e-6)
