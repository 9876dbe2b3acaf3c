"""scenario.resolved.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import tiny_result
from placement import load_scenario, place
from placement.core.result import Moves
from placement.scenario import load_any
from placement.scenario.source import source_of
from placement.view.figures import Figures
from placement.writers.resolved_yaml import write

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def test_text_is_written_as_it_is(tmp_path):
    """What was resolved is what stands in the file, with one newline at its end."""
    (path,) = write(tiny_result(), Figures(tiny_result()), tmp_path)
    assert path.name == "scenario.resolved.yaml"
    assert path.read_bytes() == b"schema: 1\nname: Tiny\n"


@pytest.mark.parametrize("out", ["reports/deep/er", ".", "../elsewhere", "with space/ünd"])
def test_it_runs_where_it_is_written(tmp_path, out):
    """Whatever folder it goes to: the same values, and every path leads to the data."""
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    files = {"data/desks 1.csv": "id,x,y\na,0,0\nb,5,0\n", "sites.csv": "id,x,y\ns,0,0\nt,5,0\n", "de.yaml": "Summary: Kurz\n"}
    for name, content in files.items():
        (home / name).write_text(content, encoding="utf-8")
    devices = "{budget: 1, candidates: {file: sites.csv}}"
    report = "{files: [], texts: de.yaml}"
    text = f"schema: 1\nname: file\ndemand: {{file: data/desks 1.csv}}\ndevices: {devices}\nreport: {report}\n"
    (home / "a.yaml").write_text(text, encoding="utf-8")
    result = place(load_scenario(home / "a.yaml"))
    (path,) = write(result, Figures(result), home / out)
    again = place(load_scenario(path))
    assert again.plan.value == result.plan.value
    assert again.source.presentation.texts == (("Summary", "Kurz"),)
    written = path.read_text(encoding="utf-8")
    assert str(tmp_path) not in written
    assert written.splitlines()[0] == "# a.yaml with every default written out. Paths are relative to this file."


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_every_file_of_every_scenario_is_found_from_elsewhere(scenario, tmp_path):
    """No key that names a file is forgotten."""
    loaded = load_any(scenario)
    path = tmp_path / "again.yaml"
    path.write_text(source_of(loaded, ()).resolved_at(tmp_path), encoding="utf-8")
    assert [file.resolve() for file in load_any(path).data_files()] == [file.resolve() for file in loaded.data_files()]


def test_a_whole_path_stays(tmp_path):
    """Who writes a path from the root means that one."""
    (tmp_path / "d.csv").write_text("id,x,y\na,0,0\n", encoding="utf-8")
    text = f"schema: 1\nname: A\ndemand: {{file: {tmp_path}/d.csv}}\ndevices: {{budget: 1}}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    source = source_of(load_scenario(tmp_path / "a.yaml"), ())
    assert source.moves is None
    assert f"file: {tmp_path}/d.csv" in source.resolved_at(tmp_path / "out")


def test_more_than_ten_files_are_told_apart(tmp_path):
    """The mark of the second file is not the beginning of that of the eleventh."""
    files = tuple((f"mark-{k}", f"d{k}/f.csv") for k in reversed(range(12)))
    text = " ".join(mark for mark, _ in files)
    assert Moves(tmp_path, text, files).text_at(tmp_path) == " ".join(file for _, file in files)
