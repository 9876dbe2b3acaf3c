"""DXF drawings, by ezdxf: lines, outlines, fills and blocks of the layers asked for.

Knows the format, not the meaning: what a wall is, the scenario says; what follows from it, `domains.floor_plan` knows.
Positions are world coordinates: blocks drawn mirrored (extrusion pointing down) are turned the right way round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.core.drawing import ROLES, Block, Drawing, Shapes
from placement.core.types import FloatArray
from placement.errors import FileFormatError

if TYPE_CHECKING:
    from ezdxf.document import Drawing as Document
    from ezdxf.entities.dxfentity import DXFEntity

HEADER_UNITS = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m"}
"""$INSUNITS codes of the DXF reference that a building is drawn in."""

LINE_TYPES = {"LINE", "LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE"}
FLATNESS = 1 / 500
"""Curves are replaced by chords that stray at most this share of their size."""
SMALLEST_RING = 3
"""Corners of a triangle, the smallest area."""
SMALLEST_PART = 0.05
"""Parts of a block smaller than this share of it (hinges, handles) are detail that no plan at scale shows."""


def read_dxf(path: Path, roles: Mapping[str, Sequence[str]], blocks: Collection[str] = ()) -> Drawing:
    """Read a drawing.

    Parameters
    ----------
    path : Path
        A DXF file, ASCII or binary.
    roles : mapping of str to sequence of str
        For each of ``floor, wall, door, window`` the selectors ``LAYER`` or ``LAYER/BLOCK``. Case does not
        matter and ``*`` stands for any text; a selector that names a block wins over one that names a layer only.
    blocks : collection of str
        Names of the blocks whose positions are wanted, exactly as in the drawing.

    Returns
    -------
    Drawing
        In drawing units. What lies on a frozen or switched-off layer is not drawn by anybody and is left out.

    Raises
    ------
    FileFormatError
        If the file is not DXF, is cut off, or holds nothing.
    """
    document = _open(path)
    space = document.modelspace()
    selectors = _order_selectors(roles)
    library = _BlockLibrary(document)
    found = {role: _Found() for role in ROLES}
    inserts = []
    hidden = {layer.dxf.name for layer in document.layers if layer.is_frozen() or layer.is_off()}
    for entity in space:
        if entity.dxf.layer in hidden:
            continue
        role = _role_of(entity, selectors)
        if entity.dxftype() == "INSERT":
            inserts.append(entity)
        if role is not None:
            found[role].add(entity, library)
    return Drawing(
        file=path.name,
        shapes={role: what.shapes() for role, what in found.items()},
        blocks=tuple(_place(insert, library) for insert in inserts if insert.dxf.name in blocks),
        block_counts=dict(sorted(Counter(str(insert.dxf.name) for insert in inserts).items())),
        door_widths=tuple(found["door"].radii),
        header_unit=HEADER_UNITS.get(document.header.get("$INSUNITS", 0)),
        layers=tuple(sorted({entity.dxf.layer for entity in space} - hidden)),
    )


def _open(path: Path) -> Document:
    from ezdxf.filemanagement import readfile
    from ezdxf.lldxf.const import DXFError

    try:
        document = readfile(path)
    except (DXFError, OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        reason = str(error).split("\n", maxsplit=1)[0] or type(error).__name__
        problem = f"{path.name} cannot be read as a DXF drawing (is it cut off, or another format?): {reason}"
        raise FileFormatError(problem) from error
    if not len(document.modelspace()):
        raise FileFormatError(f"{path.name} holds nothing in its model space; export the drawing again with the plan in it")
    return document


def _order_selectors(roles: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return (role, layer pattern, block pattern or ""), selectors with a block first."""
    split = []
    for role, texts in roles.items():
        for text in texts:
            layer, _, block = text.casefold().partition("/")
            split.append((role, layer, block))
    return sorted(split, key=lambda selector: selector[2] == "")


def _role_of(entity: DXFEntity, selectors: Iterable[tuple[str, str, str]]) -> str | None:
    layer = entity.dxf.layer.casefold()
    name = entity.dxf.name.casefold() if entity.dxftype() == "INSERT" else ""
    for role, layer_pattern, block_pattern in selectors:
        if fnmatchcase(layer, layer_pattern) and (not block_pattern or (name and fnmatchcase(name, block_pattern))):
            return role
    return None


