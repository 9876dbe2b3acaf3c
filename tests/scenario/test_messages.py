"""The order in which faults are told."""

from __future__ import annotations

from placement.errors import Fault
from placement.scenario.messages import sorted_faults


def test_order_of_faults() -> None:
    """File by file as they were met, by line and column; what counts the rest comes last, options after everything."""
    faults = [
        Fault("a.yaml", 7, 1, "", "second"),
        Fault("--set", None, None, "units", "last"),
        Fault("a.yaml", 2, 9, "", "first"),
        Fault("data.csv", None, None, "", "and 10 more"),
        Fault("data.csv", 30, None, "row 30", "fourth"),
        Fault("data.csv", 4, None, "row 4", "third"),
        Fault("a.yaml", 7, 1, "", "second"),
    ]
    assert [fault.problem for fault in sorted_faults(faults)] == ["first", "second", "third", "fourth", "and 10 more", "last"]
