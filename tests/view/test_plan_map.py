"""The map as a whole: what it draws, where, and that it does not draw what is not there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import RendererAgg

from helpers import city_result, city_sites, demand_at, desks_result, floor_result, make_result, tiny_result, with_forbidden
from placement.core import Domain


def test_aspect_is_equal_and_every_point_is_inside(draw):
    """A metre is as long up as across, and nobody falls off the map."""
    result = desks_result()
    axes = draw(result).axes
    assert axes.get_aspect() == 1
    box = axes.get_position(original=False).transformed(axes.figure.dpi_scale_trans)
    size = axes.figure.get_size_inches() * [box.width, box.height] / axes.figure.dpi
    assert np.diff(axes.get_xlim())[0] / size[0] == pytest.approx(np.diff(axes.get_ylim())[0] / size[1])
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    x, y = result.problem.demand.xy.T
    assert x.min() > west
    assert x.max() < east
    assert y.min() > south
    assert y.max() < north


@pytest.mark.parametrize("build", [desks_result, city_result])
def test_points_of_each_device_are_one_collection_in_its_place(draw, build):
    """Every demand point is drawn once, with the device that serves it, equal weights or not."""
    result = build()
    collections = draw(result).find("points-")
    assert len(collections) == result.plan.p
    for position, collection in enumerate(collections):
        mine = result.problem.demand.xy[result.plan.assignment == position]
        assert np.array_equal(np.sort(collection.get_offsets(), axis=0), np.sort(mine, axis=0))


def test_a_device_that_serves_nobody_has_a_badge_but_no_points(draw):
    """An idle device is on the map; an empty collection is not."""
    result = make_result(demand_at(np.array([[0.0, 0], [1, 0]])), np.array([[0.5, 0], [50, 0]]))
    map_ = draw(result)
    assert len(map_.find("points-")) == 1
    assert len(map_.find("devices-new")[0].get_offsets()) == 2
    assert "D2 (0)" in map_.words("legend-text")


def test_badges_tell_status(draw):
    """Fixed, new and candidate devices are three collections, each with its own legend line."""
    result = tiny_result(n_fixed=1)
    map_ = draw(result)
    assert np.array_equal(map_.find("devices-fixed")[0].get_offsets(), result.plan.device_xy[:1])
    assert np.array_equal(map_.find("devices-new")[0].get_offsets(), result.plan.device_xy[1:])
    assert map_.find("devices-candidate") == []
    assert "AP1 (fixed)" in map_.words("label")
    assert "fixed device, stands already" in map_.words("legend-text")


def test_unused_candidates_are_shown_and_used_ones_are_devices(draw):
    """16 stores, 4 of them chosen: 12 hollow diamonds."""
    city = city_result()
    sites = city_sites(city.problem.frame)
    chosen = [1, 5, 9, 13]
    ids = tuple(sites.ids[i] for i in chosen)
    map_ = draw(make_result(city.problem.demand, sites.xy[chosen], device_ids=ids, candidates=sites, frame=city.problem.frame))
    assert len(map_.find("candidates")[0].get_offsets()) == 12
    assert len(map_.find("devices-candidate")[0].get_offsets()) == 4
    assert "candidate site, not used" in map_.words("legend-text")


def test_worst_served_is_ringed_and_named_with_its_distance(draw):
    """The farthest point of the tiny plan is S4 at (10, 0), 3 m from its device."""
    map_ = draw(tiny_result())
    assert map_.find("worst")[0].get_offsets()[0].tolist() == [10.0, 0.0]
    assert "S4: 3.00 m" in map_.words("label")


def test_nobody_is_ringed_when_all_sit_on_a_device(draw):
    """A distance of zero is nothing to point at."""
    map_ = draw(make_result(demand_at(np.array([[3.0, 4]])), np.array([[3.0, 4]])))
    assert map_.find("worst") == []
    assert not any("farthest from" in text for text in map_.words("legend-text"))


def test_every_device_is_labelled_and_labels_do_not_overlap(draw):
    """Thirty devices: thirty names, no two of the boxes touching."""
    map_ = draw(floor_result(p=30, radii_m=(3.0,)))
    names = [label for label in map_.find("label") if ":" not in label.get_text()]
    assert len(names) == 30
    map_.figure.draw(RendererAgg(*map_.figure.bbox.size, map_.figure.dpi))
    boxes = [label.get_bbox_patch().get_window_extent() for label in map_.find("label")]
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]
    assert pairs == []


def test_plan_map_has_no_lines_to_devices_through_walls(draw):
    """Lines from points to devices belong to the plane only."""
    assert draw(floor_result()).find("links") == []
    assert len(draw(desks_result()).find("links")[0].get_segments()) == 100


def test_title_scores_and_foot_say_what_the_map_is(draw):
    """Title, one line of scores in the user's unit, kind of distance, coordinates, version."""
    map_ = draw(tiny_result(name="Two $rooms$", radii_m=(2.0,)))
    assert map_.words("title") == ["Two $rooms$"]
    for part in ("2 devices for 5 points", "farthest 3.00 m", "mean 1.20 m", "80.0 % within 2 m"):
        assert part in map_.words("scores")[0]
    assert map_.words("foot") == ["Distances are straight lines. Made with placement 0.1.0.", "Coordinates: local, in m."]


