"""Measure what a bound costs beside the plan, on random demand.

python benchmarks/bench_bound_cost.py [--n 3000] [--effort fast good] [--only k_means ...] [--sites 0 300 3000] [--p 5 20 100]

Prints processor time of the search, of the proof, and the gap; and what the same run takes, and finds, when all that proves is
replaced by functions that prove nothing. Devices anywhere is 0 sites. A clock runs inside the functions that do nothing but
prove; all the rest counts as the search. A run that proves nothing never learns that it may stop: it goes on as far as its effort
allows.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from placement.bounds.anywhere import PlaneProof
from placement.bounds.cover_proof import Refutation
from placement.bounds.weight_proof import WeightLimit
from placement.core import Demand, Domain, Frame, Problem, Search, Sites
from placement.core.certificate import Certificate
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
NOBODY = np.empty(0, dtype=np.intp)
NOTHING_PROVEN: dict[str, Callable[..., Any]] = {
    "prove_anywhere": lambda _, new_xy, *__: PlaneProof(0.0, Certificate("planar_multipliers", 0.0, {}), new_xy),
    "refute": lambda *_, **__: Refutation("open", NOBODY, {"duals": []}, NOBODY, 0.0),
    "limit_weight": lambda columns, weight, *_, chosen, **__: WeightLimit(
        np.sort(chosen), float(weight[columns.counts(chosen) > 0].sum()), float(weight.sum()), {"duals": weight.tolist()}
    ),
    "heaviest_place": lambda _, __, ___, duals: float(duals.sum()),
    "_climb": lambda *_: None,
    "_branch": lambda *_: None,
}
"""What stands in for each of them in a run without proof."""
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


@contextmanager
def proofs_replaced(substitute: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    """Put what `substitute` makes of the name and the function in the place of every function that proves, for a while."""
    replaced = []
    for place, name in PROOFS:
        module, _, owner = place.partition("._")
        home = import_module(module)
        home = getattr(home, f"_{owner}") if owner else home
        replaced.append((home, name, getattr(home, name)))
    for home, name, function in replaced:
        setattr(home, name, substitute(name, function))
    try:
        yield
    finally:
        for home, name, function in replaced:
            setattr(home, name, function)


def run(problem: Problem, effort: str) -> tuple[str, str, float]:
    """Return value and gap as text, and the processor time of the whole run [s]."""
    start = time.process_time()
    try:
        plan = solve(problem, Search(effort=effort))
        value, gap = f"{plan.value:.6g}", f"{plan.gap:.3%}"
    except Exception as error:  # a case that no plan solves is a row, not the end of the table
        value, gap = type(error).__name__, ""
    return value, gap, time.process_time() - start


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
    columns = "objective", "sites", "p", "effort", "value", "gap", "search [s]", "proof [s]", "without proof: value", "[s]"
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    clock = Clock()
    for kind, m, p, effort in [(k, m, p, e) for k in asked.only for m in asked.sites for p in asked.p for e in asked.effort]:
        problem, clock.spent = random_problem(kind, asked.n, m, p), 0.0
        with proofs_replaced(lambda _, function: clock.around(function)):
            value, gap, whole = run(problem, effort)
        with proofs_replaced(lambda name, _: NOTHING_PROVEN[name]):
            bare_value, _, bare = run(problem, effort)
        cells = (
            kind,
            m or "anywhere",
            p,
            effort,
            value,
            gap,
            f"{whole - clock.spent:.2f}",
            f"{clock.spent:.2f}",
            bare_value,
            f"{bare:.2f}",
        )
        print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
