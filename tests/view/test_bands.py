"""Coverage bands: they start at the requirement, and nothing fails where nothing is required."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_hex

from helpers import city_result, demand_at, desks_result, floor_result, make_result, tiny_result
from placement.view import style
from placement.view.bands import choose_bands, reaches_beyond, served_area


def test_requirement_is_cut_in_thirds():
    """The last edge is the requirement itself, and beyond it is grey."""
    bands = choose_bands(floor_result(radii_m=(12.0, 20.0)))
    assert bands.edges_m == pytest.approx((4.0, 8.0, 12.0))
    assert bands.is_required
    assert bands.beyond_colour == style.BEYOND_COLOUR


@pytest.mark.parametrize(
    ("farthest", "edges"),
    [
        (3.0, (1, 2, 3)),
        (4.0, (1, 2, 3, 4)),
        (4.1, (2, 4, 6)),
        (10.27, (5, 10, 15)),
        (9.9, (2.5, 5, 7.5, 10)),
        (0.3, (0.1, 0.2, 0.3)),
    ],
)
def test_without_requirement_edges_are_round_and_reach_everybody(farthest, edges):
    """At most four round steps; the last reaches the farthest point."""
    bands = choose_bands(make_result(demand_at(np.array([[0.0, 0], [farthest, 0]])), np.zeros((1, 2))))
    assert bands.edges_m == pytest.approx(edges)
    assert not bands.is_required


def test_steps_are_round_in_kilometres_on_the_earth():
    """A city's farthest point is 5.176 km away: bands at 2, 4 and 6 km."""
    assert choose_bands(city_result()).edges_m == pytest.approx((2000.0, 4000.0, 6000.0))


def test_failing_area_is_hatched_only_under_a_requirement(draw):
    """With a requirement the far area is hatched and named; without one it is neither."""
    with_limit, without = draw(floor_result(radii_m=(8.0,))), draw(desks_result())
    assert with_limit.find("beyond")[0].get_hatch() == style.BEYOND_HATCH
    assert "beyond 8 m" in with_limit.words("legend-text")
    assert without.find("beyond") == []


def test_legend_is_silent_about_beyond_when_all_is_covered(draw):
    """A requirement that the whole floor meets leaves no failing area to explain."""
    result = floor_result(radii_m=(60.0,))
    assert not reaches_beyond(result)
    assert not any(text.startswith("beyond") for text in draw(result).words("legend-text"))


def test_beyond_is_found_inside_the_area():
    """A hole in the coverage between devices counts, although every corner is covered."""
    corners = np.array([[0.0, 0], [20, 0], [0, 20], [20, 20]])
    assert reaches_beyond(make_result(demand_at(corners), corners, radii_m=(10.0,)))
    assert not reaches_beyond(make_result(demand_at(corners), corners, radii_m=(15.0,)))


def test_what_is_far_only_in_a_void_does_not_count():
    """The light well is not floor: with the rest of the floor covered, nothing lies beyond."""
    floor = floor_result().problem.domain
    corners = np.array([[x, y] for x in (2.0, 10, 18, 26, 34, 42, 50, 57) for y in (2.0, 7, 22, 26)])
    sides = np.array([[x, 14.0] for x in (2.0, 10, 18, 23.5, 34.5, 42, 50, 57)])
    devices = np.concatenate([corners, sides])
    covered = floor_result(radii_m=(6.0,)).problem.demand
    assert not reaches_beyond(make_result(covered, devices, domain=floor, radii_m=(6.5,)))
    assert reaches_beyond(make_result(covered, devices, domain=floor, radii_m=(4.0,)))


def test_area_of_the_plane_is_the_box_of_demand_and_devices():
    """Nothing is claimed far from the demand."""
    area = served_area(tiny_result())
    assert area.contains_points([[0.0, 0.0], [10.0, 4.0], [0.0, 4.0], [12.0, 2.0]]).tolist() == [True, True, True, False]


def test_area_on_the_earth_is_the_hull():
    """The corner of a city's box, far from everybody, is not told."""
    result = city_result()
    area, xy = served_area(result), result.problem.demand.xy
    assert area.contains_points(xy).all()
    assert not area.contains_points([[xy[:, 0].max(), xy[:, 1].min()]])[0]


def test_the_requirement_has_a_dark_edge(draw):
    """Where the requirement ends is drawn as a line; without one no edge is dark."""

    def dark(result):
        patches = [patch for patch in draw(result).axes.patches if 1.1 <= patch.get_zorder() < 1.2 and patch.get_linewidth()]
        return [np.hypot(*p.get_path().vertices[0]) for p in patches if to_hex(p.get_edgecolor()) == style.SOFT_INK]

    near = demand_at(np.array([[0.0, 0], [9, 0]])), np.zeros((1, 2))
    assert dark(make_result(*near, radii_m=(6.0,))) == [6.0]
    assert dark(make_result(*near)) == []


def test_bands_are_discs_around_the_devices(draw):
    """A band's edge lies exactly its distance from the device, whatever the canvas."""
    result = make_result(demand_at(np.array([[0.0, 0], [9, 0]])), np.zeros((1, 2)), radii_m=(6.0,))
    patches = [patch for patch in draw(result).axes.patches if 1.1 <= patch.get_zorder() < 1.2]
    radius = [np.hypot(*patch.get_path().vertices[0]) for patch in patches]
    assert sorted(set(np.round(radius, 9))) == [2.0, 4.0, 6.0]
