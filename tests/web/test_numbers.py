"""The page's numbers are Python's, to the last digits that sums in another order leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from helpers import city_result, desks_result, floor_result, tiny_result
from placement.core import Result, Score
from placement.core.sites import Sites
from placement.metrics import measure
from placement.objectives.k_means import KMeansObjective
from placement.objectives.max_cover import MaxCoverObjective
from placement.objectives.p_center import PCenterObjective
from placement.objectives.p_median import PMedianObjective
from placement.objectives.set_cover import SetCoverObjective
from placement.solvers.finish import finish_standing
from placement.writers.planner_html import planner_document

CASES: dict[str, Callable[[], Result]] = {
    "tiny": lambda: tiny_result(radii_m=(1.0,)),
    "desks": lambda: desks_result(radii_m=(8.0, 4.0)),
    "floor": floor_result,
    "city": lambda: city_result(radii_m=(4000.0,)),
    "many": lambda: desks_result(n=5000, p=12, radii_m=(3.0,)),
}
MEASURE = """
const model = new Model(given.data);
for (const [j, x, y] of given.moves) model.move(j, x, y);
const { score } = model;
const [median, p95] = quantiles(model.ground, model.service, [0.5, 0.95]);
return { ...score, median, p95, places: model.devices.map(({ x, y }) => [x, y]), device: Array.from(model.service.device) };
"""


def numbers(score: Score) -> dict[str, Any]:
    """Return a score with the names of the page."""
    return {
        "max": score.max_m,
        "mean": score.mean_m,
        "wcss": score.wcss_m2,
        "median": score.median_m,
        "p95": score.p95_m,
        "coverage": [(one.share, one.weight, one.demand_points) for one in score.coverage],
        "devices": [(one.demand_points, one.demand_weight, one.mean_m, one.max_m) for one in score.devices],
    }


def page_numbers(found: dict[str, Any]) -> dict[str, Any]:
    """Return what the page measured in the same shape."""
    coverage = [(one["share"], one["weight"], one["points"]) for one in found["coverage"]]
    devices = [(one["points"], one["weight"], one["mean"], one["max"]) for one in found["devices"]]
    return {key: found[key] for key in ("max", "mean", "wcss", "median", "p95")} | {"coverage": coverage, "devices": devices}


def flat(value: Any) -> list[float]:
    """Return all numbers of nested lists and dicts, -1 for None."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [number for part in value for number in flat(part)]
    return [-1.0 if value is None else float(value)]


def standing(result: Result, places: list[list[float]]) -> tuple[Score, float, np.ndarray]:
    """Measure devices at `places` as Python does."""
    devices = Sites(result.plan.device_ids, np.array(places))
    plan = finish_standing(result.problem, devices)
    return measure(result.problem, plan), plan.value, plan.assignment


@pytest.mark.parametrize("case", CASES)
def test_the_computed_plan_has_the_same_numbers(case: str, javascript: Callable[..., Any]) -> None:
    """Max, mean, median, p95, coverage and every device's share agree to 1e-9, and the same device serves each point."""
    result = CASES[case]()
    found = javascript(MEASURE, {"data": planner_document(result), "moves": []})
    score, value, assignment = standing(result, result.plan.device_xy.tolist())
    assert flat(page_numbers(found)) == pytest.approx(flat(numbers(score)), rel=1e-9, abs=1e-9)
    assert found["value"] == pytest.approx(value, rel=1e-9)
    assert found["device"] == assignment.tolist()


@pytest.mark.parametrize("case", CASES)
def test_following_moves_is_the_same_as_measuring_anew(case: str, javascript: Callable[..., Any]) -> None:
    """After sixty moves of single devices the numbers are those of the devices where they stand now."""
    result, rng = CASES[case](), np.random.default_rng(5)
    low, high = result.problem.demand.xy.min(axis=0), result.problem.demand.xy.max(axis=0)
    moves = [[int(rng.integers(result.plan.p)), *rng.uniform(low, high)] for _ in range(60)]
    found = javascript(MEASURE, {"data": planner_document(result), "moves": moves})
    score, value, _ = standing(result, found["places"])
    assert flat(page_numbers(found)) == pytest.approx(flat(numbers(score)), rel=1e-9, abs=1e-9)
    assert found["value"] == pytest.approx(value, rel=1e-9)


OBJECTIVES = [
    KMeansObjective(), PMedianObjective(), PCenterObjective(), PCenterObjective(is_weighted=True),
    MaxCoverObjective(radius_m=2500.0), SetCoverObjective(radius_m=2500.0),
]  # fmt: skip


@pytest.mark.parametrize("objective", OBJECTIVES, ids=lambda one: f"{one.kind}{'-weighted' * getattr(one, 'is_weighted', False)}")
def test_the_value_is_the_objectives(objective: Any, javascript: Callable[..., Any]) -> None:
    """Each objective is counted as its Python class counts it, and improving from here never makes it worse."""
    result = city_result()
    result = replace(result, problem=replace(result.problem, objective=objective))
    data = planner_document(result)
    found = javascript(MEASURE, {"data": data, "moves": [[0, *result.problem.demand.xy[3].tolist()]]})
    distance = standing(result, found["places"])[0]
    assert distance.max_m == pytest.approx(found["max"], rel=1e-9)
    plan = finish_standing(result.problem, Sites(result.plan.device_ids, np.array(found["places"])))
    assert found["value"] == pytest.approx(objective.value(result.problem.demand.weight, plan.service_distance, 4), rel=1e-9)
    body = MEASURE.replace(
        "const { score } = model;",
        "const before = model.score.value, search = model.improvement(); for (const _ of search.run());"
        "model.take(search.best.places); const { score } = model;",
    )
    better = javascript(
        body.replace("{ ...score,", "{ ...score, before,"), {"data": data, "moves": [[0, *result.problem.demand.xy[3].tolist()]]}
    )
    if objective.sense == "max":
        assert better["value"] > better["before"]
    elif objective.kind != "set_cover":
        assert better["value"] < better["before"]
