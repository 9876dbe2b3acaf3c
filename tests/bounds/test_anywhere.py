"""Bounds on sums anywhere in the plane: against brute force, against their own certificates, and the laws of DESIGN."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.subsets import Subsets
from placement.bounds.anywhere import merge, prove_anywhere, scope_anywhere
from placement.core import Demand, Problem, Search
from placement.core.constraints import Constraints
from placement.domains.plane import plane
from placement.objectives import OBJECTIVES
from placement.progress import Progress, Watch
from placement.solvers import solve
from problems import make_problem, random_problem

KINDS = ["k_means", "p_median"]
SEARCH = Search(n_init=10, seed=3)
DATA = Path(__file__).parents[2] / "benchmarks" / "data"


def under(kind: str, problem: Problem) -> Problem:
    return replace(problem, objective=OBJECTIVES[kind]())


def tiny(seed: int, n: int = 8, **parts: object) -> Problem:
    """Return n weighted points on a small raster, some on the same spot."""
    rng = np.random.default_rng(seed)
    xy = rng.integers(0, 7, (n, 2)) if seed % 2 else rng.random((n, 2)) * 7
    return make_problem(xy, int(rng.integers(1, 5)), weight=rng.integers(1, 4, n).tolist(), **parts)  # type: ignore[arg-type]


def moved(problem: Problem, xy: np.ndarray) -> Problem:
    return replace(problem, demand=Demand(problem.demand.ids, xy, problem.demand.weight))


def test_desks_in_rows_are_proven_though_no_pair_is_left_to_branch_on() -> None:
    """91 desks in rows, ten devices: of the last case the relaxed plan is whole before its bound is there."""
    side = 14
    desks = np.array([(1.6 * x, 2.0 * y) for y in range(side) for x in range(side)])[:91]
    assert solve(under("p_median", make_problem(desks, 10)), Search(seed=1)).status == "optimal"


def test_a_set_that_becomes_cheaper_is_a_column_again() -> None:
    """40 desks on a coarse raster: a median that was found not quite must not hold the proof up."""
    rng = np.random.default_rng(37)
    n, p = int(rng.integers(20, 151)), int(rng.integers(2, 11))
    desks = np.round(rng.random((n, 2)) * [40, 25])
    weight = rng.integers(1, 6, n).tolist() if 37 % 3 == 0 else None
    assert solve(under("p_median", make_problem(desks, p, weight=weight)), Search(seed=1)).status == "optimal"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(12))
def test_small_problems_are_solved_and_proven_as_by_trying_everything(kind: str, seed: int) -> None:
    """Value and bound meet the optimum over all partitions of eight points, and the certificate proves that bound."""
    problem = under(kind, tiny(seed))
    plan = solve(problem, SEARCH)
    subsets = Subsets(problem)
    optimum = subsets.optimum()
    assert plan.value == pytest.approx(optimum, rel=1e-6, abs=1e-9)
    assert plan.bound is not None
    assert optimum * (1 - 2e-6) <= plan.bound <= optimum * (1 + 1e-12)
    assert plan.certificate is not None
    assert plan.certificate.bound == plan.bound
    assert subsets.proven(plan.certificate.data["tree"]) >= plan.bound
    assert plan.status == "optimal"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(8))
def test_fixed_devices_limit_what_a_point_can_cost(kind: str, seed: int) -> None:
    """With fixed devices, too, value, bound and certificate agree with trying everything."""
    problem = under(kind, tiny(seed, fixed=[[1.0, 1.0], [6.0, 4.0]]))
    plan = solve(problem, SEARCH)
    subsets = Subsets(problem)
    assert plan.value == pytest.approx(subsets.optimum(), rel=1e-6, abs=1e-9)
    assert plan.bound is not None
    assert plan.bound <= subsets.optimum() * (1 + 1e-12)
    assert plan.certificate is not None
    assert subsets.proven(plan.certificate.data["tree"]) >= plan.bound >= plan.value * (1 - 1e-3)


coordinate = st.integers(0, 6).map(float)
points = st.lists(st.tuples(coordinate, coordinate, st.integers(1, 3)), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(KINDS), rows=points, p=st.integers(1, 6), n_fixed=st.integers(0, 2), is_line=st.booleans())
def test_a_bound_is_never_above_the_optimum(
    kind: str, rows: list[tuple[float, float, int]], p: int, n_fixed: int, is_line: bool
) -> None:
    """Whatever the points: on a line, on one spot, fewer than devices, beside fixed devices, from any plan."""
    xy = [[x, 2 * x if is_line else y] for x, y, _ in rows]
    p = min(p, len(rows))
    fixed = [[0.5, 0.5], [6.0, 3.0]][:n_fixed]
    problem = under(kind, make_problem(xy, p, weight=[w for *_, w in rows], fixed=fixed))
    proof = prove_anywhere(problem, problem.demand.xy[:p], Search(effort="fast"), Watch())
    subsets = Subsets(problem)
    assert 0.0 <= proof.bound <= subsets.optimum() * (1 + 1e-12)
    assert subsets.proven(proof.certificate.data["tree"]) >= proof.bound * (1 - 1e-12)


def best_known() -> list[tuple[int, float]]:
    with (DATA / "values.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["dataset"] == "ruspini" and row["K"] in {"4", "5", "6", "10"}]
    return [(int(row["K"]), float(row["best_known"])) for row in rows]


@pytest.mark.parametrize(("k", "value"), best_known())
def test_published_optima_of_ruspini_are_proven(k: int, value: float) -> None:
    """The plan has the published value, and is proven to be optimal."""
    xy = np.loadtxt(DATA / "ruspini.csv", delimiter=",", skiprows=1)
    plan = solve(make_problem(xy, k), Search(seed=1))
    assert plan.value == pytest.approx(value, rel=1e-9)
    assert plan.bound is not None
    assert plan.bound <= value
    assert plan.status == "optimal"


@pytest.mark.parametrize(("kind", "seed"), [("k_means", 384), ("p_median", 9), ("p_median", 55), ("p_median", 270)])
def test_branches_close_what_the_relaxed_plan_leaves(kind: str, seed: int) -> None:
    """On rasters where shares of columns beat every true plan, pairs are split, and the tree proves the optimum."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(8, 11)), int(rng.integers(2, 5))
    xy = rng.permutation([[x, y] for x in range(4) for y in range(4)])[:n].astype(float)
    problem = under(kind, make_problem(xy, p))
    proof = prove_anywhere(problem, xy[:p], Search(), Watch())
    subsets = Subsets(problem)
    tree = proof.certificate.data["tree"]
    assert set(tree) == {"pair", "together", "apart"}
    assert proof.bound == pytest.approx(subsets.optimum(), rel=1e-6)
    assert subsets.proven(tree) >= proof.bound * (1 - 1e-9)
    alone = prove_anywhere(problem, xy[:p], Search(effort="fast"), Watch())
    assert set(alone.certificate.data["tree"]) == {"multipliers"}
    assert alone.bound < proof.bound * (1 - 1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_moving_rotating_and_scaling_follow(kind: str) -> None:
    """Moved by a UTM-sized shift, rotated and scaled points have the moved, rotated and scaled bound."""
    problem = under(kind, random_problem(2, n=30))
    power = 2 if kind == "k_means" else 1
    bound = solve(problem, SEARCH).bound
    assert bound is not None
    cos, sin = np.cos(0.7), np.sin(0.7)
    xy = problem.demand.xy
    for changed, factor in [
        (xy + np.array([5.5e5, 4.2e6]), 1.0),
        (xy @ np.array([[cos, -sin], [sin, cos]]), 1.0),
        (xy * 3, 3.0**power),
    ]:
        assert solve(moved(problem, changed), SEARCH).bound == pytest.approx(bound * factor, rel=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_copies_count_like_weight_and_share_a_multiplier_by_weight(kind: str) -> None:
    """Three copies and one point of weight three have the same bound; each copy carries a third of the multiplier."""
    rng = np.random.default_rng(5)
    xy = rng.random((9, 2)) * 10
    one = under(kind, make_problem(xy, 2, weight=[3.0, *[1.0] * 8]))
    copies = under(kind, make_problem(np.vstack([xy, xy[[0, 0]]]), 2))
    proofs = [prove_anywhere(problem, xy[:2], SEARCH, Watch()) for problem in (one, copies)]
    assert proofs[0].bound == proofs[1].bound
    first, second = (np.array(proof.certificate.data["tree"]["multipliers"]) for proof in proofs)
    np.testing.assert_allclose(second[[0, 9, 10]], first[0] / 3)


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_same_bytes(kind: str) -> None:
    """Two runs give the same bound, the same multipliers and the same centres, to the bit."""
    problem = under(kind, random_problem(7, n=60, p=5))
    one, two = (prove_anywhere(problem, problem.demand.xy[:5], SEARCH, Watch()) for _ in range(2))
    assert one.bound == two.bound
    assert one.certificate.data == two.certificate.data
    assert np.array_equal(one.centers, two.centers)


@pytest.mark.parametrize("kind", KINDS)
def test_a_poor_plan_is_made_better(kind: str) -> None:
    """The columns contain the best plan, however bad the first one was."""
    problem = under(kind, random_problem(11, n=50, p=4))
    poor = np.tile(problem.demand.xy[0], (4, 1)) + np.arange(4)[:, None] * 0.01
    proof = prove_anywhere(problem, poor, SEARCH, Watch())
    assert solve(problem, Search(seed=5)).value == pytest.approx(proof.bound, rel=2e-6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [30, 2500])
def test_no_time_still_gives_a_true_bound(kind: str, n: int) -> None:
    """A watch that says stop at once leaves a bound that the certificate carries, at least 0."""
    rng = np.random.default_rng(n)
    problem = under(kind, make_problem(rng.random((n, 2)) * 50, 10))
    proof = prove_anywhere(problem, problem.demand.xy[:10], SEARCH, Watch(time_limit_s=0.0))
    assert 0.0 <= proof.bound == proof.certificate.bound
    assert len(proof.certificate.data["tree"]["multipliers"]) == n
    whole = prove_anywhere(problem, problem.demand.xy[:10], Search(effort="fast"), Watch())
    assert proof.bound <= whole.bound


def test_effort_and_gap_change_the_work() -> None:
    """More effort proves more, and a wide gap is reached sooner."""
    problem = random_problem(3, n=400, p=20)
    start = problem.demand.xy[:20]
    seen: list[Progress] = []
    bounds = []
    for search in (Search(effort="fast"), Search(effort="good"), Search(effort="good", gap=0.5)):
        seen.clear()
        bounds.append((prove_anywhere(problem, start, search, Watch(on_progress=seen.append)).bound, len(seen)))
    assert bounds[0][0] < bounds[1][0]
    assert bounds[2][1] < bounds[1][1]


def test_scope_says_what_is_ignored() -> None:
    """Walls, fixed devices and constraints are named, each when it is there."""
    xy = np.array([[0.0, 0], [9, 9]])
    zone = [np.array([[2, 2], [3, 2], [3, 3]], dtype=float)]
    problem = make_problem(xy, 2)
    assert scope_anywhere(problem) == "any 2 devices anywhere in the plane"
    assert scope_anywhere(replace(problem, n_new=1)) == "any 1 device anywhere in the plane"
    walled = replace(problem, domain=plane(xy, zone))
    assert scope_anywhere(walled) == "any 2 devices anywhere in the plane, walls and forbidden zones ignored"
    fixed = make_problem(xy, 2, fixed=[[1, 1]])
    assert scope_anywhere(fixed) == "any 2 devices anywhere in the plane, beside the fixed"
    both = replace(walled, constraints=Constraints(capacity_max=3))
    assert scope_anywhere(both).endswith("walls and forbidden zones and constraints ignored")


def test_merging_keeps_track_of_every_point() -> None:
    """Copies are one place with their weight together; each knows its place and its share."""
    demand = Demand(("a", "b", "c"), np.array([[5.0, 1.0], [2.0, 7.0], [5.0, 1.0]]), np.array([1.0, 2.0, 3.0]))
    merged = merge(demand)
    assert merged.xy.tolist() == [[2.0, 7.0], [5.0, 1.0]]
    assert merged.weight.tolist() == [2.0, 4.0]
    assert merged.place.tolist() == [1, 0, 1]
    assert merged.spread(np.array([10.0, 8.0])) == [2.0, 10.0, 6.0]
    assert merged.first(1) == 0
    assert merged.is_single().tolist() == [True, False]
