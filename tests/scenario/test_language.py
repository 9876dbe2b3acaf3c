"""The language of objectives and constraints: what each key becomes in the problem."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from pathlib import Path

import numpy as np
import pytest

from placement.core.constraints import Constraints, Pair, Quota
from placement.errors import InfeasibleError, ScenarioError
from placement.objectives.k_means import KMeansObjective
from placement.objectives.max_cover import MaxCoverObjective
from placement.objectives.p_center import PCenterObjective
from placement.objectives.p_median import PMedianObjective
from placement.objectives.set_cover import SetCoverObjective
from placement.pipeline import check
from placement.scenario import Scenario, load_scenario
from placement.scenario.build import build

Load = Callable[..., Scenario]

ROOM = """\
schema: 1
name: A room
units: ft
demand: [{id: a, x: 1, y: 2, weight: 3}, {id: b, x: 3, y: 4}, {id: c, x: 3, y: 4}]
"""


def room(devices: str, more: str = "") -> str:
    """Return a scenario of three points on two spots with these devices."""
    return f"{ROOM}devices: {devices}\n{more}"


@pytest.mark.parametrize(
    ("objective", "made"),
    [
        ("k_means", KMeansObjective()),
        ("p_median", PMedianObjective()),
        ("p_center", PCenterObjective()),
        ("{kind: p_center, weighted: true}", PCenterObjective(is_weighted=True)),
        ("max_cover", MaxCoverObjective(radius_m=3.048)),
        ("{kind: max_cover, radius: 12 m}", MaxCoverObjective(radius_m=12.0)),
        ("{kind: max_cover, backup: 2}", MaxCoverObjective(radius_m=3.048, n_serving=2)),
        (
            "{kind: set_cover, share: 0.95, backup: 2, radius: 1}",
            SetCoverObjective(radius_m=0.3048, share=0.95, n_serving=2),
        ),
    ],
)
def test_objectives(load: Load, objective: str, made: object) -> None:
    """A word or a mapping becomes the objective with its settings; a radius is in `units` or says its own unit."""
    assert build(load(room("{budget: 1, radius: [10, 5]}", f"objective: {objective}"))).problem.objective == made


def test_radius_of_the_objective_is_the_requirement(load: Load) -> None:
    """Reports speak first of the radius that the plan was made for, then of the others, each once."""
    text = room("{budget: 1, radius: [2 m, 5 m]}", "objective: {kind: max_cover, radius: 5 m}")
    assert build(load(text)).problem.radii_m == (5.0, 2.0)
    assert build(load(room("{budget: 1}", "objective: {kind: max_cover, radius: 5 m}"))).problem.radii_m == (5.0,)
    assert build(load(room("{budget: 1, radius: [2 m, 5 m]}", "objective: p_center"))).problem.radii_m == (2.0, 5.0)


@pytest.mark.parametrize(
    ("devices", "objective", "n_new"),
    [
        ("{radius: 1}", "set_cover", 2),
        ("{radius: 1, budget: 1}", "set_cover", 1),
        ("{radius: 1}", "{kind: set_cover, backup: 2}", 4),
        ("{radius: 1, candidates: [{x: 1, y: 1}, {x: 2, y: 2}, {x: 3, y: 3}]}", "set_cover", 3),
        ("{cost: 10, price: 5}", "p_median", 2),
        ("{cost: 9, candidates: [{x: 1, y: 1, price: 4}, {x: 2, y: 2, price: 9}, {x: 3, y: 3, price: 5}]}", "p_median", 2),
        ("{cost: 99, candidates: [{x: 1, y: 1, price: 4}, {x: 2, y: 2, price: 9}]}", "p_median", 2),
        ("{cost: 99, budget: 1, candidates: [{x: 1, y: 1, price: 4}, {x: 2, y: 2, price: 9}]}", "p_median", 1),
        ("{cost: 0.3, candidates: [{x: 1, y: 1, price: 0.1}, {x: 2, y: 2, price: 0.2}]}", "p_median", 2),
        ("{cost: 1, candidates: [{x: 1, y: 1, price: 0}, {x: 2, y: 2, price: 2}]}", "p_median", 1),
    ],
)
def test_most_devices(load: Load, devices: str, objective: str, n_new: int) -> None:
    """The budget, what the money buys cheapest first, or as many as could ever help."""
    assert build(load(room(devices, f"objective: {objective}"))).problem.n_new == n_new


def test_nothing_asked_is_no_constraint(load: Load) -> None:
    """A plain scenario constrains nothing, and its sites carry no attributes."""
    problem = build(load(room("{budget: 1, candidates: [{x: 1, y: 1}]}"))).problem
    assert problem.constraints == Constraints()
    assert problem.candidates.price is problem.candidates.capacity is problem.candidates.group is None


@pytest.mark.parametrize(
    ("devices", "expected"),
    [
        ("capacity: 25", {"capacity_max": 25.0}),
        ("capacity: {min: 5, max: 25}", {"capacity_min": 5.0, "capacity_max": 25.0}),
        ("capacity: {min: 5}", {"capacity_min": 5.0}),
        ("cutoff: 20 m", {"cutoff_m": 20.0}),
        ("cutoff: 10", {"cutoff_m": 3.048}),
        ("spacing: 5 m", {"spacing_m": 5.0}),
        ("quotas: [{group: up, min: 1, max: 3}, {group: 7}]", {"quotas": (Quota("up", 1, 3), Quota("7", 0, 3))}),
        ("pairs: {required: [{demand: b, device: S2}]}", {"required_pairs": (Pair(1, "S2"),)}),
        ("pairs: {forbidden: [{demand: c, device: F}]}", {"forbidden_pairs": (Pair(2, "F"),)}),
    ],
)
def test_constraints(load: Load, devices: str, expected: dict[str, object]) -> None:
    """Each key alone becomes its constraint and nothing else."""
    sites = (
        "fixed: [{id: F, x: 0, y: 0, group: up}], candidates: [{id: S1, x: 1, y: 1, group: up}, {id: S2, x: 2, y: 2, group: 007}]"
    )
    sites = sites.replace("007", "7")
    assert build(load(room(f"{{budget: 1, {sites}, {devices}}}"))).problem.constraints == Constraints(**expected)


def test_money_is_a_constraint_only_with_prices_of_sites(load: Load) -> None:
    """At one price for all the number of devices says it already."""
    assert build(load(room("{cost: 10, price: 5}"))).problem.constraints.money == inf
    built = build(load(room("{cost: 10, price: 7, candidates: [{x: 1, y: 1, price: 4}, {x: 2, y: 2}]}")))
    assert built.problem.constraints.money == 10
    assert built.problem.candidates.price.tolist() == [4, 7]


def test_attributes_of_sites(load: Load) -> None:
    """A site without a capacity of its own has that of all; a group is kept as written."""
    sites = "candidates: [{id: S1, x: 1, y: 1, capacity: 5, group: 007}, {id: S2, x: 2, y: 2}]"
    problem = build(load(room(f"{{budget: 1, capacity: 25, {sites}, fixed: [{{x: 0, y: 0, capacity: 2}}]}}"))).problem
    assert problem.candidates.capacity.tolist() == [5, 25]
    assert problem.candidates.group == ("007", "")
    assert problem.fixed.capacity.tolist() == [2]


def test_attributes_in_a_file(load: Load) -> None:
    """Columns named like those of weights: an empty price is the general one, an empty capacity no limit, an empty group none."""
    devices = "{cost: 9, price: 3, candidates: {file: sites.csv, id: id, price: rent, capacity: seats, group: floor}}"
    problem = build(load(room(devices), sites_csv="id,x,y,rent,seats,floor\nS1,1,1,4,5,1\nS2,2,2,,,\n")).problem
    assert problem.candidates.price.tolist() == [4, 3]
    assert problem.candidates.capacity.tolist() == [5, inf]
    assert problem.candidates.group == ("1", "")


FORBIDDEN = "forbidden: [[[0, 0], [1.5, 0], [1.5, 1.5], [0, 1.5]]]"


def test_sites_in_forbidden_zones_are_dropped_with_their_attributes(load: Load) -> None:
    """The sites that are left keep their own prices, capacities and groups, and the money is counted anew."""
    sites = (
        "[{id: S1, x: 1, y: 1, price: 1, group: up}, {id: S2, x: 2, y: 2, price: 4, group: down}, {id: S3, x: 3, y: 3, price: 4}]"
    )
    problem = build(load(room(f"{{cost: 5, candidates: {sites}, {FORBIDDEN}}}"))).problem
    assert problem.candidates.ids == ("S2", "S3")
    assert problem.candidates.price.tolist() == [4, 4]
    assert problem.candidates.group == ("down", "")
    assert problem.n_new == 1


def test_a_required_pair_needs_its_site(load: Load) -> None:
    """A site that must serve somebody and may not carry a device makes the plan impossible, and the text says why."""
    sites = "[{id: S1, x: 1, y: 1}, {id: S2, x: 2, y: 2}]"
    text = room(f"{{budget: 1, candidates: {sites}, {FORBIDDEN}, pairs: {{required: [{{demand: a, device: S1}}]}}}}")
    with pytest.raises(InfeasibleError, match="S1 must serve a, and no device may stand there"):
        build(load(text))


def test_fewer_usable_sites_than_wanted_matter_only_to_a_number_that_is_fixed(load: Load) -> None:
    """set_cover takes what is left; a budget of two cannot be met with one site."""
    sites = f"candidates: [{{x: 1, y: 1}}, {{x: 2, y: 2}}], {FORBIDDEN}"
    assert build(load(room(f"{{radius: 9, {sites}}}", "objective: set_cover"))).problem.n_new == 1
    with pytest.raises(InfeasibleError, match="only 1 of 2"):
        build(load(room(f"{{budget: 2, {sites}}}")))


def test_search(load: Load) -> None:
    """Effort and gap reach the search; they are good and 1e-6 when left out."""
    search = build(load(room("{budget: 1}", "solver: {effort: best, gap: 0.001}"))).search
    assert (search.effort, search.gap) == ("best", 0.001)
    search = build(load(room("{budget: 1}"))).search
    assert (search.effort, search.gap) == ("good", 1e-6)


def test_names_that_look_like_numbers(load: Load) -> None:
    """Demand points and sites may be called 1 and 02; pairs and groups call them the same."""
    text = room(
        "{budget: 1, candidates: [{id: 02, x: 1, y: 1, group: 1}], quotas: [{group: 1, max: 1}],"
        " pairs: {required: [{demand: 007, device: 02}]}}"
    ).replace("id: a", "id: 007")
    constraints = build(load(text)).problem.constraints
    assert constraints.required_pairs == (Pair(0, "02"),)
    assert constraints.quotas == (Quota("1", 0, 1),)


@pytest.mark.parametrize(
    "more",
    [
        "objective: {kind: set_cover, radius: 3 m, share: 0.9}",
        "objective: {kind: p_center, weighted: true}",
        "distance: {kind: table, file: a.csv, unit: km}",
        "distance: {kind: network, edges: a.csv, from: i}",
        "solver: {effort: fast, gap: 0}",
    ],
)
def test_resolved_form_loads_to_the_same(load: Load, tmp_path: Path, more: str) -> None:
    """The canonical YAML of each new key loads again to equal values."""
    sites = "candidates: {file: b.csv, price: p, capacity: c, group: g}, cost: 5, quotas: [{group: a}], spacing: 3"
    scenario = load(room(f"{{{sites}, capacity: {{min: 3}}, pairs: {{required: [{{demand: a, device: b}}]}}}}", more))
    (tmp_path / "again.yaml").write_text(scenario.resolved_yaml(), encoding="utf-8")
    assert load_scenario(tmp_path / "again.yaml").spec == scenario.spec


def test_data_files_are_hashed(load: Load, tmp_path: Path) -> None:
    """A change in the table or the network is another scenario."""
    sites = "{budget: 1, candidates: [{id: S1, x: 1, y: 1}]}"
    scenario = load(room(sites, "distance: {kind: table, file: far.csv}"), far_csv="p,S1\na,1\nb,2\nc,3\n")
    assert [path.name for path in scenario.data_files()] == ["far.csv"]
    before = build(scenario).source.sha256
    (tmp_path / "far.csv").write_text("p,S1\na,1\nb,2\nc,4\n", encoding="utf-8")
    assert build(scenario).source.sha256 != before
    edges = load(room(sites, "distance: {kind: network, edges: e.csv}"), e_csv="from,to,length\n")
    assert [path.name for path in edges.data_files()] == ["e.csv"]


def test_san_francisco_has_its_table() -> None:
    """The scenario of the stores is sound for each objective, and its distances are those of the table, in metres."""
    path = Path(__file__).parents[2] / "scenarios" / "stores.yaml"
    problem = check(load_scenario(path))
    row, column = problem.demand.ids.index("060750479.01"), problem.candidates.ids.index("Store_1")
    far = problem.distance.matrix(problem.demand, problem.candidates)
    assert far.shape == (205, 16)
    assert far[row, column] == pytest.approx(671.5733459664615)
    assert np.isfinite(far).all()
    for objective in ("p_center", "max_cover", "set_cover"):
        assert check(load_scenario(path, [f"objective={objective}"])).objective.kind == objective


def test_faults_of_every_file_come_together(load: Load) -> None:
    """Wrong cells of the sites and of the table are told at once."""
    text = room("{cost: 9, candidates: {file: s.csv, id: id, price: p}}", "distance: {kind: table, file: t.csv}")
    with pytest.raises(ScenarioError) as caught:
        build(load(text, s_csv="id,x,y,p\nS1,1,1,-1\n", t_csv="d,S1\na,-1\nb,2\nc,3\n"))
    assert [Path(fault.file).name for fault in caught.value.faults] == ["s.csv", "t.csv"]


@pytest.mark.parametrize("rule", ["capacity: 5", "pairs: {forbidden: [{demand: a, device: b}]}"])
def test_backup_goes_with_no_rule_about_one_device(load: Load, rule: str) -> None:
    """Room and pairs are about the device that serves; backup counts two."""
    with pytest.raises(ScenarioError, match="does not go with backup"):
        load(room(f"{{budget: 2, candidates: {{file: b.csv}}, {rule}}}", "objective: {kind: max_cover, radius: 3 m, backup: 2}"))
