"""Types of device: each candidate stands in the problem once for each type, and carries one at most."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import numpy as np
import pytest

from placement.core import Problem
from placement.core.constraints import SAME_PLACE_M, Pair
from placement.scenario import Scenario
from placement.scenario.build import build

Load = Callable[..., Scenario]

SITES = "candidates: [{id: S, x: 0, y: 1, group: up}, {id: T, x: 5, y: 1}]"


def scenario(devices: str, more: str = "") -> str:
    """Return two points, two sites and these devices."""
    return (
        "schema: 1\nname: A\ndemand: [{id: a, x: 0, y: 0}, {id: b, x: 5, y: 0}]\n"
        f"devices: {{{devices}, types: [{{name: in, price: 2, capacity: 3}}, {{name: out, price: 5}}]}}\n{more}"
    )


def problem(load: Load, devices: str, more: str = "", **files: str) -> Problem:
    return build(load(scenario(devices, more), **files)).problem


def test_names_places_and_groups(load: Load) -> None:
    """S/in, S/out, T/in, T/out, two on one place; at most one of these carries a device."""
    made = problem(load, f"cost: 9, {SITES}")
    assert made.candidates.ids == ("S/in", "S/out", "T/in", "T/out")
    assert made.candidates.xy[:, 0].tolist() == [0, 0, 5, 5]
    assert made.candidates.group == ("up", "up", "", "")
    assert made.constraints.spacing_m == SAME_PLACE_M
    assert problem(load, f"cost: 9, spacing: 2, {SITES}").constraints.spacing_m == 2


def test_price_of_site_and_type_add_up(load: Load) -> None:
    """The rent of the place and the price of the device; a site without a price costs nothing itself."""
    assert problem(load, f"cost: 9, {SITES}").candidates.price.tolist() == [2, 5, 2, 5]
    rent = SITES.replace("group: up", "price: 10")
    assert problem(load, f"cost: 90, {rent}").candidates.price.tolist() == [12, 15, 2, 5]


@pytest.mark.parametrize(("money", "n_new"), [("cost: 3", 1), ("cost: 9", 2), ("cost: 99", 2), ("cost: 99, budget: 1", 1)])
def test_number_of_devices_counts_places(load: Load, money: str, n_new: int) -> None:
    """Two places never carry more than two devices, whatever the money buys."""
    made = problem(load, f"{money}, {SITES}")
    assert made.n_new == n_new
    assert made.constraints.money == float(money.split(",", maxsplit=1)[0].removeprefix("cost: "))


def test_capacities(load: Load) -> None:
    """A type's capacity is that of its devices; without one it is that of all, and a site may hold less."""
    assert problem(load, f"cost: 9, {SITES}").candidates.capacity.tolist() == [3, inf, 3, inf]
    assert problem(load, f"cost: 9, capacity: 7, {SITES}").candidates.capacity.tolist() == [3, 7, 3, 7]
    small = SITES.replace("group: up", "capacity: 1")
    assert problem(load, f"cost: 9, {small}").candidates.capacity.tolist() == [1, 1, 3, inf]


def test_pairs_name_the_type(load: Load) -> None:
    """Who must be served from where, by which type."""
    made = problem(load, f"cost: 9, {SITES}, pairs: {{required: [{{demand: b, device: T/out}}]}}")
    assert made.constraints.required_pairs == (Pair(1, "T/out"),)


@pytest.mark.parametrize(
    ("distance", "files"),
    [
        ("{kind: table, file: t.csv}", {"t_csv": "p,S,T\na,1,9\nb,8,2\n"}),
        ("{kind: network, edges: e.csv}", {"e_csv": "from,to,length\na,S,1\nb,T,2\na,T,9\nS,b,8\n"}),
    ],
)
def test_distances_know_the_copies(load: Load, distance: str, files: dict[str, str]) -> None:
    """A table or network names places, not types: every type is as far as its site."""
    made = problem(load, f"cost: 9, {SITES}", f"distance: {distance}", **files)
    assert made.distance.matrix(made.demand, made.candidates).tolist() == [[1, 1, 9, 9], [8, 8, 2, 2]]


def test_sites_that_may_not_be_used_are_dropped_with_all_their_types(load: Load) -> None:
    """The forbidden place leaves in every type."""
    made = problem(load, f"cost: 9, {SITES}, forbidden: [[[-1, 0.5], [1, 0.5], [1, 2], [-1, 2]]]")
    assert made.candidates.ids == ("T/in", "T/out")
    assert made.n_new == 1
    np.testing.assert_array_equal(made.candidates.price, [2, 5])
