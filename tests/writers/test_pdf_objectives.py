"""What the report says about the objective and about the rules of a plan."""

from __future__ import annotations

import re
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from helpers import tiny_result
from placement.core import Result, Sites
from placement.core.constraints import SAME_PLACE_M, Constraints, Pair, Quota
from placement.distances.table import TableDistance
from placement.objectives import OBJECTIVES
from placement.objectives.max_cover import MaxCoverObjective
from placement.objectives.p_center import PCenterObjective
from placement.objectives.set_cover import SetCoverObjective
from placement.phrases import english
from placement.view.extent import unused_candidates
from placement.view.figures import Figures
from placement.writers import pdf
from placement.writers.pdf import sentences
from placement.writers.pdf.objectives import purpose
from placement.writers.pdf.rules import is_nearest, rules

TEMPLATE = (Path(pdf.__file__).parent / "template.typ").read_text(encoding="utf-8")


def problem_of(objective: object) -> object:
    return replace(tiny_result().problem, objective=objective)


@pytest.mark.parametrize("kind", OBJECTIVES)
def test_every_objective_has_its_words_and_formula(kind: str, tmp_path: Path) -> None:
    """A paragraph, a formula that the template has, the formula in words; and the report with it can be set."""
    objective = OBJECTIVES[kind](**({"radius_m": 8.0} if "cover" in kind else {}))
    result = tiny_result()
    result = replace(result, problem=replace(result.problem, objective=objective), plan=replace(result.plan, unit=objective.unit))
    aim = purpose(result.problem, english("m"))
    assert re.search(rf"\n  {aim.formula}: \$", TEMPLATE)
    assert aim.in_words.startswith("In words: ")
    (path,) = pdf.write(result, Figures(result), tmp_path)
    text = " ".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", " ")
    assert " ".join(aim.statement.split()[:6]) in text


def test_settings_are_told() -> None:
    """Weights, radius, share and backup stand in the paragraph, and only when they matter."""
    assert purpose(problem_of(PCenterObjective(is_weighted=True)), english("m")).formula == "p_center_weighted"
    assert "has a device within 8.00 m" in purpose(problem_of(MaxCoverObjective(radius_m=8.0)), english("m")).statement
    assert "has two devices within" in purpose(problem_of(MaxCoverObjective(radius_m=8.0, n_serving=2)), english("m")).statement
    assert "every demand point has" in purpose(problem_of(SetCoverObjective(radius_m=8.0)), english("m")).statement
    assert "95.0 % of the weight has" in purpose(problem_of(SetCoverObjective(radius_m=8.0, share=0.95)), english("m")).statement


def test_squared_distance_of_a_table_is_not_that_of_coordinates() -> None:
    """The formula with coordinates is for straight lines only."""
    table = TableDistance(("a",), ("s",), np.ones((1, 1)))
    assert purpose(tiny_result().problem, english("m")).formula == "k_means"
    assert purpose(replace(tiny_result().problem, distance=table), english("m")).formula == "k_means_along"


def constrained(**constraints: object) -> Result:
    result = tiny_result()
    return replace(result, problem=replace(result.problem, constraints=Constraints(**constraints)))


@pytest.mark.parametrize(
    ("constraints", "text"),
    [
        ({}, []),
        ({"cutoff_m": 20.0}, ["Nobody may be served from farther away than 20.00 m."]),
        ({"spacing_m": 5.0}, ["Devices stand at least 5.00 m apart."]),
        ({"spacing_m": SAME_PLACE_M}, ["No place carries more than one device."]),
        ({"capacity_max": 25.0}, ["A device serves a weight of at most 25."]),
        ({"capacity_min": 5.0}, ["Every device serves a weight of at least 5."]),
        ({"quotas": (Quota("up", 1, 3),)}, ["On the sites of group up stand 1 to 3 devices."]),
        ({"required_pairs": (Pair(0, "S"),)}, ["1 pair of demand point and device is required."]),
        ({"forbidden_pairs": (Pair(0, "S"), Pair(1, "S"))}, ["2 pairs of demand point and device are forbidden."]),
    ],
)
def test_rules_in_words(constraints: dict[str, object], text: list[str]) -> None:
    """Each rule is one sentence; no rule, no sentence. They stand with the method."""
    result = constrained(**constraints)
    assert rules(result) == text
    assert (sentences.method(result)[-1] == " ".join(text)) == bool(text)


def test_money_is_told_with_what_was_spent() -> None:
    """The price of the chosen sites, not of all."""
    result = constrained(money=500.0)
    names = (*result.plan.device_ids, "C9")
    sites = Sites(names, np.zeros((3, 2)), price=np.array([100.0, 150.5, 900.0]))
    result = replace(result, problem=replace(result.problem, candidates=sites))
    assert rules(result) == ["The new devices may cost 500; these cost 250.5."]


def test_sites_with_types_are_counted_and_drawn_once() -> None:
    """A place that stands in the problem once for each type is one place; it is used when one of its types is."""
    result = tiny_result()
    xy = np.repeat(np.vstack([result.plan.device_xy[:1], [[50.0, 50.0]]]), 2, axis=0)
    sites = Sites((result.plan.device_ids[0], "S/b", "T/a", "T/b"), xy)
    result = replace(result, problem=replace(result.problem, candidates=sites))
    assert "chosen from 2 candidate sites" in sentences.summary(result)[0]
    assert unused_candidates(result).tolist() == [False, False, True, True]


def test_capacity_of_a_site_replaces_that_of_all() -> None:
    """The sentence says where to look."""
    result = constrained(capacity_max=25.0)
    own = Sites(("S",), np.zeros((1, 2)), capacity=np.ones(1))
    assert rules(replace(result, problem=replace(result.problem, candidates=own))) == [
        "A device serves a weight of at most 25, but where a site has a capacity of its own."
    ]
    free = tiny_result()
    free = replace(free, problem=replace(free.problem, fixed=own))
    assert rules(free) == ["A device serves at most the weight that its site has as capacity."]
    assert not is_nearest(free)


@pytest.mark.parametrize(
    ("constraints", "nearest"),
    [
        ({}, True),
        ({"cutoff_m": 3.0, "spacing_m": 2.0, "money": 9.0, "quotas": (Quota("a", 0, 1),)}, True),
        ({"capacity_max": 3.0}, False),
        ({"capacity_min": 3.0, "capacity_max": inf}, False),
        ({"required_pairs": (Pair(0, "S"),)}, False),
        ({"forbidden_pairs": (Pair(0, "S"),)}, False),
    ],
)
def test_nearest_device_is_said_only_when_it_is_so(constraints: dict[str, object], nearest: bool) -> None:
    """Rules that may send somebody elsewhere change the assumption."""
    result = constrained(**constraints)
    assert is_nearest(result) is nearest
    assert any("served by its nearest device" in text for text in sentences.assumptions(result)) is nearest
    assert ("to the nearest device" in sentences.summary(result)[0]) is nearest
