"""From a `Scenario` to a `Problem`: read every file that it names, bring all to metres, check what belongs together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from placement.core.constraints import Constraints
from placement.core.demand import Demand
from placement.core.domain import Domain
from placement.core.frame import Frame, choose_planning_crs
from placement.core.problem import Problem, Search
from placement.core.protocols import Distance, Objective
from placement.core.result import Source
from placement.core.sites import Sites
from placement.domains.plane import plane
from placement.errors import Fault, ScenarioError
from placement.objectives import OBJECTIVES
from placement.scenario.budget import check_budget, most_devices
from placement.scenario.checks import far_apart, misplaced, unplaced
from placement.scenario.choices_schema import CenterSpec, CoverSpec, SetCoverSpec
from placement.scenario.constraints import read_constraints, sites_of
from placement.scenario.distance import read_distance, unknown_places
from placement.scenario.floor import Floor, block_demand, read_floor
from placement.scenario.place_schema import DemandBlocks
from placement.scenario.points import Points, read_points
from placement.scenario.presentation import read_presentation
from placement.scenario.scenario import Scenario, needs_scenario
from placement.scenario.source import source_of
from placement.scenario.types import with_types
from placement.scenario.zones import read_rings

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A problem ready to solve, how to search, where it comes from, and what the user should know."""

    problem: Problem
    search: Search
    source: Source
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    """Faults, notes and warnings of all parts, so that the user hears of everything at once."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def attempt(self, step: Callable[[], Value]) -> Value | None:
        """Run a step; keep its faults and return None when it fails."""
        try:
            return step()
        except ScenarioError as error:
            self.faults.extend(fault for fault in error.faults if fault not in self.faults)
            return None

    def stop_on_faults(self) -> None:
        if self.faults:
            from placement.scenario.messages import sorted_faults

            raise ScenarioError(sorted_faults(self.faults))


def build(scenario: Scenario) -> Built:
    """Read the data of a scenario, put the question in numbers and check that it has an answer.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.

    Returns
    -------
    Built
        Everything in metres; candidates on which no device may stand are left out, with a warning.

    Raises
    ------
    ScenarioError
        With every fault in the data files; or, once these are sound, with all that does not fit together.
    InfeasibleError
        If no plan can exist.
    """
    built = read(scenario)
    problem, warnings = check_budget(scenario, built.problem)
    return replace(built, problem=with_types(scenario, problem), warnings=(*built.warnings, *warnings))


def read(scenario: Scenario) -> Built:
    """Read the data of a scenario and put the question in numbers; whether it has an answer does not matter yet.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.

    Returns
    -------
    Built
        Everything in metres.

    Raises
    ------
    ScenarioError
        With every fault in the data files; or, once these are sound, with every place that does not fit the others.
    """
    needs_scenario(scenario)
    gathered = _Gathered()
    rings = gathered.attempt(lambda: read_rings(scenario, ("devices", "forbidden"))) or []
    points = {name: gathered.attempt(partial(_points, scenario, name)) for name in ("demand", "fixed", "candidates")}
    frame = _frame(scenario, points["demand"])
    gathered.faults.extend(fault for part in points.values() if part is not None for fault in unplaced(part, frame))
    zones = [frame.to_planning(ring) for ring in rings]
    plan = scenario.spec.plan
    floor = gathered.attempt(lambda: read_floor(scenario, plan, zones)) if plan is not None else None
    demand = gathered.attempt(lambda: _demand(scenario, frame, points["demand"], floor, gathered))
    ways = gathered.attempt(lambda: _ways(scenario, points))
    sites = {name: gathered.attempt(partial(_sites, scenario, frame, points[name])) for name in ("fixed", "candidates")}
    presentation = gathered.attempt(lambda: read_presentation(scenario))
    gathered.stop_on_faults()
    assert demand is not None and ways is not None and presentation is not None  # noqa: S101, PT018 - or there were faults
    distance, ways_notes = ways
    gathered.notes.extend(ways_notes)
    for part in points.values():
        gathered.notes.extend(part.notes if part is not None else ())
    gathered.notes.extend(floor.notes if floor is not None else ())
    gathered.faults.extend(unknown_places(distance, points))
    problem = _problem(scenario, demand, sites, distance, frame)
    constraints = gathered.attempt(lambda: read_constraints(scenario, demand, problem.fixed, problem.candidates))
    places = np.vstack([demand.xy, problem.fixed.xy, (problem.candidates or Sites.none()).xy])
    domain = floor.domain if floor is not None else plane(places, zones)
    problem = replace(problem, domain=domain, constraints=constraints or Constraints())
    gathered.faults.extend(misplaced(problem, {name: part for name, part in points.items() if part is not None}))
    gathered.stop_on_faults()
    gathered.warnings.extend(far_apart(problem))
    source = replace(source_of(scenario, scenario.spec.report_files, tuple(gathered.notes)), presentation=presentation)
    return Built(problem, _search(scenario), source, tuple(gathered.warnings))


def _points(scenario: Scenario, name: str) -> Points | None:
    spec = scenario.spec
    if name == "demand":
        return None if isinstance(spec.demand, DemandBlocks) else read_points(scenario, ("demand",))
    if name == "fixed" and spec.devices.fixed == ():
        return None
    if name == "candidates" and spec.devices.candidates is None:
        return None
    return read_points(scenario, ("devices", name))


def _frame(scenario: Scenario, demand: Points | None) -> Frame:
    units, crs = scenario.spec.units, scenario.spec.crs
    if crs is None or demand is None:
        return Frame(units)
    return Frame(units, crs, choose_planning_crs(crs, demand.xy))


def _demand(scenario: Scenario, frame: Frame, points: Points | None, floor: Floor | None, gathered: _Gathered) -> Demand | None:
    if points is not None:
        return Demand(points.ids, frame.to_planning(points.xy), points.weight)
    if floor is None or not isinstance(scenario.spec.demand, DemandBlocks):
        return None
    demand, notes, warnings = block_demand(scenario, floor)
    gathered.notes.extend(notes)
    gathered.warnings.extend(warnings)
    return demand


def _ways(scenario: Scenario, points: dict[str, Points | None]) -> tuple[Distance, tuple[str, ...]]:
    sites = [name for part in ("fixed", "candidates") if (given := points[part]) is not None for name in given.ids]
    return read_distance(scenario, sites)


def _sites(scenario: Scenario, frame: Frame, points: Points | None) -> Sites | None:
    return None if points is None else sites_of(scenario, points, frame.to_planning(points.xy))


def _problem(scenario: Scenario, demand: Demand, sites: dict[str, Sites | None], distance: Distance, frame: Frame) -> Problem:
    fixed, candidates = sites["fixed"] or Sites.none(), sites["candidates"]
    return Problem(
        demand=demand,
        fixed=fixed,
        candidates=candidates,
        domain=Domain("plane"),
        objective=_objective(scenario),
        distance=distance,
        n_new=most_devices(scenario, demand, candidates),
        radii_m=scenario.spec.radii_m,
        frame=frame,
    )


def _objective(scenario: Scenario) -> Objective:
    """Return the objective with its settings; a radius that the mapping does not say is the first of the devices'."""
    spec = scenario.spec.objective
    make = OBJECTIVES[spec.kind]
    if isinstance(spec, CenterSpec):
        return make(is_weighted=spec.weighted)
    if not isinstance(spec, CoverSpec):
        return make()
    share = {"share": spec.share} if isinstance(spec, SetCoverSpec) else {}
    return make(radius_m=scenario.spec.radii_m[0], n_serving=spec.backup, **share)


def _search(scenario: Scenario) -> Search:
    solver = scenario.spec.solver
    return Search(
        n_init=solver.n_init, seed=solver.seed, max_iter=solver.max_iter, time_limit_s=solver.time_limit,
        effort=solver.effort, gap=solver.gap,
    )  # fmt: skip


def read_devices(scenario: Scenario, frame: Frame, path: Path) -> Sites:
    """Read devices that stand already, from a table in the scenario's coordinates or in longitude and latitude.

    Parameters
    ----------
    scenario : Scenario
        For its faults.
    frame : Frame
        Its coordinates.
    path : Path
        A file that `placement.readers` knows; columns ``id`` (optional) and ``lon, lat`` or ``x, y``.

    Returns
    -------
    Sites
        In planning metres.

    Raises
    ------
    ScenarioError
        With every fault of the table.
    """
    from placement.scenario.points import read_standing

    points = read_standing(scenario, path)
    faults = unplaced(points, frame)
    if faults:
        raise ScenarioError(faults)
    return Sites(points.ids, frame.to_planning(points.xy, points.crs))
