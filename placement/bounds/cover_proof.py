"""Proof that p devices cannot cover everybody: a tree over columns whose leaves are duals of the fractional cover.

The duals y of a leaf price each row so that no column is worth more than 1; if the rows are worth more than p together, p columns
cannot pay for them. Where they are not worth enough, the tree asks "is column k open?" and goes on with both answers.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from placement.bounds.branching import Brancher
from placement.bounds.columns import Columns
from placement.bounds.cover_lp import CoverProgram, Relaxed
from placement.bounds.cover_tree import CoverTree, devices_needed, leaves, map_leaves
from placement.bounds.proof_tree import NOTHING, SLACK, Node, Writer
from placement.core.types import BoolArray, FloatArray, IntArray
from placement.progress import Watch

MOST_LEAVES, DEEPEST = 20_000, 800
"""What a proof may measure when it is written: readers of nested texts give up beyond."""
FIRST_ROWS = 400
"""The linear program begins with so many rows; the others come when a solution misses them."""
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
        The proof over these rows: duals are lists in their order. When open, a leaf that proves `lower` only.
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
        Rows without a column are welcome: they make the proof short.
    p : int
        How many columns, >= 0.
    work : int
        Simplex steps at most; with 0 only rows are packed that have no column in common.
    watch : Watch
        May stop the proof; what was proven by then comes back.
    first_rows : ndarray, optional
        All rows, those first that are hard to cover: the proof looks at them first.

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
    order = np.arange(columns.n_rows) if first_rows is None else first_rows
    packed = _packed(columns, p, order)
    lower = devices_needed(columns, packed, NOTHING, NOTHING)
    simple = Refutation("refuted" if lower > p + SLACK else "open", *_shrunk(columns, {"duals": packed}), NOTHING, lower)
    if simple.status == "refuted" or work <= 0 or watch.stop_reason() is not None:
        return simple
    kept, lean = columns.lean
    place = np.full(columns.n_rows, columns.n_rows)
    place[order] = np.arange(columns.n_rows)
    proof = _Tree(lean, p, np.argsort(place[kept]), work, watch).grown()
    return simple if proof.status == "open" and proof.lower < lower else proof._replace(rows=kept[proof.rows])


class _Tree:
    """The tree while it grows, depth first, the open side of each branch before the closed one."""

    def __init__(self, columns: Columns, p: int, hardest: IntArray, work: int, watch: Watch) -> None:
        self.columns, self.p, self.work, self.watch = columns, p, work, watch
        rows, pool = columns.undominated
        first = np.sort(hardest[np.isin(hardest, rows)][:FIRST_ROWS])
        self.program = CoverProgram(columns, first, pool)
        self.brancher = Brancher(self.program)

    def grown(self) -> Refutation:
        """Return what came out."""
        root = Node(NOTHING, NOTHING)
        waiting = [root]
        is_open = False
        while waiting and not is_open:
            node = waiting.pop()
            relaxed = self._solve(node)
            if node.need > self.p + SLACK:
                continue
            chosen = np.flatnonzero(relaxed.share > WHOLE)
            if len(chosen) <= self.p and self.columns.counts(chosen).all():
                return Refutation("coverable", NOTHING, {"duals": []}, chosen, 0.0)
            is_open = self.program.n_steps >= self.work or self.watch.stop_reason() is not None or node.depth > DEEPEST / 4
            is_open = is_open or not self._branch(node, relaxed)
            waiting += node.sides[::-1]
        writer = Writer(self.columns, self.p)
        written = writer.leaf(root.duals, NOTHING, NOTHING) if is_open else writer.write(root)
        if written.n_leaves > MOST_LEAVES or written.depth > DEEPEST:
            is_open, written = True, writer.leaf(root.duals, NOTHING, NOTHING)
        rows, tree = _shrunk(self.columns, written.tree)
        return Refutation("open" if is_open else "refuted", rows, tree, NOTHING, written.need)

    def _solve(self, node: Node) -> Relaxed:
        """Find the duals of a node and how many columns they ask for; learn from that."""
        relaxed = self.program.solve(node.opened, node.closed, self.p + SLACK, self.work, self.watch)
        node.duals = relaxed.duals if relaxed.is_feasible else _hopeless(self.columns, node.opened, node.closed, self.p)
        node.need = devices_needed(self.columns, node.duals, node.opened, node.closed)
        if node.parent is not None:
            side = int(len(node.opened) == len(node.parent.opened))
            step = node.parent.share if side else 1 - node.parent.share
            self.brancher.note(node.parent.column, side, min(node.need, self.p + 1.0) - node.parent.need, step)
        return relaxed

    def _branch(self, node: Node, relaxed: Relaxed) -> bool:
        """Give a node its open and its closed side; return whether there is a column left to branch on."""
        is_decided = np.zeros(self.columns.m, dtype=bool)
        is_decided[node.opened] = is_decided[node.closed] = True
        node.priced = np.flatnonzero(self._is_priced(node) & ~is_decided)
        is_decided[node.priced] = True
        is_left = self.columns.counts(node.opened) == 0

        def lesser(column: int) -> IntArray:
            is_lesser = self._is_lesser(column, is_left) & ~is_decided
            is_lesser[column] = False
            return np.flatnonzero(is_lesser)

        column = self.brancher.choose(relaxed.share, is_decided, self.p + SLACK - node.need, lesser)
        if column < 0 and len(node.priced):
            column, node.priced = int(node.priced[0]), node.priced[1:]
        if column < 0:
            return False
        node.column, node.share, node.lesser = column, float(relaxed.share[column]), lesser(column)
        closed = np.concatenate([node.closed, node.priced])
        without = np.concatenate([closed, [column], node.lesser])
        node.sides = (Node(np.append(node.opened, column), closed, node), Node(node.opened, without, node))
        return True

    def _is_priced(self, node: Node) -> BoolArray:
        """Return which columns the duals of a node close: opening one leaves too much for the others."""
        left = np.where(self.columns.counts(node.opened) == 0, node.duals, 0.0)
        worth = self.columns.sums(left)
        worth[node.closed] = 0.0
        need = len(node.opened) + 1 + (left.sum() - worth) / max(1.0, worth.max(initial=0.0))
        return np.asarray(need > self.p + 2 * SLACK)

    def _is_lesser(self, column: int, is_left: BoolArray) -> BoolArray:
        """Return which columns cover nothing beside what a column does, of the rows that are left to cover."""
        beside = is_left.astype(float)
        beside[self.columns.rows_of(column)] = 0.0
        return np.asarray(self.columns.sums(beside) == 0)


def _packed(columns: Columns, p: int, order: IntArray) -> FloatArray:
    """Return duals of rows that have no column in common, taken in this order: 1 each, or p + 1 for a row without any column."""
    by_row = columns.turned()
    duals = np.zeros(columns.n_rows)
    empty = np.flatnonzero(by_row.size == 0)
    if len(empty):
        duals[empty[0]] = p + 1.0
        return duals
    is_free = np.ones(columns.n_rows, dtype=bool)
    while duals.sum() <= p and is_free.any():
        row = int(order[is_free[order].argmax()])
        duals[row] = 1.0
        is_free[columns.take(by_row.rows_of(row)).rows] = False
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
        is_used |= leaf.data["duals"] > 0
    rows = np.flatnonzero(is_used)
    return rows, map_leaves(root, lambda leaf: {"duals": leaf["duals"][rows].tolist()})
