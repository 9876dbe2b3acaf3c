"""Reading a proof that anybody may have written: numbers, positions, and trees of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from placement.core.types import FloatArray, IntArray

SLACK = 1e-9
"""Relative: what a bound may claim beyond the recomputed one, and by how much radii grow, for the sake of rounding."""
EPS = float(np.finfo(float).eps)
BLOCK = 1 << 21
"""Entries of a matrix of distances that are held at once."""
LARGEST_NUMBER, DEEPEST, MOST_NODES = 1e60, 10_000, 100_000


class Refused(Exception):  # noqa: N818 - what happens to the certificate, not to us
    """The certificate proves nothing; the text says why."""


class Leaf(NamedTuple):
    """The node at the end of a way through the tree, and what was decided on the way: shape (k, 1), or (k, 2) for pairs."""

    data: Mapping[str, Any]
    yes: IntArray
    no: IntArray


def numbers(value: Any, *shape: int) -> FloatArray:
    """Return finite numbers of this shape."""
    array = np.array(value, dtype=float)
    if array.shape != shape or not (np.abs(array) <= LARGEST_NUMBER).all():
        raise Refused(f"{shape[0] if shape else 1} finite numbers are needed where it has others")
    return array


def positions(value: Any, count: int) -> IntArray:
    """Return distinct positions 0..count-1."""
    array = numbers(value, len(value))
    if (array % 1 != 0).any() or (array < 0).any() or (array >= count).any() or len(set(array)) < len(array):
        raise Refused(f"distinct positions from 0 to {count - 1} are needed where it has others")
    return array.astype(np.intp)


def leaves(tree: Any, words: tuple[str, str, str], count: int) -> Iterator[Leaf]:
    """Walk a tree whose branches are ``{words[0]: what, words[1]: node, words[2]: node}``, with a position or a pair of them.

    Every plan is on one side of every branch, so it is at one leaf: whatever holds at all leaves holds for all plans.
    """
    question, yes, no = words
    width = 2 if question == "pair" else 1
    stack: list[tuple[Any, tuple[Any, ...], tuple[Any, ...]]] = [(tree, (), ())]
    for _ in range(MOST_NODES):
        if not stack:
            return
        node, *sides = stack.pop()
        if question not in node:
            yield Leaf(node, *(np.array(side, dtype=np.intp).reshape(-1, width) for side in sides))
            continue
        asked = tuple(sorted(positions(node[question] if width > 1 else [node[question]], count)))
        if len(asked) != width or asked in sides[0] or asked in sides[1] or len(sides[0]) + len(sides[1]) > DEEPEST:
            raise Refused("a branch decides what was decided before, or the tree is too deep")
        stack += [(node[no], sides[0], (*sides[1], asked)), (node[yes], (*sides[0], asked), sides[1])]
    raise Refused(f"the tree has more than {MOST_NODES:,} nodes")
