"""Drawing: what a CAD reader found, sorted by role, still in the drawing's own unit."""

from __future__ import annotations

from dataclasses import dataclass

from placement.core.types import FloatArray

Ring = FloatArray
"""Corners of a closed outline, shape (k, 2), first corner not repeated."""

ROLES = ("floor", "wall", "door", "window")


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The line work of one role.

    Parameters
    ----------
    fills : tuple of tuple of ndarray
        Filled areas; each is a set of rings of shape (k, 2) read by the even-odd rule, so inner rings are holes.
    rings : tuple of ndarray
        Closed outlines of shape (k, 2).
    lines : tuple of ndarray
        Open lines of shape (k, 2).
    """

    fills: tuple[tuple[Ring, ...], ...] = ()
    rings: tuple[Ring, ...] = ()
    lines: tuple[FloatArray, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.fills or self.rings or self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """One inserted block: its name, its layer and the middle of what it draws."""

    name: str
    layer: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A read drawing.

    Parameters
    ----------
    file : str
        Name of the file, for messages.
    shapes : dict of str to Shapes
        One entry for each of `ROLES`.
    blocks : tuple of Block
        The inserted blocks that were asked for, in file order.
    block_counts : dict of str to int
        How often each block of the drawing is inserted, by name.
    door_widths : tuple of float
        Radius of each door's swing, in drawing units: the yardstick for the unit.
    header_unit : str or None
        The unit that the file's header claims; None when it claims none that we know.
    layers : tuple of str
        Names of all layers that hold something, sorted.
    """

    file: str
    shapes: dict[str, Shapes]
    blocks: tuple[Block, ...]
    block_counts: dict[str, int]
    door_widths: tuple[float, ...]
    header_unit: str | None
    layers: tuple[str, ...]
