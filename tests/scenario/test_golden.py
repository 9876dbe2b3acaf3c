"""Every kind of bad scenario and the text that the user gets for it.

Each ``golden/<case>.yaml`` is a bad scenario, ``golden/<case>.txt`` beside it what it must say, word for word. To add a
case write the YAML; to make the texts anew after a change of wording run

    PLACE_REGENERATE=1 python -m pytest tests/scenario/test_golden.py

and read the difference as a user would before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from placement.errors import PlacementError
from placement.scenario import load_scenario
from placement.scenario.build import build

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.stem for path in GOLDEN.glob("*.yaml"))


@pytest.mark.parametrize("case", CASES)
def test_bad_scenario_gets_its_text(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad scenario is refused with exactly the text beside it, shown with the path that the user gave."""
    monkeypatch.chdir(GOLDEN)
    with pytest.raises(PlacementError) as caught:
        build(load_scenario(f"{case}.yaml"))
    text = f"{caught.value}\n"
    expected = GOLDEN / f"{case}.txt"
    if os.environ.get("PLACE_REGENERATE"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


def test_no_text_without_its_scenario() -> None:
    """Each golden text belongs to a scenario, so that none is left over."""
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == CASES
