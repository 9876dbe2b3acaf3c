"""Small scenarios to start from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from placement.scenario import Scenario, load_scenario

Load = Callable[..., Scenario]

SMALL = """\
schema: 1
name: Two desks
demand: [{x: 1, y: 2}, {x: 3, y: 4, weight: 2}]
devices: {budget: 1}
"""


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that writes a scenario with some data files and loads it."""

    def write_and_load(text: str = SMALL, *overrides: str, **files: str) -> Scenario:
        for name, content in files.items():
            (tmp_path / name.replace("_", ".")).write_text(content, encoding="utf-8")
        (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
        return load_scenario(tmp_path / "scenario.yaml", overrides)

    return write_and_load
