"""Comparisons: curves that never get worse, honest remarks, a reasoned recommendation, and files that say the same."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from placement import compare, load_scenario, place, score
from placement.core import Search
from placement.errors import ScenarioError
from placement.objectives import OBJECTIVES
from placement.solvers import solve
from placement.solvers.growing import with_one_more
from placement.writers.comparison import write_comparison
from placement.writers.comparison.data import COLUMNS
from problems import line5, make_problem, random_problem

POINTS = ", ".join(f"{{id: {name}, x: {x}, y: 0}}" for name, x in zip("abcdef", (0, 1, 2, 10, 12, 30), strict=True))


def scenario_at(folder: Path, devices: str = "{budget: 2, radius: 3}", more: str = ""):
    path = folder / "line.yaml"
    text = f"schema: 1\nname: Line\ndemand: [{POINTS}]\ndevices: {devices}\nsolver: {{n_init: 8, seed: 1}}\n{more}"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory):
    return compare(scenario_at(tmp_path_factory.mktemp("line")), budgets=[1, 2, 3, 4])


def test_rows_are_the_budgets_and_the_curve_never_gets_worse(compared) -> None:
    """One row a budget; by hand: three devices at 1, 11 and 30 leave 1 + 1 + 1 + 1 = 4."""
    assert [row.label for row in compared.rows] == ["1", "2", "3", "4"]
    values = [row.result.plan.value for row in compared.rows]
    assert values == sorted(values, reverse=True)
    assert values[2] == pytest.approx(4.0)
    bounds = [row.result.plan.bound for row in compared.rows]
    assert all(bound is not None and bound <= value + 1e-9 for bound, value in zip(bounds, values, strict=True))


def test_the_smallest_budget_that_meets_the_requirement_is_advised(compared) -> None:
    """Within 3 of a device: two cannot, three can, and the one left out by two is named."""
    advice = compared.recommended
    assert (compared.rows[advice.row].label, advice.rule) == ("3", "requirement met")
    assert advice.why.startswith("with 3 devices everybody is within 3.00 m; with 2 devices, ")


def test_it_is_said_when_another_objective_needs_fewer(tmp_path: Path) -> None:
    """Seven people at 0, one at 7: k_means puts a device near the crowd, 6.1 from the last; the middle reaches all in 3.5."""
    crowd = ", ".join(f"{{id: p{k}, x: 0, y: 0}}" for k in range(7))
    path = tmp_path / "crowd.yaml"
    path.write_text(
        f"schema: 1\nname: Crowd\ndemand: [{crowd}, {{id: far, x: 7, y: 0}}]\ndevices: {{budget: 1, radius: 4}}\n", "utf-8"
    )
    advice = compare(load_scenario(path), budgets=[1, 2]).recommended
    assert advice.row == 1
    assert advice.why.endswith("planned with objective p_center, 1 device would be enough, at a longer mean distance")


def test_best_possible_figures_are_no_worse_and_never_rise(compared) -> None:
    """Beside each plan stand the best largest and mean distance; more devices never make them worse."""
    for name, best in (("max_m", "best_max_m"), ("mean_m", "best_mean_m")):
        possible = [getattr(row, best) for row in compared.rows]
        assert possible == sorted(possible, reverse=True)
        assert all(getattr(row, best) <= getattr(row.result.score, name) + 1e-9 for row in compared.rows)
    assert compared.rows[0].best_max_m == pytest.approx(15.0)


def test_each_row_says_what_the_last_device_brings(compared) -> None:
    """The first row has nothing to compare with; the third says its gain in words."""
    assert compared.rows[0].gain == ""
    assert compared.rows[2].gain.startswith("the 3rd device brings ")
    assert "within 3.00 m" in compared.rows[2].gain


def test_a_figure_that_gets_worse_is_explained() -> None:
    """Where a larger budget of k_means has a larger worst distance, the row says whose aim that is."""
    from helpers import tiny_result
    from placement.recommend import remark_on

    before = tiny_result()
    worse = replace(before, score=replace(before.score, max_m=before.score.max_m + 1))
    assert remark_on(before, before) == ""
    assert remark_on(before, worse).startswith("the worst distance got worse: k_means is about the sum")


def test_knee_is_advised_without_a_requirement(tmp_path: Path) -> None:
    """No radius: the bend of the curve, by its name."""
    advice = compare(scenario_at(tmp_path, "{budget: 2}"), budgets=range(1, 7)).recommended
    assert advice.rule == "knee"
    assert "bends most" in advice.why


def test_money_buys_whole_devices(tmp_path: Path) -> None:
    """At 100 each, 50 buys none and is left out, 250 buys two."""
    found = compare(scenario_at(tmp_path, "{cost: 300, price: 100}"), costs=[50, 100, 250])
    assert [(row.label, row.result.plan.p, row.cost) for row in found.rows] == [("100", 1, 100.0), ("250", 2, 200.0)]


def test_money_that_buys_nothing_is_refused(tmp_path: Path) -> None:
    """Every amount below the price of a device."""
    with pytest.raises(ScenarioError, match="does not buy one device"):
        compare(scenario_at(tmp_path, "{cost: 300, price: 100}"), costs=[100.0 / 3])


def test_variants_stand_beside_the_scenario(tmp_path: Path) -> None:
    """Named small changes, each planned as by --set."""
    scenario = scenario_at(
        tmp_path, more="variants: [{name: three, set: {devices.budget: 3}}, {name: center, set: {objective: p_center}}]\n"
    )
    found = compare(scenario)
    assert [row.label for row in found.rows] == ["as it stands", "three", "center"]
    assert [row.result.plan.p for row in found.rows] == [2, 3, 2]
    assert found.rows[2].result.problem.objective.kind == "p_center"
    assert found.recommended is None


def test_scenarios_stand_side_by_side(tmp_path: Path) -> None:
    """Two scenarios under their titles."""
    one = scenario_at(tmp_path)
    assert len(compare(one, one).rows) == 2


def test_unclear_questions_are_refused(tmp_path: Path) -> None:
    """Nothing to compare, or two things at once."""
    one = scenario_at(tmp_path)
    with pytest.raises(ValueError, match="compare budgets or costs"):
        compare(one)
    with pytest.raises(ValueError, match="compare budgets or costs"):
        compare(one, budgets=[1], costs=[2])


def test_wrong_types_are_told_at_the_door(tmp_path: Path) -> None:
    """What is allowed is named: scenarios one by one, several numbers above 0; so do place and score."""
    one = scenario_at(tmp_path)
    with pytest.raises(TypeError, match=r"a Scenario that places devices is expected, not list: give them one by one"):
        compare([one, one])
    for door in (compare, place, score):
        with pytest.raises(TypeError, match=r"not str: load_scenario\(file\) reads one"):
            door("line.yaml")
    for wrong in (3, "1:3"):
        with pytest.raises(TypeError, match="budgets are several numbers, such as"):
            compare(one, budgets=wrong)
    for numbers in ([], [0], [1.5], ["a"], [float("nan")]):
        with pytest.raises(ValueError, match="budgets are whole numbers above 0, at least one"):
            compare(one, budgets=numbers)
    with pytest.raises(ValueError, match="costs are numbers above 0"):
        compare(one, costs=[5, -1])
    assert [row.label for row in compare(one, budgets=np.array([1, 2])).rows] == ["1", "2"]


def test_files_hold_the_same_rows_and_the_same_bytes(compared, tmp_path: Path) -> None:
    """comparison.json and .csv agree; a second writing changes nothing; no NaN."""
    paths = write_comparison(compared, tmp_path)
    assert sorted(path.name for path in paths) == ["comparison.csv", "comparison.json", "comparison.pdf", "frontier.svg"]
    before = {path.name: path.read_bytes() for path in paths}
    assert before == {path.name: path.read_bytes() for path in write_comparison(compared, tmp_path)}
    document = json.loads(before["comparison.json"], parse_constant=pytest.fail)
    with (tmp_path / "comparison.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert list(table[0]) == list(COLUMNS)
    assert [float(row["value"]) for row in table] == [row["value"] for row in document["rows"]]
    assert document["recommended"]["n_new"] == 3
    assert {"p", "max_m", "mean_m", "wcss_m2", "coverage", "silhouette", "bound", "gap", "cost"} <= set(document["rows"][0])


def test_the_frontier_shows_plan_bound_and_requirement(compared, tmp_path: Path) -> None:
    """The picture names its curves, the band, the requirement and the recommended budget."""
    write_comparison(compared, tmp_path)
    svg = (tmp_path / "frontier.svg").read_text(encoding="utf-8")
    for words in ("this plan", "proven bound", "not ruled out by the proof", "required 3 m", "recommended"):
        assert words in svg


@pytest.mark.parametrize("kind", ["k_means", "p_median", "p_center", "max_cover"])
def test_one_more_device_is_never_worse(kind: str) -> None:
    """The grown plan has a device more where that helps, and a value at least as good, in the plane and on sites."""
    objective = OBJECTIVES[kind](**({"radius_m": 4.0} if kind == "max_cover" else {}))
    places = (np.random.default_rng(1).random((9, 2)) * 25).tolist()
    for candidates in (None, places):
        problem = replace(random_problem(3, n=25, p=3, candidates=candidates), objective=objective)
        plan = solve(problem, Search(n_init=3, effort="fast"))
        grown = with_one_more(replace(problem, n_new=4), plan)
        sign = 1 if objective.sense == "min" else -1
        assert grown.p in {3, 4}
        assert sign * grown.value <= sign * plan.value
        assert grown.bound is None


def test_growing_stops_at_the_budget() -> None:
    """No budget for another device: the same plan."""
    problem = line5()
    plan = solve(problem, Search(n_init=3))
    assert with_one_more(problem, plan).p == 2


def test_a_full_candidate_list_cannot_grow() -> None:
    """Every site carries a device already."""
    problem = make_problem([[0, 0], [5, 0]], 2, candidates=[[0, 0], [5, 0]])
    plan = solve(problem, Search(n_init=2))
    assert with_one_more(replace(problem, n_new=3), plan).p == 2


@pytest.mark.parametrize("devices", ["{budget: 2, price: 100}", "{cost: 200, price: 100}"])
def test_one_file_answers_both_questions(tmp_path: Path, devices: str) -> None:
    """How many devices and how much money: the scenario's own limit, of whichever kind, does not matter."""
    scenario = scenario_at(tmp_path, devices)
    by_number, by_money = compare(scenario, budgets=[1, 3]), compare(scenario, costs=[100.0, 300.0])
    assert [row.result.plan.value for row in by_number.rows] == [row.result.plan.value for row in by_money.rows]
    assert [row.cost for row in by_number.rows] == [row.cost for row in by_money.rows] == [100.0, 300.0]
    assert by_money.rows[0].result.source.command == "place compare line.yaml --cost 100:300:200"


