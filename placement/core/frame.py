"""Frame: how the metres in which we plan relate to the coordinates that the user wrote.

Plain coordinates are scaled to metres. Geographic ones are projected: degrees are never distances.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from placement.core.types import FloatArray
from placement.units import METRES_PER_UNIT

if TYPE_CHECKING:
    from pyproj import Transformer

LARGEST_SCALE_ERROR = 1e-3
"""A projected CRS is planned in as it is while its scale at the data is within this of 1; else we project anew."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The user's coordinates and ours.

    Parameters
    ----------
    unit : {"m", "ft", "km"}
        The unit in which the user reads lengths, and in which plain coordinates are written.
    crs : str or None
        The coordinate system of the user's file; None for plain coordinates.
    planning_crs : str or None
        The metric coordinate system in which we plan; None for plain coordinates.
    """

    unit: str = "m"
    crs: str | None = None
    planning_crs: str | None = None

    @property
    def is_geographic(self) -> bool:
        """Whether the frame stands on the Earth."""
        return self.crs is not None

    def to_planning(self, xy: FloatArray, crs: str | None = None) -> FloatArray:
        """Turn coordinates of shape (n, 2), in `crs` or else the user's own, into planning metres."""
        if self.planning_crs is None:
            return xy * METRES_PER_UNIT[self.unit]
        return _project(crs or self.crs or "", self.planning_crs, xy)

    def to_user(self, xy: FloatArray) -> FloatArray:
        """Turn planning metres of shape (n, 2) into what the user reads: `unit` of plain or planning coordinates."""
        if self.planning_crs is None:
            return xy / METRES_PER_UNIT[self.unit]
        return xy

    def from_user(self, xy: FloatArray) -> FloatArray:
        """Undo `to_user`."""
        return xy * METRES_PER_UNIT[self.unit] if self.planning_crs is None else xy

    def to_lonlat(self, xy: FloatArray) -> FloatArray | None:
        """Turn planning metres into WGS84 longitude and latitude [degrees]; None for plain coordinates."""
        if self.planning_crs is None:
            return None
        return _project(self.planning_crs, "EPSG:4326", xy)


def choose_planning_crs(crs: str, xy: FloatArray) -> str:
    """Choose the metric coordinate system in which to plan around the points `xy`, given in `crs`.

    A projected system in metres whose scale is within `LARGEST_SCALE_ERROR` of 1 at the data is kept. Anything
    else (degrees, feet, Web Mercator) becomes a transverse Mercator on the WGS84 ellipsoid with scale 1 on the
    meridian through the middle of the data: within 50 km of it lengths are true to 0.003 %. Places that cannot be
    projected do not count.
    """
    from pyproj import CRS, Proj

    system = CRS.from_user_input(crs)
    lonlat = _project(crs, "EPSG:4326", xy)
    is_somewhere = np.isfinite(lonlat).all(axis=1)
    if not is_somewhere.any():
        return crs
    lon, lat = _middle(lonlat[is_somewhere])
    if system.is_projected and all(axis.unit_name == "metre" for axis in system.axis_info):
        factors = Proj(system).get_factors(lon, lat)
        if max(abs(factors.meridional_scale - 1), abs(factors.parallel_scale - 1)) <= LARGEST_SCALE_ERROR:
            return crs
    return f"+proj=tmerc +lat_0={lat:.2f} +lon_0={lon:.2f} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"


def _middle(lonlat: FloatArray) -> tuple[float, float]:
    """Return the middle of places on the Earth; the date line is no edge."""
    angles = np.radians(lonlat[:, 0])
    mean = np.degrees(np.angle(np.exp(1j * angles).mean()))
    around = (lonlat[:, 0] - mean + 180) % 360 - 180
    lon = mean + (around.min() + around.max()) / 2
    return float((lon + 180) % 360 - 180), float((lonlat[:, 1].min() + lonlat[:, 1].max()) / 2)


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(source, target, always_xy=True)


def _project(source: str, target: str, xy: FloatArray) -> FloatArray:
    return np.column_stack(_transformer(source, target).transform(xy[:, 0], xy[:, 1]))
