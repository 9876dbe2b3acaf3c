"""The way of the data, from scenario to files. Read this page first.

scenario.yaml - load -> Scenario - build -> Problem - solve -> Plan - measure -> Score - write -> reports/<name>/
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from placement import __version__
from placement.core.plan import Plan
from placement.core.problem import Problem
from placement.core.result import Result
from placement.core.sites import Sites
from placement.metrics import measure
from placement.progress import Watch
from placement.scenario import Scenario
from placement.scenario.build import Built, build, read_devices
from placement.solvers import solve
from placement.solvers.finish import finish_standing
from placement.writers import write_all


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
    plan = solve(built.problem, built.search, watch or Watch(built.search.time_limit_s))
    return _result(built, plan)


def check(scenario: Scenario) -> Problem:
    """Read and check everything that a scenario names without solving; raise what `place` would raise."""
    return build(scenario).problem


def score(scenario: Scenario, devices: Path | Sites) -> Result:
    """Score devices that stand already; nothing is solved.

    Parameters
    ----------
    scenario : Scenario
        Whose demand is served.
    devices : Path or Sites
        A table with the columns ``x`` and ``y`` (or longitude and latitude), ``id`` if there are names; or sites in
        planning metres.

    Returns
    -------
    Result
        Every device has the status "fixed".
    """
    built = build(scenario)
    sites = devices if isinstance(devices, Sites) else read_devices(scenario, built.problem.frame, devices)
    return _result(built, finish_standing(built.problem, sites))


def read_plan(scenario: Scenario, path: Path) -> Result | None:
    """Score the devices of an earlier run's ``result.json`` under this scenario; None when there is no such file."""
    try:
        devices = json.loads(path.read_text(encoding="utf-8"))["devices"]
        ids, places = tuple(str(d["id"]) for d in devices), [(float(d["x"]), float(d["y"])) for d in devices]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    frame = build(scenario).problem.frame
    return score(scenario, Sites(ids, frame.from_user(np.array(places))))


def write(result: Result, folder: Path, only: Sequence[str] | None = None) -> list[Path]:
    """Write a result's files: always the data, and what the scenario's `report` (or `only`) names.

    Parameters
    ----------
    result : Result
        From `place` or `score`.
    folder : Path
        Made when missing. Each file replaces its predecessor in one step.
    only : sequence of str, optional
        Report words to write instead of the scenario's: ``pdf, map, geojson, gpkg``.

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


def _result(built: Built, plan: Plan) -> Result:
    return Result(
        source=built.source,
        problem=built.problem,
        plan=plan,
        score=measure(built.problem, plan),
        version=__version__,
        warnings=built.warnings,
    )
