"""How many devices there may be, and whether that fits what there is to serve, to stand on and to pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from placement.core.demand import Demand
from placement.core.problem import Problem
from placement.core.sites import Sites
from placement.core.types import FloatArray
from placement.errors import Fault, InfeasibleError, ScenarioError
from placement.scenario.checks import MOST_NAMED
from placement.scenario.choices_schema import CoverSpec
from placement.scenario.scenario import Scenario
from placement.scenario.types import typed_names
from placement.units import count

_ROUNDING = 1e-9
"""Prices that add up to the money are paid for, though their sum is rounded."""


def most_devices(scenario: Scenario, demand: Demand, candidates: Sites | None) -> int:
    """Return how many new devices there are: exactly so many, or at most where prices or the objective decide.

    Parameters
    ----------
    scenario : Scenario
        Its budget, money and objective.
    demand : Demand
        Without a budget one device for each distinct place is enough, as often as the objective asks to be served.
    candidates : Sites or None
        With prices, as many as the money buys, cheapest first; without a budget at most all of them.

    Returns
    -------
    int
        0 when the money buys none.
    """
    devices = scenario.spec.devices
    wanted = devices.n_new
    if candidates is not None:
        affordable = _affordable(candidates.price, devices.cost) if candidates.price is not None else candidates.m
        return min(affordable, candidates.m) if wanted is None else min(affordable, wanted) if devices.has_site_prices else wanted
    return _distinct(scenario, demand) if wanted is None else wanted


def check_budget(scenario: Scenario, problem: Problem) -> tuple[Problem, list[str]]:
    """Check that there is something to place devices on, and drop the candidates on which none may stand.

    Parameters
    ----------
    scenario : Scenario
        For the places of faults.
    problem : Problem
        The problem as read.

    Returns
    -------
    problem : Problem
        Without the candidates on which no device may stand.
    warnings : list of str
        Sentences for the user.

    Raises
    ------
    ScenarioError
        If the budget exceeds the distinct demand points or the candidate sites, the money buys nothing, or the distance needs
        candidates and there are none.
    InfeasibleError
        If too few candidates may be used; the text names the feasible budget.
    """
    faults = [*_nowhere_to_stand(scenario, problem), *_budget(scenario, problem)]
    if faults:
        raise ScenarioError(faults)
    candidates = problem.candidates
    if candidates is None:
        return problem, []
    may_stand = problem.domain.contains(candidates.xy)
    usable = int(np.count_nonzero(may_stand))
    if usable == 0 or (usable < problem.n_new and _is_exact(scenario)):
        raise InfeasibleError(str(_too_few(scenario, problem, usable)))
    if usable == candidates.m:
        return problem, []
    kept = candidates.take(np.flatnonzero(may_stand))
    _refuse_lost_pairs(scenario, problem, kept)
    unused = ", ".join(_some([name for name, ok in zip(candidates.ids, may_stand, strict=True) if not ok]))
    left_out = f"{count(candidates.m - usable, 'candidate site')} may not be used, for no device may stand there: {unused}"
    return replace(problem, candidates=kept, n_new=most_devices(scenario, problem.demand, kept)), [left_out]


def _is_exact(scenario: Scenario) -> bool:
    """Tell whether the number of new devices is fixed: neither prices of sites nor the objective decide on it."""
    return scenario.spec.objective.kind != "set_cover" and not scenario.spec.devices.has_site_prices


def _affordable(price: FloatArray, cost: float | None) -> int:
    money = np.inf if cost is None else cost
    return int(np.count_nonzero(np.cumsum(np.sort(price)) <= money * (1 + _ROUNDING)))


def _distinct(scenario: Scenario, demand: Demand) -> int:
    """Return beyond how many devices no plan gets better: one at each distinct place, or two for backup cover."""
    objective = scenario.spec.objective
    return len(set(map(tuple, demand.xy.tolist()))) * (objective.backup if isinstance(objective, CoverSpec) else 1)


def _nowhere_to_stand(scenario: Scenario, problem: Problem) -> Iterator[Fault]:
    if problem.candidates is None and not problem.distance.is_straight:
        problem_text = f"only places that the {problem.distance.kind} names can have devices, and there are no candidates"
        yield scenario.fault(("distance", "kind"), problem_text, fix="add candidates: to devices:")


def _budget(scenario: Scenario, problem: Problem) -> Iterator[Fault]:
    key = "budget" if scenario.spec.devices.budget is not None else "cost"
    candidates = problem.candidates
    if candidates is not None:
        if problem.n_new == 0 and candidates.price is not None:
            cheapest = int(candidates.price.argmin())
            text = f"the money buys no device: the cheapest site is {candidates.ids[cheapest]}"
            yield scenario.fault(("devices", "cost"), text, allowed=f"{candidates.price[cheapest]:.10g} or more")
        elif problem.n_new > candidates.m:
            text = f"{_are(problem.n_new)} to be placed on {count(candidates.m, 'candidate site')}"
            yield scenario.fault(("devices", key), text, allowed=f"1 to {candidates.m}")
    elif problem.n_new > (distinct := _distinct(scenario, problem.demand)):
        text = f"{_are(problem.n_new)} to be placed, more than the {count(distinct, 'distinct demand point')}"
        fix = "lower the budget: with a device at every point nobody has any way to go"
        yield scenario.fault(("devices", key), text, allowed=f"1 to {distinct}", fix=fix)


def _refuse_lost_pairs(scenario: Scenario, problem: Problem, kept: Sites) -> None:
    names = {*typed_names(kept.ids, scenario.spec.devices.types or ()), *problem.fixed.ids}
    for index, pair in enumerate(problem.constraints.required_pairs):
        if pair.site not in names:
            text = (
                f"no plan exists: {pair.site} must serve {problem.demand.ids[pair.demand_index]}, and no device may stand there"
            )
            fix = "make the forbidden zones smaller, or remove the pair"
            raise InfeasibleError(str(scenario.fault(("devices", "pairs", "required", index), text, value="", fix=fix)))


def _too_few(scenario: Scenario, problem: Problem, usable: int) -> Fault:
    m = problem.candidates.m if problem.candidates is not None else 0
    sites = count(m, "candidate site")
    head = f"no device may stand on any of {sites}" if usable == 0 else f"only {usable} of {sites} may be used"
    text = f"no plan exists: {head}, and {_are(problem.n_new)} to be placed"
    feasible = f"at most {count(usable, 'device')} can be placed: lower the budget, " if usable else ""
    fix = f"{feasible}make the forbidden zones smaller or add sites"
    return scenario.fault(("devices", "candidates"), text, value="", fix=fix, at="key")


def _are(devices: int) -> str:
    return count(devices, "device is", "devices are")


def _some(names: list[str]) -> list[str]:
    return names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "..."]
