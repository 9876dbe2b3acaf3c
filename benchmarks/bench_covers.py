"""Measure covers and centres on candidate sites: value, bound and processor time beside published optima; write the table.

python benchmarks/bench_covers.py [--quick]
"""

from __future__ import annotations

import csv
import platform
import statistics
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from placement.core import Demand, Domain, Frame, Plan, Problem, Search, Sites
from placement.core.types import FloatArray
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.solvers import solve

HERE = Path(__file__).parent
BEGIN, END = "<!-- covers table: written by bench_covers.py -->", "<!-- end of covers table -->"
CENTERS = {
    "pr439": {5: 3196.5802, 20: 1185.5906},
    "u1060": {
        **{10: 2273.0838, 20: 1580.7952, 30: 1207.7735, 40: 1020.561, 50: 904.9234, 60: 781.1699, 70: 710.747, 80: 652.1627},
        **{90: 607.8653, 100: 570.0089, 110: 538.8359, 120: 510.2707, 130: 499.65, 140: 452.4623, 150: 447.0079},
    },
}
"""Vertex p-center: published values where there are any (Pullan 2008; Elloumi, Labbe, Pochet 2004), else proven here."""
OFFICES = 100


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    job: str
    plan: Plan
    seconds: float
    known: float | None

    @property
    def cells(self) -> list[str]:
        """What the line says."""
        known = "" if self.known is None else f"{self.known:,.4f}".rstrip("0").rstrip(".")
        gap = "" if self.plan.gap is None else f"{self.plan.gap:.2%}"
        bound = "" if self.plan.bound is None else f"{self.plan.bound:,.4f}"
        return [self.job, f"{self.plan.value:,.4f}", bound, gap, known, f"{self.seconds:.2f}"]


def on_points(xy: FloatArray, kind: str, p: int, weight: FloatArray | None = None, **parts: object) -> Problem:
    """Return a problem whose sites are its points."""
    names = tuple(map(str, range(len(xy))))
    demand = Demand(names, xy, np.ones(len(xy)) if weight is None else weight)
    objective, distance = OBJECTIVES[kind](**parts), DISTANCES["euclidean"]()
    return Problem(demand, Sites.none(), Sites(names, xy), Domain("plane"), objective, distance, p, (), Frame())


def timed(job: str, problem: Problem, search: Search, known: float | None = None) -> Row:
    """Solve a problem and say how long the processor took."""
    start = time.process_time()
    plan = solve(problem, search)
    row = Row(job, plan, time.process_time() - start, known)
    print(" | ".join(row.cells), flush=True)
    if known is not None and plan.bound is not None and problem.objective.sense == "min" and plan.bound > known + 1e-3:
        raise SystemExit(f"{job}: the bound {plan.bound} lies above the known value {known}")
    return row


def points(name: str) -> FloatArray:
    """Return the coordinates of an instance."""
    return np.loadtxt(HERE / "data" / f"{name}.csv", delimiter=",", skiprows=1)


def published(is_quick: bool) -> list[Row]:
    """Return the rows about published instances."""
    search = Search()
    rows = [
        timed(f"p_center {name}, p={p}", on_points(points(name), "p_center", p), search, known)
        for name, values in CENTERS.items()
        for p, known in values.items()
        if not is_quick or name == "pr439"
    ]
    xy = points("u1060")
    rows.append(timed("max_cover u1060, radius 1000, p=20", on_points(xy, "max_cover", 20, radius_m=1000.0), search, 794.0))
    for radius in (1000.0, 2000.0):
        rows.append(timed(f"set_cover u1060, radius {radius:g}", on_points(xy, "set_cover", 1060, radius_m=radius), search))
    return rows


