"""Plans within a radius: the cutoff holds, the mean is no longer than that of the known plan that keeps it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placement.alternatives.between import within_radius
from placement.core import Search
from placement.core.constraints import Constraints
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve
from placement.solvers.finish import Ending, finish_free
from problems import make_problem, random_problem

QUICK = Search(n_init=4, seed=1, effort="fast")


def short(problem, **rules):
    """Return the p_median problem with these rules."""
    return replace(problem, objective=OBJECTIVES["p_median"](), constraints=Constraints(**rules))


def plan_at(problem, *xs: float):
    return finish_free(problem, np.array([[x, 0.0] for x in xs]), Ending(0, "feasible", ""))


def test_one_device_is_moved_up_to_the_radius() -> None:
    """0, 0, 0, 10 within 6: only 4 to 6 is allowed, 4 is best, 3 x 4 + 6 = 18; known are 0 (too far) and 5 (20)."""
    problem = short(make_problem([[0, 0], [0, 0], [0, 0], [10, 0]], 1), cutoff_m=6.0)
    found = within_radius(problem, [plan_at(problem, 0), plan_at(problem, 5)], QUICK, Watch())
    assert found.service_distance.max() <= 6 + 1e-6
    assert found.value == pytest.approx(18.0, abs=0.2)
    assert found.status == "feasible"


def test_devices_of_several_plans_are_mixed() -> None:
    """Two plans are good on one side each; the choice takes the good side of both."""
    problem = short(make_problem([[0, 0], [1, 0], [2, 0], [20, 0], [21, 0], [22, 0]], 2), cutoff_m=3.0)
    found = within_radius(problem, [plan_at(problem, 1, 19), plan_at(problem, 3, 21)], QUICK, Watch())
    assert found.device_xy[:, 0].tolist() == pytest.approx([1.0, 21.0])


@pytest.mark.parametrize("rules", [{}, {"spacing_m": 2.0}])
def test_the_cutoff_holds_and_the_mean_is_no_longer(rules) -> None:
    """Against the p_center plan, which keeps it too; with another rule the solver answers."""
    problem = random_problem(5, n=20, p=2)
    center = solve(replace(problem, objective=OBJECTIVES["p_center"]()), QUICK)
    radius = float(center.service_distance.max()) * 1.1
    found = within_radius(short(problem, cutoff_m=radius, **rules), [center], QUICK, Watch())
    assert found.service_distance.max() <= radius * (1 + 1e-6)
    assert found.service_distance @ problem.demand.weight <= center.service_distance @ problem.demand.weight + 1e-9


def test_on_sites_the_solver_answers() -> None:
    """0, 0, 0, 10 and sites 0, 3, 5 within 8: 3."""
    problem = short(make_problem([[0, 0], [0, 0], [0, 0], [10, 0]], 1, candidates=[[0, 0], [3, 0], [5, 0]]), cutoff_m=8.0)
    assert within_radius(problem, [], QUICK, Watch()).device_ids == ("C2",)


def test_no_plan_is_none() -> None:
    """No known plan keeps the cutoff, or the time is up."""
    problem = short(make_problem([[0, 0], [10, 0]], 1), cutoff_m=5.0)
    assert within_radius(problem, [plan_at(problem, 0)], QUICK, Watch()) is None
    watch = Watch()
    watch.interrupt()
    assert within_radius(problem, [plan_at(problem, 5)], QUICK, watch) is None
