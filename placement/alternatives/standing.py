"""From today's devices to a plan: what stays, what moves, what is new, and what it costs that nothing moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from placement.alternatives.pairing import least_pairs
from placement.alternatives.quick import solved, worse_by
from placement.core.alternatives import Move, PlanDiff, Standstill
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.sites import Sites
from placement.core.types import FloatArray
from placement.progress import Watch

SAME_PLACE_M = 1.0
"""A device that has to go no farther than this may as well stay [m]."""
TIE = 1e-9
"""How little, as a share of the largest distance, one device that stays counts against equally short ways."""
NOTE = "devices of the same name first; the others are paired so that they move least in all"


def diff(standing: Sites, plan: Plan) -> PlanDiff:
    """Pair today's devices with those of a plan.

    A device stays when the plan has it by name, or when it is paired with one within `SAME_PLACE_M`. Those without a
    namesake are paired so that the distances moved are least in sum, and of such pairings so that fewest move.

    Parameters
    ----------
    standing : Sites
        Today's devices.
    plan : Plan
        Where devices shall stand. The names of freely placed ones were given by the plan and say nothing.

    Returns
    -------
    PlanDiff
        Straight-line distances [m]. Of pairings that are equally good it is one, the same every time.
    """
    paired = _pairs(standing, plan)
    stay: list[Move] = []
    move: list[Move] = []
    for i, j in paired:
        gap = float(np.linalg.norm(standing.xy[i] - plan.device_xy[j]))
        (stay if gap <= SAME_PLACE_M else move).append(Move(standing.ids[i], plan.device_ids[j], gap))
    old, planned = {i for i, _ in paired}, {j for _, j in paired}
    return PlanDiff(
        stay=tuple(stay),
        move=tuple(sorted(move, key=lambda one: -one.distance_m)),
        new=tuple(name for j, name in enumerate(plan.device_ids) if j not in planned),
        removed=tuple(name for i, name in enumerate(standing.ids) if i not in old),
        moved_m=sum((one.distance_m for one in move), 0.0),
        note=NOTE,
    )


def _pairs(standing: Sites, plan: Plan) -> list[tuple[int, int]]:
    """Return positions of today's devices and of planned ones that belong together, each at most once, in today's order."""
    names = zip(plan.device_ids, plan.device_status, strict=True)
    place = {name: j for j, (name, status) in enumerate(names) if status != "new"}
    found = {i: place[name] for i, name in enumerate(standing.ids) if name in place}
    rows = [i for i in range(standing.m) if i not in found]
    taken = set(found.values())
    columns = [j for j in range(plan.p) if j not in taken]
    gaps = np.linalg.norm(standing.xy[rows][:, None] - plan.device_xy[columns][None], axis=2)
    found |= {rows[i]: columns[j] for i, j in least_pairs(_moves(gaps))}
    return sorted(found.items())


def _moves(gaps: FloatArray) -> FloatArray:
    """Return what each pair costs: the way that is moved and a trifle for moving at all; next to nothing for one that stays."""
    if gaps.size == 0:
        return gaps
    trifle = TIE * max(float(gaps.max()), SAME_PLACE_M)
    return np.where(gaps <= SAME_PLACE_M, trifle * gaps / 2, gaps + trifle)


def standstill(problem: Problem, plan: Plan, search: Search, watch: Watch) -> Standstill | None:
    """Return what it costs that today's devices stay: the plan against as many devices, all placed freely.

    Parameters
    ----------
    problem, plan : Problem, Plan
        With fixed devices, and its plan.
    search : Search
        How the free plan is searched for: as the plan itself, so that both are worth comparing.
    watch : Watch
        May stop the search.

    Returns
    -------
    Standstill or None
        None without fixed devices, or when the time was up. Candidate sites are joined by the places of today's devices.
    """
    if problem.fixed.m == 0:
        return None
    freed = _freed(problem, plan)
    found = solved(freed, search, watch)
    if found is None:
        return None
    # set_cover counts new devices; freely placed, today's count too.
    kept = plan.value + (problem.fixed.m if plan.unit == "devices" else 0)
    if worse_by(freed, found.value, kept) >= 0:
        return Standstill(kept, kept, plan.unit, plan, diff(problem.fixed, plan))
    return Standstill(kept, found.value, plan.unit, found, diff(problem.fixed, found))


def _freed(problem: Problem, plan: Plan) -> Problem:
    """Return the problem in which today's devices are as free as the new ones; their places cost nothing."""
    places = None if problem.candidates is None else _joined(problem, problem.candidates)
    return replace(problem, fixed=Sites.none(), candidates=places, n_new=plan.p)


def _joined(problem: Problem, candidates: Sites) -> Sites:
    fixed = problem.fixed
    groups = None if candidates.group is None and fixed.group is None else (*_groups(fixed), *_groups(candidates))
    return Sites(
        (*fixed.ids, *candidates.ids),
        np.vstack([fixed.xy, candidates.xy]),
        price=_stacked(fixed, candidates, "price", 0.0),
        capacity=_stacked(fixed, candidates, "capacity", problem.constraints.capacity_max),
        group=groups,
    )


def _groups(sites: Sites) -> tuple[str, ...]:
    return sites.group or ("",) * sites.m


def _stacked(fixed: Sites, candidates: Sites, name: str, default: float) -> FloatArray | None:
    """Return the numbers of both, `default` where one has none; None when neither has."""
    parts: list[tuple[int, FloatArray | None]] = [(sites.m, getattr(sites, name)) for sites in (fixed, candidates)]
    if all(given is None for _, given in parts):
        return None
    return np.concatenate([np.full(m, default) if given is None else given for m, given in parts])
