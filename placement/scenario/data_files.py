"""The data files that a scenario names: that they are plain files, and that their format can be read."""

from __future__ import annotations

from pathlib import Path

from placement.core.table import Table
from placement.errors import Fault, FileFormatError, MissingExtraError, ScenarioError
from placement.readers import read_table
from placement.scenario.hints import nearest
from placement.scenario.scenario import TaskScenario
from placement.scenario.spec import TaskSpec
from placement.scenario.tree import Loc


def check_data_file(scenario: TaskScenario[TaskSpec], loc: Loc, file: str) -> Path:
    """Return the path of a file that the scenario names.

    A link or a ``../`` path is followed: the user named it. What it leads to must be a plain file.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    loc : tuple of str or int
        The place of the key that names the file.
    file : str
        The name as written.

    Returns
    -------
    Path
        A regular file, not resolved: messages show it as the user named it.

    Raises
    ------
    ScenarioError
        If there is no such file, or it is a folder, a device or a broken link.
    """
    path = scenario.resolve(file)
    problem, fix = "this cannot be the name of a file", ""
    if file.isprintable():
        try:
            if path.is_file():
                return path
            problem, fix = _what_is_wrong(path)
        except OSError as error:
            problem = f"{path} cannot be looked up: {error.strerror}"
    raise ScenarioError([scenario.fault(loc, problem, fix=fix)])


def _what_is_wrong(path: Path) -> tuple[str, str]:
    if path.is_dir():
        return f"{path} is a folder, a file is expected", ""
    if path.is_symlink():
        return f"{path} is a link that leads to no file", "mend the link or name the file itself"
    if path.exists():
        return f"{path} is not a plain file", "copy its content into a file"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}", "paths start at the folder of the scenario"
    close = nearest(path.name, (entry.name for entry in path.parent.iterdir()))
    return f"there is no file {path}", f"did you mean {close}?" if close else "paths start at the folder of the scenario"


def load_table(scenario: TaskScenario[TaskSpec], loc: Loc, path: Path) -> Table:
    """Read a data file; what is wrong with it as a whole becomes a fault at `loc`.

    Raises
    ------
    ScenarioError
        If it cannot be read as what its name says, or has no rows.
    """
    try:
        table = read_table(path)
    except (FileFormatError, MissingExtraError) as error:
        raise ScenarioError([whole_file_fault(scenario, loc, path, error)]) from None
    if table.n == 0:
        raise ScenarioError([scenario.fault(loc, f"{path} has no rows", fix="add rows below the header")])
    return table


def whole_file_fault(scenario: TaskScenario[TaskSpec], loc: Loc, path: Path, error: Exception) -> Fault:
    """Return the fault for a file that cannot be read, in the reader's words."""
    problem = str(error)
    return scenario.fault(loc, problem if str(path) in problem else f"{path}: {problem}", value="")
