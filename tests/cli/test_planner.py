"""`place open`, and `place score` on a scenario whose devices stand in it."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from placement.cli import cli


@pytest.fixture
def opened(small: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run the small scenario with a planner page, and return the list of addresses that a browser is asked to open."""
    addresses: list[str] = []
    monkeypatch.chdir(small.parent)
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    assert CliRunner().invoke(cli, ["small.yaml", "--only", "planner", "-q"]).exit_code == 0
    return addresses


@pytest.mark.parametrize("named", [[], ["small.yaml"], ["reports/small"], ["reports/small/planner.html"]])
def test_open_opens_the_page_of_a_run(named: list[str], opened: list[str]) -> None:
    """By its scenario, its folder, itself, or as the newest; the address is a file on this machine."""
    done = CliRunner().invoke(cli, ["open", *named])
    assert done.exit_code == 0
    assert opened == [Path("reports/small/planner.html").resolve().as_uri()]


def test_open_says_how_to_make_a_page(opened: list[str]) -> None:
    """Where there is none nothing is opened, and the exit code is that of a usage error."""
    done = CliRunner().invoke(cli, ["open", "other.yaml"])
    assert done.exit_code == 2
    assert "place other.yaml --only planner" in done.stderr
    assert opened == []


def test_score_without_a_file_takes_the_fixed_devices(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget does not count; without fixed devices there is nothing to score."""
    monkeypatch.chdir(small.parent)
    fixed = "devices.fixed=[{id: AP1, x: 1, y: 0}, {id: AP2, x: 11, y: 0}]"
    done = CliRunner().invoke(cli, ["score", "small.yaml", "--json", "--set", fixed])
    assert [one["id"] for one in json.loads(done.stdout)["devices"]] == ["AP1", "AP2"]
    assert json.loads(done.stdout)["score"]["max_m"] == 1
    done = CliRunner().invoke(cli, ["score", "small.yaml"])
    assert done.exit_code == 3
    assert "give the scenario fixed ones" in done.stderr


def test_compare_writes_one_page_when_asked(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the scenario's report list or `--only`; `place open` finds it; a page of an earlier comparison is named."""
    monkeypatch.chdir(small.parent)
    command = ["compare", "small.yaml", "--p", "1:3"]
    assert "planner.html" not in CliRunner().invoke(cli, command).stderr
    page = Path("reports/small-compare/planner.html")
    assert CliRunner().invoke(cli, [*command, "--only", "planner"]).exit_code == 0
    assert page.is_file()
    page.unlink()
    assert "planner.html" in CliRunner().invoke(cli, [*command, "--set", "report=[planner]"]).stderr
    assert page.is_file()
    assert "planner.html in reports/small-compare/ is of an earlier run" in CliRunner().invoke(cli, command).stderr
    wrong = CliRunner().invoke(cli, [*command, "--only", "map"])
    assert wrong.exit_code == 2
    assert "allowed: pdf, planner" in wrong.stderr


def test_variants_have_no_slider(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans of different questions are not put on one page, whatever the report list says."""
    monkeypatch.chdir(small.parent)
    done = CliRunner().invoke(cli, ["compare", "small.yaml", "small.yaml", "--set", "report=[planner]", "--out", "both"])
    assert done.exit_code == 0
    assert not Path("both/planner.html").exists()
