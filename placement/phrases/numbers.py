"""Numbers as a reader wants them: with units, without false precision."""

from __future__ import annotations

from placement.units import METRES_PER_UNIT, format_length

NOTHING = "\N{EN DASH}"
"""Stands in a table where there is no value."""

_COORDINATE_DIGITS = {"m": 2, "ft": 1, "km": 4}
_SMALLEST_SHARE = 0.001


def percent(share: float) -> str:
    """Return a share 0 to 1 as a percentage that says 100 % and 0 % only when it is so.

    Examples
    --------
    >>> percent(0.875), percent(0.99999), percent(1.0), percent(1e-6)
    ('87.5 %', '99.9 %', '100 %', 'under 0.1 %')
    """
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    if share < _SMALLEST_SHARE:
        return "under 0.1 %"
    return f"{min(round(100 * share, 1), 99.9):.1f} %"


def length(metres: float | None, unit: str) -> str:
    """Return a length [m] in the user's unit, or a dash when there is none.

    Examples
    --------
    >>> length(3.6576, "ft"), length(None, "m") == NOTHING
    ('12.0 ft', True)
    """
    return NOTHING if metres is None else format_length(metres, unit)


def coordinate(metres: float, unit: str) -> str:
    """Return a coordinate [m] as a bare number in `unit`, to be typed in somewhere else: no thousands mark, no -0.

    Examples
    --------
    >>> coordinate(1234.5, "m"), coordinate(-0.001, "m")
    ('1234.50', '0.00')
    """
    digits = _COORDINATE_DIGITS.get(unit, 2)
    return f"{round(metres / METRES_PER_UNIT[unit], digits) + 0.0:.{digits}f}"


def amount(weight: float) -> str:
    """Return a weight without needless decimals.

    Examples
    --------
    >>> amount(1200.0), amount(2.5)
    ('1,200', '2.5')
    """
    return f"{weight:,.0f}" if weight == round(weight) else f"{weight:,.6g}"
