"""What remains when a device fails or demand changes, and how clearly a plan divides the demand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placement.metrics.robustness import demand_range, failures
from placement.metrics.silhouette import mean_silhouette
from placement.solvers.finish import finish_standing
from problems import make_problem, make_sites


def standing(radii_m: tuple[float, ...] = ()):
    problem = make_problem([[0, 0], [10, 0], [12, 0]], 2, radii_m=radii_m)
    return problem, finish_standing(problem, make_sites("R", [[0, 0], [11, 0]]))


def test_everybody_goes_to_the_next_device() -> None:
    """Without R2 the points at 10 and 12 go to R1; without R1 the point at 0 goes 11 m."""
    problem, plan = standing((5.0,))
    worst, other = failures(problem, plan)
    assert (worst.device, worst.max_m, worst.covered_share) == ("R2", 12.0, pytest.approx(1 / 3))
    assert worst.mean_m == pytest.approx(22 / 3)
    assert (other.device, other.max_m) == ("R1", 11.0)
    assert other.mean_m == pytest.approx(13 / 3)


def test_a_failure_never_helps() -> None:
    """Largest and mean distance are at least those of the whole plan."""
    problem, plan = standing()
    assert all(
        f.max_m >= plan.service_distance.max() and f.mean_m >= plan.service_distance.mean() for f in failures(problem, plan)
    )


def test_one_device_has_no_other() -> None:
    """Nothing is left to go to."""
    problem, _ = standing()
    assert failures(problem, finish_standing(problem, make_sites("R", [[0, 0]]))) == ()


def test_other_demand_moves_the_mean_by_little() -> None:
    """The mean over 200 draws lies around that of the plan, the same each time."""
    problem, plan = standing()
    found = demand_range(problem, plan)
    assert found.least_mean_m < plan.service_distance.mean() < found.most_mean_m
    assert found.most_mean_m <= plan.service_distance.mean() * 1.2 / 0.8
    assert found == demand_range(problem, plan)


def test_silhouette_of_clear_groups_is_high_and_of_one_group_unknown() -> None:
    """By hand: a point alone counts 0; the others have a = 2 and b = 10 or 12."""
    problem, plan = standing()
    assert mean_silhouette(problem, plan) == pytest.approx((0 + (1 - 2 / 10) + (1 - 2 / 12)) / 3)
    one = finish_standing(problem, make_sites("R", [[0, 0]]))
    assert mean_silhouette(problem, one) is None
    assert mean_silhouette(replace(problem), replace(plan, assignment=np.zeros(3, dtype=np.intp))) is None
