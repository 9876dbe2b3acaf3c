"""Optima by trying everything, and certificates by linear programs over all columns: for problems of a handful of points.

Nothing here knows the solvers or the verifier. Every maker branches until its proof is tight, so the bound is the optimum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import linprog

from placement.core import Demand, Domain, Frame, Problem, Sites
from placement.core.claim import Claim
from placement.core.protocols import Objective
from placement.core.types import FloatArray
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES

SAFE = 1e-9
"""By how much a bound is lowered for rounding, as a solver would."""


def objective_of(kind: str, radius_m: float = 6.0, **more: Any) -> Objective:
    """Return an objective; the covers with this radius."""
    return OBJECTIVES[kind](**({"radius_m": radius_m} if kind.endswith("cover") else {}), **more)


def handful(seed: int, kind: str, *, n: int = 6, m: int | None = None, p: int = 2, n_fixed: int = 0, **more: Any) -> Problem:
    """Return n weighted points on a 20 x 12 m field, m candidate sites (None: anywhere), and fixed devices."""
    rng = np.random.default_rng(seed)

    def sites(prefix: str, count: int) -> Sites:
        return Sites(tuple(f"{prefix}{j + 1}" for j in range(count)), rng.random((count, 2)) * [20, 12])

    return Problem(
        demand=Demand(tuple(f"a{i}" for i in range(n)), rng.random((n, 2)) * [20, 12], rng.integers(1, 5, n).astype(float)),
        candidates=None if m is None else sites("C", m),
        fixed=sites("AP", n_fixed),
        domain=Domain("plane"),
        objective=objective_of(kind, **more),
        distance=DISTANCES["euclidean"](),
        n_new=p,
        radii_m=(),
        frame=Frame(),
    )


def best_on_sites(problem: Problem) -> tuple[float, tuple[int, ...]]:
    """Return the optimum on candidate sites and one plan that reaches it, by trying all."""
    sites = problem.candidates or Sites.none()
    counts = range(sites.m + 1) if problem.objective.kind == "set_cover" else [problem.n_new]
    sign = 1 if problem.objective.sense == "min" else -1
    plans = [chosen for count in counts for chosen in combinations(range(sites.m), count)]
    return min(((value, plan) for plan in plans if (value := value_on(problem, plan)) is not None), key=lambda one: sign * one[0])


def value_on(problem: Problem, chosen: Sequence[int]) -> float | None:
    """Return the value of a plan on sites; None when a set cover covers too little."""
    distance = np.hstack([straight(problem, problem.fixed.xy), straight(problem, problem.candidates.xy[list(chosen)])])
    return worth(problem, distance, len(chosen))


def worth(problem: Problem, distance: FloatArray, n_new: int) -> float | None:
    """Return the value for a distance matrix to all devices."""
    objective, weight = problem.objective, problem.demand.weight
    k = objective.n_serving
    reached = np.sort(distance, axis=1)[:, k - 1] if distance.shape[1] >= k else np.full(len(weight), np.inf)
    if objective.kind == "set_cover" and weight[reached <= objective.radius_m].sum() < objective.share * weight.sum() - 1e-9:
        return None
    return float(objective.value(weight, reached, n_new))


def straight(problem: Problem, xy: FloatArray) -> FloatArray:
    """Return distances from demand to places."""
    return np.linalg.norm(problem.demand.xy[:, None] - xy[None], axis=2)


def claim_on(problem: Problem, chosen: Sequence[int], **parts: Any) -> Claim:
    """Return what is said of a plan on candidate sites."""
    sites = problem.candidates or Sites.none()
    ids = (*problem.fixed.ids, *(sites.ids[j] for j in chosen))
    status = ("fixed",) * problem.fixed.m + ("candidate",) * len(chosen)
    return Claim(Sites(ids, np.vstack([problem.fixed.xy, sites.xy[list(chosen)]])), status, **parts)


def claim_at(problem: Problem, xy: FloatArray, **parts: Any) -> Claim:
    """Return what is said of a plan with new devices anywhere."""
    ids = (*problem.fixed.ids, *(f"D{j + 1}" for j in range(len(xy))))
    status = ("fixed",) * problem.fixed.m + ("new",) * len(xy)
    return Claim(Sites(ids, np.vstack([problem.fixed.xy, np.reshape(xy, (-1, 2))])), status, **parts)


def document(kind: str, bound: float, data: dict[str, Any]) -> dict[str, Any]:
    """Return a certificate as it stands in a file."""
    return {"kind": kind, "bound": bound, "data": data}


# Sums on sites: the linear relaxation, branched on sites until whole.


def prove_sum_on_sites(problem: Problem, forced: Sequence[int] = ()) -> dict[str, Any]:
    """Return a certificate of kind "multipliers" that proves the optimum, branched on the `forced` sites and on."""
    cost = problem.objective.cost(problem.demand.weight, straight(problem, problem.candidates.xy))
    fixed = straight(problem, problem.fixed.xy)
    fixed = problem.objective.cost(problem.demand.weight, fixed).min(axis=1) if problem.fixed.m else None
    n, m = cost.shape

    def grow(opened: list[int], closed: list[int]) -> tuple[dict[str, Any], float]:
        lp = sum_relaxation(cost, fixed, problem.n_new, opened, closed)
        leaf = {"multipliers": (np.zeros(n) if lp is None else lp.eqlin.marginals[:n]).tolist()}
        x = np.zeros(m) if lp is None else lp.x[:m]
        asked = [j for j in forced if j not in (*opened, *closed)]
        loose = asked[0] if asked else int(np.abs(x - 0.5).argmin())
        if lp is None or not (asked or 1e-7 < x[loose] < 1 - 1e-7):
            return leaf, np.inf if lp is None else lp.fun
        one, low = grow([*opened, loose], closed)
        other, also = grow(opened, [*closed, loose])
        return {"site": loose, "open": one, "closed": other}, min(low, also)

    tree, bound = grow([], [])
    return document("multipliers", bound * (1 - SAFE), {"tree": tree})


def sum_relaxation(cost: FloatArray, fixed: FloatArray | None, p: int, opened: list[int], closed: list[int]) -> Any:
    """Solve the p-median relaxation; the first n duals are the multipliers. None when nothing is feasible."""
    n, m = cost.shape
    extra = 0 if fixed is None else n
    objective = np.r_[np.zeros(m), cost.ravel(), fixed if fixed is not None else []]
    serve = np.zeros((n + 1, m + n * m + extra))
    link = np.zeros((n * m, m + n * m + extra))
    for i in range(n):
        serve[i, m + i * m : m + (i + 1) * m] = 1
        serve[i, m + n * m + i : m + n * m + i + bool(extra)] = 1
        for j in range(m):
            link[i * m + j, [j, m + i * m + j]] = -1, 1
    serve[n, :m] = 1
    limits = [(float(j in opened), float(j not in closed)) for j in range(m)] + [(0, None)] * (n * m + extra)
    lp = linprog(objective, link, np.zeros(n * m), serve, np.r_[np.ones(n), p], limits, method="highs")
    return lp if lp.status == 0 else None


# Sums in the plane: all sets of points are columns, priced exactly.


def set_cost(problem: Problem, group: Sequence[int]) -> tuple[float, FloatArray]:
    """Return what serving a set of points from its best place costs, and the place."""
    xy, w = problem.demand.xy[list(group)], problem.demand.weight[list(group)]
    mean = np.average(xy, axis=0, weights=w)
    if problem.objective.kind == "k_means":
        return float(w @ ((xy - mean) ** 2).sum(axis=1)), mean

    def f(x: FloatArray) -> float:
        return float(w @ np.linalg.norm(xy - x, axis=1))

    place = mean
    for _ in range(2000):  # Weiszfeld's steps; a demand point may be better still
        pull = w / np.maximum(np.linalg.norm(xy - place, axis=1), 1e-15)
        place, before = pull @ xy / pull.sum(), place
        if np.abs(place - before).max() < 1e-13:
            break
    place = min([place, *xy], key=f)
    return f(place), place


def sets_of(n: int) -> list[tuple[int, ...]]:
    """Return all nonempty sets of n points."""
    return [group for size in range(1, n + 1) for group in combinations(range(n), size)]


def fixed_cost(problem: Problem) -> FloatArray:
    """Return what each point pays at its best fixed device; infinite without one."""
    cost = problem.objective.cost(problem.demand.weight, straight(problem, problem.fixed.xy))
    return cost.min(axis=1, initial=np.inf)


def best_in_plane(problem: Problem) -> tuple[float, FloatArray]:
    """Return the optimum of a sum anywhere, and the places of the new devices, over all partitions."""
    n, cost, standing = problem.demand.n, {}, fixed_cost(problem)
    best: dict[int, tuple[float, tuple[FloatArray, ...]]] = {0: (0.0, ())}
    for group in sets_of(n):
        mask = sum(1 << i for i in group)
        cost[mask] = set_cost(problem, group)
        best[mask] = (float(standing[list(group)].sum()), ())
    for _ in range(problem.n_new):
        step = dict(best)
        for done, (value, places) in best.items():
            for mask, (more, place) in cost.items():
                if not mask & done and value + more < step.get(mask | done, (np.inf,))[0]:
                    step[mask | done] = (value + more, (*places, place))
        best = step
    value, places = best[(1 << n) - 1]
    return value, np.array(places)


def prove_sum_in_plane(problem: Problem, forced: Sequence[tuple[int, int]] = ()) -> dict[str, Any]:
    """Return a certificate of kind "planar_multipliers" that proves the optimum, branched on the `forced` pairs and on."""
    n, groups = problem.demand.n, sets_of(problem.demand.n)
    cost = {group: set_cost(problem, group)[0] for group in groups}
    standing = fixed_cost(problem)
    served = np.eye(n)[:, np.isfinite(standing)]

    def grow(kept: list[tuple[int, ...]], forced: Sequence[tuple[int, int]]) -> tuple[dict[str, Any], float]:
        serve = np.array([[float(i in group) for group in kept] for i in range(n)])
        price = np.r_[[cost[g] for g in kept], standing[np.isfinite(standing)]]
        count = np.r_[np.ones(len(kept)), np.zeros(served.shape[1])][None]
        lp = linprog(price, count, [problem.n_new], np.hstack([serve, served]), np.ones(n), (0, None), method="highs")
        if lp.status:
            return {"multipliers": [0.0] * n}, np.inf
        together = serve @ np.diag(lp.x[: len(kept)]) @ serve.T
        i, k = np.unravel_index(np.abs(together - 0.5).argmin(), (n, n))
        i, k = forced[0] if forced else (i, k)
        if not forced and not 1e-7 < together[i, k] < 1 - 1e-7:
            return {"multipliers": lp.eqlin.marginals.tolist()}, lp.fun
        one, low = grow([g for g in kept if (i in g) == (k in g)], forced[1:])
        other, also = grow([g for g in kept if not (i in g and k in g)], forced[1:])
        return {"pair": [int(i), int(k)], "together": one, "apart": other}, min(low, also)

    tree, bound = grow(groups, forced)
    return document("planar_multipliers", bound * (1 - SAFE), {"tree": tree})


# Covers: columns are sites, or what discs anywhere can hold.


def disc_sets(xy: FloatArray, reach: FloatArray) -> list[tuple[int, ...]]:
    """Return the inclusion-maximal sets of points that one device can have within reach."""
    reach = reach * (1 + 1e-9)
    places = [*xy]
    for i, k in combinations(range(len(xy)), 2):
        d = np.hypot(*(xy[k] - xy[i]))
        if d and abs(reach[i] - reach[k]) <= d <= reach[i] + reach[k]:
            along = (d * d + reach[i] ** 2 - reach[k] ** 2) / (2 * d)
            across = max(reach[i] ** 2 - along**2, 0) ** 0.5
            ahead = (xy[k] - xy[i]) / d
            places += [xy[i] + along * ahead + sign * across * np.array([-ahead[1], ahead[0]]) for sign in (1, -1)]
    found = {tuple(np.flatnonzero(np.hypot(*(xy - place).T) <= reach * (1 + 1e-12)).tolist()) for place in places}
    return sorted(one for one in found if not any(set(one) < set(other) for other in found))


def cover_matrix(problem: Problem, radius: float) -> tuple[FloatArray, list[tuple[int, ...]] | None]:
    """Return what covers whom, shape (n, K), and the sets when devices may stand anywhere."""
    factor = problem.demand.weight if getattr(problem.objective, "is_weighted", False) else np.ones(problem.demand.n)
    if problem.candidates is not None:
        return (straight(problem, problem.candidates.xy) * factor[:, None] <= radius * (1 + 1e-9)).astype(float), None
    columns = disc_sets(problem.demand.xy, radius / factor)
    return np.array([[float(i in column) for column in columns] for i in range(problem.demand.n)]), columns


def prove_cover(problem: Problem, radius: float | None = None, forced: Sequence[int] = ()) -> dict[str, Any]:
    """Return a certificate of kind "cover": the optimum for covers; for p_center that `radius` does not suffice.

    It is branched on the `forced` columns and on, until the proof is tight.
    """
    objective, n = problem.objective, problem.demand.n
    radius = objective.radius_m if radius is None else radius
    covers, columns = cover_matrix(problem, radius)
    fixed = straight(problem, problem.fixed.xy)
    fixed = fixed * (problem.demand.weight[:, None] if getattr(objective, "is_weighted", False) else 1)
    served = (fixed <= radius * (1 + 1e-9)).sum(axis=1) >= objective.n_serving
    is_max = objective.kind == "max_cover"

    def grow(opened: list[int], closed: list[int]) -> tuple[dict[str, Any], float]:
        done = served | (covers[:, opened].sum(axis=1) > 0)
        leaf, bound, x = cover_relaxation(problem, covers, done, opened, closed)
        asked = [k for k in forced if k not in (*opened, *closed)]
        loose = asked[0] if asked else int(np.abs(x - 0.5).argmin()) if len(x) else 0
        is_refuted = objective.kind == "p_center" and bound > problem.n_new + 1e-5
        if is_refuted or not len(x) or not (asked or 1e-7 < x[loose] < 1 - 1e-7):
            return leaf, bound
        one, low = grow([*opened, loose], closed)
        other, also = grow(opened, [*closed, loose])
        return {"column": loose, "open": one, "closed": other}, (max if is_max else min)(low, also)

    tree, bound = grow([], [])
    if objective.kind == "p_center":
        assert bound > problem.n_new + 1e-5, "the radius suffices: nothing to prove"
        factor = problem.demand.weight[:, None] if getattr(objective, "is_weighted", False) else 1
        every = None if columns is not None else np.hstack([fixed, factor * straight(problem, problem.candidates.xy)])
        bound = radius if every is None else min(d for d in every.ravel() if d > radius * (1 + 1e-9))
    bound = float(np.ceil(bound - 1e-6)) if objective.kind == "set_cover" else bound * (1 + SAFE if is_max else 1)
    data = {"radius_m": radius, "rows": list(range(n)), "columns": None if columns is None else [list(c) for c in columns]}
    return document("cover", bound, {**data, "tree": tree})


def cover_relaxation(
    problem: Problem, covers: FloatArray, done: FloatArray, opened: list[int], closed: list[int]
) -> tuple[dict[str, Any], float, FloatArray]:
    """Solve the relaxation at a node: the leaf, its bound, the columns' shares."""
    objective, w = problem.objective, problem.demand.weight
    n, count = covers.shape
    limits = [(0.0, float(j not in closed and j not in opened)) for j in range(count)]
    left, share = ~done, getattr(objective, "share", 1.0)
    if objective.kind == "max_cover":
        a = np.vstack([np.hstack([-covers, np.eye(n)]), np.r_[np.ones(count), np.zeros(n)]])
        b = np.r_[np.zeros(n), problem.n_new - len(opened)]
        lp = linprog(np.r_[np.zeros(count), -w * left], a, b, bounds=[*limits, *[(0, 1)] * n], method="highs")
        if lp.status:
            return {"duals": [0.0] * n}, -np.inf, np.zeros(0)
        return {"duals": np.clip(-lp.ineqlin.marginals[:n], 0, w).tolist()}, w[done].sum() - lp.fun, lp.x[:count]
    free = [(low, None if high else 0.0) for low, high in limits]
    if share < 1:
        a = np.vstack([np.hstack([-covers, np.eye(n)]), np.r_[np.zeros(count), -w * left]])
        b = np.r_[np.zeros(n), -(share * w.sum() - w[done].sum())]
        lp = linprog(np.r_[np.ones(count), np.zeros(n)], a, b, bounds=[*free, *[(0, 1)] * n], method="highs")
        if lp.status:
            lonely = left & (np.delete(covers, closed, axis=1).sum(axis=1) == 0)
            return {"duals": (w * lonely).tolist()}, np.inf, np.zeros(0)
        duals = np.maximum(-lp.ineqlin.marginals, 0)
        return {"duals": (duals[:n] / max(duals[n], 1e-12)).tolist()}, len(opened) + lp.fun, lp.x[:count]
    lonely = left & (np.delete(covers, closed, axis=1).sum(axis=1) == 0)
    if lonely.any():
        return {"duals": (1e6 * lonely).tolist()}, np.inf, np.zeros(0)
    lp = linprog(np.ones(count), -covers[left], -np.ones(left.sum()), bounds=free, method="highs")
    duals = np.zeros(n)
    duals[left] = np.maximum(-lp.ineqlin.marginals, 0)
    return {"duals": duals.tolist()}, len(opened) + lp.fun, lp.x


