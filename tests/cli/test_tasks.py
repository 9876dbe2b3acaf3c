"""The command on scenarios of other tasks: the same words, streams, files and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from placement.cli import cli
from placement.jobs import JOBS, job_of
from placement.scenario.languages import LANGUAGES

SEGMENT = "schema: 1\ntask: segment\nname: Made up\ntable: {generate: customers, rows: 500}\nclusters: 5\nreport: []\n"
COMPRESS = "schema: 1\ntask: compress\nname: A picture\nimage: {file: picture.png}\ncolors: 4\nreport: []\n"


@pytest.fixture(autouse=True)
def in_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("segment.yaml").write_text(SEGMENT, encoding="utf-8")
    Path("compress.yaml").write_text(COMPRESS, encoding="utf-8")
    pixels = np.random.default_rng(0).integers(0, 255, (8, 9, 3), dtype=np.uint8)
    Image.fromarray(pixels).save("picture.png")


def place(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize(
    ("task", "said", "files"),
    [
        ("segment", "Made up: 5 segments of 500 customers", {"segments.csv"}),
        ("compress", "A picture: 9 x 8 pixels, 4 colours", {"picture.png"}),
    ],
)
def test_the_word_task_chooses_what_runs(task: str, said: str, files: set[str]) -> None:
    """Results on standard output, the list of files on standard error, and in the folder the files every run leaves."""
    done = place(f"{task}.yaml")
    assert (done.exit_code, said in done.stdout, f"wrote reports/{task}/" in done.stderr) == (0, True, True)
    assert {path.name for path in Path(f"reports/{task}").iterdir()} == {
        *files,
        "result.json",
        "scenario.resolved.yaml",
        "run.json",
    }


@pytest.mark.parametrize("task", ["segment", "compress"])
def test_json_is_the_file_and_repeats(task: str) -> None:
    """Standard output is result.json to the byte, in every run, and says its task, seed and version of layout."""
    first = place(f"{task}.yaml", "--json", "--seed", "3").stdout
    assert first == Path(f"reports/{task}/result.json").read_text(encoding="utf-8")
    assert place(f"{task}.yaml", "--json", "--seed", "3").stdout == first
    told = json.loads(first)
    assert (told["schema"], told["task"], told["seed"]) == (1, task, 3)


def test_resolved_scenario_runs_again_to_the_same_result() -> None:
    """What was really run can be run."""
    before = json.loads(place("segment.yaml", "--json").stdout)
    Path("segment.yaml").write_text(Path("reports/segment/scenario.resolved.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert json.loads(place("segment.yaml", "--json").stdout) == before


def test_check_reads_without_running() -> None:
    """A sentence for people, counts for scripts, no files."""
    assert place("check", "segment.yaml").stdout == "segment.yaml: good. Rows: 500, features: 4.\n"
    assert json.loads(place("check", "compress.yaml", "--json").stdout) == {"file": "compress.yaml", "width": 9, "height": 8}
    assert not Path("reports").exists()


def test_only_knows_the_words_of_the_task() -> None:
    """A word of another task is refused with those that exist; nothing is written."""
    done = place("segment.yaml", "--only", "map")
    assert done.exit_code == 2
    assert "unknown 'map'; allowed: pdf, plots, csv, parquet" in done.stderr
    assert not Path("reports").exists()
    assert place("segment.yaml", "--only", "csv", "-q").exit_code == 0
    assert Path("reports/segment/labels.csv").exists()


def test_tasks_run_beside_each_other_and_only_plans_are_compared(small: Path) -> None:
    """Three tasks in one command: three results, no table that compares what cannot be compared."""
    done = place("segment.yaml", "compress.yaml", small, "--json")
    assert [told.get("task", "place") for told in json.loads(done.stdout)] == ["segment", "compress", "place"]
    assert done.exit_code == 0


def test_score_needs_a_scenario_that_places() -> None:
    """There are no devices to score in a table of customers."""
    Path("devices.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    done = place("score", "segment.yaml", "--devices", "devices.csv")
    assert done.exit_code == 2
    assert "this scenario places no devices" in done.stderr


def test_every_language_has_a_job() -> None:
    """The two registries name the same tasks, and each job can say what it writes."""
    assert list(JOBS) == list(LANGUAGES)
    assert all(job_of(task).words for task in JOBS)


def test_every_task_and_its_words_are_in_the_docs() -> None:
    """The page about tasks names each task and each word of `report:`."""
    text = (Path(__file__).parents[2] / "docs" / "tasks.md").read_text(encoding="utf-8")
    for task in JOBS:
        assert f"`{task}`" in text, task
    for task in ("segment", "compress"):
        assert all(f"`{word}`" in text for word in job_of(task).words), task
