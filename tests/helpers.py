"""Small results made by hand, for tests of whatever reads a `Result`.

No solver or reader is involved, and scores are worked out here once more; only the survey is that of the package.

`tiny_result` is checkable on paper, `desks_result` is the plane, `floor_result` an office with walls and a light well,
`city_result` stands on the Earth.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from placement.core import (
    Coverage,
    Demand,
    DeviceScore,
    Domain,
    FloorPlan,
    Frame,
    Plan,
    Problem,
    Result,
    Room,
    Score,
    Sites,
    Source,
    WorstServed,
)
from placement.core.frame import choose_planning_crs
from placement.core.outlook import OtherBudget, Outlook
from placement.metrics import survey

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from placement.core.types import FloatArray

HEADINGS = (
    "Placement report",
    "In this report",
    "Summary",
    "Map",
    "Purpose and requirements",
    "Scope and assumptions",
    "Method and proof",
    "Results",
    "Device schedule",
    "Coverage",
    "Worst served",
    "Other budgets",
    "Risks and robustness",
    "Bill of materials",
    "Data notes and warnings",
    "Appendices",
    "How to reproduce this report",
)
"""Headings of the PDF, each the key of its phrase, in the order in which they stand there."""

CITY = Path(__file__).parents[1] / "scenarios" / "data" / "city"


@dataclass(frozen=True)
class SquaredDistance:
    """The k_means objective, as far as readers of a result need it."""

    kind: str = "k_means"
    unit: str = "m2"
    sense: str = "min"
    meaning: str = "sum of weight times squared distance"
    n_serving: int = 1

    def value(self, weight: FloatArray, service_distance: FloatArray, n_new: int) -> float:  # noqa: ARG002 - one signature
        """Return the sum of weight times squared distance [m2]."""
        return float(weight @ service_distance**2)

    def cost(self, weight: FloatArray, distance: FloatArray) -> FloatArray:
        """Return weight times squared distance, shape (n, m)."""
        return weight[:, None] * distance**2


@dataclass(frozen=True)
class StraightLine:
    """Euclidean distance."""

    kind: str = "euclidean"
    meaning: str = "straight line"
    is_straight: bool = True

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return distances [m], rows demand, columns sites."""
        return straight(demand.xy, sites.xy)


def straight(here: FloatArray, there: FloatArray) -> FloatArray:
    """Return straight-line distances [m] of shape (n, m)."""
    return np.linalg.norm(here[:, None] - there[None], axis=2)


def make_result(
    demand: Demand,
    device_xy: FloatArray,
    *,
    name: str = "Tiny",
    device_ids: tuple[str, ...] | None = None,
    n_fixed: int = 0,
    candidates: Sites | None = None,
    domain: Domain | None = None,
    radii_m: tuple[float, ...] = (),
    frame: Frame | None = None,
    warnings: tuple[str, ...] = (),
) -> Result:
    """Return the result in which `device_xy` [m] of shape (p, 2) serve `demand`; the first `n_fixed` stood already."""
    p = len(device_xy)
    new = ("new" if candidates is None else "candidate",) * (p - n_fixed)
    ids = device_ids or (*(f"AP{i + 1}" for i in range(n_fixed)), *(f"D{i + 1}" for i in range(p - n_fixed)))
    distance = straight(demand.xy, device_xy)
    assignment = distance.argmin(axis=1)
    service = distance.min(axis=1)
    value = SquaredDistance().value(demand.weight, service, p - n_fixed)
    fixed = Sites(ids[:n_fixed], device_xy[:n_fixed])
    problem = Problem(
        demand=demand,
        fixed=fixed,
        candidates=candidates,
        domain=domain or Domain("plane"),
        objective=SquaredDistance(),
        distance=StraightLine(),
        n_new=p - n_fixed,
        radii_m=radii_m,
        frame=frame or Frame(),
    )
    plan = Plan(
        device_ids=ids,
        device_xy=device_xy,
        device_status=(*(("fixed",) * n_fixed), *new),
        assignment=assignment,
        service_distance=service,
        value=value,
        unit="m2",
        bound=None,
        scope="best of 50 starts",
        status="feasible",
        seed=7,
    )
    source = Source(
        name=name,
        file="tiny.yaml",
        sha256="0" * 64,
        resolved_yaml="schema: 1\nname: Tiny\n",
        command="place tiny.yaml --seed 7",
        report=("map",),
        data_notes=("5 rows read",),
    )
    return Result(
        source, problem, plan, _score(demand, plan, radii_m), version="0.1.0", warnings=warnings, survey=survey(problem, plan)
    )