def best_cover_in_plane(problem: Problem) -> float:
    """Return the optimum of a covering objective anywhere, by trying all sets of discs."""
    objective, w = problem.objective, problem.demand.weight
    sets = disc_sets(problem.demand.xy, np.full(problem.demand.n, objective.radius_m))
    served = (straight(problem, problem.fixed.xy) <= objective.radius_m).any(axis=1)

    def weight_of(chosen: Sequence[tuple[int, ...]]) -> float:
        return float(w[served | np.isin(np.arange(len(w)), [i for one in chosen for i in one])].sum())

    if objective.kind == "max_cover":
        return max(weight_of(chosen) for chosen in combinations(sets, min(problem.n_new, len(sets))))
    needed = objective.share * w.sum() - 1e-9
    return next(float(count) for count in range(len(sets) + 1) if any(weight_of(c) >= needed for c in combinations(sets, count)))


def radii_in_plane(problem: Problem) -> float:
    """Return the optimum of p_center anywhere: the smallest of all circles through pairs and triples that suffices."""
    low, high = 0.0, 1e3
    for _ in range(60):
        middle = (low + high) / 2
        covers, _columns = cover_matrix(problem, middle)
        served = (straight(problem, problem.fixed.xy) <= middle).any(axis=1)
        chosen = combinations(range(covers.shape[1]), min(problem.n_new, covers.shape[1]))
        is_enough = any((served | (covers[:, list(c)].sum(axis=1) > 0)).all() for c in chosen)
        low, high = (low, middle) if is_enough else (middle, high)
    return high


def tampered(value: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the way to each part of a document, and the part."""
    stack: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while stack:
        way, part = stack.pop()
        yield way, part
        inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        stack.extend(((*way, key), one) for key, one in inside)


def changed(problem: Problem, **parts: Any) -> Problem:
    """Return a problem with other parts."""
    return replace(problem, **parts)


Maker = Callable[[Problem], dict[str, Any]]
