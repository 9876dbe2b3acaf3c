"""One question at many budgets, or several questions side by side.

Budgets run upwards. Each starts from what the one before has found: its devices and the best further one are a plan too, so
the objective never gets worse with a larger budget, whatever a single search would have found.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from math import inf
from numbers import Real

from placement.core.comparison import ComparedPlan, Comparison
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.result import Result
from placement.core.statistics import weighted_mean
from placement.errors import Fault, InfeasibleError, ScenarioError
from placement.metrics.silhouette import mean_silhouette
from placement.objectives import OBJECTIVES
from placement.pipeline import place, result_of
from placement.progress import Progress, Watch
from placement.recommend import gain_of, recommend, remark_on
from placement.scenario import Scenario, load_scenario
from placement.scenario.build import Built, build
from placement.scenario.scenario import needs_scenario
from placement.solvers import solve
from placement.solvers.growing import no_worse

COMPANION_STARTS = 8
"""Starts of the searches for the best possible largest and mean distance, which only stand beside the plan's own."""


def compare(
    *scenarios: Scenario,
    budgets: Sequence[float] | None = None,
    costs: Sequence[float] | None = None,
    watch: Watch | None = None,
) -> Comparison:
    """Compare budgets of one scenario, amounts of money, several scenarios, or the variants of one.

    Parameters
    ----------
    *scenarios : Scenario
        One with `budgets` or `costs`; or two and more; or one alone, for its variants.
    budgets, costs : sequence of float, optional
        Numbers of new devices, or money; at most one of the two.
    watch : Watch, optional
        Hears about progress and may stop the work early.

    Returns
    -------
    Comparison
        From `compare_budgets`, `compare_costs`, `compare_scenarios` or `compare_variants`.

    Raises
    ------
    TypeError
        If one of the scenarios is none, or `budgets` or `costs` are no numbers.
    ValueError
        If it is not said what to compare, or said twice; or a number is not above 0.
    """
    needs_scenario(*scenarios)
    budgets, costs = _listed("budgets", budgets), _listed("costs", costs)
    asked = [budgets is not None, costs is not None, len(scenarios) > 1]
    if not scenarios or sum(asked) > 1 or not (any(asked) or scenarios[0].spec.variants):
        raise ValueError("compare budgets or costs of one scenario, several scenarios, or one with variants")
    if len(scenarios) > 1:
        return compare_scenarios(scenarios, watch=watch)
    if budgets is not None:
        return compare_budgets(scenarios[0], budgets, watch=watch)
    if costs is not None:
        return compare_costs(scenarios[0], costs, watch=watch)
    return compare_variants(scenarios[0], watch=watch)


def _listed(name: str, numbers: Sequence[float] | None) -> list[float] | None:
    """Return budgets or costs as a list; refuse those that are none, by their name."""
    if numbers is None:
        return None
    if isinstance(numbers, str) or not isinstance(numbers, Iterable):
        raise TypeError(f"{name} are several numbers, such as range(1, 11) or [500, 1000], not {numbers!r}")
    listed = list(numbers)
    is_whole = name == "budgets"
    wrong = [one for one in listed if not isinstance(one, Real) or not 0 < one < inf or (is_whole and one != int(one))]
    if wrong or not listed:
        kind = "whole numbers above 0" if is_whole else "numbers above 0"
        raise ValueError(f"{name} are {kind}, at least one; not {wrong[0] if wrong else listed!r}")
    return listed


def compare_budgets(scenario: Scenario, budgets: Sequence[float], *, watch: Watch | None = None) -> Comparison:
    """Plan a scenario with several numbers of new devices.

    Parameters
    ----------
    scenario : Scenario
        Its own budget does not matter.
    budgets : sequence of int
        Numbers of new devices, each >= 1; taken in rising order, each once.
    watch : Watch, optional
        Hears about progress; when it says stop, the budgets planned so far are returned (the first is always planned).

    Returns
    -------
    Comparison
        One row for each budget; the objective never gets worse from one to the next.

    Raises
    ------
    ScenarioError
        If the data are wrong, or the largest budget exceeds what there is to place devices on.
    InfeasibleError
        If no budget has a plan; budgets too small for the constraints are left out.
    """
    wanted = sorted({int(budget) for budget in budgets})
    with _told_as("--p", "devices.budget"):
        built = build(_changed(scenario, f"devices.budget={wanted[-1]}", *_without(scenario, "cost")))
    problems = [(f"{n_new}", replace(built.problem, n_new=n_new)) for n_new in wanted]
    return _climb(_retold(built, scenario, "--p", wanted), scenario, "devices", problems, watch or Watch())


