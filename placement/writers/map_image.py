"""map.svg and map.png: the plan as a picture, for a page and for a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from placement.core import Result
    from placement.view.figures import Figures


def write(result: Result, figures: Figures, folder: Path) -> list[Path]:  # noqa: ARG001 - one signature for the family
    """Write the map as ``map.svg`` and ``map.png`` and return both paths."""
    return [write_atomic(folder / "map.svg", figures.map_svg), write_atomic(folder / "map.png", figures.map_png)]
