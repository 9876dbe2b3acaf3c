"""From the line work of a plan to where a device may hang: floor, less walls, voids and forbidden zones.

The steps, all in metres:

1. *floor*: the filled areas of the floor layers (a ring inside a fill is a hole), or their closed outlines, or, with
   neither, everything inside the walls;
2. *walls*: closed wall outlines as areas (columns too); open wall lines as thin walls;
3. *outline*: floor, walls and windows with every opening up to `close_gaps_m` closed: the outer edge of the building;
4. *voids*: holes in that shape, before and after closing (a light well), and what the scenario names (shafts that the
   drawing does not tell);
5. *free space*: floor less walls and panes, kept `clearance_m` away from both, less voids and forbidden zones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from placement.core.domain import Domain, FloorPlan, Room
from placement.core.drawing import Drawing, Shapes
from placement.core.types import FloatArray
from placement.errors import PlacementError

LINE_WALL_M = 0.02
"""Half the thickness given to a wall drawn as a single line [m]."""
NARROWEST_VOID_M = 0.9
"""Holes narrower than this are window recesses and gaps in the drawing, not light wells [m]."""
SMALLEST_FREE_M2 = 0.05
"""Slivers smaller than this are no place for a device [m2]."""
PLAUSIBLE_DOOR_M = (0.5, 1.6)
"""A door leaf is about 0.8 m wide; outside this range the unit of the drawing must be wrong [m]."""


class FloorPlanError(PlacementError, ValueError):
    """The drawing cannot be understood as a floor plan; `fix` says what to do."""

    def __init__(self, problem: str, fix: str, key: str = "layers") -> None:
        super().__init__(f"{problem}; {fix}")
        self.problem, self.fix, self.key = problem, fix, key


class NoFreeSpaceError(FloorPlanError):
    """The floor is understood, and zones and clearance leave no place on it."""


@dataclass(frozen=True, slots=True, eq=False)
class PlanSettings:
    """How to read the drawing.

    Parameters
    ----------
    unit : str
        The drawing's unit, as the user says.
    metres_per_unit : float
        What one drawing unit is [m].
    clearance_m : float
        How far from walls a device hangs [m], >= 0.
    close_gaps_m : float
        Openings up to this wide are closed when the outline is traced [m], > 0.
    voids, rooms : sequence of (str, ndarray of shape (k, 2))
        Named outlines [m].
    forbidden : sequence of ndarray of shape (k, 2)
        Polygons where no device may hang [m].
    """

    unit: str
    metres_per_unit: float
    clearance_m: float
    close_gaps_m: float
    voids: Sequence[tuple[str, FloatArray]] = ()
    rooms: Sequence[tuple[str, FloatArray]] = ()
    forbidden: Sequence[FloatArray] = ()


def floor_plan(drawing: Drawing, settings: PlanSettings) -> Domain:
    """Build the free space of a floor.

    Parameters
    ----------
    drawing : Drawing
        The line work by role.
    settings : PlanSettings
        Unit, clearance, gaps, named outlines.

    Returns
    -------
    Domain
        Of kind ``"floor_plan"``, in metres, in the drawing's own coordinates.

    Raises
    ------
    FloorPlanError
        If the unit cannot be right or no closed outline is found.
    NoFreeSpaceError
        If nothing is left to hang a device on.
    """
    import shapely

    _check_unit(drawing, settings)
    shapes = {role: _scale(found, settings.metres_per_unit) for role, found in drawing.shapes.items()}
    walls = shapely.union_all([_areas(shapes["wall"].rings), _thicken(shapes["wall"].lines)])
    windows = _line_work(shapes["window"])
    floor = _floor(shapes["floor"], walls, settings.close_gaps_m, drawing)
    drawn = shapely.union_all([floor, walls, _thicken_simply(windows, LINE_WALL_M)])
    closed = _close(drawn, settings.close_gaps_m)
    outline = shapely.union_all([shapely.Polygon(part.exterior) for part in _polygons(closed)])
    named = [_areas([ring]) for _, ring in settings.voids]
    voids = shapely.union_all([*_holes(drawn), *_holes(closed), *named]).intersection(outline).difference(walls)
    forbidden = _areas(settings.forbidden)
    panes = _thicken_simply(windows, settings.clearance_m)
    blocked = shapely.union_all([walls.buffer(settings.clearance_m, join_style="mitre"), panes])
    free = _keep_large(floor.difference(shapely.union_all([blocked, voids, forbidden])))
    if free.is_empty:
        raise NoFreeSpaceError("no free space is left on the floor", "make the forbidden zones or plan.clearance smaller")
    rooms = tuple(Room(name, _areas([ring])) for name, ring in settings.rooms)
    plan = FloorPlan(outline, floor.difference(voids), walls, voids, _line_work(shapes["door"]), windows, rooms)
    return Domain("floor_plan", free=free, forbidden=forbidden if len(settings.forbidden) else None, plan=plan)


def _check_unit(drawing: Drawing, settings: PlanSettings) -> None:
    if not drawing.door_widths:
        return
    width = float(np.median(drawing.door_widths))
    low, high = PLAUSIBLE_DOOR_M
    if low <= width * settings.metres_per_unit <= high:
        return
    from placement.units import METRES_PER_UNIT

    fitting = [unit for unit, metres in METRES_PER_UNIT.items() if low <= width * metres <= high and unit != "km"]
    raise FloorPlanError(
        f"with unit {settings.unit} the doors of {drawing.file} would be {width * settings.metres_per_unit:.4g} m wide; "
        f"a door is {low} to {high} m wide",
        f"write unit: {' or '.join(fitting)}" if fitting else "check the door layers and the drawing's scale",
        "unit",
    )


def _scale(shapes: Shapes, factor: float) -> Shapes:
    return Shapes(
        tuple(tuple(ring * factor for ring in fill) for fill in shapes.fills),
        tuple(ring * factor for ring in shapes.rings),
        tuple(line * factor for line in shapes.lines),
    )


def _areas(rings: Iterable[FloatArray]) -> Any:
    """Return the union of closed rings as areas; self-crossing rings are mended."""
    import shapely

    return shapely.union_all([shapely.make_valid(shapely.polygons(ring)) for ring in rings])


def _thicken(lines: Iterable[FloatArray]) -> Any:
    import shapely

    return shapely.union_all([shapely.linestrings(line) for line in lines]).buffer(LINE_WALL_M, cap_style="flat")


def _thicken_simply(lines: Any, half_width_m: float) -> Any:
    """Return a band around line work; bends finer than a centimetre do not matter here and cost most of the time."""
    import shapely

    return shapely.union_all(shapely.buffer(shapely.simplify(shapely.get_parts(lines), 0.01), half_width_m, quad_segs=2))


def _line_work(shapes: Shapes) -> Any:
    import shapely

    return shapely.MultiLineString([*shapes.lines, *(np.vstack([ring, ring[:1]]) for ring in shapes.rings)])


def _floor(shapes: Shapes, walls: Any, close_gaps_m: float, drawing: Drawing) -> Any:
    import shapely

    if shapes.fills:
        floor = shapely.union_all([_even_odd(fill) for fill in shapes.fills])
    elif shapes.rings:
        floor = _areas(shapes.rings)
    else:
        closed = _close(walls, close_gaps_m)
        floor = shapely.union_all([shapely.Polygon(hole) for part in _polygons(closed) for hole in part.interiors])
    floor = floor.difference(walls)
    if floor.is_empty:
        raise FloorPlanError(
            f"{drawing.file} has no closed outline: no filled area or closed line on the floor layers, and the walls close "
            f"no room (openings up to {close_gaps_m:g} m are bridged)",
            f"name the layer of the floor, or raise close_gaps; layers in the drawing: {', '.join(drawing.layers)}",
        )
    return floor


def _even_odd(fill: Sequence[FloatArray]) -> Any:
    """Return the area of a hatch: a point is inside if it lies in an odd number of rings."""
    area = _areas(fill[:1])
    for ring in fill[1:]:
        area = area.symmetric_difference(_areas([ring]))
    return area


def _close(shape: Any, gap_m: float) -> Any:
    """Close openings up to `gap_m` wide: grow by half of it and shrink back, corners kept sharp."""
    return shape.buffer(gap_m / 2, join_style="mitre").buffer(-gap_m / 2, join_style="mitre")


def _polygons(shape: Any) -> list[Any]:
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]


def _holes(shape: Any) -> list[Any]:
    import shapely

    holes = [shapely.Polygon(ring) for part in _polygons(shape) for ring in part.interiors]
    return [hole for hole in holes if not hole.buffer(-NARROWEST_VOID_M / 2).is_empty]


def _keep_large(shape: Any) -> Any:
    import shapely

    return shapely.union_all([part for part in _polygons(shape) if part.area >= SMALLEST_FREE_M2])
