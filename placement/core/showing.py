"""How values show themselves in notebooks beyond tables: with pictures and pages that higher floors know how to make.

Values know no figure, so here is only a board: `placement.notebook` pins on it who draws which value, when `placement.pipeline`
is loaded. Where nothing is pinned a notebook falls back to the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PICTURES: dict[type, Callable[[Any], bytes]] = {}
"""Type of a value to what draws it as PNG."""

PAGES: dict[type, Callable[[Any], Any]] = {}
"""Type of a value to what opens it as a page to play with."""


class Pictured:
    """What has a picture in notebooks."""

    __slots__ = ()

    def _repr_png_(self) -> bytes | None:
        """Return the picture as PNG; None where nobody draws values of this type."""
        draw = PICTURES.get(type(self))
        return None if draw is None else draw(self)


class Explorable(Pictured):
    """What can be played with in notebooks."""

    __slots__ = ()

    def explore(self) -> Any:
        """Open the planner page in a notebook: the same page as ``planner.html``, and Python hears what is done there.

        Returns
        -------
        PlannerWidget
            A widget; show it as the last line of a cell. After a drag its ``devices`` are dicts ``{"id", "x", "y", "status"}``
            in the coordinates of the scenario, and its ``scenario_yaml`` is the scenario with all of them fixed.

        Raises
        ------
        MissingExtraError
            Without the libraries of the extra ``notebook``.
        ValueError
            For a comparison of anything but budgets.
        TypeError
            If nothing that plans was imported, so that nobody made the page known.
        """
        page = PAGES.get(type(self))
        if page is None:
            raise TypeError(f"nobody shows a {type(self).__name__} as a page: import placement.pipeline first")
        return page(self)
