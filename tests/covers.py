"""What tests of covering problems share: made-up problems, brute force, and a plain check of certificates of the kind "cover"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import floor, inf
from typing import Any

import numpy as np

from placement.core import Demand, Plan, Problem, Sites
from placement.core.protocols import Objective
from placement.core.types import FloatArray
from placement.objectives import OBJECTIVES
from problems import make_problem, make_sites


@dataclass(frozen=True)
class TableDistance:
    """Distances from a table: row by the name of the point, column by the name of the site."""

    table: Mapping[tuple[str, str], float]
    kind: str = "table"
    meaning: str = "given distance"
    is_straight: bool = False

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Look them up; infinite where the table says nothing."""
        rows = [[self.table.get((point, site), inf) for site in sites.ids] for point in demand.ids]
        return np.array(rows, dtype=float).reshape(demand.n, sites.m)


def with_objective(problem: Problem, kind: str, **parts: object) -> Problem:
    """Return the problem with another objective."""
    return replace(problem, objective=OBJECTIVES[kind](**parts))


def small_problem(rng: np.random.Generator, kind: str) -> Problem:
    """Return up to 10 points, 7 sites and 2 fixed devices on a coarse grid, where many distances are equal."""
    n, m, n_fixed = int(rng.integers(1, 11)), int(rng.integers(1, 8)), int(rng.integers(0, 3))
    problem = make_problem(
        rng.integers(0, 12, (n, 2)).astype(float),
        int(rng.integers(1, m + 1)),
        weight=rng.integers(1, 5, n).tolist(),
        fixed=rng.integers(0, 12, (n_fixed, 2)).tolist(),
        candidates=rng.integers(0, 12, (m, 2)).tolist(),
    )
    if kind == "p_center":
        return with_objective(problem, kind, is_weighted=bool(rng.integers(2)))
    radius, n_serving = float(rng.integers(2, 7)), int(rng.integers(1, 3))
    if kind == "max_cover":
        return with_objective(problem, kind, radius_m=radius, n_serving=n_serving)
    return with_objective(problem, kind, radius_m=radius, n_serving=n_serving, share=float(rng.choice([1.0, 0.7])))


