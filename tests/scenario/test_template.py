"""The scenario to start from: it loads, it says its own name, and it never overwrites work."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement.errors import OutputError
from placement.scenario import load_scenario
from placement.scenario.build import build
from placement.scenario.template import init_scenario


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("office", "office.yaml"),
        ("office.yaml", "office.yaml"),
        ("Dundee, ground floor", "Dundee-ground-floor.yaml"),
        ('She said "5": yes # no', "She-said-5-yes-no.yaml"),
        ("Büro {x}", "Büro-x.yaml"),
        ("../../etc/passwd", "passwd.yaml"),
    ],
)
def test_template_loads_and_builds(tmp_path: Path, name: str, file: str) -> None:
    """Whatever the name, the file is written inside the folder and becomes a problem without a change."""
    (path,) = init_scenario(name, tmp_path / "new")
    assert path == tmp_path / "new" / file
    built = build(load_scenario(path))
    assert built.problem.demand.n == 6
    assert built.problem.n_new == 2


def test_commented_examples_are_good(tmp_path: Path) -> None:
    """The keys shown as comments load too, once the comment sign is taken off."""
    (path,) = init_scenario("demo", tmp_path)
    text = path.read_text(encoding="utf-8")
    for line in ("  # fixed:", "  # forbidden:", "  # capacity:", "  # cutoff:", "  # spacing:", "# objective:"):
        assert line in text
        text = text.replace(line, line.replace("# ", ""))
    path.write_text(text, encoding="utf-8")
    spec = load_scenario(path).spec
    assert spec.devices.fixed[0].id == "AP1"
    assert len(spec.devices.forbidden) == 1
    assert (spec.devices.capacity, spec.devices.cutoff, spec.devices.spacing) == (8, "12 m", 2)
    assert spec.objective.kind == "p_center"


def test_does_not_overwrite(tmp_path: Path) -> None:
    """A second scenario of the same name is refused and the first left alone."""
    (path,) = init_scenario("office", tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="exists already"):
        init_scenario("office", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "  ", "...", ".yaml", "/"])
def test_name_that_makes_no_file(tmp_path: Path, name: str) -> None:
    """A name without letters or digits is refused."""
    with pytest.raises(OutputError, match="makes no file name"):
        init_scenario(name, tmp_path)
