"""What the report says of rooms: who and how much floor is within the requirement in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.phrases import Words, words_of
from placement.phrases.numbers import NOTHING
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.sentences import is_weighted

if TYPE_CHECKING:
    from placement.core import Result
    from placement.core.score import AreaScore

_MOST_NAMED = 6


def area_table(result: Result) -> Table | None:
    """Return how each room is served; None without named rooms, where the table of devices says it."""
    areas, words = [area for area in result.score.areas if area.kind != "device"], words_of(result)
    if not any(area.kind == "room" for area in areas):
        return None
    weighted, is_required = is_weighted(result.problem), bool(result.score.coverage)
    columns = [text_column(words("area.room"), 3.2), number_column(words("column.points"), 1)]
    columns += [number_column(words("column.weight"), 1.1)] if weighted else []
    columns += [number_column(words("column.mean"), 1.2), number_column(words("column.worst"), 1.2)]
    columns += [number_column(words("area.floor_column", unit=_unit(words)), 1.2)]
    if is_required:
        radius = words.length_in_title(result.score.coverage[0].radius_m)
        columns += [number_column(words(f"area.{what}_within", radius=radius), 1.5) for what in ("demand", "floor")]
        columns += [text_column(words("requirement.column"), 1.7)]
    rows = [_row(area, words, weighted=weighted, is_required=is_required) for area in areas]
    marked = [k for k, area in enumerate(areas) if area.is_met is False]
    caption = words("area.caption_judged" if is_required else "area.caption")
    return make_table(caption, columns, rows, cut_note=words("area.cut"), marked=marked)


def _row(area: AreaScore, words: Words, *, weighted: bool, is_required: bool) -> list[str]:
    shares = [words.percent(area.covered_share), words.percent(area.covered_floor_share), verdict(area, words)]
    return [
        area.name or words(f"area.{area.kind}"),
        words.number(area.demand_points),
        *([words.amount(area.demand_weight)] if weighted else []),
        words.length(area.mean_m),
        words.length(area.max_m),
        NOTHING if area.floor_m2 is None else words.area(area.floor_m2),
        *(shares if is_required else []),
    ]


def verdict(area: AreaScore, words: Words) -> str:
    """Return whether an area passes, in a word or two."""
    return words({True: "requirement.met", False: "requirement.missed", None: "area.no_demand"}[area.is_met])


def area_sentences(result: Result) -> list[str]:
    """Return which rooms, or which devices' people, miss the requirement; empty without a requirement."""
    words = words_of(result)
    kind = "room" if any(area.kind == "room" for area in result.score.areas) else "device"
    judged = [area for area in result.score.areas if area.kind == kind and area.is_met is not None]
    if not judged:
        return []
    failing = sorted((area for area in judged if not area.is_met), key=lambda area: (area.covered_share or 0.0, area.name))
    number = words.counted(f"noun.{kind}", len(judged))
    if not failing:
        lost = words("area.lost", points=words.counted("noun.point", result.score.unreachable))
        text = words(f"area.all_met_{kind}", number=number)
        return [f"{text} {lost}" if result.score.unreachable and kind == "device" else text]
    named = ", ".join(_named(area, words) for area in failing[:_MOST_NAMED])
    if len(failing) > _MOST_NAMED:
        named = words("area.more", named=named, n=words.number(len(failing) - _MOST_NAMED))
    return [words.counted(f"area.failing_{kind}", len(failing), number=number, named=named)]


def _named(area: AreaScore, words: Words) -> str:
    within = words.number(area.covered_points or 0)
    return words("area.named", name=area.name, within=within, points=words.number(area.demand_points))


def floor_sentence(result: Result) -> str:
    """Return which share of the whole floor is within the requirement; empty when that is not known."""
    whole = next((area for area in result.score.areas if area.kind == "floor"), None)
    if whole is None or whole.covered_floor_share is None or whole.floor_m2 is None:
        return ""
    words = words_of(result)
    area, radius = f"{words.area(whole.floor_m2)} {_unit(words)}", words.length(result.score.coverage[0].radius_m)
    return words("area.floor_covered", area=area, share=words.percent(whole.covered_floor_share), radius=radius)


def _unit(words: Words) -> str:
    return f"{words.unit}²"
