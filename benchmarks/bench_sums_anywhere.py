"""Plans and bounds for k_means and p_median with devices anywhere in the plane.

Run ``python benchmarks/bench_sums_anywhere.py`` to print the tables and write them into ``benchmarks/README.md``; ``--quick``
runs a few small cases, to see that it still works. A bound above a value known stops the run: that is a bug.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from placement.core import Demand, Domain, Frame, Plan, Problem, Search, Sites
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.progress import Watch
from placement.solvers import solve

DATA = Path(__file__).with_name("data")
README = Path(__file__).with_name("README.md")
MARKS = ("<!-- sums anywhere: written by bench_sums_anywhere.py -->", "<!-- end of sums anywhere -->")
KINDS = ("k_means", "p_median")
LONG = [("k_means", 10), ("k_means", 30), ("k_means", 40), ("k_means", 50), ("p_median", 10), ("p_median", 50)]
"""Jobs on u1060 that are given the largest effort, too."""
PLANAR = ("german_towns", "ruspini", "u1060", "pcb3038")


@dataclass
class ProcessorWatch(Watch):
    """A watch that stops at some processor time, not at some hour: other work on the machine does not count."""

    def stop_reason(self) -> Literal["interrupted", "time_limit"] | None:
        """Return "time_limit" when this process has worked that long [s]."""
        return "time_limit" if self.time_limit_s is not None and time.process_time() >= self.time_limit_s else None


@dataclass(frozen=True)
class Run:
    """A plan, what it cost to find and prove it, and the best value known."""

    plan: Plan
    seconds: float
    best: float | None = None


def problem_of(kind: str, xy: np.ndarray, p: int, weight: np.ndarray | None = None) -> Problem:
    """Return the problem of p devices anywhere for these points."""
    names = tuple(map(str, range(len(xy))))
    demand = Demand(names, xy, np.ones(len(xy)) if weight is None else weight)
    none = Sites.none()
    return Problem(demand, none, None, Domain("plane"), OBJECTIVES[kind](), DISTANCES["euclidean"](), p, (), Frame())


def run(problem: Problem, effort: str, best: float | None = None, limit_s: float | None = None) -> Run:
    """Solve one problem and hold its bound against the best value known."""
    start = time.process_time()
    plan = solve(problem, replace(Search(seed=1), effort=effort), ProcessorWatch(None if limit_s is None else start + limit_s))
    seconds = time.process_time() - start
    least = min(plan.value, plan.value if best is None else best * (1 + 1e-7))  # values known are rounded
    if plan.bound is None or plan.bound > least * (1 + 1e-9):
        raise SystemExit(f"a bound of {plan.bound} on a value of {least}")
    return Run(plan, seconds, best)


def office(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return desks, weights and a number of devices; every seed another office."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(20, 151)), int(rng.integers(2, 11))
    if seed % 4 == 0:
        xy = rng.random((n, 2)) * [60, 30]
    elif seed % 4 == 1:
        xy = np.round(rng.random((n, 2)) * [40, 25])
    elif seed % 4 == 2:
        xy = rng.normal(size=(n, 2)) * 3 + rng.random((8, 2))[rng.integers(0, 8, n)] * 60
    else:
        side = int(np.ceil(np.sqrt(2 * n)))
        xy = np.array([(1.6 * x, 2.0 * y) for y in range(side) for x in range(side)])[:n]
    return xy, np.ones(n) if seed % 3 else rng.integers(1, 6, n).astype(float), p


def offices(count: int) -> list[str]:
    """Return the table of random offices."""
    lines = ["| objective | offices | proven optimal | seconds, median | worst |", "|---|---|---|---|---|"]
    for kind in KINDS:
        runs = [run(problem_of(kind, xy, p, weight), "good") for xy, weight, p in map(office, range(count))]
        seconds = [one.seconds for one in runs]
        proven = sum(one.plan.status == "optimal" for one in runs)
        lines.append(f"| {kind} | {count} | {proven} | {statistics.median(seconds):.2f} | {max(seconds):.2f} |")
        print(lines[-1], flush=True)
    return lines


def known(file: str, count: str) -> list[tuple[str, int, float]]:
    """Return instance, number of devices and best value known of each row about the plane."""
    with (DATA / file).open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["dataset"] in PLANAR]
    return [(row["dataset"], int(row[count]), float(row["best_known"])) for row in rows]


def instances(efforts: dict[str, float | None], largest: int) -> list[str]:
    """Return the table of published instances with at most so many points, at each effort with its time limit [s]."""
    lines = [
        "| instance | objective | p | effort | value | over best known | gap to the bound | best known over bound | seconds |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    jobs = [("k_means", *row) for row in known("values.csv", "K")] + [("p_median", *row) for row in known("weber.csv", "p")]
    for kind, name, p, best in jobs:
        xy = np.loadtxt(DATA / f"{name}.csv", delimiter=",", skiprows=1)
        for effort, limit_s in efforts.items():
            if len(xy) > largest or (effort == "best" and (name != "u1060" or (kind, p) not in LONG)):
                continue
            lines.append(_row(run(problem_of(kind, xy, p), effort, best, limit_s), name, effort))
            print(lines[-1], flush=True)
    return lines


def _row(one: Run, name: str, effort: str) -> str:
    plan, best = one.plan, one.best or one.plan.value
    bound = plan.bound or 0.0
    kind = "k_means" if plan.unit == "m2" else "p_median"
    return (
        f"| {name} | {kind} | {plan.p} | {effort} | {plan.value:.8g} | {plan.value / best - 1:.4%} | {plan.gap:.4%} "
        f"| {1 - bound / best:.4%} | {one.seconds:.1f} |"
    )


def main() -> None:
    """Measure, print, and write the tables between their marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    lines = offices(4 if quick else 100)
    lines += ["", *instances({"good": None} if quick else {"good": None, "best": 60.0}, 100 if quick else 10_000)]
    if quick:
        return
    head, rest = README.read_text(encoding="utf-8").split(MARKS[0])
    table = "\n".join(lines)
    README.write_text(f"{head}{MARKS[0]}\n\n{table}\n\n{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
