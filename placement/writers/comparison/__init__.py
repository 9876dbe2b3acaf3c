"""A comparison as files: comparison.json, comparison.csv, frontier.svg and, when asked for, comparison.pdf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.core.comparison import BUDGET_AXES
from placement.files import write_atomic
from placement.writers.comparison.data import csv_text, json_text
from placement.writers.comparison.figures import frontier_svg, maps_svg, tradeoff_svg
from placement.writers.comparison.report import report_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core.comparison import Comparison


def write_comparison(comparison: Comparison, folder: Path) -> list[Path]:
    """Write every file of a comparison and return their paths.

    Parameters
    ----------
    comparison : Comparison
        What was compared.
    folder : Path
        Made when missing; each file replaces its predecessor in one step.

    Returns
    -------
    list of Path
        The frontier only for budgets.

    Raises
    ------
    OutputError
        If a file cannot be written; earlier files are whole.
    """
    written = [
        write_atomic(folder / "comparison.json", json_text(comparison)),
        write_atomic(folder / "comparison.csv", csv_text(comparison)),
    ]
    pictures = {"maps.svg": maps_svg(comparison)}
    if comparison.axis in BUDGET_AXES:
        pictures["frontier.svg"] = frontier_svg(comparison)
        written.append(write_atomic(folder / "frontier.svg", pictures["frontier.svg"]))
    found = comparison.alternatives
    if found is not None and found.tradeoff is not None:
        pictures["tradeoff.svg"] = tradeoff_svg(found.tradeoff, comparison.rows[found.row].result.problem.frame.unit)
    written.append(write_atomic(folder / "comparison.pdf", report_pdf(comparison, pictures)))
    return written
