"""p-median on candidate sites: value, bound and gap beside the best values known, processor seconds of one thread, memory.

Run ``python benchmarks/bench_sites.py`` to print the table, with ``--write`` to put it into ``benchmarks/README.md``;
``--only pcb3038`` takes one instance (``large`` for the random large ones), ``--quick`` the first row of each. Every row runs in
a process of its own, so that its memory is its own. A bound above a value that somebody has reached is an error and ends the run.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from placement.core import Demand, Domain, Frame, Problem, Search, Sites
from placement.core.types import FloatArray
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.solvers import solve

HERE = Path(__file__).parent
README = HERE / "README.md"
MARKS = ("<!-- sites table: written by bench_sites.py -->", "<!-- end of sites table -->")
LARGE = {"900 x 900": (900, 900, 10), "10,000 x 1,000": (10_000, 1_000, 100), "100,000 x 5,000": (100_000, 5_000, 200)}
HEAD = ("instance", "p", "value", "above best known", "bound", "below best known", "gap", "status", "seconds", "MB")


@dataclass(frozen=True)
class FlooredDistance:
    """The straight line rounded down to whole units, as the papers about the p-median have it."""

    kind: str = "floored"
    meaning: str = "straight line, rounded down"
    is_straight: bool = False

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return distances of shape (n, m)."""
        return np.floor(DISTANCES["euclidean"]().matrix(demand, sites))


def known_values() -> list[dict[str, str]]:
    """Return the rows of `medians.csv`."""
    with (HERE / "data" / "medians.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def problem_of(instance: str, p: int) -> tuple[Problem, float | None]:
    """Return the problem of a row and the best value known; random weighted points on a square for the large ones."""
    if instance in LARGE:
        n, m, p = LARGE[instance]
        rng = np.random.default_rng(5)
        xy, weight, sites = rng.random((n, 2)) * 1000, rng.integers(1, 100, n).astype(float), rng.random((m, 2)) * 1000
        return _median(xy, weight, sites, p, "real"), None
    row = next(row for row in known_values() if (row["instance"], row["p"]) == (instance, str(p)))
    xy = np.loadtxt(HERE / "data" / f"{instance}.csv", delimiter=",", skiprows=1)
    return _median(xy, np.ones(len(xy)), xy, p, row["distance"]), float(row["value"])


def _median(xy: FloatArray, weight: FloatArray, sites: FloatArray, p: int, distance: str) -> Problem:
    return Problem(
        demand=Demand(tuple(map(str, range(len(xy)))), xy, weight),
        fixed=Sites.none(),
        candidates=Sites(tuple(map(str, range(len(sites)))), sites),
        domain=Domain("plane"),
        objective=OBJECTIVES["p_median"](),
        distance=FlooredDistance() if distance == "floored" else DISTANCES["euclidean"](),
        n_new=p,
        radii_m=(),
        frame=Frame(),
    )


def measure(instance: str, p: int, effort: str) -> dict[str, object]:
    """Solve one row in this process."""
    problem, best = problem_of(instance, p)
    began = time.process_time()
    plan = solve(problem, Search(n_init=10, seed=1, effort=effort))
    seconds = time.process_time() - began
    if best is not None and plan.bound > best * (1 + 1e-9) + 0.005:  # real values are printed with two digits
        raise SystemExit(f"{instance} p={p}: the bound {plan.bound} lies above {best}, which somebody has reached")
    return {
        "instance": instance,
        "p": problem.n_new,
        "value": f"{plan.value:.2f}",
        "above best known": "" if best is None else f"{plan.value / best - 1:.4%}",
        "bound": f"{plan.bound:.2f}",
        "below best known": "" if best is None else f"{1 - plan.bound / best:.4%}",
        "gap": f"{plan.gap:.5%}",
        "status": plan.status,
        "seconds": f"{seconds:.1f}",
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def jobs(only: str | None, quick: bool) -> list[tuple[str, int]]:
    """Return the rows to run."""
    rows = [(row["instance"], int(row["p"])) for row in known_values()] + [(name, size[2]) for name, size in LARGE.items()]
    rows = [row for row in rows if only is None or row[0] == only or (only == "large" and row[0] in LARGE)]
    return list({row[0]: row for row in reversed(rows)}.values())[::-1] if quick else rows


def run_apart(instance: str, p: int, effort: str) -> dict[str, object]:
    """Solve one row in a process of its own."""
    command = [sys.executable, __file__, "--job", instance, str(p), "--effort", effort]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def line(cells: list[object]) -> str:
    """Return a row of a Markdown table."""
    return "| " + " | ".join(map(str, cells)) + " |"


def write(table: str) -> None:
    """Put the table between its marks in the README."""
    text = README.read_text(encoding="utf-8")
    head, rest = text.split(MARKS[0])
    tail = rest.split(MARKS[1])[1]
    README.write_text(f"{head}{MARKS[0]}\n\n{table}\n\n{MARKS[1]}{tail}", encoding="utf-8")


def main() -> None:
    """Read the words of the command, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="one instance, or large")
    parser.add_argument("--quick", action="store_true", help="one row of each instance")
    parser.add_argument("--effort", default="good", choices=("fast", "good", "best"))
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    parser.add_argument("--job", nargs=2, metavar=("INSTANCE", "P"), help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.job:
        print(json.dumps(measure(words.job[0], int(words.job[1]), words.effort)))
        return
    lines = [line(list(HEAD)), line(["---"] * len(HEAD))]
    print("\n".join(lines), flush=True)
    for instance, p in jobs(words.only, words.quick):
        row = run_apart(instance, p, words.effort)
        lines.append(line([row[name] for name in HEAD]))
        print(lines[-1], flush=True)
    if words.write:
        versions = f'Effort "{words.effort}", Python {platform.python_version()}, NumPy {np.__version__}.'
        write(f"{versions}\n\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
