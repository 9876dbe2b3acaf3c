"""Graticule and ticks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers import city_result, tiny_result


def test_graticule_labels_stand_where_their_meridians_cross_the_edge(draw):
    """The tick for 122.50 W, off the central meridian, lies where that longitude meets the lower edge of the map."""
    result = city_result()
    map_ = draw(result)
    axes, frame = map_.axes, result.problem.frame
    ticks = dict(zip([label.get_text() for label in axes.get_xticklabels()], axes.get_xticks(), strict=True))
    lonlat = frame.to_lonlat(np.array([[ticks["122.50° W"], axes.get_ylim()[0]]]))
    assert lonlat[0, 0] == pytest.approx(-122.50, abs=1e-6)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["37.65° N", "37.70° N", "37.75° N", "37.80° N"]
    assert len(map_.find("graticule")) == 1


def test_plain_coordinates_have_ticks_in_the_users_unit_and_no_graticule(draw):
    """A plan in feet is ticked at round feet, which lie where those feet are."""
    result = tiny_result()
    result = replace(result, problem=replace(result.problem, frame=replace(result.problem.frame, unit="ft")))
    map_ = draw(result)
    assert map_.find("graticule") == []
    labels = [label.get_text() for label in map_.axes.get_xticklabels()]
    ten = labels.index("10")
    assert map_.axes.get_xticks()[ten] == pytest.approx(3.048)
