"""The arithmetic of a proof about covers: what a leaf of duals says, and what the whole tree says.

A NODE is a leaf ``{"duals": [...]}`` or a branch ``{"column": k, "open": NODE, "closed": NODE}``: a device stands at k, or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.core.types import FloatArray, IntArray

CoverTree = dict[str, Any]
"""A NODE, ready for JSON."""


class Leaf(NamedTuple):
    """One leaf of a tree: its data, and the columns that the way to it opens and closes."""

    data: CoverTree
    opened: IntArray
    closed: IntArray


def leaves(tree: CoverTree) -> Iterator[Leaf]:
    """Yield the leaves of a tree, the open side of each branch first."""
    waiting: list[tuple[CoverTree, tuple[int, ...], tuple[int, ...]]] = [(tree, (), ())]
    while waiting:
        node, opened, closed = waiting.pop()
        if "column" in node:
            column = int(node["column"])
            waiting.append((node["closed"], opened, (*closed, column)))
            waiting.append((node["open"], (*opened, column), closed))
        else:
            yield Leaf(node, np.array(opened, dtype=np.intp), np.array(closed, dtype=np.intp))


def devices_needed(columns: Columns, duals: FloatArray, opened: IntArray, closed: IntArray) -> float:
    """Return how many columns it takes at least to cover all rows when some are opened and some closed.

    ``|O| + sum_i y_i / max(1, max_j sum_{i in j} y_i)`` over the rows i that no opened column covers and the columns j that are
    not closed: no column is worth more than the largest sum, so that many are needed for all.

    Examples
    --------
    >>> apart = Columns.of_matrix(np.eye(3, dtype=bool))
    >>> nothing = np.empty(0, dtype=np.intp)
    >>> devices_needed(apart, np.ones(3), nothing, nothing)
    3.0
    """
    left = np.where(columns.counts(opened) == 0, duals, 0.0)
    worth = columns.sums(left)
    worth[closed] = 0.0
    return float(len(opened) + left.sum() / max(1.0, worth.max(initial=0.0)))


def tree_needs(columns: Columns, tree: CoverTree) -> float:
    """Return how many columns it takes at least to cover all rows: the weakest leaf's word.

    Examples
    --------
    >>> tree_needs(Columns.of_matrix(np.eye(3, dtype=bool)), {"duals": [1.0, 1.0, 1.0]})
    3.0
    """
    return min(devices_needed(columns, np.array(leaf.data["duals"]), leaf.opened, leaf.closed) for leaf in leaves(tree))


def map_leaves(tree: CoverTree, change: Callable[[CoverTree], CoverTree]) -> CoverTree:
    """Return a copy of a tree with each leaf's data changed."""
    root: CoverTree = {}
    waiting = [(tree, root)]
    while waiting:
        node, copy = waiting.pop()
        if "column" not in node:
            copy.update(change(node))
            continue
        copy.update({"column": node["column"], "open": {}, "closed": {}})
        waiting += [(node["open"], copy["open"]), (node["closed"], copy["closed"])]
    return root


def renamed(tree: CoverTree, row_order: IntArray, column_name: IntArray) -> CoverTree:
    """Return the tree with the duals in another order of the rows and the columns by their names elsewhere."""
    root: CoverTree = {}
    waiting = [(tree, root)]
    while waiting:
        node, copy = waiting.pop()
        if "column" not in node:
            copy.update(node)
            copy["duals"] = [node["duals"][row] for row in row_order]
            continue
        copy.update({"column": int(column_name[node["column"]]), "open": {}, "closed": {}})
        waiting += [(node["open"], copy["open"]), (node["closed"], copy["closed"])]
    return root