def _score(demand: Demand, plan: Plan, radii_m: tuple[float, ...]) -> Score:
    service, weight = plan.service_distance, demand.weight
    far = np.argsort(-service, kind="stable")[:10]
    return Score(
        max_m=float(service.max()),
        mean_m=float(np.average(service, weights=weight)),
        median_m=float(np.median(service)),
        p95_m=float(np.quantile(service, 0.95)),
        wcss_m2=float(weight @ service**2),
        coverage=tuple(_coverage(demand, service, radius) for radius in radii_m),
        devices=tuple(_device_score(demand, plan, j) for j in range(plan.p)),
        worst=tuple(
            WorstServed(demand.ids[i], plan.device_ids[plan.assignment[i]], float(service[i]), float(weight[i])) for i in far
        ),
    )


def _coverage(demand: Demand, service: FloatArray, radius_m: float) -> Coverage:
    inside = service <= radius_m
    weight = float(demand.weight[inside].sum())
    return Coverage(radius_m, weight / demand.total_weight, weight, int(inside.sum()))


def _device_score(demand: Demand, plan: Plan, position: int) -> DeviceScore:
    mine = plan.assignment == position
    name = plan.device_ids[position]
    if not mine.any():
        return DeviceScore(name, 0, 0.0, None, None, None, None)
    service, weight = plan.service_distance[mine], demand.weight[mine]
    mean, median = float(np.average(service, weights=weight)), float(np.median(service))
    p95, largest = float(np.quantile(service, 0.95)), float(service.max())
    return DeviceScore(name, int(mine.sum()), float(weight.sum()), mean, median, p95, largest)


def demand_at(xy: FloatArray, weight: FloatArray | None = None, prefix: str = "S") -> Demand:
    """Return demand points S1, S2, ... at `xy` [m] of shape (n, 2)."""
    ids = tuple(f"{prefix}{i + 1}" for i in range(len(xy)))
    return Demand(ids, np.asarray(xy, dtype=float), np.ones(len(xy)) if weight is None else weight)


def tiny_result(**changes: object) -> Result:
    """Return two devices at (1, 0) and (10, 3) for points at x = 0, 1, 2 on the axis and (10, 0), (10, 4).

    Service distances are 1, 0, 1, 3 and 1 m: the mean is 1.2 m, the sum of squares 12 m2.
    """
    demand = demand_at(np.array([[0.0, 0], [1, 0], [2, 0], [10, 0], [10, 4]]))
    return make_result(demand, np.array([[1.0, 0], [10, 3]]), **changes)  # type: ignore[arg-type]


def desks_result(n: int = 100, p: int = 5, seed: int = 3, **changes: object) -> Result:
    """Return `n` desks in six rows of a 40 x 25 m plane and `p` devices near the middles of their groups."""
    rng = np.random.default_rng(seed)
    xy = np.column_stack([rng.uniform(0, 40, n), rng.integers(0, 6, n) * 5 + rng.normal(0, 0.4, n)]).round(2)
    demand = demand_at(xy)
    return make_result(demand, _centres(demand, p), **{"name": "Desks on a plane", **changes})  # type: ignore[arg-type]


def floor_result(**changes: object) -> Result:
    """Return a 58 x 28 m office with walls, doors, windows, a light well, a lift shaft, 55 seats and 5 devices."""
    plan = office_plan()
    demand = demand_at(_seats())
    free = plan.floor.difference(plan.walls)
    domain = changes.pop("domain", None) or Domain("floor_plan", free, None, plan)
    xy = domain.nearest_free(_centres(demand, int(changes.pop("p", 5))))  # type: ignore[attr-defined, call-overload]
    defaults = {"name": "Office, ground floor", "radii_m": (12.0,), "domain": domain}
    return make_result(demand, xy, **{**defaults, **changes})  # type: ignore[arg-type]


def city_result(p: int = 4, **changes: object) -> Result:
    """Return the census tracts of San Francisco, weighted by population, served by `p` devices; planned in metres."""
    ids, lonlat, weight = _tracts()
    frame = Frame("km", "EPSG:4326", choose_planning_crs("EPSG:4326", lonlat))
    demand = Demand(ids, frame.to_planning(lonlat), weight)
    defaults = {"name": "Clinics in San Francisco", "frame": frame}
    return make_result(demand, _centres(demand, p), **{**defaults, **changes})  # type: ignore[arg-type]


