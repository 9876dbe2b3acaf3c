"""Measure how long a plan really takes under a time limit, by the clock, and what bound it has then.

python benchmarks/bench_time_limit.py [--n 20000] [--sites 0 1000] [--limit 0.01 0.2 1] [--only k_means ...] [--p 20]

Devices anywhere is 0 sites. A small problem of the same kind is solved first, so that imports do not count.
"""

from __future__ import annotations

import argparse
import time
from itertools import product

from bench_bound_cost import OBJECTIVES_ASKED, random_problem

from placement.core import Problem, Search
from placement.solvers import solve

SMALL = 60


def row_of(problem: Problem, limit: float) -> str:
    """Return what came of one problem under one limit: seconds, status, value, bound and gap."""
    start = time.monotonic()
    try:
        plan = solve(problem, Search(time_limit_s=limit))
        bound = "none" if plan.bound is None else f"{plan.bound:.6g} | {plan.gap:.1%}"
        found = f"{plan.status} | {plan.value:.6g} | {bound}"
    except Exception as error:  # a case that no plan solves is a row, not the end of the table
        found = f"{type(error).__name__} | | |"
    return f"{time.monotonic() - start:.2f} | {found}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, nargs="+", default=[20_000])
    parser.add_argument("--sites", type=int, nargs="+", default=[0, 1000])
    parser.add_argument("--limit", type=float, nargs="+", default=[0.01, 0.2, 1.0])
    parser.add_argument("--only", nargs="+", default=OBJECTIVES_ASKED, choices=OBJECTIVES_ASKED)
    parser.add_argument("--p", type=int, nargs="+", default=[20])
    asked = parser.parse_args()
    print("| objective | points | sites | p | limit [s] | clock [s] | status | value | bound | gap |\n" + "|---" * 10 + "|")
    for kind, m in product(asked.only, asked.sites):
        solve(random_problem(kind, SMALL, min(m, SMALL), 5), Search())
        for n, p in product(asked.n, asked.p):
            problem = random_problem(kind, n, m, p)
            for limit in asked.limit:
                print(f"| {kind} | {n:,} | {m or 'anywhere'} | {p} | {limit:g} | {row_of(problem, limit)} |", flush=True)


if __name__ == "__main__":
    main()
