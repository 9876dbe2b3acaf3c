"""How good a plan is, in words: for every objective, proven and not."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import tiny_result
from placement import load_scenario, place
from placement.core import Result
from placement.objectives.max_cover import MaxCoverObjective
from placement.objectives.p_center import PCenterObjective
from placement.objectives.p_median import PMedianObjective
from placement.objectives.set_cover import SetCoverObjective
from placement.phrases import Words, phrases
from placement.view.quality import percent_of_gap, proof, quality_line, reached, spoken_scope

SCOPE = "any 2 devices anywhere in the plane"


def result_of(objective: object, value: float, bound: float | None = None, **changes: object) -> Result:
    """Return the plan of five points with an objective of this value."""
    result = tiny_result()
    plan = replace(result.plan, value=value, bound=bound, **{"scope": SCOPE, **changes})
    return replace(result, problem=replace(result.problem, objective=objective), plan=plan)


@pytest.mark.parametrize(
    ("objective", "value", "bound", "words"),
    [
        (
            PCenterObjective(), 12.31, 12.29,
            ("p_center: worst distance 12.31 m; no plan with 2 devices anywhere in the plane can do better than 12.29 m "
             "(gap 0.16 %, proven)."),
        ),
        (
            PCenterObjective(is_weighted=True), 20.0, 10.0,
            ("p_center: largest weight times distance 20.00 m; no plan with 2 devices anywhere in the plane can do better "
             "than 10.00 m (gap 50 %, proven)."),
        ),
        (
            PMedianObjective(), 50.0, 45.0,
            ("p_median: mean distance 10.00 m; no plan with 2 devices anywhere in the plane can do better than a mean "
             "distance 9.00 m (gap 10 %, proven)."),
        ),
        (
            MaxCoverObjective(radius_m=12.0), 4.0, 5.0,
            ("max_cover: weight 4 of 5 within 12.00 m (80.0 %); no plan with 2 devices anywhere in the plane can serve more "
             "than 5 (gap 25 %, proven)."),
        ),
        (
            MaxCoverObjective(radius_m=12.0, n_serving=2), 4.0, 5.0,
            ("max_cover: weight 4 of 5 with two devices within 12.00 m (80.0 %); no plan with 2 devices anywhere in the plane "
             "can serve more than 5 (gap 25 %, proven)."),
        ),
        (
            SetCoverObjective(radius_m=12.0, n_serving=2), 4.0, 2.2,
            ("set_cover: 4 devices for two within the radius 12.00 m of each point; no plan with 2 devices anywhere in the plane "
             "does with fewer than 3 devices (gap 45 %, proven)."),
        ),
        (
            SetCoverObjective(radius_m=12.0), 4.0, 2.2,
            ("set_cover: 4 devices for the radius 12.00 m; no plan with 2 devices anywhere in the plane does with fewer than "
             "3 devices (gap 45 %, proven)."),
        ),
    ],
    ids=["p_center", "weighted", "p_median", "max_cover", "max_backup", "set_backup", "set_cover"],
)  # fmt: skip
def test_every_objective(objective: object, value: float, bound: float, words: str) -> None:
    """Each is told as people measure it: a distance, a mean, a weight served, a number of devices."""
    assert quality_line(result_of(objective, value, bound)) == words


def test_optimal_says_how_exactly() -> None:
    """Nobody can do better than optimal, to a millionth of the value."""
    text = proof(result_of(PCenterObjective(), 3.0, 3.0, status="optimal"))
    assert text == "no plan with 2 devices anywhere in the plane is better (proven to 1e-6)"


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (f"{SCOPE}, walls ignored", "no plan with 2 devices anywhere in the plane, walls ignored, can do"),
        (f"{SCOPE}; the constraints ignored", "no plan with 2 devices anywhere in the plane, the constraints ignored, can do"),
        ("any 4 of the 16 candidate sites", "no plan with 4 of the 16 candidate sites can do"),
        (
            "any plan on the candidate sites that respects the constraints",
            "no plan on the candidate sites that respects the constraints can",
        ),
        ("any number of the 16 candidate sites", "no plan on the 16 candidate sites can do"),
        ("any number of devices anywhere in the plane", "no plan with devices anywhere in the plane can do"),
        ("devices on a grid", "no plan (devices on a grid) can do"),
        ("", "no plan can do"),
    ],
)
def test_scopes(scope: str, words: str) -> None:
    """Every scope that a solver writes becomes the subject of a sentence; a remark after a comma is closed by another."""
    assert proof(result_of(PCenterObjective(), 3.0, 2.0, scope=scope)).startswith(words)


def test_without_a_bound() -> None:
    """The scope says how the search was made."""
    assert proof(result_of(PCenterObjective(), 3.0, scope="best of 50 starts; no bound.")) == "best of 50 starts; no bound"


def test_how_it_ended() -> None:
    """A search that was stopped says so in the same line."""
    assert quality_line(result_of(PCenterObjective(), 3.0, status="time_limit")).endswith(". Stopped at the time limit.")
    assert quality_line(result_of(PCenterObjective(), 3.0, status="interrupted")).endswith(". Interrupted.")


def test_unreachable_points_make_a_sum_endless() -> None:
    """An infinite value is no number to print, nor is its gap."""
    result = result_of(PMedianObjective(), math.inf, 45.0)
    assert reached(result) == "sum of weight times distance without limit"
    assert proof(result).endswith("can do better than a mean distance 9.00 m (proven)")
    assert result.plan.gap == math.inf


@pytest.mark.parametrize(("gap", "text"), [(0.0, "0 %"), (0.0016, "0.16 %"), (2.5, "250 %"), (math.nextafter(1, 0), "1e+02 %")])
def test_gap_in_per_cent(gap: float, text: str) -> None:
    """Two figures, whatever the size."""
    assert percent_of_gap(gap) == text


@pytest.mark.parametrize("objective", ["k_means", "p_median", "p_center", "max_cover", "set_cover"])
@pytest.mark.parametrize("where", ["plane", "sites"])
def test_what_solvers_say_of_a_proof_is_known_to_every_language(objective: str, where: str, tmp_path: Path) -> None:
    """Beside a fixed device and within constraints too: nothing of it is left in English."""
    sites = "candidates: [{id: a, x: 0, y: 1}, {id: b, x: 9, y: 1}], " if where == "sites" else ""
    budget = "" if objective == "set_cover" else "budget: 1, "
    scenario = tmp_path / "x.yaml"
    scenario.write_text(
        f"schema: 1\nname: x\ndemand: [{{id: p, x: 0, y: 0}}, {{id: q, x: 9, y: 0}}]\nobjective: {objective}\n"
        f"devices: {{{budget}{sites}radius: 4, fixed: [{{id: F, x: 1, y: 0}}], spacing: 1}}\n",
        encoding="utf-8",
    )
    scope = place(load_scenario(scenario)).plan.scope
    german = spoken_scope(Words(phrases("de"), "m"), scope)
    assert not re.search(r"\b(any|of|the|beside|standing|fixed|ignored|constraints|sites|devices|anywhere)\b", german), german
