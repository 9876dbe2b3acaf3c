"""Measure what a bound costs beside the plan, on random demand: processor time of the search, of the proof, and the gap.

python benchmarks/bench_bound_cost.py [--n 3000] [--effort fast good] [--only k_means ...] [--sites 0 300 3000] [--p 5 20 100]

Devices anywhere is 0 sites. A clock runs inside the functions that do nothing but prove; all the rest counts as the search.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from placement.core import Demand, Domain, Frame, Problem, Search, Sites
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.solvers import solve

PROOFS = (
    ("placement.solvers.planar", "prove_anywhere"),
    ("placement.solvers.planar_p_median", "prove_anywhere"),
    ("placement.solvers.center_proof", "refute"),
    ("placement.solvers.site_center", "refute"),
    ("placement.solvers.covering", "refute"),
    ("placement.solvers.covering", "limit_weight"),
    ("placement.solvers.planar_max_cover", "heaviest_place"),
    ("placement.solvers.site_sums._Hunt", "_climb"),
    ("placement.solvers.site_sums._Hunt", "_branch"),
)
"""What only proves. On sites the ascent for a sum also tries plans: that counts as proof here."""
OBJECTIVES_ASKED = ("k_means", "p_median", "p_center", "max_cover", "set_cover")
SIDE = 1000.0


@dataclass
class Clock:
    """Processor time spent inside proofs [s]; a proof within a proof counts once."""

    spent: float = 0.0
    is_inside: bool = False

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with the clock running inside."""

        def timed(*args: Any, **options: Any) -> Any:
            if self.is_inside:
                return function(*args, **options)
            self.is_inside, start = True, time.process_time()
            try:
                return function(*args, **options)
            finally:
                self.spent, self.is_inside = self.spent + time.process_time() - start, False

        return timed


def watch_proofs() -> Clock:
    """Put a clock into every function that proves."""
    clock = Clock()
    for place, name in PROOFS:
        module, _, owner = place.partition("._")
        home = import_module(module)
        home = getattr(home, f"_{owner}") if owner else home
        setattr(home, name, clock.around(getattr(home, name)))
    return clock


def random_problem(kind: str, n: int, m: int, p: int) -> Problem:
    """Return n random points in a square with m random sites (all points for m = n; devices anywhere for 0)."""
    rng = np.random.default_rng(n)
    xy, names = rng.random((n, 2)) * SIDE, tuple(map(str, range(n)))
    # So that p devices cover about two thirds of the square.
    parts = {"radius_m": SIDE * (0.67 / (np.pi * p)) ** 0.5} if kind.endswith("cover") else {}
    sites = Sites(names[:m], xy if m == n else rng.random((m, 2)) * SIDE) if m else None
    demand, domain = Demand(names, xy, np.ones(n)), Domain("plane")
    n_new = n if kind == "set_cover" else p
    objective, distance = OBJECTIVES[kind](**parts), DISTANCES["euclidean"]()
    return Problem(demand, Sites.none(), sites, domain, objective, distance, n_new, (), Frame())


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=3000)
    parser.add_argument("--effort", nargs="+", default=["fast", "good"], choices=["fast", "good", "best"])
    parser.add_argument("--only", nargs="+", default=OBJECTIVES_ASKED, choices=OBJECTIVES_ASKED)
    parser.add_argument("--sites", type=int, nargs="+", default=[0, 300, 3000])
    parser.add_argument("--p", type=int, nargs="+", default=[5, 20, 100])
    asked = parser.parse_args()
    clock = watch_proofs()
    print("| objective | sites | p | effort | value | gap | search [s] | proof [s] |\n|---|---|---|---|---|---|---|---|")
    for kind, m, p, effort in [(k, m, p, e) for k in asked.only for m in asked.sites for p in asked.p for e in asked.effort]:
        clock.spent, start = 0.0, time.process_time()
        try:
            plan = solve(random_problem(kind, asked.n, m, p), Search(effort=effort))
            found = f"{plan.value:.6g} | {plan.gap:.3%}"
        except Exception as error:  # a case that no plan solves is a row, not the end of the table
            found = f"{type(error).__name__} | "
        whole = time.process_time() - start
        where = m or "anywhere"
        print(f"| {kind} | {where} | {p} | {effort} | {found} | {whole - clock.spent:.2f} | {clock.spent:.2f} |", flush=True)


if __name__ == "__main__":
    main()
