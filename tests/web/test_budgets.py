"""The slider over plans of other budgets, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers import desks_result, with_budgets
from placement import compare, load_scenario
from placement.core.comparison import Comparison
from placement.core.outlook import OtherBudget, Outlook


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


DESKS = "demand: [{id: a, x: 0, y: 0}, {id: b, x: 10, y: 0}, {id: c, x: 20, y: 0}, {id: d, x: 40, y: 9}, {id: e, x: 60, y: 0}]"


def compared(folder: Path, devices: str, more: str = "", **asked: Any) -> Comparison:
    """Compare a scenario of five desks."""
    path = folder / "five.yaml"
    path.write_text(f"schema: 1\nname: Five\n{DESKS}\ndevices: {devices}\n{more}", encoding="utf-8")
    return compare(load_scenario(path), **asked)


def test_a_comparison_is_one_slider(visit: Callable[..., Any], tmp_path: Path) -> None:
    """It starts with what is recommended, marks it in the curve, and every position has the numbers of its row."""
    found = compared(tmp_path, "{budget: 1, radius: 10.5}", budgets=range(1, 6))
    seen, start = visit(found), found.recommended.row
    slider, page = seen.page.locator("#budget"), seen.page
    assert (slider.get_attribute("max"), slider.input_value()) == ("4", str(start))
    assert page.locator("#budget-text").inner_text() == f"{start + 1} new devices (recommended)"
    assert "requirement met" in page.locator("#advice").inner_text()
    assert page.locator("#elbow line.advised").count() == 1
    for k, row in enumerate(found.rows):
        slider.fill(str(k))
        assert [one["id"] for one in seen.devices()] == list(row.result.plan.device_ids)
        assert seen.score()["value"] == pytest.approx(row.result.plan.value, rel=1e-9)
        assert page.locator("#budget-says").inner_text()[:30].casefold() == row.gain[:30].casefold()
        dots = page.locator("#elbow circle.dot")
        assert [dots.nth(j).get_attribute("class") for j in range(5)] == ["dot chosen" if j == k else "dot" for j in range(5)]
        ring, dot = (page.locator(f"#elbow circle.{name}") for name in ("now", "chosen"))
        assert float(ring.get_attribute("cy")) == pytest.approx(float(dot.get_attribute("cy")))
    assert "5 devices" in page.locator("#subtitle").inner_text()
    page.locator("#elbow circle.dot").nth(1).click()
    assert slider.input_value() == "1"


def test_money_is_a_slider_too(visit: Callable[..., Any], tmp_path: Path) -> None:
    """Budgets are named by what their devices cost, and a kept device leaves that much less of this budget's money."""
    found = compared(
        tmp_path, "{cost: 500, price: 100, radius: 10.5}", "report: {files: [planner], currency: EUR}\n", costs=[100, 250, 400]
    )
    seen = visit(found)
    seen.page.locator("#budget").fill("1")
    assert seen.page.locator("#budget-text").inner_text().startswith("2 new devices for 200\u202fEUR")
    seen.drag(0, 30, 0)
    assert "  cost: 100\n" in seen.download("yaml-touched").read_text(encoding="utf-8")
    seen.page.locator("#canvas").press("a")
    ring, dots = seen.page.locator("#elbow circle.now"), seen.page.locator("#elbow circle.dot")
    assert float(dots.nth(1).get_attribute("cx")) < float(ring.get_attribute("cx")) < float(dots.nth(2).get_attribute("cx"))


def test_what_cannot_be_moved_can_be_looked_through(visit: Callable[..., Any], tmp_path: Path) -> None:
    """Where devices have a capacity each position shows the distances of its own run."""
    found = compared(tmp_path, "{budget: 2, capacity: 2}", budgets=range(3, 6))
    seen = visit(found)
    for k, row in enumerate(found.rows):
        seen.page.locator("#budget").fill(str(k))
        assert seen.score()["mean"] == pytest.approx(row.result.score.mean_m, rel=1e-9)
        assert seen.page.evaluate("() => Array.from(planner.model.service.device)") == row.result.plan.assignment.tolist()
