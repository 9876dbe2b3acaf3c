"""Plain words mean what YAML 1.2 says, not what 1.1 made of them."""

from __future__ import annotations

import math

import pytest

from placement.scenario.scalars import read_number, resolve_scalar
from placement.scenario.yaml_tree import parse

TABLE = [
    ("NO", "NO"),  # a country and a site code, False in YAML 1.1
    ("no", "no"),
    ("on", "on"),
    ("y", "y"),
    ("12:30", "12:30"),  # 750 in YAML 1.1
    ("1:30:00", "1:30:00"),
    ("012", 12),  # 10 in YAML 1.1
    ("0o17", 15),
    ("0x1F", 31),
    ("0b11", "0b11"),
    ("1_000", "1_000"),  # 1000 in YAML 1.1
    ("1e3", 1000.0),  # text to many YAML 1.1 readers
    ("1.e3", 1000.0),
    (".5", 0.5),
    ("-.5E-2", -0.005),
    ("+7", 7),
    ("-0", 0),
    ("2026-11-21", "2026-11-21"),  # a date in YAML 1.1
    ("5.O", "5.O"),
    ("1.2.3", "1.2.3"),
    ("true", True),
    ("False", False),
    ("TRUE", True),
    ("tRUE", "tRUE"),
    ("null", None),
    ("~", None),
    ("", None),
    (".inf", math.inf),
    ("-.Inf", -math.inf),
    ("inf", "inf"),
    ("nan", "nan"),
    ("9" * 500, "9" * 500),  # longer than any number: stays text
]


@pytest.mark.parametrize(("text", "value"), TABLE)
def test_plain_scalar(text: str, value: object) -> None:
    """A plain scalar has the value of the YAML 1.2 core schema, in type too."""
    resolved = resolve_scalar(text)
    assert resolved == value
    assert type(resolved) is type(value)


def test_nan_is_a_number() -> None:
    """``.nan`` is a float, so that the schema can refuse it by name."""
    assert math.isnan(resolve_scalar(".nan"))


@pytest.mark.parametrize("written", ["'12'", '"12"', "|-\n  12", ">-\n  12"])
def test_quoted_scalar_stays_text(written: str) -> None:
    """Quotes and blocks make text of anything."""
    root, _ = parse(f"a: {written}\n", "a.yaml")
    assert root.entries["a"][1].value == "12"


@pytest.mark.parametrize("text", ["1_000", "٣", "5,2", "0x10", "", "one", "1 2"])
def test_cell_that_is_no_number(text: str) -> None:
    """What Python's float would take but nobody means is not a number."""
    assert read_number(text) is None


@pytest.mark.parametrize(("text", "value"), [(" 7 ", 7.0), ("-1.5e-3", -0.0015), ("inf", math.inf), ("-Infinity", -math.inf)])
def test_cell_that_is_a_number(text: str, value: float) -> None:
    """Numbers are read with white space around them; infinities are left for the caller to name."""
    assert read_number(text) == value
