"""What else could be done with the budget of one plan: other aims, today's devices, a phased roll-out, lost sites."""

from __future__ import annotations

from dataclasses import replace

from placement.alternatives.front import tradeoff as tradeoff
from placement.alternatives.phases import rollout as rollout
from placement.alternatives.sites import site_robustness as site_robustness
from placement.alternatives.standing import diff as diff
from placement.alternatives.standing import standstill as standstill
from placement.core.alternatives import Alternatives
from placement.core.comparison import ComparedPlan, Comparison
from placement.progress import Watch
from placement.scenario import Scenario
from placement.scenario.build import read


def with_alternatives(compared: Comparison, scenario: Scenario, watch: Watch | None = None) -> Comparison:
    """Add to a comparison what lies beside its recommended row.

    Parameters
    ----------
    compared : Comparison
        From `placement.compare`.
    scenario : Scenario
        The first that was compared: it says how to search.
    watch : Watch, optional
        When it says stop, what is missing is left out.

    Returns
    -------
    Comparison
        With `alternatives`. Without a recommendation they are of the row with the scenario's own number of devices, else of the
        last of several budgets and the first of anything else.
    """
    built = read(scenario)
    search, watch = built.search, watch or Watch(built.search.time_limit_s)
    row = _row(compared, built.problem.n_new)
    problem, plan = compared.rows[row].result.problem, compared.rows[row].result.plan
    found = Alternatives(
        row=row,
        tradeoff=tradeoff(problem, search, watch, plan),
        rollout=rollout(problem, plan, search, watch, _free(compared)),
        standstill=standstill(problem, plan, search, watch),
        robustness=site_robustness(problem, plan, search, watch),
    )
    return replace(compared, rows=tuple(_retold(one) for one in compared.rows), alternatives=found)


def _retold(row: ComparedPlan) -> ComparedPlan:
    """Return a row whose command asks for all of this again; a plan that stands for itself keeps its own command."""
    source = row.result.source
    if not source.command.startswith("place compare "):
        return row
    return replace(row, result=replace(row.result, source=replace(source, command=f"{source.command} --more")))


def _row(compared: Comparison, n_new: int) -> int:
    if compared.recommended is not None:
        return compared.recommended.row
    if compared.axis not in {"devices", "cost"}:
        return 0
    own = [k for k, row in enumerate(compared.rows) if row.result.problem.n_new == n_new]
    return own[0] if own else len(compared.rows) - 1


def _free(compared: Comparison) -> dict[int, float]:
    """Return the values of the rows by their numbers of new devices; only budgets are about one question."""
    if compared.axis != "devices":
        return {}
    return {row.result.problem.n_new: row.result.plan.value for row in compared.rows}
