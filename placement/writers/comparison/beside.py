"""What lies beside the recommended row, for comparison.json, comparison.pdf and the terminal."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from placement.sections import picture, table, text
from placement.units import count, format_length, format_value

if TYPE_CHECKING:
    from placement.core.alternatives import Alternatives, FrontPlan, Rollout, SiteRobustness, Standstill, TradeOff
    from placement.core.comparison import Comparison
    from placement.core.frame import Frame
    from placement.core.plan import Plan

MOST_MOVES = 30
"""Rows of the table of moves; comparison.json has all."""


def beside_values(comparison: Comparison) -> dict[str, Any]:
    """Return the keys ``tradeoff``, ``rollout``, ``diff`` and ``robustness`` of comparison.json, those of them that there are.

    Lengths are metres, coordinates those of the user.
    """
    found = comparison.alternatives
    if found is None:
        return {}
    frame = comparison.rows[found.row].result.problem.frame
    values: dict[str, Any] = {}
    if found.tradeoff is not None:
        values["tradeoff"] = _tradeoff_values(found.tradeoff, frame)
    values["rollout"] = asdict(found.rollout)
    if found.standstill is not None:
        values["diff"] = _standstill_values(found.standstill, frame)
    if found.robustness is not None:
        values["robustness"] = asdict(found.robustness)
    row = comparison.rows[found.row].label
    return {key: {"row": row, **value} for key, value in values.items()}


def _tradeoff_values(found: TradeOff, frame: Frame) -> dict[str, Any]:
    plans = [
        {
            "aim": one.aim,
            "max_m": one.max_m,
            "mean_m": one.mean_m,
            "coverage": one.covered_share,
            "is_balanced": k == found.balanced,
            "devices": _devices(one.plan, frame),
        }
        for k, one in enumerate(found.plans)
    ]
    return {"rule": found.rule, "plans": plans, "dropped": list(found.dropped)}


def _standstill_values(found: Standstill, frame: Frame) -> dict[str, Any]:
    figures = {"kept": found.kept, "free": found.free, "unit": found.unit}
    return {**figures, **asdict(found.diff), "devices": _devices(found.plan, frame)}


def _devices(plan: Plan, frame: Frame) -> list[dict[str, Any]]:
    places = zip(plan.device_ids, frame.to_user(plan.device_xy).tolist(), strict=True)
    return [{"id": name, "x": x, "y": y} for name, (x, y) in places]


def beside_sections(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the sections about the recommended row; none when nobody asked."""
    found = comparison.alternatives
    if found is None:
        return []
    row = comparison.rows[found.row]
    plan, unit = row.result.plan, row.result.problem.frame.unit
    parts = {
        "What mean and worst distance cost each other": _tradeoff_blocks(found, unit),
        "In which order to buy": _rollout_blocks(found.rollout, unit),
        "What it costs that nothing moves": _standstill_blocks(found.standstill, unit),
        "What the loss of a site costs": _robustness_blocks(found.robustness, plan.value, unit),
    }
    about = text(f"For the plan with {count(plan.p, 'device')} ({_AXES[comparison.axis]} {row.label}).")
    return [{"title": title, "blocks": [about, *blocks]} for title, blocks in parts.items() if blocks]


def _tradeoff_blocks(found: Alternatives, unit: str) -> list[dict[str, object]]:
    front = found.tradeoff
    if front is None:
        return []
    figures = (("Worst", 1.0, True), ("Mean", 1.0, True), ("Within", 1.0, True))
    header = [("Plan", 0.5, True), ("Searched for", 2.4, False), *figures]
    rows = [[f"{k}", *_front_cells(one, unit)] for k, one in enumerate(front.plans, 1)]
    rows[front.balanced][1] += " (balanced)"
    dropped = f" Beaten or equalled in every figure, so left out: {', '.join(front.dropped)}." if front.dropped else ""
    note = f"Balanced: {front.rule}.{dropped}"
    words = "; ".join(f"{cells[0]}, {cells[1]}: worst {cells[2]}, mean {cells[3]}" for cells in rows)
    caption = "Each point is a plan with the same number of devices; none beats another in all figures."
    return [
        table("Plans for the same budget", header, rows, note),
        picture("tradeoff.svg", caption, f"Mean against worst distance. {words}.", width=70),
    ]


