"""Distances from files: whatever the form of the table, the same pairs have the same distance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement.errors import ScenarioError
from placement.pipeline import score, score_beside
from placement.scenario import Scenario, load_scenario
from placement.scenario.build import build

Load = Callable[..., Scenario]


def scenario(distance: str, demand: tuple[str, ...] = ("a", "b"), sites: tuple[str, ...] = ("S", "T"), units: str = "m") -> str:
    """Return a scenario with these names and this distance."""
    points = ", ".join(f"{{id: {name}, x: {i}, y: 0}}" for i, name in enumerate(demand))
    places = ", ".join(f"{{id: {name}, x: {i}, y: 1}}" for i, name in enumerate(sites))
    return (
        f"schema: 1\nname: A\nunits: {units}\ndemand: [{points}]\n"
        f"devices: {{budget: 1, candidates: [{places}]}}\ndistance: {distance}\n"
    )


def matrix(built: Scenario) -> list[list[float]]:
    """Return the distances of a scenario between its demand and its candidates."""
    problem = build(built).problem
    return problem.distance.matrix(problem.demand, problem.candidates).tolist()


WIDE = "point,T,S\nb,4,3\na,2,1\n"
LONG = "site,distance,demand\nT,4,b\nS,3,b\nS,1,a\nT,2,a\n"


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_wide_and_long(load: Load, text: str) -> None:
    """Rows and columns are found by name, in any order."""
    assert matrix(load(scenario("{kind: table, file: t.csv}"), t_csv=text)) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(("unit", "units", "metres"), [("", "m", 1), ("", "km", 1000), (", unit: ft", "km", 0.3048)])
def test_unit(load: Load, unit: str, units: str, metres: float) -> None:
    """Distances are in the scenario's unit unless the table says its own."""
    found = matrix(load(scenario(f"{{kind: table, file: t.csv{unit}}}", units=units), t_csv=WIDE))
    np.testing.assert_allclose(found, np.array([[1, 2], [3, 4]]) * metres)


@pytest.mark.parametrize(
    "text",
    [
        "p,S,T\na,1,\nb,inf,4\n",
        "p,S,T\na,1,Inf\nb,,4\n",
        "demand,site,distance\na,S,1\nb,T,4\n",
        "demand,site,distance\na,S,1\na,T,\nb,T,4\nb,S,inf\n",
    ],
)
def test_no_way(load: Load, text: str) -> None:
    """An empty cell, inf or a missing pair has no way."""
    assert matrix(load(scenario("{kind: table, file: t.csv}"), t_csv=text)) == [[1, np.inf], [np.inf, 4]]


def test_directed(load: Load) -> None:
    """Places that are both demand and sites may be nearer one way than the other."""
    text = scenario("{kind: table, file: t.csv}", ("u", "v"), ("u", "v"))
    assert matrix(load(text, t_csv="p,u,v\nu,0,5\nv,2,0\n")) == [[0, 5], [2, 0]]


def test_columns_of_other_names(load: Load) -> None:
    """A table of pairs may have any header; the rest of its columns may hold anything."""
    text = "name,note,metres,tract\nS,near,1,a\nT,far,2,a\nS,,3,b\nT,?,4,b\n"
    found = load(scenario("{kind: table, file: t.csv, demand: tract, site: name, distance: metres}"), t_csv=text)
    assert matrix(found) == [[1, 2], [3, 4]]


def test_columns_of_nobody_are_left_alone(load: Load) -> None:
    """A wide table may have a column of words, and sites and rows that the scenario does not name."""
    text = "p,town,S,T,U\na,Here,1,2,9\nb,There,3,4,9\nz,Nowhere,7,7,9\n"
    assert matrix(load(scenario("{kind: table, file: t.csv}"), t_csv=text)) == [[1, 2], [3, 4]]


NAMES = st.lists(st.text("abcxyz01", min_size=1, max_size=3), min_size=1, max_size=4, unique=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES, st.data())
def test_every_matrix_is_read_back(load: Load, rows: list[str], columns: list[str], data: st.DataObject) -> None:
    """Any matrix of any names, written wide or long, is read back to the last bit, also where there is no way."""
    numbers = st.floats(0, 1e6, allow_nan=False) | st.just(np.inf)
    values = [[data.draw(numbers) for _ in columns] for _ in rows]
    demand, sites = tuple(f"d{name}" for name in rows), tuple(f"s{name}" for name in columns)
    lines = zip(demand, values, strict=True)
    wide = "\n".join([",".join(("p", *sites)), *(",".join((name, *map(str, line))) for name, line in lines)])
    pairs = [(d, s, v) for d, line in zip(demand, values, strict=True) for s, v in zip(sites, line, strict=True)]
    long = "\n".join(["demand,site,distance", *(f"{d},{s},{v!r}" for d, s, v in data.draw(st.permutations(pairs)))])
    for text in (wide, long):
        assert matrix(load(scenario("{kind: table, file: t.csv}", demand, sites), t_csv=text)) == values


