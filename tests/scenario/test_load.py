"""Loading: values, defaults, overrides, files that are no scenario, and what stays out of memory."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from placement.errors import ScenarioError
from placement.scenario import Scenario, load_any, load_scenario, yaml_tree

Load = Callable[..., Scenario]

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted(ROOT.glob("scenarios/*.yaml"))
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.yaml"))
SMALL = "schema: 1\nname: Two desks\ndemand: [{x: 1, y: 2}, {x: 3, y: 4, weight: 2}]\ndevices: {budget: 1}\n"


def text_of(path: Path, *overrides: str) -> str:
    """Return the text of the error that a scenario is refused with."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, overrides)
    return str(caught.value)


def test_defaults(load: Load) -> None:
    """What is left out has the default that the documentation names."""
    spec = load().spec
    assert (spec.schema_version, spec.task, spec.units, spec.crs, spec.plan) == (1, "place", "m", None, None)
    assert (spec.objective.kind, spec.distance.kind) == ("k_means", "euclidean")
    assert (spec.solver.n_init, spec.solver.seed, spec.solver.time_limit, spec.solver.max_iter) == (50, 0, None, 300)
    assert spec.report == ("pdf", "map")
    assert (spec.devices.fixed, spec.devices.candidates, spec.devices.forbidden, spec.devices.radius) == ((), None, (), None)
    assert [point.weight for point in spec.demand] == [1.0, 2.0]


@pytest.mark.parametrize(
    ("option", "read", "value"),
    [
        ("solver.seed=9", lambda spec: spec.solver.seed, 9),
        ("name=Other", lambda spec: spec.name, "Other"),
        ("name=007", lambda spec: spec.name, "007"),
        ("name=a=b", lambda spec: spec.name, "a=b"),
        ("units=ft", lambda spec: spec.units, "ft"),
        ("devices.budget=2", lambda spec: spec.devices.n_new, 2),
        ("devices.radius=[8, 12 ft]", lambda spec: spec.radii_m, pytest.approx((8.0, 3.6576))),
        ("demand[1].x=5", lambda spec: spec.demand[1].x, 5.0),
        ("demand[0]={x: 7, y: 8}", lambda spec: spec.demand[0].x, 7.0),
        ("objective.kind=k_means", lambda spec: spec.objective.kind, "k_means"),
        ("report=[map]", lambda spec: spec.report, ("map",)),
        ("solver.time_limit=", lambda spec: spec.solver.time_limit, None),
    ],
)
def test_override(load: Load, option: str, read: Callable[[object], object], value: object) -> None:
    """An option changes one value, at any depth, whether its section is in the file or not."""
    assert read(load(SMALL, option).spec) == value


def test_override_under_a_short_form(load: Load) -> None:
    """An option may reach below a key that the file writes as one word, or leaves empty."""
    spec = load(SMALL + "objective: p_mean\nsolver:\n", "objective.kind=k_means", "solver.seed=3").spec
    assert (spec.objective.kind, spec.solver.seed) == ("k_means", 3)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("seed", "this is not key.path=value"),
        ("=3", "this is not key.path=value"),
        ("a..b=3", "this is not key.path=value"),
        ("demand[x].x=3", "this is not key.path=value"),
        ("solver.sead=3", "--set: solver.sead: unknown key"),
        ("solver.seed=x", "--set: solver.seed: a whole number is expected, this is text"),
        ("demand[7].x=3", "there is no entry [7]; the list has 2, counted from 0"),
        ("demand.file=x.csv", "a list stands here, which has no key 'file'"),
        ("devices=[1", "the list that starts here is not closed"),
    ],
)
def test_bad_override_names_the_option(tmp_path: Path, option: str, words: str) -> None:
    """A fault that an option brought is shown at --set, not at a line of the file."""
    path = tmp_path / "scenario.yaml"
    path.write_text(SMALL, encoding="utf-8")
    text = text_of(path, option)
    assert words in text
    assert text.startswith("--set")


