"""The planner page as a file: one, closed to the world, the same bytes each time, and safe whatever the names are."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import box

from helpers import city_result, city_sites, desks_result, floor_result, make_result, tiny_result, with_forbidden
from placement.core import Frame, Result
from placement.core.constraints import Constraints, Pair
from placement.core.outlook import OtherBudget, Outlook
from placement.view.figures import Figures
from placement.writers import write_all
from placement.writers.planner_html import planner_document, planner_page
from placement.writers.planner_html.charts import chart, evaluate
from placement.writers.planner_html.finding import NoPageError, find_page
from placement.writers.planner_html.outlines import free_rings
from placement.writers.planner_html.page import MODULES, script_text, web_file
from placement.writers.planner_html.scenario_parts import scenario_parts


def between(page: str, start: str, end: str) -> str:
    """Return what stands between the first `start` and the next `end`."""
    return page.split(start, 1)[1].split(end, 1)[0]


def data_of(page: str) -> dict[str, Any]:
    """Return the document in a page."""
    return json.loads(between(page, 'id="plan-data">', "</script>"))


def numbers(text: str) -> np.ndarray:
    """Return float64 numbers from base64."""
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


def test_the_policy_names_the_hashes_of_what_stands_there() -> None:
    """Only this script and this style may run; nothing may be loaded; no ``unsafe-`` anything."""
    page = planner_page(tiny_result())
    policy = between(page, 'Content-Security-Policy" content="', '">')
    for kind, start, end in (("style", "<style>", "</style>"), ("script", '<script type="module">', "</script>")):
        digest = base64.b64encode(hashlib.sha256(between(page, start, end).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "connect-src" not in policy


def test_nothing_stands_in_the_page_that_the_policy_would_stop() -> None:
    """No handler and no style in the markup, no second script, no address of another place."""
    page = planner_page(floor_result())
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:", markup)
    assert page.count("<script") == 2
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", markup)
    assert not re.search(r"\b(eval|Function|fetch|XMLHttpRequest|WebSocket|importScripts|sendBeacon|innerHTML)\b", script_text())


def test_same_result_same_bytes(tmp_path: Path) -> None:
    """Two pages of one result do not differ in a byte."""
    one, two = (write_all(floor_result(), tmp_path / name, ["planner"])[-1] for name in "ab")
    assert one.name == "planner.html"
    assert one.read_bytes() == two.read_bytes()


def test_no_name_ends_the_data_or_becomes_markup() -> None:
    """Whatever a name holds, it comes out of the data as it went in, and the page has as many elements as before."""
    names = ("</script><script>alert(1)</script>", "<!--", "\u2028\u2029", "%DATA%%SCRIPT%", '"\\')
    result = tiny_result(name="</title><b> & %STYLE%")
    strange = replace(result, problem=replace(result.problem, demand=replace(result.problem.demand, ids=names)))
    page = planner_page(strange)
    assert data_of(page)["demand"]["ids"] == list(names)
    assert page.count("</script>") == 2
    assert "<b> &" not in page
    assert "&lt;/title&gt;&lt;b&gt; &amp; %STYLE%" in page


def test_the_modules_share_one_room_without_quarrel() -> None:
    """No two modules give one name; each is typed at the start of a line, and all that is imported is exported before."""
    given: dict[str, str] = {}
    for name in MODULES:
        text = web_file(f"{name}.js")
        for names, source in re.findall(r'^import \{ ([^}]*) \} from "\./(\w+)\.js";$', text, re.MULTILINE):
            assert all(given[one.strip()] == source for one in names.split(",")), name
        for one in re.findall(r"^(?:export )?(?:const|function|class|let) (\w+)", text, re.MULTILINE):
            assert given.setdefault(one, name) == name, f"{one} stands in {given[one]} and {name}"
    assert not re.search(r"^\s*(import|export)\b", script_text(), re.MULTILINE)
    assert "</script" not in script_text().lower()


def test_numbers_go_in_with_all_their_digits() -> None:
    """Coordinates and weights come out of the page as the very floats of the result, in planning metres."""
    result = city_result()
    data, demand = data_of(planner_page(result)), result.problem.demand
    assert numbers(data["demand"]["x"]).tolist() == demand.xy[:, 0].tolist()
    assert numbers(data["demand"]["y"]).tolist() == demand.xy[:, 1].tolist()
    assert numbers(data["demand"]["weight"]).tolist() == demand.weight.tolist()
    assert [[one["x"], one["y"]] for one in data["budgets"][0]["devices"]] == result.plan.device_xy.tolist()


def test_equal_weights_are_left_out() -> None:
    """Where everybody counts as one the page says so in one word."""
    assert data_of(planner_page(tiny_result()))["demand"]["weight"] is None


@pytest.mark.parametrize(
    "zone", [shapely.Polygon(), box(40, 10, 50, 20), shapely.Point(47, 15).buffer(4, 64)], ids=lambda one: one.area
)
def test_the_free_space_of_the_page_lies_in_ours(zone: Any) -> None:
    """A device on the very edge of the page's free space may stand there."""
    domain = with_forbidden(floor_result(), zone).problem.domain
    rings = free_rings(domain)
    assert rings
    corners = np.vstack([np.array(ring).reshape(-1, 2) for ring in rings])
    assert domain.contains(corners).all()
    area = shapely.Polygon()
    for ring in rings:
        area = area.symmetric_difference(shapely.Polygon(np.array(ring).reshape(-1, 2)))
    assert area.area == pytest.approx(domain.free.area, rel=0.02)
    assert shapely.difference(area, domain.free.buffer(1e-6)).area == pytest.approx(0, abs=1e-9)


