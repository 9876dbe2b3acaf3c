"""Proof that p devices cannot cover more than so much weight: a tree over columns whose leaves are duals.

The duals u_i <= w_i of a leaf split the weight of each row: w_i - u_i is given away as if it were covered for nothing, u_i must
be earned by columns, of which the p best are taken even where they overlap.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import floor
from typing import NamedTuple

import numpy as np

from placement.bounds.columns import Columns
from placement.bounds.cover_tree import CoverTree, leaves
from placement.bounds.highs import ENTRIES
from placement.bounds.weight_program import WeightProgram, descended_duals
from placement.core.types import FloatArray, IntArray
from placement.progress import Progress, Watch

NOTHING = np.empty(0, dtype=np.intp)
DESCENT, DESCENT_ENTRIES = 200, 80_000_000
"""Steps of the descent that stands in for the linear program."""
WHOLE = 1e-6
"""A bound this close below a whole number is that number."""
ROUNDING = 1e-11
"""Share by which sums are widened before they count as a bound."""


class WeightLimit(NamedTuple):
    """The best choice that turned up, and the weight that no choice of p columns passes.

    Parameters
    ----------
    chosen : ndarray
        At most p columns, ascending.
    value : float
        Weight that they cover.
    bound : float
        Weight that p columns cover at most.
    tree : dict
        The proof over all rows.
    met : tuple of ndarray
        Other choices that the proof came by: worth being improved by swaps.
    """

    chosen: IntArray
    value: float
    bound: float
    tree: CoverTree
    met: tuple[IntArray, ...] = ()


class _Node(NamedTuple):
    """A leaf in the heap: the weakest first, of equals the oldest."""

    negative_bound: float
    number: int
    data: CoverTree
    opened: IntArray
    closed: IntArray
    share: FloatArray


def weight_within(columns: Columns, weight: FloatArray, p: int, duals: FloatArray, opened: IntArray, closed: IntArray) -> float:
    """Return an upper limit of the weight that p columns cover when some are opened and some closed.

    ``W(O) + sum_i (w_i - u_i) + the p - |O| largest sum_{i in j} u_i``, over the rows i that no opened column covers and the
    columns j that are neither opened nor closed; ``0 <= u_i <= w_i``.

    Examples
    --------
    >>> apart, nothing = Columns.of_matrix(np.eye(3, dtype=bool)), np.empty(0, dtype=np.intp)
    >>> weight_within(apart, np.array([5.0, 3.0, 1.0]), 2, np.array([5.0, 3.0, 1.0]), nothing, nothing)
    8.0
    """
    is_left = columns.counts(opened) == 0
    worth = columns.sums(np.where(is_left, duals, 0.0))
    worth[opened] = 0.0
    worth[closed] = 0.0
    earned = np.sort(worth)[::-1][: p - len(opened)].sum()
    return float(weight[~is_left].sum() + (weight - duals)[is_left].sum() + earned)


def tree_weight(columns: Columns, weight: FloatArray, p: int, tree: CoverTree) -> float:
    """Return the weight that p columns cover at most: the weakest leaf's word, widened by what sums may round."""
    words = (weight_within(columns, weight, p, np.array(leaf.data["duals"]), leaf.opened, leaf.closed) for leaf in leaves(tree))
    return rounded_down(min(float(weight.sum()), max(words) * (1 + ROUNDING)), weight)


def rounded_down(bound: float, weight: FloatArray) -> float:
    """Return the bound, or the whole number below it when all weights are whole: their sums are too."""
    is_whole = bool((weight == np.round(weight)).all())
    return float(floor(bound + WHOLE)) if is_whole else bound


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
        Simplex steps at most; where these are too few for one linear program, a short descent bounds the weight instead.
    watch : Watch
        May stop the proof.

    Returns
    -------
    WeightLimit
        The best choice, its value, the bound and its tree over all rows.
    """
    one_program = (columns.n_rows + columns.m) * max(1.0, len(columns.rows) / ENTRIES)
    if work < one_program or watch.stop_reason() is not None:
        n_steps = max(DESCENT // 10, min(DESCENT, DESCENT_ENTRIES // (len(columns.rows) + 1)))
        n_steps = n_steps if watch.stop_reason() is None else DESCENT // 10
        duals, met = descended_duals(columns, weight, p, chosen, n_steps)
        value = float(weight[columns.counts(chosen) > 0].sum())
        tree: CoverTree = {"duals": duals.tolist()}
        return WeightLimit(np.sort(chosen), value, tree_weight(columns, weight, p, tree), tree, met)
    return _WeightTree(columns, weight, p, chosen, watch).grown(gap, work)


class _WeightTree:
    """The tree while it grows at its weakest leaf."""

    def __init__(self, columns: Columns, weight: FloatArray, p: int, chosen: IntArray, watch: Watch) -> None:
        self.columns, self.weight, self.p = columns, weight, p
        self.chosen, self.value = chosen, self._covered(chosen)
        self.program = WeightProgram(columns, weight, p)
        self.heap: list[_Node] = []
        self.n_made = 0
        self.watch = watch

    def grown(self, gap: float, work: int) -> WeightLimit:
        """Return what came out."""
        root: CoverTree = {}
        self._add(root, NOTHING, NOTHING)
        while True:
            weakest = self.heap[0]
            bound = rounded_down(-weakest.negative_bound, self.weight)
            self.watch.report(Progress("proving", self.program.n_steps, work, self.value, bound))
            is_done = bound <= self.value * (1 + gap) or self.program.n_steps >= work or self.watch.stop_reason() is not None
            if is_done or not self._branch(weakest):
                break
        for leaf in leaves(root):  # what opened columns cover earns nothing more
            leaf.data["duals"] = np.where(self.columns.counts(leaf.opened) == 0, leaf.data["duals"], 0.0).tolist()
        tree = root
        bound = max(self.value, tree_weight(self.columns, self.weight, self.p, tree))
        return WeightLimit(np.sort(self.chosen), self.value, bound, tree)

    def _covered(self, chosen: IntArray) -> float:
        return float(self.weight[self.columns.counts(chosen) > 0].sum())

    def _add(self, data: CoverTree, opened: IntArray, closed: IntArray) -> None:
        share, duals = self.program.solve(opened, closed, self.watch)
        data["duals"] = duals
        tried = np.argsort(-share, kind="stable")[: self.p]
        if self._covered(tried) > self.value:
            self.chosen, self.value = tried, self._covered(tried)
        bound = weight_within(self.columns, self.weight, self.p, duals, opened, closed)
        self.n_made += 1
        heappush(self.heap, _Node(-bound, self.n_made, data, opened, closed, share))

    def _branch(self, leaf: _Node) -> bool:
        """Split the weakest leaf at its most divided column; return whether there was one."""
        fraction = np.minimum(leaf.share, 1 - leaf.share)
        fraction[leaf.opened] = fraction[leaf.closed] = -1.0
        if len(leaf.opened) >= self.p or fraction.max(initial=-1.0) < 0:
            return False
        heappop(self.heap)
        column = int(fraction.argmax())
        del leaf.data["duals"]
        leaf.data.update({"column": column, "open": {}, "closed": {}})
        self._add(leaf.data["open"], np.append(leaf.opened, column), leaf.closed)
        self._add(leaf.data["closed"], leaf.opened, np.append(leaf.closed, column))
        return True
