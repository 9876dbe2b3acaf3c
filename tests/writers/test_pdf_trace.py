"""Every number of the report can be found in result.json: the PDF's text is read back and held against it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

import pypdf
import pytest

from helpers import city_result, city_sites, floor_result, tiny_result
from placement.core.constraints import Constraints, Quota
from placement.core.outlook import DemandRange, Failure, OtherBudget, Outlook
from placement.core.presentation import Presentation
from placement.metrics import measure
from placement.objectives import OBJECTIVES
from placement.phrases.numbers import amount, coordinate, percent
from placement.units import METRES_PER_UNIT, format_length, format_value
from placement.view.quality import percent_of_gap
from placement.writers import pdf, write_all
from placement.writers.result_json import result_text

OUTLOOK = Outlook(
    budgets=(
        OtherBudget(4, 460.0, None, 12.5, 4.75, 0.85, 47),
        OtherBudget(5, 400.0, 390.0, 9.0, 4.25, 0.95, 52),
        OtherBudget(6, 350.0, None, 7.875, 3.875, 1.0, 55),
    ),
    failures=(Failure("D2", 19.125, 6.625, 0.75), Failure("D1", 18.5, 5.375, 0.8)),
    demand=DemandRange(0.2, 40, 4.125, 4.375),
)


@dataclass(frozen=True)
class Picture:
    """A stand-in for the figures."""

    map_svg: bytes = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
    coverage_svg: bytes = map_svg


def scored(result, **changes):
    """Return the result measured anew, so that it has areas, with other fields changed."""
    return replace(result, score=measure(result.problem, result.plan), **changes)


def office():
    result = floor_result(radii_m=(8.0, 12.0), n_fixed=1)
    source = replace(result.source, presentation=Presentation(price=350.0, currency="EUR"))
    return scored(result, outlook=OUTLOOK, source=source)


def city():
    return scored(city_result(radii_m=(3000.0,)))


def capped():
    """Return a plan with every rule that prints a limit."""
    rules = Constraints(cutoff_m=31.25, capacity_min=2.5, capacity_max=44.5, spacing_m=1.75, quotas=(Quota("north", 1, 3),))
    result = floor_result(radii_m=(8.0,))
    return scored(replace(result, problem=replace(result.problem, constraints=rules)))


def stores():
    """Return a city served from candidate sites, in miles of people times metres."""
    result = city_result(radii_m=(3000.0,), candidates=city_sites(city_result().problem.frame))
    objective = OBJECTIVES["p_median"]()
    value = objective.value(result.problem.demand.weight, result.plan.service_distance, 4)
    plan = replace(result.plan, value=value, unit=objective.unit, bound=0.9 * value)
    return scored(replace(result, problem=replace(result.problem, objective=objective), plan=plan))


def both(result, folder):
    """Write everything and return result.json, and the text of the report with single spaces."""
    write_all(result, folder, ("pdf",))
    return json.loads((folder / "result.json").read_text(encoding="utf-8")), text_of(folder / "report.pdf")


def text_of(path):
    """Return the text of a PDF with single spaces."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def numbers(value):
    """Yield every number of a JSON value."""
    if isinstance(value, dict):
        for part in value.values():
            yield from numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)


@pytest.mark.parametrize("make", [office, city], ids=["office", "city"])
def test_what_result_json_says_is_printed(make, tmp_path):
    """Scores, rooms, requirement, other budgets, failures and the bill, each as the file has it."""
    document, text = both(make(), tmp_path)
    unit, score = document["units"], document["score"]
    lengths = [score[key] for key in ("max_m", "mean_m", "median_m", "p95_m")]
    lengths += [row[key] for row in [*score["areas"], *document["devices"]] for key in ("mean_m", "max_m")]
    lengths += [worst["distance_m"] for worst in score["worst"]]
    shares = [each["share"] for each in score["coverage"]]
    shares += [area[key] for area in score["areas"] for key in ("covered_share", "covered_floor_share")]
    words = {format_length(value, unit) for value in lengths if value is not None}
    words |= {percent(share) for share in shares if share is not None}
    words |= {f"{area['floor_m2']:,.1f}" for area in score["areas"] if area["floor_m2"] is not None}
    words |= {f"{line['cost']:,.0f}" for line in document["materials"] if line["cost"] is not None}
    outlook = document["outlook"] or {"budgets": [], "failures": []}
    for row in [*outlook["budgets"], *outlook["failures"]]:
        words |= {format_length(row["max_m"], unit), format_length(row["mean_m"], unit), percent(row["covered_share"])}
    missing = sorted(word for word in words if not re.search(rf"(?<![\d.,]){re.escape(word)}", text))
    assert missing == []


