"""From today's devices to a plan: what stays, what moves, what is new, and what it costs that nothing moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from placement.alternatives.quick import solved, worse_by
from placement.core.alternatives import Move, PlanDiff, Standstill
from placement.core.plan import Plan
from placement.core.problem import Problem, Search
from placement.core.sites import Sites
from placement.core.types import FloatArray
from placement.progress import Watch

SAME_PLACE_M = 1.0
"""A device that has to go no farther than this may as well stay [m]."""
NOTE = "devices of the same name first, then always the nearest pair that is left; another pairing may move less in all"


def diff(standing: Sites, plan: Plan) -> PlanDiff:
    """Pair today's devices with those of a plan.

    A device stays when the plan has it by name, or when it is paired with one within `SAME_PLACE_M`. Those without a
    namesake are paired greedily, the nearest pair first: devices then move less than in a pairing by name alone, though not
    always least in all.

    Parameters
    ----------
    standing : Sites
        Today's devices.
    plan : Plan
        Where devices shall stand. The names of freely placed ones were given by the plan and say nothing.

    Returns
    -------
    PlanDiff
        Straight-line distances [m]. Ties go to the device named first today, then first in the plan.
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
    gaps = np.linalg.norm(standing.xy[:, None] - plan.device_xy[None], axis=2)
    gaps[list(found)] = np.inf
    gaps[:, list(found.values())] = np.inf
    while gaps.size and np.isfinite(gaps.min()):
        i, j = map(int, np.unravel_index(int(gaps.argmin()), gaps.shape))
        found[i] = j
        gaps[i], gaps[:, j] = np.inf, np.inf
    return sorted(found.items())


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
