"""Which scenario a result on disk is of: every file that may be it is tried, and the hash in the result decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from placement.errors import Fault, FileFormatError, ScenarioError
from placement.scenario.canonical import RESOLVED_FILE, first_line
from placement.scenario.claimed import Written
from placement.scenario.load import load_scenario
from placement.scenario.scenario import Scenario
from placement.scenario.source import digest_of

FIX = "run it again; or, if the run was made with --set or --seed, say the same here"
"""What to do about a scenario that is not that of the result."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The scenario of a result, and why the files that were tried before it are not: a fault for each."""

    scenario: Scenario
    passed_over: tuple[Fault, ...] = ()


def whose(written: Written, overrides: Sequence[str] = ()) -> Whose:
    """Find the scenario that a result is of.

    Files of the name that the result states are tried first: beside it, in each folder above and its ``scenarios/``, then where
    the command runs. The last is the ``scenario.resolved.yaml`` that the run left beside the result: it holds the changes of
    ``--set``, and knows the way to the data from a folder that is far from the scenario.

    Parameters
    ----------
    written : Written
        From `placement.scenario.claimed.read_result`.
    overrides : sequence of str
        The changes ``key.path=value`` with which the run was made.

    Returns
    -------
    Whose
        The first whose hash, over scenario and data, is that of the result.

    Raises
    ------
    FileFormatError
        If there is no file that may be it.
    ScenarioError
        If none is; a fault for each that was tried.
    """
    refused: list[Fault] = []
    for file in _candidates(written):
        scenario, problem = _tried(file, written, overrides)
        if scenario is not None:
            return Whose(scenario, tuple(refused))
        refused.append(Fault(str(file), None, None, "", problem, fix=FIX if problem == another(written) else ""))
    if any(Path(fault.file).name == written.scenario_file for fault in refused):
        raise ScenarioError(refused)
    missing = f"{written.scenario_file}, the scenario of {written.path}, is not found; --scenario FILE names it"
    raise FileFormatError("\n".join([missing, *map(str, refused)]))


def another(written: Written) -> str:
    """Say that a scenario is not the one of a result."""
    return f"this scenario or its data have changed since {written.path} was made, or it is another one"


def _candidates(written: Written) -> Iterator[Path]:
    name, folder = written.scenario_file, written.path.resolve().parent
    places = dict.fromkeys((folder, *folder.parents, Path.cwd()))
    # A name with a way in it comes from no run; who wrote it must not choose what is opened.
    named = [way for place in places for way in (place / name, place / "scenarios" / name)] if Path(name).name == name else []
    yield from (file for file in dict.fromkeys((*named, folder / RESOLVED_FILE)) if file.is_file())


def _tried(file: Path, written: Written, overrides: Sequence[str]) -> tuple[Scenario | None, str]:
    """Return the scenario if it is that of the result, or why it is not."""
    if file.name == RESOLVED_FILE != written.scenario_file and not _is_resolved_from(written.scenario_file, file):
        return None, f"this is not what a run of {written.scenario_file} leaves"
    try:
        scenario = load_scenario(file, overrides)
        return (scenario, "") if digest_of(scenario) == written.sha256 else (None, another(written))
    except ScenarioError as error:
        return None, f"this is no sound scenario: {error.faults[0].problem}"
    except OSError as error:
        return None, f"its data cannot be read: {error.filename or file}: {error.strerror or error}"


def _is_resolved_from(name: str, file: Path) -> bool:
    with file.open(encoding="utf-8", errors="replace") as stream:
        return stream.readline().startswith(first_line(name))
