"""Reports as PDF: typst sets a layout with content as JSON and pictures as SVG. User text never becomes markup."""

from __future__ import annotations

import base64
import io
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

UNKNOWN_LETTER = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that the report's font cannot show; PDF/UA forbids letters without a shape."""

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 16_000_000
_LINE_ENDS = "\n\r\t"


def set_in_type(layout: bytes, content: Mapping[str, Any], pictures: Mapping[str, str]) -> bytes:
    """Return a report as PDF/UA-1 bytes.

    The fonts are the DejaVu family that comes with matplotlib, and the document carries no date, so the same content
    gives the same bytes on every machine.

    Parameters
    ----------
    layout : bytes
        Typst source that goes after the common ``style.typ``.
    content : mapping
        What the layout reads, as JSON can hold it; with the keys that ``style.typ`` reads.
    pictures : mapping of str to str
        Name, which the layout gives to ``picture-of``, to SVG. Its text must be text that the font can show.

    Returns
    -------
    bytes
        The PDF.
    """
    import typst

    return bytes(
        typst.compile(
            files(__package__).joinpath("style.typ").read_bytes() + layout,
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"content": json.dumps(content, ensure_ascii=False), **pictures},
            pdf_standards=["ua-1"],
        )
    )


def as_svg(picture: bytes) -> str:
    """Return a picture, PNG or SVG, as an SVG that `set_in_type` takes; of a PNG it is a frame around the pixels."""
    if not picture.startswith(_PNG):
        return str(printable(picture.decode()))
    width, height = _size(picture)
    pixels = base64.b64encode(picture).decode()
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {box}>'
    return f'{head}<image width="{width}" height="{height}" xlink:href="data:image/png;base64,{pixels}"/></svg>'


def is_picture(data: bytes) -> bool:
    """Tell whether bytes are a PNG, of no more than 16 million pixels, or an SVG that can be set: by setting it."""
    import typst

    try:
        if data.startswith(_PNG):
            from PIL import Image

            width, height = _size(data)
            if width * height > _MOST_PIXELS:
                return False
            with Image.open(io.BytesIO(data)) as image:
                image.verify()
        page = b'#image(bytes(sys.inputs.picture), format: "svg")'
        typst.compile(page, font_paths=_fonts(), format="svg", sys_inputs={"picture": as_svg(data)})
    except (typst.TypstError, OSError, ValueError, SyntaxError):
        return False
    return True


def _size(png: bytes) -> tuple[int, int]:
    """Return width and height, which stand at a fixed place in a PNG."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def printable(value: Any) -> Any:
    """Return content with every letter that the font lacks replaced by `UNKNOWN_LETTER`."""
    if isinstance(value, str):
        return _shown_text(value)
    if isinstance(value, list):
        return [printable(each) for each in value]
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
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


def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(_font_folder())])


def _font_folder() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
