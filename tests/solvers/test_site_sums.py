"""Sums over candidate sites: brute force, an integer programme, certificates read from the outside, laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.bounds import site_costs
from placement.core import Problem, Search
from placement.core.plan import Plan
from placement.core.types import FloatArray
from placement.errors import InfeasibleError
from placement.objectives import OBJECTIVES
from placement.progress import Progress, Watch
from placement.solvers import solve
from placement.solvers.site_ground import make_ground
from problems import TableDistance, make_problem, make_sites, random_problem

SEARCH = Search(n_init=10, seed=5)


def field(seed: int, p: int = 3, m: int = 8, **parts: object) -> Problem:
    rng = np.random.default_rng(100 + seed)
    return random_problem(seed, n=15, p=p, candidates=(rng.random((m, 2)) * [30, 20]).tolist(), **parts)


def brute_force(problem: Problem) -> float:
    places = problem.candidates.xy
    best = np.inf
    for chosen in combinations(range(len(places)), problem.n_new):
        xy = np.vstack([problem.fixed.xy, places[list(chosen)]])
        distance = problem.distance.matrix(problem.demand, make_sites("S", xy.tolist())).min(axis=1)
        best = min(best, problem.objective.value(problem.demand.weight, distance, problem.n_new))
    return best


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("fixed", [[], [[15.0, 10.0]]], ids=["free", "one fixed"])
def test_agrees_with_trying_every_choice(seed: int, fixed: list[list[float]]) -> None:
    """On small problems the swap search finds the best of all choices."""
    problem = field(seed, fixed=fixed)
    assert solve(problem, SEARCH).value == pytest.approx(brute_force(problem), rel=1e-12)


def test_devices_keep_the_names_and_places_of_their_sites() -> None:
    """Chosen sites are devices of status candidate, west to east."""
    problem = make_problem([[0, 0], [10, 0]], 2, candidates=[[11, 0], [5, 0], [-1, 0]])
    plan = solve(problem, SEARCH)
    assert plan.device_ids == ("C3", "C1")
    assert plan.device_status == ("candidate", "candidate")
    assert plan.device_xy.tolist() == [[-1, 0], [11, 0]]


def test_all_candidates_are_opened_when_the_budget_says_so() -> None:
    """A budget of all sites leaves nothing to choose."""
    assert sorted(solve(field(1, p=8), SEARCH).device_ids) == [f"C{i}" for i in range(1, 9)]


def test_order_of_sites_does_not_matter() -> None:
    """Reversed candidates give the same plan."""
    problem = field(3)
    turned = replace(problem.candidates, ids=problem.candidates.ids[::-1], xy=problem.candidates.xy[::-1])
    one, other = solve(problem, SEARCH), solve(replace(problem, candidates=turned), SEARCH)
    assert one.device_ids == other.device_ids


def test_a_candidate_on_a_fixed_device_is_not_chosen() -> None:
    """It would serve nobody better."""
    problem = make_problem([[0, 0], [10, 0]], 1, fixed=[[0, 0]], candidates=[[0, 0], [9, 0]])
    assert solve(problem, SEARCH).device_ids == ("AP1", "C2")


def test_stop_after_the_first_start_still_gives_a_plan() -> None:
    """A time limit of nothing leaves the greedy start, improved."""
    plan = solve(field(2), SEARCH, Watch(time_limit_s=0.0))
    assert plan.status == "time_limit"
    assert plan.p == 3


def test_never_better_than_anywhere() -> None:
    """Candidates restrict: the free plan is at least as good."""
    for seed in range(10):
        problem = field(seed)
        free = solve(replace(problem, candidates=None), Search(n_init=50, seed=1))
        assert free.value <= solve(problem, SEARCH).value + 1e-9


def test_more_sites_never_hurt() -> None:
    """A further candidate can only help."""
    problem = field(6)
    more = make_sites("C", [*problem.candidates.xy.tolist(), [3, 3], [20, 15]])
    assert solve(replace(problem, candidates=more), SEARCH).value <= solve(problem, SEARCH).value + 1e-9


P_MEDIAN = OBJECTIVES["p_median"]()


def costs_of(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Return what candidates cost, (n, m), and what the cheapest fixed device costs, (n,), from the whole matrix."""
    weight, objective = problem.demand.weight, problem.objective
    to_fixed = objective.cost(weight, problem.distance.matrix(problem.demand, problem.fixed))
    return objective.cost(weight, problem.distance.matrix(problem.demand, problem.candidates)), to_fixed.min(
        axis=1, initial=np.inf
    )


def best_choice(problem: Problem) -> float:
    """Return the least cost of all choices, from the matrix of costs."""
    cost, standing = costs_of(problem)
    choices = combinations(range(cost.shape[1]), problem.n_new)
    return min(float(np.minimum(cost[:, list(chosen)].min(axis=1), standing).sum()) for chosen in choices)


