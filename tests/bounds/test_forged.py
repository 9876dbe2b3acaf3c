"""Certificates made to deceive, each by a way that once worked: none proves more than is true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from placement.bounds.verify import verify
from placement.core import Problem, Search
from placement.core.claim import Claim
from placement.core.constraints import Constraints, Pair, Quota
from placement.objectives import OBJECTIVES
from placement.solvers import solve
from problems import make_problem
from proofs import claim_at, claim_on, document, value_on

LINE = [[0.0, 0], [1, 0], [5, 0], [7, 0]]


def refused(problem: Problem, claim: Any) -> bool:
    """Whether the certificate of a claim proves nothing."""
    return verify(problem, claim).bound is None


def test_a_total_just_below_the_claim_is_not_taken_for_the_bound() -> None:
    """Multipliers whose sum falls short by less than what is forgiven say nothing until places were looked at."""
    problem = make_problem(LINE, 2)
    for short in (0.5e-9, 0.91e-9, 0.95e-9, 0.99e-9, 2e-9):
        proof = document("planar_multipliers", 52.0, {"tree": {"multipliers": [52.0 * (1 - short) / 4] * 4}})
        claim = claim_at(problem, np.array([[0.0, 0], [1, 0]]), value=52.0, bound=52.0, certificate=proof)
        assert refused(problem, claim)


def test_a_place_just_below_the_target_is_not_taken_for_the_least() -> None:
    """One device for 0, 1, 2, 8: the optimum is 38.75, not 39."""
    problem = make_problem([[0.0, 0], [1, 0], [2, 0], [8, 0]], 1)
    for factor in (1.0, 1 + 0.95e-9):
        proof = document("planar_multipliers", 39 * factor, {"tree": {"multipliers": [1000.0] * 4}})
        claim = claim_at(problem, np.array([[3.0, 0]]), value=38.75 + 4 * 0.25**2, bound=39 * factor, certificate=proof)
        assert refused(problem, claim)


@pytest.mark.parametrize("seed", range(4))
def test_points_in_the_middle_of_cells_hide_nothing(seed: int) -> None:
    """Desks and their mirrors: centres of cells fall on desks, where distances have no slope."""
    half = np.random.default_rng(seed).integers(0, 9, (8, 2)).astype(float)
    problem = replace(make_problem(np.vstack([half, 8 - half]).tolist(), 2), objective=OBJECTIVES["p_median"]())
    plan = solve(problem, Search(n_init=10, seed=1))
    proof = document(plan.certificate.kind, plan.certificate.bound, dict(plan.certificate.data))
    honest = claim_at(problem, plan.device_xy, value=plan.value, bound=plan.bound, certificate=proof)
    assert verify(problem, honest).is_confirmed
    for factor in (1.0009, 1.01, 1.03):
        better = {**proof, "bound": plan.bound * factor}
        assert refused(problem, replace(honest, bound=plan.bound * factor, certificate=better))


def test_loads_of_points_left_out_count() -> None:
    """A price for the least load needs all points that may make it up."""
    rules = Constraints(capacity_min=3.0)
    problem = make_problem([[0.0, 0], [1, 0], [2, 0]], 1, candidates=[[1.0, 0], [50, 0]])
    problem = replace(problem, objective=OBJECTIVES["p_center"](), constraints=rules)
    rates = {"load": [-100.0, -100.0], "rules": [0.0], "spacing": []}
    data = {"radius_m": 1.0, "rows": [0], "columns": None, "tree": {"duals": [1.0]}, "rates": rates}
    claim = claim_on(problem, [1], value=50.0, bound=48.0, certificate=document("cover", 48.0, data), assignment=np.zeros(3, int))
    assert refused(problem, claim)


@pytest.mark.parametrize("kind", ["p_median", "p_center", "max_cover"])
def test_rates_are_for_sites_and_not_for_listed_sets(kind: str) -> None:
    """A quota's price is nothing that a place of which only a set is known would pay."""
    problem = make_problem([[0.0, 0], [10, 0]], 2, candidates=[[0.0, 0], [10, 0]])
    sites, parts = replace(problem.candidates, group=("a", "b")), {"radius_m": 1.0} if kind == "max_cover" else {}
    quotas = Constraints(quotas=(Quota("a", 1, 1),))
    problem = replace(problem, candidates=sites, objective=OBJECTIVES[kind](**parts), constraints=quotas)
    rates = {"load": [0.0, 0.0], "rules": [0.0, 10.0, 0.0], "spacing": []}
    for columns in ("anywhere", [[0], [1]]):
        leaf = {"multipliers": [0.0, 0.0], "duals": [1.0, 1.0]}
        data = {"radius_m": 1.0, "rows": [0, 1], "columns": columns, "tree": leaf, "rates": rates}
        proof = document("multipliers" if kind == "p_median" else "cover", 1.0, data)
        assert refused(problem, claim_on(problem, [0, 1], value=0.0, bound=1.0, certificate=proof))


