"""The command as a user meets it: what stands on which stream, exit codes, files, interruption."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placement import __version__
from placement.cli import cli


@pytest.fixture(autouse=True)
def in_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def place(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def change(path: Path, old: str, new: str) -> Path:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


def test_a_scenario_file_alone_means_run(small: Path) -> None:
    """Scores on standard output, the list of files on standard error, files in reports/<scenario>."""
    done = place(small)
    assert done.exit_code == 0
    assert "Five people: 2 devices for 5 demand points" in done.stdout
    assert "worst distance" in done.stdout
    assert "100.0 %" in done.stdout
    assert "on any 2 devices anywhere in the plane" in done.stdout
    assert "wrote reports/small/" in done.stderr
    written = {path.name for path in Path("reports/small").iterdir()}
    assert written == {"result.json", "devices.csv", "assignment.csv", "scenario.resolved.yaml", "run.json"}


def test_json_prints_the_result_and_nothing_else(small: Path) -> None:
    """Standard output is result.json, byte for byte, also with the option before the file."""
    done = place("--json", small)
    assert done.stdout == Path("reports/small/result.json").read_text(encoding="utf-8")
    result = json.loads(done.stdout)
    assert result["score"]["max_m"] == 1
    assert result["version"] == __version__
    assert [device["x"] for device in result["devices"]] == [1, 11]
    assert done.stderr == ""


def test_a_second_run_writes_the_same_bytes(small: Path) -> None:
    """Everything but run.json, which holds the timings."""
    change(small, "report: []", "report: [map, pdf]")
    place(small, "--out", "one")
    place(small, "--out", "two")
    names = sorted(path.name for path in Path("one").iterdir() if path.name != "run.json")
    assert "report.pdf" in names
    for name in names:
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes(), name


def test_seed_and_set_change_the_scenario(small: Path) -> None:
    """`--seed` and `--set` reach the result and the resolved scenario."""
    done = place(small, "--seed", "11", "--set", "devices.budget=1", "--json")
    result = json.loads(done.stdout)
    assert result["seed"] == 11
    assert len(result["devices"]) == 1
    assert "seed: 11" in Path("reports/small/scenario.resolved.yaml").read_text(encoding="utf-8")


def test_only_chooses_the_files(small: Path) -> None:
    """`--only map` writes the map although the scenario asks for nothing; a wrong word is a usage error."""
    place(small, "--only", "map")
    assert Path("reports/small/map.svg").exists()
    wrong = place(small, "--only", "map,doc")
    assert wrong.exit_code == 2
    assert "'doc'" in wrong.stderr
    assert "pdf" in wrong.stderr


def test_several_scenarios_end_with_one_table(small: Path, tmp_path: Path) -> None:
    """Each gets its folder, and a table compares them."""
    other = tmp_path / "other.yaml"
    other.write_text(small.read_text(encoding="utf-8").replace("budget: 2", "budget: 1"), encoding="utf-8")
    done = place(small, other, "--out", "all")
    assert Path("all/small/result.json").exists()
    assert Path("all/other/result.json").exists()
    assert done.stdout.rstrip().splitlines()[-7].split() == ["small", "other"]


def test_faults_go_to_standard_error_with_exit_code_2(small: Path) -> None:
    """All faults, each with file, line and column; no traceback; nothing on standard output."""
    change(change(small, "budget: 2", "budgte: 2"), "name: Five people", "name: 5")
    change(small, "schema: 1", "schema: 2")
    done = place(small)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert f"{small}:4:11" in done.stderr
    assert f"{small}:1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_infeasible_has_exit_code_3_and_says_what_is_feasible(small: Path) -> None:
    """All candidates forbidden."""
    zones = "[[0, 0], [2, 0], [2, 2], [0, 2]], [[8, 8], [10, 8], [10, 10], [8, 10]]"
    text = f"budget: 1, candidates: [{{x: 1, y: 1}}, {{x: 9, y: 9}}], forbidden: [{zones}]"
    done = place(change(small, "budget: 2", text))
    assert done.exit_code == 3
    assert "no device may stand on any of 2 candidate sites" in done.stderr


def test_check_says_good_and_writes_nothing(small: Path) -> None:
    """`check` reads everything and plans nothing."""
    done = place("check", small)
    assert done.exit_code == 0
    assert "good. Demand points: 5, new devices: 2" in done.stdout
    assert not Path("reports").exists()


def test_score_compares_standing_devices_with_the_plan(small: Path) -> None:
    """One table with both; without a plan the user is told how to get one."""
    Path("today.csv").write_text("id,x,y\nold,0,0\n", encoding="utf-8")
    alone = place("score", small, "--devices", "today.csv")
    assert alone.exit_code == 0
    assert "No plan to compare with yet" in alone.stdout
    place(small)
    both = place("score", small, "--devices", "today.csv")
    rows = {line.split("  ")[1].strip(): line.split()[-4:] for line in both.stdout.splitlines() if line.startswith("  worst")}
    assert rows["worst distance"] == ["12.00", "m", "1.00", "m"]


def test_score_takes_the_devices_that_a_run_wrote(small: Path) -> None:
    """devices.csv of a plan scores as the plan did."""
    planned = json.loads(place(small, "--json").stdout)
    scored = json.loads(place("score", small, "--devices", "reports/small/devices.csv", "--json").stdout)
    assert scored["score"]["mean_m"] == planned["score"]["mean_m"]


def test_init_writes_a_scenario_that_runs() -> None:
    """The first thing a new user does works, and a second time nothing is overwritten."""
    done = place("init", "mine")
    assert done.exit_code == 0
    assert place("mine.yaml", "--only", "json").exit_code == 0
    again = place("init", "mine")
    assert again.exit_code == 2
    assert "exists" in again.stderr


def test_schema_and_describe_print_what_there_is() -> None:
    """Machine-readable and human-readable lists of the same choices."""
    schema = json.loads(place("schema").stdout)
    assert schema["$schema"].startswith("http://json-schema.org/draft-07")
    text = place("describe").stdout
    assert "k_means" in text
    assert ".geojson" in text
    assert place("describe", "objectives").stdout.startswith("objectives:")
    assert place("describe", "objectivs").exit_code == 2


def test_missing_file_and_unknown_command_are_usage_errors() -> None:
    """Exit code 2 and a hint."""
    assert place("nothing.yaml").exit_code == 2
    assert "there is no such file" in place("nothing.yaml").stderr
    wrong = place("chek", "x.yaml")
    assert wrong.exit_code == 2
    assert "chek" in wrong.stderr


def test_output_folder_that_cannot_be_written(small: Path) -> None:
    """A file where the folder should be: exit code 2, the path named, no traceback."""
    Path("taken").write_text("", encoding="utf-8")
    done = place(small, "--out", "taken")
    assert done.exit_code == 2
    assert "taken is a file, not a folder" in done.stderr


def test_a_bug_is_called_a_bug(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1, a request to report, a traceback only with --debug."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("placement.pipeline.measure", broken)
    done = place(small)
    assert done.exit_code == 1
    assert "this is a bug in place" in done.stderr
    assert isinstance(place(small, "--debug").exception, ZeroDivisionError)


def test_quiet_says_nothing(small: Path) -> None:
    """No table, no list of files."""
    done = place(small, "-q")
    assert (done.stdout, done.stderr) == ("", "")


def heavy_scenario(folder: Path) -> Path:
    lines = "\n".join(f"{i},{(i * 37) % 1009},{(i * 91) % 997}" for i in range(30_000))
    (folder / "many.csv").write_text("id,x,y\n" + lines, encoding="utf-8")
    path = folder / "heavy.yaml"
    head = "schema: 1\nname: Many\ndemand: {file: many.csv, id: id}\ndevices: {budget: 40}\n"
    path.write_text(head + "solver: {n_init: 100000}\nreport: []\n", encoding="utf-8")
    return path


def test_time_limit_ends_with_the_best_plan_and_exit_code_4(tmp_path: Path) -> None:
    """The plan is whole, written, and says that it was cut short."""
    done = place(heavy_scenario(tmp_path), "--set", "solver.time_limit=0.2", "--json")
    assert done.exit_code == 4
    result = json.loads(Path("reports/heavy/result.json").read_text(encoding="utf-8"))
    assert result["status"] == "time_limit"
    assert len(result["devices"]) == 40


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_writes_the_best_plan_so_far(tmp_path: Path) -> None:
    """Interrupted while it searches: exit code 130 and a whole result.json."""
    command = [sys.executable, "-m", "placement", str(heavy_scenario(tmp_path))]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True)
    time.sleep(4)
    run.send_signal(signal.SIGINT)
    output, messages = run.communicate(timeout=120)
    assert run.returncode == 130, messages
    assert "Interrupted." in output
    assert "best plan so far" in messages
    assert json.loads((tmp_path / "reports/heavy/result.json").read_text(encoding="utf-8"))["status"] == "interrupted"


def segment_scenario(folder: Path) -> Path:
    path = folder / "segment.yaml"
    head = "schema: 1\ntask: segment\nname: Many\ntable: {generate: customers, rows: 200000}\nclusters: 40\n"
    path.write_text(head + "solver: {n_init: 100000}\nreport: [csv]\n", encoding="utf-8")
    return path


def test_time_limit_ends_other_tasks_with_exit_code_4(tmp_path: Path) -> None:
    """Segments are whole, written, and the warning stands on standard error."""
    path = segment_scenario(tmp_path)
    done = place(path, "--set", "solver.time_limit=0.2", "--set", "clusters=5", "--set", "table.rows=2000")
    assert done.exit_code == 4
    assert "warning: The search was stopped by its time limit" in done.stderr
    assert json.loads(Path("reports/segment/result.json").read_text(encoding="utf-8"))["status"] == "time_limit"
    assert len(Path("reports/segment/labels.csv").read_text(encoding="utf-8").splitlines()) == 2001


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_writes_the_best_segments_so_far(tmp_path: Path) -> None:
    """Interrupted while it searches: exit code 130 and whole files."""
    command = [sys.executable, "-m", "placement", str(segment_scenario(tmp_path))]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True)
    time.sleep(5)
    run.send_signal(signal.SIGINT)
    _, messages = run.communicate(timeout=120)
    assert run.returncode == 130, messages
    assert "best segments so far" in messages
    assert "The search was interrupted" in messages
    assert json.loads((tmp_path / "reports/segment/result.json").read_text(encoding="utf-8"))["status"] == "interrupted"


def test_piped_output_has_no_colour_and_no_bar(small: Path) -> None:
    """Nothing but plain text when standard error is no terminal."""
    command = [sys.executable, "-m", "placement", str(small)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr.startswith("wrote ")


def test_a_reader_that_hangs_up_is_no_error(small: Path) -> None:
    """`place ... | head -1` ends quietly."""
    command = f"{sys.executable} -m placement schema | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
