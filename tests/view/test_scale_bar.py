"""Scale bar and north arrow."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import city_result, desks_result, floor_result
from placement.core import Frame
from placement.view.extent import Extent
from placement.view.scale_bar import bar_length, bar_unit, true_north


@pytest.mark.parametrize(
    ("width", "unit", "length_m", "shown"),
    [
        (61.6, "m", 10.0, "m"),
        (61.6, "ft", 20 * 0.3048, "ft"),
        (3.0, "m", 0.5, "m"),
        (13000.0, "m", 2000.0, "km"),
        (13000.0, "km", 2000.0, "km"),
    ],
)
def test_bar_is_round_in_its_unit(width, unit, length_m, shown):
    """A quarter of the map at most, and a number that one can walk off."""
    extent, frame = Extent(0, 0, width, width), Frame(unit)
    assert bar_length(extent, frame) == pytest.approx(length_m)
    assert bar_unit(extent, frame) == shown


def test_drawn_bar_has_the_length_that_it_says(draw):
    """Both halves together span the labelled length in map coordinates, and on paper."""
    map_ = draw(desks_result())
    halves = map_.find("scale-bar")
    length = sum(half.get_width() for half in halves)
    assert map_.words("scale-label") == ["0", "5", "10 m"]
    assert length == pytest.approx(10.0)
    paper = halves[0].get_window_extent().width + halves[1].get_window_extent().width
    shown = map_.axes.transData.transform([[0, 0], [10, 0]])[:, 0]
    assert paper == pytest.approx(np.diff(shown)[0])


def test_bar_and_legend_stay_off_the_data(draw):
    """Scale bar below the map, legend right of it."""
    map_ = draw(desks_result())
    box = map_.axes.get_window_extent()
    assert all(half.get_window_extent().y1 < box.y0 for half in map_.find("scale-bar"))
    assert all(text.get_window_extent().x0 > box.x1 for text in map_.find("legend-text"))


def test_everything_is_on_the_sheet(draw):
    """No text or key is cut off by the edge of the figure."""
    for result in (floor_result(p=40, radii_m=(3.0,)), city_result(), desks_result(n_fixed=5)):
        map_ = draw(result)
        sheet = map_.figure.bbox
        for artist in (*map_.find("legend-"), *map_.find("title"), *map_.find("scores"), *map_.find("foot"), *map_.find("scale")):
            box = artist.get_window_extent()
            assert box.x0 >= sheet.x0, artist
            assert box.x1 <= sheet.x1, artist
            assert box.y0 >= sheet.y0, artist
            assert box.y1 <= sheet.y1, artist


def test_north_arrow_only_where_north_is_known(draw):
    """A plan in local coordinates does not say where north is."""
    assert draw(desks_result()).find("north-arrow") == []
    assert len(draw(city_result()).find("north-arrow")) == 2


def test_true_north_turns_away_from_the_grid():
    """East of its central meridian a transverse Mercator leans: at 3 degrees of longitude and 52 north by about 2.4."""
    frame = Frame("km", "EPSG:4326", "+proj=tmerc +lat_0=52 +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs")
    x, y = frame.to_planning(np.array([[3.0, 52.0]]))[0]
    east, north = true_north(frame, Extent(x - 10, y - 10, x + 10, y + 10))
    assert np.degrees(np.arctan2(east, north)) == pytest.approx(-3 * np.sin(np.radians(52)), abs=0.05)
