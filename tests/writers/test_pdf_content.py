"""What the report says: sentences, tables and headline numbers, before any layout."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from helpers import city_result, city_sites, floor_result, tiny_result
from placement.core import Demand
from placement.core.certificate import Certificate
from placement.core.outlook import OtherBudget, Outlook
from placement.metrics.landmarks import Landmark
from placement.objectives import OBJECTIVES
from placement.phrases import english
from placement.phrases.numbers import NOTHING, percent
from placement.writers.pdf import appendix, outlook, proof, schedule, sentences, tables
from placement.writers.pdf.content import LONGEST_LIST, aspect, headlines, report_content
from placement.writers.pdf.objectives import purpose


def with_plan(result, **changes):
    return replace(result, plan=replace(result.plan, **changes))


@pytest.mark.parametrize("result", [tiny_result(), floor_result(), city_result()], ids=["tiny", "floor", "city"])
def test_content_is_plain(result):
    """The content holds nothing but what JSON holds, and every row has a value for each column."""
    content = report_content(result, b"<svg/>")
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    for table in (content["schedule"], *content["scores"]):
        assert {len(row) for row in table["rows"]} == {len(table["columns"])}
        if table["total"]:
            assert table["total"]["span"] + len(table["total"]["values"]) == len(table["columns"])


def test_headlines():
    """Mean and worst come first; then the share within the requirement, or the median when none was asked for."""
    assert [each["value"] for each in headlines(tiny_result(radii_m=(2.0, 4.0)))] == ["1.20 m", "3.00 m", "80.0 %"]
    assert [each["value"] for each in headlines(tiny_result())] == ["1.20 m", "3.00 m", "1.00 m"]


def test_unproven_plan_says_so():
    """Without a bound the report says how it searched and that nothing is proven."""
    result = with_plan(tiny_result(), scope="best of 50 independent starts; no lower bound was computed")
    expected = "The plan is the best of 50 independent starts; how far it can be from the best possible has not been proven."
    assert sentences.certainty(result) == expected
    assert sentences.summary(result)[1] == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"scope": ""}, "How far the plan can be from the best possible has not been proven."),
        (
            {"scope": "devices as they stand"},
            "Devices as they stand. How far the plan can be from the best possible has not been proven.",
        ),
        (
            {"bound": 9.0, "scope": "any"},
            "Sum of weight times squared distance 12.0 m²; no plan (any) can do better than 9.000 m² (gap 25 %, proven).",
        ),
        (
            {"bound": 12.0, "status": "optimal", "scope": ""},
            "Sum of weight times squared distance 12.0 m²; no plan is better (proven to 1e-6).",
        ),
    ],
)
def test_certainty(changes, expected):
    """Each state of knowledge has its own honest sentence."""
    assert sentences.certainty(with_plan(tiny_result(), **changes)) == expected


@pytest.mark.parametrize("status", ["time_limit", "interrupted"])
def test_stopped_search_is_admitted(status):
    """A search that was cut short says so beside whatever is known."""
    assert "best plan it had found" in sentences.certainty(with_plan(tiny_result(), status=status))


def test_task_in_words():
    """The task names new and fixed devices, candidates, weights; singular and plural are right."""
    first = {
        "plain": tiny_result(),
        "one fixed": tiny_result(n_fixed=1),
        "standing": tiny_result(n_fixed=2),
        "floor": floor_result(),
    }
    words = {name: sentences.summary(result)[0] for name, result in first.items()}
    assert words["plain"].startswith("The task was to place 2 devices, anywhere, to serve 5 demand points. ")
    assert words["one fixed"].startswith("The task was to place 1 device, anywhere, beside 1 device already standing, to serve")
    assert words["standing"].startswith("2 devices are to serve 5 demand points from where they already stand. ")
    assert "anywhere in the free space of the floor plan" in words["floor"]
    city = city_result()
    sites = city_sites(city.problem.frame)
    assert "chosen from 16 candidate sites" in sentences.summary(city_result(candidates=sites))[0]
    assert "total weight of" in sentences.summary(city)[0]


def test_outcome_in_words():
    """The outcome names the farthest point and its device, and how many miss the requirement."""
    text = sentences.summary(tiny_result(radii_m=(2.0,)))[0]
    assert "the average distance to the nearest device is 1.20 m, and the largest is 3.00 m (S4, served by D2)" in text
    assert text.endswith("80.0 % of the demand is within the required 2.00 m; 1 demand point is farther away.")
    assert sentences.summary(tiny_result(radii_m=(3.0,)))[0].endswith("the requirement is met everywhere.")


def test_weighted_words_and_columns():
    """Weights are spoken of only when they differ."""
    plain = tiny_result()
    demand = replace(plain.problem.demand, weight=np.array([1.0, 2, 1, 1, 1]))
    weighted = replace(plain, problem=replace(plain.problem, demand=demand))
    for result, spoken in ((plain, False), (weighted, True)):
        text = json.dumps([schedule.device_schedule(result), tables.device_table(result), tables.worst_table(result)])
        assert ('"Weight"' in text) is spoken
        assert ("weighted average" in sentences.summary(result)[0]) is spoken


def test_schedule_on_the_floor():
    """An installer reads position, room and two walls; the totals close the table."""
    result = floor_result()
    table = schedule.device_schedule(result)
    titles = [column["title"] for column in table["columns"]]
    assert titles == ["Device", "Status", "x [m]", "y [m]", "Room", "Measured from", "Points", "Cable", "Height", "Mount"]
    assert all(row[titles.index("Measured from")].count("\n") == 1 for row in table["rows"])
    assert any(row[titles.index("Room")] == "Open office" for row in table["rows"])
    assert table["total"]["label"] == "All 5 devices"
    assert table["total"]["values"][0] == "55"


def test_device_at_a_wall():
    """A measure of nothing is said in words."""
    assert schedule.measured(Landmark("wall", 0.0, "left"), english("m")) == "at wall, left"
    assert schedule.measured(Landmark("desk-1", 0.0, ""), english("m")) == "at desk-1"
    assert schedule.measured(Landmark("wall", 0.3048, "left"), english("ft")) == "1.0 ft: wall, left"


def test_device_that_serves_nobody():
    """A device without points has dashes, not zeros, for distances."""
    result = tiny_result(device_ids=("D1", "D2"))
    idle = replace(
        result.score.devices[1], demand_points=0, demand_weight=0.0, mean_m=None, median_m=None, p95_m=None, max_m=None
    )
    result = replace(result, score=replace(result.score, devices=(result.score.devices[0], idle)))
    assert tables.device_table(result)["rows"][1][1:] == ["0", *[NOTHING] * 4]
    city = city_result()
    idle = replace(idle, id=city.score.devices[0].id)
    city = replace(city, score=replace(city.score, devices=(idle, *city.score.devices[1:])))
    assert schedule.device_schedule(city)["rows"][0][-4:] == ["0", "0", NOTHING, NOTHING]


def test_status_is_explained_when_it_occurs():
    """The caption explains fixed and candidate devices only where there are any."""
    assert "fixed" not in schedule.device_schedule(tiny_result())["caption"]
    assert "fixed devices stand already" in schedule.device_schedule(tiny_result(n_fixed=1))["caption"]


def test_squares_are_no_distance():
    """WCSS carries a squared unit and is explained as no distance."""
    [row] = [row for row in tables.score_table(tiny_result())["rows"] if "WCSS" in row[0]]
    assert row[1] == "12.0 m²"
    assert "not a distance" in row[2]


def test_alternative_text_has_the_numbers():
    """Who cannot see the map hears its numbers."""
    text = sentences.map_alternative(tiny_result(name="Lab", radii_m=(2.0,)))
    for part in ("Lab", "2 devices", "5 demand points", "3.00 m", "1.20 m", "80.0 %", "2.00 m"):
        assert part in text


def test_warnings_are_counted_in_the_summary_and_listed():
    """The summary points at warnings; very many are cut with their number."""
    content = report_content(tiny_result(warnings=("one thing",)), b"<svg/>")
    assert content["warnings"] == ["One thing."]
    assert "There is 1 warning" in content["summary"][1]
    many = report_content(tiny_result(warnings=("w",) * (LONGEST_LIST + 7)), b"<svg/>")["warnings"]
    assert many[-1] == "And 7 more."
    assert len(many) == LONGEST_LIST + 1
    assert report_content(tiny_result(), b"<svg/>")["warnings"] == []


def test_method_follows_the_problem():
    """Free space, candidates and fixed devices are described where they matter, and the seed always."""
    assert "seed of the search was 7" in sentences.method(tiny_result())[0]
    assert len(sentences.method(tiny_result())) == 1
    assert any("free space" in text for text in sentences.method(floor_result()))
    assert any("Fixed devices" in text for text in sentences.method(tiny_result(n_fixed=1)))
    assert any("true to scale" in text for text in sentences.assumptions(floor_result()))


def test_reproduce():
    """The command names file and seed; hash and version stand below."""
    content = report_content(tiny_result(), b"<svg/>")["reproduce"]
    assert content["command"] == "place tiny.yaml --seed 7"
    assert ["Scenario and data, SHA-256", "0" * 64] in content["facts"]


@pytest.mark.parametrize(
    ("svg", "expected"),
    [
        (b'<?xml version="1.0"?>\n<svg width="9pt" viewBox="0 0 30 20">', 1.5),
        (b"<svg viewBox='0,0,10,20'/>", 0.5),
        (b"<svg/>", 1),
        (b"", 1),
    ],
)
def test_aspect(svg, expected):
    """Proportions come from the view box, however it is written."""
    assert aspect(svg) == expected


def test_single_point():
    """One device for one point reads right."""
    result = tiny_result()
    one = replace(result, problem=replace(result.problem, demand=Demand(("a",), np.zeros((1, 2)), np.ones(1))))
    one = with_plan(one, device_ids=("D1",), device_xy=np.zeros((1, 2)), device_status=("new",))
    assert sentences.summary(one)[0].startswith("The task was to place 1 device, anywhere, to serve 1 demand point.")
    assert schedule.device_schedule(one)["total"]["label"] == "1 device"
    assert sentences.map_caption(one).startswith("1 device and the demand points that it serves.")


def test_percent_never_rounds_to_all():
    """100 % is said only when nobody is left out."""
    assert [percent(share) for share in (1.0, 0.99999, 0.5, 0.00001, 0.0)] == [
        "100 %",
        "99.9 %",
        "50.0 %",
        "under 0.1 %",
        "0 %",
    ]


def test_unknown_objective_has_no_formula():
    """An objective that the report has no words for is named as it is."""

    class Other:
        kind, meaning = "p_dispersion", "smallest distance between devices"

    other = replace(tiny_result().problem, objective=Other())
    assert purpose(other, english("m")) == ("The objective is p_dispersion: smallest distance between devices.", "", "")


def test_forbidden_zone_needs_no_plan():
    """Free space without a drawing is described too."""
    result = tiny_result()
    domain = replace(result.problem.domain, free=shapely.box(-50, -50, 50, 50))
    result = replace(result, problem=replace(result.problem, domain=domain))
    assert len(sentences.method(result)) == 2


def test_glossary_has_the_words_that_the_report_uses():
    """Bound and gap only with a bound, fixed devices and sites only where there are any; in alphabetical order."""

    def words(result):
        return [word for word, _ in appendix.glossary(result)]

    plain = words(tiny_result())
    assert plain == sorted(plain, key=str.lower)
    assert not {"Bound", "Gap", "Fixed device", "Candidate site", "Requirement"} & set(plain)
    assert {"Bound", "Gap"} < set(words(with_plan(tiny_result(), bound=9.0)))
    assert "Fixed device" in words(tiny_result(n_fixed=1))
    assert {"Requirement", "Share of demand"} < set(words(tiny_result(radii_m=(2.0,))))


def test_budgets_of_p_median_are_means():
    """Kilometres times people say nothing to a reader."""
    result = tiny_result()
    result = replace(result, problem=replace(result.problem, objective=OBJECTIVES["p_median"]()))
    result = replace(result, outlook=Outlook((OtherBudget(2, 6.0, 5.0, 3.0, 1.2, None, None),), (), None))
    assert outlook.budget_table(result)["rows"] == [["2 (this plan)", "1.20 m", "3.00 m", "1.20 m", "1.00 m"]]


def test_proof_in_words():
    """A proven plan, a gap and no bound have their own words; a certificate says how to check it."""
    assert "nothing is proven" in proof.proof_in_words(tiny_result())[0]
    gap = with_plan(tiny_result(), bound=9.0, scope="any 2 devices anywhere")
    assert "The gap between them, 25 % of the objective" in proof.proof_in_words(gap)[0]
    assert proof.proof_in_words(gap)[1].startswith("The bound is about any 2 devices anywhere. ")
    best = with_plan(tiny_result(), bound=12.0, status="optimal", certificate=Certificate("cover", 12.0, {}))
    assert "proven to be a best one" in proof.proof_in_words(best)[0]
    assert "recomputes the bound from certificate.json" in proof.proof_in_words(best)[2]
    word = with_plan(tiny_result(), bound=12.0, certificate=Certificate("solver", 12.0, {}))
    assert "cannot be recomputed" in proof.proof_in_words(word)[2]
    assert proof.proof_in_words(tiny_result(n_fixed=2)) == []


def test_cable_is_a_hint_from_the_nearest_fixed_device():
    """A straight distance beside new devices, a dash beside fixed ones, a field to fill in where none stands; none in a city."""
    table = schedule.device_schedule(tiny_result(n_fixed=1))
    assert [row[-3:] for row in table["rows"]] == [[NOTHING, "", ""], ["9.49 m", "", ""]]
    assert [row[-3] for row in schedule.device_schedule(tiny_result())["rows"]] == ["", ""]
    assert "Cable" not in [column["title"] for column in schedule.device_schedule(city_result())["columns"]]


def test_a_device_that_changes_nothing_is_said_to():
    """No sentence compares a number with itself."""
    here, more = OtherBudget(2, 12.0, None, 3.0, 1.2, 0.8, 4), OtherBudget(3, 12.0, None, 3.0, 1.2, 0.8, 4)
    [text] = outlook.budget_sentences(replace(tiny_result(radii_m=(2.0,)), outlook=Outlook((here, more), (), None)))
    assert text.startswith("One device more changes nothing of this. None of these numbers")
