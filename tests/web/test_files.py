"""The scenarios that the page gives back, for the kinds of budget and places that a scenario may have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from placement import load_scenario, place, score
from placement.core import Result
from placement.writers.planner_html import planner_document

DEMAND = "demand: [{id: Ann, x: 0, y: 0}, {id: 'B: #x', x: 10, y: 0}, {id: Cy, x: 20, y: 0}, {id: Dee, x: 100, y: 0}]"
SITES = "[{id: s1, x: 10, y: 1, price: 5, group: north}, {id: s2, x: 90.1, y: 1e-7, price: 6, group: south}]"
CASES = {
    "budget": "devices: {budget: 2, radius: 6}",
    "set_cover": "devices: {radius: 6}\nobjective: set_cover",
    "money": "devices: {cost: 100, price: 40, radius: 6}\nobjective: max_cover",
    "sites": "units: ft\ndevices: {cost: 12, spacing: 2, fixed: [{id: AP 1, x: 50, y: 50, group: north}], "
    f"candidates: {SITES}, quotas: [{{group: south, max: 1}}]}}\nobjective: p_median",
    "files": "devices: {budget: 2, fixed: {file: fixed.csv, id: name}}",
}
BODY = """
const model = new Model(given.data);
if (given.touched) model.devices.find((device) => !device.isGiven).isTouched = true;
return scenarioYaml(given.data, model.devices, given.zones, { keep: given.touched ? "touched" : "all" });
"""


def plan(case: str, folder: Path) -> Result:
    """Run one of the cases."""
    (folder / "fixed.csv").write_text("name,x,y\nold,5,9\n", encoding="utf-8")
    (folder / "case.yaml").write_text(f"schema: 1\nname: Case\n{DEMAND}\n{CASES[case]}\n", encoding="utf-8")
    return place(load_scenario(folder / "case.yaml"))


@pytest.mark.parametrize("case", CASES)
def test_the_plan_comes_back(case: str, javascript: Callable[..., Any], tmp_path: Path) -> None:
    """All devices stand fixed under their names, and the score is that of the run."""
    result = plan(case, tmp_path)
    given = {"data": planner_document(result), "zones": [], "touched": False}
    (tmp_path / "back.yaml").write_text(javascript(BODY, given), encoding="utf-8")
    again = score(load_scenario(tmp_path / "back.yaml"))
    assert again.plan.device_ids == result.plan.device_ids
    assert again.score.mean_m == pytest.approx(result.score.mean_m, rel=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_the_rest_is_planned_with_what_is_left(case: str, javascript: Callable[..., Any], tmp_path: Path) -> None:
    """With one device kept, a run places as many as before in all: the budget is smaller, and so is the money."""
    result = plan(case, tmp_path)
    given = {"data": planner_document(result), "zones": [[500, 500, 501, 500, 501, 501]], "touched": True}
    (tmp_path / "back.yaml").write_text(javascript(BODY, given), encoding="utf-8")
    again = place(load_scenario(tmp_path / "back.yaml"))
    assert again.plan.p == result.plan.p
    assert again.plan.device_status.count("fixed") == result.plan.device_status.count("fixed") + 1
