"""The legend explains what the map shows and nothing else."""

from __future__ import annotations

import numpy as np

from helpers import city_result, demand_at, desks_result, floor_result, make_result
from placement.view.legend import legend_entries


def texts(result):
    return [entry.label for entry in legend_entries(result)]


def test_floor_plan_legend():
    """Every part of the plan that is drawn is explained."""
    assert set(texts(floor_result())) >= {
        "wall or column",
        "window",
        "door",
        "void: no floor",
        "within 4 m",
        "4 m to 8 m",
        "new device",
    }


def test_plane_has_no_walls_in_its_legend():
    """No heading and no line for what is absent."""
    shown = texts(desks_result())
    assert not {"Place", "wall or column", "no device allowed", "candidate site, not used", "Size of a point: its weight"} & set(
        shown
    )


def test_devices_are_listed_with_how_many_they_serve():
    """One line for each device in the order of the plan, as counted in the score."""
    result = floor_result()
    assert [f"{d.id} ({d.demand_points})" for d in result.score.devices] == texts(result)[1:6]


def test_many_devices_stand_in_two_columns_and_hundreds_only_in_number():
    """Thirty devices take fifteen rows; beyond forty the files name them."""
    entries = legend_entries(desks_result(n=300, p=30))
    assert sum(entry.is_right for entry in entries) == 15
    assert texts(desks_result(n=300, p=41))[0] == "41 devices, each with its own points"


def test_weights_that_differ_have_sizes_in_the_legend():
    """Point sizes are explained with the largest weight and round ones below it, area in proportion to weight."""
    entries = [entry for entry in legend_entries(city_result()) if entry.label.replace(",", "").isdigit()]
    assert len(entries) == 3
    sizes = [entry.look["markersize"] ** 2 for entry in entries]
    shown = [float(entry.label.replace(",", "")) for entry in entries]
    assert shown[0] == city_result().problem.demand.weight.max()
    np.testing.assert_allclose(np.array(sizes) / sizes[0], np.array(shown) / shown[0])


def test_few_weights_are_shown_as_they_are():
    """With weights 1 and 6 the legend has 6 and 1, nothing that no point has."""
    demand = demand_at(np.array([[0.0, 0], [5, 0], [9, 0]]), np.array([1.0, 6, 1]))
    labels = [entry.label for entry in legend_entries(make_result(demand, np.zeros((1, 2)))) if entry.label.isdigit()]
    assert labels == ["6", "1"]


def test_long_names_are_shortened():
    """A device called by a whole sentence does not leave the sheet."""
    result = make_result(demand_at(np.array([[0.0, 0]])), np.zeros((1, 2)), device_ids=("the one beside the coffee machine",))
    assert texts(result)[1] == "the one beside th… (1)"
