"""The coverage map: bands cut at the requirement, the failing part hatched, those who fail marked and counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers import city_result, floor_result, tiny_result
from placement.distances.table import TableDistance
from placement.metrics import measure
from placement.view.coverage_map import FINE_STEPS, coverage_bands, coverage_entries
from placement.view.figures import Figures


def test_legend_is_cut_at_the_requirement():
    """Six even bands end at the requirement; one line for what is beyond, one that counts who is."""
    result = tiny_result(radii_m=(2.0, 9.0))
    bands = coverage_bands(result)
    assert bands.edges_m[-1] == 2.0
    assert len(bands.edges_m) == FINE_STEPS
    labels = [entry.label for entry in coverage_entries(result)]
    assert "beyond 2 m" in labels
    assert "demand that misses it (1)" in labels
    assert not any("misses" in entry.label for entry in coverage_entries(tiny_result(radii_m=(3.0,))))


def test_failing_part_is_hatched_and_failing_demand_marked():
    """Hatch and crosses are in the picture, demand that is served well is not."""
    svg = Figures(floor_result(radii_m=(4.0,))).coverage_svg.decode()
    assert 'id="beyond"' in svg
    assert 'id="failing"' in svg
    assert "points-0" not in svg


def test_without_a_requirement_nothing_fails():
    """No hatch, no cross; the bands are those of the map."""
    result = tiny_result()
    assert not any("misses" in entry.label for entry in coverage_entries(result))
    svg = Figures(result).coverage_svg.decode()
    assert 'id="beyond"' not in svg
    assert 'id="failing"' not in svg


@pytest.mark.parametrize("radii_m", [(), (2.0,)])
def test_other_distances_colour_points(radii_m):
    """Distances of a table are told at the points, no disc is drawn, and points without a way are crossed."""
    result = tiny_result(radii_m=radii_m)
    table = TableDistance(result.problem.demand.ids, result.plan.device_ids, np.zeros((5, 2)))
    far = result.plan.service_distance.copy()
    far[-1] = np.inf
    result = replace(result, problem=replace(result.problem, distance=table), plan=replace(result.plan, service_distance=far))
    result = replace(result, score=measure(result.problem, result.plan))
    svg = Figures(result).coverage_svg.decode()
    assert 'id="beyond"' not in svg
    assert ('id="band-0"' in svg) is bool(radii_m)
    assert ('id="failing"' in svg) is bool(radii_m)


def test_same_bytes():
    """Two drawings of one result are the same, on the Earth too."""
    first, second = (Figures(city_result(radii_m=(3000.0,))).coverage_svg for _ in range(2))
    assert first == second
