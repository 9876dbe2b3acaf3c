"""Points from lists and files: names, positions, weights, notes, and where each was written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from placement.errors import MissingExtraError, ScenarioError
from placement.scenario import Scenario
from placement.scenario.coordinates import Origin, coordinate_faults
from placement.scenario.points import read_points, read_standing
from placement.scenario.zones import read_rings

Load = Callable[..., Scenario]

GEOJSON = (
    '{"type": "FeatureCollection", "features": ['
    '{"type": "Feature", "properties": {"name": "West", "people": 3}, '
    '"geometry": {"type": "Point", "coordinates": [4.9, 52.3]}}, '
    '{"type": "Feature", "properties": {"name": "East", "people": 1.5}, "geometry": {"type": "Polygon", '
    '"coordinates": [[[5, 52], [5.2, 52], [5.2, 52.2], [5, 52.2], [5, 52]]]}}]}'
)


def scenario_of(demand: str, *, crs: str | None = None, devices: str = "{budget: 1}") -> str:
    """Return a scenario text."""
    return f"schema: 1\nname: A\n{f'crs: {crs}' if crs else ''}\ndemand: {demand}\ndevices: {devices}\n"


def faults_of(scenario: Scenario, *loc: str) -> str:
    """Return the text with which points are refused."""
    with pytest.raises(ScenarioError) as caught:
        read_points(scenario, loc or ("demand",))
    return str(caught.value)


def test_inline(load: Load) -> None:
    """Listed points keep their order; names that are missing are counted, weights are one."""
    points = read_points(load(scenario_of("[{x: 1, y: 2}, {id: b, x: 3, y: 4, weight: 2.5}]")), ("demand",))
    assert points.ids == ("P1", "b")
    assert points.xy.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert points.weight.tolist() == [1.0, 2.5]
    assert (points.crs, points.notes) == (None, ())
    assert points.where(1) == "demand[1]"


def test_csv(load: Load) -> None:
    """A CSV gives names, positions and weights from the columns that the scenario names."""
    scenario = load(
        scenario_of("{file: desks.csv, x: X, y: Y, weight: n, id: desk}"), desks_csv="desk;X;Y;n\n007;1;2;3\n\nb; 1e1 ;-.5;1\n"
    )
    points = read_points(scenario, ("demand",))
    assert points.ids == ("007", "b")
    assert points.xy.tolist() == [[1.0, 2.0], [10.0, -0.5]]
    assert points.weight.tolist() == [3.0, 1.0]
    assert [points.where(0), points.where(1)] == ["desks.csv row 2", "desks.csv row 4"]


def test_default_names_tell_the_lists_apart(load: Load) -> None:
    """Unnamed demand, fixed devices and candidates get letters of their own."""
    scenario = load(
        scenario_of("{file: a.csv}", devices="{budget: 1, fixed: {file: a.csv}, candidates: [{x: 1, y: 1}]}"), a_csv="x,y\n1,2\n"
    )
    assert read_points(scenario, ("demand",)).ids == ("P1",)
    assert read_points(scenario, ("devices", "fixed")).ids == ("F1",)
    assert read_points(scenario, ("devices", "candidates")).ids == ("C1",)


def test_empty_list_of_fixed_devices(load: Load) -> None:
    """No fixed devices are no points, of the right shape."""
    assert read_points(load(), ("devices", "fixed")).xy.shape == (0, 2)


def test_geojson_uses_its_geometry(load: Load) -> None:
    """A file with geometry needs no columns for x and y; areas count at their centroid, and the user is told."""
    points = read_points(
        load(scenario_of("{file: a.geojson, id: name, weight: people}", crs="EPSG:4326"), a_geojson=GEOJSON), ("demand",)
    )
    assert points.ids == ("West", "East")
    np.testing.assert_allclose(points.xy, [[4.9, 52.3], [5.1, 52.1]])
    assert points.notes == ("1 areas or groups of points: their centroids are used",)
    assert points.where(1) == "a.geojson feature 2"


def test_geojson_with_named_columns(load: Load) -> None:
    """Columns that the user names win over the geometry, whose coordinate system then does not matter."""
    text = GEOJSON.replace('"people": 3', '"people": 3, "east": 1, "north": 2').replace(
        '"people": 1.5', '"people": 1, "east": 3, "north": 4'
    )
    points = read_points(load(scenario_of("{file: a.geojson, x: east, y: north}"), a_geojson=text), ("demand",))
    assert points.xy.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_fault_of_a_point(load: Load) -> None:
    """Checks that come later can still name the row of a point, and what was written there."""
    scenario = load(
        scenario_of("{file: a.csv, id: n}", devices="{budget: 1, fixed: [{id: AP, x: 0.5, y: 7}]}"), a_csv="n,x,y\nw,1,2\n"
    )
    fault = read_points(scenario, ("demand",)).fault(0, "lies outside")
    assert (fault.line, fault.key, fault.problem, fault.value) == (2, "row 2", "lies outside", "w at x = 1, y = 2")
    assert fault.file.endswith("a.csv")
    fault = read_points(scenario, ("devices", "fixed")).fault(0, "stands in a wall", fix="move it")
    assert (fault.line, fault.key, fault.value, fault.fix) == (5, "devices.fixed[0]", "AP at x = 0.5, y = 7", "move it")


def test_parent_folder_and_links_are_followed(load: Load, tmp_path: Path) -> None:
    """A ../ path, an absolute one and a link are fine when they lead to a plain file."""
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    for name in (f"../{tmp_path.name}/a.csv", str(tmp_path / "a.csv"), "link.csv"):
        assert read_points(load(scenario_of(f"{{file: {name}}}")), ("demand",)).xy.tolist() == [[1.0, 2.0]]


def test_link_to_nothing(load: Load, tmp_path: Path) -> None:
    """A broken link is named as one."""
    (tmp_path / "link.csv").symlink_to(tmp_path / "gone.csv")
    assert "is a link that leads to no file" in faults_of(load(scenario_of("{file: link.csv}")))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix thing")
def test_pipe_is_no_plain_file(load: Load, tmp_path: Path) -> None:
    """Reading a pipe could wait for ever: it is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is not a plain file" in faults_of(load(scenario_of("{file: pipe.csv}")))


