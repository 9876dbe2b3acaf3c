"""Writing so that nothing is lost: a temporary name in the same folder, then one rename.

A reader never sees half a file, and a crash or a full disk leaves the file of the earlier run whole.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from placement.errors import OutputError


def write_atomic(path: Path, data: bytes | str) -> Path:
    """Write `data` to `path` in one step.

    Parameters
    ----------
    path : Path
        The file to create or replace; its folder is created when missing.
    data : bytes or str
        The whole content; text is written as UTF-8 with its line ends as they are.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    OutputError
        If the folder cannot be made or the disk is full; the earlier file, if any, is untouched.
    """
    payload = data.encode() if isinstance(data, str) else data
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        is_blocked = isinstance(error, FileExistsError | NotADirectoryError)
        reason = f"{path.parent} is a file, not a folder" if is_blocked else error.strerror or str(error)
        raise OutputError(f"cannot write {path}: {reason}; files written before are whole; --out DIR goes elsewhere") from error
    finally:
        # After the rename it is gone; after a failure or Ctrl-C it must not stay.
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
