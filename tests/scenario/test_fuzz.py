"""Whatever stands in the file, the loader returns a scenario or the faults of the file; nothing else comes out."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from placement.errors import Fault, ScenarioError
from placement.scenario import load_scenario

ROOT = Path(__file__).parents[2]
GOOD = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("scenarios/*.yaml"))]
GOOD.append("""\
schema: 1
name: A
demand: [&a {id: b, x: 1, y: 2.5, weight: 3}, {x: -4, y: 5e0}]
devices: {cost: 10, price: 3, radius: [8, 12 ft], fixed: [*a], candidates: {file: a.csv}, forbidden: [[[0, 0], [1, 0], [1, 1]]]}
objective: {kind: k_means}
solver: {n_init: 3, seed: 4, time_limit: 5}
report: [map]
""")
PIECES = [
    *(
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "\n",
        "\n  ",
        "\t",
        "- ",
        "'",
        '"',
        "#",
        "&a ",
        "*a",
        "!x ",
        "|\n",
        "---\n",
        "...\n",
        "%",
        "@",
        "? ",
    ),
    *(
        "<<: ",
        "~",
        "null",
        "true",
        ".nan",
        "-.inf",
        "1e999",
        "9" * 30,
        "-1",
        "0",
        "x: ",
        "id: ",
        "file: ",
        "kind: ",
        "demand: ",
        "devices: ",
    ),
    *("[[0, 0]]", "\\", ",", "\u2028"),
]
RELAXED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def faults_of(path: Path, options: Sequence[str] = ()) -> tuple[Fault, ...]:
    """Return the faults of a file, none when it is good; anything else that comes out fails the test."""
    try:
        load_scenario(path, options)
    except ScenarioError as error:
        return error.faults
    return ()


def check(path: Path, content: bytes) -> None:
    """Load; every fault that comes out must have words and stand inside this file."""
    path.write_bytes(content)
    n_lines = 2 + sum(content.count(end) for end in (b"\n", b"\r", "\u2028".encode(), "\u2029".encode(), "\x85".encode()))
    for fault in faults_of(path):
        assert fault.file == str(path)
        assert fault.problem
        assert fault.line is None or 1 <= fault.line <= n_lines


@RELAXED
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@example(text="[" * 3000)
@example(text="{a: " * 3000)
@example(text="- " * 3000)
@example(text="? " * 500)
@example(text="a: &a [*a]")
@example(text="\ufeff")
@example(text="schema: 1\ndemand: [{x: " + "9" * 399 + ", y: 1}]")
@example(text="devices: {cost: " + "9" * 399 + ", price: 1}")
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any text is either a scenario or a list of faults."""
    check(tmp_path_factory.getbasetemp() / "any.yaml", text.encode())


@RELAXED
@given(content=st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Bytes that are no text at all are a fault too."""
    check(tmp_path_factory.getbasetemp() / "bytes.yaml", content)


@RELAXED
@given(
    text=st.sampled_from(GOOD),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(st.sampled_from(PIECES), st.text(string.printable, max_size=4))),
        min_size=1,
        max_size=4,
    ),
)
def test_damaged_scenario(tmp_path_factory: pytest.TempPathFactory, text: str, changes: list[tuple[float, int, str]]) -> None:
    """A good scenario with pieces cut out and put in never makes the loader stumble."""
    for share, n_cut, piece in changes:
        at = int(share * len(text))
        text = text[:at] + piece + text[at + n_cut :]
    check(tmp_path_factory.getbasetemp() / "damaged.yaml", text.encode())


@RELAXED
@given(
    options=st.lists(
        st.one_of(
            st.text(max_size=30),
            st.builds(
                "{}={}".format,
                st.sampled_from(["solver.seed", "demand[0].x", "devices", "demand", "name[0]"]),
                st.text(max_size=12),
            ),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_override(tmp_path_factory: pytest.TempPathFactory, options: list[str]) -> None:
    """Any text after --set is applied or named as a fault."""
    path = tmp_path_factory.getbasetemp() / "set.yaml"
    path.write_text(GOOD[-1], encoding="utf-8")
    assert all(fault.problem for fault in faults_of(path, options))
