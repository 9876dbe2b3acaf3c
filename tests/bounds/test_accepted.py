"""A proof that holds is confirmed at its bound and refused a millionth beyond; the optima come from trying everything."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from placement.bounds.verify import verify
from placement.core import Problem
from placement.core.claim import Claim
from proofs import (
    best_cover_in_plane,
    best_in_plane,
    best_on_sites,
    claim_at,
    claim_on,
    handful,
    prove_cover,
    prove_sum_in_plane,
    prove_sum_on_sites,
    radii_in_plane,
)

SEEDS = range(4)


def judge(problem: Problem, claim: Claim, certificate: dict[str, Any], optimum: float) -> None:
    """Confirm the claim at the optimum, and refuse one that is better by a millionth."""
    assert certificate["bound"] == pytest.approx(optimum, rel=1e-6)
    verdict = verify(problem, replace(claim, bound=certificate["bound"], certificate=certificate))
    assert verdict.is_confirmed, verdict.faults
    assert verdict.proof == "recomputed"
    assert verdict.value == pytest.approx(claim.value, rel=1e-9)
    assert verdict.bound == pytest.approx(optimum, rel=1e-6)
    better = certificate["bound"] * (1 + 1e-6 if problem.objective.sense == "min" else 1 - 1e-6)
    for bound, stated in ((better, better), (better, certificate["bound"]), (certificate["bound"], better)):
        verdict = verify(problem, replace(claim, bound=bound, certificate={**certificate, "bound": stated}))
        assert any("proves no more than" in fault for fault in verdict.faults)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n_fixed", [0, 2])
@pytest.mark.parametrize("kind", ["k_means", "p_median"])
def test_multipliers_on_sites(kind: str, n_fixed: int, seed: int) -> None:
    """The Lagrangian bound at the leaves of a tree is the optimum over all sets of sites."""
    problem = handful(seed, kind, n=7, m=7, p=2 + seed % 2, n_fixed=n_fixed)
    optimum, plan = best_on_sites(problem)
    judge(problem, claim_on(problem, plan, value=optimum), prove_sum_on_sites(problem), optimum)


@pytest.mark.parametrize("n_fixed", [0, 1])
def test_branches_on_sites_and_columns(n_fixed: int) -> None:
    """Leaves count what is open once, and what is closed never."""
    for seed in SEEDS:
        problem = handful(seed, "k_means", n=7, m=6, p=3, n_fixed=n_fixed)
        optimum, plan = best_on_sites(problem)
        judge(problem, claim_on(problem, plan, value=optimum), prove_sum_on_sites(problem, [plan[0], plan[1], 0, 1]), optimum)
        for kind, p in (("max_cover", 3), ("set_cover", 6), ("p_center", 3)):
            problem = handful(seed, kind, n=7, m=6, p=p, n_fixed=n_fixed, radius_m=11.0 if kind == "set_cover" else 5.0)
            optimum, plan = best_on_sites(problem)
            certificate = prove_cover(problem, optimum * (1 - 1e-7) if kind == "p_center" else None, [*plan[:2], 0, 1])
            if optimum:
                judge(problem, claim_on(problem, plan, value=optimum), certificate, optimum)


@pytest.mark.parametrize("seed", [*SEEDS, 9])
@pytest.mark.parametrize("kind", ["k_means", "p_median"])
def test_multipliers_in_the_plane(kind: str, seed: int) -> None:
    """The planar bound, pairs and all, is the optimum over all partitions."""
    problem = handful(seed, kind, n=6, p=2 + seed % 2)
    optimum, places = best_in_plane(problem)
    judge(problem, claim_at(problem, places, value=optimum), prove_sum_in_plane(problem), optimum)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ["k_means", "p_median"])
def test_pairs_where_fixed_devices_stand(kind: str, seed: int) -> None:
    """Pairs are about new devices; whoever a fixed one serves is nobody's partner. The proof is confirmed, and never too good."""
    problem = handful(seed, kind, n=6, p=2, n_fixed=1)
    optimum, places = best_in_plane(problem)
    certificate = prove_sum_in_plane(problem, forced=[(0, 1), (2, 1)])
    assert certificate["bound"] <= optimum
    claim = claim_at(problem, places, value=optimum, bound=certificate["bound"], certificate=certificate)
    assert verify(problem, claim).is_confirmed
    better = {**certificate, "bound": optimum * (1 + 1e-6)}
    assert not verify(problem, replace(claim, bound=optimum, certificate=better)).is_confirmed


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("kind", ["k_means", "p_median"])
def test_pairs_in_the_plane(kind: str, seed: int) -> None:
    """Leaves whose multipliers hold only for their pairs, kept together, apart, or in a chain of both, prove the optimum too."""
    problem = handful(seed, kind, n=6, p=3)
    optimum, places = best_in_plane(problem)
    certificate = prove_sum_in_plane(problem, forced=[(0, 1), (2, 1), (3, 0)])
    judge(problem, claim_at(problem, places, value=optimum), certificate, optimum)
    tree = certificate["data"]["tree"]
    assert tree["together"]["apart"]["apart"].keys() == {"multipliers"}
    told = {"together": [[0, 1]], "apart": [[1, 2], [0, 3]]}
    loose = {"kind": certificate["kind"], "bound": certificate["bound"], "data": {"tree": {**leaf_of(tree), **told}}}
    verdict = verify(problem, claim_at(problem, places, value=optimum, bound=loose["bound"], certificate=loose))
    assert not verdict.is_confirmed, "pairs that no branch decided were believed"


