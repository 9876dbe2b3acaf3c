"""What `place compare --more` adds: to the comparison, to comparison.json and to the report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from placement import compare, load_scenario
from placement.alternatives import with_alternatives
from placement.cli import cli
from placement.console import MOST_BESIDE, Speech, show_comparison
from placement.writers.comparison import write_comparison
from placement.writers.comparison.beside import beside_sections, beside_values

POINTS = ", ".join(f"{{id: {name}, x: {x}, y: 0}}" for name, x in zip("abcde", (0, 1, 2, 10, 12), strict=True))
SITES = "candidates: [{id: one, x: 1, y: 0}, {id: eleven, x: 11, y: 0}, {id: nearby, x: 11.1, y: 0}]"


def scenario_at(folder: Path, devices: str = "budget: 2, radius: 2"):
    path = folder / "line.yaml"
    text = f"schema: 1\nname: Line\ndemand: [{POINTS}]\ndevices: {{{devices}}}\nsolver: {{n_init: 4, seed: 1, effort: fast}}\n"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path)


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory):
    scenario = scenario_at(tmp_path_factory.mktemp("line"), f"budget: 1, radius: 2, {SITES}, fixed: [{{id: AP, x: 0, y: 0}}]")
    return with_alternatives(compare(scenario, budgets=[1, 2]), scenario)


def test_the_recommended_row_is_looked_at(more) -> None:
    """With AP at 0 and one more at 11 everybody is within 2; free, one and eleven: AP moves 1 m, so it stays."""
    found = more.alternatives
    assert found.row == more.recommended.row == 0
    assert [phase.device for phase in found.rollout.phases] == ["eleven"]
    assert (found.standstill.kept, found.standstill.free) == (pytest.approx(7.0), pytest.approx(4.0))
    assert [move.distance_m for move in found.standstill.diff.stay] == [1.0]
    assert [one.site for one in found.robustness.regrets] == ["eleven"]


def test_the_command_of_the_report_asks_for_it_again(more) -> None:
    """Whoever repeats the command gets the same sections."""
    assert {row.result.source.command for row in more.rows} == {"place compare line.yaml --p 1:2 --more"}


def test_without_a_recommendation_the_own_budget_is_looked_at(tmp_path: Path) -> None:
    """Two budgets without requirement show no knee: the row of the scenario's own budget, else the last."""
    scenario = scenario_at(tmp_path, "budget: 1")
    assert with_alternatives(compare(scenario, budgets=[1, 2]), scenario).alternatives.row == 0
    assert with_alternatives(compare(scenario, budgets=[2, 3]), scenario).alternatives.row == 1
    alone = with_alternatives(compare(scenario, scenario), scenario)
    assert alone.alternatives.row == 0
    assert {row.result.source.command for row in alone.rows} == {"place compare line.yaml line.yaml --more"}


def test_json_has_the_keys_that_there_are(more) -> None:
    """Fixed devices and candidates give all four; nothing asked gives none; each says whose row it is."""
    values = beside_values(more)
    assert list(values) == ["tradeoff", "rollout", "diff", "robustness"]
    assert {part["row"] for part in values.values()} == {"1"}
    assert values["diff"]["devices"][0].keys() == {"id", "x", "y"}
    assert beside_values(replace(more, alternatives=None)) == {}
    bare = replace(more, alternatives=replace(more.alternatives, standstill=None, robustness=None, tradeoff=None))
    assert list(beside_values(bare)) == ["rollout"]
    assert len(beside_sections(bare)) == 1


def test_the_report_says_what_the_data_say(more) -> None:
    """Titles of all sections; 3 of 7 are lost by standing still; the balanced plan is named in the table."""
    sections = {part["title"]: part["blocks"] for part in beside_sections(more)}
    assert len(sections) == 4
    assert "the objective is 7.000 m²; with as many devices placed freely it is 4.000 m²" in str(sections)
    assert "(balanced)" in str(sections)


def test_the_command_writes_all_of_it_twice_the_same(tmp_path: Path) -> None:
    """`--more` fills comparison.json and changes nothing else in it; a second writing gives the same bytes."""
    scenario = scenario_at(tmp_path, f"budget: 2, radius: 2, {SITES}")
    words = ["compare", str(scenario.path), "--p", "1:2", "-q"]
    for folder, extra in (("plain", []), ("more", ["--more"]), ("again", ["--more"])):
        done = CliRunner().invoke(cli, [*words, *extra, "--out", str(tmp_path / folder)])
        assert done.exit_code == 0, done.output
    plain, found = (json.loads((tmp_path / name / "comparison.json").read_text()) for name in ("plain", "more"))
    assert found | plain == found
    assert set(found) - set(plain) == {"tradeoff", "rollout", "robustness"}
    for name in ("comparison.json", "comparison.pdf"):
        assert (tmp_path / "more" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_writing_needs_no_trade_off(more, tmp_path: Path) -> None:
    """Out of time before a plan of the front: the report has no picture of it and is written all the same."""
    bare = replace(more, alternatives=replace(more.alternatives, tradeoff=None))
    assert (tmp_path / "comparison.pdf") in write_comparison(bare, tmp_path)


def test_terminal_shows_what_the_report_shows(more, capsys) -> None:
    """Each section with its title, its tables and their notes; no picture, and nothing without `--more`."""
    speech = Speech(as_json=False, quiet=False, verbose=0)
    show_comparison(speech, more)
    said = capsys.readouterr().out
    for section in beside_sections(more):
        assert f"\n{section['title']}:\n" in said
    assert said.count("For the plan with 2 devices (budget 1).") == 1
    assert max(map(len, said[said.index("For the plan") :].splitlines())) <= 100
    assert re.search(r"step +device +worst +mean .*\n +1 +eleven +2\.00 m", said)
    assert "Each point is a plan" not in said
    show_comparison(speech, replace(more, alternatives=None))
    assert "In which order to buy" not in capsys.readouterr().out


def test_long_tables_are_cut_in_the_terminal(more, capsys) -> None:
    """Twelve rows are enough for a glance; the file has all."""
    rollout = more.alternatives.rollout
    many = replace(more.alternatives, rollout=replace(rollout, phases=rollout.phases * (MOST_BESIDE + 3)))
    show_comparison(Speech(as_json=False, quiet=False, verbose=0), replace(more, alternatives=many))
    assert "3 more rows in comparison.json." in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["set_cover", "max_cover"])
def test_nothing_is_worse_by_less_than_nothing(kind: str, tmp_path: Path) -> None:
    """No negative zero in the tables, none in the data, where more is better too."""
    path = tmp_path / "cover.yaml"
    devices = f"radius: 2, {SITES}" + (", budget: 2" if kind == "max_cover" else "")
    variants = "variants: [{name: v, set: {solver.seed: 3}}]"
    path.write_text(
        f"schema: 1\nname: C\nobjective: {kind}\ndemand: [{POINTS}]\ndevices: {{{devices}}}\n{variants}\n",
        encoding="utf-8",
    )
    scenario = load_scenario(path)
    found = with_alternatives(compare(scenario), scenario)
    assert "-0.0 %" not in str(beside_sections(found))
    assert "-0.0" not in json.dumps(beside_values(found))
