"""Nothing is lost: a failed write leaves the old file and no rubbish."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from placement.errors import OutputError
from placement.files import write_atomic


def test_text_and_bytes_are_written_and_replaced(tmp_path: Path) -> None:
    """The folder is made, line ends stay, a second write replaces the first."""
    path = write_atomic(tmp_path / "a" / "b.txt", "é\n")
    assert path.read_bytes() == "é\n".encode()
    write_atomic(path, b"\x00")
    assert path.read_bytes() == b"\x00"
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_disk_full_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Half-way out of space: the old content stands, no temporary file stays, and the error says so."""
    path = write_atomic(tmp_path / "result.json", "old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OutputError, match=r"cannot write .*result\.json: No space left on device"):
        write_atomic(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["result.json"]


def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    """A report is readable like any other file, not private as temporary files are."""
    before = os.umask(0o022)
    try:
        assert write_atomic(tmp_path / "x", "").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)