def large() -> list[Row]:
    """Return rows about 3038 points."""
    xy = points("pcb3038")
    rows = []
    for effort in ("fast", "good"):
        search = Search(effort=effort)
        rows.append(timed(f"p_center pcb3038, p=20, {effort}", on_points(xy, "p_center", 20), search))
        rows.append(
            timed(f"max_cover pcb3038, radius 300, p=20, {effort}", on_points(xy, "max_cover", 20, radius_m=300.0), search)
        )
        if effort == "fast":
            rows.append(timed("set_cover pcb3038, radius 300, fast", on_points(xy, "set_cover", 3038, radius_m=300.0), search))
    return rows


def offices(kind: str, count: int) -> str:
    """Return a sentence about random offices: how many are proven, and how long they take."""
    seconds, n_proven = [], 0
    for seed in range(count):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(20, 151))
        xy = rng.random((n, 2)) * [40.0, 25.0]
        p = int(rng.integers(2, 11))
        parts = {"radius_m": float(rng.uniform(4, 9))} if kind == "max_cover" else {}
        start = time.process_time()
        plan = solve(on_points(xy, kind, p, rng.integers(1, 4, n).astype(float), **parts), Search(seed=seed))
        seconds.append(time.process_time() - start)
        n_proven += plan.status == "optimal"
    middle, worst = statistics.median(seconds), max(seconds)
    return f"{count} random offices (n <= 150, p <= 10), {kind}: {n_proven} proven, median {middle:.2f} s, slowest {worst:.2f} s."


def san_francisco() -> list[Row]:
    """Return rows about 205 tracts and 16 stores over a street network, when its table is beside the data."""
    path = HERE.parent / "scenarios" / "data" / "city" / "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        table = {(line["DestinationName"], line["name"]): float(line["distance"]) for line in csv.DictReader(file)}
        file.seek(0)
        weight = {line["DestinationName"]: float(line["demand"]) for line in csv.DictReader(file)}
    tracts, stores = tuple(sorted(weight)), tuple(sorted({store for _, store in table}))
    distance = _Table(table)
    place = np.zeros((len(tracts), 2))
    demand = Demand(tracts, place, np.array([weight[name] for name in tracts]))
    base = on_points(place, "p_center", 4)
    base = replace(base, demand=demand, candidates=Sites(stores, np.zeros((len(stores), 2))), distance=distance)
    jobs = {
        "p_center, p=4": ({}, 4),
        "max_cover, radius 5000, p=4": ({"radius_m": 5000.0}, 4),
        "set_cover, radius 8000": ({"radius_m": 8000.0}, 16),
    }
    return [
        timed(f"San Francisco, {job}", replace(base, objective=OBJECTIVES[job.split(",")[0]](**parts), n_new=p), Search())
        for job, (parts, p) in jobs.items()
    ]


@dataclass(frozen=True)
class _Table:
    """Distances by name."""

    table: dict[tuple[str, str], float]
    kind: str = "table"
    meaning: str = "given distance"
    is_straight: bool = False

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Look them up."""
        return np.array([[self.table[point, site] for site in sites.ids] for point in demand.ids]).reshape(demand.n, sites.m)


def main() -> None:
    """Measure, print, write."""
    is_quick = "--quick" in sys.argv
    rows = [*san_francisco(), *published(is_quick), *([] if is_quick else large())]
    sentences = [offices(kind, 10 if is_quick else OFFICES) for kind in ("p_center", "max_cover")]
    print("\n".join(sentences))
    if is_quick:
        return
    head = ["job", "value", "bound", "gap", "known", "seconds"]
    lines = ["| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *(row.cells for row in rows)]]
    version = f"Processor time of one thread, Python {platform.python_version()}, NumPy {np.__version__}."
    text = "\n".join([BEGIN, "", version, "", *lines, "", *(f"{sentence}\n" for sentence in sentences), END])
    path = HERE / "README.md"
    old = path.read_text(encoding="utf-8")
    before, after = old.split(BEGIN)[0], old.split(END)[1]
    path.write_text(before + text + after, encoding="utf-8")


if __name__ == "__main__":
    main()