def distances(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Return the matrices to candidates and to fixed devices."""
    candidates = problem.candidates or Sites.none()
    return problem.distance.matrix(problem.demand, candidates), problem.distance.matrix(problem.demand, problem.fixed)


def best_by_force(problem: Problem) -> float | None:
    """Return the best value of all plans, None when there is none."""
    own, fixed = distances(problem)
    objective, weight, m = problem.objective, problem.demand.weight, own.shape[1]
    is_counted = objective.kind == "set_cover"
    best: float | None = None
    for count in range(problem.n_new + 1) if is_counted else [min(problem.n_new, m)]:
        for chosen in combinations(range(m), count):
            reached = np.sort(np.hstack([own[:, list(chosen)], fixed, np.full((len(own), 2), inf)]), axis=1)
            service = reached[:, objective.n_serving - 1]
            if is_counted and weight[service <= objective.radius_m].sum() < objective.share * weight.sum() - 1e-9:  # type: ignore[attr-defined]
                continue
            value = objective.value(weight, service, count)
            if best is None or (value > best if objective.sense == "max" else value < best):
                best = value
        if is_counted and best is not None:
            break
    return best if best is None or np.isfinite(best) else None


def grid_problem(side: int, n_new: int, objective: Objective) -> Problem:
    """Return side x side points one metre apart that are sites too."""
    xy = [[float(i), float(j)] for i in range(side) for j in range(side)]
    return replace(make_problem(xy, n_new, candidates=xy), objective=objective)


def leaves(node: Mapping[str, Any], opened: tuple[int, ...] = (), closed: tuple[int, ...] = ()) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (leaf, opened, closed) of a certificate's tree."""
    if "column" in node:
        yield from leaves(node["open"], (*opened, node["column"]), closed)
        yield from leaves(node["closed"], opened, (*closed, node["column"]))
    else:
        yield node, opened, closed


def devices_by(covers: Any, duals: Any, opened: Any, closed: Any) -> float:
    """Return what a leaf proves about the number of devices, as a prover reckons it."""
    duals = np.asarray(duals, dtype=float)
    assert (duals >= 0).all()
    left = ~covers[:, list(opened)].any(axis=1)
    usable = [j for j in range(covers.shape[1]) if j not in closed]
    worth = [float(duals[left & covers[:, j]].sum()) for j in usable]
    return float(len(opened) + duals[left].sum() / max([1.0, *worth]))


def weight_by(covers: Any, weight: Any, duals: Any, choice: tuple[Any, Any, int]) -> float:
    """Return what a leaf proves about the weight covered, as a prover reckons it."""
    opened, closed, p = choice
    duals = np.asarray(duals, dtype=float)
    assert (duals >= 0).all()
    assert (duals <= weight).all()
    left = ~covers[:, list(opened)].any(axis=1)
    usable = [j for j in range(covers.shape[1]) if j not in closed and j not in opened]
    worth = sorted((float(duals[left & covers[:, j]].sum()) for j in usable), reverse=True)
    return float(weight[~left].sum() + (weight - duals)[left].sum() + sum(worth[: p - len(opened)]))


def left_over(covers: Any, duals: Any, needs: Any, most: Any, leaf: tuple[Any, Any]) -> FloatArray:
    """Return what 0, 1, 2, ... columns beside open ones leave uncovered at least, by the formula in `docs/certificates.md`."""
    opened, closed = (list(side) for side in leaf)
    duals = np.minimum(np.where(np.asarray(needs) > 0, np.asarray(duals, dtype=float), 0.0), most)
    assert (duals >= 0).all()
    worth = np.array([duals[covers[:, j]].sum() for j in range(covers.shape[1])])
    rest = [worth[j] for j in range(covers.shape[1]) if j not in opened and j not in closed]
    base = sum(min(float(a), float(b)) for a, b in zip(duals * needs, most, strict=True)) - worth[opened].sum()
    return base - np.concatenate([[0.0], np.cumsum(sorted(rest, reverse=True))])


def proven_by(problem: Problem, covers: Any, proof: tuple[Any, Any, Any]) -> float:
    """Return the bound of a cover: a weight, a number of devices, or for p_center whether the devices are too few (1 or 0)."""
    weight, needs, parts = proof
    objective, total = problem.objective, float(problem.demand.weight.sum())
    share = getattr(objective, "share", 1.0)
    most = weight if objective.kind == "max_cover" or share < 1 else np.full(len(weight), inf)
    found = []
    for duals, opened, closed in parts:
        levels = left_over(covers, duals, needs, most, (opened, closed))
        more = problem.n_new - len(opened)
        if objective.kind == "set_cover":
            spared = (1 - share) * total if share < 1 else 0.0
            found.append(float(len(opened) + (levels > spared + 1e-9 * total).sum()))
        elif objective.kind == "max_cover":
            found.append(total - levels[min(more, len(levels) - 1)] if more >= 0 else -inf)
        else:
            found.append(float(more < 0 or levels[min(more, len(levels) - 1)] > 1e-9))
    if objective.kind != "max_cover":
        return min(found)
    is_whole = bool((problem.demand.weight % 1 == 0).all())
    return float(floor(max(found) + 1e-6)) if is_whole else max(found)


def proven_bound(problem: Problem, plan: Plan) -> float:
    """Recompute the bound of a plan on candidate sites from its certificate of the kind "cover"."""
    assert plan.certificate is not None
    assert plan.certificate.kind == "cover"
    data, objective = plan.certificate.data, problem.objective
    own, fixed = distances(problem)
    scale = problem.demand.weight[:, None] if getattr(objective, "is_weighted", False) else np.ones((len(own), 1))
    own, fixed = own * scale, fixed * scale
    radius, rows = data["radius_m"] * (1 + 1e-9), np.array(data["rows"], dtype=int)
    needs = np.maximum(objective.n_serving - (fixed <= radius).sum(axis=1), 0)[rows]
    parts = [(leaf["duals"], opened, closed) for leaf, opened, closed in leaves(data["tree"])]
    bound = proven_by(problem, own[rows] <= radius, (problem.demand.weight[rows], needs, parts))
    if objective.kind != "p_center":
        return bound
    assert bound, "no leaf may be coverable by p devices"
    levels = np.concatenate([own.ravel(), fixed.ravel()])
    return float(levels[levels > data["radius_m"]].min())


__all__ = ["TableDistance", "best_by_force", "grid_problem", "make_sites", "proven_bound", "small_problem", "with_objective"]