def test_faults_of_file_and_options_come_together(tmp_path: Path) -> None:
    """The faults of the file come in file order, those of the options after them."""
    path = tmp_path / "scenario.yaml"
    path.write_text(SMALL + "colour: red\nsolver: {seed: x}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, ["units=yard", "devices.budget=0"])
    assert [fault.key for fault in caught.value.faults] == ["colour", "solver.seed", "units", "devices.budget"]
    assert [fault.line for fault in caught.value.faults] == [5, 6, None, None]


def test_missing_file_suggests_a_name(tmp_path: Path) -> None:
    """A misspelt file name is answered with the nearest scenario of that folder."""
    (tmp_path / "office.yaml").write_text(SMALL, encoding="utf-8")
    assert "did you mean" in text_of(tmp_path / "ofice.yaml")
    assert "office.yaml?" in text_of(tmp_path / "ofice.yaml")


def test_missing_folder(tmp_path: Path) -> None:
    """A file in a folder that does not exist is simply not there."""
    assert "there is no such file" in text_of(tmp_path / "no" / "office.yaml")


def test_folder_is_no_scenario(tmp_path: Path) -> None:
    """A folder is refused, with the scenarios in it."""
    (tmp_path / "office.yaml").write_text(SMALL, encoding="utf-8")
    text = text_of(tmp_path)
    assert "this is a folder" in text
    assert "office.yaml" in text


def test_too_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is not parsed at all."""
    monkeypatch.setattr("placement.scenario.load.LARGEST_FILE", 10)
    path = tmp_path / "scenario.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert "the file is larger than" in text_of(path)


def test_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    """A byte order mark, as some editors write it, does not become part of the first key."""
    path = tmp_path / "scenario.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_scenario(path).spec.name == "Two desks"


def test_anchors_and_aliases_are_understood(load: Load) -> None:
    """An alias stands for the value of its anchor."""
    text = "schema: 1\nname: A\ndemand: [&a {x: 1, y: 2}, {x: 3, y: 4}]\ndevices: {budget: 1, fixed: [*a]}\n"
    assert load(text).spec.devices.fixed[0].x == 1.0


def test_names_stay_as_written(load: Load) -> None:
    """Names that look like numbers keep every digit."""
    text = SMALL.replace("Two desks", "2026").replace(
        "{x: 1, y: 2}", "{id: 007, x: 1, y: 2}, {id: 1e3, x: 1, y: 3}, {id: NO, x: 1, y: 4}"
    )
    spec = load(text).spec
    assert spec.name == "2026"
    assert [point.id for point in spec.demand] == ["007", "1e3", "NO", None]


def test_too_many_inline_points(load: Load) -> None:
    """Beyond the limit the user is sent to a file, in one fault, however many points there are."""
    rows = "".join(f"  - {{x: {index}, y: oops}}\n" for index in range(5001))
    with pytest.raises(ScenarioError, match="5,001 points are too many to list here") as caught:
        load(f"schema: 1\nname: A\ndemand:\n{rows}devices: {{budget: 1}}\n")
    assert len(caught.value.faults) == 1
    assert "{file: points.csv}" in str(caught.value)


def test_five_thousand_points_are_fine(load: Load) -> None:
    """The limit itself is allowed."""
    rows = "".join(f"  - {{x: {index}, y: 0}}\n" for index in range(5000))
    assert len(load(f"schema: 1\nname: A\ndemand:\n{rows}devices: {{budget: 1}}\n").spec.demand) == 5000


def test_data_files_in_schema_order(load: Load) -> None:
    """Every file that the scenario names is listed once, relative to its folder."""
    devices = "{budget: 1, fixed: {file: b.csv}, candidates: {file: a.csv}, forbidden: {file: c.geojson}}"
    scenario = load(f"schema: 1\nname: A\ndemand: {{file: a.csv}}\ndevices: {devices}\n")
    assert [path.name for path in scenario.data_files()] == ["a.csv", "b.csv", "c.geojson"]
    assert scenario.resolve("a.csv") == scenario.path.parent / "a.csv"


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_resolved_yaml_round_trip(path: Path, tmp_path: Path) -> None:
    """The resolved scenario loads to the same values, and resolving it again changes nothing."""
    scenario = load_any(path)
    again_path = tmp_path / path.name
    again_path.write_text(scenario.resolved_yaml(), encoding="utf-8")
    again = load_any(again_path)
    assert again.spec == scenario.spec
    assert again.resolved_yaml() == scenario.resolved_yaml()


@pytest.mark.parametrize(
    "name",
    [
        "NO",
        "1e3",
        "0o17",
        "12:30",
        "~",
        "a: b",
        "# c",
        "ü",
        'say "hi"',
        "it's",
        "- x",
        "2026-11-21",
        "true",
        " x ",
        "<<",
        "\U0001f4e1",
        "a\\b",
    ],
)
def test_resolved_yaml_keeps_any_name(load: Load, tmp_path: Path, name: str) -> None:
    """A text that YAML would read as something else comes back as the same text."""
    quoted = name.replace("'", "''")
    scenario = load(f"schema: 1\nname: '{quoted}'\ndemand: {{file: '{quoted}', x: '{quoted}'}}\ndevices: {{budget: 1}}\n")
    (tmp_path / "again.yaml").write_text(scenario.resolved_yaml(), encoding="utf-8")
    again = load_scenario(tmp_path / "again.yaml").spec
    assert (again.name, again.demand.file, again.demand.x) == (name, name, name)


def test_order_of_keys_does_not_change_the_resolved_yaml(load: Load) -> None:
    """Two ways to write one scenario resolve to the same bytes."""
    other = "devices: {budget: 1}\ndemand: [{y: 2, x: 1.0}, {weight: 2, x: 3, y: 4}]\nname: Two desks\nschema: 1\nunits: m\n"
    assert load(other).resolved_yaml() == load().resolved_yaml()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_pure_python_parser_says_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the C library the faults are the same; a column may differ by one."""

    def texts() -> list[str]:
        try:
            load_scenario(path.name)
        except ScenarioError as error:
            return [re.sub(r":\d+(?=: )", "", str(fault), count=1) for fault in error.faults]
        return []

    monkeypatch.chdir(path.parent)
    fast = texts()
    monkeypatch.setattr(yaml_tree, "_Loader", yaml.SafeLoader)
    assert texts() == fast


def test_desks_are_checked_without_heavy_libraries() -> None:
    """Checking plain desks imports none of the libraries that cost seconds."""
    code = (
        "import sys\n"
        "from placement.scenario import load_scenario\n"
        "from placement.scenario.points import read_points\n"
        "from placement.scenario.zones import read_rings\n"
        "scenario = load_scenario('scenarios/desks.yaml')\n"
        "assert len(read_points(scenario, ('demand',)).ids) == 100\n"
        "read_rings(scenario, ('devices', 'forbidden'))\n"
        "heavy = {'scipy', 'matplotlib', 'pandas', 'geopandas', 'shapely', 'pyproj', 'ezdxf', 'openpyxl', 'pyogrio', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
