"""The family: words, order, atomicity, repeatability."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from helpers import city_result, tiny_result
from placement import writers
from placement.errors import OutputError, PlacementError
from placement.view.figures import Figures

WORDS = ("map", "geojson", "gpkg")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_word_has_a_writer():
    """The registry holds exactly the words that always and optionally written formats name."""
    assert set(writers.WRITERS) == {*writers.ALWAYS, *writers.OPTIONAL}
    for word in writers.WRITERS:
        assert callable(writers.writer(word).write)


def test_files_of_a_run(tmp_path):
    """Asked for nothing, a run still leaves the answer, the tables and the resolved scenario, in this order."""
    written = writers.write_all(tiny_result(), tmp_path / "new" / "folder", [])
    assert [path.name for path in written] == ["result.json", "devices.csv", "assignment.csv", "scenario.resolved.yaml"]
    assert all(path.is_file() for path in written)


def test_words_are_written_once_in_registry_order(tmp_path):
    """Neither the order nor a repetition of the words matters."""
    written = writers.write_all(city_result(), tmp_path, ["gpkg", "map", "map", "json"])
    assert [path.name for path in written[4:]] == ["map.svg", "map.png", "plan.gpkg"]


def test_unknown_word_is_refused_before_anything_is_written(tmp_path):
    """The message lists what exists, and the folder stays empty."""
    with pytest.raises(ValueError, match=r"no writer 'xls'; there are json, csv, yaml"):
        writers.write_all(tiny_result(), tmp_path, ["map", "xls"])
    assert list(tmp_path.iterdir()) == []


def test_second_run_writes_the_same_bytes(tmp_path):
    """Same result, same files, byte for byte, with no leftovers."""
    for name in ("first", "second"):
        writers.write_all(city_result(), tmp_path / name, WORDS)
    assert snapshot(tmp_path / "first") == snapshot(tmp_path / "second")
    assert len(snapshot(tmp_path / "first")) == 8


@pytest.mark.parametrize("word", ["json", "csv", "yaml", "map", "geojson", "gpkg"])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_full_disk_leaves_the_earlier_file_whole(tmp_path, monkeypatch, word, step):
    """A disk that fills half-way: a clear error, the old bytes, no litter."""
    build = city_result if word == "geojson" else tiny_result
    result, other = build(), build(n_fixed=1)
    writers.writer(word).write(result, Figures(result), tmp_path)
    before = snapshot(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OutputError, match="No space left on device") as caught:
        writers.writer(word).write(other, Figures(other), tmp_path)
    assert isinstance(caught.value, PlacementError)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("word", ["json", "csv", "yaml", "geojson", "gpkg"])
def test_data_writers_do_not_draw(tmp_path, word):
    """Only the map and the report need the picture."""
    result = city_result()
    figures = Figures(result)
    writers.writer(word).write(result, figures, tmp_path)
    assert not {"_map", "map_svg", "map_png"} & set(vars(figures))


def test_no_file_names_a_folder_of_this_machine(tmp_path):
    """Results can be passed on: nothing tells where they were made."""
    writers.write_all(city_result(), tmp_path, WORDS)
    for name, content in snapshot(tmp_path).items():
        assert str(tmp_path).encode() not in content, name
        assert str(Path.cwd()).encode() not in content, name
