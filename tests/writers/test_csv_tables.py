"""devices.csv and assignment.csv."""

from __future__ import annotations

import csv
import io

import numpy as np

from helpers import city_result, make_result, tiny_result
from placement.core import Demand
from placement.writers.csv_tables import assignment_table, devices_table


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_devices_table_of_the_tiny_plan():
    """Header and rows as promised; what is unknown is empty."""
    assert devices_table(tiny_result()) == (
        "id,x,y,lon,lat,level,status,demand_points,demand_weight,mean_m,max_m\n"
        "D1,1.0,0.0,,,,new,3,3.0,0.666667,1.0\n"
        "D2,10.0,3.0,,,,new,2,2.0,2.0,3.0\n"
    )


def test_assignment_table_of_the_tiny_plan():
    """One row for each point, in the order of the input."""
    expected = "demand,device,distance_m\nS1,D1,1.0\nS2,D1,0.0\nS3,D1,1.0\nS4,D2,3.0\nS5,D2,1.0\n"
    assert assignment_table(tiny_result()) == expected


def test_distances_are_rounded_to_a_micrometre():
    """No digits that no tape can tell, and the same ones on every machine."""
    rows = read(assignment_table(city_result()))
    assert max(len(row["distance_m"].partition(".")[2]) for row in rows) == 6


def test_geographic_devices_have_longitude_and_latitude():
    """The columns that stay empty on a plan are filled on the Earth."""
    assert all(-123 < float(row["lon"]) < -122 and 37 < float(row["lat"]) < 38 for row in read(devices_table(city_result())))


def test_names_come_back_as_they_were():
    """Commas, quotes, line breaks and a leading = are data: quoted, not altered."""
    names = ("a,b", 'say "hi"', "two\nlines", "=1+1", "-3", "@x")
    demand = Demand(names, np.arange(12.0).reshape(6, 2), np.ones(6))
    rows = read(assignment_table(make_result(demand, np.zeros((1, 2)), device_ids=("=SUM(A1), or so",))))
    assert tuple(row["demand"] for row in rows) == names
    assert {row["device"] for row in rows} == {"=SUM(A1), or so"}


def test_table_agrees_with_the_score():
    """The points of all devices are all points, and the farthest is the score's."""
    result = city_result()
    rows = read(devices_table(result))
    assert sum(int(row["demand_points"]) for row in rows) == result.problem.demand.n
    assert max(float(row["max_m"]) for row in rows) == round(result.score.max_m, 6)
