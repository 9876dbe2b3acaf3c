"""The bytes of the map."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import partial

import matplotlib as mpl
import pytest

from helpers import city_result, desks_result, floor_result, tiny_result
from placement.view.figures import Figures

CASES = [tiny_result, floor_result, city_result, partial(desks_result, n=5001)]


@pytest.mark.parametrize("build", CASES, ids=["tiny", "floor", "city", "dense"])
def test_same_result_same_bytes_in_either_order(build):
    """Two runs agree, whichever picture is asked for first."""
    first, second = Figures(build()), Figures(build())
    svg, png = first.map_svg, first.map_png
    assert second.map_png == png
    assert second.map_svg == svg


def test_bytes_do_not_depend_on_the_users_settings():
    """A matplotlibrc changes nothing, and is back in force afterwards."""
    expected = Figures(tiny_result()).map_svg
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "pink", "svg.fonttype": "path", "lines.linewidth": 9}):
        assert Figures(tiny_result()).map_svg == expected
        assert mpl.rcParams["font.size"] == 20


def test_svg_is_xml_with_text_as_text_and_no_date():
    """Names can be searched and read aloud; nothing tells when or by what it was drawn."""
    svg = Figures(tiny_result(name="Rooms <A> & B")).map_svg
    root = ET.fromstring(svg)  # noqa: S314 - our own bytes
    words = "".join(root.itertext())
    assert "Rooms <A> & B" in words
    assert "S4: 3.00 m" in words
    assert "Matplotlib" not in words
    assert b"<dc:date>" not in svg


def test_png_is_a_picture_at_150_dpi():
    """The picture is as large as the sheet says."""
    from io import BytesIO

    from PIL import Image

    figures = Figures(tiny_result())
    with Image.open(BytesIO(figures.map_png)) as picture:
        assert picture.mode == "RGB"
        assert picture.size == pytest.approx(figures._map.get_size_inches() * 150, abs=1)


def test_drawing_needs_neither_pyplot_nor_heavy_libraries():
    """A map of desks imports no pyplot, pandas, scipy, shapely or pyproj; the writers' registry not even matplotlib."""
    heavy = "('matplotlib.pyplot', 'pandas', 'scipy', 'pyproj', 'geopandas', 'shapely')"
    code = (
        "import sys, placement.writers as w\n"
        "assert 'matplotlib' not in sys.modules\n"
        "import placement.view.plan_map, placement.view.canvas\n"
        "import matplotlib.figure, matplotlib.backends.backend_agg, matplotlib.backends.backend_svg\n"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
