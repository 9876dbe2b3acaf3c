"""`report:` as a list of files and as a mapping that says whose report it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.errors import ScenarioError
from placement.scenario import load_scenario
from placement.scenario.build import build
from placement.scenario.scenario import Scenario

HEAD = "schema: 1\nname: Two\ndemand: [{x: 0, y: 0}, {x: 5, y: 0}]\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'
WHOLE = """\
report:
  files: [pdf]
  title: A title
  author: Ann
  client: Client
  logo: logo.svg
  page: Letter
  texts: {Summary: In brief, Map: "2026"}
  price: 350
  currency: EUR
"""


def loaded(folder: Path, report: str, devices: str = "{budget: 1}") -> Scenario:
    path = folder / "two.yaml"
    path.write_text(f"{HEAD}devices: {devices}\n{report}", encoding="utf-8")
    return load_scenario(path)


@pytest.mark.parametrize(
    ("report", "files"),
    [
        ("", ("pdf", "map")),
        ("report: [map, csv]\n", ("map", "csv")),
        ("report: []\n", ()),
        ("report: {}\n", ("pdf", "map")),
        ("report: {files: [map], author: Ann}\n", ("map",)),
    ],
)
def test_both_forms_say_which_files(tmp_path: Path, report: str, files: tuple[str, ...]) -> None:
    """A list, a mapping, or nothing."""
    scenario = loaded(tmp_path, report)
    assert scenario.spec.report_files == files
    assert build(scenario).source.report == files


def test_mapping_reaches_the_report(tmp_path: Path) -> None:
    """Every key of the mapping is in the presentation, the logo as it is in its file."""
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    look = build(loaded(tmp_path, WHOLE)).source.presentation
    assert (look.title, look.author, look.client, look.page) == ("A title", "Ann", "Client", "Letter")
    assert look.texts == (("Summary", "In brief"), ("Map", "2026"))
    assert (look.price, look.currency) == (350.0, "EUR")
    assert look.logo == LOGO.encode()


def test_price_of_the_devices_is_that_of_the_bill(tmp_path: Path) -> None:
    """Unless the report says another."""
    devices = "{cost: 700, price: 350}"
    assert build(loaded(tmp_path, "", devices)).source.presentation.price == 350.0
    assert build(loaded(tmp_path, "report: {author: Ann}\n", devices)).source.presentation.price == 350.0
    assert build(loaded(tmp_path, "report: {price: 400}\n", devices)).source.presentation.price == 400.0
    assert build(loaded(tmp_path, "")).source.presentation.price is None


def test_resolved_scenario_loads_again(tmp_path: Path) -> None:
    """With every default written out it is the same scenario."""
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    scenario = loaded(tmp_path, WHOLE)
    again = tmp_path / "again.yaml"
    again.write_text(scenario.resolved_yaml(), encoding="utf-8")
    assert load_scenario(again).spec == scenario.spec


def test_another_logo_is_another_result(tmp_path: Path) -> None:
    """The hash over scenario and data is over the logo too."""
    hashes = set()
    for colour in ("red", "blue"):
        (tmp_path / "logo.svg").write_text(LOGO.replace("<rect", f'<rect fill="{colour}"'), encoding="utf-8")
        hashes.add(build(loaded(tmp_path, WHOLE)).source.sha256)
    assert len(hashes) == 2


def fault_of(tmp_path: Path, report: str) -> str:
    """Return what a scenario with this report says is wrong."""
    with pytest.raises(ScenarioError) as caught:
        build(loaded(tmp_path, report))
    return str(caught.value)


def test_texts_in_a_file(tmp_path: Path) -> None:
    """They reach the presentation, and another file is another result."""
    hashes = set()
    for phrase in ("Résumé", "Sommaire"):
        (tmp_path / "fr.yaml").write_text(f"Summary: {phrase}\nnumber.decimal: ','\n", encoding="utf-8")
        source = build(loaded(tmp_path, "report: {language: fr, texts: fr.yaml}\n")).source
        assert source.presentation.language == "fr"
        assert source.presentation.texts == (("Summary", phrase), ("number.decimal", ","))
        hashes.add(source.sha256)
    assert len(hashes) == 2


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("{texts: {Sumary: In brief}}", "no phrase of this key"),
        ("{texts: {Sumary: In brief}}", "did you mean Summary?"),
        ("{texts: {noun.device.one: '{m} box'}}", "nothing goes into this phrase as {m}"),
        ("{texts: {summary.task: '{devicse}'}}", "did you mean {devices}?"),
        ("{texts: {Summary: '{'}}", "a brace is not closed"),
        ("{texts: {Summary: 7}}", "text is expected"),
        ("{texts: [Summary]}", "a mapping of keys is expected"),
        ("{language: fr}", "no phrases of this language are shipped"),
        ("{language: German}", "report.language"),
        ("{texts: none.yaml}", "there is no file"),
    ],
)
def test_wrong_texts_are_told(tmp_path: Path, report: str, words: str) -> None:
    """Keys, parts and languages are checked at the door."""
    assert words in fault_of(tmp_path, f"report: {report}\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Summary: In brief\nSumary: x\n", "fr.yaml:2:1: Sumary: the report has no phrase of this key"),
        ("Summary: 7\n", "fr.yaml:1:10: Summary: text is expected"),
        ("- a\n", "a mapping of keys to phrases is expected"),
        ("Summary: '{x}'\n", "nothing goes into this phrase as {x}"),
        ("Summary: a\nSummary: b\n", "fr.yaml:2"),
    ],
)
def test_wrong_files_of_texts_are_told_at_their_line(tmp_path: Path, content: str, words: str) -> None:
    """A fault in the file names that file."""
    (tmp_path / "fr.yaml").write_text(content, encoding="utf-8")
    assert words in fault_of(tmp_path, "report: {language: fr, texts: fr.yaml}\n")
