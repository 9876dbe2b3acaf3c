"""Every writer keeps the same promises."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import city_result
from placement.core import Result
from placement.core.certificate import Certificate
from placement.errors import OutputError
from placement.view.figures import Figures
from placement.writers import ALWAYS, OPTIONAL, OPTIONAL_FILES, WRITERS, write_all, writer


def proven(result: Result) -> Result:
    """Return `result` with a certificate, so that every format has something to write."""
    proof = Certificate("solver", 1.0, {"solver": "nobody", "claim": "nothing is less than 1"})
    return replace(result, plan=replace(result.plan, certificate=proof))


pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pyogrio")


def test_every_word_has_a_module_and_every_module_a_word() -> None:
    """What is always written and what is asked for make up the registry."""
    assert sorted(WRITERS) == sorted((*ALWAYS, *OPTIONAL))


def test_the_files_of_the_optional_formats_are_known(tmp_path: Path) -> None:
    """The list by which left-over files are told is complete."""
    result = city_result()
    written = [path.name for word in OPTIONAL for path in writer(word).write(result, Figures(result), tmp_path)]
    assert written == list(OPTIONAL_FILES)


@pytest.mark.parametrize("word", WRITERS)
def test_same_result_same_bytes(word: str, tmp_path: Path) -> None:
    """Two writings of one result do not differ in a bit, and what is written is told."""
    result = proven(city_result(radii_m=(4000.0,)))
    folders = tmp_path / "a", tmp_path / "b"
    written = [writer(word).write(result, Figures(result), folder) for folder in folders]
    assert written[0]
    for one, other in zip(*written, strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert sorted(folders[0].iterdir()) == sorted(written[0])


@pytest.mark.parametrize("word", WRITERS)
def test_a_failing_disk_leaves_nothing_half_written(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is ours, and the folder holds no part of a file."""
    result = proven(city_result())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_all(result, tmp_path, [word])
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