def test_huge_prices_that_cancel_prove_nothing() -> None:
    """Two prices of one quota that differ by the last bit: what rounding leaves of them is no bound."""
    xy = [[0.0, 0], [1, 0], [2, 0], [9, 0]]
    problem = make_problem(xy, 3, candidates=xy)
    sites = replace(problem.candidates, group=("a",) * 4)
    quotas = Constraints(quotas=(Quota("a", 3, 3),))
    problem = replace(problem, candidates=sites, objective=OBJECTIVES["p_median"](), constraints=quotas)
    for power in (53, 54, 60, 100):
        price = 2.0**power
        for first, second in ((np.nextafter(price, np.inf), price), (price, np.nextafter(price, np.inf))):
            rates = {"load": [0.0] * 4, "rules": [0.0, float(first), float(second)], "spacing": []}
            proof = document("multipliers", 2.0, {"tree": {"multipliers": [0.0] * 4}, "rates": rates})
            assert refused(problem, claim_on(problem, [0, 1, 2], value=7.0, bound=2.0, certificate=proof))


def test_backup_and_loads_do_not_go_together() -> None:
    """Loads are about the device that serves; of two that cover, both would be charged."""
    problem = make_problem([[0.0, 0], [1, 0]], 2, candidates=[[0.0, 0], [-1, 0]])
    sites = replace(problem.candidates, capacity=np.ones(2))
    problem = replace(problem, candidates=sites, objective=OBJECTIVES["max_cover"](radius_m=3.0, n_serving=2))
    rates = {"load": [0.5, 0.5], "rules": [0.0], "spacing": []}
    data = {"radius_m": 3.0, "rows": [0, 1], "columns": None, "tree": {"duals": [0.5, 0.5]}, "rates": rates}
    assert refused(problem, claim_on(problem, [0], value=0.0, bound=1.0, certificate=document("cover", 1.0, data)))


def test_points_that_nobody_covers_break_no_pair() -> None:
    """A forbidden pair is kept by a point without a device; a required one by a site that carries one, if far away."""
    xy = [[0.0, 0], [9, 0]]
    for rules in (Constraints(forbidden_pairs=(Pair(1, "C1"),)), Constraints(required_pairs=(Pair(1, "C1"),))):
        problem = make_problem(xy, 1, candidates=xy)
        problem = replace(problem, objective=OBJECTIVES["max_cover"](radius_m=1.0), constraints=rules)
        assert verify(problem, claim_on(problem, [0], value=1.0, assignment=np.array([0, -1]))).is_confirmed


def test_a_second_device_beyond_the_cutoff_is_no_backup() -> None:
    """With a cutoff of 5 the device at 8 serves nobody at 0."""
    problem = make_problem([[0.0, 0]], 2, candidates=[[0.0, 0], [8, 0]])
    objective = OBJECTIVES["max_cover"](radius_m=9.0, n_serving=2)
    problem = replace(problem, objective=objective, constraints=Constraints(cutoff_m=5.0))
    assert verify(problem, claim_on(problem, [0, 1], value=0.0)).is_confirmed
    assert not verify(problem, claim_on(problem, [0, 1], value=1.0)).is_confirmed
    assert solve(problem, Search()).value == 0.0


def test_everybody_means_light_ones_too() -> None:
    """A point of a ten-thousand-millionth of the weight must be covered like others."""
    problem = make_problem([[0.0, 0], [100, 0]], 2, weight=[1e10, 1.0], candidates=[[0.0, 0], [100, 0]])
    problem = replace(problem, objective=OBJECTIVES["set_cover"](radius_m=1.0))
    assert not verify(problem, claim_on(problem, [0], value=1.0)).is_confirmed


def test_bounds_that_are_no_numbers_are_faults() -> None:
    """Text, truth and what is not a number or without limit."""
    problem = make_problem(LINE, 2, candidates=LINE)
    for bound in ("1", True, float("nan"), float("inf")):
        claim = claim_on(problem, [0, 2], value=value_on(problem, [0, 2]), bound=bound)
        assert not verify(problem, claim).is_confirmed


def test_more_devices_than_anybody_needs_are_placed_all_the_same() -> None:
    """Three new devices beside a fixed one for three people: everybody may have one, and the search must bear it."""
    problem = make_problem([[0.0, 0], [5, 0], [0, 7]], 3, fixed=[[4.0, 4]])
    plan = solve(replace(problem, objective=OBJECTIVES["p_center"]()), Search(n_init=3, seed=1))
    assert plan.value == pytest.approx(0.0, abs=1e-9)
    assert plan.device_ids[: problem.fixed.m] == problem.fixed.ids


