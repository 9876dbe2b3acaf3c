"""Certificates made of random trees and numbers prove something, and never more than the optimum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from placement.bounds.verify import verify
from proofs import best_in_plane, best_on_sites, claim_at, claim_on, handful, sum_relaxation

Leaf = Callable[[], dict[str, Any]]


def random_tree(rng: np.random.Generator, words: tuple[str, str, str], count: int, leaf: Leaf) -> dict[str, Any]:
    """Return a tree of up to three questions, each asked once on a way."""
    subject, yes, no = words

    def grow(asked: list[Any]) -> dict[str, Any]:
        if len(asked) == 3 or rng.random() < 0.3:
            return leaf()
        size = 2 if subject == "pair" else 1
        chosen = sorted(rng.choice(count, size, replace=False).tolist())
        if chosen in asked:
            return leaf()
        return {subject: chosen if size > 1 else chosen[0], yes: grow([*asked, chosen]), no: grow([*asked, chosen])}

    return grow([])


def numbers(rng: np.random.Generator, near: Any) -> list[float]:
    """Return numbers around `near`: some much larger, some nothing."""
    spread = rng.choice([0.05, 0.3, 1.0])
    near = np.asarray(near, dtype=float)
    return (
        np.maximum(near * (1 + spread * rng.normal(size=len(near))), 0) * rng.choice([0, 1, 1, 1, 1, 1, 3], len(near))
    ).tolist()


KINDS: list[tuple[str, dict[str, Any]]] = [
    ("p_median", {}), ("k_means", {}), ("max_cover", {}), ("set_cover", {}), ("set_cover", {"share": 0.8}), ("p_center", {}),
    ("p_center", {"is_weighted": True}), ("max_cover", {"n_serving": 2}),
]  # fmt: skip


@pytest.mark.parametrize("n_fixed", [0, 2])
@pytest.mark.parametrize(("kind", "more"), KINDS)
def test_on_sites(kind: str, more: dict[str, Any], n_fixed: int) -> None:
    """With a weak claim the recomputed bound is seen, and held to the optimum."""
    rng, best = np.random.default_rng(11), -np.inf
    for seed in range(6):
        p = 8 if kind == "set_cover" else 3
        m = 4 if p == 3 and seed % 3 == 0 else 8  # of four sites, one closed leaves just enough
        problem = handful(seed, kind, n=8, m=m, p=p, n_fixed=n_fixed, radius_m=4.0 if kind == "max_cover" else 6.5, **more)
        try:
            optimum, plan = best_on_sites(problem)
        except ValueError:
            continue
        sign = 1 if problem.objective.sense == "min" else -1
        for _ in range(25):
            certificate = random_proof(problem, optimum, rng)
            weak = 1e-6 if sign > 0 else 1e9
            certificate["bound"] = weak
            verdict = verify(problem, claim_on(problem, plan, value=optimum, bound=weak, certificate=certificate))
            if verdict.bound is not None and optimum:
                assert sign * (verdict.bound - optimum) <= 3e-9 * abs(optimum), certificate
                best = max(best, 1 - sign * (optimum - verdict.bound) / optimum)
    assert best > (0.6 if "n_serving" not in more else -1.0), "no proof came near: the test asks nothing"


def random_proof(problem: Any, optimum: float, rng: np.random.Generator) -> dict[str, Any]:
    """Return a certificate of the kind that fits, around sensible numbers."""
    n, m, kind, w = problem.demand.n, problem.candidates.m, problem.objective.kind, problem.demand.weight
    if kind in ("p_median", "k_means"):
        cost = problem.objective.cost(w, np.linalg.norm(problem.demand.xy[:, None] - problem.candidates.xy[None], axis=2))
        duals = sum_relaxation(cost, None, problem.n_new, [], []).eqlin.marginals[:n]
        tree = random_tree(rng, ("site", "open", "closed"), m, lambda: {"multipliers": numbers(rng, duals)})
        return {"kind": "multipliers", "data": {"tree": tree}}
    radius = optimum * rng.uniform(0.5, 1.2) if kind == "p_center" else problem.objective.radius_m
    scale = w if kind == "max_cover" else np.full(n, 0.6)

    def leaf() -> dict[str, Any]:
        return {"duals": numbers(rng, scale * w / w.mean() if rng.random() < 0.5 else scale)}

    tree = random_tree(rng, ("column", "open", "closed"), m, leaf)
    return {"kind": "cover", "data": {"radius_m": radius, "rows": list(range(n)), "columns": None, "tree": tree}}


@pytest.mark.parametrize("kind", ["k_means", "p_median"])
def test_in_the_plane(kind: str) -> None:
    """Multipliers around those of a relaxation never prove a millionth more than the optimum."""
    rng, proven = np.random.default_rng(5), 0
    for seed in range(4):
        problem = handful(seed, kind, n=6, p=2)
        optimum, places = best_in_plane(problem)
        cost = problem.objective.cost(
            problem.demand.weight, np.linalg.norm(problem.demand.xy[:, None] - np.vstack([places, problem.demand.xy]), axis=2)
        )
        duals = sum_relaxation(cost, None, 2, [], []).eqlin.marginals[:6]
        for _ in range(12):
            tree = random_tree(rng, ("pair", "together", "apart"), 6, lambda: {"multipliers": numbers(rng, duals)})  # noqa: B023 - at once
            for bound in (optimum * (1 + 1e-6), optimum * 0.2):
                certificate = {"kind": "planar_multipliers", "bound": bound, "data": {"tree": tree}}
                verdict = verify(problem, claim_at(problem, places, value=optimum, bound=bound, certificate=certificate))
                assert verdict.bound is None or verdict.bound <= optimum * (1 + 3e-9)
                proven += verdict.is_confirmed
    assert proven