@dataclass(slots=True)
class _Found:
    """The line work of one role while it is gathered."""

    fills: list[tuple[FloatArray, ...]] = field(default_factory=list)
    rings: list[FloatArray] = field(default_factory=list)
    lines: list[FloatArray] = field(default_factory=list)
    radii: list[float] = field(default_factory=list)

    def add(self, entity: DXFEntity, library: _BlockLibrary) -> None:
        kind = entity.dxftype()
        if kind == "HATCH":
            fill = _fill(entity)
            if fill:
                self.fills.append(fill)
        elif kind == "INSERT":
            curves, radii = library.place(entity)
            self.radii.extend(radii)
            for curve in curves:
                self._add_curve(curve)
        elif kind in LINE_TYPES:
            if kind == "ARC":
                self.radii.append(float(entity.dxf.radius))
            self._add_curve(_curve(entity))

    def _add_curve(self, points: FloatArray) -> None:
        if len(points) == 0 or not np.ptp(points, axis=0).any():
            return
        if len(points) > SMALLEST_RING and np.allclose(points[0], points[-1], rtol=0, atol=1e-9 * np.abs(points).max()):
            self.rings.append(points[:-1])
        elif len(points) > 1:
            self.lines.append(points)

    def shapes(self) -> Shapes:
        return Shapes(tuple(self.fills), tuple(self.rings), tuple(self.lines))


class _BlockLibrary:
    """The line work of each block definition, unfolded once and then set down wherever the block is inserted."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[str, tuple[list[FloatArray], list[float]]] = {}

    def definition(self, name: str) -> tuple[list[FloatArray], list[float]]:
        """Return the curves of a block and the radius of its largest arc (if any), in the block's own coordinates."""
        if name not in self._known:
            self._known[name] = ([], [])  # a block that inserts itself ends here
            self._known[name] = self._unfold(name)
        return self._known[name]

    def _unfold(self, name: str) -> tuple[list[FloatArray], list[float]]:
        curves: list[FloatArray] = []
        radii: list[float] = []
        for entity in self._document.blocks.get(name) or ():
            if entity.dxftype() == "INSERT":
                inner, inner_radii = self.place(entity)
                curves += inner
                radii += inner_radii
            elif entity.dxftype() in LINE_TYPES:
                curve = _curve(entity)
                if len(curve) > 1:
                    curves.append(curve)
                    radii += [float(entity.dxf.radius)] if entity.dxftype() == "ARC" else []
        if not curves:
            return [], []
        smallest = SMALLEST_PART * float(np.ptp(np.vstack(curves), axis=0).max())
        return [curve for curve in curves if np.ptp(curve, axis=0).max() >= smallest], radii and [max(radii)]

    def place(self, insert: Any) -> tuple[list[FloatArray], list[float]]:
        """Return the curves of an inserted block where it stands, and the radius of its largest arc as drawn there."""
        curves, radii = self.definition(insert.dxf.name)
        matrix = insert.matrix44()
        return [_transform(curve, matrix) for curve in curves], [radius * abs(insert.dxf.xscale) for radius in radii]


def _place(insert: Any, library: _BlockLibrary) -> Block:
    """Return the block with the middle of its extent; an empty block is where it was inserted."""
    curves, _ = library.definition(insert.dxf.name)
    corners = np.vstack(curves) if curves else np.zeros((1, 2))
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    x, y = _transform(middle[None], insert.matrix44())[0]
    return Block(insert.dxf.name, insert.dxf.layer, float(x), float(y))


def _transform(points: FloatArray, matrix: Any) -> FloatArray:
    return np.array([(v.x, v.y) for v in matrix.transform_vertices([(x, y, 0.0) for x, y in points])])


def _curve(entity: DXFEntity) -> FloatArray:
    """Return an entity as chords, shape (k, 2); empty when it has no length."""
    if entity.dxftype() == "LINE":
        return np.array([(p.x, p.y) for p in (entity.dxf.start, entity.dxf.end)])
    from ezdxf import path as ezpath

    try:
        return _flatten(ezpath.make_path(entity))
    except (TypeError, ValueError):
        return np.empty((0, 2))  # meshes, and curves without points: nothing that a plan would show


def _fill(hatch: Any) -> tuple[FloatArray, ...]:
    from ezdxf import path as ezpath

    edges = [_flatten(ezpath.from_hatch_boundary_path(edge, hatch.ocs(), hatch.dxf.elevation.z)) for edge in hatch.paths]
    rings = [edge[:-1] if np.array_equal(edge[0], edge[-1]) else edge for edge in edges if len(edge)]
    return tuple(ring for ring in rings if len(ring) >= SMALLEST_RING)


def _flatten(path: Any) -> FloatArray:
    corners = np.array([(v.x, v.y) for v in path.control_vertices()]) if len(path) else np.empty((0, 2))
    if not len(path) or not path.has_curves:
        return corners
    size = float(np.ptp(corners, axis=0).max()) or 1.0
    return np.array([(v.x, v.y) for v in path.flattening(size * FLATNESS, segments=4)])