def least_leaf(node: dict, problem: Problem, is_open: frozenset[int], is_closed: frozenset[int]) -> float:
    """Return the bound that a certificate's node proves: the textbook's formula at each leaf, the least of all leaves."""
    if "site" in node:
        j = node["site"]
        return min(
            least_leaf(node["open"], problem, is_open | {j}, is_closed),
            least_leaf(node["closed"], problem, is_open, is_closed | {j}),
        )
    cost, standing = costs_of(problem)
    u = np.minimum(np.array(node["multipliers"]), standing)
    reduced = np.minimum(0.0, cost - u[:, None]).sum(axis=0)
    free = [j for j in range(cost.shape[1]) if j not in is_open | is_closed]
    q = problem.n_new - len(is_open)
    if not 0 <= q <= len(free):
        return np.inf
    return float(u.sum() + reduced[list(is_open)].sum() + np.sort(reduced[free])[:q].sum())


def assert_proven(plan: Plan, problem: Problem) -> None:
    """Check that the certificate yields the bound of the plan, and that the bound does not exceed the value."""
    assert plan.certificate.kind == "multipliers"
    assert plan.certificate.bound == plan.bound
    found = least_leaf(plan.certificate.data["tree"], problem, frozenset(), frozenset())
    assert plan.bound <= found
    assert found == pytest.approx(plan.bound, rel=1e-7, abs=1e-9)
    assert plan.bound <= plan.value


def programme_optimum(problem: Problem) -> float:
    """Return the optimum of the integer programme: x_ij (site j, or last a fixed device, serves i) and y_j (j is open)."""
    from scipy.optimize import LinearConstraint, milp

    cost, standing = costs_of(problem)
    n, m = cost.shape
    served = np.hstack([np.kron(np.eye(n), np.ones(m)), np.eye(n), np.zeros((n, m))])
    opened = np.concatenate([np.zeros(n * m + n), np.ones(m)])[None, :]
    linked = np.hstack([np.eye(n * m), np.zeros((n * m, n)), -np.tile(np.eye(m), (n, 1))])
    fallback = np.where(np.isfinite(standing), standing, 1e3 * cost.max())
    rules = [
        LinearConstraint(served, 1, 1),
        LinearConstraint(opened, problem.n_new, problem.n_new),
        LinearConstraint(linked, -1, 0),
    ]
    found = milp(
        np.concatenate([cost.ravel(), fallback, np.zeros(m)]),
        constraints=rules,
        bounds=(0, 1),
        integrality=np.concatenate([np.zeros(n * m + n), np.ones(m)]),
    )
    return float(found.fun)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("objective", ["k_means", "p_median"])
@pytest.mark.parametrize("fixed", [[], [[15.0, 10.0]]], ids=["free", "one fixed"])
def test_small_problems_are_proven(seed: int, objective: str, fixed: list[list[float]]) -> None:
    """Value and bound are the best of all choices, and the certificate says so too."""
    problem = replace(field(seed, fixed=fixed), objective=OBJECTIVES[objective]())
    plan = solve(problem, Search(n_init=1, seed=seed))
    best = brute_force(problem)
    assert plan.status == "optimal"
    assert plan.value == pytest.approx(best, rel=1e-9)
    assert plan.bound <= best
    assert_proven(plan, problem)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_coarse_problems_are_never_bounded_too_high(data: st.DataObject) -> None:
    """Ties, zero distances, duplicates, points on a line, all on one spot: the bound stays below the best of all choices."""
    places = st.tuples(st.integers(0, data.draw(st.integers(0, 4))), st.integers(0, data.draw(st.integers(0, 3)))).map(list)
    xy = data.draw(st.lists(places, min_size=1, max_size=10))
    sites = data.draw(st.lists(places, min_size=1, max_size=7))
    fixed = data.draw(st.lists(places, max_size=2))
    weight = data.draw(st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=len(xy), max_size=len(xy)))
    p = data.draw(st.integers(1, len(sites)))
    problem = make_problem(xy, p, weight=weight, fixed=np.array(fixed).reshape(-1, 2), candidates=sites)
    problem = replace(problem, objective=OBJECTIVES[data.draw(st.sampled_from(["k_means", "p_median"]))]())
    plan = solve(problem, Search(n_init=2, seed=1, effort=data.draw(st.sampled_from(["fast", "good"]))))
    best = brute_force(problem)
    assert plan.bound <= best + 1e-12
    assert plan.value >= best * (1 - 1e-12)
    if plan.status == "optimal":
        assert plan.value == pytest.approx(best, rel=1e-6)
    assert_proven(plan, problem)


