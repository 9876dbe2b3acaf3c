"""From content to PDF bytes, with the layout in `template.typ`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from placement.typeset import as_svg, printable, set_in_type


def render_pdf(content: dict[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as PDF/UA-1 bytes.

    Parameters
    ----------
    content : dict
        What `placement.writers.pdf.content.report_content` returns.
    pictures : mapping of str to bytes
        The maps ``map.svg`` and ``coverage.svg``, and the ``logo``, PNG or SVG; empty for none.

    Returns
    -------
    bytes
        The PDF; the same bytes for the same content on every machine.
    """
    shown = printable(content)
    if shown != content:
        shown["data_notes"] = [*shown["data_notes"], shown["letters_note"]]
    layout = files(__package__).joinpath("template.typ").read_bytes()
    return set_in_type(layout, shown, {name: as_svg(picture) for name, picture in pictures.items()})
