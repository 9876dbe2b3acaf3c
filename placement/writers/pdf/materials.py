"""The bill of materials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.metrics.materials import DEVICES_PER_SPARE, Material, bill_of_materials
from placement.phrases import Words, words_of
from placement.writers.pdf.cells import Table, make_table, number_column, text_column

if TYPE_CHECKING:
    from placement.core import Result

_ITEMS = {"New device": "material.new", "Spare device": "material.spare"}


def material_table(result: Result) -> Table | None:
    """Return what has to be bought, with spares, and its cost where prices are known; None when there is nothing to buy."""
    presentation, words = result.source.presentation, words_of(result)
    lines = bill_of_materials(result.problem, result.plan, presentation.price)
    if not lines:
        return None
    money = f" [{presentation.currency}]" if presentation.currency else ""
    columns = [text_column(words("material.item"), 4), number_column(words("material.quantity"), 1.2)]
    columns += [number_column(f"{words('material.price')}{money}", 1.8), number_column(f"{words('material.cost')}{money}", 1.8)]
    rows = [
        [_item(line, words), words.number(line.quantity), _money(line.price, words), _money(line.cost, words)] for line in lines
    ]
    known = [line.cost for line in lines if line.cost is not None]
    total = words.amount(sum(known)) if len(known) == len(lines) else ""
    values = [words.number(sum(line.quantity for line in lines)), "", total]
    kind = "" if result.problem.frame.is_geographic else "_spares"
    caption = words(f"material.caption{kind}", n=words.number(DEVICES_PER_SPARE))
    return make_table(caption, columns, rows, total={"label": words("material.total"), "span": 1, "values": values})


def material_sentences(result: Result) -> list[str]:
    """Return what the bill leaves out."""
    words = words_of(result)
    fixed = sum(status == "fixed" for status in result.plan.device_status)
    lines = bill_of_materials(result.problem, result.plan, result.source.presentation.price)
    standing = words.counted("material.standing", fixed) if fixed else ""
    if not lines:
        return [f"{standing} {words('material.nothing')}".strip()]
    prices = "" if any(line.cost is not None for line in lines) else words("material.no_prices")
    others = words("material.others_earth" if result.problem.frame.is_geographic else "material.others")
    return [" ".join(text for text in (standing, prices, others) if text)]


def _item(line: Material, words: Words) -> str:
    """Return what a line is about: the kind of thing, and behind a comma the type as the scenario calls it."""
    kind, comma, name = line.item.partition(", ")
    return f"{words(_ITEMS[kind])}{comma}{name}"


def _money(value: float | None, words: Words) -> str:
    return "" if value is None else words.amount(value)
