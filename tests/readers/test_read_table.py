"""The door to all formats: one word per format, and files that are none of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from placement.errors import FileFormatError
from placement.readers import READERS, read_table


def test_every_reader_keeps_the_promise() -> None:
    """Each module of the registry can be imported without its libraries' cost and has a documented `read`."""
    for name in set(READERS.values()):
        module = import_module(name)
        assert callable(module.read)
        assert module.read.__doc__
        assert module.__doc__


@pytest.mark.parametrize("name", ["desks.ods", "desks", "desks.xls"])
def test_unknown_format(tmp_path: Path, name: str) -> None:
    """A name that says no known format is answered with those that are known."""
    (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"cannot be read; there are \.csv, \.tsv, \.geojson"):
        read_table(tmp_path / name)


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in {".gpkg", ".shp", ".fgb"}])
def test_missing_file(tmp_path: Path, suffix: str) -> None:
    """A file that is not there is said to be not there."""
    with pytest.raises(FileFormatError, match=r"No such file|not a sound"):
        read_table(tmp_path / f"no{suffix}")
