"""Tiny named problems whose answers are known by hand, for solvers and everything above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placement.core import Demand, Domain, Frame, Problem, Sites
from placement.core.types import FloatArray
from placement.distances import DISTANCES
from placement.objectives import OBJECTIVES


def make_problem(
    xy: FloatArray | Sequence[Sequence[float]],
    n_new: int,
    *,
    weight: Sequence[float] | None = None,
    fixed: Sequence[Sequence[float]] = (),
    candidates: Sequence[Sequence[float]] | None = None,
    domain: Domain | None = None,
    radii_m: tuple[float, ...] = (),
) -> Problem:
    """Return a k_means problem on plain coordinates [m]; points are a0, a1, ..., fixed AP1, ..., candidates C1, ..."""
    places = np.asarray(xy, dtype=float)
    names = tuple(f"a{i}" for i in range(len(places)))
    return Problem(
        demand=Demand(names, places, np.ones(len(places)) if weight is None else np.asarray(weight, dtype=float)),
        fixed=make_sites("AP", fixed),
        candidates=None if candidates is None else make_sites("C", candidates),
        domain=domain or Domain("plane"),
        objective=OBJECTIVES["k_means"](),
        distance=DISTANCES["euclidean"](),
        n_new=n_new,
        radii_m=radii_m,
        frame=Frame(),
    )


def make_sites(prefix: str, xy: Sequence[Sequence[float]]) -> Sites:
    """Return sites named prefix1, prefix2, ... at `xy` [m]."""
    return Sites(tuple(f"{prefix}{i + 1}" for i in range(len(xy))), np.asarray(xy, dtype=float).reshape(-1, 2))


def line5() -> Problem:
    """Return 0, 1, 2, 10, 12 on a line, two devices: {0, 1, 2} at 1 and {10, 12} at 11, value 1 + 1 + 1 + 1 = 4."""
    return make_problem([[0, 0], [1, 0], [2, 0], [10, 0], [12, 0]], 2)


def random_problem(seed: int, n: int = 40, p: int = 3, **parts: object) -> Problem:
    """Return n weighted points on a 30 x 20 m field; every seed another."""
    rng = np.random.default_rng(seed)
    xy = rng.random((n, 2)) * [30, 20]
    return make_problem(xy, p, weight=rng.integers(1, 5, n).tolist(), **parts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, eq=False)
class TableDistance:
    """Distances [m] looked up in a table of shape (n, m) by the numbers in the names: a0, a1, ... to C1, C2, ..."""

    table: FloatArray
    kind: str = "table"
    meaning: str = "from a table"
    is_straight: bool = False

    def matrix(self, demand: Demand, sites: Sites) -> FloatArray:
        """Return the rows and columns of the table that the names ask for."""
        rows = [int(name[1:]) for name in demand.ids]
        columns = [int(name[1:]) - 1 for name in sites.ids]
        return np.asarray(self.table[np.ix_(rows, columns)])
