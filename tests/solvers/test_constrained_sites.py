"""Choice among sites under constraints: every objective with every constraint against trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from placement.bounds.verify import verify
from placement.core import Problem, Search, Sites
from placement.core.claim import Claim
from placement.core.constraints import Constraints, Pair, Quota
from placement.errors import InfeasibleError
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import ON_SITES, solve
from placement.solvers.constrained_sites import choose
from problems import make_problem, random_problem

SEARCH = Search(n_init=5, seed=5, gap=0.0)
RADIUS = 9.0
N, M, P = 5, 5, 3

KINDS = {
    "k_means": OBJECTIVES["k_means"](),
    "p_median": OBJECTIVES["p_median"](),
    "p_center": OBJECTIVES["p_center"](),
    "p_center weighted": OBJECTIVES["p_center"](is_weighted=True),
    "max_cover": OBJECTIVES["max_cover"](radius_m=RADIUS),
    "max_cover backup": OBJECTIVES["max_cover"](radius_m=RADIUS, n_serving=2),
    "set_cover": OBJECTIVES["set_cover"](radius_m=RADIUS),
    "set_cover share": OBJECTIVES["set_cover"](radius_m=RADIUS, share=0.6),
}
RULES = {
    "cutoff": Constraints(cutoff_m=11.0),
    "capacity": Constraints(capacity_max=7.0),
    "least load": Constraints(capacity_min=3.0),
    "money": Constraints(money=5.0),
    "quota": Constraints(quotas=(Quota("a", 1, 1), Quota("b", 0, 1))),
    "required pair": Constraints(required_pairs=(Pair(0, "C2"),)),
    "forbidden pairs": Constraints(forbidden_pairs=(Pair(0, "C1"), Pair(1, "C3"), Pair(2, "C5"))),
    "spacing": Constraints(spacing_m=11.0),
    "several": Constraints(cutoff_m=20.0, capacity_max=9.0, money=8.0, spacing_m=4.0),
}


def small(seed: int, objective: object, rules: Constraints, *, fixed: bool = False) -> Problem:
    rng = np.random.default_rng(900 + seed)
    places = (rng.random((M, 2)) * [30, 20]).tolist()
    problem = random_problem(seed, n=N, p=P, candidates=places, fixed=[[15.0, 10.0]] if fixed else [])
    sites = replace(problem.candidates, price=np.array([1.0, 2, 3, 2, 1]), group=("a", "a", "b", "b", ""))
    return replace(problem, candidates=sites, objective=objective, constraints=rules)


def open_sets(problem: Problem) -> Iterator[list[int]]:
    """Every set of candidates that money, quotas, spacing and required pairs let stand."""
    rules, sites, fixed = problem.constraints, problem.candidates, problem.fixed
    for size in range(problem.n_new + 1):
        for chosen in map(list, combinations(range(sites.m), size)):
            xy = np.vstack([fixed.xy, sites.xy[chosen]])
            gaps = [np.hypot(*(a - b)) for k, a in enumerate(xy) for b in xy[max(k + 1, fixed.m) :]]
            groups = [sites.group[j] for j in chosen]
            names = [*fixed.ids, *(sites.ids[j] for j in chosen)]
            if (
                sites.price[chosen].sum() <= rules.money
                and all(quota.least <= groups.count(quota.group) <= quota.most for quota in rules.quotas)
                and all(gap >= rules.spacing_m for gap in gaps)
                and all(pair.site in names for pair in rules.required_pairs)
            ):
                yield chosen


def service(problem: Problem, chosen: list[int]) -> Iterator[np.ndarray]:
    """Every way to serve the points: distances that the objective sees, infinite for those not served."""
    rules, objective = problem.constraints, problem.objective
    devices = Sites(
        (*problem.fixed.ids, *(problem.candidates.ids[j] for j in chosen)),
        np.vstack([problem.fixed.xy, problem.candidates.xy[chosen]]),
    )
    if devices.m == 0:
        return
    distance = problem.distance.matrix(problem.demand, devices)
    allowed = distance <= rules.cutoff_m
    for pair in rules.forbidden_pairs:
        allowed[pair.demand_index, [name == pair.site for name in devices.ids]] = False
    for pair in rules.required_pairs:
        allowed[pair.demand_index] &= np.array([name == pair.site for name in devices.ids])
    # A device that is to cover serves those within the radius and nobody else: only they count for its load.
    reach = np.where(allowed & (distance <= getattr(objective, "radius_m", np.inf)), distance, np.inf)
    if np.isinf(rules.capacity_max) and rules.capacity_min == 0:
        if devices.m >= objective.n_serving:
            yield np.sort(reach, axis=1)[:, objective.n_serving - 1]
        return
    options = [[*np.flatnonzero(np.isfinite(row)), -1] for row in reach]
    ways = np.array(list(product(*options)))
    load = ((ways[:, :, None] == np.arange(devices.m)) * problem.demand.weight[:, None]).sum(axis=1)
    ways = ways[((load <= rules.capacity_max + 1e-9) & (load >= rules.capacity_min)).all(axis=1)]
    yield from np.where(ways >= 0, reach[np.arange(len(reach)), ways], np.inf)


def best_of_all(problem: Problem) -> float | None:
    """Return the best value of any plan, or None when there is none."""
    objective, weight = problem.objective, problem.demand.weight
    values = []
    for chosen in open_sets(problem):
        for distance in service(problem, chosen):
            radius = getattr(objective, "radius_m", np.inf)
            covered = weight[distance <= radius].sum()
            if objective.kind == "set_cover" and covered < objective.share * weight.sum() - 1e-9:
                continue
            if objective.kind in {"k_means", "p_median", "p_center"} and not np.isfinite(distance).all():
                continue
            values.append(objective.value(weight, distance, len(chosen)))
    if not values:
        return None
    return min(values) if objective.sense == "min" else max(values)


def skips(kind: str, rule: str) -> bool:
    """Backup cover counts two devices; room and pairs are about one."""
    return "backup" in kind and rule in {"capacity", "least load", "required pair", "forbidden pairs", "several", "cutoff"}


CASES = [(kind, rule) for kind in KINDS for rule in RULES if not skips(kind, rule)]


@pytest.mark.parametrize("fixed", [False, True], ids=["free", "one fixed"])
@pytest.mark.parametrize(("kind", "rule"), CASES)
def test_agrees_with_trying_everything(kind: str, rule: str, *, fixed: bool) -> None:
    """The value is the best of all plans that keep the rule, proven; or there is none and it says so."""
    for seed in range(2):
        problem = small(seed, KINDS[kind], RULES[rule], fixed=fixed)
        best = best_of_all(problem)
        if best is None:
            with pytest.raises(InfeasibleError, match=r"no plan respects all constraints: \w"):
                solve(problem, SEARCH)
            continue
        plan = (solve if problem.objective.kind in ON_SITES else choose)(problem, SEARCH, Watch())
        assert plan.value == pytest.approx(best, rel=1e-6), seed
        assert plan.status == "optimal"
        assert plan.bound == pytest.approx(best, rel=2e-6)
        verdict, sign = verify(problem, Claim.of(plan)), 1 if problem.objective.sense == "min" else -1
        assert verdict.is_confirmed, verdict.faults
        if best:  # a proof that anybody can check stands beside a solver's word, or instead of it
            assert verdict.bound is not None
            assert sign * (verdict.bound - best) <= 1e-9 * abs(best)


@pytest.mark.parametrize(("kind", "rule"), [(kind, rule) for kind, rule in CASES if "backup" not in kind])
def test_duals_prove_most_of_the_value(kind: str, rule: str) -> None:
    """What fractions of devices prove is true, is confirmed, and comes near on the whole; without the rule it would be less."""
    shares = []
    for seed in range(4):
        problem = small(seed, KINDS[kind], RULES[rule], fixed=bool(seed % 2))
        best = best_of_all(problem)
        if not best:
            continue
        word = choose(problem, SEARCH, Watch()).certificate
        told = {"kind": word.kind, "bound": word.bound, "data": word.data} if word.kind != "solver" else word.data["beside"]
        verdict = verify(problem, replace(Claim.of(choose(problem, SEARCH, Watch())), bound=told["bound"], certificate=told))
        assert verdict.is_confirmed, verdict.faults
        sign = 1 if problem.objective.sense == "min" else -1
        assert sign * (verdict.bound - best) <= 1e-9 * abs(best)
        shares.append(verdict.bound / best if sign > 0 else best / verdict.bound)
    assert not shares or np.mean(shares) > 0.5


@pytest.mark.parametrize("rule", ["money", "quota", "spacing", "required pair", "forbidden pairs"])
def test_each_rule_alone_changes_the_plan(rule: str) -> None:
    """On some seed the best plan without the rule breaks it, and with it costs more."""
    costs = []
    for seed in range(8):
        problem = small(seed, KINDS["p_median"], RULES[rule])
        best = best_of_all(problem)
        costs.append(0.0 if best is None else best - best_of_all(replace(problem, constraints=Constraints())))
    assert max(costs) > 0
    assert min(costs) >= 0


def test_a_cutoff_balances_mean_and_worst() -> None:
    """At the smallest radius that is possible the mean is never better than without a cutoff, and on some seed it is worse."""
    losses = []
    for seed in range(8):
        free = replace(random_problem(seed, n=12, p=2, candidates=(np.random.default_rng(seed).random((6, 2)) * 25).tolist()))
        free = replace(free, objective=KINDS["p_median"])
        radius = solve(replace(free, objective=KINDS["p_center"], constraints=Constraints(spacing_m=1e-9)), SEARCH).value
        plan = solve(replace(free, constraints=Constraints(cutoff_m=radius)), SEARCH)
        assert plan.service_distance.max() <= radius
        losses.append(plan.value - solve(free, SEARCH).value)
    assert min(losses) >= -1e-9
    assert max(losses) > 0


def test_says_which_points_no_site_reaches() -> None:
    """A cutoff shorter than the way of one point to any site names that point."""
    problem = make_problem([[0, 0], [50, 0]], 1, candidates=[[1, 0], [2, 0]])
    with pytest.raises(InfeasibleError, match=r"1 demand point is within reach of too few sites: a1"):
        solve(replace(problem, constraints=Constraints(cutoff_m=5.0)), SEARCH)


def test_says_how_many_devices_and_which_cutoff_would_do() -> None:
    """One device cannot reach both ends within 5 m: two can, and one within 10 m."""
    problem = make_problem([[0, 0], [10, 0]], 1, candidates=[[0, 0], [10, 0]])
    with pytest.raises(InfeasibleError, match=r"2 new devices would do .* 1; a cutoff of 10.000 m would do .* 5.000 m"):
        solve(replace(problem, constraints=Constraints(cutoff_m=5.0)), SEARCH)


def test_says_how_much_capacity_is_missing() -> None:
    """Weight 5, one device for 2: 3 is missing, three devices have room."""
    problem = make_problem([[0, 0], [10, 0]], 1, weight=[2, 3], candidates=[[0, 0], [10, 0], [5, 0]])
    with pytest.raises(InfeasibleError, match=r"weight of 2 and 5 is .*: 3 is missing, and 3 new devices would have room"):
        solve(replace(problem, constraints=Constraints(capacity_max=2.0)), SEARCH)


def test_capacity_of_a_site_replaces_the_general_one() -> None:
    """Both points fit on the roomy site only."""
    problem = make_problem([[0, 0], [1, 0]], 1, candidates=[[0, 0], [9, 0]])
    sites = replace(problem.candidates, capacity=np.array([1.0, 2.0]))
    plan = solve(replace(problem, candidates=sites), SEARCH)
    assert plan.device_ids == ("C2",)


@pytest.mark.parametrize("kind", KINDS)
def test_without_time_there_is_still_a_plan(kind: str) -> None:
    """A watch that says stop at once gets the quick choice, which keeps the rules."""
    problem = small(1, KINDS[kind], Constraints(spacing_m=1.0))
    plan = solve(problem, SEARCH, Watch(time_limit_s=0.0))
    assert plan.status in {"time_limit", "optimal"}
    assert plan.p <= P


def test_many_pairs_are_trimmed_and_the_bound_is_that_of_the_free_problem() -> None:
    """400 x 300 pairs: the plan keeps the money, and its bound comes from the problem without constraints."""
    rng = np.random.default_rng(4)
    problem = random_problem(4, n=400, p=12, candidates=(rng.random((300, 2)) * [30, 20]).tolist())
    sites = replace(problem.candidates, price=rng.integers(1, 9, 300).astype(float))
    problem = replace(problem, candidates=sites, objective=KINDS["p_median"], constraints=Constraints(money=20.0))
    plan = solve(problem, replace(SEARCH, effort="fast", time_limit_s=20.0))
    prices = dict(zip(sites.ids, sites.price, strict=True))
    assert sum(prices[name] for name in plan.device_ids) <= 20
    free = solve(replace(problem, constraints=Constraints()), SEARCH)
    assert plan.value > free.value
    assert plan.bound is None or plan.bound <= free.value * (1 + 1e-9)


def test_where_nothing_can_be_bought_the_first_choice_is_quiet() -> None:
    """Nobody has a best site then, nor a second: no warning of the arithmetic reaches the user, only what would do."""
    problem = make_problem([[0.0, 0], [1, 0]], 1, candidates=[[0.0, 0], [2, 0]])
    sites = replace(problem.candidates, price=np.array([5.0, 6.0]))
    problem = replace(problem, candidates=sites, objective=OBJECTIVES["p_median"](), constraints=Constraints(money=4.0))
    with pytest.raises(InfeasibleError, match="money"):
        solve(problem, Search())


def test_same_seed_same_plan() -> None:
    """Twice the same bytes."""
    problem = small(2, KINDS["k_means"], RULES["several"])
    one, two = solve(problem, SEARCH), solve(problem, SEARCH)
    assert one.device_ids == two.device_ids
    assert np.array_equal(one.assignment, two.assignment)
    assert (one.value, one.bound) == (two.value, two.bound)
