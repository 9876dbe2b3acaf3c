"""Why there is no plan, and what would be feasible: the answer to an infeasible problem under constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from placement.core.types import BoolArray
from placement.errors import InfeasibleError
from placement.progress import Watch
from placement.solvers.ground import Ground, ground_of, is_sum, narrowed, radius_of
from placement.solvers.mip import Answer
from placement.solvers.site_program import Choice, choice_of, require_share
from placement.units import METRES_PER_UNIT, count

MOST_NAMED = 20
"""Points named one by one; the rest are counted."""
_NODES = 500
_ROUNDING = 1e-12


def explain(ground: Ground, watch: Watch) -> InfeasibleError:
    """Return the error for a problem without a plan.

    Parameters
    ----------
    ground : Ground
        The sites and their rules.
    watch : Watch
        When it said stop, nothing is known but that no plan was found in time.

    Returns
    -------
    InfeasibleError
        Its text names the unreachable points, the capacity that is missing, the smallest number of devices and the
        smallest cutoff that would do, as far as each applies.
    """
    if watch.stop_reason() is not None:
        return InfeasibleError("no plan was found before the search was stopped; whether there is one is not known")
    reasons = [*_unreachable(ground), *_missing_capacity(ground)]
    if not reasons:
        reasons = [*_more_devices(ground, watch), *_longer_cutoff(ground, watch)]
    if not reasons:
        reasons = [f"{_in_force(ground)} cannot be kept together; relax one of them"]
    return InfeasibleError(f"no plan respects all constraints: {'; '.join(reasons)}")


def _in_force(ground: Ground) -> str:
    """Name the constraints that the problem has."""
    rules, problem = ground.problem.constraints, ground.problem
    words = {
        f"{count(problem.n_new, 'new device')} at most": True,
        "the cutoff": np.isfinite(rules.cutoff_m),
        "the money": np.isfinite(rules.money),
        "the capacities": np.isfinite(ground.capacity).any(),
        "the least load": rules.capacity_min > 0,
        "the quotas": bool(rules.quotas),
        "the required pairs": bool(rules.required_pairs),
        "the forbidden pairs": bool(rules.forbidden_pairs),
        "the spacing": rules.spacing_m > 0,
    }
    named = [word for word, is_set in words.items() if is_set]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]


def _share_to_serve(ground: Ground) -> float:
    """Return which share of the weight every plan has to serve."""
    objective = ground.problem.objective
    return 0.0 if objective.kind == "max_cover" else float(getattr(objective, "share", 1.0))


def _unreachable(ground: Ground) -> Iterator[str]:
    if _share_to_serve(ground) < 1:
        return
    reach = _reach(ground)
    lost = np.flatnonzero(reach.sum(axis=1) < ground.problem.objective.n_serving)
    if len(lost):
        names = ", ".join(ground.problem.demand.ids[i] for i in lost[:MOST_NAMED])
        more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
        be = "demand point is" if len(lost) == 1 else "demand points are"
        yield f"{len(lost)} {be} within reach of too few sites: {names}{more}"


def _missing_capacity(ground: Ground) -> Iterator[str]:
    needed = ground.problem.demand.total_weight * _share_to_serve(ground) * ground.problem.objective.n_serving
    fixed, new = ground.capacity[: ground.n_fixed].sum(), np.sort(ground.capacity[ground.n_fixed :])[::-1]
    room = fixed + new[: ground.problem.n_new].sum()
    if room >= needed * (1 - _ROUNDING):
        return
    enough = np.flatnonzero(fixed + np.cumsum(new) >= needed * (1 - _ROUNDING))
    remedy = f"{count(int(enough[0]) + 1, 'new device')} would have room" if len(enough) else "all sites together have not enough"
    yield (
        f"the devices can serve a weight of {room:,.10g} and {needed:,.10g} is to be served: "
        f"{needed - room:,.10g} is missing, and {remedy}"
    )


def _more_devices(ground: Ground, watch: Watch) -> Iterator[str]:
    """Name the smallest number of new devices with which a plan exists."""
    problem = replace(ground.problem, n_new=ground.n_sites - ground.n_fixed)
    answer, choice = _ask(replace(ground, problem=problem), _reach(ground), watch, open_cost=1.0)
    if answer.x is not None:
        n_new = round(float(answer.x[choice.opened[ground.n_fixed :]].sum()))
        if n_new > ground.problem.n_new:
            yield f"{count(n_new, 'new device')} would do instead of {ground.problem.n_new}"


def _longer_cutoff(ground: Ground, watch: Watch) -> Iterator[str]:
    """Name the smallest cutoff with which a plan exists, by bisection over the distances that occur."""
    rules = ground.problem.constraints
    if not np.isfinite(rules.cutoff_m) or not _serves_all(ground):
        return
    relaxed = ground_of(replace(ground.problem, constraints=replace(rules, cutoff_m=np.inf)))
    distances = np.unique(relaxed.distance[np.isfinite(relaxed.distance) & (relaxed.distance > rules.cutoff_m)])
    low, high = -1, len(distances)
    while high - low > 1:
        middle = len(distances) - 1 if high == len(distances) else (low + high) // 2
        is_possible = _is_possible(relaxed, narrowed(relaxed, distances[middle]), watch)
        low, high = (low, middle) if is_possible else (middle, high)
    if high < len(distances):
        unit = ground.problem.frame.unit
        yield f"a cutoff of {_rounded_up(distances[high], unit)} would do instead of {_rounded_up(rules.cutoff_m, unit)}"


def _is_possible(ground: Ground, reach: BoolArray, watch: Watch) -> bool:
    return _ask(ground, reach, watch, open_cost=0.0)[0].x is not None


def _ask(ground: Ground, reach: BoolArray, watch: Watch, *, open_cost: float) -> tuple[Answer, Choice]:
    """Ask whether there is a plan, whatever the objective, or for the one with the fewest devices."""
    share, (n, _) = _share_to_serve(ground), ground.distance.shape
    costs = np.zeros(ground.distance.shape)
    choice = choice_of(ground, reach, open_cost=open_cost, serve_cost=costs, point_gain=np.zeros(n), serves_all=share == 1)
    if 0 < share < 1:
        require_share(ground, choice, share * ground.problem.demand.total_weight * (1 - _ROUNDING))
    return choice.program.solve(watch, max_nodes=_NODES, gap=0.0), choice


def _serves_all(ground: Ground) -> bool:
    return is_sum(ground.problem.objective) or ground.problem.objective.kind == "p_center"


def _reach(ground: Ground) -> BoolArray:
    if _serves_all(ground):
        return ground.is_allowed
    return narrowed(ground, radius_of(ground.problem.objective))


def _rounded_up(metres: float, unit: str) -> str:
    """Return a length such that a scenario with this text is feasible: never rounded down."""
    number = metres / METRES_PER_UNIT[unit]
    return f"{np.ceil(number * 1000 - 1e-9) / 1000:,.3f} {unit}"
