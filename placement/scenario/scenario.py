"""Scenario: a valid scenario file and everything needed to speak about it; one class for each task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from placement.errors import Fault
from placement.scenario.canonical import canonical_yaml
from placement.scenario.choices_schema import NetworkSpec, TableSpec
from placement.scenario.compress_schema import CompressSpec
from placement.scenario.place_schema import PointFile, PolygonFile
from placement.scenario.report_schema import ReportSpec
from placement.scenario.schema import PlanSpec, ScenarioSpec
from placement.scenario.segment_schema import SegmentSpec, TableFile
from placement.scenario.spec import TaskSpec
from placement.scenario.tree import Loc, Tree

SpecT_co = TypeVar("SpecT_co", bound=TaskSpec, covariant=True)


@dataclass(frozen=True, slots=True)
class TaskScenario(Generic[SpecT_co]):
    """A valid scenario of one task.

    Parameters
    ----------
    spec : TaskSpec
        Its values, defaults filled in.
    path : Path
        The file, as the user named it.
    tree : Tree
        The file as written, for faults found later.
    overrides : tuple of str
        The changes ``key.path=value`` made to it.
    """

    spec: SpecT_co
    path: Path
    tree: Tree
    overrides: tuple[str, ...] = ()

    def resolve(self, relative: str) -> Path:
        """Return the path of a file that the scenario names; relative paths start at the scenario's folder."""
        return self.path.parent / relative

    def fault(self, loc: Loc, problem: str, **words: Any) -> Fault:
        """Return a fault at a place of the scenario; see `Tree.fault`."""
        return self.tree.fault(loc, problem, **words)

    def data_files(self) -> tuple[Path, ...]:
        """Return the data files that the scenario names, in the order of the schema, each once."""
        return tuple(dict.fromkeys(self.resolve(file) for file in self.named_files()))

    def named_files(self) -> tuple[str, ...]:
        """Return the data files as the scenario names them, in the order of the schema, each once."""
        return tuple(dict.fromkeys(_named_files(self.spec)))

    def relative_files(self) -> tuple[str, ...]:
        """Return the data files that are named relative to the scenario's folder, as written, each once."""
        return tuple(file for file in self.named_files() if not Path(file).is_absolute())

    def resolved_yaml(self, paths: Mapping[str, str] | None = None) -> str:
        """Return the scenario as YAML with every default filled in, always in the same order; it loads again.

        With `paths` it names data files as these say, from another folder.
        """
        return canonical_yaml(self.spec, self.path.name, paths)


class Scenario(TaskScenario[ScenarioSpec]):
    """A valid scenario that places devices."""

    __slots__ = ()


def needs_scenario(*values: object) -> None:
    """Refuse, at the door of a public function, whatever is no scenario that places devices; say what is one.

    Raises
    ------
    TypeError
        Naming what was given.
    """
    for value in values:
        if isinstance(value, Scenario):
            continue
        fix = "load_scenario(file) reads one"
        if isinstance(value, (list, tuple)):
            fix = "give them one by one, compare(a, b)"
        elif isinstance(value, TaskScenario):
            fix = "`place run` runs scenarios of other tasks"
        raise TypeError(f"a Scenario that places devices is expected, not {type(value).__name__}: {fix}")


class SegmentScenario(TaskScenario[SegmentSpec]):
    """A valid scenario that finds segments in a table."""

    __slots__ = ()


class CompressScenario(TaskScenario[CompressSpec]):
    """A valid scenario that shows a picture with few colours."""

    __slots__ = ()


AnyScenario = Scenario | SegmentScenario | CompressScenario


def scenario_of(spec: TaskSpec, path: Path, tree: Tree, overrides: tuple[str, ...]) -> AnyScenario:
    """Return the scenario of valid values; its class says the task."""
    if isinstance(spec, ScenarioSpec):
        return Scenario(spec, path, tree, overrides)
    if isinstance(spec, SegmentSpec):
        return SegmentScenario(spec, path, tree, overrides)
    assert isinstance(spec, CompressSpec)  # noqa: S101 - there is no fourth language
    return CompressScenario(spec, path, tree, overrides)


def _named_files(spec: TaskSpec) -> list[str]:
    if isinstance(spec, ScenarioSpec):
        parts = (spec.plan, spec.demand, spec.devices.fixed, spec.devices.candidates, spec.devices.forbidden, spec.distance)
        edges = [spec.distance.edges] if isinstance(spec.distance, NetworkSpec) else []
        look = spec.report if isinstance(spec.report, ReportSpec) else ReportSpec()
        drawn = [file for file in (look.logo, look.texts) if isinstance(file, str)]
        return [*(part.file for part in parts if isinstance(part, (PlanSpec, PointFile, PolygonFile, TableSpec))), *edges, *drawn]
    if isinstance(spec, SegmentSpec):
        return [spec.table.file] if isinstance(spec.table, TableFile) else []
    return [spec.image.file] if isinstance(spec, CompressSpec) else []
