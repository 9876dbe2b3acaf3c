"""From content to PDF bytes: typst sets `template.typ` with the content as JSON. User text never becomes markup."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

UNKNOWN_LETTER = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that the report's font cannot show; PDF/UA forbids letters without a shape."""

_LINE_ENDS = "\n\r\t"

_LETTERS_NOTE = (
    f"Letters that the font of this report cannot show are printed as {UNKNOWN_LETTER}; devices.csv has every name as written."
)


def render_pdf(content: dict[str, Any], map_svg: bytes) -> bytes:
    """Return the report as PDF/UA-1 bytes.

    The fonts are the DejaVu family that comes with matplotlib, and the document carries no date, so the same content
    gives the same bytes on every machine.

    Parameters
    ----------
    content : dict
        What `placement.writers.pdf.content.report_content` returns.
    map_svg : bytes
        The map.

    Returns
    -------
    bytes
        The PDF.
    """
    import typst

    shown = _shown(content)
    if shown != content:
        shown["data_notes"] = [*shown["data_notes"], _LETTERS_NOTE]
    return bytes(
        typst.compile(
            files(__package__).joinpath("template.typ").read_bytes(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(_font_folder())]),
            format="pdf",
            sys_inputs={"content": json.dumps(shown, ensure_ascii=False), "map": _shown_text(map_svg.decode())},
            pdf_standards=["ua-1"],
        )
    )


def _shown(value: Any) -> Any:
    """Return the content with every letter that the font lacks replaced."""
    if isinstance(value, str):
        return _shown_text(value)
    if isinstance(value, list):
        return [_shown(each) for each in value]
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    return value


def _shown_text(text: str) -> str:
    # Nearly every text is plain ASCII and needs no look at the font.
    if text.isascii() and text.isprintable():
        return text
    unknown = {ord(letter): UNKNOWN_LETTER for letter in set(text) if not _has_shape(letter)}
    return text.translate(unknown) if unknown else text


def _has_shape(letter: str) -> bool:
    return letter in _LINE_ENDS or (not unicodedata.category(letter).startswith("C") and ord(letter) in _font_letters())


@lru_cache(maxsize=1)
def _font_letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_font_folder() / "DejaVuSans.ttf")).get_charmap())


def _font_folder() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
