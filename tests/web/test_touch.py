"""The page on a phone, under fingers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpers import desks_result


def test_it_works_under_a_finger(visit: Callable[..., Any]) -> None:
    """On a phone the page is as wide as the screen, devices are large enough to touch, and a tap tells who serves a point."""
    seen = visit(desks_result(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    box = seen.page.locator(".handle").first.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    point = seen.page.evaluate(
        "() => { const b = planner.canvas.getBoundingClientRect(), g = planner.model.ground, i = planner.model.score.worst;"
        " return [b.x + planner.view.x(g.x[i]), b.y + planner.view.y(g.y[i])]; }"
    )
    seen.page.touchscreen.tap(*point)
    assert "at" in seen.page.locator("#tip").inner_text()


def test_fingers_drag_and_pinch(visit: Callable[..., Any]) -> None:
    """One finger on a device drags it and leaves the page where it is; two on the map zoom it."""
    seen = visit(desks_result(radii_m=(8.0,)), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wire = seen.page.context.new_cdp_session(seen.page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(places)]
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    box, before = seen.page.locator(".handle").nth(2).bounding_box(), seen.devices()[2]
    x, y = box["x"] + 22, box["y"] + 22
    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x + 6 * step, y + 8 * step))
    touch("touchEnd")
    scale, after = seen.page.evaluate("() => planner.view.scale"), seen.devices()[2]
    assert (after["x"] - before["x"]) * scale == pytest.approx(30, abs=1e-6)
    assert (before["y"] - after["y"]) * scale == pytest.approx(40, abs=1e-6)
    assert seen.page.evaluate("() => window.scrollY") == 0
    edge = seen.page.locator("#canvas").bounding_box()
    one, two = (edge["x"] + 20, edge["y"] + 20), (edge["x"] + 60, edge["y"] + 20)
    touch("touchStart", one, two)
    touch("touchMove", one, (two[0] + 40, two[1]))
    touch("touchEnd")
    assert seen.page.evaluate("() => planner.view.scale") == pytest.approx(2 * scale, rel=0.01)
