"""scenario.resolved.yaml: the scenario with every default filled in, to see what was really run, and to run it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write ``scenario.resolved.yaml`` and return its path."""
    text = result.source.resolved_at(folder)
    return [write_atomic(folder / "scenario.resolved.yaml", text if text.endswith("\n") else f"{text}\n")]
