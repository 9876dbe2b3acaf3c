"""The page in a browser: drag, keys, undo, budgets, tools and downloads, with nothing asked of anybody."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from helpers import city_result, city_sites, desks_result, floor_result, make_result, with_forbidden
from placement import load_scenario, place, score
from placement.core import Result
from placement.core.outlook import OtherBudget, Outlook
from placement.pipeline import build

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def with_budgets(result: Result, counts: tuple[int, ...]) -> Result:
    """Return `result` with made-up plans of other budgets: devices on the first demand points."""
    xy = result.problem.demand.xy
    others = tuple(
        OtherBudget(p, 4000.0 / p, 3000.0 / p, 9.0, 4.0, None, None, tuple((float(x), float(y)) for x, y in xy[:p]))
        for p in counts
    )
    return replace(result, outlook=Outlook(others, (), None))


def drag(visit: Any, j: int, dx: float, dy: float) -> None:
    """Drag device `j` by pixels."""
    box = visit.page.locator(".handle").nth(j).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + dx / 2, y + dy / 2, steps=4)
    visit.page.mouse.move(x + dx, y + dy, steps=4)
    visit.page.mouse.up()


def test_a_drag_moves_the_device_and_the_numbers(visit: Callable[..., Any]) -> None:
    """The device follows the mouse by as many pixels, and the cards change at once."""
    seen = visit(desks_result(radii_m=(8.0,)))
    before, card, scale = seen.devices()[1], seen.card("mean"), seen.page.evaluate("() => planner.view.scale")
    drag(seen, 1, 60, -40)
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
        drag(seen, j, dx, dy)
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
    drag(seen, 0, 80, 10)
    second = seen.score()
    seen.page.click("#undo")
    assert seen.score() == first
    seen.page.click("#redo")
    assert seen.score()["mean"] == pytest.approx(second["mean"], rel=1e-12)


def test_the_slider_goes_through_the_budgets(visit: Callable[..., Any]) -> None:
    """Each position shows the plan of its budget and compares with it; undo goes back to the other budget."""
    seen = visit(with_budgets(desks_result(radii_m=(8.0,)), (3, 4, 6)))
    slider = seen.page.locator("#budget")
    assert slider.get_attribute("max") == "3"
    assert seen.page.locator("#budget-text").inner_text() == "5 new devices (this run)"
    slider.focus()
    seen.page.keyboard.press("ArrowRight")
    assert len(seen.devices()) == 6
    assert seen.page.locator("#elbow circle.dot").count() == 4
    assert "6 devices" in seen.page.locator("#compared").inner_text()
    assert {(one["x"], one["y"]) for one in seen.devices()} == {tuple(xy) for xy in desks_result().problem.demand.xy[:6].tolist()}
    seen.page.click("#undo")
    assert len(seen.devices()) == 5
    seen.page.click("#redo")
    seen.page.keyboard.press("Control+z")
    assert seen.page.locator("#budget-text").inner_text() == "5 new devices (this run)"


def test_one_plan_has_no_slider(visit: Callable[..., Any]) -> None:
    """Without plans of other budgets there is nothing to slide through; numbers alone are none."""
    result = desks_result()
    numbers_only = (OtherBudget(4, 1.0, None, 1.0, 1.0, None, None),)
    seen = visit(replace(result, outlook=Outlook(numbers_only, (), None)))
    assert not seen.page.locator("#budgets").is_visible()


def test_improve_makes_it_better_and_leaves_fixed_devices(visit: Callable[..., Any]) -> None:
    """From a spoilt plan the objective falls, and what is fixed has not moved."""
    seen = visit(floor_result(n_fixed=1))
    drag(seen, 2, 150, 30)
    spoilt, held = seen.score()["value"], seen.devices()[0]
    seen.page.click("#improve")
    seen.page.wait_for_function(f"() => planner.model.score.value < {spoilt}")
    assert seen.devices()[0] == held
    places = np.array([(one["x"], one["y"]) for one in seen.devices()])
    assert floor_result().problem.domain.contains(places[1:]).all()
    seen.page.click("#improve")
    seen.page.wait_for_function("() => document.getElementById('hint').textContent.startsWith('No single move')")
    assert seen.page.evaluate("() => planner.model.past.length") == 2


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
    drag(seen, 2, 0, 0)
    assert seen.devices()[2]["x"] == one["x"]
    seen.page.click("#zones button")
    assert seen.page.evaluate("() => planner.model.zones.length") == 0


def test_devices_on_sites_jump_from_site_to_site(visit: Callable[..., Any]) -> None:
    """With candidate sites a dragged device takes the site nearest to the mouse, and its name."""
    frame = city_result().problem.frame
    sites = city_sites(frame)
    demand = city_result().problem.demand
    result = make_result(demand, sites.xy[:3], candidates=sites, device_ids=sites.ids[:3], frame=frame, name="Stores")
    seen = visit(result)
    drag(seen, 0, 120, 60)
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
    drag(seen, 0, 90, 40)
    assert seen.devices() == before
    assert seen.score()["mean"] == pytest.approx(result.score.mean_m, rel=1e-9)


@pytest.mark.parametrize("name", ["desks", "office", "clinics", "clinics-stores"])
def test_the_scenario_that_is_downloaded_scores_the_same(name: str, visit: Callable[..., Any], tmp_path: Path) -> None:
    """Dragged devices come back as fixed ones; loaded and scored by Python, they have the page's numbers."""
    seen = visit(place(load_scenario(SCENARIOS / f"{name}.yaml", ("solver.effort=fast",))))
    drag(seen, 0, 40, 25)
    drag(seen, 1, -30, 20)
    found = seen.score()
    text = seen.download("yaml-all").read_text(encoding="utf-8")
    (tmp_path / "data").symlink_to(SCENARIOS / "data")
    (tmp_path / "planned.yaml").write_text(text, encoding="utf-8")
    scenario = load_scenario(tmp_path / "planned.yaml")
    fixed = build(scenario).problem.fixed
    assert fixed.ids == tuple(one["id"] for one in seen.devices())
    scored = score(scenario, fixed).score
    # Through longitude and latitude a place comes back to a micrometre.
    assert [scored.mean_m, scored.max_m] == pytest.approx([found["mean"], found["max"]], rel=1e-9, abs=1e-5)
    assert [one.share for one in scored.coverage] == pytest.approx([one["share"] for one in found["coverage"]])