def strings(value):
    """Yield every text of a JSON value: names may hold digits."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


def printed_forms(value, unit):
    """Yield how the report may print a number of the file."""
    yield from (f"{value:,.10g}", percent(value), percent_of_gap(value), coordinate(value * METRES_PER_UNIT[unit], unit))
    yield from (coordinate(value, "m"), f"{value:.6f}", amount(value), f"{value / METRES_PER_UNIT[unit] ** 2:,.1f}")
    yield from (format_length(value, unit), *(format_value(value, kind, unit) for kind in ("m2", "weight")))


def derived(document):
    """Yield what the report works out from the file: who and how much is beyond a radius, means per person, sums of tables."""
    demand, score = document["demand"], document["score"]
    for cover in score["coverage"]:
        yield demand["points"] - cover["demand_points"]
        yield from (worst["distance_m"] - cover["radius_m"] for worst in score["worst"])
    objectives = [document["objective"], *(document["outlook"] or {"budgets": []})["budgets"]]
    yield from (one[key] / demand["weight"] for one in objectives for key in ("value", "bound") if one[key] is not None)
    statuses = [device["status"] for device in document["devices"]]
    failing = [area for area in score["areas"] if area["covered_points"] != area["demand_points"]]
    yield from (len(statuses), *(statuses.count(each) for each in statuses), len(failing), len(score["worst"]))
    yield from (
        sum(1 for area in score["areas"] if area["kind"] == kind and area["demand_points"]) for kind in ("room", "device")
    )
    for key in ("quantity", "cost"):
        yield sum(line[key] or 0 for line in document["materials"])
    yield sum(device["demand_points"] for device in document["devices"])
    yield from (len(document["warnings"]), len(document["notes"]))


FIXED = (
    "95 %",
    "95th",
    "95 of 100",
    "95. Perzentil",
    "95 von 100",
    "angefangene 10",
    "1e-6",
    "each 10 begun",
    "; 1 where",
    "UA-1",
    "SHA-256",
    "0 %",
    "100 %",
)
"""Numbers of the report's own sentences, which are the same in every report."""


