"""GeoPackage, Shapefile and FlatGeobuf, through GDAL."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from placement.core.geometry import points_of
from placement.core.table import Table
from placement.errors import FileFormatError, MissingExtraError


def read(path: Path) -> Table:
    """Read the first layer of a geographic file.

    Parameters
    ----------
    path : Path
        The ``.gpkg``, ``.shp`` or ``.fgb`` file.

    Returns
    -------
    Table
        Attributes as columns and positions in the layer's coordinate system; a note when there are more layers.

    Raises
    ------
    FileFormatError
        If the file is not sound, has no layer, or holds lines.
    MissingExtraError
        If pyogrio is not installed.
    """
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError:
        raise MissingExtraError(f"{path}: reading {path.suffix}", "geo") from None
    import shapely

    try:
        with warnings.catch_warnings():
            # A damaged file makes GDAL warn before it fails, and sometimes instead: then rows would be missing.
            warnings.simplefilter("error", RuntimeWarning)
            layers = [str(name) for name, _ in pyogrio.list_layers(path)]
            if not layers:
                raise ValueError("it has no layer")
            meta, _, geometry, fields = pyogrio.raw.read(path, layer=layers[0])
            n_rows = len(fields[0]) if fields else len(geometry if geometry is not None else ())
            _check_count(n_rows, pyogrio.read_info(path, layer=layers[0], force_feature_count=True)["features"])
        xy, notes = points_of(shapely.from_wkb(geometry)) if geometry is not None else (None, ())
    except (RuntimeError, RuntimeWarning, ValueError, shapely.errors.ShapelyError) as error:
        raise FileFormatError(f"{path}: the file cannot be read; is it cut off? ({_reason(error, path)})") from None
    columns: dict[str, list[object]] = {str(name): values.tolist() for name, values in zip(meta["fields"], fields, strict=True)}
    if len(layers) > 1:
        notes = (*notes, f"layer '{layers[0]}' is read, the other {len(layers) - 1} are not")
    return Table(path, columns, list(range(1, n_rows + 1)), xy, meta["crs"], notes)


def _check_count(n_read: int, n_promised: int) -> None:
    """Refuse a shorter table: a FlatGeobuf cut off in its index or between features reads without an error."""
    if n_read != n_promised:
        raise ValueError(f"it promises {n_promised} features and has {n_read}")


def _reason(error: Any, path: Path) -> str:
    """Return GDAL's words without the folder of the file, which the message names already."""
    return str(error).replace(f"{path.parent}/", "").rstrip(".")
