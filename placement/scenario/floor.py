"""From a scenario's `plan` to the floor plan, and from the drawing's blocks to demand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from placement.core.demand import Demand
from placement.core.domain import Domain
from placement.core.drawing import Block, Drawing
from placement.core.types import FloatArray
from placement.domains.floor_plan import FloorPlanError, NoFreeSpaceError, PlanSettings, floor_plan
from placement.errors import Fault, FileFormatError, InfeasibleError, ScenarioError
from placement.readers.dxf import read_dxf
from placement.scenario.data_files import check_data_file
from placement.scenario.hints import nearest
from placement.scenario.place_schema import BlockDemand, DemandBlocks
from placement.scenario.scenario import Scenario
from placement.scenario.schema import PlanSpec
from placement.units import METRES_PER_UNIT, format_length

MOST_NAMED = 5
"""Stray blocks named one by one; the rest are counted."""
DRAWN_TWICE_M = 0.3
"""Two seats nearer than this cannot both be used: one of them is a copy left in the drawing [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """A read floor plan: the domain, the drawing behind it, and what the user should know."""

    domain: Domain
    drawing: Drawing
    notes: tuple[str, ...]


def read_floor(scenario: Scenario, plan: PlanSpec, forbidden: list[FloatArray]) -> Floor:
    """Read the drawing of a scenario and build its free space.

    Parameters
    ----------
    scenario : Scenario
        For its units, its folder and the places of its faults.
    plan : PlanSpec
        Its `plan`.
    forbidden : list of ndarray of shape (k, 2)
        Forbidden zones [m].

    Returns
    -------
    Floor
        Domain and drawing.

    Raises
    ------
    ScenarioError
        If the drawing cannot be read, a layer is not in it, or it makes no floor plan.
    """
    path = check_data_file(scenario, ("plan", "file"), plan.file)
    wanted = {block.name for block in _wanted_blocks(scenario)}
    roles = {role: getattr(plan.layers, role) for role in ("floor", "wall", "door", "window")}
    try:
        drawing = read_dxf(path, roles, wanted)
    except FileFormatError as error:
        raise ScenarioError([scenario.fault(("plan", "file"), str(error), fix="export the drawing again as DXF")]) from None
    faults = _missing_layers(scenario, plan, drawing)
    if faults:
        raise ScenarioError(faults)
    try:
        domain = floor_plan(drawing, _settings(scenario, plan, forbidden))
    except NoFreeSpaceError as error:
        loc = ("devices", "forbidden") if forbidden else ("plan",)
        raise InfeasibleError(str(scenario.fault(loc, error.problem, fix=error.fix, value="", at="key"))) from None
    except FloorPlanError as error:
        raise ScenarioError([scenario.fault(("plan", error.key), error.problem, fix=error.fix, value="")]) from None
    return Floor(domain, drawing, _notes(plan, drawing))


def block_demand(scenario: Scenario, floor: Floor) -> tuple[Demand, tuple[str, ...], tuple[str, ...]]:
    """Turn the blocks that the scenario counts into demand.

    Blocks outside the building and blocks drawn twice in one place are left out, and the user is told.

    Parameters
    ----------
    scenario : Scenario
        Its `demand` names the blocks.
    floor : Floor
        The floor they stand on.

    Returns
    -------
    demand : Demand
        In metres, numbered from west to east.
    notes, warnings : tuple of str
        What was counted, and what was left out.

    Raises
    ------
    ScenarioError
        If a block is not in the drawing, or none lies inside the building.
    """
    specs = {spec.name: spec for spec in _wanted_blocks(scenario)}
    faults = _missing_blocks(scenario, floor.drawing)
    if faults:
        raise ScenarioError(faults)
    factor = METRES_PER_UNIT[_plan_of(scenario).unit]
    blocks = sorted(floor.drawing.blocks, key=lambda block: (block.x, block.y))
    xy = np.array([(block.x, block.y) for block in blocks]) * factor
    keep, warnings = _inside(blocks, xy, floor, scenario.spec.units)
    once = _drawn_once(xy, keep)
    if len(once) < len(keep):
        twice = Counter(blocks[i].name for i in sorted(set(keep) - set(once)))
        near = format_length(DRAWN_TWICE_M, scenario.spec.units)
        warnings.append(f"drawn twice in the same place and counted once: {_listed(twice)} (within {near})")
    if not once:
        problem, fix = "none of the blocks lies inside the building", "check plan.unit and plan.layers.floor"
        raise ScenarioError([scenario.fault(("demand", "blocks"), problem, fix=fix, at="key")])
    counted = Counter(blocks[i].name for i in once)
    notes = (f"demand from blocks of {floor.drawing.file}: {_listed(counted)}, {len(once)} in all",)
    ids = _numbered([specs[blocks[i].name].label for i in once])
    weight = np.array([specs[blocks[i].name].weight for i in once], dtype=float)
    return Demand(ids, xy[once], weight), notes, tuple(warnings)


def _plan_of(scenario: Scenario) -> PlanSpec:
    assert scenario.spec.plan is not None  # noqa: S101 - the schema refuses blocks without a plan
    return scenario.spec.plan


def _wanted_blocks(scenario: Scenario) -> tuple[BlockDemand, ...]:
    demand = scenario.spec.demand
    return demand.blocks if isinstance(demand, DemandBlocks) else ()


def _settings(scenario: Scenario, plan: PlanSpec, forbidden: list[FloatArray]) -> PlanSettings:
    unit = METRES_PER_UNIT[scenario.spec.units]
    return PlanSettings(
        unit=plan.unit,
        metres_per_unit=METRES_PER_UNIT[plan.unit],
        clearance_m=scenario.spec.length_m(plan.clearance),
        close_gaps_m=scenario.spec.length_m(plan.close_gaps),
        voids=[(area.name, np.array(area.outline) * unit) for area in plan.voids],
        rooms=[(area.name, np.array(area.outline) * unit) for area in plan.rooms],
        forbidden=forbidden,
    )


def _missing_layers(scenario: Scenario, plan: PlanSpec, drawing: Drawing) -> list[Fault]:
    """Name every selector that matches nothing; a role may not silently stay empty."""
    from fnmatch import fnmatchcase

    known = [layer.casefold() for layer in drawing.layers]
    faults = []
    for role in ("floor", "wall", "door", "window"):
        for index, selector in enumerate(getattr(plan.layers, role)):
            layer = selector.partition("/")[0]
            if not any(fnmatchcase(name, layer.casefold()) for name in known):
                close = nearest(layer, drawing.layers)
                fix = f"did you mean {close}?" if close else ""
                problem = f"{drawing.file} has nothing on a layer of this name"
                allowed = ", ".join(drawing.layers)
                faults.append(scenario.fault(("plan", "layers", role, index), problem, allowed=allowed, fix=fix))
    return faults


def _missing_blocks(scenario: Scenario, drawing: Drawing) -> list[Fault]:
    faults = []
    for index, spec in enumerate(_wanted_blocks(scenario)):
        if spec.name not in drawing.block_counts:
            close = nearest(spec.name, list(drawing.block_counts))
            problem = f"{drawing.file} has no block of this name"
            allowed = ", ".join(f"{name} ({count})" for name, count in drawing.block_counts.items())
            fix = f"did you mean {close}?" if close else ""
            faults.append(scenario.fault(("demand", "blocks", index, "name"), problem, allowed=allowed, fix=fix))
    return faults


def _inside(blocks: list[Block], xy: FloatArray, floor: Floor, unit: str) -> tuple[list[int], list[str]]:
    import shapely

    plan = floor.domain.plan
    assert plan is not None  # noqa: S101 - a floor has a plan
    is_inside = shapely.contains_xy(plan.outline, xy) if len(xy) else np.zeros(0, dtype=bool)
    stray = [i for i in range(len(blocks)) if not is_inside[i]]
    warnings = []
    if stray:
        user = xy / METRES_PER_UNIT[unit]
        places = ", ".join(f"{blocks[i].name} at ({user[i, 0]:.1f}, {user[i, 1]:.1f}) {unit}" for i in stray[:MOST_NAMED])
        more = f" and {len(stray) - MOST_NAMED} more" if len(stray) > MOST_NAMED else ""
        text = "block lies outside the building and is" if len(stray) == 1 else "blocks lie outside the building and are"
        warnings.append(f"{len(stray)} {text} not counted: {places}{more}")
    return [i for i in range(len(blocks)) if is_inside[i]], warnings


def _drawn_once(xy: FloatArray, keep: list[int]) -> list[int]:
    """Drop every point that lies on one kept before it; points come sorted by x."""
    once: list[int] = []
    for i in keep:
        near = takewhile(lambda j, x=xy[i, 0]: x - xy[j, 0] < DRAWN_TWICE_M, reversed(once))  # type: ignore[misc]
        if all(np.hypot(*(xy[i] - xy[j])) >= DRAWN_TWICE_M for j in near):
            once.append(i)
    return once


def _numbered(labels: list[str]) -> tuple[str, ...]:
    """Return seat-01, seat-02, ..., each label with a count of its own."""
    totals, seen = Counter(labels), Counter[str]()
    ids = []
    for label in labels:
        seen[label] += 1
        ids.append(f"{label}-{seen[label]:0{len(str(totals[label]))}d}")
    return tuple(ids)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} x {name}" for name, count in sorted(counts.items()))


def _notes(plan: PlanSpec, drawing: Drawing) -> tuple[str, ...]:
    notes = [f"{drawing.file} read in {plan.unit}"]
    if drawing.door_widths:
        width = float(np.median(drawing.door_widths)) * METRES_PER_UNIT[plan.unit]
        notes[0] += f"; the median door leaf measures {width:.2f} m, which confirms the unit"
    if drawing.header_unit not in (None, plan.unit):
        notes.append(f"the header of {drawing.file} says {drawing.header_unit}; the scenario's {plan.unit} was used")
    return tuple(notes)
