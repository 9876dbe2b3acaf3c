"""result.json: the contract that scripts rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from helpers import city_result, demand_at, floor_result, make_result, tiny_result
from placement.core.constraints import Constraints, Quota
from placement.view.figures import Figures
from placement.writers.result_json import as_document, result_text, write

GOLDEN = Path(__file__).parents[1] / "data" / "writers" / "tiny_result.json"


def test_tiny_result_is_the_golden_file(tmp_path):
    """Keys, their order, units, rounding: as checked by hand in the golden file."""
    result = tiny_result(radii_m=(2.0,), warnings=("a seat stands outside",))
    (path,) = write(result, Figures(result), tmp_path)
    assert path.name == "result.json"
    assert path.read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_golden_file_holds_every_key_of_the_contract():
    """The golden file itself is held to the contract, in its order; more keys may come between."""
    document = json.loads(GOLDEN.read_text(encoding="utf-8"))
    promised = ["schema", "version", "scenario", "seed", "status", "units", "crs", "objective", "devices", "score", "warnings"]
    assert [key for key in document if key in promised] == promised
    assert list(document["scenario"]) == ["name", "file", "sha256"]
    known = ["kind", "value", "unit", "bound", "gap", "scope", "certificate", "sense", "radius_m", "share", "backup"]
    assert list(document["objective"]) == known
    device = ["id", "x", "y", "lon", "lat", "level", "status", "demand_points", "demand_weight", "mean_m", "max_m"]
    assert [key for key in document["devices"][0] if key in device] == device
    assert {"max_m", "mean_m", "median_m", "p95_m", "wcss_m2", "coverage", "worst"} <= set(document["score"])
    assert {"radius_m", "share", "weight"} <= set(document["score"]["coverage"][0])


def test_bound_and_gap():
    """A proven bound gives its gap; an infinite one is not a number that JSON knows."""
    result = tiny_result()
    proven = as_document(replace(result, plan=replace(result.plan, bound=9.0)))["objective"]
    assert (proven["bound"], proven["gap"]) == (9.0, 0.25)
    odd = as_document(replace(result, plan=replace(result.plan, value=0.0, bound=1.0)))["objective"]
    assert odd["gap"] is None


def test_idle_device_has_null_distances():
    """A device that serves nobody has no mean, rather than NaN."""
    result = make_result(demand_at(np.array([[0.0, 0]])), np.array([[0.0, 0], [9, 9]]))
    idle = as_document(result)["devices"][1]
    assert (idle["demand_points"], idle["mean_m"], idle["max_m"]) == (0, None, None)
    assert "NaN" not in result_text(result)


def test_coordinates_are_in_the_users_unit_and_distances_in_metres():
    """3 m are 9.84 ft on the plan, and 3 m in a key that ends in _m."""
    result = tiny_result()
    feet = replace(result, problem=replace(result.problem, frame=replace(result.problem.frame, unit="ft")))
    document = as_document(feet)
    assert document["units"] == "ft"
    assert document["devices"][1]["y"] == round(3 / 0.3048, 6)
    assert document["devices"][1]["max_m"] == 3.0


def test_geographic_result_names_both_systems_and_has_longitudes():
    """Lon and lat have seven decimals; x and y are metres of the planning system."""
    document = as_document(city_result())
    assert document["crs"] == "EPSG:4326"
    assert document["planning_crs"].startswith("+proj=tmerc")
    assert all(-123 < device["lon"] < -122 and 37 < device["lat"] < 38 for device in document["devices"])
    assert all(device["lon"] == round(device["lon"], 7) for device in document["devices"])


def test_names_stay_as_written():
    """UTF-8, no escapes, one newline at the end."""
    text = result_text(tiny_result(name="Büro „Süd“"))
    assert "Büro „Süd“" in text
    assert text.endswith("}\n")


def test_what_an_installer_needs_is_in_the_file():
    """Size of the place, room, measures and cable of each device, in metres whatever the units."""
    document = as_document(floor_result(n_fixed=1))
    assert document["place"] == {"kind": "floor_plan", "width_m": 58.0, "depth_m": 28.0, "rooms": 2, "candidates": None}
    first, second = document["devices"][:2]
    assert (first["cable_m"], second["cable_m"] > 0) == (None, True)
    assert [sorted(mark) for mark in second["measured_from"]] == [["direction", "distance_m", "what"]] * 2
    assert as_document(tiny_result())["place"]["width_m"] is None


def test_rules_are_told_with_null_for_no_limit():
    """What nobody asked for is null or 0, never infinite."""
    assert as_document(tiny_result())["rules"]["cutoff_m"] is None
    limited = replace(tiny_result().problem, constraints=Constraints(cutoff_m=3.5, quotas=(Quota("north", 1, 2),)))
    rules = as_document(replace(tiny_result(), problem=limited))["rules"]
    assert (rules["cutoff_m"], rules["quotas"]) == (3.5, [{"group": "north", "least": 1, "most": 2}])
