"""Who reaches whom: against all distances, in order, and never longer than there is time."""

from __future__ import annotations

import numpy as np
import pytest

from placement.progress import Watch
from placement.solvers import reach as module
from placement.solvers.reach import ordered, reach, reach_in_time
from problems import random_problem


@pytest.mark.parametrize("most", [0.0, 4.0, 1e200])
@pytest.mark.parametrize("seed", range(3))
def test_all_pairs_and_no_other(seed: int, most: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pair of at most that cost, by site, the nearest first and equals by row; weights of 0 reach everywhere."""
    monkeypatch.setattr(module, "BLOCK_ENTRIES", 40)
    rng = np.random.default_rng(seed)
    problem = random_problem(seed, n=30, candidates=(rng.random((9, 2)) * [30, 20]).tolist())
    order, scale = ordered(problem), rng.integers(0, 3, 30).astype(float)
    cost = problem.distance.matrix(order.demand, order.sites) * scale[:, None]
    found = reach(problem, order.demand, order.sites, most, scale)
    for site in range(9):
        rows = np.flatnonzero(cost[:, site] <= most)
        rows = rows[np.argsort(cost[rows, site], kind="stable")]
        assert found.columns.rows_of(site).tolist() == rows.tolist()
        own = slice(found.columns.start[site], found.columns.start[site + 1])
        assert found.cost[own].tolist() == cost[rows, site].tolist()


def test_order_is_by_place_then_weight_then_name() -> None:
    """Whatever the order of the input."""
    problem = random_problem(4, n=20, candidates=[[3.0, 1.0], [3.0, 0.0], [1.0, 5.0]])
    order, demand = ordered(problem), problem.demand
    keys = [(*demand.xy[i], demand.weight[i], demand.ids[i]) for i in order.row_index]
    assert keys == sorted(keys)
    assert order.site_index.tolist() == [2, 1, 0]


def test_without_time_nothing_is_returned() -> None:
    """A watch that says stop ends the search for pairs."""
    problem = random_problem(5, n=20, candidates=[[3.0, 1.0]])
    order = ordered(problem)
    assert reach_in_time(problem, order.demand, order.sites, 9.0, np.ones(20), Watch(0.0)) is None
