"""Lengths: what is read, what is refused, how they are shown."""

from __future__ import annotations

import pytest

from placement.units import format_length, parse_length


@pytest.mark.parametrize(
    ("value", "unit", "metres"),
    [(12, "m", 12), (12.5, "ft", 3.81), ("12 ft", "m", 3.6576), ("1.5km", "m", 1500), ("800 mm", "km", 0.8), ("1e2", "cm", 1)],
)
def test_lengths_are_read(value: float | str, unit: str, metres: float) -> None:
    """Numbers take the default unit, texts may name their own."""
    assert parse_length(value, unit) == pytest.approx(metres)


@pytest.mark.parametrize("value", ["", "ft", "12 furlong", "1,5 m", "12 m m", float("nan"), float("inf"), "1e999"])
def test_other_texts_are_refused(value: float | str) -> None:
    """No guessing."""
    with pytest.raises(ValueError, match=r"length|finite"):
        parse_length(value, "m")


@pytest.mark.parametrize(
    ("metres", "unit", "text"),
    [(12.3149, "m", "12.31 m"), (1234.5, "m", "1,234 m"), (3.6576, "ft", "12.0 ft"), (2318.2, "km", "2.318 km")],
)
def test_lengths_are_shown_with_the_digits_they_deserve(metres: float, unit: str, text: str) -> None:
    """Centimetres indoors, metres outdoors."""
    assert format_length(metres, unit) == text
