"""Parquet: GeoParquet with its geometry, or a plain table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from placement.core.geometry import points_of
from placement.core.table import Table
from placement.errors import FileFormatError, MissingExtraError


def read(path: Path) -> Table:
    """Read a Parquet file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Table
        Its columns, and positions when it is GeoParquet.

    Raises
    ------
    FileFormatError
        If the file is not sound, or holds lines.
    MissingExtraError
        If pyarrow or geopandas is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError(f"{path}: reading Parquet", "geo") from None
    try:
        table = pyarrow.parquet.ParquetFile(path).read()
    except (pyarrow.ArrowException, OSError) as error:
        raise FileFormatError(f"{path}: this is not a sound Parquet file; is it cut off? ({error})") from None
    if b"geo" in (table.schema.metadata or {}):
        return _geographic(path)
    columns: dict[str, list[object]] = {name: table.column(name).to_pylist() for name in table.column_names}
    return Table(path, columns, list(range(1, table.num_rows + 1)))


def _geographic(path: Path) -> Table:
    try:
        import geopandas
    except ImportError:
        raise MissingExtraError(f"{path}: reading GeoParquet", "geo") from None
    try:
        frame = geopandas.read_parquet(path)
        xy, notes = points_of(list(frame.geometry))
    except ValueError as error:
        raise FileFormatError(f"{path}: {error}") from None
    rest = frame.drop(columns=frame.geometry.name)
    columns: dict[str, list[object]] = {str(name): rest[name].tolist() for name in rest.columns}
    return Table(path, columns, list(range(1, len(frame) + 1)), xy, _code(frame.crs), notes)


def _code(crs: Any) -> str | None:
    if crs is None:
        return None
    authority = crs.to_authority()
    return ":".join(authority) if authority else str(crs.to_wkt())