def test_geographic_foot_names_both_coordinate_systems(draw):
    """A reader can place the map on the Earth."""
    foot = " ".join(draw(city_result()).words("foot"))
    assert "EPSG:4326" in foot
    assert "transverse Mercator around 37.72°, -122.45° (WGS84)" in foot


def test_lengths_are_in_the_users_unit(draw):
    """A plan in feet speaks feet everywhere: scores, labels, bands, bar."""
    map_ = draw(tiny_result(frame=replace(tiny_result().problem.frame, unit="ft"), radii_m=(3.048,)))
    assert "farthest 9.8 ft" in map_.words("scores")[0]
    assert "S4: 9.8 ft" in map_.words("label")
    assert "6.67 ft to 10 ft" in map_.words("legend-text")
    assert map_.words("scale-label")[-1].endswith(" ft")


def test_forbidden_zone_is_hatched_and_in_the_legend(draw):
    """A forbidden zone is told by its hatch, not by colour alone."""
    map_ = draw(with_forbidden(floor_result(), shapely.box(38, 10, 45, 15)))
    assert map_.find("forbidden")[0].get_hatch()
    assert "no device allowed" in map_.words("legend-text")
    assert draw(floor_result()).find("forbidden") == []


@pytest.mark.parametrize(
    ("xy", "device_xy"),
    [
        (np.array([[3.0, 4.0]]), np.array([[3.0, 4.0]])),
        (np.c_[np.arange(12.0), np.zeros(12)], np.array([[5.0, 0], [9, 0]])),
        (np.c_[np.zeros(12), np.arange(12.0)], np.array([[0, 5.0], [0, 9]])),
        (np.array([[4e6, 5e6], [4e6 + 1, 5e6]]), np.array([[4e6, 5e6]])),
        (np.array([[0.0, 0.0], [1e-4, 0.0]]), np.array([[0.0, 0.0]])),
    ],
    ids=["single point", "row", "column", "far from zero", "tenth of a millimetre"],
)
@pytest.mark.parametrize("radii_m", [(), (2.0,)])
def test_degenerate_places_are_drawn(draw, xy, device_xy, radii_m):
    """One place, points on a line, large coordinates and tiny extents give a map with every device named."""
    map_ = draw(make_result(demand_at(xy), device_xy, radii_m=radii_m))
    assert {f"D{i + 1}" for i in range(len(device_xy))} <= set(map_.words("label"))
    width, height = np.diff(map_.axes.get_xlim())[0], np.diff(map_.axes.get_ylim())[0]
    assert 0.7 < width / height < 2.4


def test_dense_points_become_an_image_and_the_rest_stays_vector(draw):
    """Above 5,000 points only the point layer is rasterised."""
    map_ = draw(desks_result(n=5001))
    assert all(collection.get_rasterized() for collection in map_.find("points-"))
    assert not map_.find("devices-new")[0].get_rasterized()
    assert map_.find("links") == []


def test_forbidden_domain_without_plan_is_inside_the_map(draw):
    """A forbidden zone wider than the demand is shown whole."""
    result = tiny_result(domain=Domain("plane", None, shapely.box(-30, -5, 0, 5)))
    assert draw(result).axes.get_xlim()[0] < -30
