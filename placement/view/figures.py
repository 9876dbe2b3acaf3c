"""The pictures of a result as bytes: drawn once, shared by every writer that needs them."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

    from placement.core import Result

PNG_DPI = 150
"""Dots per inch of the PNG, and of a point layer too dense for vectors."""

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "placement",
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "hatch.linewidth": 0.5,
    "path.simplify": False,
}
"""What makes the bytes repeat (a fixed salt), keeps text as text, and does not depend on the user's own settings."""


class Figures:
    """The map of one result as SVG and PNG, and its coverage as SVG, made when first asked for and kept.

    Parameters
    ----------
    result : Result
        What to draw.

    Notes
    -----
    The bytes carry no date and depend on the result alone, so two runs give the same file. Text in the SVG stays
    text in DejaVu Sans, which ships with matplotlib.
    """

    def __init__(self, result: Result) -> None:
        self._result = result

    @cached_property
    def map_svg(self) -> bytes:
        """The map as SVG, UTF-8."""
        return _svg(self._map)

    @cached_property
    def map_png(self) -> bytes:
        """The map as PNG at `PNG_DPI`."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image

        stream, figure = io.BytesIO(), self._map
        with drawing_settings():
            figure.set_dpi(PNG_DPI)
            canvas: Any = FigureCanvasAgg(figure)
            canvas.draw()
        # A map has no transparency, and the last percents of compression cost as much time as the drawing.
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        picture.save(stream, "png", compress_level=3, dpi=(PNG_DPI, PNG_DPI))
        return stream.getvalue()

    @cached_property
    def _map(self) -> Figure:
        from placement.view.canvas import make_sheet
        from placement.view.plan_map import draw_plan_map

        with drawing_settings():
            figure, axes = make_sheet(self._result)
            draw_plan_map(axes, self._result)
        return figure

    @cached_property
    def coverage_svg(self) -> bytes:
        """The coverage map as SVG, UTF-8."""
        from placement.view.canvas import make_sheet
        from placement.view.coverage_map import coverage_entries, draw_coverage_map

        with drawing_settings():
            figure, axes = make_sheet(
                self._result, coverage_entries(self._result), largest=(400.0, 330.0), above=28.0, below=50.0
            )
            draw_coverage_map(axes, self._result)
        return _svg(figure)


def _svg(figure: Figure) -> bytes:
    stream = io.BytesIO()
    with drawing_settings():
        figure.savefig(stream, format="svg", dpi=PNG_DPI, metadata={"Date": None, "Creator": None})
    return stream.getvalue()


@contextmanager
def drawing_settings() -> Iterator[None]:
    """Hold matplotlib to its own defaults and `_SETTINGS`, whatever the user's matplotlibrc says, and restore it after."""
    import matplotlib as mpl

    # Not rcdefaults: that reads every style sheet that ships with matplotlib. The backend is not ours to choose.
    defaults = {name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith("backend")}
    with mpl.rc_context({**defaults, **_SETTINGS}), warnings.catch_warnings():
        # A name in letters that the font lacks is drawn with boxes; the report says so in words.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield
