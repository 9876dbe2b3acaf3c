"""Whatever is done to a certificate or a plan, no bound beyond the optimum is ever confirmed, and nothing ends in a traceback."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    tampered,
)


@dataclass(frozen=True)
class Case:
    """A problem, its optimum, a true claim and its certificate."""

    problem: Problem
    optimum: float
    claim: Claim

    @property
    def certificate(self) -> dict[str, Any]:
        """A copy of it, to be spoilt."""
        return copy.deepcopy(dict(self.claim.certificate or {}))


def _case(problem: Problem, optimum: float, claim: Claim, certificate: dict[str, Any]) -> Case:
    return Case(problem, optimum, replace(claim, bound=certificate["bound"], certificate=certificate))


def _sum_on_sites() -> Case:
    problem = handful(5, "p_median", n=5, m=5, n_fixed=1)
    optimum, plan = best_on_sites(problem)
    certificate = prove_sum_on_sites(problem)
    leaf = certificate["data"]["tree"]
    certificate["data"]["tree"] = {"site": 0, "open": leaf, "closed": copy.deepcopy(leaf)}
    return _case(problem, optimum, claim_on(problem, plan, value=optimum), certificate)


def _sum_in_plane() -> Case:
    problem = handful(3, "k_means", n=5)
    optimum, places = best_in_plane(problem)
    return _case(problem, optimum, claim_at(problem, places, value=optimum), prove_sum_in_plane(problem, [(0, 1), (2, 1)]))


def _cover(kind: str, **more: Any) -> Case:
    problem = handful(2, kind, n=6, m=7, p=2 if kind != "set_cover" else 7, n_fixed=1, radius_m=7.0, **more)
    optimum, plan = best_on_sites(problem)
    certificate = prove_cover(problem, optimum * (1 - 1e-7) if kind == "p_center" else None, [2, 4])
    return _case(problem, optimum, claim_on(problem, plan, value=optimum), certificate)


def _disc_cover(kind: str, seed: int) -> Case:
    problem = handful(seed, kind, n=6, p=2 if kind != "set_cover" else 6, radius_m=4.0)
    optimum = radii_in_plane(problem) if kind == "p_center" else best_cover_in_plane(problem)
    certificate = prove_cover(problem, optimum * (1 - 1e-6) if kind == "p_center" else None)
    return _case(problem, optimum, claim_at(problem, problem.demand.xy[:2], value=optimum), certificate)


CASES: dict[str, Callable[[], Case]] = {
    "multipliers": _sum_on_sites,
    "planar_multipliers": _sum_in_plane,
    "p_center": lambda: _cover("p_center"),
    "max_cover": lambda: _cover("max_cover"),
    "set_cover": lambda: _cover("set_cover"),
    "share": lambda: _cover("set_cover", share=0.7),
    "p_center anywhere": lambda: _disc_cover("p_center", 1),
    "max_cover anywhere": lambda: _disc_cover("max_cover", 1),
    "set_cover anywhere": lambda: _disc_cover("set_cover", 1),
}


@cache
def case_of(name: str) -> Case:
    """Return a case, made once."""
    return CASES[name]()


def is_honest(case: Case, claim: Claim) -> bool:
    """Whether a verdict is one that the optimum allows: no bound beyond it, and no value better than it."""
    verdict = verify(case.problem, claim)
    sign = 1 if case.problem.objective.sense == "min" else -1
    room = 3e-9 * abs(case.optimum)
    is_bound_true = verdict.bound is None or sign * (verdict.bound - case.optimum) <= room
    is_claim_true = not verdict.is_confirmed or verdict.proof != "recomputed" or sign * (claim.bound - case.optimum) <= room
    return is_bound_true and is_claim_true and all(isinstance(fault, str) for fault in verdict.faults)


@pytest.mark.parametrize("name", CASES)
def test_the_proof_itself_is_recomputed(name: str) -> None:
    """What the fuzz tampers with is a good certificate to begin with."""
    case = case_of(name)
    assert verify(case.problem, case.claim).proof == "recomputed"


STRANGE = st.one_of(
    st.none(), st.booleans(), st.text(max_size=3), st.integers(-3, 12), st.floats(), st.just([]), st.just({}), st.just(10**400)
)


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_a_tampered_certificate_never_proves_more_than_is_true(name: str, data: st.DataObject) -> None:
    """Any number, list or key changed, dropped, doubled or exchanged, once or thrice, with any bound claimed."""
    case = case_of(name)
    certificate = case.certificate
    for _ in range(data.draw(st.integers(1, 3))):
        _tamper(certificate, data)
    factor = data.draw(st.sampled_from([0.5, 1 - 1e-6, 1.0, 1 + 1e-6, 1.1, 2.0]))
    claim = replace(case.claim, bound=case.optimum * factor, certificate=certificate)
    assert is_honest(case, claim)
    stated = (
        {**certificate, "bound": claim.bound, "kind": case.certificate["kind"]} if isinstance(certificate, dict) else certificate
    )
    assert is_honest(case, replace(claim, certificate=stated))


def _tamper(certificate: dict[str, Any], data: st.DataObject) -> None:
    way, part = data.draw(st.sampled_from([(way, part) for way, part in tampered(certificate) if way]))
    holder: Any = certificate
    for key in way[:-1]:
        holder = holder[key]
    how = data.draw(st.sampled_from(["number", "strange", "drop", "double", "other"]))
    if how == "drop":
        del holder[way[-1]]
    elif how == "double" and isinstance(holder, list):
        holder.insert(way[-1], copy.deepcopy(part))
    elif how == "other":
        holder[way[-1]] = copy.deepcopy(data.draw(st.sampled_from([part for _, part in tampered(certificate)])))
    elif how == "number" and isinstance(part, (int, float)) and not isinstance(part, bool):
        holder[way[-1]] = part * data.draw(st.sampled_from([-1, 0, 0.5, 1 + 1e-6, 2, 1e3, 1e30])) + data.draw(
            st.sampled_from([0, 1])
        )
    else:
        holder[way[-1]] = data.draw(STRANGE)


@pytest.mark.parametrize("name", ["multipliers", "planar_multipliers", "p_center", "max_cover", "set_cover"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    where=st.integers(0, 2),
    axis=st.integers(0, 1),
    step=st.sampled_from([0.0, 1e-7, 1e-3, 1.0, 1e9, nan, inf]),
    factor=st.sampled_from([1.0, 1 - 2e-6, 1 + 2e-6, 0.5, nan, inf]),
)
def test_a_tampered_plan_is_not_confirmed(name: str, where: int, axis: int, step: float, factor: float) -> None:
    """Devices that were moved, and values that are not theirs, are told; a ten-millionth of a metre is nothing."""
    case = case_of(name)
    devices = case.claim.devices
    xy = devices.xy.copy()
    xy[where % len(xy), axis] += step
    verdict = verify(case.problem, replace(case.claim, devices=replace(devices, xy=xy), value=case.claim.value * factor))
    if factor == 1.0 and step <= 1e-7:
        assert verdict.is_confirmed, verdict.faults
    elif factor != 1.0 or not step <= 1e-3 or name != "planar_multipliers":
        assert not verdict.is_confirmed
    if verdict.value is not None and verdict.is_confirmed:
        sign = 1 if case.problem.objective.sense == "min" else -1
        assert sign * (verdict.value - case.optimum) >= -1e-6 * abs(case.optimum)


def deep(depth: int) -> dict[str, Any]:
    """Return a tree in which every branch asks for another, one below the other."""
    leaf: dict[str, Any] = {"multipliers": [0.0] * 5}
    node = leaf
    for _ in range(depth):
        node = {"site": 0, "open": node, "closed": leaf}
    return node


def circle() -> dict[str, Any]:
    """Return a tree that contains itself."""
    node: dict[str, Any] = {"site": 0, "closed": {"multipliers": [0.0] * 5}}
    node["open"] = node
    return node


def knot() -> dict[str, Any]:
    """Return a small tree with more leaves than atoms in a mole: both sides of each branch are the same."""
    node: dict[str, Any] = {"multipliers": [0.0] * 5}
    for _ in range(80):
        node = {"site": 0, "open": node, "closed": node}
    return node


LEAF = {"multipliers": [1.0] * 5}
MALFORMED: dict[str, tuple[Any, str]] = {
    "no mapping": ([1], "has not the form of one"),
    "no data": ({"kind": "multipliers", "bound": 1.0}, "has not the form of one"),
    "unknown kind": ({"kind": "magic", "bound": 1.0, "data": {}}, "has not the form of one"),
    "kind is a list": ({"kind": [], "bound": 1.0, "data": {}}, "has not the form of one"),
    "bound is text": ({"kind": "multipliers", "bound": "one", "data": {"tree": LEAF}}, "has not the form of one"),
    "bound is not a number": ({"kind": "multipliers", "bound": nan, "data": {"tree": LEAF}}, "finite number"),
    "data is a list": ([1], "has not the form of one"),
    "no tree": ({}, "has not the form of one"),
    "tree is a number": ({"tree": 3}, "has not the form of one"),
    "wrong length": ({"tree": {"multipliers": [1.0] * 4}}, "5 finite numbers are needed"),
    "text": ({"tree": {"multipliers": "12345"}}, "5 finite numbers are needed"),
    "texts": ({"tree": {"multipliers": ["one"] * 5}}, "has not the form of one"),
    "not a number": ({"tree": {"multipliers": [nan] * 5}}, "finite numbers"),
    "infinite": ({"tree": {"multipliers": [inf] * 5}}, "finite numbers"),
    "huge": ({"tree": {"multipliers": [10**400] * 5}}, "has not the form of one"),
    "missing branch": ({"tree": {"site": 1, "open": LEAF}}, "has not the form of one"),
    "empty branch": ({"tree": {"site": 1, "open": LEAF, "closed": None}}, "has not the form of one"),
    "site out of range": ({"tree": {"site": 5, "open": LEAF, "closed": LEAF}}, "positions from 0 to 4"),
    "site is negative": ({"tree": {"site": -1, "open": LEAF, "closed": LEAF}}, "positions from 0 to 4"),
    "site is a fraction": ({"tree": {"site": 1.5, "open": LEAF, "closed": LEAF}}, "positions from 0 to 4"),
    "open and closed": (
        {"tree": {"site": 1, "open": {"site": 1, "open": LEAF, "closed": LEAF}, "closed": LEAF}},
        "decides what was decided before",
    ),
    "deep": ({"tree": deep(10_001)}, "decides what was decided before"),
    "in a circle": ({"tree": circle()}, "decides what was decided before"),
    "a knot": ({"tree": knot()}, "decides what was decided before"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_certificates_are_refused_with_a_sentence(name: str) -> None:
    """No traceback, no acceptance; the text says what is wrong."""
    case, (part, words) = case_of("multipliers"), MALFORMED[name]
    certificate = part if part == [1] or "kind" in part else {"kind": "multipliers", "bound": 1.0, "data": part}
    verdict = verify(case.problem, replace(case.claim, certificate=certificate))
    assert not verdict.is_confirmed
    assert any(words in fault for fault in verdict.faults), verdict.faults


def test_covers_are_refused_with_a_sentence() -> None:
    """Radius, rows, columns and duals of a cover each have a rule."""
    case = case_of("set_cover")
    tree = {"duals": [0.0] * 6}
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"radius_m": 8.0}, "the scenario asks for 7 m"),
        ({"radius_m": -1.0}, "the scenario asks for 7 m"),
        ({"rows": [0, 0, 1, 2, 3, 4]}, "distinct positions from 0 to 5"),
        ({"rows": [0, 1, 2, 3, 4, 6]}, "positions from 0 to 5"),
        ({"tree": {"duals": [-1e-3] * 6}}, "proves no more than 0"),
        ({"columns": [[0]], "tree": tree}, "some place covers"),
        ({"columns": 3}, "has not the form of one"),
        ({"columns": [[9]]}, "positions from 0 to 5"),
        ({"tree": {"column": 7, "open": tree, "closed": tree}}, "positions from 0 to 6"),
        ({"tree": tree}, "proves no more than 0"),
    ]
    for part, words in wrong:
        certificate = case.certificate
        certificate["data"].update(part)
        verdict = verify(case.problem, replace(case.claim, certificate=certificate))
        assert any(words in fault for fault in verdict.faults), (part, verdict.faults)


def test_a_proof_of_another_kind_of_problem_proves_nothing() -> None:
    """Each kind belongs to its objectives and places."""
    for name, other in (("multipliers", "p_center"), ("p_center", "multipliers"), ("planar_multipliers", "max_cover")):
        claim = replace(case_of(other).claim, certificate=case_of(name).certificate)
        verdict = verify(case_of(other).problem, claim)
        assert any("is refused" in fault for fault in verdict.faults)
    case = case_of("planar_multipliers")
    standing = replace(case.problem, fixed=handful(1, "k_means", n_fixed=1).fixed)
    assert any("proves no more than" in fault for fault in verify(standing, case.claim).faults)


def test_huge_multipliers_do_not_hide_a_bound_in_rounding() -> None:
    """Terms of 1e20 that cancel leave noise of 1e4: it is not taken for a bound."""
    case = case_of("multipliers")
    for scale in (1e12, 1e20, 1e40):
        leaf = {"multipliers": (np.ones(5) * scale).tolist()}
        certificate = {"kind": "multipliers", "bound": case.optimum * 2, "data": {"tree": leaf}}
        assert not verify(case.problem, replace(case.claim, bound=case.optimum * 2, certificate=certificate)).is_confirmed
        assert is_honest(case, replace(case.claim, bound=case.optimum * 2, certificate=certificate))


def spoil(node: dict[str, Any], rng: np.random.Generator, scale: float) -> None:
    """Put other numbers into every leaf: near the old ones, or far above and below."""
    for way in ("open", "closed", "together", "apart"):
        if way in node:
            spoil(node[way], rng, scale)
    for key in ("multipliers", "duals"):
        if key in node:
            old = np.array(node[key])
            node[key] = (old * rng.choice([0, 1, 1, scale], len(old)) + scale * rng.random(len(old)) * old.mean()).tolist()


@pytest.mark.parametrize("name", [name for name in CASES if "anywhere" not in name])
def test_other_numbers_never_prove_more_than_is_true(name: str) -> None:
    """Any multipliers prove something, and never more than the optimum: with a weak claim the recomputed bound is seen."""
    case, rng = case_of(name), np.random.default_rng(7)
    weak = case.optimum * (0.01 if case.problem.objective.sense == "min" else 100)
    recomputed = 0
    for _ in range(25):
        certificate = case.certificate
        spoil(certificate["data"]["tree"], rng, float(rng.choice([0.9, 1.1, 2.0, 30.0])))
        for bound in (weak, case.optimum * (1 + 1e-6), case.optimum * (1 - 1e-6)):
            claim = replace(case.claim, bound=bound, certificate={**certificate, "bound": bound})
            assert is_honest(case, claim)
            recomputed += verify(case.problem, claim).bound is not None
    assert recomputed


def test_multipliers_above_a_fixed_device_count_no_more_than_it() -> None:
    """Who is served already pays no more than that: u far above f_i proves nothing."""
    for make, kind in ((lambda p: p, "multipliers"), (lambda p: replace(p, candidates=None), "planar_multipliers")):
        problem = make(handful(6, "p_median", n=5, m=5, n_fixed=2))
        optimum, plan = best_on_sites(handful(6, "p_median", n=5, m=5, n_fixed=2))
        sites = handful(6, "p_median", n=5, m=5, n_fixed=2).candidates
        claim = (
            claim_on(problem, plan, value=optimum)
            if kind == "multipliers"
            else claim_at(problem, sites.xy[list(plan)], value=optimum)
        )
        for height in (20.0, 60.0, 1e3):
            data = {"tree": {"multipliers": [height] * 5}}
            certificate = {"kind": kind, "bound": optimum * 1.01, "data": data}
            verdict = verify(problem, replace(claim, bound=optimum * 1.01, certificate=certificate))
            assert any("proves no more" in fault for fault in verdict.faults)


def test_duals_above_the_weights_count_as_the_weights() -> None:
    """A point cannot be worth more than its weight: with duals of 50 for three lonely points one device would cover -97."""
    problem = handful(0, "max_cover", n=3, m=3, p=1, radius_m=1.0)
    spots = np.array([[0.0, 0], [10, 0], [20, 0]])
    demand = replace(problem.demand, xy=spots, weight=np.ones(3))
    problem = replace(problem, demand=demand, candidates=replace(problem.candidates, xy=spots))
    proof = {"radius_m": 1.0, "rows": [0, 1, 2], "columns": None, "tree": {"duals": [50.0] * 3}}
    for bound, is_true in ((1.0, True), (0.9, False)):
        certificate = {"kind": "cover", "bound": bound, "data": proof}
        assert verify(problem, claim_on(problem, [0], value=1.0, bound=bound, certificate=certificate)).is_confirmed is is_true


def test_every_place_that_matters_is_visited() -> None:
    """Three points whose discs meet in pairs only at one corner each, and one alone: leaving any set out is told."""
    xy = np.array([[0.0, 0], [3, 0], [1.5, 2.6], [30, 0]])
    problem = handful(0, "set_cover", n=4, p=4, radius_m=2.0)
    problem = replace(problem, demand=replace(problem.demand, xy=xy, weight=np.ones(4)))
    certificate = prove_cover(problem)
    columns = certificate["data"]["columns"]
    assert len(columns) > 1
    claim = claim_at(problem, xy, value=4.0)
    for k in range(len(columns)):
        left = copy.deepcopy(certificate)
        del left["data"]["columns"][k]
        left["data"]["tree"] = {"duals": [0.0] * 4}
        left["bound"] = 0.0
        verdict = verify(problem, replace(claim, certificate=left))
        assert any("some place covers" in fault for fault in verdict.faults), columns[k]
    whole = {**certificate, "bound": 0.0, "data": {**certificate["data"], "tree": {"duals": [0.0] * 4}}}
    assert verify(problem, replace(claim, certificate=whole)).is_confirmed


def test_distances_of_fixed_devices_are_next_distances_too() -> None:
    """A center's optimum may be how far somebody is from a fixed device: the proof must not jump over it."""
    problem = handful(0, "p_center", n=2, m=1, p=1, n_fixed=1)
    demand = replace(problem.demand, xy=np.array([[0.0, 0], [10, 0]]), weight=np.ones(2))
    fixed, sites = replace(problem.fixed, xy=np.array([[2.0, 0]])), replace(problem.candidates, xy=np.array([[9.0, 0]]))
    problem = replace(problem, demand=demand, fixed=fixed, candidates=sites)
    assert best_on_sites(problem)[0] == 2.0
    proof = {"radius_m": 1.5, "rows": [0, 1], "columns": None, "tree": {"duals": [5.0, 0.0]}}
    claim = claim_on(problem, [0], value=2.0)
    for bound, is_true in ((2.0, True), (9.0, False)):
        certificate = {"kind": "cover", "bound": bound, "data": proof}
        assert verify(problem, replace(claim, bound=bound, certificate=certificate)).is_confirmed is is_true


def test_whole_weights_round_the_bound_down_and_others_do_not() -> None:
    """With weights 1, 1, 1 half a point more is no point; with weights of a half it is one."""
    for unit in (1.0, 0.5):
        problem = handful(0, "max_cover", n=3, m=3, p=1, radius_m=1.1)
        xy = np.array([[0.0, 0], [1, 0], [0.5, 0.9]])
        demand = replace(problem.demand, xy=xy, weight=np.full(3, unit))
        spots = np.array([[0.5, -0.5], [1.1, 0.7], [-0.1, 0.7]])
        problem = replace(problem, demand=demand, candidates=replace(problem.candidates, xy=spots))
        proof = {"radius_m": 1.1, "rows": [0, 1, 2], "columns": None, "tree": {"duals": [0.5 * unit] * 3}}
        claim = claim_on(problem, [0], value=2 * unit, certificate={"kind": "cover", "bound": 9.0, "data": proof})
        assert verify(problem, claim).bound == pytest.approx(2.0 if unit == 1.0 else 1.25)
