"""How sentences begin that start with a word of somebody else's: the name of a file stays as it is written."""

from __future__ import annotations

import re

_PLAIN_WORD = re.compile(r"[^\W\d_]+(?=$|[\s,;:.!?](?:\s|$)|\s)")


def begun_large(text: str) -> str:
    """Return the text with a capital at its beginning, unless it begins with a name: of a file, or with a digit, dash or dot.

    Examples
    --------
    >>> begun_large("two desks left out"), begun_large("data/desks.csv: 100 rows"), begun_large("ap-3 serves nobody")
    ('Two desks left out', 'data/desks.csv: 100 rows', 'ap-3 serves nobody')
    """
    return f"{text[0].upper()}{text[1:]}" if _PLAIN_WORD.match(text) else text
