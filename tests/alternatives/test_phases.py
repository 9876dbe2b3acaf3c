"""Roll-outs: each step is the best next device, the last is the plan, and nesting never gains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placement.alternatives.phases import rollout
from placement.core import Search
from placement.core.constraints import Constraints
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve
from placement.solvers.finish import Ending, finish_free
from problems import line5, make_problem, random_problem

QUICK = Search(n_init=4, seed=1, effort="fast")


def test_the_order_by_hand() -> None:
    """0, 1, 2, 10, 12 and devices at 1 and 11: first 1 (1 + 0 + 1 + 81 + 121 = 204; at 11 it would be 304), then 11."""
    plan = finish_free(line5(), np.array([[1.0, 0], [11.0, 0]]), Ending(0, "feasible", ""))
    found = rollout(replace(line5(), radii_m=(2.0,)), plan, QUICK)
    first, last = found.phases
    assert (first.device, first.value, first.max_m, first.mean_m, first.covered_share) == ("D1", 204.0, 11.0, 4.4, 0.6)
    # Free, one device stands at the mean 5: 25 + 16 + 9 + 25 + 49 = 124.
    assert (first.free, first.loss) == (pytest.approx(124.0), pytest.approx(80.0))
    assert (last.device, last.value, last.loss) == ("D2", 4.0, pytest.approx(0.0))


def test_fixed_devices_stand_from_the_start() -> None:
    """With one fixed at 1, the device at 11 is the only phase."""
    problem = make_problem(line5().demand.xy, 1, fixed=[[1, 0]])
    found = rollout(problem, solve(problem, QUICK), QUICK)
    assert [(one.n_new, one.device) for one in found.phases] == [(1, "D1")]
    assert found.phases[0].value == pytest.approx(4.0)


def test_known_values_are_not_searched_again() -> None:
    """A value given for one device is taken as it is, unless the nested plan is better."""
    plan = finish_free(line5(), np.array([[1.0, 0], [11.0, 0]]), Ending(0, "feasible", ""))
    found = rollout(line5(), plan, QUICK, free={1: 200.0, 2: 5.0})
    assert [one.loss for one in found.phases] == [4.0, 0.0]
    assert found.phases[1].free == 4.0


def test_set_cover_is_rolled_out_by_weight_covered() -> None:
    """Radius 2: the device at 1 covers three of five, the one at 11 two."""
    problem = replace(line5(), n_new=5, objective=OBJECTIVES["set_cover"](radius_m=2.0))
    plan = finish_free(problem, np.array([[11.0, 0], [1.0, 0]]), Ending(0, "feasible", ""))
    found = rollout(problem, plan, QUICK)
    assert (found.measure, [one.value for one in found.phases]) == ("weight within the radius", [3.0, 5.0])
    assert [one.loss for one in found.phases] == [0.0, 0.0]


def test_backup_cover_needs_two() -> None:
    """Within 10.5 of two: with one device nobody, and the tie goes to the shorter mean; with 1 and 11, the points 1, 2 and 10."""
    problem = replace(line5(), n_new=3, objective=OBJECTIVES["max_cover"](radius_m=10.5, n_serving=2))
    plan = finish_free(problem, np.array([[1.0, 0], [11.0, 0], [30.0, 0]]), Ending(0, "feasible", ""))
    found = rollout(problem, plan, QUICK)
    assert [(one.device, one.value) for one in found.phases] == [("D1", 0.0), ("D2", 3.0), ("D3", 3.0)]


def test_the_first_phases_are_compared_without_capacities() -> None:
    """Room for three each: one device holds not all five, yet the phase stands beside the free one at 5, by hand 124."""
    problem = replace(line5(), constraints=Constraints(capacity_max=3.0, cutoff_m=3.0))
    plan = finish_free(problem, np.array([[1.0, 0], [11.0, 0]]), Ending(0, "feasible", ""))
    first, last = rollout(problem, plan, QUICK, free={1: 1.0}).phases
    assert (first.value, first.free, first.loss) == (204.0, pytest.approx(124.0), pytest.approx(80.0))
    assert (last.value, last.free, last.loss) == (4.0, 4.0, 0.0)


def test_capacities_of_sites_do_not_count_before_the_end() -> None:
    """Sites 1 and 11 with room for three: alone, C1 serves all five."""
    problem = make_problem(line5().demand.xy, 2, candidates=[[1, 0], [11, 0]])
    problem = replace(problem, candidates=replace(problem.candidates, capacity=np.array([3.0, 3.0])))
    found = rollout(problem, solve(problem, QUICK), QUICK)
    assert [(one.device, one.free, one.loss) for one in found.phases] == [("C1", 204.0, 0.0), ("C2", 4.0, 0.0)]


@pytest.mark.parametrize("kind", ["k_means", "p_median", "p_center", "max_cover"])
def test_every_step_helps_and_nesting_never_gains(kind: str) -> None:
    """More devices are never worse, losses are never negative, the last phase is the plan."""
    objective = OBJECTIVES[kind](**({"radius_m": 4.0} if kind == "max_cover" else {}))
    problem = replace(random_problem(3, n=20, p=4), objective=objective)
    plan = solve(problem, QUICK)
    found = rollout(problem, plan, QUICK)
    values = [one.value for one in found.phases]
    assert values == sorted(values, reverse=objective.sense == "min")
    assert all(one.loss >= 0 for one in found.phases)
    assert values[-1] == plan.value
    assert sorted(one.device for one in found.phases) == sorted(plan.device_ids)


def test_no_time_leaves_out_free_plans() -> None:
    """The order needs no search."""
    watch = Watch()
    watch.interrupt()
    found = rollout(line5(), solve(line5(), QUICK), QUICK, watch)
    assert [(one.free, one.loss) for one in found.phases] == [(None, None), (4.0, 0.0)]
