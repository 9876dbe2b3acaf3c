"""p_center on candidate sites: walk the radius down, then show that the next smaller one cannot be covered."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_proof import Refutation, refute
from placement.core.certificate import Certificate
from placement.core.plan import Plan
from placement.core.problem import PROVEN_GAP, Effort, Problem, Search
from placement.core.types import FloatArray, IntArray
from placement.errors import InfeasibleError
from placement.progress import Progress, Watch
from placement.solvers.covering import fewest, proof_steps
from placement.solvers.finish import Ending, finish_sites, status_of
from placement.solvers.point_proof import proof_on_sites
from placement.solvers.radius_walk import SLACK, RadiusWalk, spread
from placement.solvers.reach import Ordered, ordered, reach, reach_in_time, scope_of
from placement.solvers.swap_descent import lower_mean
from placement.solvers.unreachable import named
from placement.units import count


class _Stage(NamedTuple):
    """Elementary steps without success before the walk ends, and simplex steps of the proof that follows."""

    walk: float
    proof: int


STAGES = {
    "fast": (_Stage(1e7, 1_500),),
    "good": (_Stage(1e7, 1_500), _Stage(2e8, 100_000)),
    "best": (_Stage(1e7, 1_500), _Stage(2e8, 100_000), _Stage(4e9, 1_000_000)),
}
"""A short walk and an easy proof first: most small problems end there."""
BISECTION = {"fast": (2, 1_500), "good": (6, 5_000), "best": (12, 50_000)}
"""When the value itself could not be proven: at how many smaller radii a proof is tried, and simplex steps for each."""
MANY_STEPS, MANY_TRIALS = 1_500, 4
"""Simplex steps of each proof about many rows at most, and smaller radii tried, unless the effort is best."""
HOPELESS = 0.97
"""A proof of the value that showed the need of less than this share of the devices is not tried again with no more steps."""
PACKINGS, FEW_PACKINGS, MANY_PAIRS = 10, 4, 1_000_000
"""How often rows without common sites are looked for; less often where more pairs are within reach, for each look sorts them."""
SOME_ROWS = 400
"""Where time is up at once so many rows, and a few for each device, stand for all."""
SWAPPED = 1 << 22
"""Pairs within reach up to which ties are broken by the mean."""


class _Bounded(NamedTuple):
    """What was proven: no plan is below `value`, for whatever lies below is refuted."""

    value: float
    proof: Refutation


def solve(problem: Problem, search: Search, watch: Watch) -> Plan:
    """Open `problem.n_new` of the candidate sites so that the largest distance is as small as possible.

    Minimises ``max_i d_i``, or ``max_i w_i d_i``; of the plans with the smallest value found, one whose mean distance no swap
    lowers.

    Parameters
    ----------
    problem : Problem
        With candidates; fixed devices serve too.
    search : Search
        Seed, effort and gap.
    watch : Watch
        Hears about progress; may stop the search, and the best plan and bound so far come back.

    Returns
    -------
    Plan
        With a bound and its certificate of kind "cover".

    Raises
    ------
    InfeasibleError
        If somebody cannot be reached at all, or not by so few devices.

    References
    ----------
    The bound is that of E. Minieka, "The m-center problem", SIAM Rev. 12 (1970) 138-139, doi 10.1137/1012016: p sites serve
    everybody within r if and only if p columns cover all rows.
    """
    order = ordered(problem)
    scale = order.demand.weight if _is_weighted(problem) else np.ones(order.demand.n)
    fixed = _fixed_cost(problem, order, scale)
    start = spread(problem, order.demand, order.sites, fixed, scale, min(problem.n_new, order.sites.m))
    walk = _walk(problem, order, start, (fixed, scale), search, watch)
    if walk is None or (len(walk.reach.cost) > MANY_PAIRS and watch.stop_reason() is not None):
        chosen = start if walk is None else walk.chosen
        bounded = _bounded_by_some(problem, order, chosen, (fixed, scale), search, watch)
        return finish_sites(problem, order.site_index[chosen], _ending(problem, search, watch, order, bounded))
    bounded = _bound(walk, search, watch)
    chosen = walk.chosen
    near = walk.reach.below(walk.value)
    if len(near.cost) * len(chosen) ** 0.5 <= SWAPPED:
        weight = np.ones(len(fixed)) if _is_weighted(problem) else order.demand.weight
        chosen = lower_mean(near, np.where(fixed <= walk.value, fixed, np.inf), weight, chosen, watch)
    return finish_sites(problem, order.site_index[chosen], _ending(problem, search, watch, order, bounded))


def _is_weighted(problem: Problem) -> bool:
    return bool(getattr(problem.objective, "is_weighted", False))


def _fixed_cost(problem: Problem, order: Ordered, scale: FloatArray) -> FloatArray:
    if problem.fixed.m == 0:
        return np.full(order.demand.n, np.inf)
    return np.asarray(problem.distance.matrix(order.demand, problem.fixed).min(axis=1) * scale)


def _walk(
    problem: Problem, order: Ordered, chosen: IntArray, known: tuple[FloatArray, FloatArray], search: Search, watch: Watch
) -> RadiusWalk | None:
    """Return a walk that has come halfway; None when time is up before it knows who reaches whom. `known` is fixed and scale."""
    fixed, scale = known
    start = problem.distance.matrix(order.demand, order.sites.take(chosen)).min(axis=1) * scale
    most = float(np.minimum(start, fixed).max())
    near = reach_in_time(problem, order.demand, order.sites, most, scale, watch if np.isfinite(most) else Watch())
    if near is None:
        return None
    walk = RadiusWalk(near, fixed, chosen, search.seed)
    if not np.isfinite(most):
        _reach_everybody(problem, order, walk, search, watch)
    walk.halve(20, watch)
    return walk


def _bounded_by_some(
    problem: Problem, order: Ordered, chosen: IntArray, known: tuple[FloatArray, FloatArray], search: Search, watch: Watch
) -> _Bounded:
    """Return what a few rows prove: whoever serves all of them serves these."""
    fixed, scale = known
    rows = np.unique(np.linspace(0, len(fixed) - 1, SOME_ROWS + 4 * len(chosen)).astype(np.intp))
    some = order.demand.take(rows)
    served = problem.distance.matrix(some, order.sites.take(chosen)).min(axis=1) * scale[rows]
    most = float(np.minimum(served, fixed[rows]).max())
    near = reach(problem, some, order.sites, most, scale[rows])
    bounded = _bisected(RadiusWalk(near, fixed[rows], chosen, search.seed), search.effort, search.gap, watch)
    return bounded._replace(proof=bounded.proof._replace(rows=rows[bounded.proof.rows]))


def _reach_everybody(problem: Problem, order: Ordered, walk: RadiusWalk, search: Search, watch: Watch) -> None:
    """Find sites that reach everybody at all, or say why there are none."""
    rows = np.flatnonzero(~np.isfinite(walk.fixed))
    columns = walk.reach.columns
    alone = rows[np.bincount(columns.rows, minlength=columns.n_rows)[rows] == 0]
    if len(alone):
        raise InfeasibleError(f"no candidate site and no fixed device reaches {named(order.demand.ids, alone)}")
    if walk.try_within(np.inf, 1000):
        return
    rng, work = np.random.default_rng(search.seed), BISECTION[search.effort][1]
    cover = fewest(walk.reach.within(np.inf).on_rows(rows), rng=rng, search_work=1e7, proof_work=work, watch=watch)
    if len(cover.chosen) > problem.n_new:
        raise InfeasibleError(
            f"{count(problem.n_new, 'new device')} cannot reach everybody over the distances given; {len(cover.chosen)} can"
        )
    walk.adopt(cover.chosen)


def _bound(walk: RadiusWalk, search: Search, watch: Watch) -> _Bounded:
    """Walk on and show that no plan is better; else how much better one could be at most."""
    last_steps, lower = 0, float(len(walk.chosen))
    for stage in STAGES[search.effort]:
        if watch.stop_reason() is not None:
            break
        walk.walk(stage.walk, watch)
        steps = proof_steps(stage.proof, len(walk.row_weight), search.effort, MANY_STEPS)
        if steps <= last_steps and lower < HOPELESS * len(walk.chosen):
            break
        while True:
            # A gap that is allowed saves work: only what is better by more than it has to be refuted.
            allowed = search.gap if search.gap > PROVEN_GAP else 0.0
            radius = walk.next_below(walk.value * (1 - allowed))
            proof = _refuted(walk, radius, steps, watch)
            watch.report(Progress("proving", 0, 1, walk.value))
            if proof.status == "refuted":
                return _Bounded(walk.next_above(radius), proof)
            last_steps, lower = steps, proof.lower
            if proof.status == "open":
                break
            walk.adopt(proof.chosen)
    return _bisected(walk, search.effort, search.gap, watch)


def _refuted(walk: RadiusWalk, radius: float, work: int, watch: Watch) -> Refutation:
    """Try to prove that nothing serves everybody within `radius`; the rows of the proof are those of the walk."""
    columns, rows = _columns_within(walk, radius)
    hardest = np.argsort(-walk.row_weight[rows], kind="stable")
    proof = refute(columns, len(walk.chosen), work=work, watch=watch, first_rows=hardest)
    return proof._replace(rows=rows[proof.rows])


def _columns_within(walk: RadiusWalk, radius: float) -> tuple[Columns, IntArray]:
    """Return the columns over the rows that no fixed device serves within the radius, and these rows."""
    most = radius * (1 + 2 * SLACK)
    rows = np.flatnonzero(walk.fixed > most)
    return walk.reach.within(most).on_rows(rows), rows


def _bisected(walk: RadiusWalk, effort: Effort, gap: float, watch: Watch) -> _Bounded:
    """Return the largest radius that little work refutes: rows without common sites first, then a few linear programs."""
    best = _Bounded(0.0, _refuted(walk, -1.0, 0, watch))
    is_quick = len(walk.reach.cost) <= MANY_PAIRS and watch.stop_reason() is None
    packings = PACKINGS if is_quick else FEW_PACKINGS
    n_trials, steps = BISECTION[effort]
    most = proof_steps(steps, len(walk.row_weight), effort, MANY_STEPS)
    n_trials, steps = (n_trials if most == steps else min(n_trials, MANY_TRIALS)), most
    for trials, work in ((packings, 0), (n_trials, steps)):
        high = walk.value
        for _ in range(trials):
            radius = walk.next_below(min((best.value + high) / 2, high * (1 - gap / 2)))
            if radius < best.value or best.value >= walk.value * (1 - gap) or (work and watch.stop_reason() is not None):
                break
            proof = _refuted(walk, radius, work, watch)
            if proof.status == "refuted":
                best = _Bounded(walk.next_above(radius), proof)
            else:
                high = radius
    return best


def _ending(problem: Problem, search: Search, watch: Watch, order: Ordered, bounded: _Bounded) -> Ending:
    scope = scope_of(problem, str(min(problem.n_new, order.sites.m)))
    # Nothing lies between the radius refuted and the bound: written as "just below the bound" it needs no list of distances.
    just_below = bounded.value * (1 - 4 * SLACK) if bounded.value > 0 else -1.0
    data = proof_on_sites(order, bounded.proof.rows, just_below, bounded.proof.tree)
    return Ending(search.seed, status_of(watch), scope, bounded.value, Certificate("cover", bounded.value, data))
