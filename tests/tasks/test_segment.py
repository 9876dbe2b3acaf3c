"""Segments: found, named, measured in original units, compared with what is known; faults at their place."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from placement.errors import ScenarioError
from placement.scenario import load_any
from placement.tasks.segment import Segmentation, segment
from placement.tasks.segment_files import labels_table, result_text, write

ROOT = Path(__file__).parents[2]


def table_of(visit: int = 1) -> str:
    """Return twelve customers who spend little and eight who spend much; visits, in units of `visit`, say nothing."""
    lines = ["name,spend,visits,city,buys"]
    for i in range(20):
        spend, city = (10 + i % 3, "Perth") if i < 12 else (900 + i % 3, "Leeds")
        buys = "apples, juice" if i % 2 else "juice"
        lines.append(f'c{i},{spend},{(4 + i % 3) * visit},{city},"{buys}"')
    return "\n".join([*lines, ""])


TABLE = table_of()
SCENARIO = """\
schema: 1
task: segment
name: Two kinds
table: {file: table.csv, id: name, features: [spend, visits]}
clusters: 2
report: []
"""


def run(folder: Path, text: str = SCENARIO, table: str = TABLE, changes: tuple[str, ...] = ()) -> Segmentation:
    """Return the segments of a table in a scenario of its own."""
    (folder / "table.csv").write_text(table, encoding="utf-8")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return segment(load_any(folder / "scenario.yaml", changes))


def small(*changes: str) -> Segmentation:
    """Return the made-up scenario with fewer rows."""
    return segment(load_any(ROOT / "scenarios" / "customers-2m.yaml", ("table.rows=20000", *changes)))


def test_finds_the_planted_groups_and_a_cut_by_spend_does_not() -> None:
    """The number of segments is chosen right, nearly all customers are right, and bands of spend mix whales with VIPs."""
    result = small()
    assert result.chosen is not None
    assert result.chosen.k == 5
    assert result.found is not None
    assert result.cut is not None
    assert result.found.agreement > 0.999
    assert result.cut.agreement < 0.75
    vips, whales = (result.cut.counts[result.cut.groups.index(name)] for name in ("VIPs", "whales"))
    assert np.argmax(vips) == np.argmax(whales)


def test_statistics_are_those_of_the_rows_in_original_units(tmp_path: Path) -> None:
    """Recomputed from the labels in plain numpy: sizes, means, medians, spreads and ends."""
    result = run(tmp_path)
    assert [one.size for one in result.segments] == [12, 8]
    assert [one.name for one in result.segments] == ["low spend", "high spend"]
    for position, one in enumerate(result.segments):
        rows = result.customers.values[result.labels == position]
        np.testing.assert_allclose(one.mean, rows.mean(axis=0))
        np.testing.assert_allclose(one.median, np.median(rows, axis=0))
        np.testing.assert_allclose(one.std, rows.std(axis=0))
        np.testing.assert_array_equal([one.smallest, one.largest], [rows.min(axis=0), rows.max(axis=0)])


@pytest.mark.parametrize("scale", ["standard", "min-max", "robust"])
def test_units_of_a_feature_do_not_matter(tmp_path: Path, scale: str) -> None:
    """A feature in small units gives the same segments; without scaling its large numbers decide."""
    before = run(tmp_path, changes=(f"scale={scale}",))
    fine = table_of(visit=100_000)
    np.testing.assert_array_equal(run(tmp_path, table=fine, changes=(f"scale={scale}",)).labels, before.labels)
    assert not np.array_equal(run(tmp_path, table=fine, changes=("scale=none",)).labels, before.labels)


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """The same customers in another order fall into the same segments."""
    lines = TABLE.splitlines()
    mixed = "\n".join([lines[0], *lines[:0:-1]])
    np.testing.assert_array_equal(run(tmp_path, table=mixed).labels[::-1], run(tmp_path).labels)


def test_categories_become_features(tmp_path: Path) -> None:
    """Words count as features of 0 and 1, a list of words as several, and their mean is the share."""
    text = SCENARIO.replace("visits]", "visits], categories: [city], multi: [buys]")
    result = run(tmp_path, text)
    assert result.customers.names == ("spend", "visits", "city=Leeds", "city=Perth", "buys=apples", "buys=juice")
    assert result.segments[0].mean[3] == 1.0
    assert result.segments[0].mean[4] == 0.5


def test_outliers_belong_to_no_segment(tmp_path: Path) -> None:
    """The row far from all others is set aside, counted, and has no segment in the labelled table."""
    result = run(tmp_path, table=TABLE + "far,99999,5,Perth,juice\n", changes=("outliers.trim=0.05",))
    assert result.labels.tolist().index(-1) == 20
    assert json.loads(result_text(result))["set_aside"] == 1
    assert list(csv.DictReader(labels_table(result).splitlines()))[20]["segment"] == ""


def test_logarithm_compares_by_ratio(tmp_path: Path) -> None:
    """With a logarithm 10 to 12 and 900 to 902 are two groups far apart, and statistics stay in the unit of the table."""
    result = run(tmp_path, SCENARIO.replace("visits]", "visits], log: [spend]"))
    assert result.segments[0].smallest[0] == 10
    assert result.points[:, 0].max() < 2


def test_same_seed_same_bytes_and_another_seed_is_written_down() -> None:
    """result.json repeats to the byte and names no machine and no clock."""
    first = result_text(small("solver.seed=3"))
    assert first == result_text(small("solver.seed=3"))
    assert json.loads(first)["seed"] == 3


def test_files_are_written_as_asked(tmp_path: Path) -> None:
    """Always the statistics; pictures, labels and the report when listed; the PDF says the names of the segments."""
    result = run(tmp_path)
    assert {path.name for path in write(result, tmp_path / "few")} == {"result.json", "segments.csv", "scenario.resolved.yaml"}
    written = {path.name for path in write(result, tmp_path / "all", ["pdf", "plots", "csv", "parquet"])}
    assert {"report.pdf", "profiles.svg", "silhouettes.svg", "labels.csv", "labels.parquet"} <= written
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "all" / "report.pdf").pages)
    assert all(one.name in text for one in result.segments)
    from pyarrow import parquet

    table = parquet.read_table(tmp_path / "all" / "labels.parquet")
    assert table.column("segment").to_pylist() == [f"S{label + 1}" for label in result.labels]


def test_a_report_repeats_to_the_byte(tmp_path: Path) -> None:
    """Pictures and PDF carry no date."""
    result = run(tmp_path)
    for folder in ("a", "b"):
        write(result, tmp_path / folder, ["pdf", "plots"])
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("change", "table", "said"),
    [
        ("table.features=[spent]", TABLE, "table.features[0]: the table has no such column"),
        ("table.features=[spend, city]", TABLE, "row 2, column city: a number is expected, this is text"),
        ("truth=town", TABLE, "truth: the table has no such column"),
        ("clusters=30", TABLE, "the table has only 6 different rows"),
        ("table.log=[spend]", TABLE.replace(",10,", ",-10,"), "a number below 0 has no logarithm here"),
        ("table={generate: customers, rows: 9, features: [spent]}", TABLE, "the table has no such column"),
    ],
)
def test_faults_stand_at_their_place(tmp_path: Path, change: str, table: str, said: str) -> None:
    """A column that is not there, a word for a number, too few rows: each is named."""
    with pytest.raises(ScenarioError) as caught:
        run(tmp_path, table=table, changes=(change,))
    assert said in str(caught.value)


def test_labels_are_a_sound_table_whatever_the_names(tmp_path: Path) -> None:
    """Names with commas, quotes and line ends come back as written; a column called segment does not hide ours."""
    table = 'name,segment\n"a, b",1\n"c ""d""",2\n"e\nf",9\n'
    result = run(tmp_path, SCENARIO.replace("[spend, visits]", "[segment]"), table)
    rows = list(csv.DictReader(labels_table(result).splitlines(keepends=True)))
    assert [row["id"] for row in rows] == ["a, b", 'c "d"', "e\nf"]
    assert [row["segment"] for row in rows] == ["S1", "S1", "S2"]
    assert [float(row["feature segment"]) for row in rows] == [1, 2, 9]


@pytest.mark.parametrize("clusters", ["1", "{from: 1, to: 3}"])
def test_one_segment_and_a_feature_without_spread(tmp_path: Path, clusters: str) -> None:
    """Nothing to compare with: no silhouette, no elbow where nothing was chosen, and no number that JSON lacks."""
    table = "name,spend,visits\n" + "".join(f"c{i},{i},7\n" for i in range(9))
    result = run(tmp_path, SCENARIO.replace("clusters: 2", f"clusters: {clusters}"), table)
    assert {path.name for path in write(result, tmp_path, ["pdf", "plots", "csv"])} >= {"report.pdf", "profiles.svg"}
    for one in json.loads(result_text(result))["segments"]:
        assert one["features"]["visits"]["deviation"] == 0
