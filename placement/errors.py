"""What can go wrong, as values with exit codes: the user's faults, an infeasible request, our own limits.

Every error that a user can cause derives from `PlacementError` *and* from the builtin that fits, so both
``except PlacementError`` and ``except ValueError`` work. The command turns each into text and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class PlacementError(Exception):
    """Base of every error that is the user's to mend; `exit_code` is what the command returns."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file the user wrote: where it stands, what it is, what to do.

    Parameters
    ----------
    file : str
        The file as the user named it.
    line, column : int or None
        Position of the offending text, counted from 1; None when the fault has no place of its own.
    key : str
        Dotted path of the key (``devices.budget``, ``demand[3].x``) or ``row 7, column weight``.
    problem : str
        What is wrong, in one sentence without a full stop.
    value : str
        The offending text as written; empty when there is none.
    allowed : str
        What may stand there instead.
    fix : str
        What to do; often the nearest spelling.
    """

    file: str
    line: int | None
    column: int | None
    key: str
    problem: str
    value: str = ""
    allowed: str = ""
    fix: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        head = f"{place}: {self.key}: {self.problem}" if self.key else f"{place}: {self.problem}"
        lines = [head]
        if self.value:
            lines.append(f"    found:   {self.value}")
        if self.allowed:
            lines.append(f"    allowed: {self.allowed}")
        if self.fix:
            lines.append(f"    do:      {self.fix}")
        return "\n".join(lines)


class ScenarioError(PlacementError, ValueError):
    """A scenario or a file it names is wrong; carries every fault found, in file order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = f"{len(self.faults)} faults" if len(self.faults) > 1 else "1 fault"
        super().__init__("\n".join([*(str(fault) for fault in self.faults), f"{count}. Nothing was run."]))


class FileFormatError(PlacementError, ValueError):
    """A data file cannot be read as what it claims to be; the text says which file and why."""


class MissingExtraError(PlacementError, ImportError):
    """A format needs a library that the user did not install; the text names the extra."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the optional '{extra}' libraries: pip install 'placement[{extra}]'")


class InfeasibleError(PlacementError, ValueError):
    """No plan can satisfy the scenario; the text says what would be feasible."""

    exit_code = 3


class UnknownPlaceError(PlacementError, KeyError):
    """A table or network of distances knows no place of this name; the text names it."""

    def __str__(self) -> str:
        return str(self.args[0])


class OutputError(PlacementError, OSError):
    """A result could not be written; earlier files are whole."""