@pytest.mark.parametrize("kind", ["max_cover", "set_cover"])
def test_whoever_is_beyond_the_cutoff_is_not_covered_by_being_assigned(kind: str) -> None:
    """Room for one, and the point at 8 within the radius but beyond the cutoff: it was counted, and its load was not."""
    rules = Constraints(cutoff_m=5.0, capacity_max=1.0)
    problem = make_problem([[0.0, 0], [8, 0]], 1, candidates=[[0.0, 0]])
    problem = replace(problem, objective=OBJECTIVES[kind](radius_m=10.0), constraints=rules)
    value = 2.0 if kind == "max_cover" else 1.0
    assert not verify(problem, claim_on(problem, [0], value=value, assignment=np.array([0, 0]))).is_confirmed


@pytest.mark.parametrize("columns", ["anywhere", [[0], [1]]])
def test_a_site_just_beyond_the_circles_is_not_skipped(columns: object) -> None:
    """A proof about the plane draws circles by half of what it skips sites by: the site in the middle reaches both, at 10 m."""
    problem = make_problem([[0.0, 0], [20, 0]], 1, candidates=[[10.0, 0], [20, 0]])
    problem = replace(problem, objective=OBJECTIVES["p_center"]())
    data = {"radius_m": 10 / (1 + 8e-10), "rows": [0, 1], "columns": columns, "tree": {"duals": [1.0, 1.0]}}
    claim = claim_on(problem, [1], value=20.0, bound=20.0, certificate=document("cover", 20.0, data))
    assert refused(problem, claim)


@pytest.mark.parametrize("kind", ["k_means", "p_median"])
@pytest.mark.parametrize(("near", "far"), [(0.0104, 1e7), (1.0123, 1e10), (1.0308, 1e10)])
def test_two_that_stand_close_together_are_not_moved_by_one_far_away(kind: str, near: float, far: float) -> None:
    """Measured from the middle of all, places lose digits: the bound was too high by up to 3e-8, or a true one was refused."""
    problem = replace(make_problem([[0.0, 0], [near, 0], [far, 0]], 2), objective=OBJECTIVES[kind]())
    best, value = (near**2 / 2, near**2) if kind == "k_means" else (near, near)
    for factor, is_true in ((1 - 1e-9, True), (1 + 5e-9, False), (1 + 2e-8, False)):
        bound = best * factor
        proof = document("planar_multipliers", bound, {"tree": {"multipliers": [bound] * 3}})
        claim = claim_at(problem, np.array([[near, 0], [far, 0]]), value=value, bound=bound, certificate=proof)
        assert refused(problem, claim) is not is_true


def test_numbers_beyond_all_floats_are_faults() -> None:
    """Neither a huge whole number nor a word for the value brings the check down."""
    problem = make_problem(LINE, 2, candidates=LINE)
    for parts in ({"bound": 10**400}, {"value": 10**400}, {"value": "1"}, {"value": None}, {"rounding_m": 10**400}):
        claim = claim_on(problem, [0, 2], **{"value": value_on(problem, [0, 2]), **parts})
        assert not verify(problem, claim).is_confirmed


def test_a_case_that_no_plan_is_in_leaves_nobody_to_serve() -> None:
    """Three points together in pairs, and two of them apart: that leaf holds for no plan, so it must not be in the way."""
    problem = make_problem([[0.0, 0], [1, 0], [2, 0]], 1)
    leaf = {"multipliers": [100.0] * 3}
    inner = {"pair": [0, 2], "together": leaf, "apart": leaf}
    tree = {"pair": [0, 1], "together": {"pair": [1, 2], "together": inner, "apart": leaf}, "apart": leaf}
    bound = 2 * (1 - 1e-9)
    proof = document("planar_multipliers", bound, {"tree": tree})
    claim = claim_at(problem, np.array([[1.0, 0]]), value=2.0, bound=bound, certificate=proof)
    assert verify(problem, claim).is_confirmed


def test_a_cutoff_that_is_reached_but_for_rounding_is_reached_for_all() -> None:
    """From 0.03 to 0.05 floats say a little more than 0.02: the search counted one less than the check."""
    problem = make_problem([[0.05, 0], [0.03, 0]], 2, candidates=[[0.03, 0], [0.03, 0]])
    objective = OBJECTIVES["max_cover"](radius_m=0.025, n_serving=2)
    problem = replace(problem, objective=objective, constraints=Constraints(cutoff_m=0.02))
    plan = solve(problem, Search())
    assert plan.value == 2.0
    assert verify(problem, Claim.of(plan)).is_confirmed