@pytest.mark.parametrize(("n", "m", "p"), [(30, 20, 4), (60, 40, 5), (60, 40, 12)])
@pytest.mark.parametrize("fixed", [[], [[15.0, 10.0]]], ids=["free", "one fixed"])
def test_agrees_with_an_integer_programme(n: int, m: int, p: int, fixed: list[list[float]]) -> None:
    """HiGHS on the plain model finds the same value."""
    rng = np.random.default_rng(n + p)
    problem = random_problem(p, n=n, p=p, fixed=fixed, candidates=(rng.random((m, 2)) * [30, 20]).tolist())
    problem = replace(problem, objective=P_MEDIAN)
    plan = solve(problem, SEARCH)
    assert plan.status == "optimal"
    assert plan.value == pytest.approx(programme_optimum(problem), rel=2e-6)
    assert_proven(plan, problem)


@pytest.mark.parametrize("seed", range(6))
def test_any_table_will_do(seed: int) -> None:
    """A directed table with pairs out of reach, no geometry behind it, is solved like any other."""
    rng = np.random.default_rng(seed)
    table = rng.integers(1, 30, (12, 8)).astype(float)
    table[rng.random((12, 8)) < 0.3] = np.inf
    table[:, 0] = 100.0
    problem = replace(field(seed, p=3), objective=P_MEDIAN, distance=TableDistance(table))
    problem = replace(problem, demand=problem.demand.take(slice(0, 12)))
    plan = solve(problem, SEARCH)
    assert plan.value == pytest.approx(best_choice(problem), rel=1e-9)
    assert plan.status == "optimal"
    assert_proven(plan, problem)


def test_too_few_sites_are_told() -> None:
    """Three devices cannot stand on two sites."""
    with pytest.raises(InfeasibleError, match="there are 2"):
        solve(make_problem([[0, 0], [1, 0]], 3, candidates=[[0, 0], [1, 0]]), SEARCH)


def test_points_in_another_order_change_nothing_by_table() -> None:
    """A table's rows may be shuffled together with the points."""
    rng = np.random.default_rng(4)
    table = rng.integers(1, 60, (80, 30)).astype(float)
    problem = random_problem(4, n=80, p=5, candidates=rng.random((30, 2)).tolist())
    problem = replace(problem, objective=P_MEDIAN, distance=TableDistance(table))
    one = solve(problem, SEARCH)
    other = solve(replace(problem, demand=problem.demand.take(rng.permutation(80))), SEARCH)
    assert (one.device_ids, one.value, one.bound) == (other.device_ids, other.value, other.bound)


def test_points_that_no_site_reaches_are_named() -> None:
    """The user hears which points are cut off, by their names."""
    problem = make_problem([[0, 0], [1, 0], [2, 0]], 1, candidates=[[0, 0], [1, 0]])
    table = TableDistance(np.array([[1.0, np.inf], [np.inf, np.inf], [2.0, 3.0]]))
    with pytest.raises(InfeasibleError, match=r"reaches point a1$"):
        solve(replace(problem, distance=table), SEARCH)


def test_points_that_no_choice_reaches_together_are_named() -> None:
    """One device cannot reach both; two can."""
    problem = make_problem([[0, 0], [1, 0]], 1, candidates=[[0, 0], [1, 0]])
    problem = replace(problem, distance=TableDistance(np.array([[1.0, np.inf], [np.inf, 1.0]])))
    with pytest.raises(InfeasibleError, match="allow more devices"):
        solve(problem, SEARCH)
    assert solve(replace(problem, n_new=2), SEARCH).value == 2


def test_lonely_points_come_before_cheap_ones() -> None:
    """A far point that only one dear site reaches forces that site open."""
    table = np.full((12, 6), 1.0)
    table[11] = [np.inf] * 5 + [1e6]
    problem = replace(make_problem(np.zeros((12, 2)), 2, candidates=np.zeros((6, 2))), objective=P_MEDIAN)
    plan = solve(replace(problem, distance=TableDistance(table)), Search(n_init=1, seed=3))
    assert plan.value == 11 + 1e6
    assert "C6" in plan.device_ids


def test_weight_is_the_same_as_copies() -> None:
    """A point of weight three counts like three points, in value, bound and certificate."""
    sites = [[1, 1], [4, 4], [8, 2], [9, 9]]
    heavy = make_problem([[0, 0], [5, 5], [9, 1]], 2, weight=[3, 1, 2], candidates=sites)
    copies = make_problem([[0, 0], [9, 1], [0, 0], [5, 5], [9, 1], [0, 0]], 2, candidates=sites)
    one, many = solve(heavy, SEARCH), solve(copies, SEARCH)
    assert (one.device_ids, one.value) == (many.device_ids, many.value)
    assert_proven(one, heavy)
    assert_proven(many, copies)


