"""How things look on every figure: colours that the colour-blind can tell apart, shapes, sizes, line weights.

A device is known by colour *and* shape *and* name, a failing area by hatching: nothing rests on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from placement.units import METRES_PER_UNIT, format_length

DEVICE_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
"""The seven hues of Okabe and Ito, "Color Universal Design" (2008), strongest first."""

POINT_SHAPES = ("o", "^", "s", "D", "v")
"""Marker shapes; five shapes and seven colours repeat together only after 35 devices."""

SHAPE_AREA = {"o": 1.0, "^": 1.1, "s": 0.8, "D": 0.66, "v": 1.1}
"""Marker area that makes each shape look as large as a circle."""

STATUS_SHAPES = {"new": "o", "fixed": "s", "candidate": "D"}
"""Outer shape of a device's badge."""

STATUS_AREA = {"new": 1.0, "fixed": 0.92, "candidate": 0.8}
"""Badge area that makes each outer shape look as large as a circle."""

BAND_COLOURS = ("#94c4e3", "#b4d7ee", "#d0e6f5", "#e4f0f9", "#f1f7fc")
"""One hue from near to far; the last also covers what lies beyond when nothing is required."""

HEAT_COLOURS = ("#3f8dbf", "#6babd3", "#94c4e3", "#b4d7ee", "#d0e6f5", "#e4f0f9", "#f1f7fc")
"""The same hue in finer steps, for a map that shows nothing but distance."""

BEYOND_COLOUR, BEYOND_LINE, BEYOND_HATCH = "#ebebeb", "#a3a3a3", "////"
"""Where the requirement is missed: grey and hatched, so that it shows in black and white."""

UNREACHED_AREA = 30.0
"""Of the cross that marks a point without a way to any device."""

WALL_COLOUR, DOOR_COLOUR, WINDOW_COLOUR = "#3d434b", "#6d747d", "#2f78a8"
VOID_LINE, VOID_HATCH = "#9aa0a6", "xxx"
FORBIDDEN_COLOUR, FORBIDDEN_LINE, FORBIDDEN_HATCH = "#fbeeed80", "#c62f2b", "\\\\\\\\"
INK, SOFT_INK, FAINT_INK = "#1d2229", "#5a626b", "#c3c8cd"

TEXT_SIZE, SMALL_SIZE, TITLE_SIZE = 8.0, 7.0, 15.0
"""Font sizes [points]."""


@dataclass(frozen=True, slots=True)
class DeviceStyle:
    """Colour, darker edge colour and marker shape of one device and of the points that it serves."""

    colour: str
    edge: str
    shape: str


def device_style(position: int) -> DeviceStyle:
    """Return the look of the device at `position` 0, 1, ... of the plan.

    Neighbours in the list, which stand west to east, differ in both colour and shape.

    Examples
    --------
    >>> device_style(0).shape, device_style(1).shape, device_style(35) == device_style(0)
    ('o', '^', True)
    """
    colour = DEVICE_COLOURS[position % len(DEVICE_COLOURS)]
    return DeviceStyle(colour, _darker(colour), POINT_SHAPES[position % len(POINT_SHAPES)])


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[i : i + 2], 16) * 0.55):02x}" for i in (1, 3, 5))


def reading_unit(metres: float, unit: str) -> str:
    """Return the unit in which a length [m] is read at a glance: kilometres for 1,000 m and more.

    Examples
    --------
    >>> reading_unit(2500.0, "m"), reading_unit(12.0, "m"), reading_unit(2500.0, "ft")
    ('km', 'm', 'ft')
    """
    return "km" if unit == "m" and metres >= METRES_PER_UNIT["km"] else unit


def short_length(metres: float, unit: str) -> str:
    """Return a length [m] with three figures at most: for legends and bars, where 12.00 would only be noise.

    Examples
    --------
    >>> short_length(12.0, "m"), short_length(10 / 3, "m"), short_length(2500.0, "m"), short_length(3.048, "ft")
    ('12 m', '3.33 m', '2.5 km', '10 ft')
    """
    read = reading_unit(metres, unit)
    return f"{short_number(metres / METRES_PER_UNIT[read])} {read}"


def short_number(value: float) -> str:
    """Return a number with three figures, whole from 100 on, thousands set apart.

    Examples
    --------
    >>> short_number(0.5), short_number(12345.6), short_number(99.95)
    ('0.5', '12,346', '100')
    """
    text = f"{value:.3g}"
    whole = abs(value) >= 100 or "e" in text  # noqa: PLR2004 - three figures
    return (f"{value:,.0f}" if whole else text).replace("-", "\N{MINUS SIGN}")


def round_step(largest: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is not above `largest` > 0.

    Examples
    --------
    >>> round_step(7.3), round_step(0.3), round_step(20.0)
    (5.0, 0.2, 20.0)
    """
    exponent = -12
    while 10.0 ** (exponent + 1) <= largest:
        exponent += 1
    lead = max(factor for factor in (1, 2, 5) if factor == 1 or factor * 10.0**exponent <= largest)
    return float(f"{lead}e{exponent}")


def precise_length(metres: float, unit: str) -> str:
    """Return a length [m] with the figures of a score, in kilometres for 1,000 m and more.

    Examples
    --------
    >>> precise_length(9.8412, "m"), precise_length(5176.4, "m")
    ('9.84 m', '5.176 km')
    """
    return format_length(metres, reading_unit(metres, unit))