def test_network(load: Load) -> None:
    """A - 2 - m - 1 - S and m - 5 - T, b - 1 - T; by hand: a to S 3, a to T 7, b to T 1, b to S 1 + 5 + 1."""
    edges = "u,v,w\na,m,2\nm,S,1\nm,T,5\nb,T,1\n"
    text = scenario("{kind: network, edges: e.csv, from: u, to: v, length: w, unit: km}")
    assert matrix(load(text, e_csv=edges)) == [[3000, 7000], [7000, 1000]]


def test_graph_of_the_library(load: Load) -> None:
    """A repeated edge counts as its last line says, though it is longer: 1 to 2 is 9, so the way over 3 is taken."""
    graph = "4 5 2\n1 2 1\n1 3 2\n2 3 3\n2 1 9\n3 4 4\n"
    text = scenario("{kind: network, edges: g.txt}", ("1", "4"), ("2", "3"))
    built = load(text, g_txt=graph)
    assert matrix(built) == [[5, 2], [7, 4]]
    assert any("1 edges stand twice" in note for note in build(built).source.data_notes)


def test_scored_devices_must_be_in_the_table(load: Load, tmp_path: Path) -> None:
    """Devices of a file are looked up by name too; the text names one that the table does not know."""
    built = load(scenario("{kind: table, file: t.csv}"), t_csv="p,S,T,U\na,1,2,5\nb,3,4,6\n")
    (tmp_path / "mine.csv").write_text("id,x,y\nU,0,0\n", encoding="utf-8")
    assert score(built, tmp_path / "mine.csv").score.max_m == 6
    (tmp_path / "mine.csv").write_text("id,x,y\nU,0,0\nV,0,0\n", encoding="utf-8")
    with pytest.raises(KeyError, match="no column for V"):
        score(built, tmp_path / "mine.csv")


def test_an_earlier_plan_of_other_devices_is_left_out(load: Load, tmp_path: Path) -> None:
    """A plan made before the table was there has devices that it does not know; the standing ones are scored all the same."""
    built = load(scenario("{kind: table, file: t.csv}"), t_csv=WIDE)
    (tmp_path / "mine.csv").write_text("id,x,y\nS,0,0\n", encoding="utf-8")
    plan = tmp_path / "result.json"
    for name, is_known in (("T", True), ("D1", False)):
        plan.write_text(f'{{"scenario": {{"sha256": ""}}, "devices": [{{"id": "{name}", "x": 0, "y": 0}}]}}', encoding="utf-8")
        standing, planned = score_beside(built, tmp_path / "mine.csv", plan)
        assert standing.score.max_m == 3
        assert (planned is not None) is is_known


def test_reports_name_the_file(load: Load) -> None:
    """What a distance means is said with the file that says it."""
    table = build(load(scenario("{kind: table, file: t.csv}"), t_csv=WIDE)).problem
    assert table.distance.meaning == "the distance in t.csv"
    edges = build(load(scenario("{kind: network, edges: e.csv}"), e_csv="from,to,length\na,b,1\nb,S,1\nS,T,1\n")).problem
    assert edges.distance.meaning == "the shortest path along the network in e.csv"


def test_places_that_the_table_does_not_know_are_counted(load: Load) -> None:
    """A table of other names is not answered with a thousand faults."""
    text = scenario("{kind: table, file: t.csv}", tuple(f"n{i}" for i in range(30)))
    with pytest.raises(ScenarioError) as caught:
        build(load(text, t_csv="p,S,T\nq,1,2\n"))
    assert len(caught.value.faults) == 11
    assert "20 more places" in caught.value.faults[-1].problem


@pytest.mark.parametrize(
    "table",
    ["p,S1,S2\na,1,5\nb,2,1\n", "demand,site,distance\na,S1,1\na,S2,5\nb,S1,2\nb,S2,1\n"],
    ids=["matrix", "pairs"],
)
def test_the_resolved_form_reads_the_same_table(tmp_path: Path, table: str) -> None:
    """A matrix stays one, though every default is written out; so does a table of pairs under the usual names."""
    (tmp_path / "far.csv").write_text(table, encoding="utf-8")
    path = tmp_path / "s.yaml"
    path.write_text(
        "schema: 1\nname: s\ndemand: [{id: a, x: 0, y: 0}, {id: b, x: 5, y: 0}]\ndistance: {kind: table, file: far.csv}\n"
        "devices: {budget: 1, candidates: [{id: S1, x: 0, y: 0}, {id: S2, x: 1, y: 0}]}\n",
        encoding="utf-8",
    )
    (tmp_path / "again.yaml").write_text(load_scenario(path).resolved_yaml(), encoding="utf-8")
    one, two = (build(load_scenario(file)) for file in (path, tmp_path / "again.yaml"))
    np.testing.assert_array_equal(
        *(each.problem.distance.matrix(each.problem.demand, each.problem.candidates) for each in (one, two))
    )
    assert one.source.sha256 == two.source.sha256
