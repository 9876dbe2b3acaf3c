"""Drawings made by hand for tests: a two-room plan with a light well, saved as real DXF."""

from __future__ import annotations

from pathlib import Path

import ezdxf
from ezdxf.document import Drawing as Document


def box(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    """Return the corners of a rectangle."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def two_rooms(*, unit: float = 1000.0, header: int = 4) -> Document:
    """Return a plan 12 x 8 m with outer walls of 0.2 m, a partition with a door 0.8 m wide and a light well of 2 x 2 m.

    `unit` is how many drawing units make a metre. Three chairs stand inside, one is drawn mirrored, one far outside.
    """
    document = ezdxf.new()
    document.header["$INSUNITS"] = header
    space = document.modelspace()

    def scaled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * unit, y * unit) for x, y in points]

    for wall in (
        box(0, 0, 12, 0.2),
        box(0, 7.8, 12, 8),
        box(0, 0, 0.2, 8),
        box(11.8, 0, 12, 8),
        box(6, 0.2, 6.1, 3),
        box(6, 3.8, 6.1, 7.8),
    ):
        space.add_lwpolyline(scaled(wall), close=True, dxfattribs={"layer": "WALL"})
    floor = space.add_hatch(dxfattribs={"layer": "FLOOR"})
    floor.paths.add_polyline_path(scaled(box(0.2, 0.2, 11.8, 7.8)), is_closed=True)
    floor.paths.add_polyline_path(scaled(box(8, 3, 10, 5)), is_closed=True)
    door = document.blocks.new("DOOR")
    door.add_line((0, 0), (0, 0.8 * unit))
    door.add_arc((0, 0), 0.8 * unit, 0, 90)
    space.add_blockref("DOOR", (6.05 * unit, 3 * unit), dxfattribs={"layer": "doors"})
    space.add_line((1 * unit, 0.1 * unit), (3 * unit, 0.1 * unit), dxfattribs={"layer": "Windows"})
    chair = document.blocks.new("chair")
    chair.add_lwpolyline(scaled(box(0, 0, 0.5, 0.5)), close=True)
    for x, y in ((1, 1), (3, 5), (10.5, 1)):
        space.add_blockref("chair", (x * unit, y * unit), dxfattribs={"layer": "Furniture"})
    space.add_blockref("chair", (-7.5 * unit, 6 * unit), dxfattribs={"layer": "Furniture", "extrusion": (0, 0, -1)})
    space.add_blockref("chair", (40 * unit, 40 * unit), dxfattribs={"layer": "Furniture"})
    return document


def save(document: Document, path: Path) -> Path:
    """Save a drawing and return its path."""
    document.saveas(path)
    return path
