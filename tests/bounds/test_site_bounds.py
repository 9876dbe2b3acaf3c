"""Bounds on choosing candidate sites: against a plain twin, against all choices, and their certificates read from the outside."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement import kernels
from placement.bounds.site_costs import list_length, site_costs
from placement.bounds.site_multipliers import nothing, prove, sites_in_play
from placement.bounds.site_tree import SiteTree
from problems import TableDistance, make_problem, random_problem


def lists_of(cost: np.ndarray, standing: np.ndarray | None = None) -> kernels.SiteLists:
    """Return full lists of a cost matrix (n, m)."""
    n, m = cost.shape
    order = np.argsort(cost, axis=1, kind="stable").astype(np.int32)
    fallback = np.full(n, 2 * cost.max() + 1) if standing is None else standing
    is_listed = np.take_along_axis(cost, order, axis=1) < fallback[:, None]
    row = np.concatenate([[0], np.cumsum(is_listed.sum(axis=1))])
    return kernels.SiteLists(row, order[is_listed], np.take_along_axis(cost, order, axis=1)[is_listed], m, fallback, fallback)


def lagrangian_twin(cost: np.ndarray, status: np.ndarray, p: int, u: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the bound as in the textbook, from the whole matrix."""
    reduced = np.minimum(0.0, cost - u[:, None]).sum(axis=0)
    is_open, is_free = status == 1, status == 0
    q = p - is_open.sum()
    if q < 0 or q > is_free.sum():
        return np.inf, reduced
    return u.sum() + reduced[is_open].sum() + np.sort(reduced[is_free])[:q].sum(), reduced


def optimum(cost: np.ndarray, p: int, standing: np.ndarray | float = np.inf) -> float:
    """Return the least cost of all choices."""
    return min(np.minimum(cost[:, list(s)].min(axis=1), standing).sum() for s in combinations(range(cost.shape[1]), p))


@pytest.mark.parametrize("seed", range(10))
def test_the_bound_is_that_of_the_textbook(seed: int) -> None:
    """Lists and matrix give the same bound and the same reduced costs, whatever is forced."""
    rng = np.random.default_rng(seed)
    cost = rng.random((12, 7)).round(1 if seed % 2 else 9)
    status = rng.integers(0, 3, 7).astype(np.int8) if seed > 3 else np.zeros(7, np.int8)
    u = rng.random(12) * 1.2
    found = lists_of(cost).evaluate(status, 3, u)
    bound, reduced = lagrangian_twin(cost, status, 3, u)
    assert found.bound == pytest.approx(bound, abs=1e-12)
    np.testing.assert_allclose(found.reduced, reduced, atol=1e-12)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 9), st.integers(1, 7), st.data())
def test_no_bound_exceeds_the_best_of_all_choices(seed: int, n: int, m: int, data: st.DataObject) -> None:
    """Whatever the multipliers and the standing devices, a proof stays below the least cost."""
    rng = np.random.default_rng(seed)
    p = data.draw(st.integers(1, m))
    cost = rng.integers(0, data.draw(st.sampled_from([2, 10, 1000])), (n, m)).astype(float)
    standing = rng.integers(1, 1000, n).astype(float) if data.draw(st.booleans()) else None
    lists = lists_of(cost, standing)
    best = optimum(cost, p, np.inf if standing is None else standing)
    status = np.zeros(m, np.int8)
    assert prove(lists, status, p, rng.normal(size=n) * 500).bound <= best
    ascent = kernels.SiteAscent(lists, status, p, rng.random(n) * 100)
    ascent.climb(200, best, np.inf)
    assert prove(lists, status, p, ascent.multipliers).bound <= best
    assert ascent.bound <= best + 1e-9 * (1 + best)


@pytest.mark.parametrize("seed", range(5))
def test_the_ascent_reaches_the_linear_relaxation(seed: int) -> None:
    """The Lagrangian dual has the value of the linear relaxation; the ascent comes within a tenth of a percent."""
    from scipy.optimize import linprog

    rng = np.random.default_rng(seed)
    n, m, p = 20, 12, 3
    cost = np.hypot(*(rng.random((2, n, 1)) - rng.random((2, 1, m))))
    # Variables x_ij, then y_j: every point served once, only from open sites, p of them open.
    served = np.hstack([np.kron(np.eye(n), np.ones(m)), np.zeros((n, m))])
    opened = np.concatenate([np.zeros(n * m), np.ones(m)])[None, :]
    linked = np.hstack([np.eye(n * m), -np.tile(np.eye(m), (n, 1))])
    relaxed = linprog(
        np.concatenate([cost.ravel(), np.zeros(m)]),
        A_ub=linked,
        b_ub=np.zeros(n * m),
        A_eq=np.vstack([served, opened]),
        b_eq=np.concatenate([np.ones(n), [p]]),
        bounds=(0, 1),
    ).fun
    ascent = kernels.SiteAscent(lists_of(cost), np.zeros(m, np.int8), p, cost.min(axis=1))
    ascent.climb(3000, optimum(cost, p), np.inf)
    assert relaxed * 0.999 <= ascent.bound <= relaxed * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_a_tree_proves_the_optimum(seed: int) -> None:
    """Branching until every leaf is above the best plan leaves no gap; each leaf counts for its own case."""
    rng = np.random.default_rng(seed)
    cost = rng.random((9, 9))
    p, best, lists = 3, optimum(cost, 3), lists_of(cost)
    root = prove(lists, np.zeros(9, np.int8), p, np.zeros(9))
    tree = SiteTree(lists, np.ones(9, dtype=bool), p, root, np.full(9, p / 9))
    while tree.bound < best * (1 - 1e-7) and not tree.is_grown:
        tree.grow(best, best * (1 - 5e-8), lambda _: best)
    assert best * (1 - 1e-6) <= tree.bound <= best
    assert _least_leaf(tree.node(), cost, p, np.zeros(9, np.int8)) == pytest.approx(tree.bound, rel=1e-7)
    assert len(list(tree.node().leaves())) == tree.n_leaves


