"""The page in a browser: drag, keys, undo, search, tools, with nothing asked of anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from helpers import city_result, city_sites, desks_result, floor_result, make_result, with_budgets
from placement import load_scenario, place

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_a_drag_moves_the_device_and_the_numbers(visit: Callable[..., Any]) -> None:
    """The device follows the mouse by as many pixels, and the cards change at once."""
    seen = visit(desks_result(radii_m=(8.0,)))
    before, card, scale = seen.devices()[1], seen.card("mean"), seen.page.evaluate("() => planner.view.scale")
    seen.drag(1, 60, -40)
    after = seen.devices()[1]
    assert (after["x"] - before["x"]) * scale == pytest.approx(60, abs=1e-6)
    assert (after["y"] - before["y"]) * scale == pytest.approx(40, abs=1e-6)
    assert seen.card("mean") != card
    assert "worse" in seen.page.locator('[data-card="mean"] .delta').inner_text()


def test_devices_stay_in_the_free_space(visit: Callable[..., Any]) -> None:
    """Dragged into the light well, a device stops at its edge; so say the page and Python."""
    result = floor_result()
    seen = visit(result)
    for j, (dx, dy) in enumerate([(200, 0), (150, 150), (-300, 30), (0, -300), (-100, 100)]):
        seen.drag(j, dx, dy)
    places = np.array([(one["x"], one["y"]) for one in seen.devices()])
    assert (np.abs(places - result.plan.device_xy).max(axis=1) > 0.1).all()
    assert result.problem.domain.contains(places).all()


def test_the_keyboard_does_everything(visit: Callable[..., Any]) -> None:
    """Tab finds a device; arrows move it, Shift further; F holds it; A adds, Delete removes, Ctrl-Z and Ctrl-Y undo and redo."""
    seen = visit(desks_result(radii_m=(8.0,)))
    page = seen.page
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.className") == "handle":
            break
    else:
        pytest.fail("no device within forty tabs")
    assert "serves" in page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    start = seen.devices()[0]
    page.keyboard.press("ArrowRight")
    small = seen.devices()[0]["x"] - start["x"]
    page.keyboard.press("Shift+ArrowRight")
    assert seen.devices()[0]["x"] - start["x"] == pytest.approx(11 * small)
    assert "moved" in page.locator("#live").inner_text()
    page.keyboard.press("f")
    held = seen.devices()[0]
    page.keyboard.press("ArrowLeft")
    assert held["status"] == "fixed"
    assert seen.devices()[0]["x"] == held["x"]
    page.keyboard.press("a")
    assert len(seen.devices()) == 6
    page.keyboard.press("Delete")
    assert len(seen.devices()) == 5
    for _ in range(5):
        page.keyboard.press("Control+z")
    assert seen.devices()[0]["x"] == start["x"]
    assert page.locator("#undo").is_disabled()
    for _ in range(5):
        page.keyboard.press("Control+y")
    assert seen.devices()[0] == held


def test_undo_takes_back_a_whole_drag(visit: Callable[..., Any]) -> None:
    """One drag of many frames is one step; redo brings the very same numbers back."""
    seen = visit(desks_result())
    first = seen.score()
    seen.drag(0, 80, 10)
    second = seen.score()
    seen.page.click("#undo")
    assert seen.score() == first
    seen.page.click("#redo")
    assert seen.score()["mean"] == pytest.approx(second["mean"], rel=1e-12)


def test_devices_on_sites_jump_from_site_to_site(visit: Callable[..., Any]) -> None:
    """With candidate sites a dragged device takes the site nearest to the mouse, and its name."""
    frame = city_result().problem.frame
    sites = city_sites(frame)
    demand = city_result().problem.demand
    result = make_result(demand, sites.xy[:3], candidates=sites, device_ids=sites.ids[:3], frame=frame, name="Stores")
    seen = visit(result)
    seen.drag(0, 120, 60)
    moved = seen.devices()[0]
    assert moved["id"] in sites.ids
    assert [moved["x"], moved["y"]] == sites.xy[sites.ids.index(moved["id"])].tolist()


def test_who_is_served_by_whom(visit: Callable[..., Any]) -> None:
    """Search finds a point; the tip names its device and distance, as the plan has them."""
    result = desks_result()
    seen = visit(result)
    seen.page.fill("#search", "s17")
    seen.page.keyboard.press("Enter")
    tip = seen.page.locator("#tip").inner_text()
    plan = result.plan
    assert tip.startswith("S17")
    assert plan.device_ids[plan.assignment[16]] in tip
    assert f"{plan.service_distance[16]:.2f}" in tip


def test_two_places_are_measured(visit: Callable[..., Any]) -> None:
    """The tool tells the distance between two clicks in the user's unit."""
    seen = visit(desks_result())
    box = seen.page.locator("#canvas").bounding_box()
    seen.page.click('[data-tool="measure"]')
    seen.page.mouse.click(box["x"] + 200, box["y"] + 300)
    seen.page.mouse.click(box["x"] + 500, box["y"] + 300)
    far = 300 / seen.page.evaluate("() => planner.view.scale")
    assert seen.page.locator("#live").inner_text() == f"{far:.2f}\u202fm apart"


