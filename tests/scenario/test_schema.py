"""The values of a scenario: budgets, lengths, and that nothing can change them afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pydantic
import pytest

from placement.errors import ScenarioError
from placement.scenario import Scenario

Load = Callable[..., Scenario]


def with_devices(devices: str, units: str = "m") -> str:
    """Return a scenario with these devices."""
    return f"schema: 1\nname: A\nunits: {units}\ndemand: [{{x: 1, y: 2}}]\ndevices: {devices}\n"


@pytest.mark.parametrize(
    ("devices", "n_new"),
    [
        ("{budget: 5}", 5),
        ("{cost: 2500, price: 350}", 7),
        ("{cost: 350, price: 350}", 1),
        ("{cost: 0.6, price: 0.2}", 3),  # 0.6 / 0.2 is 2.9999999999999996 in binary
        ("{cost: 2.1, price: 0.7}", 3),
        ("{cost: 1e6, price: 3}", 333_333),
    ],
)
def test_number_of_new_devices(load: Load, devices: str, n_new: int) -> None:
    """Money buys whole devices, counted in the decimals that the user wrote."""
    assert load(with_devices(devices)).spec.devices.n_new == n_new


@pytest.mark.parametrize(
    ("radius", "units", "metres"),
    [
        ("8", "m", (8.0,)),
        ("8", "ft", (2.4384,)),
        ("0.5", "km", (500.0,)),
        ("12 ft", "m", (3.6576,)),
        ("[8, '50 cm']", "m", (8.0, 0.5)),
        ("8 m", "ft", (8.0,)),
    ],
)
def test_radii_in_metres(load: Load, radius: str, units: str, metres: tuple[float, ...]) -> None:
    """A bare length is in the scenario's unit, one with a unit in its own; one length is a list of one."""
    assert load(with_devices(f"{{budget: 1, radius: {radius}}}", units)).spec.radii_m == pytest.approx(metres)


def test_default_lengths_do_not_depend_on_the_unit(load: Load) -> None:
    """The default clearance is 10 cm and the default gap 2 m, also in a plan drawn in feet."""
    plan = "plan: {file: a.dxf, unit: in, layers: {floor: [f], wall: [w]}}\n"
    spec = load(with_devices("{budget: 1}", "ft") + plan).spec
    assert spec.length_m(spec.plan.clearance) == pytest.approx(0.1)
    assert spec.length_m(spec.plan.close_gaps) == pytest.approx(2.0)


def test_clearance_may_be_zero(load: Load) -> None:
    """A device may touch the wall."""
    plan = "plan: {file: a.DXF, unit: mm, layers: {floor: [f], wall: [w, w/BLOCK*]}, clearance: 0}\n"
    assert load(with_devices("{budget: 1}") + plan).spec.plan.clearance == 0


def test_closed_and_open_rings_are_both_polygons(load: Load) -> None:
    """The first corner may be repeated at the end, as GIS does, or not."""
    spec = load(with_devices("{budget: 1, forbidden: [[[0, 0], [1, 0], [1, 1]], [[0, 0], [1, 0], [1, 1], [0, 0]]]}")).spec
    assert [len(ring) for ring in spec.devices.forbidden] == [3, 4]


def test_frozen_to_the_bottom(load: Load) -> None:
    """Nothing of a loaded scenario can be changed."""
    spec = load().spec
    with pytest.raises(pydantic.ValidationError):
        spec.solver.seed = 3
    hash(spec.demand)
    hash(spec.solver)


@pytest.mark.parametrize("written", ["k_means", "{kind: k_means}"])
def test_word_or_mapping(load: Load, written: str) -> None:
    """An objective without settings may be written as its word alone."""
    assert load(with_devices("{budget: 1}") + f"objective: {written}\n").spec.objective.kind == "k_means"


def test_every_fault_at_once(load: Load) -> None:
    """Faults of values, of keys and between keys are told together, in the order of the file."""
    text = (
        "schema: 1\nname: A\nunits: yd\ndemand: {blocks: [{name: a, weight: 0}]}\n"
        "devices: {budget: 0, cost: 3}\nreport: [geojson]\n"
    )
    with pytest.raises(ScenarioError) as caught:
        load(text)
    keys = ["units", "demand.blocks", "demand.blocks[0].weight", "devices.budget", "devices.cost", "report[0]"]
    assert [fault.key for fault in caught.value.faults] == keys
