"""Where a result comes from: a hash over the scenario and its data, and the command that makes it again."""

from __future__ import annotations

import hashlib
import os
import shlex
from pathlib import Path

from placement.core.result import Moves, Source
from placement.scenario.scenario import TaskScenario
from placement.scenario.spec import TaskSpec

SHAPEFILE_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


def source_of(scenario: TaskScenario[TaskSpec], report: tuple[str, ...], notes: tuple[str, ...] = ()) -> Source:
    """Return where a result of this scenario comes from.

    Parameters
    ----------
    scenario : TaskScenario
        The scenario; its data files are read for the hash.
    report : tuple of str
        Which optional files it asks for.
    notes : tuple of str
        What the readers did that a careful user wants to know.

    Returns
    -------
    Source
        Without any path of the machine.
    """
    digest = digest_of(scenario)
    changes = [word for override in scenario.overrides for word in ("--set", override)]
    return Source(
        name=scenario.spec.name,
        file=scenario.path.name,
        sha256=digest,
        resolved_yaml=scenario.resolved_yaml(),
        command=" ".join(["place", *map(shlex.quote, [scenario.path.name, *changes])]),
        report=report,
        data_notes=notes,
        moves=_moves(scenario, digest),
    )


def digest_of(scenario: TaskScenario[TaskSpec]) -> str:
    """Return a hash over what a scenario says and what is in its data files, wherever these stand.

    Names of folders do not count: ``scenario.resolved.yaml`` names the same data from another folder and is the same scenario.

    Parameters
    ----------
    scenario : TaskScenario
        The scenario.

    Returns
    -------
    str
        SHA-256 in 64 hexadecimal digits.

    Raises
    ------
    OSError
        If a data file cannot be read.
    """
    files = scenario.data_files()
    names = {file: Path(file).name for file in scenario.named_files()}
    # Without the first line, which names the file: a scenario under another name is the same.
    digest = hashlib.sha256(scenario.resolved_yaml(names).partition("\n")[2].encode())
    for path in dict.fromkeys(Path(os.path.normpath(file)) for file in files):
        for part in _parts(path):
            digest.update(part.read_bytes())
    return digest.hexdigest()


def _moves(scenario: TaskScenario[TaskSpec], digest: str) -> Moves | None:
    """Return how the resolved scenario is written elsewhere; the marks hold a hash, so that no text of a user holds a mark."""
    marks = {file: f"{digest}-{k}" for k, file in enumerate(scenario.relative_files())}
    if not marks:
        return None
    files = tuple((mark, file) for file, mark in reversed(marks.items()))  # mark 1 is the beginning of mark 10
    return Moves(scenario.path.parent, scenario.resolved_yaml(marks), files)


def _parts(path: Path) -> list[Path]:
    """Return the files that make up a data file: a Shapefile has several of one stem."""
    if path.suffix.lower() != ".shp":
        return [path]
    return sorted(other for other in path.parent.glob(f"{path.stem}.*") if other.suffix.lower() in SHAPEFILE_PARTS)
