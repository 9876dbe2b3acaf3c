"""GeoJSON (RFC 7946), read with the standard library: points of a table, or polygons."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from placement.core.geometry import points_of
from placement.core.table import Table
from placement.core.types import FloatArray
from placement.errors import FileFormatError

LONGITUDE_LATITUDE = "EPSG:4326"


def read(path: Path) -> Table:
    """Read the features of a GeoJSON file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Table
        Properties as columns (None where a feature lacks one) and positions; `crs` is EPSG:4326 as RFC 7946 has it,
        or what an old-style ``crs`` member says.

    Raises
    ------
    FileFormatError
        If it is not JSON, not GeoJSON, or holds lines.
    """
    document = _load(path)
    features = _features(path, document)
    try:
        xy, notes = points_of([_geometry(path, number, feature) for number, feature in enumerate(features, start=1)])
    except ValueError as error:
        raise error if isinstance(error, FileFormatError) else FileFormatError(f"{path}: {error}") from None
    properties = [feature.get("properties") or {} for feature in features]
    names = dict.fromkeys(str(name) for row in properties for name in row)
    columns: dict[str, list[object]] = {name: [row.get(name) for row in properties] for name in names}
    return Table(path, columns, list(range(1, len(features) + 1)), xy, _crs(document), notes)


def read_polygons(path: Path) -> tuple[list[list[FloatArray]], str | None]:
    """Read the polygons of a GeoJSON file.

    Parameters
    ----------
    path : Path
        The file; each of its features is a Polygon or a MultiPolygon.

    Returns
    -------
    polygons : list of list of ndarray of shape (k, 2)
        For each polygon its rings as corners in `crs`: the outer one first, then its holes.
    crs : str or None
        As for `read`.

    Raises
    ------
    FileFormatError
        If it is not GeoJSON, a feature is no polygon, or a polygon crosses itself.
    """
    import shapely

    document = _load(path)
    polygons = []
    for number, feature in enumerate(_features(path, document), start=1):
        geometry = _geometry(path, number, feature)
        if geometry is None or geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
            found = "has no geometry" if geometry is None or geometry.is_empty else f"is a {geometry.geom_type}"
            raise FileFormatError(f"{path}: feature {number} {found}; polygons are expected")
        if not geometry.is_valid:
            raise FileFormatError(f"{path}: the polygon of feature {number} is not sound: {shapely.is_valid_reason(geometry)}")
        for part in shapely.get_parts(geometry):
            polygons.append([shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)])
    return polygons, _crs(document)


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FileFormatError(f"{path}: this is not JSON, or it is cut off: {error.msg} at {place}") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise FileFormatError(f"{path}: this is not JSON text in UTF-8") from None
    if not isinstance(document, dict):
        raise FileFormatError(f"{path}: this is JSON but not GeoJSON: a FeatureCollection is expected")
    return document


def _features(path: Path, document: dict[str, Any]) -> list[dict[str, Any]]:
    kind = document.get("type")
    features = [document] if kind == "Feature" else document.get("features") if kind == "FeatureCollection" else None
    if isinstance(features, list) and all(map(_is_feature, features)):
        return features
    if "coordinates" in document:
        return [{"type": "Feature", "geometry": document, "properties": {}}]
    raise FileFormatError(f"{path}: this is JSON but not GeoJSON: a FeatureCollection is expected")


def _is_feature(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("properties") or {}, dict)


def _geometry(path: Path, number: int, feature: dict[str, Any]) -> Any:
    import shapely.geometry

    written = feature.get("geometry")
    if written is None:
        return None
    try:
        geometry = shapely.geometry.shape(written)
        coordinates = shapely.get_coordinates(geometry)
    except (shapely.errors.ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise FileFormatError(f"{path}: the geometry of feature {number} is not GeoJSON") from None
    if not np.isfinite(coordinates).all():
        raise FileFormatError(f"{path}: a coordinate of feature {number} is not a finite number")
    return geometry


def _crs(document: dict[str, Any]) -> str | None:
    """Return the coordinate system; ``"crs": null`` means that nobody knows it (GeoJSON 2008, section 3)."""
    if "crs" not in document:
        return LONGITUDE_LATITUDE
    properties = document["crs"].get("properties") if isinstance(document["crs"], dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    code = re.search(r"EPSG:+(?:[\d.]*:)?(\d+)$", name)
    if code:
        return f"EPSG:{code[1]}"
    return LONGITUDE_LATITUDE if name.endswith("CRS84") else name or None
