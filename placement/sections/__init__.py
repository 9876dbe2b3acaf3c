"""Reports made of sections: their parts (text, table, picture) and the way to PDF, for comparisons and tasks."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from placement.core.result import Source
from placement.phrases import english
from placement.phrases.beginnings import begun_large
from placement.sections.letterhead import letterhead
from placement.typeset import UNKNOWN_LETTER, as_svg, printable, set_in_type

_LETTERS_NOTE = f"Letters that the font of this report cannot show are printed as {UNKNOWN_LETTER}."


def text(words: str) -> dict[str, Any]:
    """Return a paragraph."""
    return {"kind": "text", "text": words}


def table(
    caption: str, header: Sequence[tuple[str, float, bool]], rows: Sequence[Sequence[str]], note: str = ""
) -> dict[str, Any]:
    """Return a table.

    Parameters
    ----------
    caption : str
        What it shows.
    header : sequence of (str, float, bool)
        Title and relative width of each column, and whether it holds numbers.
    rows : sequence of sequence of str
        The cells.
    note : str
        Printed below it.

    Returns
    -------
    dict
        A part of a section.
    """
    columns = [{"title": title, "width": width, "is_number": is_number} for title, width, is_number in header]
    lines = [list(row) for row in rows]
    return {
        "kind": "table",
        "table": {"caption": caption, "columns": columns, "rows": lines, "total": None, "note": note},
    }


def picture(file: str, caption: str, alt: str, width: int = 100) -> dict[str, Any]:
    """Return a picture: the name it has among the pictures of the report, its words, and its width [% of the text]."""
    return {"kind": "picture", "file": file, "caption": caption, "alt": alt, "width": width}


def render_report(
    source: Source,
    facts: Sequence[tuple[str, str]],
    words: Mapping[str, Any],
    pictures: Mapping[str, bytes],
) -> bytes:
    """Return a report as PDF/UA-1 bytes, the same for the same result.

    Parameters
    ----------
    source : Source
        Where the result comes from, and how its report presents itself; only its language is English in any case.
    facts : sequence of (str, str)
        Version, seed and whatever else the result depends on.
    words : mapping
        ``description``, ``headlines`` (value and label), ``summary`` (paragraphs) and ``sections`` (title and blocks).
    pictures : mapping of str to bytes
        File name to content, each an SVG.

    Returns
    -------
    bytes
        The PDF.
    """
    look = source.presentation
    content: dict[str, Any] = {
        **letterhead(look, english("m"), source.name),
        **words,
        "footer": ", ".join(value for _, value in facts[:2]),
        "notes": [f"{begun_large(note)}." for note in source.data_notes],
        "reproduce": {
            "command": source.command,
            "facts": [["Scenario file", source.file], ["Scenario and data, SHA-256", source.sha256], *map(list, facts)],
        },
    }
    shown = printable(content)
    if shown != content:
        shown["notes"].append(_LETTERS_NOTE)
    layout = files(__package__).joinpath("report.typ").read_bytes()
    logo = {"logo": as_svg(look.logo)} if look.logo else {}
    return set_in_type(layout, shown, {**{name: printable(data.decode()) for name, data in pictures.items()}, **logo})


def png_in_svg(png: bytes) -> bytes:
    """Return a PNG as an SVG that holds it: the typesetter takes text only."""
    width, height = struct.unpack(">II", png[16:24])
    link = base64.b64encode(png).decode()
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    image = f'<image width="{width}" height="{height}" href="data:image/png;base64,{link}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{image}</svg>'.encode()
