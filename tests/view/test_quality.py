"""How good a plan is, in words: for every objective, proven and not."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from helpers import tiny_result
from placement.core import Result
from placement.objectives.max_cover import MaxCoverObjective
from placement.objectives.p_center import PCenterObjective
from placement.objectives.p_median import PMedianObjective
from placement.objectives.set_cover import SetCoverObjective
from placement.view.quality import percent_of_gap, proof, quality_line, reached

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
            SetCoverObjective(radius_m=12.0), 4.0, 2.2,
            ("set_cover: 4 devices for the radius 12.00 m; no plan with 2 devices anywhere in the plane does with fewer than "
             "3 devices (gap 45 %, proven)."),
        ),
    ],
    ids=["p_center", "weighted", "p_median", "max_cover", "set_cover"],
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
