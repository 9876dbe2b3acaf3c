"""devices.geojson: the devices as points in WGS84 longitude and latitude (RFC 7946), for any web map or GIS."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from placement.files import write_atomic
from placement.view.device_table import DeviceRow, device_rows

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``devices.geojson`` and return its path.

    Raises
    ------
    ValueError
        If the plan does not stand on the Earth: GeoJSON knows no other coordinates, and silently wrong ones are worse.
    """
    if not result.problem.frame.is_geographic:
        raise ValueError("devices.geojson needs coordinates on the Earth; the scenario has no crs")
    collection = {"type": "FeatureCollection", "features": [_feature(row) for row in device_rows(result)]}
    text = json.dumps(collection, indent=2, ensure_ascii=False, allow_nan=False)
    return [write_atomic(folder / "devices.geojson", f"{text}\n")]


def _feature(row: DeviceRow) -> dict[str, Any]:
    # x and y would tempt a reader to take planning metres for the coordinates of the file.
    properties = {key: value for key, value in asdict(row).items() if key not in ("x", "y", "lon", "lat")}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]}, "properties": properties}
