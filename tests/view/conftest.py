"""Drawn maps for the tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from placement.view.canvas import make_sheet
from placement.view.figures import drawing_settings
from placement.view.plan_map import draw_plan_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from placement.core import Result


class Drawn:
    """A drawn map and what its tests ask of it."""

    def __init__(self, result: Result) -> None:
        with drawing_settings():
            self.figure, self.axes = make_sheet(result)
            draw_plan_map(self.axes, result)

    def find(self, gid: str) -> list[Any]:
        """Return the artists whose gid begins so, in drawing order."""
        return [artist for artist in self.axes.get_children() if (artist.get_gid() or "").startswith(gid)]

    def words(self, gid: str) -> list[str]:
        """Return the texts whose gid begins so."""
        return [artist.get_text() for artist in self.find(gid)]


@pytest.fixture
def draw() -> Callable[[Result], Drawn]:
    """Return the function that draws a result as the writers do."""
    return Drawn