def _front_cells(one: FrontPlan, unit: str) -> list[str]:
    return [one.aim, format_length(one.max_m, unit), format_length(one.mean_m, unit), _percent(one.covered_share)]


def _rollout_blocks(found: Rollout, unit: str) -> list[dict[str, object]]:
    names = (("Worst", 1.0), ("Mean", 1.0), ("Within", 0.9), ("Measure", 1.5), ("As many, free", 1.5), ("Worse by", 0.8))
    header = [("Step", 0.5, True), ("Device", 1.0, False), *((name, width, True) for name, width in names)]
    rows = [
        [
            str(one.n_new),
            one.device,
            *(_length(value, unit) for value in (one.max_m, one.mean_m)),
            _percent(one.covered_share),
            *(_value(value, found.unit, unit) for value in (one.value, one.free)),
            _relative(one.loss, one.free),
        ]
        for one in found.phases
    ]
    return [table(f"Step by step; measure: {found.measure}", header, rows, f"{found.note[:1].upper()}{found.note[1:]}.")]


def _standstill_blocks(found: Standstill | None, unit: str) -> list[dict[str, object]]:
    if found is None:
        return []
    kept, free = (_value(value, found.unit, unit) for value in (found.kept, found.free))
    diff = found.diff
    if found.kept == found.free:
        return [text(f"Today's devices stand well: no plan better than {kept} was found by moving them.")]
    said = (
        f"With today's devices where they are the objective is {kept}; with as many devices placed freely it is {free}. "
        f"For that {count(len(diff.stay), 'device stays', 'devices stay')}, {count(len(diff.move), 'moves', 'move')} "
        f"{format_length(diff.moved_m, unit)} in all, {len(diff.new)} would be new, {len(diff.removed)} removed."
    )
    if not diff.move:
        return [text(said)]
    header = [("Device today", 1.0, False), ("Becomes", 1.0, False), ("Moves", 1.0, True)]
    rows = [[one.standing, one.planned, format_length(one.distance_m, unit)] for one in diff.move[:MOST_MOVES]]
    more = f" {count(len(diff.move) - MOST_MOVES, 'more move')} in comparison.json." if len(diff.move) > MOST_MOVES else ""
    return [text(said), table("Devices that move", header, rows, f"{diff.note[:1].upper()}{diff.note[1:]}.{more}")]


def _robustness_blocks(found: SiteRobustness | None, value: float, unit: str) -> list[dict[str, object]]:
    if found is None or not found.regrets:
        return []
    names = (("Objective without it", True), ("Worse by", True), ("In every good plan", False))
    header = [("Site", 1.0, False), *((name, 1.2, is_number) for name, is_number in names)]
    rows = [
        [
            one.site,
            "no plan" if one.value is None else _value(one.value, found.unit, unit),
            _relative(one.regret, value),
            "yes" if one.is_in_all else "no",
        ]
        for one in found.regrets
    ]
    note = f"Good: at most {100 * found.tolerance:g} % worse than the best found; {found.n_near} of {found.n_plans} plans are."
    return [table("Each chosen site lost in turn", header, rows, note)]


def _length(metres: float | None, unit: str) -> str:
    return "-" if metres is None else format_length(metres, unit)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _value(value: float | None, value_unit: str, unit: str) -> str:
    """Return a value of the objective, or "-" where there is none or somebody is out of reach."""
    return "-" if value is None or not math.isfinite(value) else format_value(value, value_unit, unit)


def _relative(loss: float | None, value: float | None) -> str:
    """Return a loss as a share of a value; "-" where there is neither, or nothing to compare with."""
    if loss is None or value is None or not math.isfinite(loss):
        return "-"
    if value == 0:
        return "0 %" if loss == 0 else "-"
    percent = round(100 * loss / abs(value), 1) + 0.0  # rounding may leave a negative zero
    return f"{percent:.1f} %"


_AXES = {"devices": "budget", "cost": "money", "variant": "variant", "scenario": "scenario"}
