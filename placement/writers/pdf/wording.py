"""Sentences and names as a page wants them: begun and ended, or cut."""

from __future__ import annotations

from placement.phrases.beginnings import begun_large


def shortened(text: str, limit: int) -> str:
    """Return the text, cut with an ellipsis when longer than `limit` characters.

    Examples
    --------
    >>> shortened("Dundee office", 7)
    'Dundee…'
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """Return the text with a capital at its beginning, where that is no name, and a full stop at its end.

    Examples
    --------
    >>> sentence("two desks left out"), sentence("Really?")
    ('Two desks left out.', 'Really?')
    """
    stripped = text.strip()
    closed = stripped if not stripped or stripped.endswith((".", "!", "?")) else f"{stripped}."
    return begun_large(closed)


def begun_small(text: str) -> str:
    """Return the text with a small letter at its beginning, to go on within a sentence.

    Examples
    --------
    >>> begun_small("In this plan")
    'in this plan'
    """
    return text[:1].lower() + text[1:]
