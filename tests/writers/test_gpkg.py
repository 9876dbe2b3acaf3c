"""plan.gpkg, read back."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from helpers import city_result, demand_at, make_result, tiny_result
from placement.errors import MissingExtraError
from placement.view.figures import Figures
from placement.writers.gpkg import as_bytes, write

pyogrio = pytest.importorskip("pyogrio")
shapely = pytest.importorskip("shapely")


def read(path, layer):
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer)
    return meta["crs"], shapely.from_wkb(wkb), dict(zip(meta["fields"], columns, strict=True))


def test_layers_come_back(tmp_path):
    """Devices and demand as points, the assignment as lines between them, with their columns."""
    result = city_result()
    (path,) = write(result, Figures(result), tmp_path)
    assert [name for name, _ in pyogrio.list_layers(path)] == ["devices", "demand", "assignment"]
    crs, points, devices = read(path, "devices")
    assert "tmerc" in crs or "Transverse_Mercator" in crs
    assert np.allclose(shapely.get_coordinates(points), result.plan.device_xy)
    assert devices["id"].tolist() == list(result.plan.device_ids)
    assert devices["demand_points"].tolist() == [device.demand_points for device in result.score.devices]
    _, points, demand = read(path, "demand")
    assert np.allclose(shapely.get_coordinates(points), result.problem.demand.xy)
    assert np.array_equal(demand["weight"], result.problem.demand.weight)
    _, lines, assignment = read(path, "assignment")
    assert np.allclose(shapely.length(lines), assignment["distance_m"], atol=1e-5)
    assert assignment["demand"].tolist() == list(result.problem.demand.ids)


def test_plain_coordinates_have_a_local_system(tmp_path):
    """No program may take a floor plan for a place on the globe."""
    (path,) = write(tiny_result(), Figures(tiny_result()), tmp_path)
    assert "Local coordinates" in read(path, "devices")[0]


def test_idle_device_has_null_distances(tmp_path):
    """Unknown is NULL, read back as NaN, not zero."""
    result = make_result(demand_at(np.array([[0.0, 0]])), np.array([[0.0, 0], [9, 9]]))
    (path,) = write(result, Figures(result), tmp_path)
    assert np.isnan(read(path, "devices")[2]["max_m"]).tolist() == [False, True]


def test_the_users_gdal_settings_are_restored():
    """A date that the user had fixed is in force again afterwards, and does not enter the file."""
    expected = as_bytes(tiny_result())
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2020-02-02T00:00:00.000Z"})
    try:
        assert as_bytes(tiny_result()) == expected
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == "2020-02-02T00:00:00.000Z"
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def test_missing_library_names_the_extra(monkeypatch):
    """Without the geographic libraries the error says what to install."""
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(MissingExtraError, match=r"placement\[geo\]"):
        as_bytes(tiny_result())
