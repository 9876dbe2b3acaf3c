"""How small the largest distance can be with devices anywhere: a cover of few rows that misses others, again and again.

If p devices reach everybody within r, they reach every sample of the rows within r. So the rows of a sample decide: either no p
places cover it at a radius just below the best known, then nothing better exists; or some do, and then they lead to a
better plan or miss rows that belong into the sample.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from placement import kernels
from placement.bounds.columns import Columns
from placement.bounds.cover_proof import Refutation, refute
from placement.core.problem import PROVEN_GAP
from placement.core.types import FloatArray, IntArray
from placement.progress import Progress, Watch
from placement.solvers.covering import cover_within
from placement.solvers.places import REACH_SLACK, Ground, central_places, farthest_first, find_places, spread_rows

CLOSE = 0.5 * PROVEN_GAP
"""The proof is led this much below the best value: half of what still counts as proven."""


ONE_PROGRAM = 1
"""Simplex steps that allow the fractional cover to be solved once."""
PROOF_COST = 5
"""A proof counts as much work as looking at its columns so many times more."""
GROWTH = 1.5
"""Whenever the sample has grown by this factor, its fractional cover is asked for a better bound."""

FIRST_ROWS = (20, 400)
"""The sample begins with three rows a device: so many more than devices at least, and not many more than so many."""


class Work(NamedTuple):
    """How much may be done.

    Parameters
    ----------
    entries : int
        Entries of all columns together.
    search : float
        Elementary steps of the search for each sample.
    steps : int
        Simplex steps of the proof for each sample.
    halvings : int
        How often the interval between bound and value is halved, each time the sample has grown.
    kicks : int
        Moves of single devices after each cover.
    """

    entries: int
    search: float
    steps: int
    halvings: int
    kicks: int


@dataclass(slots=True)
class Closing:
    """The best plan and bound so far; both only get better.

    Parameters
    ----------
    ground : Ground
        The demand and the free space.
    centers : ndarray of shape (p, 2)
        The new devices of the best plan, less the origin [m].
    value : float
        Its largest cost.
    lower : float
        No plan is better.
    proof : mapping or None
        The data of a certificate of that.
    sample : ndarray
        The rows that the proof is about, ascending.
    n_entries : int
        The work so far: the sizes of all columns that were looked at.
    """

    ground: Ground
    centers: FloatArray
    value: float
    lower: float = 0.0
    proof: dict[str, Any] | None = None
    sample: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    n_entries: int = 0


def close(state: Closing, work: Work, gap: float, rng: np.random.Generator, watch: Watch) -> None:
    """Improve the plan and prove a bound until they meet or the work is done.

    Parameters
    ----------
    state : Closing
        The best plan known; changed in place.
    work : Work
        Limits.
    gap : float
        The proof may stop once ``value - lower`` is at most this share of the value.
    rng : Generator
        Source of ties.
    watch : Watch
        May stop it.
    """
    _spread_out(state)
    _halve(state, work.halvings, ONE_PROGRAM, gap, watch)
    n_halved = len(state.sample)
    is_worth_asking = True
    while is_worth_asking and state.n_entries < work.entries:
        if state.value - state.lower <= max(gap, PROVEN_GAP) * state.value or watch.stop_reason() is not None:
            break
        is_worth_asking = _one_round(state, work, rng, watch)
        if not is_worth_asking or len(state.sample) > GROWTH * n_halved:
            _halve(state, work.halvings, ONE_PROGRAM if is_worth_asking else max(ONE_PROGRAM, work.steps // 5), gap, watch)
            n_halved = len(state.sample)
        watch.report(Progress("closing the gap", min(state.n_entries, work.entries), work.entries, state.value, state.lower))


def _one_round(state: Closing, work: Work, rng: np.random.Generator, watch: Watch) -> bool:
    """Ask whether p places cover the sample just below the best value; return whether it is worth asking again."""
    radius, p = state.value * (1 - CLOSE), len(state.centers)
    rows, columns = _columns(state, radius)
    chosen, hardest = None, None
    if np.bincount(columns.rows, minlength=len(rows)).all():
        found = cover_within(columns, p, rng=rng, work=work.search, watch=watch)
        chosen = None if len(found.uncovered_rows) else found.chosen
        hardest = np.argsort(-found.row_weight, kind="stable")
    if chosen is None:
        state.n_entries += PROOF_COST * len(columns.rows)
        proof = refute(columns, p, work=work.steps, watch=watch, first_rows=hardest)
        if proof.status != "coverable":
            _keep(state, radius, rows, columns, proof)
            return False
        chosen = proof.chosen
    n_rows, halfway = len(state.sample), (state.value + radius) / 2
    _learn(state, central_places(state.ground, rows, columns.take(chosen)), radius, work, rng)
    # A cover of the sample that is neither a better plan nor teaches a row exists only by rounding: weights differ too much.
    return len(state.sample) > n_rows or state.value <= halfway


def _columns(state: Closing, radius: float) -> tuple[IntArray, Columns]:
    """Return the rows of the sample that fixed devices do not cover, and the columns over them; some rows may have none."""
    rows = state.sample[state.ground.reached[state.sample] > radius]
    columns = find_places(state.ground, rows, radius).columns
    state.n_entries += len(columns.rows) + 1
    return rows, columns


def _learn(state: Closing, places: FloatArray, radius: float, work: Work, rng: np.random.Generator) -> None:
    """Make a plan of a cover of the sample; rows that it misses join the sample."""
    ground, p = state.ground, len(state.centers)
    missed = [_missed(ground, places, radius)]
    places = np.vstack([places, ground.xy[farthest_first(ground, places, p - len(places))]])
    start = np.ascontiguousarray(np.vstack([ground.fixed, places]))
    seed = int(rng.integers(1 << 62))
    settled, value = kernels.search_centers(
        ground.xy, ground.scale, ground.edges, start, n_locked=len(ground.fixed), n_kicks=work.kicks, seed=seed
    )
    settled = settled[len(ground.fixed) :]
    if value < state.value:
        state.centers, state.value = settled, value
    else:
        missed.append(_missed(ground, settled, radius))
    state.sample = np.unique(np.concatenate([state.sample, *missed]))


def _missed(ground: Ground, places: FloatArray, radius: float) -> IntArray:
    """Return rows far from each other that cost more than the radius."""
    cost = ground.cost(places)
    return spread_rows(ground, np.flatnonzero(cost > radius), cost, radius)


def _spread_out(state: Closing) -> None:
    """Begin the sample with rows far from each other and those that the best plan serves worst.

    Of p + 1 rows two share a device, which costs one of them at least what it costs where both cost the same.
    """
    ground, p = state.ground, len(state.centers)
    far = farthest_first(ground, np.empty((0, 2)), min(max(p + FIRST_ROWS[0], min(3 * p, FIRST_ROWS[1])), ground.n_rows))
    worst = np.argsort(-ground.cost(state.centers), kind="stable")[:3]
    state.sample = np.unique(np.concatenate([far, worst]))
    if len(far) <= p:
        return
    apart = far[: p + 1]
    away = np.hypot(*(ground.xy[apart, None] - ground.xy[None, apart]).T)
    meeting = away / (1 / ground.scale[apart][:, None] + 1 / ground.scale[apart][None])
    np.fill_diagonal(meeting, ground.reached[apart])
    alone = Columns.of_matrix(np.eye(p + 1, dtype=bool))
    every = np.arange(p + 1)
    proof = Refutation("refuted", every, {"duals": [1.0] * (p + 1)}, every[:0], p + 1.0)
    _keep(state, float(meeting.min()) * (1 - 2 * REACH_SLACK), apart, alone, proof)


def _halve(state: Closing, halvings: int, steps: int, gap: float, watch: Watch) -> None:
    """Raise the bound with so many simplex steps a time, halving the interval that is left."""
    highest = state.value
    for _ in range(halvings):
        radius = 0.5 * (state.lower + highest)
        if highest - state.lower <= max(gap, CLOSE) * state.value or watch.stop_reason() is not None:
            break
        rows, columns = _columns(state, radius)
        proof = refute(columns, len(state.centers), work=steps, watch=watch)
        if proof.status != "refuted":
            highest = radius
        _keep(state, radius, rows, columns, proof)


def _keep(state: Closing, radius: float, rows: IntArray, columns: Columns, proof: Refutation) -> None:
    if proof.status != "refuted" or radius <= state.lower:
        return
    used = columns.on_rows(proof.rows)
    state.lower = radius
    state.proof = {
        "radius_m": radius,
        "rows": state.ground.position[rows[proof.rows]].tolist(),
        "columns": [used.rows_of(k).tolist() for k in range(used.m)],
        "tree": proof.tree,
    }
