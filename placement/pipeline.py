"""The way of the data, from scenario to files. Read this page first.

scenario.yaml - load -> Scenario - build -> Problem - solve -> Plan - measure -> Score - write -> reports/<name>/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from placement import __version__
from placement.bounds.verify import verify as check_claim
from placement.core.claim import Claim, Verdict
from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.result import Result
from placement.core.rules import broken_by, may_leave_out
from placement.core.sites import Sites
from placement.errors import Fault, InfeasibleError, ScenarioError, UnknownPlaceError
from placement.metrics import measure, survey
from placement.notebook import pin
from placement.outlook import look_around
from placement.progress import Watch
from placement.scenario import Scenario, load_scenario
from placement.scenario.build import Built, build, read, read_devices
from placement.scenario.checks import MOST_NAMED, obstacle_at
from placement.scenario.claimed import Written, claim_of, read_result
from placement.scenario.earlier import read_plan
from placement.scenario.reported import misreported
from placement.scenario.whose import FIX, Whose, another, whose
from placement.solvers import solve
from placement.solvers.finish import finish_standing
from placement.units import count
from placement.writers import write_all

pin()  # from here on results show themselves in notebooks


def place(scenario: Scenario, *, watch: Watch | None = None) -> Result:
    """Decide where the devices of a scenario go, and score the plan.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`.
    watch : Watch, optional
        Hears about progress and may stop the search early; the best plan so far is returned all the same. Without
        one, only the scenario's own time limit stops it.

    Returns
    -------
    Result
        Problem, plan and score; `result.plan.status` says how the search ended.

    Raises
    ------
    ScenarioError
        If the data that the scenario names are wrong; every fault at once.
    InfeasibleError
        If no plan can satisfy the scenario.
    """
    built = build(scenario)
    watch = watch or Watch(built.search.time_limit_s)
    plan = solve(built.problem, built.search, watch)
    return replace(result_of(built, plan), outlook=look_around(built.problem, plan, built.search, watch))


def check(scenario: Scenario) -> Problem:
    """Read and check everything that a scenario names without solving; raise what `place` would raise."""
    return build(scenario).problem


def score(scenario: Scenario, devices: Path | Sites | None = None) -> Result:
    """Score devices that stand already; nothing is solved.

    Parameters
    ----------
    scenario : Scenario
        Whose demand is served; its budget and candidates do not matter.
    devices : Path or Sites, optional
        A table with the columns ``x`` and ``y`` (or longitude and latitude), ``id`` if there are names; or at least one
        site in planning metres. The fixed devices of the scenario when left out.

    Returns
    -------
    Result
        Every device has the status "fixed".

    Raises
    ------
    ScenarioError
        With every fault of the scenario's data or of the table.
    InfeasibleError
        If there is no device.
    """
    built = read(scenario)
    return _score(built, devices if isinstance(devices, Sites) else _standing(scenario, built, devices))


def score_beside(scenario: Scenario, devices: Path | None, plan_file: Path) -> tuple[Result, Result | None]:
    """Score devices that stand already, and beside them those of an earlier run.

    Parameters
    ----------
    scenario : Scenario
        Whose demand is served.
    devices : Path or None
        As for `score`.
    plan_file : Path
        The ``result.json`` of the earlier run; it need not exist.

    Returns
    -------
    standing : Result
        As `score` returns it.
    planned : Result or None
        The devices of the earlier run under this scenario; warned of when they were planned for other data. None when there
        is no such file, it is no result, or the distances of the scenario know nothing of its devices.
    """
    built = read(scenario)
    standing = _score(built, _standing(scenario, built, devices))
    earlier = read_plan(built.problem.frame, plan_file)
    if earlier is None:
        return standing, None
    try:
        planned = _score(built, earlier.devices)
    except UnknownPlaceError:  # a table or network says nothing about devices of other names
        return standing, None
    if earlier.sha256 == built.source.sha256:
        return standing, planned
    stale = f"{plan_file} was planned for another version of this scenario or its data"
    return standing, replace(planned, warnings=(*planned.warnings, stale))


def _standing(scenario: Scenario, built: Built, devices: Path | None) -> Sites:
    return built.problem.fixed if devices is None else read_devices(scenario, built.problem.frame, devices)


def _score(built: Built, devices: Sites) -> Result:
    if devices.m == 0:
        raise InfeasibleError("there are no devices to score; name a table of them, or give the scenario fixed ones")
    file = "" if devices is built.problem.fixed else " --devices FILE"
    problem = replace(built.problem, fixed=devices, candidates=None)
    words = built.source.command.split(" ", 1)[1]
    source = replace(built.source, command=f"place score {words}{file}")
    plan = finish_standing(problem, devices)
    result = result_of(replace(built, problem=problem, source=source), plan)
    # Everybody goes to the nearest device: what the constraints say of that is told, not mended.
    broken = broken_by(built.problem, plan)
    blocked = [(name, obstacle_at(built.problem.domain, xy)) for name, xy in zip(devices.ids, devices.xy, strict=True)]
    warnings = tuple(f"{name} stands {where}" for name, where in blocked if where)
    return replace(result, warnings=(*result.warnings, *warnings, *broken))


@dataclass(frozen=True, slots=True)
class Verified:
    """A result of an earlier run, its problem, what it claims, and what came of checking that.

    `passed_over` says of other files that might have been its scenario why they are not.
    """

    written: Written
    scenario: Path
    problem: Problem
    claim: Claim
    verdict: Verdict
    passed_over: tuple[Fault, ...] = ()


def verify(result_file: Path, scenario_file: Path | None = None, overrides: Sequence[str] = ()) -> Verified:
    """Check a result of an earlier run: recompute the value from its devices, and the bound from its certificate.

    Parameters
    ----------
    result_file : Path
        A ``result.json`` or its folder; ``certificate.json`` and ``assignment.csv`` stand beside it.
    scenario_file : Path, optional
        The scenario that it is of; looked for around the result when left out (`placement.scenario.whose`).
    overrides : sequence of str
        The changes ``key.path=value`` with which the run was made.

    Returns
    -------
    Verified
        `verified.verdict.is_confirmed` says whether everything holds.

    Raises
    ------
    FileFormatError
        If a file is missing or not what its name says.
    ScenarioError
        If the scenario is wrong, or it or its data are not those of the run.
    """
    written = read_result(result_file)
    found = whose(written, overrides) if scenario_file is None else Whose(load_scenario(scenario_file, overrides))
    built, file = build(found.scenario), found.scenario.path
    if built.source.sha256 != written.sha256:
        raise ScenarioError([Fault(str(file), None, None, "", another(written), fix=FIX)])
    claim = claim_of(written, built.problem)
    verdict = check_claim(built.problem, claim)
    faults = (*verdict.faults, *misreported(written, built.problem, claim))
    return Verified(written, file, built.problem, claim, replace(verdict, faults=faults), found.passed_over)


def write(result: Result, folder: Path, only: Sequence[str] | None = None) -> list[Path]:
    """Write a result's files: always the data, and what the scenario's `report` (or `only`) names.

    Parameters
    ----------
    result : Result
        From `place` or `score`.
    folder : Path
        Made when missing. Each file replaces its predecessor in one step.
    only : sequence of str, optional
        Report words to write instead of the scenario's: ``pdf, map, planner, geojson, gpkg``.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    OutputError
        If a file cannot be written; earlier files are whole.
    """
    return write_all(result, folder, result.source.report if only is None else only)


def result_of(built: Built, plan: Plan) -> Result:
    """Score a plan and say what is odd about it; `place` and comparisons end with this."""
    scores = measure(built.problem, plan)
    # Where a point needs two devices, one that is nearest to nobody may still be the second of many.
    is_single = built.problem.objective.n_serving == 1
    idle = [device.id for device in scores.devices if device.demand_points == 0 and is_single]
    warnings = tuple(f"{name} serves nobody: every demand point has a device that is nearer" for name in idle)
    lost = [name for name, is_reached in zip(built.problem.demand.ids, plan.is_reached, strict=True) if not is_reached]
    # With limited room, or pairs that may not be, a point may be near a device and still have none.
    verb = "serves" if may_leave_out(built.problem) else "can reach"
    unreachable = (f"no device {verb} {_named(lost)}",) if lost else ()
    return Result(
        source=built.source,
        problem=built.problem,
        plan=plan,
        score=scores,
        version=__version__,
        warnings=(*built.warnings, *unreachable, *_fewer(built.problem, plan), *warnings),
        survey=survey(built.problem, plan),
    )


def _fewer(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Say that fewer devices stand than were asked for, where it is neither money nor the objective that decides."""
    placed = plan.n_new
    decides = problem.objective.kind == "set_cover" or problem.constraints.money < inf
    if decides or placed in {0, problem.n_new}:
        return ()
    return (
        f"{problem.n_new} new devices were asked for and {placed} placed: under the constraints no further one was found to help",
    )


def _named(names: Sequence[str]) -> str:
    """Return how many demand points these are and which."""
    shown = ", ".join(names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "..."])
    return f"{count(len(names), 'demand point')}: {shown}"
