"""The page in a notebook cell: what is done there comes back to Python, and nothing else gets out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from helpers import city_result, desks_result
from placement import compare, load_scenario, place, score
from placement.errors import MissingExtraError
from placement.writers.planner_html import embedded_page, planner_page
from placement.writers.planner_html.page import web_file

HOST = """<!doctype html><title>cell</title><div id="cell"></div><script type="application/json" id="page">%PAGE%</script>
<script type="module">
const page = JSON.parse(document.getElementById("page").textContent), on = {};
const state = { page, height: 640, devices: [], scenario_yaml: "" };
globalThis.model = {
  state, saved: 0, get: (key) => state[key], set: (key, value) => (state[key] = value),
  save_changes() { this.saved++; }, on: (name, use) => (on[name] = use), off: (name) => delete on[name], listeners: on,
};
const source = %ESM%;
const { default: widget } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
globalThis.leave = widget.render({ model: globalThis.model, el: document.getElementById("cell") });
</script>"""


@pytest.fixture
def cell(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Return a function that shows a page in a cell, as a notebook does, with what Python would hold as `model`."""
    trouble: list[str] = []
    pages = []

    def go(page: str) -> Any:
        embedded, module = (json.dumps(text).replace("<", "\\u003c") for text in (page, web_file("widget.js")))
        host = tmp_path / "cell.html"
        host.write_text(HOST.replace("%ESM%", module).replace("%PAGE%", embedded), encoding="utf-8")
        seen = browser.new_context(viewport={"width": 1100, "height": 760}).new_page()
        seen.on("console", lambda message: trouble.append(message.text))
        seen.on("pageerror", lambda error: trouble.append(str(error)))
        seen.on("request", lambda one: one.url.startswith(("file:", "data:", "blob:")) or trouble.append(one.url))
        seen.goto(host.as_uri())
        seen.frame_locator("iframe").locator(".handle").first.wait_for()
        pages.append(seen)
        return seen

    yield go
    for seen in pages:
        seen.context.close()
    assert trouble == []


def drag_first(seen: Any) -> None:
    """Drag the first device inside the cell."""
    box = seen.frame_locator("iframe").locator(".handle").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    seen.mouse.move(x, y)
    seen.mouse.down()
    seen.mouse.move(x + 60, y + 35, steps=5)
    seen.mouse.up()


def test_a_drag_in_the_cell_reaches_python(cell: Any, tmp_path: Path) -> None:
    """The devices come in the scenario's own coordinates, and the scenario that comes with them scores as the page says."""
    path = tmp_path / "three.yaml"
    path.write_text(
        "schema: 1\nname: Three\nunits: ft\ndemand: [{id: a, x: 0, y: 0}, {id: b, x: 40, y: 0}, {id: c, x: 90, y: 30}]\n"
        "devices: {budget: 2}\n",
        encoding="utf-8",
    )
    result = place(load_scenario(path))
    seen = cell(embedded_page(result))
    start = seen.evaluate("() => model.state.devices")
    assert np.array([[one["x"], one["y"]] for one in start]) == pytest.approx(result.problem.frame.to_user(result.plan.device_xy))
    drag_first(seen)
    seen.wait_for_function("(x) => model.state.devices[0].x !== x", arg=start[0]["x"])
    moved = seen.evaluate("() => model.state")
    (tmp_path / "back.yaml").write_text(moved["scenario_yaml"], encoding="utf-8")
    again = score(load_scenario(tmp_path / "back.yaml"))
    xy = result.problem.frame.to_user(again.plan.device_xy)
    assert np.array([[one["x"], one["y"]] for one in moved["devices"]]) == pytest.approx(xy, abs=1e-9)
    assert again.plan.device_ids == tuple(one["id"] for one in moved["devices"])
    assert again.score.mean_m != pytest.approx(result.score.mean_m)


def test_the_cell_hears_its_own_page_only(cell: Any) -> None:
    """Messages of anybody else change nothing; a cell that is gone hears nobody."""
    seen = cell(embedded_page(desks_result()))
    before = seen.evaluate("() => model.state.devices.length")
    seen.evaluate("() => window.postMessage({ kind: 'placement', devices: [], scenario: 'evil' }, '*')")
    seen.wait_for_timeout(100)
    assert seen.evaluate("() => [model.state.devices.length, model.state.scenario_yaml === 'evil']") == [before, False]
    assert seen.locator("iframe").get_attribute("sandbox") == "allow-scripts allow-downloads allow-modals"
    seen.evaluate("() => { model.state.height = 500; model.listeners['change:height'](); }")
    assert seen.evaluate("() => document.querySelector('iframe').style.height") == "500px"
    saved = seen.evaluate("() => { leave(); return [model.saved, Object.keys(model.listeners).length]; }")
    drag_first(seen)
    assert seen.evaluate("() => model.saved") == saved[0]
    assert saved[1] == 0


def test_a_page_on_its_own_tells_nobody(cell: Any) -> None:
    """planner.html in somebody's frame gives nothing away."""
    seen = cell(planner_page(city_result()))
    drag_first(seen)
    assert seen.evaluate("() => [model.saved, model.state.devices]") == [0, []]
    assert "postMessage" not in planner_page(city_result())


def test_explore_gives_a_widget_with_the_page(tmp_path: Path) -> None:
    """Of a result, and of a comparison with its slider; not of variants."""
    pytest.importorskip("anywidget", reason="the extra 'notebook' is not installed")
    path = tmp_path / "line.yaml"
    path.write_text(
        "schema: 1\nname: Line\ndemand: [{x: 0, y: 0}, {x: 4, y: 0}, {x: 9, y: 0}]\ndevices: {budget: 2}\n"
        "variants: [{name: one, set: {devices.budget: 1}}]\n",
        encoding="utf-8",
    )
    scenario = load_scenario(path)
    widget = place(scenario).explore()
    assert "tellParent" in widget.page
    assert (widget.devices, widget.scenario_yaml) == ([], "")
    assert "recommended" in compare(scenario, budgets=[1, 2, 3]).explore().page
    with pytest.raises(ValueError, match="compared by variant"):
        compare(scenario).explore()


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    import placement.pipeline  # noqa: F401 - pins what shows results

    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "placement.notebook.widget", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'placement\[notebook\]'"):
        desks_result().explore()
