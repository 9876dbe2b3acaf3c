"""Proof that p devices cannot cover everybody: a tree over columns whose leaves are duals of the fractional cover.

The duals y of a leaf price each row so that no column is worth more than 1; if the rows are worth more than p together, p columns
cannot pay for them. Where they are not worth enough, the tree asks "is column k open?" and goes on with both answers.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from placement.bounds.columns import Columns, undominated
from placement.bounds.cover_lp import CoverProgram, Relaxed
from placement.bounds.cover_tree import CoverTree, devices_needed, leaves, map_leaves
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

SLACK = 2e-6
"""By how much a leaf must pass p; whoever checks asks for 1e-6."""


class Refutation(NamedTuple):
    """What became of the attempt to prove that p columns cannot cover all rows.

    Parameters
    ----------
    status : {"refuted", "coverable", "open"}
        Proven; disproven by `chosen`; or out of work.
    rows : ndarray
        The rows that the proof uses, ascending.
    tree : dict
        The proof over these rows: duals are lists in their order. When open, it proves `lower` only.
    chosen : ndarray
        At most p columns that cover all rows when coverable, else empty.
    lower : float
        At least so many columns are needed.
    """

    status: Literal["refuted", "coverable", "open"]
    rows: IntArray
    tree: CoverTree
    chosen: IntArray
    lower: float


def refute(columns: Columns, p: int, *, work: int, watch: Watch, first_rows: IntArray | None = None) -> Refutation:
    """Try to prove that no p columns cover all rows.

    Parameters
    ----------
    columns : Columns
        Every row has at least one column.
    p : int
        How many columns, >= 0.
    work : int
        Simplex steps at most.
    watch : Watch
        May stop the proof; what was proven by then comes back.
    first_rows : ndarray, optional
        Rows that are hard to cover, hardest first: the proof begins with them.

    Returns
    -------
    Refutation
        Status, proof and bound.

    Examples
    --------
    >>> apart = Columns.of_matrix(np.eye(3, dtype=bool))
    >>> refute(apart, 2, work=100, watch=Watch()).status, refute(apart, 3, work=100, watch=Watch()).chosen.tolist()
    ('refuted', [0, 1, 2])
    """
    rows, pool = undominated(columns)
    program = CoverProgram(columns, rows, pool)
    root: CoverTree = {}
    nothing = np.empty(0, dtype=np.intp)
    waiting = [(root, nothing, nothing)]
    is_open = False
    while waiting:
        node, opened, closed = waiting.pop()
        relaxed = program.solve(opened, closed, p + SLACK)
        duals = relaxed.duals if relaxed.is_feasible else _hopeless_row(columns, opened, closed, p)
        node["duals"] = duals
        if devices_needed(columns, duals, opened, closed) > p + SLACK:
            continue
        if np.all((relaxed.share < 1e-6) | (relaxed.share > 1 - 1e-6)):
            chosen = np.flatnonzero(relaxed.share > 0.5)
            if len(chosen) <= p and columns.counts(chosen).all():
                return Refutation("coverable", *_shrunk(columns, root), chosen, 0.0)
        is_open |= program.n_steps >= work or watch.stop_reason() is not None
        if is_open:
            continue
        column = _branching_column(relaxed)
        del node["duals"]
        node.update({"column": column, "open": {}, "closed": {}})
        waiting.append((node["closed"], opened, np.append(closed, column)))
        waiting.append((node["open"], np.append(opened, column), closed))
    rows, tree = _shrunk(columns, root)
    return Refutation("open" if is_open else "refuted", rows, tree, nothing, _lower(columns, rows, tree))


def _branching_column(relaxed: Relaxed) -> int:
    return int(np.argmax(np.minimum(relaxed.share, 1 - relaxed.share)))


def _hopeless_row(columns: Columns, opened: IntArray, closed: IntArray, p: int) -> FloatArray:
    """Return duals that say: this row has lost all its columns."""
    is_left = np.ones(columns.m, dtype=bool)
    is_left[closed] = False
    counts = columns.counts(np.flatnonzero(is_left))
    counts[columns.counts(opened) > 0] = 1
    return np.where(np.arange(columns.n_rows) == int(counts.argmin()), p + 1.0, 0.0)


def _shrunk(columns: Columns, root: CoverTree) -> tuple[IntArray, CoverTree]:
    """Return the rows that matter to any leaf, and the tree over them with plain numbers."""
    is_used = np.zeros(columns.n_rows, dtype=bool)
    for leaf in leaves(root):
        is_used |= leaf.data.get("duals", is_used) > 0
    rows = np.flatnonzero(is_used)
    return rows, map_leaves(root, lambda leaf: {"duals": leaf["duals"][rows].tolist() if leaf else [0.0] * len(rows)})


def _lower(columns: Columns, rows: IntArray, tree: CoverTree) -> float:
    """Return what the tree proves, by its own arithmetic."""
    shrunk = columns.on_rows(rows)
    return min(devices_needed(shrunk, np.array(leaf.data["duals"]), leaf.opened, leaf.closed) for leaf in leaves(tree))
