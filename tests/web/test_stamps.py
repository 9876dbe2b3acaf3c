"""Points as pixels: the same shapes as on the rest of the map, laid over each other as paint is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("shape", ["o", "^", "s", "D", "v"])
def test_a_stamp_is_the_shape_of_the_map(shape: str, javascript: Callable[..., Any]) -> None:
    """Corners of the outline have no depth, the middle has, and beyond the outline there is none."""
    body = """
    const corners = [], note = (x, y) => corners.push([x, y]);
    const context = { beginPath() {}, closePath() {}, moveTo: note, lineTo: note,
      rect: (x, y, w, h) => { note(x, y); note(x + w, y + h); }, arc: (x, y, r) => { note(x + r, y); note(x, y - r); } };
    outline(context, given, 0, 0, 4);
    return { on: corners.map(([x, y]) => depth(given, x, y, 4)), out: corners.map(([x, y]) => depth(given, 1.2 * x, 1.2 * y, 4)),
      middle: depth(given, 0, 0, 4) };
    """
    found = javascript(body, shape)
    assert found["on"] == pytest.approx([0] * len(found["on"]), abs=1e-9)
    assert max(found["out"]) < -0.3
    assert found["middle"] > 2


def test_a_stamp_is_full_inside_and_clear_outside(javascript: Callable[..., Any]) -> None:
    """Fill in the middle, the line around it, nothing in the corners; its area is that of the shape to the pixel."""
    body = """
    const { side, pixels } = stamp("o", 6, { fill: "#102030", edge: "#ffffff", line: 1 }, 2), half = side / 2;
    const covered = Array.from(pixels, (word) => (word >>> 24) / 255).reduce((a, b) => a + b, 0);
    return { side, middle: pixels[half * side + half], corner: pixels[0], edge: pixels[half * side + half + 12], covered };
    """
    found = javascript(body)
    assert found["middle"] == 0xFF302010
    assert found["corner"] == 0
    assert found["edge"] & 0xFFFFFF == 0xFFFFFF
    assert found["covered"] == pytest.approx(3.14159 * 13**2, rel=0.01)


def test_pixels_mix_as_paint_does(javascript: Callable[..., Any]) -> None:
    """What covers hides, over nothing everything stays itself, half over a colour is the middle of both."""
    body = (
        "return [over(0xff112233, 0xff445566), over(0x80112233, 0), over(0x80ffffff, 0xff000000), over(0x80ffffff, 0x80ffffff)]"
    )
    hidden, alone, mixed, twice = javascript(body)
    assert hidden == 0xFF112233
    assert alone == 0x80112233
    assert mixed == 0xFF808080
    assert twice == 0xC0FFFFFF
