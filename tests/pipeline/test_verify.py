"""A result on disk can be checked by anybody: files found, changes told, rounding harmless, exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from placement import load_scenario, place, write
from placement.cli import cli
from placement.core import Result
from placement.core.certificate import Certificate
from placement.errors import FileFormatError, ScenarioError
from placement.pipeline import verify
from placement.scenario.build import build
from proofs import best_in_plane, prove_sum_in_plane


@pytest.fixture
def folder(small: Path) -> Path:
    """Return the folder of a proven plan of five people: 1 and 11, value 4."""
    written = small.parent / "reports" / "small"
    write(proven(place(load_scenario(small))), written)
    return written


def proven(result: Result) -> Result:
    """Return a result with the proof that the tests can make for so few points."""
    proof = prove_sum_in_plane(result.problem)
    certificate = Certificate(proof["kind"], proof["bound"], proof["data"])
    return replace(result, plan=replace(result.plan, bound=proof["bound"], certificate=certificate, scope="any 2 devices"))


def edit(path: Path, change: Any) -> None:
    """Change a JSON file in place."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def run(*words: str | Path) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of a command."""
    done = CliRunner().invoke(cli, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


def test_a_proven_plan_is_confirmed(folder: Path) -> None:
    """Value 4, bound 4: both recomputed from the files alone."""
    verified = verify(folder / "result.json")
    assert verified.verdict.is_confirmed
    assert (verified.verdict.value, verified.verdict.proof) == (4.0, "recomputed")
    assert verified.verdict.bound == pytest.approx(best_in_plane(verified.problem)[0]) == 4.0
    assert verified.claim.rounding_m == 0.0


def test_the_command_says_what_was_confirmed(folder: Path) -> None:
    """A table, what the proof is about, and exit code 0."""
    code, text, errors = run("verify", folder / "result.json")
    assert (code, errors) == (0, "")
    assert "Confirmed: the value and the bound are right" in text
    assert "The proof is about any 2 devices." in text
    code, text, _ = run("verify", folder, "--json")
    document = json.loads(text)
    assert (code, document["confirmed"], document["proof"], document["faults"]) == (0, True, "recomputed", [])
    assert document["value"] == {"claimed": 4.0, "recomputed": 4.0}


CHANGES: list[tuple[str, Any, str]] = [
    ("result.json", lambda d: d["objective"].update(value=3.9), "the value of these devices is 4, not 3.9"),
    ("result.json", lambda d: d["objective"].update(bound=4.1), "it proves no more than"),
    ("certificate.json", lambda d: d.update(bound=4.1), "it proves no more than"),
    ("certificate.json", lambda d: d.update(kind="cover"), "covers for p_center, max_cover"),
    ("certificate.json", lambda d: d["data"].clear(), "has not the form of one"),
    ("certificate.json", lambda d: d.update(kind="solver"), "the result speaks of a certificate of kind planar_multipliers"),
    ("result.json", lambda d: d["objective"].update(gap=0.5), "the gap between value and bound is 9.99999972e-10, not 0.5"),
    ("result.json", lambda d: d["objective"].update(bound=3.0, gap=0.25), "the status is optimal"),
    ("result.json", lambda d: d["score"].update(max_m=0.9), "max_m of this plan is 1.000000, not 0.9"),
    ("result.json", lambda d: d["score"].update(mean_m=0.7), "mean_m of this plan is"),
    (
        "result.json",
        lambda d: d["objective"].update(scope="every plan there is"),
        "does not begin with the plans that a proof can",
    ),
    (
        "result.json",
        lambda d: d["objective"].update(scope="any 2 of the 9 candidate sites"),
        "has none: devices may stand anywhere",
    ),
    ("result.json", lambda d: d["objective"].update(scope="any 9 devices anywhere in the plane"), "of a budget of 2"),
    ("result.json", lambda d: d["objective"].update(scope="any 1 device anywhere in the plane"), "2 new devices stand"),
    ("result.json", lambda d: d["objective"].update(scope="any number of devices"), "the scenario asks for 2 new devices"),
    (
        "result.json",
        lambda d: d["objective"].update(scope="any 2 devices beside the 3 standing"),
        "3 fixed devices, and there are 0",
    ),
    (
        "result.json",
        lambda d: d["objective"].update(scope="any 2 devices, walls ignored"),
        "speaks of walls, and the scenario has none",
    ),
    ("result.json", lambda d: d["devices"][0].update(demand_points=4), "D1 serves 3 demand points, not 4"),
    ("result.json", lambda d: d["devices"][1].update(demand_weight=7.0), "D2 serves a weight of 2, not 7.0"),
    ("result.json", lambda d: d["devices"][0].update(max_m=0.5), "max_m of D1 is 1.000000, not 0.5"),
    ("result.json", lambda d: d["devices"][0].pop("mean_m"), "not the form of a result"),
    ("certificate.json", lambda d: d["devices_m"].reverse(), "of another run than"),
    ("certificate.json", lambda d: d.pop("devices_m"), "not the form of a result"),
    ("result.json", lambda d: d["devices"].clear(), "no result of a plan"),
    ("result.json", lambda d: d["devices"][0].update(x="west"), "not the form of a result"),
    ("result.json", lambda d: d["devices"][0].update(status="fixed"), "no fixed device"),
    ("result.json", lambda d: d["objective"].update(kind="p_median"), "about another objective"),
    ("result.json", lambda d: d.update(scenario=[1]), "no result of a plan"),
    ("result.json", lambda d: d["scenario"].update(sha256="0" * 64), "have changed since"),
    ("result.json", lambda d: d["scenario"].update(file="other.yaml"), "other.yaml, the scenario of"),
    ("result.json", lambda d: d["scenario"].update(file="../small.yaml"), "is not found"),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_what_was_changed_is_not_confirmed(folder: Path, number: int) -> None:
    """Exit code 2 and a sentence, whichever file was tampered with."""
    name, change, words = CHANGES[number]
    edit(folder / name, change)
    code, text, errors = run("verify", folder / "result.json")
    assert code == 2
    assert words in text + errors
    assert "bug" not in errors


def test_a_changed_scenario_is_told(folder: Path, small: Path) -> None:
    """What the run left beside the result is compared, and that the scenario is another one by now is told; else nothing is."""
    small.write_text(small.read_text(encoding="utf-8").replace("x: 12", "x: 13"), encoding="utf-8")
    code, text, _ = run("verify", folder)
    assert code == 0
    assert f"Passed over: {small}: this scenario or its data have changed since" in text
    assert json.loads(run("verify", folder, "--json")[1])["passed_over"][0]["file"] == str(small)
    code, _, errors = run("verify", folder, "--scenario", small)
    assert (code, "have changed since" in errors) == (2, True)
    (folder / "scenario.resolved.yaml").unlink()
    with pytest.raises(ScenarioError, match="have changed since"):
        verify(folder)
    assert run("verify", folder)[0] == 2


def test_changed_data_are_told_of_every_file_that_was_tried(small: Path) -> None:
    """The scenario and what the run left of it name the same table: both are refused with a reason, and a broken one too."""
    table, written = small.parent / "people.csv", small.parent / "reports" / "small"
    table.write_text("id,x,y\na,0,0\nb,2,0\nc,10,0\n", encoding="utf-8")
    small.write_text("schema: 1\nname: Small\ndemand: {file: people.csv}\ndevices: {budget: 1}\n", encoding="utf-8")
    write(place(load_scenario(small)), written)
    assert verify(written).scenario == small
    (small.parent / "scenarios").mkdir()
    (small.parent / "scenarios" / "small.yaml").write_text("schema: 2\n", encoding="utf-8")
    table.write_text("id,x,y\na,0,0\nb,2,0\nc,11,0\n", encoding="utf-8")
    code, _, errors = run("verify", written)
    assert code == 2
    for file, why in (
        (small, "have changed since"),
        (small.parent / "scenarios" / "small.yaml", "no sound scenario"),
        (written / "scenario.resolved.yaml", "have changed since"),
    ):
        assert f"{file}: this" in errors
        assert why in errors.split(f"{file}: this")[1].splitlines()[0]
    table.unlink()
    assert "its data cannot be read" in run("verify", written)[2]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Ann,D1,1.0", "Ann,D1,0.4", "Ann is 1.000000 m from D1, the table says 0.400000 m"),
        ("Ann,D1,1.0", "Ann,D2,11.0", "Ann is 11.000000 m from D2, the nearest stands at 1.000000 m"),
        ("Ann,D1,1.0", "Ann,,", "Ann is served by no device, the nearest stands at 1.000000 m"),
        ("Ann,D1,1.0", "Ann,D1,near", "does not say which device of the result serves each point, and how far it is"),
        ("Ann,D1,1.0", "Ann,D3,1.0", "does not say which device of the result serves each point"),
    ],
)
def test_a_changed_assignment_is_not_confirmed(folder: Path, old: str, new: str, words: str) -> None:
    """Another distance, another device, no device: the table is held against the plan."""
    table = folder / "assignment.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8")
    code, told, errors = run("verify", folder)
    assert code == 2
    assert words in told + errors


