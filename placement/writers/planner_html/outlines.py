"""The floor and the free space as flat lists of corners, fine enough to look at and to stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from placement.view.extent import served_ring

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from placement.core import Domain, FloorPlan, Result

FINEST_M = 0.01
"""Bends finer than this are left out [m]."""

_DIGITS = 4


def area_rings(result: Result) -> list[list[float]] | None:
    """Return the rings of the area whose coverage is told: the floor, or what surrounds a city; None for all that is seen."""
    plan = result.problem.domain.plan
    if plan is not None:
        return rings(plan.floor)
    return [_flat(served_ring(result))] if result.problem.frame.is_geographic else None


def free_rings(domain: Domain) -> list[list[float]] | None:
    """Return the rings of the free space; None for everywhere.

    They lie inside the free space, by what simplifying and rounding may move them, so that a device on the edge of them
    stands in it.
    """
    if domain.free is None:
        return None
    safe = domain.free.buffer(-1.2 * FINEST_M, join_style="mitre")
    if safe.is_empty:
        return _rings(domain.free)
    return rings(safe)


def zone_rings(domain: Domain) -> list[list[float]]:
    """Return the rings of the forbidden zones, unchanged: they may go back into a scenario."""
    return [] if domain.forbidden is None else _rings(domain.forbidden)


def floor_outlines(plan: FloorPlan | None) -> dict[str, Any] | None:
    """Return what the page draws of a floor plan; None without one."""
    if plan is None:
        return None
    outlines = {name: rings(getattr(plan, name)) for name in ("floor", "walls", "voids")}
    lines = {name: _lines(getattr(plan, name)) for name in ("doors", "windows")}
    return {**outlines, **lines, "rooms": [_room(room.name, room.outline) for room in plan.rooms]}


def rings(geometry: BaseGeometry) -> list[list[float]]:
    """Return the rings of all polygons in `geometry`, simplified; read together by the even-odd rule."""
    return _rings(geometry.simplify(FINEST_M))


def _room(name: str, outline: BaseGeometry) -> dict[str, Any]:
    west, _, east, _ = outline.bounds
    middle = outline.representative_point()
    return {"name": name, "x": round(middle.x, 2), "y": round(middle.y, 2), "width": round(east - west, 2)}


def _rings(geometry: BaseGeometry) -> list[list[float]]:
    import shapely

    parts = shapely.get_parts(shapely.get_parts(geometry))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return [_flat(shapely.get_coordinates(ring)[:-1]) for ring in shapely.get_rings(shapely.normalize(polygons))]


def _lines(geometry: BaseGeometry) -> list[list[float]]:
    import shapely

    simple = shapely.simplify(shapely.get_parts(geometry), FINEST_M)
    return [_flat(shapely.get_coordinates(line)) for line in simple if not line.is_empty]


def _flat(corners: Any) -> list[float]:
    return [round(float(value), _DIGITS) + 0.0 for value in corners.ravel()]
