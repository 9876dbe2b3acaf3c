"""DXF: shapes by role, blocks where they really stand, broken files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from placement.errors import FileFormatError
from placement.readers.dxf import read_dxf
from readers.drawings import save, two_rooms

ROLES = {"floor": ["floor"], "wall": ["wall"], "door": ["doors"], "window": ["windows"]}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return save(two_rooms(), tmp_path / "plan.dxf")


def test_every_role_gets_its_shapes(plan: Path) -> None:
    """Six closed walls, one fill with a hole, the door's leaf and swing, one window line; case does not matter."""
    drawing = read_dxf(plan, ROLES)
    assert len(drawing.shapes["wall"].rings) == 6
    assert [len(fill) for fill in drawing.shapes["floor"].fills] == [2]
    assert len(drawing.shapes["door"].lines) == 2
    assert len(drawing.shapes["window"].lines) == 1
    assert drawing.door_widths == (800.0,)
    assert drawing.header_unit == "mm"
    assert drawing.layers == ("FLOOR", "Furniture", "WALL", "Windows", "doors")


def test_blocks_are_found_by_the_middle_of_what_they_draw(plan: Path) -> None:
    """A chair inserted at its corner counts at its middle; a mirrored one on the side where it is seen."""
    drawing = read_dxf(plan, ROLES, {"chair"})
    middles = [(block.x, block.y) for block in drawing.blocks]
    np.testing.assert_allclose(middles, [[1250, 1250], [3250, 5250], [10750, 1250], [7250, 6250], [40250, 40250]])
    assert drawing.block_counts == {"DOOR": 1, "chair": 5}


def test_a_selector_with_a_block_wins_over_its_layer(plan: Path) -> None:
    """`doors/DOOR` as window takes the block away from `doors` as door."""
    drawing = read_dxf(plan, {**ROLES, "window": ["doors/do*"]})
    assert drawing.shapes["door"].is_empty
    assert len(drawing.shapes["window"].lines) == 2


def test_scaled_blocks_scale_their_doors(tmp_path: Path) -> None:
    """A door inserted at twice its size is twice as wide."""
    document = two_rooms()
    document.modelspace().add_blockref("DOOR", (0, 0), dxfattribs={"layer": "doors", "xscale": -2, "yscale": 2})
    assert read_dxf(save(document, tmp_path / "plan.dxf"), ROLES).door_widths == (800.0, 1600.0)


def test_nested_blocks_are_unfolded_and_loops_end(tmp_path: Path) -> None:
    """A block in a block is drawn where it stands; a block that contains itself does not hang the reader."""
    document = two_rooms()
    group = document.blocks.new("GROUP")
    group.add_blockref("chair", (1000, 0))
    group.add_blockref("GROUP", (0, 0))
    document.modelspace().add_blockref("GROUP", (2000, 2000), dxfattribs={"layer": "Furniture"})
    drawing = read_dxf(save(document, tmp_path / "plan.dxf"), ROLES, {"GROUP"})
    assert (drawing.blocks[0].x, drawing.blocks[0].y) == (3250, 2250)


def test_cut_off_file_is_told_as_such(plan: Path, tmp_path: Path) -> None:
    """Half a drawing is refused, not half read."""
    half = tmp_path / "half.dxf"
    content = plan.read_bytes()
    half.write_bytes(content[: len(content) // 2])
    with pytest.raises(FileFormatError, match=r"half.dxf cannot be read as a DXF drawing \(is it cut off"):
        read_dxf(half, ROLES)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"%PDF-1.7", bytes(range(256)) * 4, b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n"]
)
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    """Empty, text, PDF, binary, and a drawing with nothing in it."""
    path = tmp_path / "other.dxf"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=r"other\.dxf"):
        read_dxf(path, ROLES)
