"""Every solver's plans and proofs pass the verifier, which knows no solver; and no bound is beyond the optimum."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placement import load_scenario, place, write
from placement.bounds.verify import verify
from placement.core import Problem, Sites
from placement.core.claim import Claim
from placement.core.problem import Effort, Search
from placement.objectives import OBJECTIVES
from placement.pipeline import verify as verify_files
from placement.solvers import ANYWHERE, ON_SITES, solve
from proofs import best_cover_in_plane, best_in_plane, best_on_sites, handful, radii_in_plane

CASES = [(kind, where) for kind in OBJECTIVES for where in ("anywhere", "sites")]


def solved_kind(kind: str, where: str) -> None:
    """Skip, with its reason in the summary, what nobody solves yet."""
    if kind not in (ANYWHERE if where == "anywhere" else ON_SITES):
        pytest.skip(f"no solver of {kind} is registered for devices {where}")


def check(problem: Problem, effort: Effort = "good") -> Any:
    """Solve and verify; return the verdict."""
    plan = solve(problem, Search(n_init=10, seed=1, effort=effort))
    verdict = verify(problem, Claim.of(plan))
    assert verdict.is_confirmed, (plan, verdict.faults)
    assert verdict.proof != "word", "small problems have proofs that can be recomputed"
    if plan.certificate is not None:
        json.dumps(dict(plan.certificate.data), allow_nan=False)
    return plan, verdict


def optimum_of(problem: Problem) -> float:
    """Return the optimum by trying everything."""
    kind = problem.objective.kind
    if problem.candidates is not None:
        return best_on_sites(problem)[0]
    if kind in ("k_means", "p_median"):
        return best_in_plane(problem)[0]
    return radii_in_plane(problem) if kind == "p_center" else best_cover_in_plane(problem)


def small(kind: str, where: str, seed: int, **more: Any) -> Problem:
    """Return a problem of seven points that has a solution."""
    m = 8 if where == "sites" else None
    return handful(seed, kind, n=7, m=m, p=7 if kind == "set_cover" else 2, radius_m=9.0, **more)


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("kind", "where"), CASES)
def test_bounds_are_confirmed_and_true(kind: str, where: str, seed: int) -> None:
    """On seven points the bound is no better than the optimum found by trying everything, and the value no better either."""
    solved_kind(kind, where)
    problem = small(kind, where, seed)
    optimum, sign = optimum_of(problem), 1 if problem.objective.sense == "min" else -1
    plan, _ = check(problem)
    assert sign * (plan.value - optimum) >= -1e-9 * abs(optimum)
    if plan.bound is not None:
        assert sign * (plan.bound - optimum) <= 1e-9 * abs(optimum)


@pytest.mark.parametrize("shape", ["fixed", "grid", "copies", "line", "one point", "far away"])
@pytest.mark.parametrize(("kind", "where"), CASES)
def test_odd_shapes(kind: str, where: str, shape: str) -> None:
    """Fixed devices, ties, copies, points on a line or all on one spot, coordinates of a country: the proof holds."""
    solved_kind(kind, where)
    problem = small(kind, where, 3, n_fixed=1 if shape == "fixed" else 0)
    xy, rng = problem.demand.xy, np.random.default_rng(0)
    places = {
        "grid": np.array([[5.0 * (i % 3), 5.0 * (i // 3)] for i in range(7)]),
        "copies": xy[rng.integers(0, 4, 7)],
        "line": xy * [1, 0],
        "one point": np.tile(xy[:1], (7, 1)),
        "far away": xy + np.array([500_000, 4_000_000]),
    }
    problem = replace(problem, demand=replace(problem.demand, xy=places.get(shape, xy)))
    if shape == "one point" and problem.candidates is None:
        problem = replace(problem, n_new=1)
    if problem.candidates is not None:
        spots = problem.demand.xy
        problem = replace(problem, candidates=Sites(tuple(f"C{j}" for j in range(len(spots))), spots))
    check(problem)


@pytest.mark.parametrize("effort", ["fast", "good"])
@pytest.mark.parametrize(("kind", "where"), CASES)
def test_sixty_points_at_every_effort(kind: str, where: str, effort: Effort) -> None:
    """More points than anybody tries out."""
    solved_kind(kind, where)
    check(handful(4, kind, n=60, m=40 if where == "sites" else None, p=40 if kind == "set_cover" else 4, radius_m=5.0), effort)


@pytest.mark.parametrize("where", ["anywhere", "sites"])
@pytest.mark.parametrize("kind", ["k_means", "p_median", "p_center"])
def test_from_scenario_to_confirmed_files(kind: str, where: str, tmp_path: Path) -> None:
    """A run written to disk is confirmed from its files."""
    solved_kind(kind, where)
    sites = ", candidates: [{x: 0, y: 1}, {x: 1, y: 0}, {x: 10, y: 0}, {x: 12, y: 2}]" if where == "sites" else ""
    text = f"""\
schema: 1
name: Five people
units: ft
demand: [{{x: 0, y: 0}}, {{x: 1, y: 0}}, {{x: 2, y: 0.7}}, {{x: 10, y: 0}}, {{x: 12, y: 0}}]
devices: {{budget: 2{sites}}}
objective: {kind}
report: []
"""
    (tmp_path / "five.yaml").write_text(text, encoding="utf-8")
    result = place(load_scenario(tmp_path / "five.yaml"))
    write(result, tmp_path / "reports" / "five")
    verified = verify_files(tmp_path / "reports" / "five")
    assert verified.verdict.is_confirmed, verified.verdict.faults
    assert (verified.verdict.proof == "none") == (result.plan.bound is None)
