"""What can be taken away from the page, and that Python reads it again."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import city_result
from placement import load_scenario, place, score
from placement.pipeline import build

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize("name", ["desks", "office", "clinics", "clinics-stores"])
def test_the_scenario_that_is_downloaded_scores_the_same(name: str, visit: Callable[..., Any], tmp_path: Path) -> None:
    """Dragged devices come back as fixed ones; loaded and scored by Python, they have the page's numbers."""
    seen = visit(place(load_scenario(SCENARIOS / f"{name}.yaml", ("solver.effort=fast",))))
    seen.drag(0, 40, 25)
    seen.drag(1, -30, 20)
    found = seen.score()
    text = seen.download("yaml-all").read_text(encoding="utf-8")
    (tmp_path / "data").symlink_to(SCENARIOS / "data")
    (tmp_path / "planned.yaml").write_text(text, encoding="utf-8")
    scenario = load_scenario(tmp_path / "planned.yaml")
    fixed = build(scenario).problem.fixed
    assert fixed.ids == tuple(one["id"] for one in seen.devices())
    scored = score(scenario, fixed).score
    # Through longitude and latitude a place comes back to a micrometre.
    assert [scored.mean_m, scored.max_m] == pytest.approx([found["mean"], found["max"]], rel=1e-9, abs=1e-5)
    assert [one.share for one in scored.coverage] == pytest.approx([one["share"] for one in found["coverage"]])


def test_the_kept_devices_stay_when_the_rest_is_planned_anew(visit: Callable[..., Any], tmp_path: Path) -> None:
    """The other scenario fixes what was moved; a run leaves it there and places the rest."""
    seen = visit(place(load_scenario(SCENARIOS / "desks.yaml", ("solver.n_init=2",))))
    seen.drag(0, 40, 25)
    (tmp_path / "data").symlink_to(SCENARIOS / "data")
    (tmp_path / "kept.yaml").write_text(seen.download("yaml-touched").read_text(encoding="utf-8"), encoding="utf-8")
    plan = place(load_scenario(tmp_path / "kept.yaml")).plan
    moved = seen.devices()[0]
    assert plan.p == 5
    assert plan.device_status.count("fixed") == 1
    assert plan.device_xy[0].tolist() == pytest.approx([moved["x"], moved["y"]], abs=1e-9)


def test_a_drawn_zone_comes_back_with_the_scenario(visit: Callable[..., Any], tmp_path: Path) -> None:
    """Zones drawn in the page join those of the scenario, on the Earth in longitude and latitude."""
    first = [[-122.45, 37.75], [-122.44, 37.75], [-122.44, 37.76]]
    settings = ("solver.effort=fast", f"devices.forbidden=[{first}]")
    result = place(load_scenario(SCENARIOS / "clinics.yaml", settings))
    seen = visit(result)
    seen.page.evaluate("() => planner.forbid([0, 0, 500, 0, 500, 400, 0, 400])")
    (tmp_path / "data").symlink_to(SCENARIOS / "data")
    (tmp_path / "zone.yaml").write_text(seen.download("yaml-all").read_text(encoding="utf-8"), encoding="utf-8")
    forbidden = build(load_scenario(tmp_path / "zone.yaml")).problem.domain.forbidden
    assert forbidden.area == pytest.approx(result.problem.domain.forbidden.area + 500 * 400)


def test_tables_and_pictures_can_be_taken_away(visit: Callable[..., Any]) -> None:
    """The CSV is that of the run, the PNG a picture twice as fine as the screen."""
    from placement.writers.csv_tables import devices_table

    result = city_result()
    seen = visit(result)
    found = [line.split(",") for line in seen.download("csv").read_text(encoding="utf-8").splitlines()]
    wanted = [line.split(",") for line in devices_table(result).splitlines()]
    assert found[0] == wanted[0]
    for row, other in zip(found[1:], wanted[1:], strict=True):
        for cell, told in zip(row, other, strict=True):
            assert cell == told or math.isclose(float(cell), float(told), rel_tol=1e-6)
    picture = seen.download("png").read_bytes()
    width = int.from_bytes(picture[16:20], "big")
    assert picture.startswith(b"\x89PNG")
    assert width == pytest.approx(2 * seen.page.evaluate("() => planner.view.width"), abs=1)
