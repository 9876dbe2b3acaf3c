"""Sums on candidate sites: the Lagrangian bound of any multipliers."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import cast

import numpy as np

from placement.bounds.verify.proof import EPS, Refused, leaves, mapping, numbers
from placement.core.problem import Problem
from placement.core.protocols import SumObjective
from placement.core.sites import Sites
from placement.core.types import FloatArray

BLOCK = 1 << 21
"""Entries of a distance matrix that are held at once."""


def distance_rows(problem: Problem, sites: Sites) -> Iterator[tuple[slice, FloatArray]]:
    """Yield the distance matrix to `sites` [m] in blocks of rows."""
    step = max(1, BLOCK // max(1, sites.m))
    for start in range(0, problem.demand.n, step):
        rows = slice(start, start + step)
        yield rows, problem.distance.matrix(problem.demand.take(rows), sites)


def capped(problem: Problem, multipliers: list[FloatArray]) -> FloatArray:
    """Return multipliers of shape (leaves, n), none above what the best fixed device asks for: it serves everybody anyway."""
    u = np.array(multipliers)
    for rows, distance in distance_rows(problem, problem.fixed) if problem.fixed.m else ():
        served = cast("SumObjective", problem.objective).cost(problem.demand.weight[rows], distance).min(axis=1)
        u[:, rows] = np.minimum(u[:, rows], served)
    return u


def sites_bound(problem: Problem, data: object, claimed: float) -> float:  # noqa: ARG001 - one signature for all kinds
    """Return ``min over leaves of sum u_i + sum_{open} rho_j + sum of the q smallest rho_j``; see `docs/certificates.md`."""
    objective, sites = cast("SumObjective", problem.objective), problem.candidates
    if sites is None or objective.kind not in ("k_means", "p_median"):
        raise Refused("multipliers of sites are for k_means and p_median on candidate sites")
    n, m = problem.demand.n, sites.m
    found = list(leaves(mapping(data, ["tree"], "its data")["tree"], ("site", "open", "closed"), m))
    u = capped(problem, [numbers(leaf.data.get("multipliers"), n, "the multipliers of a leaf") for leaf in found])
    rho = np.zeros((len(found), m))
    for rows, distance in distance_rows(problem, sites):
        cost = objective.cost(problem.demand.weight[rows], distance)
        for k, multipliers in enumerate(u):
            rho[k] += np.minimum(cost - multipliers[rows, None], 0).sum(axis=0)
    bound = inf
    for leaf, multipliers, reduced in zip(found, u, rho, strict=True):
        left, rest = min(problem.n_new, m) - len(leaf.yes), np.delete(reduced, leaf.yes + leaf.no)
        if not 0 <= left <= len(rest):
            continue  # no plan is at this leaf
        gain = reduced[leaf.yes].sum() + np.sort(rest)[:left].sum()
        slack = EPS * ((8 * problem.n_new + 64) * np.abs(multipliers).sum() + n * abs(gain))
        bound = min(bound, float(multipliers.sum() + gain - slack))
    return bound