def compare_costs(scenario: Scenario, costs: Sequence[float], *, watch: Watch | None = None) -> Comparison:
    """Plan a scenario with several amounts of money.

    Parameters
    ----------
    scenario : Scenario
        With a price of a device, or of every site.
    costs : sequence of float
        Money, each > 0; taken in rising order.
    watch : Watch, optional
        As for `compare_budgets`.

    Returns
    -------
    Comparison
        One row for each amount that buys a plan.

    Raises
    ------
    ScenarioError
        If the scenario has no prices.
    InfeasibleError
        If no amount buys a plan.
    """
    wanted = sorted(set(costs))
    with _told_as("--cost", "devices.cost"):
        largest = _changed(scenario, f"devices.cost={wanted[-1]!r}", *_without(scenario, "budget"))
        built, devices = build(largest), largest.spec.devices
    rules = built.problem.constraints
    if devices.has_site_prices:
        problems = [(cost, replace(built.problem, constraints=replace(rules, money=cost))) for cost in wanted]
    else:
        counts = [(cost, int(Fraction(repr(cost)) // Fraction(repr(devices.price)))) for cost in wanted]
        problems = [(cost, replace(built.problem, n_new=n_new)) for cost, n_new in counts if n_new]
    labelled = [(f"{cost:,.10g}", problem) for cost, problem in problems]
    return _climb(_retold(built, scenario, "--cost", wanted), scenario, "cost", labelled, watch or Watch())


def compare_scenarios(scenarios: Sequence[Scenario], *, watch: Watch | None = None) -> Comparison:
    """Plan several scenarios and put the plans side by side, in the order given, each under a label of its own."""
    labels = _labels(scenarios)
    command = " ".join(["place compare", *(shlex.quote(one.path.name) for one in scenarios)])
    rows = [_alone(label, one, command, watch) for label, one in zip(labels, scenarios, strict=True)]
    return Comparison(" and ".join(dict.fromkeys(one.spec.name for one in scenarios)), "scenario", tuple(rows))


def _labels(scenarios: Sequence[Scenario]) -> list[str]:
    """Return the titles; where those agree, with the name of the file; where that agrees too, with its folder."""
    labels = [one.spec.name for one in scenarios]
    for ending in (
        [one.path.stem for one in scenarios],
        [f"{one.path.resolve().parent.name}/{one.path.stem}" for one in scenarios],
    ):
        labels = [
            label if labels.count(label) == 1 else f"{one.spec.name} ({more})"
            for label, one, more in zip(labels, scenarios, ending, strict=True)
        ]
    return labels


def compare_variants(scenario: Scenario, *, watch: Watch | None = None) -> Comparison:
    """Plan a scenario as it stands and with each of its `variants`; the rows bear their names."""
    command = f"place compare {shlex.quote(scenario.path.name)}"
    rows = [_alone("as it stands", scenario, command, watch)]
    for one in scenario.spec.variants:
        with _told_as(f"variant {one.name}", *(change.partition("=")[0] for change in one.changes())):
            rows.append(_alone(one.name, _changed(scenario, *one.changes()), command, watch))
    return Comparison(scenario.spec.name, "variant", tuple(rows))


def _alone(label: str, scenario: Scenario, command: str, watch: Watch | None) -> ComparedPlan:
    result = place(scenario, watch=watch)
    result = replace(result, source=replace(result.source, command=command))
    return ComparedPlan(label, result, _cost(scenario, result), mean_silhouette(result.problem, result.plan))


def _without(scenario: Scenario, key: str) -> list[str]:
    """Return the change that takes the scenario's own limit away, where a number of devices and money exclude each other."""
    devices = scenario.spec.devices
    return [] if devices.has_site_prices or getattr(devices, key) is None else [f"devices.{key}=null"]


@contextmanager
def _told_as(option: str, *keys: str) -> Iterator[None]:
    """Let faults of values that were put in for the user speak of what the user wrote instead of ``--set``."""
    try:
        yield
    except ScenarioError as error:
        faults = [_retitled(fault, option) if _is_at(fault, keys) else fault for fault in error.faults]
        raise ScenarioError(faults) from None


def _retitled(fault: Fault, option: str) -> Fault:
    """Return a fault of an option: the key that it stands for is ours."""
    return replace(fault, file=option, key="" if option.startswith("--") else fault.key)


def _is_at(fault: Fault, keys: Sequence[str]) -> bool:
    """Tell whether a fault is about one of the values that were put in, or a part of it."""
    return fault.file.startswith("--set") and any(f"{fault.key}.".startswith(f"{key}.") or not fault.key for key in keys)


def _changed(scenario: Scenario, *changes: str) -> Scenario:
    return load_scenario(scenario.path, (*scenario.overrides, *changes))


def _retold(built: Built, scenario: Scenario, option: str, numbers: Sequence[float]) -> Built:
    """Return `built` with the command of the whole comparison instead of that of its largest budget."""
    words = " ".join(shlex.quote(word) for change in scenario.overrides for word in ("--set", change))
    step = f":{numbers[1] - numbers[0]:.10g}" if len(numbers) > 1 and numbers[1] - numbers[0] != 1 else ""
    span = f"{numbers[0]:.10g}:{numbers[-1]:.10g}{step}"
    command = " ".join(part for part in ("place compare", shlex.quote(scenario.path.name), option, span, words) if part)
    return replace(built, source=replace(built.source, command=command))


def _climb(built: Built, scenario: Scenario, axis: str, problems: Sequence[tuple[str, Problem]], watch: Watch) -> Comparison:
    """Plan one budget after the other, each at least as good as the one before; those without a plan are left out."""
    rows: list[ComparedPlan] = []
    fault, notes = InfeasibleError("no amount of money buys a device"), []
    for done, (label, problem) in enumerate(problems):
        before = rows[-1].result.plan if rows else None
        try:
            plan = no_worse(problem, solve(problem, built.search, watch), before)
        except InfeasibleError as error:
            fault = error
            notes.append(f"{axis} = {label} is left out: {error}")
            continue
        result = result_of(replace(built, problem=problem), plan)
        rows.append(_row(rows, ComparedPlan(label, result, _cost(scenario, result)), built.search, watch))
        watch.report(Progress("comparing budgets", done + 1, len(problems), plan.value, plan.bound))
        if watch.stop_reason() is not None and done + 1 < len(problems):
            notes.append(f"stopped after {axis} {label}: larger budgets were not looked at, so none is recommended")
            break
    if not rows:
        raise fault
    advice = None if notes and notes[-1].startswith("stopped") else recommend(rows)
    return Comparison(scenario.spec.name, axis, tuple(rows), advice, notes=tuple(notes))


def _row(rows: Sequence[ComparedPlan], row: ComparedPlan, search: Search, watch: Watch) -> ComparedPlan:
    """Add to a row what is said beside it and the row before."""
    result, best_max, best_mean = row.result, *(_best(row.result, kind, search, watch) for kind in ("p_center", "p_median"))
    if rows:
        # What fewer devices reach, more reach too: one of them may do nothing.
        best_max, best_mean = min(best_max, rows[-1].best_max_m or best_max), min(best_mean, rows[-1].best_mean_m or best_mean)
    return replace(
        row,
        silhouette=mean_silhouette(result.problem, result.plan),
        best_max_m=best_max,
        best_mean_m=best_mean,
        gain=gain_of(rows[-1].result, result) if rows else "",
        remark=remark_on(rows[-1].result, result) if rows else "",
    )


def _cost(scenario: Scenario, result: Result) -> float | None:
    """Return what the new devices cost, or None when nothing has a price."""
    new = [name for name, status in zip(result.plan.device_ids, result.plan.device_status, strict=True) if status != "fixed"]
    sites, price = result.problem.candidates, scenario.spec.devices.price
    if sites is not None and sites.price is not None:
        prices = dict(zip(sites.ids, sites.price.tolist(), strict=True))
        return float(sum(prices[name] for name in new))
    return None if price is None else price * len(new)


def _best(result: Result, kind: str, search: Search, watch: Watch) -> float:
    """Return the largest or the mean distance that a search for that figure alone reaches with the same budget [m]."""
    own = _figure(result.problem, result.plan, kind)
    problem = replace(result.problem, objective=OBJECTIVES[kind]())
    if watch.stop_reason() is not None or problem.objective == result.problem.objective:
        return own
    return min(own, _figure(problem, solve(problem, replace(search, effort="fast", n_init=COMPANION_STARTS), watch), kind))


def _figure(problem: Problem, plan: Plan, kind: str) -> float:
    distance = plan.service_distance
    return float(distance.max()) if kind == "p_center" else weighted_mean(distance, problem.demand.weight)
