"""Proof that p devices cannot cover more than so much weight: a tree over columns whose leaves are duals.

The duals u_i <= w_i of a leaf split the weight of each row: w_i - u_i is given away as if it were covered for nothing, u_i must be
earned by columns, of which the p best are taken even where they overlap.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_tree import CoverTree, leaves, map_leaves
from placement.bounds.highs import quiet_highs
from placement.core.types import FloatArray, IntArray
from placement.progress import Watch


class WeightLimit(NamedTuple):
    """The best choice that turned up, and the weight that no choice of p columns passes, with its proof."""

    chosen: IntArray
    value: float
    bound: float
    tree: CoverTree


def weight_within(columns: Columns, weight: FloatArray, duals: FloatArray, p: int, opened: IntArray, closed: IntArray) -> float:
    """Return an upper limit of the weight that p columns cover when some are opened and some closed.

    ``W(O) + sum_i (w_i - u_i) + the p - |O| largest sum_{i in j} u_i``, over the rows i that no opened column covers and the
    columns j that are neither opened nor closed; ``0 <= u_i <= w_i``.

    Examples
    --------
    >>> apart, nothing = Columns.of_matrix(np.eye(3, dtype=bool)), np.empty(0, dtype=np.intp)
    >>> weight_within(apart, np.array([5.0, 3.0, 1.0]), np.array([5.0, 3.0, 1.0]), 2, nothing, nothing)
    8.0
    """
    is_left = columns.counts(opened) == 0
    worth = columns.sums(np.where(is_left, duals, 0.0))
    worth[opened] = 0.0
    worth[closed] = 0.0
    earned = np.sort(worth)[::-1][: p - len(opened)].sum()
    return float(weight[~is_left].sum() + (weight - duals)[is_left].sum() + earned)


def limit_weight(
    columns: Columns, weight: FloatArray, p: int, *, chosen: IntArray, gap: float, work: int, watch: Watch
) -> WeightLimit:
    """Bound the weight that p columns can cover, by a tree of duals searched from its weakest leaf on.

    Parameters
    ----------
    columns : Columns
        What may be chosen.
    weight : ndarray of shape (n_rows,)
        Of the rows, > 0.
    p : int
        How many columns, >= 1.
    chosen : ndarray
        The best choice known.
    gap : float
        The proof ends when the bound is within this share of the best value.
    work : int
        Simplex steps at most.
    watch : Watch
        May stop the proof.

    Returns
    -------
    WeightLimit
        The best choice, its value, the bound and its tree over all rows.
    """
    program = _WeightProgram(columns, weight, p)
    nothing = np.empty(0, dtype=np.intp)
    root: CoverTree = {}
    best, value = chosen, float(weight[columns.counts(chosen) > 0].sum())
    heap: list[tuple[float, int, CoverTree, IntArray, IntArray, FloatArray]] = []
    n_made = 0

    def add(node: CoverTree, opened: IntArray, closed: IntArray) -> None:
        nonlocal best, value, n_made
        share, duals = program.solve(opened, closed)
        node["duals"] = duals
        bound = weight_within(columns, weight, duals, p, opened, closed)
        tried = np.argsort(-share, kind="stable")[:p]
        covered = float(weight[columns.counts(tried) > 0].sum())
        if covered > value:
            best, value = tried, covered
        n_made += 1
        heappush(heap, (-bound, n_made, node, opened, closed, share))

    add(root, nothing, nothing)
    while -heap[0][0] > value * (1 + gap) and program.n_steps < work and watch.stop_reason() is None:
        _, _, node, opened, closed, share = heap[0]
        fraction = np.minimum(share, 1 - share)
        fraction[opened] = fraction[closed] = -1.0
        if len(opened) >= p or fraction.max() < 0:
            break
        heappop(heap)
        column = int(fraction.argmax())
        del node["duals"]
        node.update({"column": column, "open": {}, "closed": {}})
        add(node["open"], np.append(opened, column), closed)
        add(node["closed"], opened, np.append(closed, column))
    tree = map_leaves(root, lambda leaf: {"duals": leaf["duals"].tolist()})
    bound = max(
        weight_within(columns, weight, np.array(leaf.data["duals"]), p, leaf.opened, leaf.closed) for leaf in leaves(tree)
    )
    return WeightLimit(np.sort(best), value, max(bound, value), tree)


class _WeightProgram:
    """Maximise ``sum w_i z_i`` with ``z_i <= sum_{j covers i} x_j`` and ``sum_j x_j <= p``."""

    def __init__(self, columns: Columns, weight: FloatArray, p: int) -> None:
        self.m, self.n = columns.m, columns.n_rows
        self.weight = weight
        self.model = quiet_highs()
        self.n_steps = 0
        cost = np.concatenate([np.zeros(self.m), -weight])
        none = np.empty(0, dtype=np.int32)
        total = self.m + self.n
        self.model.addCols(total, cost, np.zeros(total), np.ones(total), 0, none, none, np.empty(0))
        by_row = columns.turned()
        start = by_row.start + np.arange(self.n + 1)
        index = np.insert(by_row.rows, by_row.start[1:], self.m + np.arange(self.n))
        value = np.insert(np.ones(len(by_row.rows)), by_row.start[1:], -1.0)
        self.model.addRows(
            self.n,
            np.zeros(self.n),
            np.full(self.n, np.inf),
            len(index),
            start[:-1].astype(np.int32),
            index.astype(np.int32),
            value,
        )
        self.model.addRow(-np.inf, float(p), self.m, np.arange(self.m, dtype=np.int32), np.ones(self.m))

    def solve(self, opened: IntArray, closed: IntArray) -> tuple[FloatArray, FloatArray]:
        low, high = np.zeros(self.m), np.ones(self.m)
        low[opened] = 1.0
        high[closed] = 0.0
        self.model.changeColsBounds(self.m, np.arange(self.m, dtype=np.int32), low, high)
        self.model.run()
        self.n_steps += max(1, int(self.model.getInfo().simplex_iteration_count))
        solution = self.model.getSolution()
        share = np.asarray(solution.col_value)[: self.m]
        duals = np.asarray(solution.row_dual)[: self.n]
        return share, np.clip(duals, 0.0, self.weight)
