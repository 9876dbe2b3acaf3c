"""The report as a PDF that a manager can read and an installer can work from.

`content` gathers what the sections say, each in a module of its own (`requirements`, `scope`, `proof`, `areas`, `schedule`,
`outlook`, `materials`, `appendix`, ...), and `render` sets it in type with `template.typ`.
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
    """What the report needs of the figures: two maps as SVG."""

    @property
    def map_svg(self) -> bytes:
        """The map."""
        ...

    @property
    def coverage_svg(self) -> bytes:
        """The coverage map."""
        ...


def write(result: Result, figures: MapFigure, folder: Path) -> list[Path]:
    """Write ``report.pdf``: tagged for accessibility (PDF/UA-1), with bookmarks, and the same bytes for the same result.

    Parameters
    ----------
    result : Result
        What is reported.
    figures : MapFigure
        Its maps, which go in as vectors.
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
    pictures = {"map.svg": figures.map_svg, "coverage.svg": figures.coverage_svg}
    content = report_content(result, pictures["map.svg"], pictures["coverage.svg"])
    return [write_atomic(folder / "report.pdf", render_pdf(content, {**pictures, "logo": result.source.presentation.logo}))]
