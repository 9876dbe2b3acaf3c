"""A plan is confirmed only if its devices stand where they may and it keeps every rule; each rule has its own sentence."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest
import shapely

from placement.bounds.verify import verify
from placement.core import Domain, Problem, Sites
from placement.core.claim import Claim
from placement.core.constraints import Constraints, Pair, Quota
from proofs import claim_at, claim_on, handful, objective_of, value_on, worth


def line(kind: str = "p_median", **more: Any) -> Problem:
    """Return demand at 0, 1, 4, 6 on a line, a fixed device AP1 at 0, sites C1, C2, C3 at 4, 6, 9."""
    problem = handful(0, kind, n=4, m=3, p=2, n_fixed=1)
    demand = replace(problem.demand, xy=np.array([[0.0, 0], [1, 0], [4, 0], [6, 0]]), weight=np.array([1.0, 2, 3, 4]))
    sites = Sites(("C1", "C2", "C3"), np.array([[4.0, 0], [6, 0], [9, 0]]), np.array([5.0, 6, 0]), None, ("a", "a", "b"))
    fixed = Sites(("AP1",), np.zeros((1, 2)), group=("a",))
    return replace(problem, demand=demand, candidates=sites, fixed=fixed, **more)


def faults(problem: Problem, claim: Claim) -> str:
    """Return all that is wrong, in one text."""
    return "\n".join(verify(problem, claim).faults)


def test_the_plan_on_a_line() -> None:
    """AP1, C1 and C2 serve 0, 1, 4, 6 over 0, 1, 0, 0: the value is 2."""
    problem = line()
    assert value_on(problem, [0, 1]) == 2.0
    assert verify(problem, claim_on(problem, [0, 1], value=2.0)).is_confirmed
    assert faults(problem, claim_on(problem, [0, 1], value=2.1)) == "the value of these devices is 2, not 2.1"


def test_devices_stand_where_the_scenario_lets_them() -> None:
    """Fixed ones all, first and in place; others on sites, no more than the budget, each once."""
    problem = line()
    claim = claim_on(problem, [0, 1], value=2.0)
    moved = replace(claim, devices=replace(claim.devices, xy=claim.devices.xy + np.array([[0, 0], [0, 0.5], [0, 0]])))
    assert "C1 is no candidate device or site" in faults(problem, moved)
    unfixed = replace(claim, devices=claim.devices.take(np.array([1, 2])), status=claim.status[1:])
    assert "the fixed devices do not stand first" in faults(problem, unfixed)
    assert "3 new devices, more than 2" in faults(problem, claim_on(problem, [0, 1, 2], value=2.0))
    assert "the same name" in faults(problem, claim_on(problem, [0, 0], value=14.0))
    anywhere = replace(claim, status=("fixed", "new", "new"))
    assert "C1 is no new device or site" in faults(problem, anywhere)
    assert "each device needs" in faults(problem, replace(claim, status=claim.status[1:]))
    strange = replace(claim, status=("fixed", "candidate", "magic"))
    assert "C2 is no known device" in faults(problem, strange)


def test_new_devices_stand_in_the_free_space() -> None:
    """Beyond the wall nobody stands; on it, within a millionth of a metre, one may."""
    free = Domain("plane", shapely.box(-1, -1, 5, 1))
    problem = replace(line(), candidates=None, domain=free)

    def said(x: float) -> str:
        places = np.array([[x, 0.0]])
        distance = np.linalg.norm(problem.demand.xy[:, None] - np.vstack([problem.fixed.xy, places]), axis=2)
        return faults(problem, claim_at(problem, places, value=worth(problem, distance, 1)))

    assert said(5.0) == said(5.0 + 5e-7) == ""
    assert "D1 stands outside the free space" in said(5.1)


RULES: list[tuple[Constraints, list[int], str]] = [
    (Constraints(cutoff_m=1.0), [1, 2], "beyond the cutoff"),
    (Constraints(money=10.9), [1, 0], "more than there is money"),
    (Constraints(spacing_m=2.5), [0, 1], "too close together"),
    (Constraints(quotas=(Quota("a", 0, 2),)), [0, 1], "quota of a"),
    (Constraints(quotas=(Quota("b", 1, 1),)), [0, 1], "quota of b"),
    (Constraints(capacity_max=3.9), [0, 1], "more than its capacity"),
    (Constraints(capacity_min=3.1), [0, 1], "less than it has to"),
    (Constraints(required_pairs=(Pair(1, "C1"),)), [0, 1], "not served from C1, as it must"),
    (Constraints(forbidden_pairs=(Pair(1, "AP1"),)), [0, 1], "served from AP1, as it must not"),
]


@pytest.mark.parametrize(("rules", "plan", "words"), RULES)
def test_each_rule_alone(rules: Constraints, plan: list[int], words: str) -> None:
    """Broken, it is told; loosened, the same plan is confirmed."""
    problem = line()
    value = value_on(problem, plan)
    nearest = np.abs(problem.demand.xy[:, :1] - np.r_[0.0, problem.candidates.xy[plan, 0]]).argmin(axis=1)
    claim = claim_on(problem, plan, value=value, assignment=nearest)
    assert verify(problem, claim).is_confirmed
    assert words in faults(replace(problem, constraints=rules), claim)
    loose = Constraints(
        cutoff_m=rules.cutoff_m + 1, money=rules.money + 0.2, spacing_m=rules.spacing_m - 0.5 if rules.spacing_m else 0.0,
        quotas=tuple(Quota(q.group, 0, 3) for q in rules.quotas), capacity_max=rules.capacity_max + 0.2,
        capacity_min=rules.capacity_min - 0.2 if rules.capacity_min else 0.0,
        required_pairs=tuple(Pair(1, "AP1") for _ in rules.required_pairs),
        forbidden_pairs=tuple(Pair(1, "C1") for _ in rules.forbidden_pairs),
    )  # fmt: skip
    assert faults(replace(problem, constraints=loose), claim) == ""


def test_capacity_decides_who_is_served_by_whom() -> None:
    """With room for 5 at each device, the value is that of the assignment; without one nothing can be said."""
    problem = replace(line(), constraints=Constraints(capacity_max=5.0))
    assignment = np.array([0, 1, 1, 2])
    claim = claim_on(problem, [0, 1], value=2 * 3.0, assignment=assignment)
    assert faults(problem, claim) == ""
    assert "the value of these devices is 6, not 2" in faults(problem, replace(claim, value=2.0))
    assert "the plan does not say" in faults(problem, replace(claim, assignment=None, value=2.0))
    assert "each demand point needs one" in faults(problem, replace(claim, assignment=np.array([0, 1, 1, 3])))
    assert "each demand point needs one" in faults(problem, replace(claim, assignment=np.array([0, 1, 1])))
    own = replace(problem, candidates=replace(problem.candidates, capacity=np.array([4.9, 9, 9])))
    assert "more than its capacity" in faults(own, claim)
    unserved = replace(claim, assignment=np.array([0, -1, 1, 2]))
    assert "the value of these devices is inf" in faults(problem, unserved)


def test_set_cover_must_cover_its_share() -> None:
    """Of weights 1, 2, 3, 4 the radius 1 around AP1 and C1 covers 6 of 10."""
    for share, is_enough in ((0.6, True), (0.61, False), (1.0, False)):
        problem = line(objective=objective_of("set_cover", 1.0, share=share))
        assert (faults(problem, claim_on(problem, [0], value=1.0)) == "") is is_enough


def test_backup_counts_the_second_nearest() -> None:
    """With two devices for each point, p_center is the largest distance to the second nearest."""
    problem = line("p_center", objective=objective_of("p_center", n_serving=2))
    assert value_on(problem, [0, 1]) == 4.0
    assert verify(problem, claim_on(problem, [0, 1], value=4.0)).value == 4.0
    assert verify(problem, replace(claim_on(problem, [], value=4.0))).value == inf


def test_rounded_places_are_given_their_rounding() -> None:
    """A device that was rounded to a micrometre still covers the point on its radius; one moved by a millimetre does not."""
    problem = replace(line(objective=objective_of("max_cover", 1.0)), candidates=None, n_new=1)
    places = np.array([[5.0 - 4e-7, 0.0]])
    assert "is 6, not 10" in faults(problem, claim_at(problem, places, value=10.0))
    assert faults(problem, claim_at(problem, places, value=10.0, rounding_m=1e-6)) == ""
    assert "is 6, not 10" in faults(problem, claim_at(problem, places - [[1e-3, 0]], value=10.0, rounding_m=1e-6))
