"""San Francisco on its streets: the plans are the best of all 1,820, and those that others found."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import placement
from placement.core import Result

STORES = Path(__file__).parents[2] / "scenarios" / "stores.yaml"

KNOWN = {"p_median": (2848268129.7145, 4), "p_center": (7403.06, 2)}
"""What pysal/spopt is published to find on the same data, four of 16 stores, with the digits given."""

KNOWN_COVERED = 89.756
"""Per cent of the tracts, not of the people, within 5 km: the same source."""


def solved(*changes: str) -> Result:
    return placement.place(placement.load_scenario(STORES, changes))


@pytest.mark.parametrize("kind", ["k_means", "p_median", "p_center", "max_cover"])
def test_best_of_all_choices(kind: str) -> None:
    """Proven, equal to plain enumeration, and to the known value where there is one."""
    result = solved(f"objective={kind}")
    problem, plan = result.problem, result.plan
    far = problem.distance.matrix(problem.demand, problem.candidates)
    values = [problem.objective.value(problem.demand.weight, far[:, four].min(axis=1), 4) for four in combinations(range(16), 4)]
    best = max(values) if problem.objective.sense == "max" else min(values)
    assert plan.value == pytest.approx(best, rel=1e-12)
    known, digits = KNOWN.get(kind, (best, 4))
    assert round(plan.value, digits) == pytest.approx(known, rel=1e-13)
    assert plan.status == "optimal"
    assert plan.gap <= 1e-6


def test_tracts_covered() -> None:
    """The known share of tracts within 5 km."""
    result = solved("objective=max_cover")
    assert 100 * result.score.coverage[0].demand_points / result.problem.demand.n == pytest.approx(KNOWN_COVERED, abs=5e-4)


def test_how_many_for_everybody() -> None:
    """Eight stores bring everybody within 5 km, and seven never do."""
    result = solved("objective={kind: set_cover, radius: 5 km}", "devices.budget=8")
    problem, plan = result.problem, result.plan
    near = problem.distance.matrix(problem.demand, problem.candidates) <= 5000
    assert (plan.value, plan.status, plan.p) == (8, "optimal", 8)
    assert result.score.coverage[0].share == 1
    assert not any(near[:, seven].any(axis=1).all() for seven in combinations(range(16), 7))


def test_balance_of_mean_and_worst() -> None:
    """The least mean among the plans whose worst distance is at most 7.41 km; the plain p-median is farther."""
    result = solved("devices.cutoff=7.41")
    problem = result.problem
    far = problem.distance.matrix(problem.demand, problem.candidates)
    nearest = [far[:, four].min(axis=1) for four in combinations(range(16), 4)]
    best = min(float(problem.demand.weight @ d) for d in nearest if d.max() <= 7410)
    assert result.plan.value == pytest.approx(best, rel=1e-9)
    assert solved().plan.service_distance.max() > 7410
    np.testing.assert_array_less(result.plan.service_distance, 7410.0001)
