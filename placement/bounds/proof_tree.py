"""The tree of a proof while it grows, and how it is written down: with no more than the proof needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_tree import CoverTree, devices_needed
from placement.core.types import FloatArray, IntArray

SLACK = 2e-6
"""By how much a leaf must pass p; whoever checks asks for 1e-6."""
NOTHING = np.empty(0, dtype=np.intp)
SCALES = (1, 2, 6, 12, 60, 420, 2520, 10_000, 1_000_000)
"""Duals are written as whole numbers: these many to one, the fewest that keep the proof. A common factor changes nothing."""


class Node:
    """What is decided on the way to a node, its duals, and the branch below it, if there is one.

    `priced` are columns that the duals close without a branch of their own: were one of them opened, the rows left would be worth
    too much for the columns left. `lesser` are columns that cover no more of what is left than the branching column: they are
    closed with it, because whatever refutes its open side refutes theirs.
    """

    def __init__(self, opened: IntArray, closed: IntArray, parent: Node | None = None) -> None:
        self.opened, self.closed, self.parent = opened, closed, parent
        self.duals, self.priced, self.lesser = np.empty(0), NOTHING, NOTHING
        self.column, self.share, self.need = -1, 0.0, 0.0
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.sides: tuple[Node, ...] = ()


class Written(NamedTuple):
    """A tree as nested mappings, the columns whose closing on the way to it matters, its leaves, depth and weakest leaf."""

    tree: CoverTree
    used: frozenset[int]
    n_leaves: int
    depth: int
    need: float


def _branched(column: int, opened: Written, closed: Written) -> Written:
    tree = {"column": column, "open": opened.tree, "closed": closed.tree}
    used = (closed.used - {column}) | opened.used
    depth, need = 1 + max(opened.depth, closed.depth), min(opened.need, closed.need)
    return Written(tree, used, opened.n_leaves + closed.n_leaves, depth, need)


class Writer:
    """Writes a tree as nested mappings; leaves out branches and closings that no leaf below makes use of.

    Parameters
    ----------
    columns : Columns
        All of them.
    p : int
        What the proof refutes.
    """

    def __init__(self, columns: Columns, p: int) -> None:
        self.columns, self.p = columns, p

    def write(self, node: Node) -> Written:
        """Return the tree below a node."""
        if not node.sides:
            return self.leaf(node.duals, node.opened, node.closed)
        tree = self.write(node.sides[1])
        decided = [int(column) for column in (*node.lesser, node.column) if column in tree.used]
        if decided:
            opened = self.write(node.sides[0])
            for column in decided:
                tree = _branched(column, opened, tree)
        for column in node.priced.tolist():
            if column in tree.used:
                tree = _branched(column, self.leaf(node.duals, np.append(node.opened, column), node.closed), tree)
        return tree

    def leaf(self, duals: FloatArray, opened: IntArray, closed: IntArray) -> Written:
        """Return the duals as whole numbers, none for rows that are covered already."""
        left = np.where(self.columns.counts(opened) == 0, duals, 0.0)
        whole, need = left, 0.0
        for scale in SCALES:
            whole = np.round(left * scale)
            need = devices_needed(self.columns, whole, opened, closed)
            if need > self.p + SLACK:
                break
        return Written({"duals": whole.astype(np.int64)}, self._leaned_on(whole, opened, closed), 1, 1, need)

    def _leaned_on(self, left: FloatArray, opened: IntArray, closed: IntArray) -> frozenset[int]:
        """Return the closed columns that would be worth too much for a leaf if they were not closed."""
        worth = self.columns.sums(left)
        is_closed = np.zeros(self.columns.m, dtype=bool)
        is_closed[closed] = True
        most = max(1.0, float(worth[~is_closed].max(initial=0.0)))
        room = self.p - len(opened) + SLACK
        if room < 0:
            return frozenset()
        if left.sum() / most > room:
            most = float(left.sum()) / room / (1 + 1e-12)
        return frozenset(np.flatnonzero(is_closed & (worth > most)).tolist())
