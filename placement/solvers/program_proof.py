"""What the fractional program of a choice among sites proves to anybody: multipliers of the points, rates of the rules.

The bound is the Lagrangian one of `docs/certificates.md`, recomputed here from the duals that HiGHS returns: whatever their
quality, it holds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.weight_proof import rounded_down
from placement.core.certificate import Certificate
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch
from placement.solvers.ground import Ground, conflicts, is_sum, narrowed, serving_cost
from placement.solvers.site_program import Choice, choice_of

MOST_PAIRS = 20_000
"""Pairs of point and site in one program; the duals of more take longer than they are worth."""
NEAR_M = 4e-6
"""Two sites this close to the spacing may or may not exclude each other: nothing is said of them [m]."""
ROUNDING = 1e-10
"""Share by which a bound is lowered for the rounding of its sums."""
WHOLE = 1e-7
"""A count of devices this little above a whole number is that number."""


class Priced(NamedTuple):
    """Multipliers of the points, the rates of loads, rules and pairs of sites too close, all in units of the objective."""

    u: FloatArray
    load: FloatArray
    rules: FloatArray
    spacing: list[tuple[int, int, float]]


def proof_of(ground: Ground, choice: Choice, watch: Watch, radius: float = np.inf) -> Certificate | None:
    """Return what the duals of a program prove, as a certificate of kind "multipliers", or "cover" with a radius.

    Parameters
    ----------
    ground : Ground
        The whole one: every pair that is allowed.
    choice : Choice
        The program that was solved in whole numbers.
    watch : Watch
        May stop it.
    radius : float
        Within which points are covered, in the units of the ground's distances; infinite where costs add up.

    Returns
    -------
    Certificate or None
        None when there is no time, the program is too large, or nothing is proven.
    """
    is_double_sum = is_sum(ground.problem.objective) and choice.times > 1
    if is_double_sum or len(choice.served) > MOST_PAIRS or watch.stop_reason() is not None:
        return None
    duals = choice.program.relaxed_duals(watch)
    if duals is None:
        return None
    priced = _priced(ground, choice, duals)
    bound = _bound(ground, _levels(ground, choice.times, priced, radius), radius)
    if bound is None:
        return None
    rates = {"load": priced.load.tolist(), "rules": priced.rules.tolist(), "spacing": [list(one) for one in priced.spacing]}
    if radius == np.inf:
        return Certificate("multipliers", bound, {"tree": {"multipliers": priced.u.tolist()}, "rates": rates})
    rows = list(range(len(priced.u)))
    data = {"radius_m": radius, "rows": rows, "columns": None, "tree": {"duals": priced.u.tolist()}, "rates": rates}
    return Certificate("cover", bound, data)


def refuted(ground: Ground, radius: float, watch: Watch) -> Certificate | None:
    """Return the proof that not everybody can be served within the radius, if fractions of devices show it."""
    n = len(ground.distance)
    reach, nothing = narrowed(ground, radius), np.zeros(ground.distance.shape)
    choice = choice_of(ground, reach, open_cost=0.0, serve_cost=nothing, point_gain=np.ones(n), serves_all=False)
    return proof_of(ground, choice, watch, radius)


def _priced(ground: Ground, choice: Choice, duals: FloatArray) -> Priced:
    """Read the duals; a share that is to be covered sets the unit."""
    rows, rules = choice.rows, ground.problem.constraints
    unit = float(duals[rows["share"]].sum()) if "share" in rows else 1.0
    duals = duals / unit if unit > 0 else np.zeros(len(duals))
    load = np.zeros(ground.n_sites)
    for name in ("most", "least"):
        load = load - duals[rows[name]] if name in rows else load
    load[np.abs(load) < np.finfo(float).eps] = 0.0
    money = -duals[rows["money"]] if "money" in rows else np.zeros(1)
    quotas = [side for row in rows.get("quotas", ()) for side in (duals[row], -duals[row])]
    prices = np.maximum(np.concatenate([money, np.array(quotas, dtype=float)]), 0.0)
    first, second = conflicts(ground)
    gap = np.hypot(*(ground.xy[first] - ground.xy[second]).T)
    close = -duals[rows["spacing"]] if "spacing" in rows else np.zeros(len(first))
    is_told = (close > 0) & (gap < rules.spacing_m - NEAR_M)
    told = zip(first[is_told].tolist(), second[is_told].tolist(), close[is_told].tolist(), strict=True)
    return Priced(duals[rows["serve"]], load, prices, list(told))


def _levels(ground: Ground, times: int, priced: Priced, radius: float) -> FloatArray:
    """Return the least that plans cost with 0, 1, 2, ... further devices beside fixed and required ones."""
    weight, load = ground.problem.demand.weight, priced.load
    cost = serving_cost(ground) if radius == np.inf else np.where(narrowed(ground, radius * (1 + 2e-9)), 0.0, np.inf)
    cost = np.where(ground.is_allowed, cost, np.inf)
    is_free = (np.arange(ground.n_sites) < ground.n_fixed) & (load == 0)
    needs, u = np.full(len(weight), times), priced.u.copy()
    if radius < np.inf:
        needs -= (cost[:, is_free] == 0).sum(axis=1)
    else:
        u = np.minimum(u, cost[:, is_free].min(axis=1, initial=np.inf))
    most = weight if _is_part(ground) else np.full(len(weight), np.inf)
    u = np.where(needs > 0, np.minimum(u, most), 0.0)
    opening, constant = _rates(ground, priced)
    earned = np.minimum(cost + weight[:, None] * load - u[:, None], 0.0).sum(axis=0)
    worth = opening + np.where(is_free, 0.0, earned)
    opened = _open_anyway(ground)
    rest = np.sort(np.delete(worth, opened))
    base = constant + float(np.minimum(u * needs, most).sum() + worth[opened].sum())
    return np.minimum.accumulate(base + np.concatenate([[0.0], np.cumsum(rest)]))


def _open_anyway(ground: Ground) -> IntArray:
    """Return the fixed devices and the sites that a pair asks for."""
    required = (ground.position(pair.site) for pair in ground.problem.constraints.required_pairs)
    return np.unique(np.array([*range(ground.n_fixed), *required], dtype=np.intp))


def _is_part(ground: Ground) -> bool:
    """Whether points may be left out."""
    return ground.problem.objective.kind == "max_cover" or getattr(ground.problem.objective, "share", 1.0) < 1


def _rates(ground: Ground, priced: Priced) -> tuple[FloatArray, float]:
    """Return what rules and loads add to opening each site, and to every plan."""
    rules = ground.problem.constraints
    room = np.array([v * c if v > 0 else v * rules.capacity_min for v, c in zip(priced.load, ground.capacity, strict=True)])
    opening = priced.rules[0] * ground.price - room
    constant = -priced.rules[0] * rules.money if priced.rules[0] > 0 else 0.0
    for quota, least, most in zip(rules.quotas, priced.rules[1::2], priced.rules[2::2], strict=True):
        opening = opening + (most - least) * np.array([name == quota.group for name in ground.group])
        constant += least * quota.least - most * quota.most
    for first, second, price in priced.spacing:
        opening[[first, second]] += price
        constant -= price
    return opening, float(constant)


def _bound(ground: Ground, levels: FloatArray, radius: float) -> float | None:
    problem = ground.problem
    total, n_required = problem.demand.total_weight, len(_open_anyway(ground)) - ground.n_fixed
    cost = float(levels[: max(problem.n_new - n_required, 0) + 1][-1])
    safe = ROUNDING * (abs(cost) + 1e-6 * np.abs(levels).max())
    match problem.objective.kind:
        case "max_cover":
            return float(rounded_down(min(total, (total - cost) * (1 + ROUNDING)), problem.demand.weight))
        case "set_cover":
            spared = (1 - getattr(problem.objective, "share", 1.0)) * total + WHOLE * max(1.0, float(np.abs(levels).max()))
            return float(n_required + (levels > spared).sum())
        case "p_center":
            farther = ground.distance[ground.distance > radius * (1 + 2e-9)]
            return float(farther.min(initial=np.inf)) if cost > WHOLE else None
        case _:
            return float(cost - safe)
