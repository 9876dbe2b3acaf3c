"""plan.gpkg: devices, demand and assignment as layers of one GeoPackage, in metres, for a GIS.

On the Earth the layers are in the planning system; plain coordinates get an engineering system, so that no program
takes them for a place on the globe.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from placement.errors import MissingExtraError
from placement.files import write_atomic
from placement.view.device_table import LENGTH_DIGITS, device_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement.core import Result
    from placement.view.figures import Figures

LOCAL_CRS = (
    'ENGCRS["Local coordinates",EDATUM["Local"],CS[Cartesian,2],'
    'AXIS["x",east,ORDER[1]],AXIS["y",north,ORDER[2]],LENGTHUNIT["metre",1]]'
)
"""A flat system that is nowhere on the Earth (ISO 19111 engineering CRS)."""

_FIXED_DATE = "2000-01-01T00:00:00.000Z"


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``plan.gpkg`` and return its path.

    Raises
    ------
    MissingExtraError
        If the geographic libraries are not installed.
    """
    return [write_atomic(folder / "plan.gpkg", as_bytes(result))]


def as_bytes(result: Result) -> bytes:
    """Return the GeoPackage; the same bytes for the same result and library versions."""
    try:
        import pyogrio
        from pyogrio import raw
    except ImportError as error:
        raise MissingExtraError("report: gpkg", "geo") from error
    crs = result.problem.frame.planning_crs or LOCAL_CRS
    with tempfile.TemporaryDirectory() as folder, _fixed_date(pyogrio):
        path = Path(folder) / "plan.gpkg"
        for rank, (layer, kind, geometry, table) in enumerate(_layers(result)):
            raw.write(
                path, geometry, list(table.values()), list(table),
                layer=layer, driver="GPKG", geometry_type=kind, crs=crs, append=rank > 0,
            )  # fmt: skip
        return path.read_bytes()


def _layers(result: Result) -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    """Yield name, geometry type, WKB geometries and columns of each layer."""
    import shapely

    demand, plan = result.problem.demand, result.plan
    is_reached = plan.is_reached
    # None and NaN become NULL in the file: the point has no device and no distance.
    device = np.array(plan.device_ids, dtype=object)[plan.assignment]
    device[~is_reached] = None
    distance = np.where(is_reached, plan.service_distance, np.nan).round(LENGTH_DIGITS)
    yield "devices", "Point", shapely.to_wkb(shapely.points(plan.device_xy)), _device_columns(result)
    ids = np.array(demand.ids, dtype=object)
    served = {"device": device, "distance_m": distance}
    yield "demand", "Point", shapely.to_wkb(shapely.points(demand.xy)), {"id": ids, "weight": demand.weight, **served}
    lines = shapely.linestrings(np.stack([demand.xy, plan.device_xy[plan.assignment]], axis=1)[is_reached])
    ways = {"demand": ids, **served}
    yield "assignment", "LineString", shapely.to_wkb(lines), {key: column[is_reached] for key, column in ways.items()}


def _device_columns(result: Result) -> dict[str, Any]:
    rows = device_rows(result)
    texts = {key: np.array([getattr(row, key) for row in rows], dtype=object) for key in ("id", "status")}
    counts = {"demand_points": np.array([row.demand_points for row in rows], dtype=np.int64)}
    # None becomes NaN here and NULL in the file.
    numbers = {key: np.array([getattr(row, key) for row in rows], dtype=float) for key in ("demand_weight", "mean_m", "max_m")}
    return {**texts, **counts, **numbers}


@contextmanager
def _fixed_date(pyogrio: Any) -> Iterator[None]:
    """Let the file say a fixed date of last change: the only thing in it that differs between runs."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
