"""Result: everything that a run found, as the writers receive it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from placement.core.html import html_table, percent_text
from placement.core.outlook import Outlook
from placement.core.plan import Plan
from placement.core.presentation import Presentation
from placement.core.problem import Problem
from placement.core.score import Score
from placement.core.showing import Explorable
from placement.units import format_value


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
        The scenario with every default filled in.
    command : str
        The command that makes the result again, run in the scenario's folder.
    report : tuple of str
        Which optional files the scenario asks for.
    data_notes : tuple of str
        What the readers did that a careful user wants to know: blocks counted, points left out.
    presentation : Presentation
        How the report presents itself.
    """

    name: str
    file: str
    sha256: str
    resolved_yaml: str
    command: str
    report: tuple[str, ...]
    data_notes: tuple[str, ...] = ()
    presentation: Presentation = field(default_factory=Presentation)


@dataclass(frozen=True, slots=True, eq=False)
class Result(Explorable):
    """A problem, its plan and score, and where they come from.

    `warnings` are sentences for the user; `version` is that of this package; `outlook` is None when nothing beside
    the plan was looked at.
    """

    source: Source
    problem: Problem
    plan: Plan
    score: Score
    version: str
    warnings: tuple[str, ...] = ()
    outlook: Outlook | None = None

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
            ("gap", percent_text(plan.gap)),
            ("status", plan.status),
            *self.score.rows(unit),
            *(("warning", words) for words in self.warnings),
        ]
        return html_table(self.source.name, (), facts)
