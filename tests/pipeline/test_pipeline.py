"""The way of the data, from Python: scenario in, result and files out; bad data found at the door."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import placement
from placement.core import Sites
from placement.errors import InfeasibleError, ScenarioError
from placement.pipeline import check, score_beside
from placement.scenario import Scenario
from placement.writers.pdf.requirements import requirement_table, verdict
from placement.writers.pdf.sentences import summary
from readers.drawings import save, two_rooms

HEAD = "schema: 1\nname: Test\n"
PLAN = "plan: {file: plan.dxf, unit: mm, layers: {floor: [FLOOR], wall: [WALL], door: [doors], window: [Windows]}}\n"
CHAIRS = "demand: {blocks: [{name: chair}]}\n"


def scenario(folder: Path, text: str) -> Scenario:
    path = folder / "test.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return placement.load_scenario(path)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    save(two_rooms(), tmp_path / "plan.dxf")
    return tmp_path


def test_python_door(small: Path, tmp_path: Path) -> None:
    """Load, place, score, write: the names that the README shows."""
    loaded = placement.load_scenario(small)
    result = placement.place(loaded)
    assert result.score.max_m == 1
    today = placement.score(loaded, placement.core.Sites(("old",), np.array([[0.0, 0.0]])))
    assert today.score.max_m == 12
    written = placement.write(result, tmp_path / "out")
    tables = {"devices.csv", "assignment.csv"}
    assert {path.name for path in written} == {"result.json", "certificate.json", "scenario.resolved.yaml", *tables}


def test_seats_come_from_blocks_and_strays_are_told(office: Path) -> None:
    """Four of five chairs lie inside; the one far out is left out and named."""
    result = placement.place(scenario(office, PLAN + CHAIRS + "devices: {budget: 1}\n"))
    assert result.problem.demand.ids == ("seat-1", "seat-2", "seat-3", "seat-4")
    assert result.warnings == ("1 block lies outside the building and is not counted: chair at (40.2, 40.2) m",)
    assert "4 x chair" in result.source.data_notes[0] + result.source.data_notes[-1]


def test_chairs_drawn_twice_count_once(office: Path) -> None:
    """A copy 5 cm away is a slip of the draughtsman, not a second person."""
    document = two_rooms()
    document.modelspace().add_blockref("chair", (1050, 1000), dxfattribs={"layer": "Furniture"})
    save(document, office / "plan.dxf")
    result = placement.place(scenario(office, PLAN + CHAIRS + "devices: {budget: 1}\n"))
    assert result.problem.demand.n == 4
    assert any("drawn twice" in warning for warning in result.warnings)


def test_devices_stand_in_free_space_and_are_scored_there(office: Path) -> None:
    """A centroid in the light well moves out of it; distances are those of the place where the device stands."""
    people = "demand: [{x: 7.5, y: 4}, {x: 10.5, y: 4}, {x: 9, y: 2}, {x: 9, y: 6}]\n"
    result = placement.place(scenario(office, PLAN + people + "devices: {budget: 1}\n"))
    place = result.plan.device_xy
    assert result.problem.domain.contains(place).all()
    far = np.hypot(*(result.problem.demand.xy - place[0]).T)
    np.testing.assert_allclose(result.plan.service_distance, far)
    assert np.hypot(*(place[0] - [9, 4])) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("demand: [{id: Zoe, x: 90, y: 4}]\ndevices: {budget: 1}\n", "lies outside the plan"),
        ("demand: [{x: 2, y: 4}]\ndevices: {budget: 1, fixed: [{id: AP9, x: 6.05, y: 6}]}\n", "AP9"),
        ("demand: {blocks: [{name: chiar}]}\ndevices: {budget: 1}\n", "did you mean chair"),
    ],
)
def test_what_does_not_fit_the_plan_is_refused(office: Path, text: str, message: str) -> None:
    """Demand outside, a fixed device in a wall, a block that is not in the drawing."""
    with pytest.raises(ScenarioError, match=message):
        check(scenario(office, PLAN + text))


def test_layers_and_units_of_a_drawing_are_checked(office: Path) -> None:
    """A misspelt layer is named with the nearest one; a wrong unit is found by the doors."""
    with pytest.raises(ScenarioError, match="did you mean WALL"):
        check(scenario(office, PLAN.replace("[WALL]", "[WALLS]") + CHAIRS + "devices: {budget: 1}\n"))
    with pytest.raises(ScenarioError, match="write unit: mm"):
        check(scenario(office, PLAN.replace("unit: mm", "unit: m") + CHAIRS + "devices: {budget: 1}\n"))


def test_budget_above_what_there_is(tmp_path: Path) -> None:
    """More devices than distinct points or than candidate sites."""
    twice = "demand: [{x: 0, y: 0}, {x: 0, y: 0}, {x: 1, y: 1}]\n"
    with pytest.raises(ScenarioError, match="2 distinct demand points"):
        check(scenario(tmp_path, twice + "devices: {budget: 3}\n"))
    with pytest.raises(ScenarioError, match="2 devices are to be placed on 1 candidate site"):
        check(scenario(tmp_path, twice + "devices: {budget: 2, candidates: [{x: 0, y: 0}]}\n"))


def test_some_forbidden_candidates_warn_and_too_few_are_infeasible(tmp_path: Path) -> None:
    """What is left is used; when it is not enough, the answer names the feasible budget."""
    text = "demand: [{x: 0, y: 0}, {x: 9, y: 9}]\n"
    sites = "candidates: [{id: A, x: 1, y: 1}, {id: B, x: 8, y: 8}], forbidden: [[[0, 0], [2, 0], [2, 2], [0, 2]]]"
    result = placement.place(scenario(tmp_path, text + f"devices: {{budget: 1, {sites}}}\n"))
    assert result.plan.device_ids == ("B",)
    assert "A" in result.warnings[0]
    with pytest.raises(InfeasibleError, match="at most 1 device can be placed"):
        check(scenario(tmp_path, text + f"devices: {{budget: 2, {sites}}}\n"))


def test_faults_of_several_files_come_together(tmp_path: Path) -> None:
    """A bad demand file and a missing sites file are one message."""
    (tmp_path / "d.csv").write_text("x,y\n1,two\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        check(scenario(tmp_path, "demand: {file: d.csv}\ndevices: {budget: 1, candidates: {file: none.csv}}\n"))
    assert len(caught.value.faults) == 2


def test_units_reach_the_files(tmp_path: Path) -> None:
    """Feet in, feet out; the metres of result.json are metres."""
    text = "units: ft\ndemand: [{x: 0, y: 0}, {x: 10, y: 0}]\ndevices: {budget: 1, radius: 6}\nreport: []\n"
    result = placement.place(scenario(tmp_path, text))
    placement.write(result, tmp_path)
    data = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert data["devices"][0]["x"] == pytest.approx(5)
    assert data["score"]["max_m"] == pytest.approx(5 * 0.3048)
    assert data["score"]["coverage"][0]["radius_m"] == pytest.approx(6 * 0.3048)


def test_reading_a_plan_back(small: Path, tmp_path: Path) -> None:
    """The devices of result.json score as they did; no file or a broken one is no plan."""
    loaded = placement.load_scenario(small)
    placement.write(placement.place(loaded), tmp_path / "out")
    today = tmp_path / "today.csv"
    today.write_text("id,x,y\nold,0,0\n", encoding="utf-8")
    standing, again = score_beside(loaded, today, tmp_path / "out" / "result.json")
    assert standing.score.max_m == 12
    assert again is not None
    assert again.score.mean_m == placement.place(loaded).score.mean_m
    assert again.warnings == ()
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    for missing in ("none.json", "broken.json"):
        assert score_beside(loaded, today, tmp_path / missing)[1] is None


def test_a_plan_for_other_data_is_called_so(small: Path, tmp_path: Path) -> None:
    """The plan of yesterday's scenario is compared, and the user is told that it is yesterday's."""
    placement.write(placement.place(placement.load_scenario(small)), tmp_path / "out")
    (tmp_path / "today.csv").write_text("x,y\n0,0\n", encoding="utf-8")
    changed = placement.load_scenario(small, ["demand[4].x=13"])
    _, planned = score_beside(changed, tmp_path / "today.csv", tmp_path / "out" / "result.json")
    assert planned is not None
    assert "another version" in planned.warnings[-1]


def test_scoring_asks_no_budget_and_no_candidates(tmp_path: Path) -> None:
    """Devices that stand can be scored where no plan could be made; the one in a forbidden zone is told."""
    text = "demand: [{x: 0, y: 0}, {x: 9, y: 9}]\ndevices: {budget: 7, forbidden: [[[0, 0], [2, 0], [2, 2], [0, 2]]]}\n"
    result = placement.score(scenario(tmp_path, text), Sites(("old", "idle"), np.array([[1.0, 1.0], [50.0, 50.0]])))
    assert result.score.max_m == pytest.approx(np.hypot(8, 8))
    assert "old stands in a forbidden zone" in result.warnings
    assert any(warning.startswith("idle serves nobody") for warning in result.warnings)


def test_candidates_far_from_the_demand_may_be_used_beside_a_zone(tmp_path: Path) -> None:
    """A forbidden zone somewhere does not forbid the rest of the plane."""
    sites = "candidates: [{x: -40, y: 0}, {x: 40, y: 0}], forbidden: [[[1, 1], [2, 1], [2, 2]]]"
    text = f"demand: [{{x: 0, y: 0}}, {{x: 10, y: 0}}]\ndevices: {{budget: 1, {sites}}}\n"
    assert placement.place(scenario(tmp_path, text)).plan.device_ids == ("C2",)


def test_names_are_not_used_twice(tmp_path: Path) -> None:
    """A candidate with the name of a fixed device would make assignment.csv ambiguous."""
    sites = "fixed: [{id: A, x: 1, y: 1}], candidates: [{id: A, x: 8, y: 8}]"
    text = f"demand: [{{x: 0, y: 0}}, {{x: 9, y: 9}}]\ndevices: {{budget: 1, {sites}}}\n"
    with pytest.raises(ScenarioError, match="a fixed device has this name already"):
        check(scenario(tmp_path, text))


def test_places_that_cannot_be_projected_are_refused(tmp_path: Path) -> None:
    """An easting of a million kilometres is a slip, not a place."""
    text = "crs: EPSG:32610\ndemand: [{id: A, x: 550000, y: 4180000}, {id: B, x: 1.0e+12, y: 4180000}]\ndevices: {budget: 1}\n"
    with pytest.raises(ScenarioError, match="B at"):
        check(scenario(tmp_path, text))


def test_the_date_line_is_no_edge(tmp_path: Path) -> None:
    """Two points on both sides of 180 degrees are neighbours."""
    text = "crs: EPSG:4326\ndemand: [{x: 179.99, y: -17}, {x: -179.99, y: -17}]\ndevices: {budget: 1}\n"
    result = placement.place(scenario(tmp_path, text))
    assert result.score.max_m == pytest.approx(1065, abs=5)


def test_what_was_changed_on_the_command_line_can_be_reproduced(small: Path) -> None:
    """The command in the report carries the changes."""
    result = placement.place(placement.load_scenario(small, ["devices.budget=1", "name=Two words"]))
    assert result.source.command == "place small.yaml --set devices.budget=1 --set 'name=Two words'"


def test_the_hash_changes_with_the_data_but_not_with_the_folder(small: Path, tmp_path: Path) -> None:
    """Same scenario elsewhere, same hash; another number, another hash."""
    other = tmp_path / "elsewhere"
    other.mkdir()
    copy = other / "small.yaml"
    copy.write_text(small.read_text(encoding="utf-8"), encoding="utf-8")
    one, two = (placement.place(placement.load_scenario(path)).source.sha256 for path in (small, copy))
    assert one == two
    copy.write_text(small.read_text(encoding="utf-8").replace("x: 12", "x: 13"), encoding="utf-8")
    assert placement.place(placement.load_scenario(copy)).source.sha256 != one


def test_a_rule_is_not_called_a_distance(tmp_path: Path) -> None:
    """Who is left out because the device is full can be reached all the same; and the second device of a point does not idle."""
    scenario = tmp_path / "full.yaml"
    points = ", ".join(f"{{id: p{k}, x: {k}, y: 0}}" for k in range(5))
    head = f"schema: 1\nname: Full\ndemand: [{points}]\n"
    sites = "candidates: [{id: a, x: 2, y: 0}, {id: b, x: 90, y: 0}]"
    scenario.write_text(
        f"{head}objective: max_cover\ndevices: {{budget: 1, radius: 9, capacity: 3, {sites}}}\n", encoding="utf-8"
    )
    result = placement.place(placement.load_scenario(scenario))
    assert result.score.unreachable == 2
    assert any(warning.startswith("no device serves 2 demand points") for warning in result.warnings)
    assert "2 demand points are farther away or have no device" in summary(result)[0]
    assert [row[-1] for row in requirement_table(result)["rows"] if row[0] == "Every demand point is served"] == [
        "for information"
    ]
    assert verdict(result) == ""
    backup, sites = "{kind: max_cover, backup: 2}", "candidates: [{id: a, x: 2, y: 0}, {id: b, x: 2, y: 5}]"
    scenario.write_text(
        f"{head}objective: {backup}\ndevices: {{budget: 2, radius: 9, {sites}}}\n",
        encoding="utf-8",
    )
    result = placement.place(placement.load_scenario(scenario))
    assert result.plan.value == 5
    assert not any("serves nobody" in warning for warning in result.warnings)


def test_a_load_is_of_those_who_are_covered(tmp_path: Path) -> None:
    """Under a covering objective nobody beyond the radius counts for the capacity, in the report neither."""
    scenario = tmp_path / "cover.yaml"
    scenario.write_text(
        "schema: 1\nname: C\ndemand: [{id: a, x: 0, y: 0}, {id: b, x: 100, y: 0}, {id: c, x: 50, y: 9}]\n"
        "objective: max_cover\ndevices: {budget: 1, radius: 10, capacity: 1}\n",
        encoding="utf-8",
    )
    table = requirement_table(placement.place(placement.load_scenario(scenario)))
    assert ["Weight that one device serves", "at most 1", "at most 1", "met"] in table["rows"]
