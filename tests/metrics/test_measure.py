"""Scores: by hand, and the laws that every score keeps."""

from __future__ import annotations

import numpy as np
import pytest

from placement.core import Search
from placement.core.statistics import weighted_mean, weighted_quantile
from placement.metrics import measure
from placement.solvers import solve
from placement.solvers.finish import finish_standing
from problems import line5, make_problem, make_sites, random_problem


def test_line_of_five_by_hand() -> None:
    """Devices at 1 and 11: distances 1, 0, 1, 1, 1."""
    problem = line5()
    score = measure(problem, finish_standing(problem, make_sites("R", [[1, 0], [11, 0]])))
    assert (score.max_m, score.mean_m, score.median_m, score.p95_m, score.wcss_m2) == (1, 0.8, 1, 1, 4)
    assert [d.demand_points for d in score.devices] == [3, 2]
    assert score.devices[0].mean_m == pytest.approx(2 / 3)
    assert [w.demand for w in score.worst] == ["a0", "a2", "a3", "a4", "a1"]


def test_a_device_that_serves_nobody_has_no_distances() -> None:
    """It is listed with zero points, not left out."""
    problem = make_problem([[0, 0], [1, 0]], 1)
    score = measure(problem, finish_standing(problem, make_sites("R", [[0, 0], [50, 0]])))
    assert score.devices[1].demand_points == 0
    assert score.devices[1].mean_m is None


def test_a_point_on_the_circle_is_covered() -> None:
    """The radius itself belongs to the covered disc, also when rounding says 12.000000000000002."""
    problem = make_problem([[0, 0], [12, 0], [12.1, 0]], 1, weight=[1, 2, 5], radii_m=(12.0,))
    covered = measure(problem, finish_standing(problem, make_sites("R", [[0, 0]]))).coverage[0]
    assert (covered.weight, covered.share, covered.demand_points) == (3, 3 / 8, 2)


@pytest.mark.parametrize("seed", range(5))
def test_larger_radius_never_covers_less(seed: int) -> None:
    """Coverage rises with the radius and ends at 1."""
    problem = random_problem(seed, radii_m=(1.0, 2.0, 5.0, 10.0, 100.0))
    shares = [c.share for c in measure(problem, solve(problem, Search(n_init=5))).coverage]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_quantiles_count_weight_as_copies() -> None:
    """The quantile of weighted values is that of the repeated ones; q = 0 and 1 are the extremes."""
    rng = np.random.default_rng(2)
    for _ in range(50):
        values, weight = rng.random(9), rng.integers(1, 6, 9)
        repeated = np.repeat(values, weight)
        for share in (0.0, 0.25, 0.5, 0.95, 1.0):
            ours = weighted_quantile(values, weight.astype(float), share)
            assert ours == np.quantile(repeated, share, method="inverted_cdf")
        assert weighted_mean(values, weight.astype(float)) == pytest.approx(repeated.mean())
