"""Every scenario that ships runs, and the gallery in reports/ is what it writes: plans byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

import placement
from placement.core import Result
from placement.jobs import job_of
from placement.scenario import load_any
from placement.units import format_length

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
PLACING = [path for path in SCENARIOS if load_any(path).spec.task == "place"]
OTHERS = [path for path in SCENARIOS if path not in PLACING]


@pytest.fixture(scope="module", params=PLACING, ids=lambda path: path.stem)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp(request.param.stem)
    result = placement.place(placement.load_scenario(request.param))
    placement.write(result, folder)
    return folder, result


def assert_gallery(folder: Path, name: str) -> None:
    """Compare the data to the byte; pictures and reports must be there, and repeat on one machine (other tests)."""
    gallery = ROOT / "reports" / name
    for path in sorted(folder.iterdir()):
        assert (gallery / path.name).exists(), path.name
        if path.suffix in {".json", ".csv", ".geojson"}:
            assert path.read_bytes() == (gallery / path.name).read_bytes(), path.name


def test_gallery_is_what_the_scenario_writes(made: tuple[Path, Result]) -> None:
    """Every plan in the gallery is that of its scenario."""
    folder, result = made
    name = folder.name.rstrip("0123456789")
    assert_gallery(folder, name)
    kept = (ROOT / "reports" / name / "scenario.resolved.yaml").read_text(encoding="utf-8")
    assert kept == result.source.resolved_at(ROOT / "reports" / name)  # the way to the data is that from the gallery


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_gallery_of_the_other_tasks_is_what_the_scenario_writes(path: Path, tmp_path: Path) -> None:
    """Segments and pictures in the gallery are those of their scenarios.

    Logarithms and PNG compression may differ in the last digit between processors, and a sample drawn in another order has
    another silhouette; so words, keys and shapes must be the same and numbers agree to 2 %.
    """
    scenario = load_any(path)
    job = job_of(scenario.spec.task)
    written = job.write(job.run(scenario, None), tmp_path, None)
    gallery = ROOT / "reports" / path.stem
    assert all((gallery / file.name).exists() for file in written)
    fresh, kept = (json.loads((folder / "result.json").read_text(encoding="utf-8")) for folder in (tmp_path, gallery))
    assert_alike(fresh, kept, "result.json")


def assert_alike(fresh: object, kept: object, where: str) -> None:
    """Compare two JSON values: numbers to 2 %, texts but for their digits, everything else exactly."""
    if isinstance(kept, dict) and isinstance(fresh, dict):
        assert list(fresh) == list(kept), where
        for key in kept:
            assert_alike(fresh[key], kept[key], f"{where}.{key}")
    elif isinstance(kept, list) and isinstance(fresh, list):
        assert len(fresh) == len(kept), where
        for i, (one, other) in enumerate(zip(fresh, kept, strict=True)):
            assert_alike(one, other, f"{where}[{i}]")
    elif isinstance(kept, str) and isinstance(fresh, str):
        assert re.sub(r"[\d.]+", "#", fresh) == re.sub(r"[\d.]+", "#", kept), where
    elif isinstance(kept, (int, float)) and not isinstance(kept, bool):
        assert fresh == pytest.approx(kept, rel=0.02, abs=0.02), where
    else:
        assert fresh == kept, where


def test_devices_stand_in_free_space_and_zones_are_respected(made: tuple[Path, Result]) -> None:
    """What the issue of a plan is: nobody drills into the light well."""
    _, result = made
    assert result.problem.domain.contains(result.plan.device_xy).all()


def test_service_distance_is_the_nearest_of_all_devices(made: tuple[Path, Result]) -> None:
    """Recomputed from the positions, in plain numpy, where distance is the straight line."""
    _, result = made
    if not result.problem.distance.is_straight:
        pytest.skip("distances of a table cannot be recomputed from positions; test_stores does it from the table")
    far = np.hypot(*(result.problem.demand.xy[:, None] - result.plan.device_xy[None]).transpose(2, 0, 1))
    np.testing.assert_allclose(result.plan.service_distance, far.min(axis=1), rtol=1e-12)
    assert result.score.max_m == pytest.approx(far.min(axis=1).max())


def test_office_has_the_seats_that_were_counted() -> None:
    """54 workstations in the picture, 54 in the plan; the light well and the lift shafts are voids; stairs are forbidden."""
    result = placement.place(placement.load_scenario(ROOT / "scenarios" / "office.yaml"))
    assert result.problem.demand.n == 54
    plan = result.problem.domain.plan
    assert plan.voids.area == pytest.approx(6.8 * 9.935 + 12.0, abs=3)
    blocked = np.array([[37.5, 20.0], [36.0, 29.5], [36.0, 35.0], [65.0, 14.0], [10.0, 20.0]])
    assert not result.problem.domain.contains(blocked).any()
    assert any("drawn twice" in warning for warning in result.warnings)


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def test_reports_carry_the_numbers(made: tuple[Path, Result]) -> None:
    """The PDF states the worst and mean distance of result.json, and the one in the gallery says the same."""
    folder, result = made
    text = text_of(folder / "report.pdf")
    assert text == text_of(ROOT / "reports" / folder.name.rstrip("0123456789") / "report.pdf")
    for metres in (result.score.max_m, result.score.mean_m):
        assert format_length(metres, result.problem.frame.unit) in text
