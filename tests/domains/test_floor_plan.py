"""Floor plans: hand-measured areas, unit check, plans that cannot be understood."""

from __future__ import annotations

import numpy as np
import pytest

from placement.core.drawing import Drawing, Shapes
from placement.domains.floor_plan import FloorPlanError, PlanSettings, floor_plan
from placement.readers.dxf import read_dxf
from readers.drawings import box, save, two_rooms

ROLES = {"floor": ["floor"], "wall": ["wall"], "door": ["doors"], "window": ["windows"]}


def settings(**changes: object) -> PlanSettings:
    return PlanSettings(**{"unit": "mm", "metres_per_unit": 0.001, "clearance_m": 0.0, "close_gaps_m": 1.0, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Drawing:
    return read_dxf(save(two_rooms(), tmp_path_factory.mktemp("plan") / "plan.dxf"), ROLES)


def drawn(**roles: Shapes) -> Drawing:
    shapes = {role: roles.get(role, Shapes()) for role in ("floor", "wall", "door", "window")}
    return Drawing("hand.dxf", shapes, (), {}, (), None, ("A", "B"))


def rings(*outlines: list[tuple[float, float]]) -> Shapes:
    return Shapes(rings=tuple(np.array(outline) for outline in outlines))


def test_areas_by_hand(drawing: Drawing) -> None:
    """12 x 8 m outline, a 2 x 2 m void in the middle of the right room, walls as drawn."""
    plan = floor_plan(drawing, settings()).plan
    assert plan is not None
    assert plan.outline.area == pytest.approx(96)
    assert plan.voids.area == pytest.approx(4)
    assert plan.walls.area == pytest.approx(96 - 11.6 * 7.6 + 0.1 * (2.8 + 4.0))
    assert plan.floor.area == pytest.approx(11.6 * 7.6 - 4 - 0.1 * 6.8)


def test_free_space_keeps_clear_of_walls_voids_and_zones(drawing: Drawing) -> None:
    """With 0.5 m clearance the left room starts at 0.7 m; the void, a zone and the doorway are not free."""
    zone = np.array(box(1.0, 1.0, 2.0, 2.0))
    domain = floor_plan(drawing, settings(clearance_m=0.5, forbidden=[zone]))
    places = np.array([[0.6, 4], [0.71, 4], [9, 4], [1.5, 1.5], [6.05, 3.4], [7, 4]])
    assert domain.contains(places).tolist() == [False, True, False, False, False, True]
    assert domain.contains(domain.nearest_free(np.random.default_rng(1).random((300, 2)) * [14, 10] - 1)).all()


def test_named_voids_are_taken_away(drawing: Drawing) -> None:
    """A shaft that the drawing does not tell is named in the scenario."""
    domain = floor_plan(drawing, settings(voids=[("Shaft", np.array(box(1, 5, 3, 7)))]))
    assert domain.plan is not None
    assert domain.plan.voids.area == pytest.approx(8)
    assert not domain.contains(np.array([[2.0, 6.0]]))[0]


def test_wrong_unit_is_found_by_the_doors(drawing: Drawing) -> None:
    """A drawing in millimetres read as metres has doors of 800 m; the message names the unit that fits."""
    with pytest.raises(FloorPlanError, match=r"would be 800 m wide.*write unit: mm") as caught:
        floor_plan(drawing, settings(unit="m", metres_per_unit=1.0))
    assert caught.value.key == "unit"


def test_floor_without_a_layer_is_what_the_walls_enclose() -> None:
    """Four wall lines with a gap of 0.9 m for the door enclose a room of 5 x 4 m."""
    lines = [[(0, 0), (5, 0)], [(5, 0), (5, 4)], [(5, 4), (0, 4)], [(0, 4), (0, 2.4)], [(0, 1.5), (0, 0)]]
    walls = Shapes(lines=tuple(np.array(line, dtype=float) for line in lines))
    plan = floor_plan(drawn(wall=walls), settings(unit="m", metres_per_unit=1.0)).plan
    assert plan is not None
    assert plan.floor.area == pytest.approx(20, rel=0.05)


def test_open_walls_are_no_plan() -> None:
    """Two walls that enclose nothing: the message names the layers that there are."""
    walls = Shapes(lines=(np.array([[0.0, 0], [5, 0]]), np.array([[0.0, 4], [5, 4]])))
    with pytest.raises(FloorPlanError, match=r"no closed outline.*layers in the drawing: A, B"):
        floor_plan(drawn(wall=walls), settings(unit="m", metres_per_unit=1.0))


def test_everything_forbidden_leaves_no_plan(drawing: Drawing) -> None:
    """A zone over the whole floor is refused with its key."""
    with pytest.raises(FloorPlanError, match="no free space"):
        floor_plan(drawing, settings(forbidden=[np.array(box(-1, -1, 13, 9))]))


def test_closed_outlines_serve_where_nothing_is_filled() -> None:
    """A floor layer with one closed line is the floor."""
    plan = floor_plan(
        drawn(floor=rings(box(0, 0, 5, 4)), wall=rings(box(2, 0, 2.5, 3))), settings(unit="m", metres_per_unit=1.0)
    ).plan
    assert plan is not None
    assert plan.floor.area == pytest.approx(20 - 1.5)


def test_a_new_wall_never_adds_free_space(drawing: Drawing) -> None:
    """Monotone: more wall, less room."""
    floor = rings(box(0, 0, 8, 6))
    unit = settings(unit="m", metres_per_unit=1.0, clearance_m=0.1)
    before = floor_plan(drawn(floor=floor, wall=rings(box(2, 0, 2.2, 4))), unit)
    after = floor_plan(drawn(floor=floor, wall=rings(box(2, 0, 2.2, 4), box(5, 2, 5.2, 6))), unit)
    assert after.free is not None
    assert before.free is not None
    assert before.free.buffer(1e-9).contains(after.free)
