"""The house keeps its rules: sizes, floors, light imports, everything named is documented."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import placement
import placement.kernels
import placement.kmeans
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES
from placement.readers import READERS
from placement.writers import ALWAYS, OPTIONAL

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "placement").rglob("*.py"))
SOURCES = sorted((ROOT / "placement" / "kernels" / "src").glob("*.[ch]pp"))
LARGEST_MODULE, LARGEST_FUNCTION = 400, 50


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function of a module and the lines of its body, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1


def run_python(code: str) -> str:
    """Return what a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout


@pytest.mark.parametrize("path", [*MODULES, *SOURCES], ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    """No module past 400 lines, no function past 50."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LARGEST_MODULE
    if path.suffix == ".py":
        assert not {name: lines for name, lines in functions(path) if lines > LARGEST_FUNCTION}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    """Each room has a sentence at its door."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_size_rule_is_switched_off() -> None:
    """Nobody excuses a long function with a comment."""
    for path in MODULES:
        assert not re.search(r"noqa: *(C901|PLR09)", path.read_text(encoding="utf-8")), path


HEAVY = ("numpy", "scipy", "matplotlib", "pandas", "geopandas", "shapely", "pydantic", "sklearn")
LISTED = f"import sys, json; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"


def test_importing_the_package_or_the_command_loads_nothing_heavy() -> None:
    """`import placement` and `place --help` stay light."""
    assert json.loads(run_python(f"import placement, placement.cli; {LISTED}")) == []


def test_checking_a_scenario_loads_no_plotting_and_no_geometry() -> None:
    """`place check` on plain desks needs numpy and pydantic only."""
    code = (
        "from placement import load_scenario; from placement.pipeline import check; check(load_scenario('scenarios/desks.yaml'))"
    )
    code = f"{code}; {LISTED}"
    assert set(json.loads(run_python(code))) <= {"numpy", "pydantic"}


def test_the_engine_is_usable_on_its_own() -> None:
    """`placement.kmeans` needs numpy only: no scenario language, no geometry, no scikit-learn."""
    code = f"from placement.kmeans import KMeans; KMeans(1, random_state=0).fit([[0.0], [1.0]]); {LISTED}"
    assert json.loads(run_python(code)) == ["numpy"]


DOORS = [
    *(f"placement.{name}" for name in placement.__all__ if not name.startswith("_")),
    *(f"placement.kmeans.{name}" for name in placement.kmeans.__all__),
    *(f"placement.kernels.{name}" for name in placement.kernels.__all__ if not name.isupper()),
    "placement.solvers.solve",
    "placement.metrics.measure",
    "placement.readers.read_table",
    "placement.scenario.build.build",
    "placement.domains.plane.plane",
    "placement.domains.floor_plan.floor_plan",
    "placement.readers.dxf.read_dxf",
    "placement.writers.write_all",
    "placement.pipeline.verify",
    "placement.bounds.verify.verify",
]


@pytest.mark.parametrize("name", DOORS)
def test_public_doors_are_documented_in_full(name: str) -> None:
    """Every parameter and return value of what users call has its words (numpydoc)."""
    from numpydoc.validate import validate

    faults = validate(name)["errors"]
    wanted = {"GL08", "SS01", "PR01", "PR02", "PR03", "PR10", "RT01"}
    assert not [fault for fault in faults if fault[0] in wanted]


def test_every_test_file_is_collected() -> None:
    """A test file whose name does not match the pattern would never run."""
    helpers = {"conftest.py", "helpers.py", "problems.py", "drawings.py"}
    strays = [path for path in (ROOT / "tests").rglob("*.py") if not path.name.startswith("test_") and path.name not in helpers]
    assert not [path for path in strays if re.search(r"^def test_", path.read_text(encoding="utf-8"), re.MULTILINE)]


def test_every_choice_of_a_family_is_in_the_docs() -> None:
    """Objectives, distances, formats and reports are named in the scenario reference."""
    text = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    for word in (*OBJECTIVES, *DISTANCES, *READERS, *ALWAYS, *OPTIONAL):
        assert f"`{word}`" in text, word


def test_no_path_of_a_machine_is_written_down() -> None:
    """Sources and docs name no folder of somebody's machine."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False, cwd=ROOT).stdout.split()
    texts = [ROOT / name for name in listed if name.endswith((".py", ".md", ".yaml", ".toml", ".json", ".typ", ".cpp", ".hpp"))]
    pattern = re.compile(r"(?<![\w.])/(?:home|work|root|Users)/\w")
    texts = [path for path in texts if path.exists() and path != Path(__file__)]
    assert not [path.name for path in texts if pattern.search(path.read_text(encoding="utf-8", errors="replace"))]
