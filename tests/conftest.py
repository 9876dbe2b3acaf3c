"""Where the scenarios are, and a small one to run in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SMALL = """\
schema: 1
name: Five people
demand: [{id: Ann, x: 0, y: 0}, {id: Bob, x: 1, y: 0}, {id: Cy, x: 2, y: 0}, {id: Dee, x: 10, y: 0}, {id: Eve, x: 12, y: 0}]
devices: {budget: 2, radius: 1}
report: []
"""


@pytest.fixture
def scenarios() -> Path:
    """Return the folder of the scenarios that ship with the project."""
    return ROOT / "scenarios"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a scenario file of five people on a line and two devices: they stand at 1 and 11, nobody is farther than 1 m."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path
