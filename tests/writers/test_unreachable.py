"""Plans in which some points have no way to any device: every file is written, none says a number that is none."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from helpers import tiny_result
from placement.console import comparison, summary
from placement.core import Result
from placement.distances.table import TableDistance
from placement.metrics import measure
from placement.objectives.max_cover import MaxCoverObjective
from placement.view.figures import Figures
from placement.view.legend import legend_entries
from placement.writers import write_all
from placement.writers.csv_tables import assignment_table
from placement.writers.pdf import areas, schedule, sentences
from placement.writers.pdf.content import headlines
from placement.writers.result_json import as_document


def lost(n_lost: int) -> Result:
    """Return the plan of five points under max_cover in which the last `n_lost` cannot be reached."""
    result = tiny_result(radii_m=(2.0,))
    service = result.plan.service_distance.copy()
    service[5 - n_lost :] = np.inf
    objective = MaxCoverObjective(radius_m=2.0)
    table = TableDistance(result.problem.demand.ids, result.plan.device_ids, np.zeros((5, 2)))
    value = objective.value(result.problem.demand.weight, service, 2)
    plan = replace(result.plan, service_distance=service, value=value, unit="weight", assignment=result.plan.assignment * 0)
    problem = replace(result.problem, objective=objective, distance=table)
    return replace(result, problem=problem, plan=plan, score=measure(problem, plan))


@pytest.mark.parametrize("n_lost", [0, 1, 2, 5])
def test_score(n_lost: int) -> None:
    """Means are over the points that can be reached; the largest distance is unknown; nobody serves the lost."""
    result = lost(n_lost)
    score, near = result.score, tiny_result().plan.service_distance[: 5 - n_lost]
    assert score.unreachable == n_lost
    assert score.max_m == (None if n_lost else near.max())
    assert (score.wcss_m2 is None) == (n_lost > 0)
    assert score.mean_m == (None if n_lost == 5 else pytest.approx(near.mean()))
    assert sum(device.demand_points for device in score.devices) == 5 - n_lost
    assert len(score.worst) == 5 - n_lost
    assert score.coverage[0].weight == (near <= 2).sum()


def no_constant(text: str) -> float:
    raise AssertionError(text)


@pytest.mark.parametrize("n_lost", [1, 5])
def test_every_file_is_written(n_lost: int, tmp_path: Path) -> None:
    """JSON without NaN and Infinity, PDF, map and GeoPackage."""
    result = replace(lost(n_lost), warnings=("no device can reach somebody",))
    write_all(result, tmp_path, ("pdf", "map", "gpkg"))
    document = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"), parse_constant=no_constant)
    assert document["score"]["max_m"] is None
    assert document["score"]["unreachable"] == n_lost
    assert "nan" not in (tmp_path / "map.svg").read_text(encoding="utf-8").lower().replace("nance", "")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages)
    assert "No device serves" in text
    assert "inf" not in text.replace("information", "")


def test_infinite_value_is_null() -> None:
    """A sum over points without a way has no value in JSON, and its gap is unknown."""
    result = lost(1)
    document = as_document(replace(result, plan=replace(result.plan, value=math.inf, bound=3.0)))
    assert (document["objective"]["value"], document["objective"]["bound"], document["objective"]["gap"]) == (None, 3.0, None)


def test_csv_leaves_cells_empty() -> None:
    """The lost have no device and no distance."""
    lines = assignment_table(lost(2)).splitlines()
    assert [line.split(",")[1:] == ["", ""] for line in lines[1:]] == [False, False, False, True, True]


def test_geopackage_has_no_line_for_them(tmp_path: Path) -> None:
    """Nobody draws a way that does not exist."""
    import pyogrio

    write_all(lost(2), tmp_path, ("gpkg",))
    assert pyogrio.read_info(tmp_path / "plan.gpkg", layer="assignment")["features"] == 3
    points = pyogrio.raw.read(tmp_path / "plan.gpkg", layer="demand")
    distance = dict(zip(points[0]["fields"], points[3], strict=True))["distance_m"]
    assert np.isnan(distance.astype(float)).tolist() == [False, False, False, True, True]


def test_map_marks_them() -> None:
    """A cross and a line in the legend, and the score line counts them."""
    labels = [entry.label for entry in legend_entries(lost(2))]
    assert "no device serves it (2)" in labels
    assert not any("reach" in entry.label for entry in legend_entries(lost(0)))
    svg = Figures(lost(2)).map_svg.decode()
    assert "points-unreached" in svg
    assert "2 not served" in svg
    assert "points-unreached" not in Figures(lost(0)).map_svg.decode()


def test_map_draws_no_discs_for_distances_of_a_table() -> None:
    """Straight circles would say who is near and not tell the truth."""
    labels = [entry.label for entry in legend_entries(lost(0))]
    assert not any("within" in label or "Straight" in label for label in labels)
    assert "Distance means the distance in the table of the scenario" in Figures(lost(0)).map_svg.decode()


def test_console() -> None:
    """The worst distance is a dash with the reason beside it; so it is in a comparison."""
    text = summary(lost(2))
    assert "no device serves 2 demand points" in text
    assert "inf" not in text
    text = comparison([("one", lost(2)), ("other", lost(0))])
    assert [line.split() for line in text.splitlines() if "not served" in line] == [["not", "served", "2", "0"]]


def test_sentences() -> None:
    """The summary counts the lost and speaks of the others."""
    text = sentences.summary(lost(2))[0]
    assert "No device serves 2 demand points. Of the others: in this plan" in text
    assert "No device serves 5 demand points." in sentences.summary(lost(5))[0]
    assert headlines(lost(2))[1]["value"] == "2"
    assert sentences.summary(lost(0))[0].count("reached") == 0


def test_report_counts_who_is_served() -> None:
    """The schedule's total is of its rows, and nobody is told that all are well when some are lost."""
    assert schedule.device_schedule(lost(2))["total"]["values"][0] == "3"
    [text] = areas.area_sentences(lost(3))
    assert text.endswith("Not among them: 3 demand points that no device serves.")
    assert "Not among them" not in "".join(areas.area_sentences(lost(0)))