def _least_leaf(node, cost: np.ndarray, p: int, status: np.ndarray) -> float:
    if node.cases is None:
        return lagrangian_twin(cost, status, p, node.proof.multipliers)[0]
    values = []
    for decision, case in zip((1, 2), node.cases, strict=True):
        forced = status.copy()
        forced[node.site] = decision
        values.append(_least_leaf(case, cost, p, forced))
    return min(values)


@pytest.mark.parametrize("seed", range(5))
def test_a_better_plan_opens_only_sites_in_play(seed: int) -> None:
    """The best choice survives the test of reduced costs."""
    rng = np.random.default_rng(seed)
    cost = rng.random((10, 9))
    lists = lists_of(cost)
    best = min(combinations(range(9), 3), key=lambda s: cost[:, list(s)].min(axis=1).sum())
    value = cost[:, list(best)].min(axis=1).sum()
    ascent = kernels.SiteAscent(lists, np.zeros(9, np.int8), 3, cost.min(axis=1))
    ascent.climb(300, value, np.inf)
    proof = prove(lists, np.zeros(9, np.int8), 3, ascent.multipliers)
    assert sites_in_play(lists, 3, proof, value * 1.001)[list(best)].all()


def test_nothing_is_proven_by_multipliers_of_nothing() -> None:
    """Costs are never negative."""
    proof = nothing(lists_of(np.ones((3, 2))))
    assert proof.bound == 0
    assert proof.multipliers.tolist() == [0, 0, 0]


@pytest.mark.parametrize("length", [2, 5, 12])
@pytest.mark.parametrize("is_fixed", [False, True])
def test_cut_lists_never_prove_too_much(length: int, is_fixed: bool) -> None:
    """Lists of the nearest few sites bound the problem with all sites."""
    for seed in range(10):
        rng = np.random.default_rng(seed)
        fixed = [[15.0, 10.0]] if is_fixed else []
        problem = random_problem(seed, n=10, p=2, fixed=fixed, candidates=(rng.random((12, 2)) * [30, 20]).tolist())
        objective, distance = problem.objective, problem.distance
        costs = site_costs(problem.demand, problem.candidates, problem.fixed, objective, distance, length=length)
        cost = objective.cost(problem.demand.weight, distance.matrix(problem.demand, problem.candidates))
        standing = objective.cost(problem.demand.weight, distance.matrix(problem.demand, problem.fixed)).min(
            axis=1, initial=np.inf
        )
        best = optimum(cost, 2, standing)
        ascent = kernels.SiteAscent(costs.lists, np.zeros(12, np.int8), 2, np.full(10, 1e9))
        ascent.climb(200, best, np.inf)
        proof = prove(costs.lists, np.zeros(12, np.int8), 2, ascent.multipliers)
        assert lagrangian_twin(cost, np.zeros(12, np.int8), 2, proof.multipliers)[0] == pytest.approx(proof.bound, rel=1e-6)
        assert proof.bound <= best


def test_lists_are_as_long_as_memory_allows() -> None:
    """Small problems list all sites; the lists of large ones stay within bounds."""
    assert list_length(1000, 1000, 1, 4) == 1000
    assert list_length(1_000_000, 5_000, 1, 4) == 32


def test_points_out_of_reach_are_told() -> None:
    """A point that neither sites nor fixed devices reach is marked."""
    table = TableDistance(np.array([[1.0, np.inf], [np.inf, np.inf], [2.0, 3.0]]))
    problem = make_problem([[0, 0], [1, 0], [2, 0]], 1, candidates=[[0, 0], [1, 0]])
    costs = site_costs(problem.demand, problem.candidates, problem.fixed, problem.objective, table, length=2)
    assert costs.is_unreachable.tolist() == [False, True, False]
    assert costs.fine > 6
