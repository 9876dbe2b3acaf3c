"""The report as a PDF that a manager can read and an installer can work from.

`content` turns a result into texts and tables (`sentences`, `tables`), `render` sets them in type with `template.typ`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from placement.files import write_atomic
from placement.writers.pdf.content import report_content
from placement.writers.pdf.render import render_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result


class MapFigure(Protocol):
    """What the report needs of the figures: the map as SVG."""

    @property
    def map_svg(self) -> bytes:
        """The map."""
        ...


def write(result: Result, figures: MapFigure, folder: Path) -> list[Path]:
    """Write ``report.pdf``: tagged for accessibility (PDF/UA-1), with bookmarks, and the same bytes for the same result.

    Parameters
    ----------
    result : Result
        What is reported.
    figures : MapFigure
        Its map, which goes in as vectors.
    folder : Path
        Where to write; created when missing.

    Returns
    -------
    list of Path
        The one file written.

    Raises
    ------
    OutputError
        If it cannot be written; an earlier report stays whole.
    """
    map_svg = figures.map_svg
    return [write_atomic(folder / "report.pdf", render_pdf(report_content(result, map_svg), map_svg))]
