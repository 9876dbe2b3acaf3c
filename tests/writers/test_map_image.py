"""map.svg and map.png."""

from __future__ import annotations

from helpers import tiny_result
from placement.view.figures import Figures
from placement.writers.map_image import write


def test_both_pictures_are_those_of_the_shared_figures(tmp_path):
    """The map is drawn once: the files hold the very bytes that the report gets."""
    figures = Figures(tiny_result())
    svg, png = write(tiny_result(), figures, tmp_path)
    assert (svg.name, svg.read_bytes()) == ("map.svg", figures.map_svg)
    assert (png.name, png.read_bytes()) == ("map.png", figures.map_png)
    assert png.read_bytes().startswith(b"\x89PNG")
