"""Presentation: what a report carries that is no result: whose it is, what it is called, on which paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Paper = Literal["A4", "Letter"]


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the report of a scenario presents itself.

    Parameters
    ----------
    title : str
        In place of the scenario's name; empty for that name.
    author, client : str
        Who made the report, and for whom; may be empty.
    page : {"A4", "Letter"}
        Paper.
    language : str
        Tag of the language of the report, such as ``de`` or ``pt-BR``.
    texts : tuple of (str, str)
        Keys of phrases, and what stands in their place.
    logo : bytes
        PNG or SVG; empty for none.
    price : float or None
        What one device costs; None when nobody said so.
    currency : str
        Stands behind amounts of money; may be empty.
    """

    title: str = ""
    author: str = ""
    client: str = ""
    page: Paper = "A4"
    language: str = "en"
    texts: tuple[tuple[str, str], ...] = ()
    logo: bytes = b""
    price: float | None = None
    currency: str = ""