def test_what_a_run_left_is_its_scenario(small: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """From a folder far from it, with `--set`, and for a run of `scenario.resolved.yaml` itself in yet another depth."""
    far = tmp_path_factory.mktemp("far")
    table = small.parent / "data" / "people.csv"
    table.parent.mkdir()
    table.write_text("id,x,y\na,0,0\nb,2,0\nc,10,0\n", encoding="utf-8")
    small.write_text("schema: 1\nname: Small\ndemand: {file: data/people.csv}\ndevices: {budget: 2}\n", encoding="utf-8")
    assert run("run", small, "--out", far / "a", "--seed", "5", "-q")[0] == 0
    assert verify(far / "a").scenario == far / "a" / "scenario.resolved.yaml"
    assert run("run", far / "a" / "scenario.resolved.yaml", "--out", far / "b" / "c" / "d", "-q")[0] == 0
    again = verify(far / "b" / "c" / "d")
    assert again.verdict.is_confirmed
    assert again.scenario == far / "b" / "c" / "d" / "scenario.resolved.yaml"
    edit(far / "a" / "result.json", lambda d: d["scenario"].update(file="other.yaml"))
    with pytest.raises(FileFormatError, match=r"this is not what a run of other\.yaml leaves"):
        verify(far / "a")


def test_a_run_with_changes_is_checked_with_the_same(small: Path) -> None:
    """`--set` and `--seed` belong to the question."""
    written = small.parent / "out"
    assert run("run", small, "--out", written, "--seed", "5", "-q")[0] == 0
    code, _, errors = run("verify", written, "--scenario", small)
    assert (code, "say the same here" in errors) == (2, True)
    code, text, _ = run("verify", written, "--scenario", small, "--seed", "5")
    assert code == 0
    assert "the value and the bound are right" in text
    code, text, _ = run("verify", written)  # what the run left beside its result has them
    assert code == 0
    assert "the value and the bound are right" in text


def test_the_scenario_is_found_or_named(small: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Beside the result, above it, in `scenarios/` there, or where --scenario says; nothing is left of it beside the result."""
    far = tmp_path_factory.mktemp("far")
    write(place(load_scenario(small)), far / "reports" / "small")
    (far / "reports" / "small" / "scenario.resolved.yaml").unlink()
    with pytest.raises(FileFormatError, match="is not found; --scenario"):
        verify(far / "reports" / "small")
    assert verify(far / "reports" / "small", small).verdict.is_confirmed
    (far / "scenarios").mkdir()
    (far / "scenarios" / "small.yaml").write_text(small.read_text(encoding="utf-8"), encoding="utf-8")
    assert verify(far / "reports" / "small").scenario == far / "scenarios" / "small.yaml"


def test_files_that_are_none_are_refused(folder: Path) -> None:
    """No file, no JSON, JSON nested without end: a sentence each."""
    deep = "[" * 200_000
    for name, content in (("certificate.json", deep), ("certificate.json", "[]"), ("result.json", "{"), ("result.json", "\x00")):
        (folder / name).write_text(content, encoding="utf-8")
        with pytest.raises(FileFormatError):
            verify(folder)
    with pytest.raises(FileFormatError, match="No such file"):
        verify(folder / "nowhere.json")
    with pytest.raises(FileFormatError, match=r"is a scenario; name the result of its run, such as reports/small/result\.json"):
        verify(folder.parents[1] / "small.yaml")


def test_a_score_is_no_plan(small: Path, tmp_path: Path) -> None:
    """That its devices are none of the scenario is no fault of it: nobody planned them."""
    (tmp_path / "today.csv").write_text("id,x,y\nA,1,0\nB,9,0\n", encoding="utf-8")
    assert run("score", small, "--devices", tmp_path / "today.csv", "--out", tmp_path / "scored", "-q")[0] == 0
    code, _, errors = run("verify", tmp_path / "scored")
    assert (code, "scores devices that stand" in errors) == (2, True)


def test_a_later_run_without_proof_takes_the_old_one_away(folder: Path, small: Path) -> None:
    """A stale certificate never stands beside a new result."""
    assert (folder / "certificate.json").exists()
    result = place(load_scenario(small))
    write(replace(result, plan=replace(result.plan, status="feasible", bound=None, certificate=None)), folder)
    assert not (folder / "certificate.json").exists()
    assert verify(folder).verdict.proof == "none"


def test_the_certificate_is_the_same_bytes(folder: Path, small: Path) -> None:
    """Same run, same proof, to the byte."""
    before = (folder / "certificate.json").read_bytes()
    write(proven(place(load_scenario(small))), folder)
    assert (folder / "certificate.json").read_bytes() == before


@pytest.mark.parametrize("name", ["desks", "clinics", "clinics-stores", "office"])
def test_rounded_coordinates_do_not_spoil_the_value(name: str, scenarios: Path, tmp_path: Path) -> None:
    """What result.json says of the scenarios that ship is confirmed from its rounded places: feet, kilometres, degrees."""
    scenario = load_scenario(scenarios / f"{name}.yaml", ("solver.n_init=2", "report=[]"))
    write(place(scenario), tmp_path)
    verified = verify(tmp_path, scenarios / f"{name}.yaml", ("solver.n_init=2", "report=[]"))
    assert verified.verdict.is_confirmed, verified.verdict.faults
    assert np.isfinite(verified.verdict.value or np.nan)
    assert build(scenario).source.sha256 == verified.written.sha256