def test_other_distances_are_shown_and_not_touched(visit: Callable[..., Any]) -> None:
    """A page of a table of distances says why nothing moves; its numbers are those of the run."""
    result = place(load_scenario(SCENARIOS / "stores.yaml"))
    seen = visit(result)
    assert "cannot be moved" in seen.page.locator("#notice").inner_text()
    assert seen.page.locator("#improve").is_disabled()
    before = seen.devices()
    seen.drag(0, 90, 40)
    assert seen.devices() == before
    assert seen.score()["mean"] == pytest.approx(result.score.mean_m, rel=1e-9)


def test_strange_names_do_no_harm(visit: Callable[..., Any]) -> None:
    """Names with quotes, brackets and other scripts are shown as they are, and run nothing."""
    result = desks_result(n=6, p=2, name='<img src=x onerror=alert(1)> "&\u2028</title>')
    names = ('"><script>alert(1)</script>', "</script><b>", "O'Neil & <sons>", "名前\u202e", "%DATA%", "a\\u003cb")
    demand = replace(result.problem.demand, ids=names)
    plan = replace(result.plan, device_ids=("<i>one</i>", "two\n#"))
    seen = visit(replace(result, problem=replace(result.problem, demand=demand), plan=plan))
    assert seen.page.evaluate("() => planner.model.ids") == list(names)
    assert seen.page.locator("h1").inner_text().startswith("<img")
    assert seen.page.locator("#devices i, #worst b, #worst script").count() == 0


def test_many_points_are_dragged_as_few(visit: Callable[..., Any]) -> None:
    """Above the number that is drawn as shapes, a drag still moves one device, and its points get its colour."""
    seen = visit(desks_result(n=5000, p=10, radii_m=(3.0,)))
    before = seen.devices()
    seen.drag(3, 80, 20)
    assert [one["isTouched"] for one in seen.devices()] == [j == 3 for j in range(10)]
    assert seen.devices()[4] == before[4]
    pixel = """() => { const { points, look } = planner.drawing, { ground, service, devices } = planner.model, v = planner.view;
      const i = service.device.indexOf(3), x = Math.round(v.x(ground.x[i])), y = Math.round(v.y(ground.y[i]));
      const hex = planner.drawing.look(devices[3]).edge;
      const { pad } = points;
      return [[...points.layer.getContext('2d').getImageData(x + pad, y + pad, 1, 1).data.slice(0, 3)],
              [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16))]; }"""
    found, wanted = seen.page.evaluate(pixel)
    assert found == wanted


def test_every_control_has_a_name(visit: Callable[..., Any]) -> None:
    """Whatever can be focused says what it is; the table has headings; the language is told."""
    seen = visit(with_budgets(desks_result(radii_m=(8.0,)), (3,)))
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, summary, input, canvas, [tabindex], svg[role=img]')].filter((node) => {
          const by = node.getAttribute('aria-labelledby');
          const other = by ? document.getElementById(by).textContent : node.labels?.[0]?.textContent;
          const label = node.getAttribute('aria-label') ?? other;
          return !(label || node.textContent).trim();
        }).map((node) => node.outerHTML.slice(0, 90))"""
    )
    assert nameless == []
    assert seen.page.locator("#devices th[scope]").count() == 6 + 5
    assert seen.page.locator("html[lang=en]").count() == 1


def test_paper_is_white_in_the_dark(visit: Callable[..., Any]) -> None:
    """Printing draws the map for paper, and the screen is dark again afterwards."""
    seen = visit(desks_result(radii_m=(8.0,)), color_scheme="dark")
    states = """() => ['nothing', 'beforeprint', 'afterprint'].map((name) => {
      window.dispatchEvent(new Event(name));
      return planner.drawing.isDark;
    })"""
    assert seen.page.evaluate(states) == [True, False, True]
