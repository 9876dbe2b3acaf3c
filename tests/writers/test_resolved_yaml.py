"""scenario.resolved.yaml."""

from __future__ import annotations

from helpers import tiny_result
from placement.view.figures import Figures
from placement.writers.resolved_yaml import write


def test_text_is_written_as_it_is(tmp_path):
    """What was resolved is what stands in the file, with one newline at its end."""
    (path,) = write(tiny_result(), Figures(tiny_result()), tmp_path)
    assert path.name == "scenario.resolved.yaml"
    assert path.read_bytes() == b"schema: 1\nname: Tiny\n"