def test_missing_library_names_the_extra(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the geographic libraries a GeoPackage is a fault at its place, with the command that helps."""

    def refuse(_path: Path) -> None:
        raise MissingExtraError("reading .gpkg", "geo")

    monkeypatch.setattr("placement.scenario.data_files.read_table", refuse)
    text = faults_of(load(scenario_of("{file: a.csv}"), a_csv="x,y\n1,2\n"))
    assert "scenario.yaml:4:16: demand.file" in text
    assert "pip install 'placement[geo]'" in text


def test_local_system_round_its_own_site(load: Load) -> None:
    """A projected system without a code may have its origin on the site: small numbers are metres there."""
    crs = "+proj=tmerc +lat_0=52.3 +lon_0=4.9 +datum=WGS84 +units=m"
    assert read_points(load(scenario_of("[{x: 10, y: 20}]", crs=crs)), ("demand",)).crs == crs


def test_projected_file_without_crs(load: Load) -> None:
    """A file in a national grid tells the scenario which crs to name."""
    member = '"crs": {"type": "name", "properties": {"name": "EPSG:28992"}}, "features"'
    text = faults_of(load(scenario_of("{file: a.geojson}"), a_geojson=GEOJSON.replace('"features"', member)))
    assert "a.geojson is in EPSG:28992, and the scenario has no crs" in text
    assert "add crs: EPSG:28992 at the top level" in text


def test_local_engineering_system_is_plain(load: Load) -> None:
    """A file whose system is a local one, as site plans have it, holds plain coordinates."""
    local = 'LOCAL_CS["Site grid",LOCAL_DATUM["Site",32767],UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
    assert coordinate_faults(load(), np.array([[1.0, 2.0]]), Origin(("demand",), "a.gpkg", crs=local)) == []


def test_same_system_under_another_name(load: Load) -> None:
    """EPSG:4326 and CRS84 differ in the order of axes only, which is no mixture: x is always longitude."""
    points = read_points(load(scenario_of("{file: a.geojson}", crs="OGC:CRS84"), a_geojson=GEOJSON), ("demand",))
    assert points.ids == ("P1", "P2")


@pytest.mark.parametrize(
    ("x", "y", "word"),
    [
        (180, 90, None),
        (-180, -90, None),
        (181, 40, "these are not degrees"),
        (40, 91, "swapped"),
        (40, 200, "these are not degrees"),
        (91, 91, "these are not degrees"),
        (-37.8, 144.9, "swapped"),
    ],
)
def test_range_of_degrees(load: Load, x: float, y: float, word: str | None) -> None:
    """Longitude and latitude at the ends of their ranges are fine; beyond them the likelier mistake is named."""
    scenario = load(scenario_of(f"[{{x: {x}, y: {y}}}]", crs="EPSG:4326"))
    if word is None:
        assert read_points(scenario, ("demand",)).xy.tolist() == [[x, y]]
    else:
        assert word in faults_of(scenario)


def test_forbidden_inline_and_file(load: Load) -> None:
    """Forbidden polygons come as corners, from the scenario or a file; a multipolygon gives one each."""
    inline = read_rings(
        load(scenario_of("[{x: 1, y: 1}]", devices="{budget: 1, forbidden: [[[0, 0], [1, 0], [1, 1]]]}")),
        ("devices", "forbidden"),
    )
    assert [ring.tolist() for ring in inline] == [[[0, 0], [1, 0], [1, 1]]]
    multi = '{"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]]]]}'
    scenario = load(
        scenario_of("[{x: 1, y: 1}]", crs="EPSG:4326", devices="{budget: 1, forbidden: {file: z.geojson}}"), z_geojson=multi
    )
    assert [len(ring) for ring in read_rings(scenario, ("devices", "forbidden"))] == [4, 4]
    assert read_rings(load(), ("devices", "forbidden")) == []


def test_standing_devices_in_plain_coordinates(load: Load, tmp_path: Path) -> None:
    """Our own devices.csv can be scored again: extra columns do no harm."""
    (tmp_path / "devices.csv").write_text("ID,x,y,status,lon,lat\nD1,1,2,new,,\nD2,3,4,new,,\n", encoding="utf-8")
    points = read_standing(load(), tmp_path / "devices.csv")
    assert (points.ids, points.xy.tolist(), points.crs) == (("D1", "D2"), [[1.0, 2.0], [3.0, 4.0]], None)


def test_standing_devices_on_the_earth(load: Load, tmp_path: Path) -> None:
    """In a geographic scenario lon and lat count, not the planning metres beside them."""
    (tmp_path / "devices.csv").write_text("id,x,y,lon,lat\nD1,1000,2000,4.9,52.3\n", encoding="utf-8")
    points = read_standing(load(scenario_of("[{x: 4.9, y: 52.3}]", crs="EPSG:4326")), tmp_path / "devices.csv")
    assert (points.xy.tolist(), points.crs) == ([[4.9, 52.3]], "EPSG:4326")
    (tmp_path / "devices.geojson").write_text(GEOJSON, encoding="utf-8")
    points = read_standing(load(scenario_of("[{x: 121000, y: 487000}]", crs="EPSG:28992")), tmp_path / "devices.geojson")
    assert (points.ids, points.crs) == (("F1", "F2"), "EPSG:4326")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\n1,2\n", "columns x and y are expected"),
        ("id,x,y\nD1,1,two\n", "row 2, column y: a number is expected, this is text"),
        ("id,x,y\nD1,1,2\nD1,3,4\n", "row 3, column id: this name stands twice; the first is in row 2"),
        ("id,x,y\n", "there are no rows"),
        ("lon,lat\n4.9,52.3\n", "longitude and latitude"),
    ],
)
def test_bad_standing_devices(load: Load, tmp_path: Path, content: str, words: str) -> None:
    """A wrong file of standing devices is answered in terms of that file."""
    (tmp_path / "devices.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_standing(load(), tmp_path / "devices.csv")
    assert words in str(caught.value)
    assert "devices.csv" in str(caught.value)
    assert "scenario.yaml" not in str(caught.value)


def test_standing_devices_that_are_not_there(load: Load, tmp_path: Path) -> None:
    """A missing file is said to be missing."""
    with pytest.raises(ScenarioError, match="there is no such file"):
        read_standing(load(), tmp_path / "no.csv")