def test_the_way_back_to_longitude_and_latitude_is_that_of_the_projection() -> None:
    """The polynomial gives places to a micrometre, over a city and its surroundings."""
    result = city_result()
    frame, fitted = result.problem.frame, planner_document(result)["charts"]["lonlat"]
    low, high = np.array(fitted["box"][:2]), np.array(fitted["box"][2:])
    xy = np.random.default_rng(1).uniform(low, high, (500, 2))
    assert np.abs(evaluate(fitted, xy) - frame.to_lonlat(xy)).max() < 1e-11


def test_a_projected_system_has_a_way_back_of_its_own() -> None:
    """Where the scenario is not in longitude and latitude, the page has both ways."""
    frame = Frame("m", "EPSG:32610", "EPSG:32610")
    xy = np.array([[550000.0, 4180000.0], [552000.0, 4181000.0]])
    demand = replace(tiny_result().problem.demand, ids=("a", "b"), xy=xy, weight=np.ones(2))
    charts = planner_document(make_result(demand, xy[:1] + 10, frame=frame))["charts"]
    assert evaluate(charts["user"], xy) == pytest.approx(xy, abs=1e-6)
    assert evaluate(charts["lonlat"], xy)[0] == pytest.approx([-122.43, 37.77], abs=0.01)


def test_a_chart_takes_the_degree_that_it_needs() -> None:
    """A straight map needs the least, a bent one more."""
    area = (0.0, 0.0, 1.0, 1.0)
    assert chart(area, lambda xy: 2 * xy)["degree"] < chart(area, lambda xy: np.sin(9 * xy))["degree"]


def test_the_scenario_is_cut_at_its_devices() -> None:
    """What was cut is the scenario again when it is put together."""
    devices = "  budget: 5\n  radius: [8, 12]\n  fixed: []\n  forbidden:\n  - - [1, 2]\n    - [3, 4]\n"
    text = f"a: 1\ndevices:\n{devices}objective:\n  kind: k_means\n"
    parts = scenario_parts(text)
    assert [key for key, _ in parts["devices"]] == ["budget", "radius", "fixed", "forbidden"]
    assert parts["before"] + "devices:\n" + "".join(entry for _, entry in parts["devices"]) + parts["after"] == text


def test_plans_of_other_budgets_are_told_when_their_devices_are_known() -> None:
    """In rising order, this plan among them; numbers without places are left out."""
    others = (OtherBudget(1, 9.0, 8.0, 1, 1, None, None, ((0.0, 0.0),), ("D1",)), OtherBudget(3, 1.0, None, 1, 1, None, None))
    result = replace(tiny_result(), outlook=Outlook(others, (), None))
    found = [(one["nNew"], one["isPlan"], one["bound"]) for one in planner_document(result)["budgets"]]
    assert found == [(1, False, 8.0), (2, True, None)]


class Walking:
    """Distances along walls."""

    kind, meaning, is_straight = "walking", "on foot", False


def changed(result: Result, **changes: Any) -> Result:
    """Return `result` with another problem."""
    return replace(result, problem=replace(result.problem, **changes))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"distance": Walking()}, "on foot"),
        ({"constraints": Constraints(capacity_max=3)}, "capacity"),
        ({"constraints": Constraints(required_pairs=(Pair(0, "D1"),))}, "who is served from where"),
    ],
)
def test_what_the_page_cannot_follow_it_only_shows(changes: dict[str, Any], why: str) -> None:
    """It says why, and carries the distances of the run."""
    other = OtherBudget(1, 9.0, None, 1, 1, None, None, ((0.0, 0.0),), ("D1",))
    data = planner_document(replace(changed(tiny_result(), **changes), outlook=Outlook((other,), (), None)))
    assert [one["isPlan"] for one in data["budgets"]] == [True]
    assert not data["editable"]
    assert why in data["reason"]
    assert numbers(data["budgets"][0]["service"]["distance"]).tolist() == [1, 0, 1, 3, 1]
    assert planner_document(tiny_result())["editable"]


def test_candidate_sites_go_in() -> None:
    """With the names and places of all sites, taken or not."""
    sites = city_sites(city_result().problem.frame)
    demand, frame = city_result().problem.demand, city_result().problem.frame
    result = make_result(demand, sites.xy[:3], candidates=sites, device_ids=sites.ids[:3], frame=frame)
    assert planner_document(result)["candidates"]["ids"] == list(sites.ids)


def test_a_large_page_stays_small() -> None:
    """Fifty thousand points take less than 3 MB."""
    assert len(planner_page(desks_result(n=50_000, p=4))) < 3_000_000


def test_a_page_is_found_by_what_a_user_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a scenario, the page itself, or nothing for the newest; otherwise the error says how to make one."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoPageError, match="--only planner"):
        find_page()
    folder = Path("reports") / "tiny"
    with pytest.raises(NoPageError, match=r"place tiny\.yaml --only planner"):
        find_page(Path("tiny.yaml"))
    write_all(tiny_result(), folder, ["planner"])
    page = folder / "planner.html"
    assert {find_page(name) for name in (None, folder, page, Path("scenarios/tiny.yaml"))} == {page}
    with pytest.raises(NoPageError, match="name a result folder"):
        find_page(tmp_path)


def test_figures_are_not_needed(tmp_path: Path) -> None:
    """A page costs no map: matplotlib is not asked."""
    from placement.writers import planner_html

    figures = Figures(tiny_result())
    planner_html.write(tiny_result(), figures, tmp_path)
    assert "map_svg" not in vars(figures)
