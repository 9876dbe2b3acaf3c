"""The survey: what is read off the place for who hangs the devices."""

from __future__ import annotations

import numpy as np
import shapely

from helpers import city_result, floor_result, make_result, tiny_result
from placement.core import Demand
from placement.core.survey import Survey
from placement.metrics import MOST_SURVEYED, survey


def test_building_and_rooms_of_a_floor_plan():
    """Width and depth are those of the outline; each device has its room and two measures."""
    result = floor_result()
    found = survey(result.problem, result.plan)
    left, bottom, right, top = shapely.bounds(result.problem.domain.plan.outline)
    assert (found.width_m, found.depth_m) == (right - left, top - bottom)
    assert len(found.spots) == result.plan.p
    assert all(len(spot.landmarks) == 2 for spot in found.spots)
    assert any(spot.room == "Open office" for spot in found.spots)


def test_cable_is_the_straight_way_to_the_nearest_fixed_device():
    """From (1, 0) to (10, 3) it is the root of 90; none for the fixed device, none where no device stands, none on the Earth."""
    fixed = tiny_result(n_fixed=1)
    assert [spot.cable_m for spot in survey(fixed.problem, fixed.plan).spots] == [None, np.hypot(9, 3)]
    for result in (tiny_result(), city_result(n_fixed=1)):
        assert {spot.cable_m for spot in survey(result.problem, result.plan).spots} == {None}


def test_a_plane_has_no_size():
    """Without a drawing there is neither width nor room."""
    found = survey(tiny_result().problem, tiny_result().plan)
    assert (found.width_m, found.depth_m, {spot.room for spot in found.spots}) == (None, None, {None})
    assert Survey() == Survey(None, None, ())


def test_of_very_many_devices_the_first_are_surveyed():
    """Looking for landmarks costs time for each device, and nobody hangs thousands from one sheet."""
    xy = np.column_stack([np.arange(MOST_SURVEYED + 5.0), np.zeros(MOST_SURVEYED + 5)])
    demand = Demand(tuple(f"S{i}" for i in range(len(xy))), xy, np.ones(len(xy)))
    result = make_result(demand, xy)
    assert len(survey(result.problem, result.plan).spots) == MOST_SURVEYED