def test_certificates_share_out_the_multipliers_of_merged_points() -> None:
    """Points on one spot are solved as one; each gets its part of the multiplier by its weight."""
    rng = np.random.default_rng(6)
    xy = rng.integers(0, 6, (80, 2)).astype(float)
    sites = (rng.random((20, 2)) * 5).tolist()
    problem = replace(make_problem(xy, 4, weight=rng.integers(1, 4, 80).tolist(), candidates=sites), objective=P_MEDIAN)
    assert_proven(solve(problem, SEARCH), problem)


@pytest.mark.parametrize("p", [1, 8])
def test_one_device_or_all(p: int) -> None:
    """Both ends of the budget are proven."""
    problem = field(4, p=p)
    plan = solve(problem, SEARCH)
    assert plan.value == pytest.approx(brute_force(problem), rel=1e-12)
    assert plan.status == "optimal"


def test_devices_on_all_points_cost_nothing() -> None:
    """A value of 0 is proven by costs never being negative."""
    xy = [[0, 0], [3, 1], [5, 5]]
    plan = solve(make_problem(xy, 3, candidates=xy), SEARCH)
    assert (plan.value, plan.bound, plan.status) == (0, 0, "optimal")


@pytest.mark.parametrize("effort", ["fast", "good"])
def test_same_seed_same_plan(effort: str) -> None:
    """Value, bound, devices and every multiplier are the same again, and demand in another order gives the same devices."""
    rng = np.random.default_rng(1)
    problem = random_problem(1, n=200, p=9, candidates=(rng.random((120, 2)) * [30, 20]).tolist())
    search = Search(n_init=3, seed=2, effort=effort)
    one, again = solve(problem, search), solve(problem, search)
    assert (one.device_ids, one.value, one.bound) == (again.device_ids, again.value, again.bound)
    assert one.certificate.data == again.certificate.data
    other = solve(replace(problem, demand=problem.demand.take(rng.permutation(200))), search)
    assert (one.device_ids, one.bound) == (other.device_ids, other.bound)
    assert_proven(one, problem)


def test_more_effort_never_proves_less() -> None:
    """Good effort closes what fast effort leaves open."""
    rng = np.random.default_rng(150)
    problem = random_problem(150, n=150, p=8, candidates=(rng.random((150, 2)) * [30, 20]).tolist())
    problem = replace(problem, objective=P_MEDIAN)
    fast, good = (solve(problem, Search(n_init=5, seed=1, effort=effort)) for effort in ("fast", "good"))
    assert good.status == "optimal"
    assert fast.bound <= good.value
    assert good.value <= fast.value
    assert_proven(good, problem)


def test_search_ends_when_the_gap_is_small_enough() -> None:
    """A gap of one half is reached long before the proof is done."""
    problem = field(7, p=2)
    plan = solve(problem, Search(n_init=1, gap=0.5))
    assert plan.gap <= 0.5
    assert_proven(plan, problem)


@pytest.mark.parametrize("limit", [0.0, 0.05])
def test_a_time_limit_leaves_a_plan_and_a_bound(limit: float) -> None:
    """However short, there is a plan, a bound that its certificate proves, and a word about the clock."""
    rng = np.random.default_rng(3)
    problem = random_problem(3, n=600, p=20, candidates=(rng.random((600, 2)) * [30, 20]).tolist())
    plan = solve(problem, Search(n_init=5, effort="best"), Watch(time_limit_s=limit))
    assert plan.status == "time_limit"
    assert plan.p == 20
    assert_proven(plan, problem)


def test_reports_only_rise_and_fall() -> None:
    """Value never rises, bound never falls, and the bound stays below the value."""
    heard: list[Progress] = []
    rng = np.random.default_rng(8)
    problem = random_problem(8, n=150, p=8, candidates=(rng.random((150, 2)) * [30, 20]).tolist())
    solve(problem, Search(n_init=3, seed=1), Watch(on_progress=heard.append))
    values, bounds = [h.value for h in heard], [h.bound for h in heard]
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert max(bounds) <= min(values)


def test_the_scope_names_the_choice() -> None:
    """The bound is about every choice of so many sites."""
    assert solve(field(1), SEARCH).scope == "any 3 of the 8 candidate sites"


def test_lists_are_short_where_time_is_up_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then points list few sites; plan and bound are true all the same."""
    monkeypatch.setattr(site_costs, "SHORT_ENTRIES", 0)
    monkeypatch.setattr(site_costs, "SHORTEST", 3)
    problem = field(3)
    assert make_ground(problem, 4, Watch()).lists.n_entries == 15 * 8
    assert make_ground(problem, 4, Watch(0.0)).lists.n_entries == 15 * 3
    plan = solve(problem, SEARCH, Watch(0.0))
    assert plan.status == "time_limit"
    assert (plan.bound or 0.0) <= brute_force(problem) <= plan.value
