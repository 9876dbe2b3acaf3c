"""Pictures in notebooks: every value that has one shows it, the same bytes each time, and nobody has to install anything."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from helpers import desks_result
from placement import compare, load_scenario
from placement.core.comparison import Comparison
from placement.core.showing import PAGES, PICTURES
from placement.notebook import pin

FIVE = "demand: [{id: a, x: 0, y: 0}, {id: b, x: 10, y: 0}, {id: c, x: 20, y: 0}, {id: d, x: 40, y: 9}, {id: e, x: 60, y: 0}]"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Compare three budgets of five desks."""
    path = tmp_path_factory.mktemp("five") / "five.yaml"
    path.write_text(f"schema: 1\nname: Five\n{FIVE}\ndevices: {{budget: 1, radius: 10.5}}\n", encoding="utf-8")
    return compare(load_scenario(path), budgets=[1, 2, 3])


def picture(value: Any) -> np.ndarray:
    """Return the pixels of a value's picture."""
    return np.asarray(Image.open(io.BytesIO(value._repr_png_())).convert("RGB"))


def test_every_value_shows_a_picture(compared: Comparison) -> None:
    """Plan, score, result, comparison of budgets and of anything else: pictures of their own with something on them."""
    result = compared.rows[1].result
    values = [result, result.plan, result.score, compared, replace(compared, axis="variant")]
    seen = [picture(value) for value in values]
    assert all(len(np.unique(one.reshape(-1, 3), axis=0)) > 20 for one in seen)
    assert len({one.tobytes() for one in seen}) == len(values)


def test_pictures_repeat(compared: Comparison) -> None:
    """The same value gives the same bytes."""
    for value in (compared, compared.rows[0].result.plan, compared.rows[0].result.score):
        assert value._repr_png_() == value._repr_png_()


def test_devices_that_serve_nobody_and_points_that_nobody_reaches_have_a_picture_too() -> None:
    """Nothing is divided by what is not there."""
    result = desks_result(n=6, p=2)
    alone = replace(result.score, devices=tuple(replace(one, mean_m=None, max_m=None) for one in result.score.devices))
    assert picture(alone).any()
    lost = replace(result.plan, service_distance=np.full(6, np.inf))
    assert picture(lost).any()


def test_without_pins_there_are_tables_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook shows the table where nobody draws; pinning again brings the pictures back."""
    result = desks_result()
    for board in (PICTURES, PAGES):
        for kind in list(board):
            monkeypatch.delitem(board, kind)
    assert result._repr_png_() is None
    with pytest.raises(TypeError, match=r"import placement\.pipeline"):
        result.explore()
    pin()
    assert picture(result.score).any()
