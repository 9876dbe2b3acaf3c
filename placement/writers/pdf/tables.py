"""The tables of scores: of the whole plan, of each device, of those who are served worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.score import ROUNDING_M
from placement.phrases import Words, words_of
from placement.phrases.numbers import NOTHING
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.schedule import cut_note
from placement.writers.pdf.sentences import is_weighted

if TYPE_CHECKING:
    from placement.core import Coverage, Result


def score_table(result: Result) -> Table:
    """Return the scores of the whole plan, each with what it means."""
    score, words = result.score, words_of(result)
    weighted = "_weighted" * is_weighted(result.problem)
    rows = [
        _worst_row(result),
        [words("score.mean"), words.length(score.mean_m), words(f"score.mean_means{weighted}")],
        [words("score.median"), words.length(score.median_m), words(f"score.median_means{weighted}")],
        [words("score.p95"), words.length(score.p95_m), words(f"score.p95_means{weighted}")],
        *(_coverage_row(result, each) for each in score.coverage),
        [
            words("score.wcss"),
            NOTHING if score.wcss_m2 is None else words.value(score.wcss_m2, "m2"),
            words("score.wcss_means"),
        ],
    ]
    columns = [text_column(words("score.column"), 2.2), number_column(words("score.value"), 1.6)]
    return make_table(words("score.caption"), [*columns, text_column(words("score.means"), 5)], rows)


def _worst_row(result: Result) -> list[str]:
    score, words = result.score, words_of(result)
    if score.unreachable:
        lost = words.counted("noun.point", score.unreachable)
        return [words("score.worst"), NOTHING, words("score.worst_lost", points=lost)]
    return [words("score.worst"), words.length(score.max_m), words("score.worst_means")]


def _coverage_row(result: Result, each: Coverage) -> list[str]:
    demand, words = result.problem.demand, words_of(result)
    parts = {"n": words.number(each.demand_points), "points": words.counted("noun.point", demand.n)}
    means = words("score.covered_means", **parts)
    if is_weighted(result.problem):
        weights = {"weight": words.amount(each.weight), "total": words.amount(demand.total_weight)}
        means = words("score.covered_means_weighted", **parts, **weights)
    return [words("score.covered", radius=words.length(each.radius_m)), words.percent(each.share), means]


def device_table(result: Result) -> Table:
    """Return how each device serves its own demand points, and how many of them within the requirement."""
    words, weighted, score = words_of(result), is_weighted(result.problem), result.score
    covered = {area.name: area.covered_share for area in score.areas if area.kind == "device"} if score.coverage else {}
    columns = [text_column(words("column.device"), 2), number_column(words("column.points"), 1)]
    columns += [number_column(words("column.weight"), 1)] if weighted else []
    widths = {"mean": 1.2, "median": 1.2, "p95": 1.5, "worst": 1.2}
    columns += [number_column(words(f"column.{name}"), width) for name, width in widths.items()]
    columns += [number_column(_within(result, words), 1.5)] if covered else []
    rows = [
        [
            each.id,
            words.number(each.demand_points),
            *([words.amount(each.demand_weight)] if weighted else []),
            *(words.length(value) for value in (each.mean_m, each.median_m, each.p95_m, each.max_m)),
            *([words.percent(covered.get(each.id))] if covered else []),
        ]
        for each in score.devices
    ]
    return make_table(words("score.devices_caption"), columns, rows, cut_note=cut_note(result))


def _within(result: Result, words: Words) -> str:
    return words("column.within", radius=words.length_in_title(result.score.coverage[0].radius_m))


def worst_table(result: Result) -> Table:
    """Return the demand points farthest from a device, and how far each misses the requirement."""
    words, weighted, coverage = words_of(result), is_weighted(result.problem), result.score.coverage
    columns = [text_column(words("worst.point"), 3), text_column(words("worst.served_by"), 2)]
    columns += [number_column(words("worst.distance"), 1.4)]
    if coverage:
        columns += [number_column(words("worst.excess", radius=words.length_in_title(coverage[0].radius_m)), 1.6)]
    columns += [number_column(words("column.weight"), 1)] if weighted else []
    rows = [
        [
            each.demand,
            each.device,
            words.length(each.distance_m),
            *([_excess(each.distance_m - coverage[0].radius_m, words)] if coverage else []),
            *([words.amount(each.weight)] if weighted else []),
        ]
        for each in result.score.worst
    ]
    return make_table(words.counted("worst.caption", max(len(rows), 1)), columns, rows)


def _excess(metres: float, words: Words) -> str:
    return words.length(metres) if metres > ROUNDING_M else NOTHING
