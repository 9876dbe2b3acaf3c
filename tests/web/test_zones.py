"""Zones that are forbidden: drawn with the mouse, with keys alone, or in the scenario."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from helpers import desks_result, floor_result, with_forbidden


def test_a_drawn_zone_is_forbidden(visit: Callable[..., Any]) -> None:
    """Devices step out of a zone, and none can be dragged in."""
    seen = visit(desks_result())
    box = seen.page.locator("#canvas").bounding_box()
    device = seen.page.locator(".handle").nth(2).bounding_box()
    x, y = device["x"] + 19, device["y"] + 19
    seen.page.click('[data-tool="forbid"]')
    for dx, dy in ((-50, -50), (50, -50), (50, 50), (-50, 50), (-50, -50)):
        seen.page.mouse.click(x + dx, y + dy)
    assert seen.page.locator("#zones li").count() == 1
    one = seen.devices()[2]
    on_screen = seen.page.evaluate(
        "(j) => { const d = planner.model.devices[j]; return [planner.view.x(d.x), planner.view.y(d.y)]; }", 2
    )
    assert max(abs(on_screen[0] + box["x"] - x), abs(on_screen[1] + box["y"] - y)) == pytest.approx(50, abs=1)
    seen.drag(2, 0, 0)
    assert seen.devices()[2]["x"] == one["x"]
    seen.page.click("#zones button")
    assert seen.page.evaluate("() => planner.model.zones.length") == 0


def test_a_zone_can_be_drawn_with_keys_alone(visit: Callable[..., Any]) -> None:
    """On the map arrows move a cross, Enter sets a corner, Enter again on the last one closes the zone."""
    seen = visit(desks_result())
    seen.page.locator('[data-tool="forbid"]').focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator("#canvas").focus()
    for keys in ("ArrowUp", "Enter", "Shift+ArrowRight", "Enter", "Shift+ArrowUp", "Enter", "Enter"):
        seen.page.keyboard.press(keys)
    zones = seen.page.evaluate("() => planner.model.zones")
    assert [len(zone) for zone in zones] == [6]


def test_forbidden_zones_of_the_scenario_hold(visit: Callable[..., Any]) -> None:
    """A plan with zones keeps devices out of them in the page as well."""
    from shapely import box

    result = floor_result()
    result = with_forbidden(result, box(40, 10, 50, 20))
    seen = visit(result)
    x, y = seen.page.evaluate("() => { const p = planner.model.standing(45, 15); return [p.x, p.y]; }")
    assert result.problem.domain.contains(np.array([[x, y]])).all()
