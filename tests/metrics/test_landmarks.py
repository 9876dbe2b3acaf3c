"""Landmarks: distances an installer can check with a tape, by hand on rectangles."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import affinity

from placement.core import Demand, Domain, FloorPlan, Frame, Plan, Problem, Room, Sites
from placement.metrics.landmarks import Landmark, landmarks, room_of

NOTHING = shapely.GeometryCollection()


def floor_plan(floor, walls=None, windows=NOTHING, rooms=()):
    """Return the plan of a floor whose walls, if not given, run 0.2 m thick around its outer edge."""
    shell = floor.buffer(0.2, join_style="mitre").difference(floor)
    return FloorPlan(floor, floor, shell if walls is None else walls, NOTHING, NOTHING, windows, rooms)


def seen_from(xy, plan=None, demand_xy=((90.0, 90.0),), fixed=None, device_id="D1", crs=None):
    """Return the landmarks of one device at `xy`."""
    demand = Demand(
        tuple(f"desk-{i + 1}" for i in range(len(demand_xy))), np.array(demand_xy, dtype=float), np.ones(len(demand_xy))
    )
    fixed = fixed or Sites.none()
    frame = Frame("m", crs, crs)
    problem = Problem(demand, fixed, None, Domain("floor_plan" if plan else "plane", plan=plan), None, None, 1, (), frame)
    nobody = np.zeros(demand.n, dtype=np.intp), np.zeros(demand.n)
    placed = Plan((device_id,), np.array([xy], dtype=float), ("new",), *nobody, 0.0, "m2", None, "", "feasible", 0)
    return landmarks(problem, placed)[0]


def rounded(marks):
    return [(mark.what, round(mark.distance_m, 6), mark.direction) for mark in marks]


ROOM = shapely.box(0, 0, 10, 8)


@pytest.mark.parametrize(
    ("xy", "expected"),
    [
        ((2, 3), [("wall", 2, "left"), ("wall", 3, "below")]),
        ((9, 6.5), [("wall", 1, "right"), ("wall", 1.5, "above")]),
        ((5, 1), [("wall", 1, "below"), ("wall", 5, "left")]),  # left and right are equally near: left
        ((0, 3), [("wall", 0, "left"), ("wall", 3, "below")]),  # on the wall, looking along it
        ((0, 0), [("wall", 0, "left"), ("wall", 0, "below")]),  # in the corner
    ],
)
def test_rectangle(xy, expected):
    """In a rectangle the two measures are the distances to the nearest side wall and the nearest end wall."""
    assert rounded(seen_from(xy, floor_plan(ROOM))) == expected


def test_opposite_wall_is_no_second_measure():
    """In a corridor the wall across fixes nothing: the second measure goes along the corridor."""
    assert rounded(seen_from((20, 1), floor_plan(shapely.box(0, 0, 50, 2.5)))) == [("wall", 1, "below"), ("wall", 20, "left")]


def test_turned_building_has_the_same_distances():
    """Turning the building by 30 degrees changes the sides' names, not the distances."""
    turned = affinity.rotate(ROOM, 30, origin=(0, 0))
    spot = affinity.rotate(shapely.Point(2, 3), 30, origin=(0, 0))
    marks = seen_from((spot.x, spot.y), floor_plan(turned))
    assert [round(mark.distance_m, 6) for mark in marks] == [2, 3]
    assert [mark.direction for mark in marks] == ["lower left", "lower right"]


def test_hidden_wall_is_not_measured():
    """A tape cannot go through a partition: the partition's near face counts, the wall behind it does not."""
    partition = shapely.box(1.0, 2.0, 1.2, 4.0)
    walls = shapely.union_all([floor_plan(ROOM).walls, partition])
    assert rounded(seen_from((2, 3), floor_plan(ROOM, walls))) == [("wall", 0.8, "left"), ("wall", 3, "below")]


def test_column_is_called_a_column():
    """A small free-standing piece of wall is named so that the installer looks for the right thing."""
    walls = shapely.union_all([floor_plan(ROOM).walls, shapely.box(4, 2.5, 5, 3.5)])
    assert rounded(seen_from((3, 3), floor_plan(ROOM, walls)))[0] == ("column", 1, "right")


def test_jamb_is_passed_over():
    """A 0.1 m stub is nothing to measure from; the wall beyond it in another direction is."""
    walls = shapely.union_all([floor_plan(ROOM).walls, shapely.box(1.0, 2.95, 1.1, 3.05)])
    marks = rounded(seen_from((2, 3), floor_plan(ROOM, walls)))
    assert marks == [("wall", 3, "below"), ("wall", 8, "right")]


