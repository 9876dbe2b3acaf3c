"""Problems of OR-Library, read from their graph files, are solved to their published optima, with a proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement import load_scenario, place, write
from placement.pipeline import verify

GRAPHS = Path(__file__).parents[1] / "data" / "orlib"
PUBLISHED = [("pmed1", 5, 5819, 127), ("pmed5", 33, 1355, 48)]
"""Graph, number of devices, and the optima of p-median and vertex p-center; `tests/data/orlib/SOURCES.md` says whose they are."""


@pytest.mark.parametrize(("name", "p", "median", "center"), PUBLISHED)
def test_the_published_optimum_is_found_and_proven(name: str, p: int, median: int, center: int, tmp_path: Path) -> None:
    """Every node is a demand point and a site; of an edge that stands twice the last line counts."""
    nodes = ", ".join(f"{{id: '{i}', x: {i}, y: 0}}" for i in range(1, 101))
    for objective, optimum in (("p_median", median), ("p_center", center)):
        file = tmp_path / f"{objective}.yaml"
        file.write_text(
            f"schema: 1\nname: {name}\nunits: m\ndemand: [{nodes}]\nobjective: {objective}\n"
            f"devices: {{budget: {p}, candidates: [{nodes}]}}\ndistance: {{kind: network, edges: '{GRAPHS / name}.txt'}}\n",
            encoding="utf-8",
        )
        result = place(load_scenario(file))
        assert result.plan.value == pytest.approx(optimum, rel=1e-12)
        assert result.plan.status == "optimal"
        write(result, tmp_path / objective, only=[])
        assert verify(tmp_path / objective, file).verdict.is_confirmed
