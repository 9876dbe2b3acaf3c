"""What a plain word in YAML means, by the core rules of YAML 1.2: `NO` and `12:30` are text, `1e3` is a number."""

from __future__ import annotations

import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL_OR_HEXADECIMAL = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 400
"""No number anybody means has more digits; Python refuses to read integers of thousands."""


def resolve_scalar(text: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar.

    Parameters
    ----------
    text : str
        The scalar as written.

    Returns
    -------
    str, int, float, bool or None
        By section 10.3.2 of the YAML 1.2.2 specification; text longer than 400 characters stays text.

    Examples
    --------
    >>> [resolve_scalar(text) for text in ("NO", "12:30", "012", "1e3", "0x1F", "~")]
    ['NO', '12:30', 12, 1000.0, 31, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return int(text, 0) if _OCTAL_OR_HEXADECIMAL.fullmatch(text) else text


def read_number(text: str) -> float | None:
    """Return a cell of a data file as a number, or None when it is not one.

    Unlike Python's ``float`` this takes neither ``1_000`` nor digits of other scripts; ``nan`` and ``inf`` are
    numbers here, so that the caller can name them as such.

    Examples
    --------
    >>> read_number(" 1.5e2 "), read_number("1_000"), read_number("5,2")
    (150.0, None, None)
    """
    text = text.strip()
    if _FLOAT.fullmatch(text) or text.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        return float(text)
    return None
