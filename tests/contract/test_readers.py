"""Every table reader keeps the same promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.errors import FileFormatError
from placement.readers import READERS, read_table

SUFFIXES = sorted(READERS)


RUBBISH = {"empty": b"", "binary": b"\x00\xff\x00\xfe" * 50, "zip": b"PK\x03\x04broken"}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_is_refused_by_name_and_never_crashes(suffix: str, content: bytes, tmp_path: Path) -> None:
    """A file that is not what its name says gives a FileFormatError that names it."""
    path = tmp_path / f"data{suffix}"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match="data"):
        read_table(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_missing_file_is_refused_by_name(suffix: str, tmp_path: Path) -> None:
    """Also when it vanished after the scenario was checked."""
    with pytest.raises(FileFormatError, match="gone"):
        read_table(tmp_path / f"gone{suffix}")