def test_the_kept_devices_stay_when_the_rest_is_planned_anew(visit: Callable[..., Any], tmp_path: Path) -> None:
    """The other scenario fixes what was moved; a run leaves it there and places the rest."""
    seen = visit(place(load_scenario(SCENARIOS / "desks.yaml", ("solver.n_init=2",))))
    drag(seen, 0, 40, 25)
    (tmp_path / "data").symlink_to(SCENARIOS / "data")
    (tmp_path / "kept.yaml").write_text(seen.download("yaml-touched").read_text(encoding="utf-8"), encoding="utf-8")
    plan = place(load_scenario(tmp_path / "kept.yaml")).plan
    moved = seen.devices()[0]
    assert plan.p == 5
    assert plan.device_status.count("fixed") == 1
    assert plan.device_xy[0].tolist() == pytest.approx([moved["x"], moved["y"]], abs=1e-9)


def test_a_drawn_zone_comes_back_with_the_scenario(visit: Callable[..., Any], tmp_path: Path) -> None:
    """Zones drawn in the page join those of the scenario, on the Earth in longitude and latitude."""
    first = [[-122.45, 37.75], [-122.44, 37.75], [-122.44, 37.76]]
    settings = ("solver.effort=fast", f"devices.forbidden=[{first}]")
    result = place(load_scenario(SCENARIOS / "clinics.yaml", settings))
    seen = visit(result)
    seen.page.evaluate("() => planner.forbid([0, 0, 500, 0, 500, 400, 0, 400])")
    (tmp_path / "data").symlink_to(SCENARIOS / "data")
    (tmp_path / "zone.yaml").write_text(seen.download("yaml-all").read_text(encoding="utf-8"), encoding="utf-8")
    forbidden = build(load_scenario(tmp_path / "zone.yaml")).problem.domain.forbidden
    assert forbidden.area == pytest.approx(result.problem.domain.forbidden.area + 500 * 400)


def test_tables_and_pictures_can_be_taken_away(visit: Callable[..., Any]) -> None:
    """The CSV is that of the run, the PNG a picture twice as fine as the screen."""
    from placement.writers.csv_tables import devices_table

    result = city_result()
    seen = visit(result)
    found = [line.split(",") for line in seen.download("csv").read_text(encoding="utf-8").splitlines()]
    wanted = [line.split(",") for line in devices_table(result).splitlines()]
    assert found[0] == wanted[0]
    for row, other in zip(found[1:], wanted[1:], strict=True):
        for cell, told in zip(row, other, strict=True):
            assert cell == told or math.isclose(float(cell), float(told), rel_tol=1e-6)
    picture = seen.download("png").read_bytes()
    width = int.from_bytes(picture[16:20], "big")
    assert picture.startswith(b"\x89PNG")
    assert width == pytest.approx(2 * seen.page.evaluate("() => planner.view.width"), abs=1)


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
    drag(seen, 3, 80, 20)
    assert [one["isTouched"] for one in seen.devices()] == [j == 3 for j in range(10)]
    assert seen.devices()[4] == before[4]
    pixel = """() => { const { points, look } = planner.drawing, { ground, service, devices } = planner.model, v = planner.view;
      const i = service.device.indexOf(3), x = Math.round(v.x(ground.x[i])), y = Math.round(v.y(ground.y[i]));
      const hex = planner.drawing.look(devices[3]).edge;
      return [[...points.layer.getContext('2d').getImageData(x, y, 1, 1).data.slice(0, 3)],
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


def test_paper_is_white_in_the_dark(visit: Callable[..., Any]) -> None:
    """Printing draws the map for paper, and the screen is dark again afterwards."""
    seen = visit(desks_result(radii_m=(8.0,)), color_scheme="dark")
    states = """() => ['nothing', 'beforeprint', 'afterprint'].map((name) => {
      window.dispatchEvent(new Event(name));
      return planner.drawing.isDark;
    })"""
    assert seen.page.evaluate(states) == [True, False, True]


def test_forbidden_zones_of_the_scenario_hold(visit: Callable[..., Any]) -> None:
    """A plan with zones keeps devices out of them in the page as well."""
    from shapely import box

    result = floor_result()
    result = with_forbidden(result, box(40, 10, 50, 20))
    seen = visit(result)
    x, y = seen.page.evaluate("() => { const p = planner.model.standing(45, 15); return [p.x, p.y]; }")
    assert result.problem.domain.contains(np.array([[x, y]])).all()
