"""Guesses at what somebody meant who wrote something else."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from placement.scenario.scalars import read_number

_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice spelt most like `word`, or an empty text when none is close.

    Examples
    --------
    >>> nearest("budgte", ["budget", "radius"])
    'budget'
    """
    by_lower_case = {choice.lower(): choice for choice in choices}
    close = difflib.get_close_matches(word.lower(), by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[close[0]] if close else ""


def number_hint(text: str) -> str:
    """Return what to do about a text that should be a number, or an empty text.

    Examples
    --------
    >>> number_hint("5.O")
    'it looks like a letter where a digit belongs: 5.0?'
    >>> number_hint("5,2")
    'use a decimal point: write 5.2'
    """
    text = text.strip()
    if read_number(text) is not None:
        return f"remove the quotes: write {text}"
    digits = text.translate(_LOOKALIKES)
    if any(sign.isdigit() for sign in text) and read_number(digits) is not None:
        return f"it looks like a letter where a digit belongs: {digits}?"
    if text.count(",") == 1 and read_number(text.replace(",", ".")) is not None:
        return f"use a decimal point: write {text.replace(',', '.')}"
    number, _, unit = text.partition(" ")
    if unit.isalpha() and read_number(number) is not None:
        return f"write the number alone: {number}"
    return ""
