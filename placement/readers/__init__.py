"""Readers know formats, not meaning: the end of a file's name chooses the module that turns it into a `Table`.

To add a format: one module here with ``read(path)``, and one line in `READERS`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from placement.core.table import Table
from placement.errors import FileFormatError

READERS = {
    ".csv": "placement.readers.csv",
    ".tsv": "placement.readers.csv",
    ".geojson": "placement.readers.geojson",
    ".json": "placement.readers.geojson",
    ".gpkg": "placement.readers.vector",
    ".shp": "placement.readers.vector",
    ".fgb": "placement.readers.vector",
    ".parquet": "placement.readers.parquet",
    ".xlsx": "placement.readers.excel",
    ".txt": "placement.readers.graph",
}
"""End of the file name to module; a module is imported when a file needs it."""


def read_table(path: Path) -> Table:
    """Read a data file of any known format.

    Parameters
    ----------
    path : Path
        The file; the end of its name says the format, upper or lower case.

    Returns
    -------
    Table
        Its rows as written.

    Raises
    ------
    FileFormatError
        If the format is unknown, or the file is not whole and sound; the text names the file and the reason.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    name = READERS.get(path.suffix.lower())
    if name is None:
        raise FileFormatError(f"{path}: files ending in '{path.suffix}' cannot be read; there are {', '.join(READERS)}")
    try:
        return cast("Table", import_module(name).read(path))
    except OSError as error:
        raise FileFormatError(f"{path}: {error.strerror or error}") from error
