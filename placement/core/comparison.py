"""Comparison: the same question at several budgets, or several questions side by side, and which answer is advised."""

from __future__ import annotations

from dataclasses import dataclass

from placement.core.alternatives import Alternatives
from placement.core.html import gap_text, html_table, length_text, percent_text
from placement.core.result import Result
from placement.core.showing import Explorable

BUDGET_AXES = ("devices", "cost")
"""What changes from row to row when one question is asked at many budgets."""


@dataclass(frozen=True, slots=True, eq=False)
class ComparedPlan:
    """One row of a comparison: a result, and what can only be said beside the others.

    Parameters
    ----------
    label : str
        What the row is called: ``"5 devices"``, the title of a scenario or variant.
    result : Result
        The plan, scored.
    cost : float or None
        Money for the new devices; None when there are no prices.
    silhouette : float or None
        Mean silhouette of the assignment, -1 to 1; None with one device.
    best_max_m, best_mean_m : float or None
        What the best plans found for that figure alone reach with the same budget [m].
    gain : str
        What the last device brings against the row before, as a sentence; empty in the first row.
    remark : str
        Why a figure is worse than in the row before, as a sentence; empty when none is.
    """

    label: str
    result: Result
    cost: float | None = None
    silhouette: float | None = None
    best_max_m: float | None = None
    best_mean_m: float | None = None
    gain: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Which budget is advised: its position among the rows, the rule's name and the reason in one sentence."""

    row: int
    rule: str
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Explorable):
    """Several plans side by side.

    Parameters
    ----------
    name : str
        Title of reports.
    axis : str
        What changes from row to row: ``"devices"``, ``"cost"``, ``"variant"`` or ``"scenario"``.
    rows : tuple of ComparedPlan
        Budgets in rising order; variants and scenarios as given.
    recommended : Recommendation or None
        Only for budgets.
    alternatives : Alternatives or None
        What lies beside the recommended row; None when nobody asked.
    """

    name: str
    axis: str
    rows: tuple[ComparedPlan, ...]
    recommended: Recommendation | None = None
    alternatives: Alternatives | None = None
    notes: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Show the rows in a notebook, each in its own unit, and the recommendation."""
        header = (self.axis, "devices", "worst", "mean", "within", "gap", "")
        rows = [(*_cells(one), self._mark(k)) for k, one in enumerate(self.rows)]
        advice = self.recommended
        caption = self.name if advice is None else f"{self.name}: {advice.why} ({advice.rule})"
        return html_table(caption, header, rows)

    def _mark(self, row: int) -> str:
        return "recommended" if self.recommended is not None and self.recommended.row == row else ""


def _cells(row: ComparedPlan) -> tuple[str, ...]:
    score, plan, unit = row.result.score, row.result.plan, row.result.problem.frame.unit
    share = score.coverage[0].share if score.coverage else None
    lengths = (length_text(score.max_m, unit), length_text(score.mean_m, unit))
    return (row.label, f"{plan.p:,}", *lengths, percent_text(share), gap_text(plan.gap))
