"""The bill of materials: how many, how many spare, and what they cost when that is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from helpers import city_result, make_result, tiny_result
from placement.core import Demand, Sites
from placement.metrics.materials import bill_of_materials


def lines(result, price=None):
    return [(line.item, line.quantity, line.price, line.cost) for line in bill_of_materials(result.problem, result.plan, price)]


@pytest.mark.parametrize(("n", "spare"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_one_spare_for_each_ten(n, spare):
    """And one at least."""
    xy = np.column_stack([np.arange(float(n)), np.zeros(n)])
    result = make_result(Demand(tuple(map(str, range(n))), xy, np.ones(n)), xy)
    assert lines(result, 2.5) == [("New device", n, 2.5, 2.5 * n), ("Spare device", spare, 2.5, 2.5 * spare)]


def test_fixed_devices_are_not_bought():
    """Only new ones are; with nothing but fixed ones there is no bill."""
    assert lines(tiny_result(n_fixed=1)) == [("New device", 1, None, None), ("Spare device", 1, None, None)]
    assert lines(tiny_result(n_fixed=2)) == []


def priced(names, prices, chosen):
    """Return the tiny plan on chosen candidate sites."""
    xy = np.column_stack([np.arange(float(len(names))), np.zeros(len(names))])
    return tiny_result(device_ids=chosen, candidates=Sites(names, xy, price=np.array(prices)))


def test_sites_have_their_own_prices():
    """The cost is the sum of the chosen; a spare has the price that all have, or none."""
    result = priced(("S1", "S2", "S3"), [100.0, 150.5, 900.0], ("S1", "S2"))
    assert lines(result, 7.0) == [("New device", 2, None, 250.5), ("Spare device", 1, None, None)]
    result = priced(("S1", "S2", "S3"), [100.0, 100.0, 900.0], ("S1", "S2"))
    assert lines(result) == [("New device", 2, 100.0, 200.0), ("Spare device", 1, 100.0, 100.0)]


def test_types_have_lines_of_their_own():
    """Sites that stand in the problem once for each type tell the type behind the slash."""
    xy = np.repeat([[0.0, 0.0], [5.0, 0.0]], 2, axis=0)
    names = ("S1/indoor", "S1/outdoor", "S2/indoor", "S2/outdoor")
    sites = Sites(names, xy, price=np.array([300.0, 500.0, 300.0, 500.0]))
    result = tiny_result(device_ids=("S1/indoor", "S2/outdoor"), candidates=sites)
    assert lines(result) == [
        ("New device, indoor", 1, 300.0, 300.0),
        ("New device, outdoor", 1, 500.0, 500.0),
        ("Spare device, indoor", 1, 300.0, 300.0),
        ("Spare device, outdoor", 1, 500.0, 500.0),
    ]
    apart = replace(result.problem, candidates=replace(sites, xy=np.arange(8.0).reshape(4, 2)))
    assert [line.item for line in bill_of_materials(apart, result.plan)] == ["New device", "Spare device"]


def test_a_building_has_no_spare():
    """What stands on the Earth is no box on a ceiling."""
    assert [item for item, *_ in lines(city_result())] == ["New device"]
