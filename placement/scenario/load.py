"""From a file to a `Scenario`, or to every fault in it at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from placement.errors import Fault, ScenarioError
from placement.scenario.hints import nearest
from placement.scenario.languages import LANGUAGES, language_of
from placement.scenario.rules import broken_rules
from placement.scenario.scenario import AnyScenario, Scenario, scenario_of
from placement.scenario.spec import TaskSpec
from placement.scenario.tree import Tree
from placement.scenario.yaml_tree import parse
from placement.units import count

LARGEST_FILE = 20_000_000
"""Bytes; a scenario with its list of points at the limit has a fiftieth."""

MOST_FAULTS = 50
"""Faults shown; the rest are counted."""

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def load_scenario(path: str | Path, overrides: Sequence[str] = ()) -> Scenario:
    """Read and check a scenario that places devices.

    Parameters
    ----------
    path : str or Path
        The YAML file.
    overrides : sequence of str
        Changes ``key.path=value`` made before the check, as by ``--set``; the value is YAML.

    Returns
    -------
    Scenario
        The valid scenario. Data files that it names are not read.

    Raises
    ------
    ScenarioError
        With every fault of the file and the overrides, in file order; or if it asks for another task.
    """
    scenario = load_any(path, overrides)
    if not isinstance(scenario, Scenario):
        fix = f"place run {path} runs a scenario of any task"
        raise ScenarioError([scenario.fault(("task",), "this scenario places no devices", allowed="place", fix=fix)])
    return scenario


def load_any(path: str | Path, overrides: Sequence[str] = ()) -> AnyScenario:
    """Read and check a scenario of any task.

    Parameters
    ----------
    path : str or Path
        The YAML file.
    overrides : sequence of str
        Changes ``key.path=value`` made before the check, as by ``--set``; the value is YAML.

    Returns
    -------
    Scenario, SegmentScenario or CompressScenario
        As the word after ``task:`` says.

    Raises
    ------
    ScenarioError
        With every fault of the file and the overrides, in file order; the faults speak of the task meant.
    """
    file = str(path)
    root, faults = parse(_read_text(Path(path), file), file)
    if root.kind != "mapping":
        raise ScenarioError([*faults, _not_a_mapping(file, root.value)])
    tree = Tree(file, root)
    for option in overrides:
        faults += tree.override(option)
    spec, found = _validated(tree)
    faults += found
    if faults or spec is None:
        raise _refusal(faults)
    return scenario_of(spec, Path(path), tree, tuple(overrides))


def _validated(tree: Tree) -> tuple[TaskSpec | None, list[Fault]]:
    data = tree.data()
    data = data if isinstance(data, dict) else {}
    word, faults = language_of(data, tree)
    if word is None:
        return None, faults
    if faults:
        data = {**data, "task": word}
    language = LANGUAGES[word]
    spec = None
    try:
        spec = language.model_validate(data)
    except ValidationError as error:
        from placement.scenario.messages import faults_of  # words are loaded when something is wrong

        faults += faults_of(error.errors(include_url=False), tree, language)
    return spec, [*faults, *broken_rules(data, tree)]


def _refusal(faults: list[Fault]) -> ScenarioError:
    from placement.scenario.messages import sorted_faults

    return ScenarioError(_first(sorted_faults(faults)))


def _first(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= MOST_FAULTS:
        return faults
    rest = Fault(faults[0].file, None, None, "", f"and {count(len(faults) - MOST_FAULTS, 'more fault')}", fix="mend these first")
    return [*faults[:MOST_FAULTS], rest]


def _read_text(path: Path, file: str) -> str:
    if path.is_dir():
        inside = sorted(entry.name for entry in path.glob("*.y*ml"))
        _stop(file, "this is a folder, a scenario file is expected", allowed=", ".join(inside[:5]))
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        close = nearest(path.name, _names(path.parent))
        _stop(
            file,
            "there is no such file",
            fix=f"did you mean {path.parent / close}?" if close else "place init NAME writes a scenario to start from",
        )
    except (OSError, ValueError) as error:
        _stop(file, f"the file cannot be read: {getattr(error, 'strerror', None) or error}")
    if len(content) > LARGEST_FILE:
        _stop(
            file,
            f"the file is larger than {LARGEST_FILE // 1_000_000} MB",
            fix="keep data in a file of its own and name it with `file:`",
        )
    return _decode(content, file)


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir() if entry.suffix.lower() in {".yaml", ".yml"}]
    except OSError:
        return []


def _decode(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        _stop(file, "the file is not UTF-8 text", line, column, fix="save it as UTF-8 in your editor")
    found = _UNREADABLE.search(text)
    if found is not None:
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        _stop(file, "a character that no text file should hold stands here", line, column, value=ascii(found[0]), fix="delete it")
    if not text.strip():
        _stop(file, "the file is empty", fix="place init NAME writes a scenario to start from")
    return text


def _not_a_mapping(file: str, value: object) -> Fault:
    fix = (
        "write `key: value`, with a space after the colon"
        if isinstance(value, str)
        else "place init NAME writes a scenario to start from"
    )
    return Fault(file, 1, 1, "", "a scenario is a mapping of keys; none stand at the top", fix=fix)


def _stop(file: str, problem: str, line: int | None = None, column: int | None = None, **words: str) -> None:
    raise ScenarioError([Fault(file, line, column, "", problem, **words)])
