"""Result: everything that a run found, as the writers receive it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from placement.core.html import gap_text, html_table
from placement.core.outlook import Outlook
from placement.core.plan import Plan
from placement.core.presentation import Presentation
from placement.core.problem import Problem
from placement.core.score import Score
from placement.core.showing import Explorable
from placement.core.survey import Survey
from placement.units import format_value


@dataclass(frozen=True, slots=True)
class Moves:
    """A resolved scenario whose data files can be named from anywhere.

    Parameters
    ----------
    folder : Path
        Where the scenario stands. It is known here only: what is written holds the way from there to the data.
    text : str
        The resolved scenario, a mark in place of each relative path.
    files : tuple of (str, str)
        Marks and the paths that they stand for.
    """

    folder: Path
    text: str
    files: tuple[tuple[str, str], ...]

    def text_at(self, folder: Path) -> str:
        """Return the scenario with paths relative to `folder`; a file on another drive keeps its whole path."""
        text = self.text
        for mark, file in self.files:
            text = text.replace(mark, _scalar(_way(folder.resolve(), self.folder.resolve() / file)))
        return text


def _way(start: Path, file: Path) -> str:
    try:
        return Path(os.path.relpath(file, start)).as_posix()
    except ValueError:  # another drive
        return file.as_posix()


def _scalar(path: str) -> str:
    """Return a path as YAML: in quotes unless it cannot be read as anything else."""
    is_plain = "/" in path and re.fullmatch(r"[\w./-]+", path, re.ASCII)
    return path if is_plain else json.dumps(path, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a result comes from, so that anybody can make it again.

    Parameters
    ----------
    name : str
        The scenario's title.
    file : str
        File name of the scenario, without its folder: results carry no path of a machine.
    sha256 : str
        Hash over the scenario file and every data file that it names.
    resolved_yaml : str
        The scenario with every default filled in; paths start at its folder.
    command : str
        The command that makes the result again, run in the scenario's folder.
    report : tuple of str
        Which optional files the scenario asks for.
    data_notes : tuple of str
        What the readers did that a careful user wants to know: blocks counted, points left out.
    presentation : Presentation
        How the report presents itself.
    moves : Moves or None
        How the resolved scenario is written elsewhere; None when it names no file.
    """

    name: str
    file: str
    sha256: str
    resolved_yaml: str
    command: str
    report: tuple[str, ...]
    data_notes: tuple[str, ...] = ()
    presentation: Presentation = field(default_factory=Presentation)
    moves: Moves | None = None

    def resolved_at(self, folder: Path) -> str:
        """Return the resolved scenario as it has to be written into a folder, so that it runs there."""
        return self.resolved_yaml if self.moves is None else self.moves.text_at(folder)


@dataclass(frozen=True, slots=True, eq=False)
class Result(Explorable):
    """A problem, its plan and score, and where they come from.

    `warnings` are sentences for the user; `version` is that of this package; `outlook` is None when nothing beside
    the plan was looked at; `survey` is empty when the place was not measured.
    """

    source: Source
    problem: Problem
    plan: Plan
    score: Score
    version: str
    warnings: tuple[str, ...] = ()
    outlook: Outlook | None = None
    survey: Survey = field(default_factory=Survey)

    def _repr_html_(self) -> str:
        """Show what was asked and found in a notebook, in the user's unit."""
        plan, objective, unit = self.plan, self.problem.objective, self.problem.frame.unit
        facts = [
            ("demand points", f"{self.problem.demand.n:,}"),
            ("devices", f"{plan.p:,}"),
            (
                f"{objective.kind}: {objective.meaning}",
                format_value(plan.value, plan.unit, unit) if isfinite(plan.value) else "-",
            ),
            ("gap", gap_text(plan.gap)),
            ("status", plan.status),
            *self.score.rows(unit),
            *(("warning", words) for words in self.warnings),
        ]
        return html_table(self.source.name, (), facts)
