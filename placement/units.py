"""Lengths, metres inside and the user's unit outside; and counts with their nouns.

>>> parse_length("10 ft", default="m")
3.048
>>> format_length(3.6576, "ft")
'12.0 ft'
"""

from __future__ import annotations

import math
import re

METRES_PER_UNIT = {"m": 1.0, "ft": 0.3048, "km": 1000.0, "cm": 0.01, "mm": 0.001, "in": 0.0254}
"""What one unit is in metres. Scenario `units` may be m, ft or km; drawings also come in mm, cm and in."""

_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([a-zA-Z]*)\s*")


def parse_length(value: float | str, default: str) -> float:
    """Return a length in metres from a number in the `default` unit or a text such as ``"12 ft"``.

    Parameters
    ----------
    value : float or str
        A number, or a number with a unit.
    default : str
        The unit of a bare number; a key of `METRES_PER_UNIT`.

    Returns
    -------
    float
        The length [m].

    Raises
    ------
    ValueError
        If the text is not a finite number with a known unit.

    Examples
    --------
    >>> parse_length(2, default="km")
    2000.0
    """
    number, unit = value, default
    if isinstance(value, str):
        match = _LENGTH.fullmatch(value)
        if match is None or (match[2] or default) not in METRES_PER_UNIT:
            raise ValueError(f"{value!r} is not a length; write a number, or a number and one of {', '.join(METRES_PER_UNIT)}")
        number, unit = float(match[1]), match[2] or default
    if not math.isfinite(float(number)):
        raise ValueError(f"{value!r} is not a finite length")
    return float(number) * METRES_PER_UNIT[unit]


MOST_NUMBERS = 200
"""Numbers that a range may have."""


def parse_range(text: str, *, whole: bool) -> list[float]:
    """Return the numbers that ``FROM:TO:STEP`` means, both ends included where the step meets them.

    Parameters
    ----------
    text : str
        ``FROM:TO:STEP``, ``FROM:TO`` with a step of 1, or one number; above 0.
    whole : bool
        Whether only whole numbers are meant.

    Returns
    -------
    list of float
        Rising; of int when `whole`.

    Raises
    ------
    ValueError
        If the text is something else, or means more than `MOST_NUMBERS` numbers.

    Examples
    --------
    >>> parse_range("2:5", whole=True), parse_range("500:1500:500", whole=False), parse_range("7", whole=True)
    ([2, 3, 4, 5], [500.0, 1000.0, 1500.0], [7])
    """
    parts = text.split(":")
    try:
        numbers = [int(part) if whole else float(part) for part in parts]
    except ValueError:
        numbers = []
    first, last, step = {1: [*numbers, *numbers, 1], 2: [*numbers, 1], 3: numbers}.get(len(numbers), [0, 0, 0])
    if not (0 < first <= last < math.inf and 0 < step < math.inf):
        raise ValueError(f"{text!r} is no range of numbers above 0; write FROM:TO or FROM:TO:STEP, such as 1:10")
    length = int((last - first) / step + 1e-9) + 1
    if length > MOST_NUMBERS:
        raise ValueError(f"{text!r} means {length:,} numbers; at most {MOST_NUMBERS}, take a larger step")
    return [first + k * step for k in range(length)]


def format_length(metres: float, unit: str, digits: int | None = None) -> str:
    """Return a length [m] as text in the user's unit, with the digits that a plan deserves.

    Parameters
    ----------
    metres : float
        The length [m].
    unit : str
        A key of `METRES_PER_UNIT`.
    digits : int, optional
        Decimals; chosen by unit and size when left out (12.31 m, 40.4 ft, 2.318 km).

    Returns
    -------
    str
        For example ``'12.31 m'``.

    Examples
    --------
    >>> format_length(12.3149, "m")
    '12.31 m'
    """
    number = metres / METRES_PER_UNIT[unit]
    if digits is None:
        digits = {"m": 2, "ft": 1, "km": 3}.get(unit, 2)
        if unit == "m" and abs(number) >= 1000:  # noqa: PLR2004 - a kilometre in metres needs no centimetres
            digits = 0
    return f"{number:,.{digits}f} {unit}"


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun, and what belongs to it, in singular or plural.

    Parameters
    ----------
    number : int
        How many.
    singular : str
        The noun for one.
    plural : str
        The noun for another number; with an s when left out.

    Returns
    -------
    str
        With marks between thousands.

    Examples
    --------
    >>> count(1, "device"), count(1200, "device"), count(2, "search is", "searches are")
    ('1 device', '1,200 devices', '2 searches are')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def format_squared(square_metres: float, unit: str) -> str:
    """Return a sum of squared lengths [m2] in the square of the user's unit.

    Examples
    --------
    >>> format_squared(1234.0, "m"), format_squared(2.5e6, "km")
    ('1,234 m²', '2.500 km²')
    """
    return _big_or_small(square_metres / METRES_PER_UNIT[unit] ** 2, f"{unit}²")


def format_value(value: float, value_unit: str, unit: str) -> str:
    """Return the value of an objective in words: a sum of squares (``"m2"``) or a length in the user's unit, a weight, a count.

    Examples
    --------
    >>> format_value(25.0, "m2", "m"), format_value(2000.0, "m", "km")
    ('25.0 m²', '2.000 km')
    >>> format_value(1812.0, "weight", "m"), format_value(812.25, "weight", "m"), format_value(1.0, "devices", "m")
    ('1,812', '812.25', '1 device')
    """
    if value_unit == "m2":
        return format_squared(value, unit)
    if value_unit == "weight":
        return f"{value:,.10g}"
    if value_unit == "devices":
        return f"{value:,.10g} device{'' if value == 1 else 's'}"
    return format_length(value, unit) if value_unit == "m" else _big_or_small(value, value_unit)


def _big_or_small(number: float, unit: str) -> str:
    for least, digits in ((1000, 0), (10, 1)):
        if abs(number) >= least:
            return f"{number:,.{digits}f} {unit}"
    return f"{number:.3f} {unit}"