def city_sites(frame: Frame) -> Sites:
    """Return the 16 candidate stores of San Francisco in the planning frame."""
    with (CITY / "SF_store_site_16_longlat.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    lonlat = np.array([[float(row["long"]), float(row["lat"])] for row in rows])
    return Sites(tuple(row["NAME"] for row in rows), frame.to_planning(lonlat))


def with_budgets(result: Result, counts: tuple[int, ...]) -> Result:
    """Return `result` with made-up plans of other budgets: devices on the first demand points."""
    xy = result.problem.demand.xy
    others = tuple(
        OtherBudget(
            p, 4000.0 / p, 3000.0 / p, 9.0, 4.0, None, None,
            tuple((float(x), float(y)) for x, y in xy[:p]), tuple(f"D{j + 1}" for j in range(p)),
        )
        for p in counts
    )  # fmt: skip
    return replace(result, outlook=Outlook(others, (), None))


def with_forbidden(result: Result, zone: BaseGeometry) -> Result:
    """Return `result` with a forbidden zone [m] taken out of its free space; devices stay where they are."""
    domain = result.problem.domain
    free = None if domain.free is None else domain.free.difference(zone)
    return replace(result, problem=replace(result.problem, domain=replace(domain, free=free, forbidden=zone)))


def _tracts() -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    with (CITY / "SF_demand_205_centroid_uniform_weight.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if float(row["POP2000"]) > 0]
    lonlat = np.array([[float(row["long"]), float(row["lat"])] for row in rows])
    return tuple(row["NAME"] for row in rows), lonlat, np.array([float(row["POP2000"]) for row in rows])


def _centres(demand: Demand, p: int) -> FloatArray:
    """Run Lloyd's iteration from points spread along the first axis: good enough for a picture, the same each time."""
    order = np.argsort(demand.xy[:, 0], kind="stable")
    centre = demand.xy[order[np.linspace(0, demand.n - 1, p + 2).astype(int)[1:-1]]].copy()
    for _ in range(40):
        nearest = straight(demand.xy, centre).argmin(axis=1)
        for j in range(p):
            if (nearest == j).any():
                centre[j] = np.average(demand.xy[nearest == j], axis=0, weights=demand.weight[nearest == j])
    return centre[np.lexsort((centre[:, 1], centre[:, 0]))]


def office_plan() -> FloorPlan:
    """Return a 58 x 28 m floor: outer wall 0.4 m, partitions 0.15 m with doors, a light well and a lift shaft."""
    outline = shapely.box(0, 0, 58, 28)
    well, shaft = shapely.box(24, 9, 34, 20), shapely.box(27, 24.2, 31, 27.6)
    shell = outline.difference(shapely.box(0.4, 0.4, 57.6, 27.6))
    partitions = [
        *(shapely.box(x - 0.075, 18, x + 0.075, 27.6) for x in (7, 14, 20)),
        *(shapely.box(x - 0.075, 0.4, x + 0.075, 9) for x in (8, 14, 37, 44, 51)),
        shapely.box(0.4, 17.925, 20, 18.075),
        shapely.box(0.4, 8.925, 20, 9.075),
        shapely.box(37, 8.925, 57.6, 9.075),
    ]
    hinges = [
        (4.0, 18.0),
        (11.0, 18.0),
        (17.0, 18.0),
        (4.0, 9.0),
        (11.0, 9.0),
        (17.0, 9.0),
        (40.0, 9.0),
        (47.0, 9.0),
        (54.0, 9.0),
    ]
    openings = shapely.union_all([shapely.box(x, y - 0.2, x + 0.9, y + 0.2) for x, y in hinges])
    panes = [(x, y) for y in (0.2, 27.8) for x in range(3, 56, 5) if not (y > 1 and 24 < x < 34)]
    gaps = shapely.union_all([shapely.box(x, y - 0.3, x + 2, y + 0.3) for x, y in panes])
    columns = [shapely.box(x - 0.3, y - 0.3, x + 0.3, y + 0.3) for x in (37.0, 44.0, 51.0) for y in (14.0, 20.0)]
    rings = [well.buffer(0.15, join_style="mitre").difference(well), shaft.buffer(0.15, join_style="mitre").difference(shaft)]
    walls = shapely.union_all([shell, *partitions, *columns, *rings]).difference(openings).difference(gaps)
    voids = shapely.union_all([well, shaft])
    lines = [shapely.LineString([(x, y + d), (x + 2, y + d)]) for x, y in panes for d in (-0.12, 0.12)]
    rooms = (Room("Open office", shapely.box(37, 9.1, 57.5, 27.5)), Room("Meeting", shapely.box(0.4, 0.4, 8, 8.9)))
    doors = shapely.MultiLineString([leaf for x, y in hinges for leaf in _door(x, y)])
    return FloorPlan(outline, outline.difference(voids), walls, voids, doors, shapely.MultiLineString(lines), rooms)


def _door(x: float, y: float) -> list[shapely.LineString]:
    angle = np.linspace(0, np.pi / 2, 12)
    return [
        shapely.LineString([(x, y), (x, y + 0.9)]),
        shapely.LineString(np.c_[x + 0.9 * np.cos(angle), y + 0.9 * np.sin(angle)]),
    ]


def _seats() -> FloatArray:
    left = [(x, y) for x in (2.5, 5, 9.5, 12, 16, 18.5) for y in (20.5, 25)]
    lower = [(x, y) for x in (2.5, 5.5, 10, 12.5, 39, 42, 46, 49, 53, 56) for y in (3, 6.5)]
    islands = [(x + dx, y) for x in (39.5, 46.0) for dx in (0, 1.8, 3.6) for y in (12, 16.5, 22.5)]
    return np.array([*left, *lower, *islands, (54, 12), (54, 16.5), (54.0, 24.5), (16, 13), (3.5, 13.5)], dtype=float)
