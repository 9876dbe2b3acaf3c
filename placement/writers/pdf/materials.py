"""The bill of materials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.metrics.materials import DEVICES_PER_SPARE, bill_of_materials
from placement.units import count
from placement.writers.pdf.cells import Table, make_table, number_column, text_column
from placement.writers.pdf.wording import amount

if TYPE_CHECKING:
    from placement.core import Result


def material_table(result: Result) -> Table | None:
    """Return what has to be bought, with spares, and its cost where prices are known; None when there is nothing to buy."""
    presentation = result.source.presentation
    lines = bill_of_materials(result.problem, result.plan, presentation.price)
    if not lines:
        return None
    money = f" [{presentation.currency}]" if presentation.currency else ""
    columns = [text_column("Item", 4), number_column("Quantity", 1.2)]
    columns += [number_column(f"Price each{money}", 1.8), number_column(f"Cost{money}", 1.8)]
    rows = [[line.item, f"{line.quantity:,}", _money(line.price), _money(line.cost)] for line in lines]
    known = [line.cost for line in lines if line.cost is not None]
    values = [f"{sum(line.quantity for line in lines):,}", "", amount(sum(known)) if len(known) == len(lines) else ""]
    spare = "" if result.problem.frame.is_geographic else f", and one spare for each {DEVICES_PER_SPARE} begun"
    caption = f"What has to be bought: the new devices{spare}."
    return make_table(caption, columns, rows, total={"label": "Together", "span": 1, "values": values})


def material_sentences(result: Result) -> list[str]:
    """Return what the bill leaves out."""
    fixed = sum(status == "fixed" for status in result.plan.device_status)
    lines = bill_of_materials(result.problem, result.plan, result.source.presentation.price)
    standing = f"{count(fixed, 'device stands', 'devices stand')} already." if fixed else ""
    if not lines:
        return [f"{standing} Nothing has to be bought.".strip()]
    prices = (
        ""
        if any(line.cost is not None for line in lines)
        else "The scenario knows no prices, so the columns are to be filled in."
    )
    others = "Building and running costs" if result.problem.frame.is_geographic else "Mounts, cables, labour and running costs"
    return [" ".join(text for text in (standing, prices, f"{others} are not in it.") if text)]


def _money(value: float | None) -> str:
    return "" if value is None else amount(value)
