"""Rooms and what is within reach in them, on floors whose areas are known by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely

from helpers import floor_result, make_result, tiny_result
from placement.core import Demand, Domain, FloorPlan, Room
from placement.distances.table import TableDistance
from placement.metrics.areas import area_scores

NOTHING = shapely.MultiPolygon()


def square_floor(rooms=(), walls=NOTHING, radii_m=(5.0,)):
    """Return a floor of 10 x 10 m, three people on it, one device in its lower left corner."""
    floor = shapely.box(0, 0, 10, 10)
    lines = shapely.MultiLineString()
    plan = FloorPlan(floor, floor, walls, NOTHING, lines, lines, tuple(Room(name, outline) for name, outline in rooms))
    demand = Demand(("near", "far", "corner"), np.array([[1.0, 0.0], [9.0, 0.0], [9.0, 9.0]]), np.array([1.0, 2.0, 1.0]))
    return make_result(demand, np.zeros((1, 2)), domain=Domain("floor_plan", floor, None, plan), radii_m=radii_m)


def areas_of(result):
    return {(area.kind, area.name): area for area in area_scores(result.problem, result.plan)}


def test_share_of_floor_is_that_of_the_disc():
    """A quarter of a disc of 5 m on 100 m2, to one part in a thousand; walls are no floor."""
    whole = areas_of(square_floor())["floor", ""]
    assert whole.floor_m2 == 100
    assert whole.covered_floor_share == pytest.approx(math.pi * 25 / 4 / 100, rel=1e-3)
    walled = areas_of(square_floor(walls=shapely.box(0, 0, 2, 2)))["floor", ""]
    assert walled.floor_m2 == 96
    assert walled.covered_floor_share == pytest.approx((math.pi * 25 / 4 - 4) / 96, rel=1e-3)


def test_rooms_the_rest_and_the_whole():
    """Each point belongs to the smallest room around it; what lies in none is the rest; shares are by weight."""
    rooms = (("West", shapely.box(0, 0, 5, 10)), ("East", shapely.box(5, 0, 10, 5)), ("Nook", shapely.box(8, 0, 10, 2)))
    areas = areas_of(square_floor(rooms))
    assert [(kind, name) for kind, name in areas] == [*(("room", name) for name, _ in rooms), ("rest", ""), ("floor", "")]
    points = {name: area.demand_points for (_, name), area in areas.items() if name}
    assert points == {"West": 1, "East": 0, "Nook": 1}
    assert areas["rest", ""].demand_points == 1
    assert areas["rest", ""].floor_m2 == 25
    assert (areas["room", "West"].is_met, areas["room", "East"].is_met, areas["room", "Nook"].is_met) == (True, None, False)
    assert areas["floor", ""].covered_share == 0.25
    assert areas["room", "Nook"].mean_m == 9


def test_without_rooms_every_device_is_an_area():
    """Its points are those that it serves; a point without a way to it belongs to none."""
    result = tiny_result(radii_m=(2.0,))
    areas = area_scores(result.problem, result.plan)
    assert [area.name for area in areas] == list(result.plan.device_ids)
    assert {area.kind for area in areas} == {"device"}
    assert sum(area.demand_points for area in areas) == result.problem.demand.n
    far = np.full(5, np.inf)
    lost = area_scores(result.problem, replace(result.plan, service_distance=far))
    assert all((area.demand_points, area.mean_m, area.is_met) == (0, None, None) for area in lost)


def test_nothing_is_judged_without_a_requirement():
    """No share, no pass, no fail; the area of the floor is known all the same."""
    for area in area_scores(*_parts(square_floor(radii_m=()))):
        assert (area.covered_points, area.covered_share, area.covered_floor_share, area.is_met) == (None, None, None, None)
    assert areas_of(square_floor(radii_m=()))["floor", ""].floor_m2 == 100


def test_no_discs_for_distances_of_a_table():
    """Straight discs would not tell how much floor is within reach; demand is judged all the same."""
    result = square_floor()
    table = TableDistance(result.problem.demand.ids, result.plan.device_ids, np.zeros((3, 1)))
    areas = area_scores(replace(result.problem, distance=table), result.plan)
    assert areas[-1].covered_floor_share is None
    assert areas[-1].covered_share == 0.25


def test_rooms_and_rest_make_up_the_office():
    """Where rooms do not overlap, demand and floor add up to the whole."""
    *parts, whole = area_scores(*_parts(floor_result()))
    assert sum(area.demand_points for area in parts) == whole.demand_points
    assert sum(area.demand_weight for area in parts) == pytest.approx(whole.demand_weight)
    assert sum(area.floor_m2 for area in parts) == pytest.approx(whole.floor_m2)


def _parts(result):
    return result.problem, result.plan