def leaf_of(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the leaf that asks for 0 with 1, and both apart from others."""
    return tree["together"]["apart"]["apart"]


COVERS = [("max_cover", {}), ("set_cover", {}), ("set_cover", {"share": 0.8}), ("set_cover", {"share": 0.8, "n_serving": 2})]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n_fixed", [0, 1])
@pytest.mark.parametrize(("kind", "more"), COVERS[:3])
def test_covers_on_sites(kind: str, more: dict[str, Any], n_fixed: int, seed: int) -> None:
    """Dual numbers at the leaves give the best covered weight, and the fewest devices."""
    problem = handful(seed, kind, n=8, m=9, p=2 if kind == "max_cover" else 9, n_fixed=n_fixed, radius_m=6.0, **more)
    try:
        optimum, plan = best_on_sites(problem)
    except ValueError:
        pytest.skip("no plan on these sites covers enough")
    if optimum:
        judge(problem, claim_on(problem, plan, value=optimum), prove_cover(problem), optimum)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n_fixed", [0, 1])
@pytest.mark.parametrize(("kind", "more"), COVERS[:3])
def test_covers_in_the_plane(kind: str, more: dict[str, Any], n_fixed: int, seed: int) -> None:
    """The sets of points within a radius of any place stand for all places."""
    problem = handful(seed, kind, n=8, p=2 if kind == "max_cover" else 9, n_fixed=n_fixed, radius_m=4.0, **more)
    optimum, certificate = best_cover_in_plane(problem), prove_cover(problem)
    assert certificate["bound"] == pytest.approx(optimum)
    assert verify(problem, proof_only(problem, certificate)).bound == pytest.approx(optimum)
    better = optimum * (1 + 1e-6 if kind == "set_cover" else 1 - 1e-6)
    assert verify(problem, proof_only(problem, {**certificate, "bound": better})).bound is None


def proof_only(problem: Problem, certificate: dict[str, Any]) -> Claim:
    """Return a claim whose plan is of no interest."""
    return claim_at(problem, np.zeros((1, 2)), value=1.0, bound=certificate["bound"], certificate=certificate)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n_fixed", [0, 1])
@pytest.mark.parametrize("is_weighted", [False, True])
def test_center_on_sites(is_weighted: bool, n_fixed: int, seed: int) -> None:
    """That no plan reaches less than the optimum proves the next distance, which is the optimum."""
    problem = handful(seed, "p_center", n=7, m=7, p=2, n_fixed=n_fixed, is_weighted=is_weighted)
    optimum, plan = best_on_sites(problem)
    judge(problem, claim_on(problem, plan, value=optimum), prove_cover(problem, optimum * (1 - 1e-7)), optimum)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n_fixed", [0, 1])
def test_center_in_the_plane(n_fixed: int, seed: int) -> None:
    """That no plan reaches a radius just below the optimum proves that radius, and a radius above cannot be proven."""
    problem = handful(seed, "p_center", n=7, p=2, n_fixed=n_fixed)
    optimum = radii_in_plane(problem)
    certificate = prove_cover(problem, optimum * (1 - 1e-6))
    verdict = verify(problem, proof_only(problem, certificate))
    assert verdict.bound == certificate["bound"] < optimum
    above = copy.deepcopy(certificate)
    above["data"]["radius_m"] = above["bound"] = optimum * (1 + 1e-6)
    assert verify(problem, proof_only(problem, above)).bound is None


@pytest.mark.parametrize("n_serving", [1, 2])
@pytest.mark.parametrize("kind", ["p_center", "max_cover", "set_cover"])
def test_backup_covers_are_bounded_by_simple_ones(kind: str, n_serving: int) -> None:
    """A point that needs two devices needs one: whatever is proven so is no better than the optimum with two."""
    for seed in range(6):
        problem = handful(seed, kind, n=7, m=8, p=3 if kind != "set_cover" else 8, n_fixed=1, n_serving=n_serving, radius_m=9.0)
        try:
            optimum, plan = best_on_sites(problem)
        except ValueError:
            continue
        radius = best_on_sites(replace(problem, objective=handful(0, kind).objective))[0] * 0.99 if kind == "p_center" else None
        certificate = prove_cover(problem, radius)
        verdict = verify(problem, claim_on(problem, plan, value=optimum, bound=certificate["bound"], certificate=certificate))
        assert verdict.is_confirmed, verdict.faults
        assert verdict.bound is not None
        assert (verdict.bound <= optimum * (1 + 1e-9)) if kind != "max_cover" else (verdict.bound >= optimum * (1 - 1e-9))


def test_planar_proofs_hold_for_sites_and_free_space() -> None:
    """What nobody can beat anywhere, nobody can beat on a few sites."""
    problem = handful(1, "k_means", n=6, m=5, p=2)
    certificate = prove_sum_in_plane(problem)
    optimum, plan = best_on_sites(problem)
    claim = claim_on(problem, plan, value=optimum, bound=certificate["bound"], certificate=certificate)
    assert verify(problem, claim).is_confirmed


def test_that_nothing_is_below_zero_needs_no_certificate() -> None:
    """A device on every point: the value 0 is the best possible, with or without a proof of radius below 0."""
    problem = handful(3, "p_center", n=3, m=3, p=3)
    problem = replace(problem, candidates=replace(problem.candidates, xy=problem.demand.xy))
    claim = claim_on(problem, [0, 1, 2], value=0.0, bound=0.0)
    assert (verify(problem, claim).proof, verify(problem, claim).bound) == ("recomputed", 0.0)
    proof = {"radius_m": -1e-9, "rows": [0, 1, 2], "columns": None, "tree": {"duals": [2.0] * 3}}
    for bound, is_true in ((0.0, True), (1e-3, False)):
        certificate = {"kind": "cover", "bound": bound, "data": proof}
        assert verify(problem, replace(claim, bound=bound, certificate=certificate)).is_confirmed is is_true


def test_word_of_a_solver_and_no_proof_are_called_that() -> None:
    """Nothing is recomputed where nothing can be: the verdict says so, and still checks the value."""
    problem = handful(2, "p_median", m=5)
    optimum, plan = best_on_sites(problem)
    claim = claim_on(problem, plan, value=optimum)
    assert (verify(problem, claim).proof, verify(problem, claim).is_confirmed) == ("none", True)
    word = {"kind": "solver", "bound": optimum, "data": {"solver": "HiGHS", "claim": "optimal"}}
    for said in (replace(claim, bound=optimum), replace(claim, bound=optimum, certificate=word)):
        assert (verify(problem, said).proof, verify(problem, said).bound, verify(problem, said).is_confirmed) == (
            "word",
            None,
            True,
        )
    assert not verify(problem, replace(claim, bound=optimum * 1.01, certificate=word)).is_confirmed
    assert not verify(problem, replace(claim, value=optimum * 1.00001)).is_confirmed
