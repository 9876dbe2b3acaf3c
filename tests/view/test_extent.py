"""What a map shows."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import demand_at, desks_result, floor_result, make_result
from placement.view.extent import NARROWEST, SINGLE_POINT_M, WIDEST, convex_hull, map_extent, served_ring


def one_place(radii_m=()):
    return make_result(demand_at(np.array([[3.0, 4.0]])), np.array([[3.0, 4.0]]), radii_m=radii_m)


def test_white_around_the_data():
    """Five per cent of the longer side on each side."""
    result = desks_result()
    low, high = result.problem.demand.xy.min(axis=0), result.problem.demand.xy.max(axis=0)
    extent, margin = map_extent(result), 0.05 * (high - low).max()
    assert (extent.west, extent.south) == pytest.approx(tuple(low - margin))
    assert (extent.east, extent.north) == pytest.approx(tuple(high + margin))


def test_the_whole_building_is_shown():
    """A floor plan is not cut off where its seats end."""
    extent = map_extent(floor_result())
    assert (extent.west, extent.east) == pytest.approx((-2.9, 60.9))


@pytest.mark.parametrize(("radii_m", "side"), [((), SINGLE_POINT_M), ((12.0,), 48.0)])
def test_one_place_is_shown_with_its_surroundings(radii_m, side):
    """Four requirement radii, or ten metres, around the only place."""
    extent = map_extent(one_place(radii_m))
    assert (extent.width, extent.height) == (side, side)
    assert (extent.west + extent.east, extent.south + extent.north) == (6.0, 8.0)


@pytest.mark.parametrize(("step", "shape"), [((1.0, 0.0), WIDEST), ((0.0, 1.0), NARROWEST)])
def test_a_line_gets_a_page(step, shape):
    """Points on a line are shown on a sheet of bearable shape."""
    extent = map_extent(make_result(demand_at(np.outer(np.arange(9.0), step)), np.zeros((1, 2))))
    assert extent.width / extent.height == pytest.approx(shape)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_hull_of_few_points(n):
    """One and two points are their own hull; points on a line keep its ends."""
    assert convex_hull(np.array([[0.0, 0], [1, 1], [2, 2]])[:n]).shape == (min(n, 2), 2)


def test_ring_holds_demand_and_devices():
    """The area whose coverage is told reaches a little beyond everybody."""
    result = desks_result()
    ring, xy = served_ring(result), result.problem.demand.xy
    assert (ring.min(axis=0) < xy.min(axis=0)).all()
    assert (ring.max(axis=0) > xy.max(axis=0)).all()
