"""Writers: from a result to files, one format each. The word in `report:` names the module.

A writer module has ``write(result, figures, folder)``, which returns the paths it wrote. Every file goes through
`placement.files.write_atomic`. To add a format: one module here and one line in `WRITERS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from placement.core.comparison import BUDGET_AXES
from placement.view.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from placement.core import Result
    from placement.core.comparison import Comparison

ALWAYS = ("json", "csv", "yaml", "certificate")
"""Written for every run; a certificate only when there is one."""

OPTIONAL = ("pdf", "map", "planner", "geojson", "gpkg")
"""Written when the scenario's `report:` lists them."""

OPTIONAL_FILES = ("report.pdf", "map.svg", "map.png", "planner.html", "devices.geojson", "plan.gpkg")
"""What the optional formats write; a file of this name that a run did not write is from an earlier one."""

COMPARED = ("pdf", "planner")
"""What may be asked for beside the data of a comparison. Its report is always written, the page for budgets when asked for."""

WRITERS = {
    "json": "placement.writers.result_json",
    "csv": "placement.writers.csv_tables",
    "yaml": "placement.writers.resolved_yaml",
    "certificate": "placement.writers.certificate_json",
    "pdf": "placement.writers.pdf",
    "map": "placement.writers.map_image",
    "planner": "placement.writers.planner_html",
    "geojson": "placement.writers.geojson",
    "gpkg": "placement.writers.gpkg",
}
"""Word to module, in the order in which files are written; a module is imported when its word is asked for."""


class Writer(Protocol):
    """What every module of this family offers."""

    def write(self, result: Result, figures: Figures, folder: Path) -> list[Path]:
        """Write the format's files for `result` into `folder` and return their paths."""
        ...


def writer(word: str) -> Writer:
    """Return the writer module of a word.

    Raises
    ------
    ValueError
        If no writer has that word; the text lists those that exist.

    Examples
    --------
    >>> writer("xls")
    Traceback (most recent call last):
    ValueError: no writer 'xls'; there are json, csv, yaml, certificate, pdf, map, planner, geojson, gpkg
    """
    if word not in WRITERS:
        raise ValueError(f"no writer {word!r}; there are {', '.join(WRITERS)}")
    return cast("Writer", import_module(WRITERS[word]))


def write_all(result: Result, folder: Path, words: Sequence[str]) -> list[Path]:
    """Write what every run writes, and the formats that `words` adds, once each, in the order of `WRITERS`.

    Parameters
    ----------
    result : Result
        What was found.
    folder : Path
        Where the files go; made when missing.
    words : sequence of str
        Formats from `OPTIONAL`; those in `ALWAYS` may be named and are written anyway.

    Returns
    -------
    list of Path
        The files written, in order.

    Raises
    ------
    ValueError
        If a word has no writer (before anything is written), or geojson is asked for without coordinates on the Earth.
    OutputError
        If a file cannot be written; files of an earlier run stay whole.
    MissingExtraError
        If a format needs libraries that are not installed.
    """
    for word in words:
        writer(word)
    figures, wanted = Figures(result), {*ALWAYS, *words}
    return [path for word in WRITERS if word in wanted for path in writer(word).write(result, figures, folder)]


def write_compared(comparison: Comparison, folder: Path, words: Sequence[str] | None = None) -> list[Path]:
    """Write what every comparison writes, and the planner page when it is asked for.

    Parameters
    ----------
    comparison : Comparison
        What was compared.
    folder : Path
        Where the files go; made when missing.
    words : sequence of str, optional
        Formats instead of those that the scenario's `report:` lists; from `COMPARED`.

    Returns
    -------
    list of Path
        The files written; the planner page only for budgets.

    Raises
    ------
    OutputError
        If a file cannot be written; earlier files are whole.
    """
    from placement.writers import comparison as always
    from placement.writers import planner_html

    written = always.write_comparison(comparison, folder)
    wanted = comparison.rows[0].result.source.report if words is None else words
    if "planner" in wanted and comparison.axis in BUDGET_AXES:
        written += planner_html.write_compared(comparison, folder)
    return written
