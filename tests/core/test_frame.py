"""Coordinates: degrees become true metres, plain ones are scaled, and back."""

from __future__ import annotations

import numpy as np
import pytest

from placement.core.frame import Frame, choose_planning_crs

CITY = np.array([[-122.50, 37.65], [-122.40, 37.81]])


def test_degrees_become_metres_true_to_the_ellipsoid() -> None:
    """Lengths in the planning frame agree with geodesics to 3 parts in 100,000."""
    from pyproj import Geod

    frame = Frame("km", "EPSG:4326", choose_planning_crs("EPSG:4326", CITY))
    a, b = frame.to_planning(CITY)
    _, _, geodesic = Geod(ellps="WGS84").inv(*CITY[0], *CITY[1])
    assert np.hypot(*(b - a)) == pytest.approx(geodesic, rel=3e-5)


def test_utm_is_kept_and_web_mercator_is_not() -> None:
    """A metric system with true scale is planned in as it is; one that stretches by a quarter is not."""
    utm = np.array([[5.45e5, 4.17e6], [5.55e5, 4.18e6]])
    assert choose_planning_crs("EPSG:32610", utm) == "EPSG:32610"
    mercator = np.array([[-13636000.0, 4530000.0], [-13626000.0, 4550000.0]])
    assert choose_planning_crs("EPSG:3857", mercator).startswith("+proj=tmerc")


def test_feet_on_the_earth_are_planned_in_metres() -> None:
    """A state plane in US survey feet becomes a metric system of our own."""
    assert choose_planning_crs("EPSG:2227", np.array([[6.0e6, 2.1e6], [6.01e6, 2.11e6]])).endswith("+units=m +no_defs")


@pytest.mark.parametrize(("unit", "factor"), [("m", 1.0), ("ft", 0.3048), ("km", 1000.0)])
def test_plain_coordinates_are_scaled_there_and_back(unit: str, factor: float) -> None:
    """12 in the user's unit is 12 of it in metres, and 12 again in reports; there is no longitude."""
    frame = Frame(unit)
    metres = frame.to_planning(np.array([[12.0, -1.0]]))
    np.testing.assert_allclose(metres, [[12 * factor, -factor]])
    np.testing.assert_allclose(frame.to_user(metres), [[12, -1]])
    np.testing.assert_allclose(frame.from_user(frame.to_user(metres)), metres)
    assert frame.to_lonlat(metres) is None
    assert not frame.is_geographic


def test_round_trip_to_longitude_and_latitude() -> None:
    """To the planning frame and back to a billionth of a degree."""
    frame = Frame("m", "EPSG:4326", choose_planning_crs("EPSG:4326", CITY))
    lonlat = frame.to_lonlat(frame.to_planning(CITY))
    np.testing.assert_allclose(lonlat, CITY, atol=1e-9)
