"""Reading a certificate that anybody may have written: numbers, positions, and trees of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from placement.core.types import FloatArray, IntArray

SLACK = 1e-9
"""Relative: what a bound may claim beyond the recomputed one, and by how much radii grow, for the sake of rounding."""
EPS = float(np.finfo(float).eps)
LARGEST_NUMBER = 1e60
Sides = tuple[tuple[int, ...], ...]
"""The sides on which a way through the tree ran: of each branch a position, or a pair of them."""


class Refused(Exception):  # noqa: N818 - what happens to the certificate, not to us
    """The certificate proves nothing; the text says why."""


class Leaf(NamedTuple):
    """The end of a way through the tree, and what was decided on the way."""

    data: Mapping[str, Any]
    yes: Sides
    no: Sides


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


def leaves(node: Any, words: tuple[str, str, str], count: int, yes: Sides = (), no: Sides = ()) -> Iterator[Leaf]:
    """Walk a tree whose branches are ``{words[0]: what, words[1]: node, words[2]: node}``, with a position or a pair of them.

    Every plan is on one side of every branch, so it is at one leaf: whatever holds at all leaves holds for all plans.
    """
    question, first, second = words
    if question not in node:
        yield Leaf(node, yes, no)
        return
    asked = tuple(sorted(positions(node[question] if question == "pair" else [node[question]], count)))
    if asked in yes or asked in no:
        raise Refused("a branch decides what was decided before")
    yield from leaves(node[first], words, count, (*yes, asked), no)
    yield from leaves(node[second], words, count, yes, (*no, asked))