def told(text, document):
    """Return the words of the report in which numbers are told: without names, numbers of pages and tables, and the listing."""
    text = text[: max(text.rfind("How to reproduce this report"), text.rfind("Wie dieser Bericht wieder entsteht"))]
    text = re.sub(r"(Settings of the scenario.*?(?=Certificate)|Einstellungen des Szenarios.*?(?=Zertifikat))", "", text)
    text = re.sub(r"Page \d+ of \d+|Seite \d+ von \d+|(Table|Figure|Tabelle|Abbildung) \d+:|\. ?\. ?\. ?\d+", " ", text)
    for name in sorted({*strings(document), *FIXED}, key=len, reverse=True):
        if re.search(r"\d", name):
            text = re.sub(rf"(?<![\w.,]){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text


def german():
    """Return the office with a report in German."""
    result = office()
    look = replace(result.source.presentation, language="de")
    return replace(result, source=replace(result.source, presentation=look))


def in_english_marks(text):
    """Return a text with the points and commas in its numbers exchanged."""
    return re.sub(r"\d[\d.,]*\d", lambda found: found[0].translate({ord("."): ",", ord(","): "."}), text)


@pytest.mark.parametrize("make", [office, city, capped, stores, german], ids=["office", "city", "capped", "stores", "german"])
def test_every_number_that_is_printed_stands_in_result_json(make, tmp_path):
    """From the title to the appendices every number is one of the file's, or follows from some of them."""
    result = make()
    [path] = pdf.write(result, Picture(), tmp_path)  # the steps of a legend are no results
    document = json.loads(result_text(result))
    text, unit = told(text_of(path), document), document["units"]
    text = in_english_marks(text) if make is german else text
    number = r"(?<![\w.,])[\d,]*\d(?:\.\d+)?(?:e-\d+)?(?![\w,])"
    values = [
        value + hair for value in (*numbers(document), *derived(document)) for hair in (-5e-7, 0.0, 5e-7)
    ]  # the file is rounded
    known = {form for value in values for form in printed_forms(value, unit)}
    known = {word.group() for form in known for word in re.finditer(number, form)}
    printed = list(re.finditer(number, text))
    assert len(printed) > 60
    assert [text[max(word.start() - 40, 0) : word.end() + 20] for word in printed if word.group() not in known] == []


def test_office_says_what_it_must(tmp_path):
    """The requirement is judged, rooms are named, the bill has spare and sum, the outlook its sentences."""
    document, text = both(office(), tmp_path)
    assert "Demand within 8.00 m of a device 100 %" in text
    assert "Requirement not met: demand within 8.00 m of a device is 80.0 % (44 of 55 demand points), asked for is 100 %." in text
    assert all(area["name"] in text for area in document["score"]["areas"])
    assert "New device 4 350 1,400" in text
    assert "Spare device 1 350 350" in text
    assert "Together 5 1,750" in text
    assert "4 (this plan)" in text
    assert "With one device more the mean distance is 4.25 m instead of 4.75 m, and 95.0 % instead of 85.0 %" in text
    assert "D2 is the device that would be missed most" in text
    assert "by up to 20.0 %, 40 times, the mean distance stays between 4.12 m and 4.38 m" in text
    assert "The smallest number in the table that serves everybody within the requirement is 6." in text


@pytest.mark.parametrize("kind", OBJECTIVES)
def test_every_objective_is_judged_in_its_own_words(kind, tmp_path):
    """Covering the most is not failed for missing somebody; a share that was asked for is the threshold."""
    result = tiny_result(radii_m=(2.0,))
    settings = {"max_cover": {"radius_m": 2.0}, "set_cover": {"radius_m": 2.0, "share": 0.75}}.get(kind, {})
    objective = OBJECTIVES[kind](**settings)
    plan = replace(
        result.plan, unit=objective.unit, value=objective.value(result.problem.demand.weight, result.plan.service_distance, 2)
    )
    _, text = both(scored(replace(result, problem=replace(result.problem, objective=objective), plan=plan)), tmp_path)
    expected = {"max_cover": "as much as can be 80.0 %", "set_cover": "75.0 % 80.0 % (4 of 5 demand points) met"}
    assert expected.get(kind, "100 % 80.0 % (4 of 5 demand points) not met") in text
    assert ("Requirement not met" in text) is (kind not in expected)
    assert ("as the objective allows: 1 demand point" in text) is (kind in expected)
    assert ("The requirement is met." in text) is (kind == "set_cover")


@pytest.mark.parametrize("n_serving", [1, 2])
def test_as_much_as_can_be_is_no_threshold_and_not_called_a_missing_one(n_serving, tmp_path):
    """The scenario has a radius: to say that none was set, and how to set it, would be false."""
    result = tiny_result(radii_m=(2.0,))
    objective = OBJECTIVES["max_cover"](radius_m=2.0, n_serving=n_serving)
    plan = replace(result.plan, unit=objective.unit, value=4.0)
    _, text = both(scored(replace(result, problem=replace(result.problem, objective=objective), plan=plan)), tmp_path)
    assert "No threshold was set" not in text
    assert "As much as can be was asked for, no share, so nothing can pass or fail." in text


def test_unreachable_points_fail_and_are_counted(tmp_path):
    """They fail the requirement to be reached, and no sentence speaks of an infinite distance."""
    import numpy as np

    result = tiny_result(radii_m=(2.0,))
    far = result.plan.service_distance.copy()
    far[-1] = np.inf
    result = scored(replace(result, plan=replace(result.plan, service_distance=far)))
    _, text = both(result, tmp_path)
    assert "Every demand point is served all 4 of 5 not met" in text
    assert "inf " not in text


def test_rules_are_requirements_with_what_was_reached(tmp_path):
    """A limit to load and distance stands beside the largest of the plan."""
    result = tiny_result()
    constraints = Constraints(cutoff_m=3.0, capacity_max=4.0)
    _, text = both(scored(replace(result, problem=replace(result.problem, constraints=constraints))), tmp_path)
    assert "Distance of everybody to the device at most 3.00 m 3.00 m met" in text
    assert re.search(r"Weight that one device serves at most 4 at most \d met", text)


def test_lengths_in_feet_stay_traceable(tmp_path):
    """The unit of the user is that of the report; the file is in metres."""
    from placement.core import Frame

    result = floor_result(radii_m=(8.0,), frame=Frame("ft"))
    document, text = both(scored(result), tmp_path)
    whole = document["score"]["areas"][-1]
    assert f"{whole['floor_m2'] / METRES_PER_UNIT['ft'] ** 2:,.1f} ft²" in text
