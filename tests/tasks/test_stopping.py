"""Stopping early: whatever part of a search it falls into, the best so far is whole and says that it was cut short."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from placement.progress import Progress, Watch
from placement.scenario import load_any
from placement.tasks import compress_files, segment_files
from placement.tasks.compress import Compressed, compress
from placement.tasks.ending import warning_of
from placement.tasks.segment import Segmentation, segment

SEGMENT = """\
schema: 1
task: segment
name: Many
table: {generate: customers, rows: 1000, seed: 1, log: [total_spend]}
clusters: {from: 2, to: 9}
solver: {n_init: 100, seed: 1}
report: []
"""
COMPRESS = "schema: 1\ntask: compress\nname: Noise\nimage: {file: noise.png}\ncolors: 16\nsolver: {n_init: 500}\n"


def segmented(folder: Path, watch: Watch | None, *changes: str) -> Segmentation:
    (folder / "segment.yaml").write_text(SEGMENT, encoding="utf-8")
    return segment(load_any(folder / "segment.yaml", changes), watch)


def compressed(folder: Path, watch: Watch | None, *changes: str) -> Compressed:
    pixels = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "noise.png")
    (folder / "compress.yaml").write_text(COMPRESS, encoding="utf-8")
    return compress(load_any(folder / "compress.yaml", changes), watch)


def interrupting(phase: str, seen: list[Progress]) -> Watch:
    """Return a watch that stops the search at the first report of a phase."""

    def listen(progress: Progress) -> None:
        seen.append(progress)
        if progress.phase == phase:
            watch.interrupt()

    watch = Watch(on_progress=listen)
    return watch


@pytest.mark.parametrize("change", ["seed=0", "outliers.trim=0.01"])
@pytest.mark.parametrize("phase", ["choosing k", "searching"])
def test_interrupted_segments_are_whole(tmp_path: Path, phase: str, change: str) -> None:
    """While choosing: only the k looked at count; while searching: after a few of 500 starts. Every customer has a segment."""
    seen: list[Progress] = []
    changes = ("solver.seed=0" if change == "seed=0" else change, "solver.n_init=40")
    result = segmented(tmp_path, interrupting(phase, seen), *changes)
    assert result.status == "interrupted"
    assert result.warnings[0] == warning_of("interrupted", "segments")[0]
    assert result.chosen is not None
    assert len(result.chosen.table) == (1 if phase == "choosing k" else 8)
    assert seen[-1].phase == "searching"
    assert seen[-1].done < seen[-1].total == 40
    kept = result.labels >= 0
    nearest = ((result.points[:, None] - result.centers) ** 2).sum(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(result.labels[kept], nearest[kept])
    assert json.loads(segment_files.result_text(result))["status"] == "interrupted"


def test_a_rule_that_needs_two_segments_gets_them(tmp_path: Path) -> None:
    """Interrupted at k = 1, of which a silhouette says nothing: the search goes on to the next k and no farther."""
    result = segmented(tmp_path, interrupting("choosing k", []), "clusters={from: 1, to: 6, rule: silhouette}")
    assert result.chosen is not None
    assert [row.k for row in result.chosen.table] == [1, 2]


def test_interrupted_colours_are_whole(tmp_path: Path) -> None:
    """After the first start: a palette, a picture, and the word in result.json and in the report."""
    result = compressed(tmp_path, interrupting("searching", []))
    assert (result.status, len(result.palette)) == ("interrupted", 16)
    compress_files.write(result, tmp_path / "out", ["pdf"])
    assert json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))["status"] == "interrupted"
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "report.pdf").pages)
    assert "The search was interrupted" in " ".join(text.split())


def test_the_time_limit_of_the_scenario_holds_without_a_watch(tmp_path: Path) -> None:
    """Next to no time: status and warning say so; with time enough nothing is said, and the bytes are those without a limit."""
    for run, outcome in ((segmented, "segments"), (compressed, "colours")):
        short = run(tmp_path, None, "solver.time_limit=0.001")
        assert short.status == "time_limit"
        assert warning_of("time_limit", outcome)[0] in short.warnings
        long = run(tmp_path, None, "solver.time_limit=1000", "solver.n_init=5")
        assert long.status == "feasible"
        assert not any("stopped" in warning for warning in long.warnings)
        np.testing.assert_array_equal(long.labels, run(tmp_path, None, "solver.n_init=5").labels)


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    """Every phase reports up to its end, and the best value never rises within the search."""
    seen: list[Progress] = []
    segmented(tmp_path, Watch(on_progress=seen.append), "solver.n_init=20")
    for phase, total in (("choosing k", 8), ("searching", 20)):
        reports = [progress for progress in seen if progress.phase == phase]
        assert (reports[-1].done, reports[-1].total) == (total, total)
        assert all(a.done < b.done and b.value <= a.value for a, b in pairwise(reports))


def test_starts_that_disagree_are_a_warning(tmp_path: Path) -> None:
    """A cloud without groups cut into seven: what is found depends on the start, and the user hears of it."""
    rows = "\n".join(f"{x:.6f},{y:.6f}" for x, y in np.random.default_rng(2).random((400, 2)))
    (tmp_path / "cloud.csv").write_text(f"a,b\n{rows}\n", encoding="utf-8")
    text = "schema: 1\ntask: segment\nname: Cloud\ntable: {file: cloud.csv, features: [a, b]}\nclusters: 13\nreport: []\n"
    (tmp_path / "cloud.yaml").write_text(text, encoding="utf-8")
    result = segment(load_any(tmp_path / "cloud.yaml"))
    assert any("starts each find different clusters" in warning for warning in result.warnings)
