"""Scenario: a valid scenario file and everything needed to speak about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placement.errors import Fault
from placement.scenario.canonical import canonical_yaml
from placement.scenario.schema import PlanSpec, PolygonFile, ScenarioSpec, SiteFile
from placement.scenario.tree import Loc, Tree


@dataclass(frozen=True, slots=True)
class Scenario:
    """A valid scenario.

    Parameters
    ----------
    spec : ScenarioSpec
        Its values, defaults filled in.
    path : Path
        The file, as the user named it.
    tree : Tree
        The file as written, for faults found later.
    overrides : tuple of str
        The changes ``key.path=value`` made to it.
    """

    spec: ScenarioSpec
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
        spec = self.spec
        parts = (spec.plan, spec.demand, spec.devices.fixed, spec.devices.candidates, spec.devices.forbidden)
        files = [part.file for part in parts if isinstance(part, (PlanSpec, SiteFile, PolygonFile))]
        return tuple(dict.fromkeys(self.resolve(file) for file in files))

    def resolved_yaml(self) -> str:
        """Return the scenario as YAML with every default filled in, always in the same order; it loads again."""
        return canonical_yaml(self.spec, self.path.name)
