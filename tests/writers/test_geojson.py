"""devices.geojson."""

from __future__ import annotations

import json

import numpy as np
import pytest

from helpers import city_result, tiny_result
from placement.view.figures import Figures
from placement.writers.geojson import write


def test_devices_are_points_in_longitude_and_latitude(tmp_path):
    """Longitude first, no crs member (RFC 7946), and projecting back gives the planned place to a centimetre."""
    result = city_result()
    (path,) = write(result, Figures(result), tmp_path)
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert list(collection) == ["type", "features"]
    lonlat = np.array([feature["geometry"]["coordinates"] for feature in collection["features"]])
    assert np.abs(result.problem.frame.to_planning(lonlat, "EPSG:4326") - result.plan.device_xy).max() < 0.02
    assert [feature["properties"]["id"] for feature in collection["features"]] == list(result.plan.device_ids)


def test_plain_coordinates_are_refused(tmp_path):
    """Metres on a plan are not degrees: better no file than a wrong one."""
    with pytest.raises(ValueError, match="the scenario has no crs"):
        write(tiny_result(), Figures(tiny_result()), tmp_path)
    assert list(tmp_path.iterdir()) == []