def test_short_faces_serve_when_there_is_nothing_else():
    """In a round room every stretch of wall is short, and still two are found."""
    round_room = shapely.Point(0, 0).buffer(2, quad_segs=32)
    marks = seen_from((0.5, 0), floor_plan(round_room))
    assert marks[0].distance_m == pytest.approx(1.5, abs=0.01)
    assert len(marks) == 2


def test_edge_without_wall():
    """Where the floor ends in glass or in the air, its edge is measured from and named."""
    glass = shapely.LineString([(0, 0), (0, 8)])
    assert rounded(seen_from((2, 3), floor_plan(ROOM, NOTHING, glass))) == [("window", 2, "left"), ("floor edge", 3, "below")]


def test_glass_partition_stops_the_tape():
    """A pane across the floor is measured to as a wall is, from its near face."""
    glass = shapely.LineString([(1, 0), (1, 8)])
    assert rounded(seen_from((3, 3), floor_plan(ROOM, windows=glass)))[0] == ("glass wall", 1.99, "left")


def test_light_well_counts():
    """A hole in the floor is an edge like any other."""
    well = shapely.box(6, 2, 9, 7)
    plan = FloorPlan(ROOM, ROOM.difference(well), floor_plan(ROOM).walls, well, NOTHING, NOTHING)
    assert rounded(seen_from((5, 3), plan))[0] == ("floor edge", 1, "right")


def test_in_a_wall_named_places_help():
    """A device that sees no wall squarely is found from demand points instead."""
    plan = floor_plan(ROOM)
    assert [mark.what for mark in seen_from((-5, 4), plan, [(0.0, 4.0), (-5.0, 0.0)])] == ["desk-2", "desk-1"]


def test_points_in_different_directions():
    """Without walls, the second place is the nearest one across from the first."""
    marks = seen_from((0, 0), demand_xy=[(1, 0), (2, 0), (0, 3)])
    assert rounded(marks) == [("desk-1", 1, "right"), ("desk-3", 3, "above")]


def test_points_in_one_line():
    """When all places lie in one line, the two nearest are given."""
    assert [mark.what for mark in seen_from((0, 0), demand_xy=[(1, 0), (-2, 0), (4, 0)])] == ["desk-1", "desk-2"]


def test_right_on_a_place():
    """A device on a desk is found by that desk alone."""
    assert seen_from((1, 0), demand_xy=[(1, 0), (2, 0)]) == (Landmark("desk-1", 0.0, ""),)


def test_other_fixed_devices_count_but_not_itself():
    """A fixed device is no landmark for itself; other fixed devices are."""
    fixed = Sites(("AP1", "AP2"), np.array([[0.0, 0.0], [0.0, 2.0]]))
    assert rounded(seen_from((0, 0), demand_xy=[(5, 0)], fixed=fixed, device_id="AP1")) == [
        ("AP2", 2, "above"),
        ("desk-1", 5, "right"),
    ]


def test_compass_on_the_earth():
    """Only where north is known are sides named by it."""
    assert rounded(seen_from((0, 0), demand_xy=[(1, 0), (0, 3)], crs="EPSG:32633")) == [
        ("desk-1", 1, "east"),
        ("desk-2", 3, "north"),
    ]


def test_many_points():
    """Among many points the nearest is still found."""
    crowd = np.random.default_rng(1).uniform(10, 20, (500, 2))
    marks = seen_from((0, 0), demand_xy=[*crowd.tolist(), (1, 1)])
    assert rounded(marks)[0] == ("desk-501", round(2**0.5, 6), "upper right")


def test_limit():
    """Only the first devices are looked at when asked so."""
    demand = Demand(("a",), np.ones((1, 2)), np.ones(1))
    problem = Problem(demand, Sites.none(), None, Domain("plane"), None, None, 1, (), Frame())
    nobody = np.zeros(1, dtype=np.intp), np.zeros(1)
    plan = Plan(("D1", "D2"), np.zeros((2, 2)), ("new", "new"), *nobody, 0.0, "m2", None, "", "feasible", 0)
    assert [len(landmarks(problem, plan, limit=limit)) for limit in (None, 1, 5)] == [2, 1, 2]


def test_room_of():
    """The smallest room around a position is its room; its edge belongs to it; outside there is none."""
    rooms = (Room("Hall", ROOM), Room("Booth", shapely.box(1, 1, 3, 3)))
    demand = Demand(("a",), np.ones((1, 2)), np.ones(1))
    domain = Domain("floor_plan", plan=floor_plan(ROOM, rooms=rooms))
    problem = Problem(demand, Sites.none(), None, domain, None, None, 1, (), Frame())
    assert [room_of(problem, np.array(xy)) for xy in ((2.0, 2.0), (5.0, 5.0), (3.0, 3.0), (11.0, 0.0))] == [
        "Booth",
        "Hall",
        "Booth",
        None,
    ]
