"""How a report presents itself: title, whose it is, for whom, its logo, paper, and the line at the head of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from placement.core.presentation import Presentation
    from placement.phrases import Words

HEADER_LETTERS = 70
"""Of a title, in the line at the head of a page; as many as fit beside its other end."""


def letterhead(look: Presentation, words: Words, name: str) -> dict[str, Any]:
    """Return the keys of a report's content that ``style.typ`` reads about whose report it is.

    Parameters
    ----------
    look : Presentation
        What the scenario says about the report.
    words : Words
        The language of the report.
    name : str
        Its title, where `look` has none.
    """
    title = look.title or name
    return {
        "title": title,
        "header": cut_at_a_word(title, HEADER_LETTERS),
        "byline": _byline(look, words),
        "author": look.author,
        "paper": {"A4": "a4", "Letter": "us-letter"}[look.page],
        "logo_alt": words("logo.alt", whom=look.author or look.client or title) if look.logo else "",
    }


def cut_at_a_word(text: str, limit: int) -> str:
    """Return the text, or as many of its first words as fit into `limit` characters with an ellipsis.

    A first word that does not fit itself is cut.

    Examples
    --------
    >>> cut_at_a_word("Dundee office, ground floor", 20), cut_at_a_word("Dundee", 6), cut_at_a_word("Llanfairpwllgwyngyll", 9)
    ('Dundee office…', 'Dundee', 'Llanfair…')
    """
    if len(text) <= limit:
        return text
    whole, space, _ = text[:limit].rpartition(" ")
    return f"{whole.rstrip(' ,;:-') if space else text[: limit - 1]}…"


def _byline(look: Presentation, words: Words) -> str:
    parts = [words("byline.client", client=look.client) if look.client else ""]
    parts += [words("byline.author", author=look.author) if look.author else ""]
    text = " ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
