"""The 100 desks are what their description says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "scenarios" / "data"


def test_described_recipe_makes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program in SOURCES.md writes desks.csv again, byte for byte."""
    section = (DATA / "SOURCES.md").read_text(encoding="utf-8").partition("## desks.csv")[2]
    program = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert program is not None
    monkeypatch.chdir(tmp_path)
    exec(program[1], {})  # noqa: S102 - the project's own text
    assert (tmp_path / "desks.csv").read_bytes() == (DATA / "desks.csv").read_bytes()
