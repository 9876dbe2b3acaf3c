"""The tables of scores: of the whole plan, of each device, of those who are served worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.score import ROUNDING_M
from placement.units import count, format_squared
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.schedule import cut_note
from placement.writers.pdf.sentences import is_weighted
from placement.writers.pdf.wording import NOTHING, amount, length, length_in_title, percent

if TYPE_CHECKING:
    from placement.core import Result


def score_table(result: Result) -> Table:
    """Return the scores of the whole plan, each with what it means."""
    score, unit, weighted = result.score, result.problem.frame.unit, is_weighted(result.problem)
    share, verb = ("of the weight", "is") if weighted else ("of the demand points", "are")
    rows = [
        _worst_row(result),
        ["Mean distance", length(score.mean_m, unit), f"The average{', each point counted by its weight' if weighted else ''}."],
        ["Median distance", length(score.median_m, unit), f"Half {share} {verb} at most this far away."],
        ["95th percentile", length(score.p95_m, unit), f"95 % {share} {verb} at most this far away."],
        *(
            [
                f"Within {length(each.radius_m, unit)}",
                percent(each.share),
                f"{each.demand_points:,} of {count(result.problem.demand.n, 'demand point')}"
                + (f", weight {amount(each.weight)} of {amount(result.problem.demand.total_weight)}." if weighted else "."),
            ]
            for each in score.coverage
        ),
        [
            "Sum of squares (WCSS)",
            NOTHING if score.wcss_m2 is None else format_squared(score.wcss_m2, unit),
            "Weight times squared distance, added up. It compares plans for the same demand; it is not a distance.",
        ],
    ]
    columns = [text_column("Score", 2.2), number_column("Value", 1.6), text_column("What it means", 5)]
    return make_table("Scores of the plan as a whole.", columns, rows)


def _worst_row(result: Result) -> list[str]:
    score = result.score
    if score.unreachable:
        lost = count(score.unreachable, "demand point")
        return ["Worst distance", NOTHING, f"{lost} cannot be reached; the figures below are about the others."]
    return ["Worst distance", length(score.max_m, result.problem.frame.unit), "No demand point is farther from its device."]


def device_table(result: Result) -> Table:
    """Return how each device serves its own demand points, and how many of them within the requirement."""
    unit, weighted, score = result.problem.frame.unit, is_weighted(result.problem), result.score
    covered = {area.name: area.covered_share for area in score.areas if area.kind == "device"} if score.coverage else {}
    columns = [text_column("Device", 2), number_column("Points", 1)] + ([number_column("Weight", 1)] if weighted else [])
    columns += [number_column("Mean", 1.2), number_column("Median", 1.2), number_column("95th percentile", 1.5)]
    columns += [number_column("Worst", 1.2)]
    columns += [number_column(f"Within {length_in_title(score.coverage[0].radius_m, unit)}", 1.5)] if covered else []
    rows = [
        [
            each.id,
            f"{each.demand_points:,}",
            *([amount(each.demand_weight)] if weighted else []),
            *(length(value, unit) for value in (each.mean_m, each.median_m, each.p95_m, each.max_m)),
            *([share_or_nothing(covered.get(each.id))] if covered else []),
        ]
        for each in score.devices
    ]
    caption = "Distances to the demand points that each device serves."
    return make_table(caption, columns, rows, cut_note=cut_note(result))


def worst_table(result: Result) -> Table:
    """Return the demand points farthest from a device, and how far each misses the requirement."""
    unit, weighted, coverage = result.problem.frame.unit, is_weighted(result.problem), result.score.coverage
    columns = [text_column("Demand point", 3), text_column("Served by", 2), number_column("Distance", 1.4)]
    columns += [number_column(f"Beyond {length_in_title(coverage[0].radius_m, unit)} by", 1.6)] if coverage else []
    columns += [number_column("Weight", 1)] if weighted else []
    rows = [
        [
            each.demand,
            each.device,
            length(each.distance_m, unit),
            *([_excess(each.distance_m - coverage[0].radius_m, unit)] if coverage else []),
            *([amount(each.weight)] if weighted else []),
        ]
        for each in result.score.worst
    ]
    number = f"{len(rows)} demand points" if len(rows) > 1 else "demand point"
    return make_table(f"The {number} farthest from a device.", columns, rows)


def share_or_nothing(share: float | None) -> str:
    """Return a share 0 to 1 as a percentage, or a dash when there is none."""
    return NOTHING if share is None else percent(share)


def _excess(metres: float, unit: str) -> str:
    return length(metres, unit) if metres > ROUNDING_M else NOTHING