def test_a_budget_and_money_still_exclude_each_other(tmp_path: Path) -> None:
    """Which of the two limits would count is not clear."""
    with pytest.raises(ScenarioError, match="both a number of devices and money"):
        scenario_at(tmp_path, "{budget: 2, cost: 200, price: 100}")


def test_scenarios_of_one_title_are_told_apart(tmp_path: Path) -> None:
    """By their files; a title of its own stays as it is."""
    one = scenario_at(tmp_path)
    (tmp_path / "other.yaml").write_text((tmp_path / "line.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    third = tmp_path / "third.yaml"
    third.write_text((tmp_path / "line.yaml").read_text(encoding="utf-8").replace("Line", "Other"), encoding="utf-8")
    found = compare(one, load_scenario(tmp_path / "other.yaml"), load_scenario(third))
    assert [row.label for row in found.rows] == ["Line (line)", "Line (other)", "Other"]
    assert found.name == "Line and Other"
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "line.yaml").write_text((tmp_path / "line.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    found = compare(one, load_scenario(tmp_path / "b" / "line.yaml"))
    assert [row.label for row in found.rows] == [f"Line ({tmp_path.name}/line)", "Line (b/line)"]


def test_faults_speak_of_what_the_user_wrote(tmp_path: Path) -> None:
    """`--p` and `--cost` are told by their names, a variant by its own; what `--set` gave stays that."""
    priced = scenario_at(tmp_path, "{budget: 2, price: 100}")
    assert faults_of(priced, budgets=[1, 9]).startswith("--p: 9 devices are to be placed, more than the 6 distinct demand points")
    assert faults_of(priced, costs=[1.0, 2.0]).startswith("--cost: the money does not buy one device at 100")
    assert faults_of(scenario_at(tmp_path), costs=[1.0]).startswith("--cost: 'cost' stands alone")
    varied = scenario_at(tmp_path, more="variants: [{name: too many, set: {devices.budget: 70}}]\n")
    assert faults_of(varied).startswith("variant too many: devices.budget: 70 devices are")
    fixed = load_scenario(tmp_path / "line.yaml", ["devices.forbidden={file: none.geojson}"])
    assert faults_of(fixed, budgets=[1, 2]).startswith("--set: devices.forbidden")


def faults_of(scenario, **asked) -> str:
    """Return what a comparison says is wrong."""
    with pytest.raises(ScenarioError) as caught:
        compare(scenario, **asked)
    return str(caught.value)


def text_of(pdf: Path) -> str:
    """Return the text of a PDF in one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(pdf).pages))


def test_the_report_of_a_comparison_presents_itself_as_the_scenario_says(tmp_path: Path) -> None:
    """Title, author, client and paper; the head of a page is cut between words."""
    title = "What the many people in the building on the hill by the river get from one more device"
    more = f"report: {{title: '{title}', author: Ann, client: Bob, page: Letter}}\n"
    write_comparison(compare(scenario_at(tmp_path, more=more), budgets=[1, 2]), tmp_path)
    reader = PdfReader(tmp_path / "comparison.pdf")
    assert (reader.metadata.title, reader.metadata.author) == (title, "Ann")
    assert round(reader.pages[0].mediabox.width) == 612
    assert "Prepared for Bob by Ann" in text_of(tmp_path / "comparison.pdf")
    assert "What the many people in the building on the hill by the river get…" in text_of(tmp_path / "comparison.pdf")


def test_variants_are_not_summed_up_by_one_of_them(tmp_path: Path) -> None:
    """The headlines count them and name the one with the smallest figures; best figures that nobody looked for have no column."""
    more = "variants: [{name: with three, set: {devices.budget: 3}}, {name: with one, set: {devices.budget: 1}}]\n"
    write_comparison(compare(scenario_at(tmp_path, more=more)), tmp_path)
    text = text_of(tmp_path / "comparison.pdf")
    assert "variants side by side" in text
    assert "smallest worst distance: with three" in text
    assert "last row" not in text
    assert "Best found" not in text


def test_the_title_of_one_scenario_is_not_that_of_all(tmp_path: Path) -> None:
    """Two scenarios side by side bear both names."""
    (tmp_path / "a").mkdir()
    one = scenario_at(tmp_path / "a", more="report: {title: Only mine}\n")
    other = scenario_at(tmp_path)
    other.path.write_text(other.path.read_text(encoding="utf-8").replace("name: Line", "name: Other"), encoding="utf-8")
    write_comparison(compare(one, load_scenario(other.path)), tmp_path)
    assert PdfReader(tmp_path / "comparison.pdf").metadata.title == "Line and Other"
