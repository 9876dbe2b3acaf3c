"""Proof that p devices cannot cover everybody: a tree over columns whose leaves are duals of the fractional cover.

The duals y of a leaf price each row so that no column is worth more than 1; if the rows are worth more than p together, p columns
cannot pay for them. Where they are not worth enough, the tree asks "is column k open?" and goes on with both answers.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from placement.bounds.columns import Columns, undominated
from placement.bounds.cover_lp import CoverProgram, Relaxed
from placement.bounds.cover_tree import CoverTree, devices_needed, leaves, map_leaves, tree_needs
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch

SLACK = 2e-6
"""By how much a leaf must pass p; whoever checks asks for 1e-6."""
WHOLE = 1e-6
"""Shares of a column this close to 0 or 1 count as whole."""


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


NOTHING = np.empty(0, dtype=np.intp)


def refute(columns: Columns, p: int, *, work: int, watch: Watch, first_rows: IntArray | None = None) -> Refutation:
    """Try to prove that no p columns cover all rows.

    Parameters
    ----------
    columns : Columns
        Rows without a column are welcome: they make the proof short.
    p : int
        How many columns, >= 0.
    work : int
        Simplex steps at most; with 0 only rows are packed that have no column in common.
    watch : Watch
        May stop the proof; what was proven by then comes back.
    first_rows : ndarray, optional
        Rows that are hard to cover, hardest first: the proof looks at them first.

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
    if columns.n_rows == 0:
        return Refutation("coverable", NOTHING, {"duals": []}, NOTHING, 0.0)
    packed = _packed(columns, p, np.arange(columns.n_rows) if first_rows is None else first_rows)
    lower = devices_needed(columns, packed, NOTHING, NOTHING)
    if lower > p + SLACK or work <= 0 or watch.stop_reason() is not None:
        rows, tree = _shrunk(columns, {"duals": packed})
        return Refutation("refuted" if lower > p + SLACK else "open", rows, tree, NOTHING, lower)
    return _Tree(columns, p, work, watch).grown()


class _Tree:
    """The tree while it grows, depth first, the open side of each branch before the closed one."""

    def __init__(self, columns: Columns, p: int, work: int, watch: Watch) -> None:
        self.columns, self.p, self.work, self.watch = columns, p, work, watch
        self.program = CoverProgram(columns, *undominated(columns))
        self.root: CoverTree = {}

    def grown(self) -> Refutation:
        """Return what came out."""
        waiting = [(self.root, NOTHING, NOTHING)]
        is_open = False
        while waiting:
            node, opened, closed = waiting.pop()
            relaxed = self.program.solve(opened, closed, self.p + SLACK)
            node["duals"] = relaxed.duals if relaxed.is_feasible else _hopeless(self.columns, opened, closed, self.p)
            if devices_needed(self.columns, node["duals"], opened, closed) > self.p + SLACK:
                continue
            chosen = self._whole(relaxed)
            if chosen is not None:
                return Refutation("coverable", NOTHING, {"duals": []}, chosen, 0.0)
            is_open |= self.program.n_steps >= self.work or self.watch.stop_reason() is not None
            if not is_open:
                waiting += self._branch(node, relaxed, opened, closed)
        rows, tree = _shrunk(self.columns, self.root)
        return Refutation("open" if is_open else "refuted", rows, tree, NOTHING, tree_needs(self.columns.on_rows(rows), tree))

    def _whole(self, relaxed: Relaxed) -> IntArray | None:
        """Return the columns of a fractional cover that is none, if they are p at most and cover all rows."""
        chosen = np.flatnonzero(relaxed.share > WHOLE)
        is_cover = len(chosen) <= self.p and bool(self.columns.counts(chosen).all())
        return chosen if is_cover else None

    def _branch(
        self, node: CoverTree, relaxed: Relaxed, opened: IntArray, closed: IntArray
    ) -> list[tuple[CoverTree, IntArray, IntArray]]:
        column = int(np.argmax(np.minimum(relaxed.share, 1 - relaxed.share)))
        del node["duals"]
        node.update({"column": column, "open": {}, "closed": {}})
        return [(node["closed"], opened, np.append(closed, column)), (node["open"], np.append(opened, column), closed)]


def _packed(columns: Columns, p: int, order: IntArray) -> FloatArray:
    """Return duals of rows that have no column in common, taken in this order: 1 each, or p + 1 for a row without any column."""
    by_row = columns.turned()
    duals = np.zeros(columns.n_rows)
    empty = np.flatnonzero(by_row.size == 0)
    if len(empty):
        duals[empty[0]] = p + 1.0
        return duals
    is_used = np.zeros(columns.m, dtype=bool)
    for row in order:
        if duals.sum() > p:
            break
        own = by_row.rows_of(int(row))
        if not is_used[own].any():
            is_used[own] = True
            duals[row] = 1.0
    return duals


def _hopeless(columns: Columns, opened: IntArray, closed: IntArray, p: int) -> FloatArray:
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
