"""Measure devices anywhere in the plane or in a floor plan: value, bound and processor time; write the table.

python benchmarks/bench_anywhere.py [--quick]
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from placement.core import Demand, Domain, Frame, Plan, Problem, Search, Sites
from placement.core.protocols import Objective
from placement.core.types import FloatArray
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.solvers import solve

HERE = Path(__file__).parent
BEGIN, END = "<!-- anywhere table: written by bench_anywhere.py -->", "<!-- end of anywhere table -->"
CENTERS = {
    ("pr439", 10): 1716.5099,
    ("pr439", 30): 739.193,
    ("pr439", 50): 468.5416,
    ("rat575", 10): 67.9258,
    ("u1060", 10): 2167.9163,
    ("pr439", 100): None,
    ("u1060", 20): None,
    ("pcb3038", 10): None,
}
"""p_center in the plane: values that another program had proven before; `data/SOURCES.md` says how."""
OFFICES = 100
PROVEN = 1e-6


def problem_of(xy: FloatArray, p: int, objective: Objective, weight: FloatArray | None = None) -> Problem:
    """Return the problem of placing p devices anywhere in the plane."""
    demand = Demand(tuple(map(str, range(len(xy)))), xy, np.ones(len(xy)) if weight is None else weight)
    return Problem(demand, Sites.none(), None, Domain("plane"), objective, DISTANCES["euclidean"](), p, (), Frame())


def timed(problem: Problem) -> tuple[Plan, float]:
    """Return the plan at effort "good" and the processor seconds it took."""
    start = time.process_time()
    plan = solve(problem, Search(seed=1))
    return plan, time.process_time() - start


def center_rows(quick: bool) -> list[str]:
    """Return the rows of p_center in the plane."""
    rows = ["| p_center in the plane | value | bound | gap | known before | seconds |", "|---|---|---|---|---|---|"]
    for (name, p), known in list(CENTERS.items())[: 2 if quick else None]:
        xy = np.loadtxt(HERE / "data" / f"{name}.csv", delimiter=",", skiprows=1)
        plan, seconds = timed(problem_of(xy, p, OBJECTIVES["p_center"]()))
        gap, before = plan.gap or 0.0, "" if known is None else f"{known:.4f}"
        rows.append(f"| {name} p={p} | {plan.value:.4f} | {plan.bound:.4f} | {gap:.1e} | {before} | {seconds:.2f} |")
        print(rows[-1], flush=True)
    return rows


def floor() -> shapely.Geometry:
    """Return the free space of an office of 58 x 28 m with partitions, doors, a light well and a shaft."""
    walls = [shapely.box(x - 0.2, 18, x + 0.2, 27.6) for x in (7, 14, 20)]
    walls += [shapely.box(x - 0.2, 0.4, x + 0.2, 9) for x in (8, 14, 37, 44, 51)]
    walls += [shapely.box(x, y - 0.2, x + 19.6, y + 0.2) for x, y in ((0.4, 9), (0.4, 18), (37, 9))]
    doors = [shapely.box(x, y - 0.3, x + 0.9, y + 0.3) for y in (9, 18) for x in (4, 11, 17, 40, 47, 54)]
    holes = [shapely.box(24, 9, 34, 20), shapely.box(27, 24.2, 31, 27.6)]
    solid = shapely.union_all(walls).difference(shapely.union_all(doors))
    return shapely.box(0.4, 0.4, 57.6, 27.6).difference(shapely.union_all([solid, *holes]))


def office(seed: int, free: shapely.Geometry | None) -> Problem:
    """Return a random office of 30 to 150 weighted desks and 2 to 10 devices; with walls, nobody sits in one."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(30, 151)), int(rng.integers(2, 11))
    xy, weight = rng.random((n, 2)) * [58, 28], rng.integers(1, 5, n).astype(float)
    domain = Domain("plane") if free is None else Domain("floor_plan", free)
    objective = OBJECTIVES["p_center"]()
    return replace(problem_of(domain.nearest_free(xy), p, objective, weight), domain=domain)


def office_rows(quick: bool) -> list[str]:
    """Return the rows of random offices, in the plane and in a floor plan."""
    title = "| random offices | proven optimal | gap, median | gap, worst | seconds, median | seconds, worst |"
    rows = [title, "|---|---|---|---|---|---|"]
    count = 5 if quick else OFFICES
    for where, free in (("in the plane", None), ("in a floor plan with walls and a light well", floor())):
        for kind in ("k_means", "p_median", "p_center", "max_cover", "set_cover"):
            found = [timed(_asked(office(seed, free), kind, seed)) for seed in range(count)]
            gaps, seconds = [plan.gap or 0.0 for plan, _ in found], [spent for _, spent in found]
            proven = sum(gap <= PROVEN for gap in gaps)
            shown = [
                f"{statistics.median(gaps):.2%}",
                f"{max(gaps):.2%}",
                f"{statistics.median(seconds):.2f}",
                f"{max(seconds):.2f}",
            ]
            rows.append(f"| {kind} {where} | {proven} of {count} | " + " | ".join(shown) + " |")
            print(rows[-1], flush=True)
    return rows


def _asked(problem: Problem, kind: str, seed: int) -> Problem:
    if kind == "p_center":
        return problem
    if kind in ("k_means", "p_median"):
        return replace(problem, objective=OBJECTIVES[kind]())
    objective = OBJECTIVES[kind](radius_m=float(np.random.default_rng(seed).uniform(3, 9)))
    return replace(problem, objective=objective, n_new=problem.n_new if kind == "max_cover" else problem.demand.n)


def write_readme(lines: list[str]) -> None:
    """Put the lines between the markers of the README."""
    path = HERE / "README.md"
    head, rest = path.read_text(encoding="utf-8").split(BEGIN)
    tail = rest.split(END)[1]
    path.write_text("\n".join([head + BEGIN, "", *lines, "", END + tail]), encoding="utf-8")


def main() -> None:
    """Measure and write."""
    quick = "--quick" in sys.argv
    rows = [*center_rows(quick), "", *office_rows(quick)]
    if not quick:
        versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
        write_readme(
            [f'Effort "good", processor time of one thread, {versions}; the machine was busy with other work.', "", *rows]
        )


if __name__ == "__main__":
    main()
