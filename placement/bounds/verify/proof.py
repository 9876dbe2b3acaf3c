"""Reading a certificate of unknown origin: numbers that are numbers, positions that exist, trees that end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from placement.core.types import FloatArray

SLACK = 1e-9
"""Relative: what a bound may claim beyond the recomputed one, and by how much radii grow, for the sake of rounding."""
EPS = float(np.finfo(float).eps)
LARGEST_NUMBER, DEEPEST, MOST_NODES = 1e60, 10_000, 100_000


class Refused(Exception):  # noqa: N818 - what happens to the certificate, not to us
    """The certificate proves nothing; the text says why."""


class Leaf(NamedTuple):
    """The numbers at the end of a way through the tree, and what was decided on the way: first words, second words."""

    data: Mapping[str, Any]
    yes: list[Any]
    no: list[Any]


def mapping(value: object, keys: Sequence[str], what: str) -> Mapping[str, Any]:
    """Return `value` if it is a mapping with these keys."""
    if not isinstance(value, Mapping) or not all(key in value for key in keys):
        raise Refused(f"{what} needs {', '.join(keys)}")
    return value


def number(value: object, what: str) -> float:
    """Return `value` as a finite number."""
    return float(numbers([value], 1, what)[0])


def numbers(value: object, count: int, what: str) -> FloatArray:
    """Return a list of `count` finite numbers as an array."""
    if not isinstance(value, (list, tuple)) or len(value) != count:
        raise Refused(f"{what} should be {count} numbers")
    if not all(isinstance(x, (int, float)) and not isinstance(x, bool) and abs(x) <= LARGEST_NUMBER for x in value):
        raise Refused(f"{what} should be finite numbers")
    return np.array(value, dtype=float)


def positions(value: object, count: int, what: str) -> list[int]:
    """Return a list of distinct positions 0..count-1."""
    if not isinstance(value, (list, tuple)) or not all(type(j) is int and 0 <= j < count for j in value):
        raise Refused(f"{what} should be a list of positions from 0 to {count - 1}")
    if len(set(value)) < len(value):
        raise Refused(f"{what} names a position twice")
    return list(value)


def leaves(tree: object, words: tuple[str, str, str], count: int) -> Iterator[Leaf]:
    """Walk a tree whose branches are ``{words[0]: what, words[1]: node, words[2]: node}``; `what` is a position below `count`.

    Every plan is on one side of every branch, so it is at one leaf: whatever holds at all leaves holds for all plans. A pair of
    positions counts as one decision where the word is "pair".
    """
    subject, yes, no = words
    stack: list[tuple[object, Any, int]] = [(tree, None, 0)]
    for _ in range(MOST_NODES):
        if not stack:
            return
        node, way, depth = stack.pop()
        if depth > DEEPEST:
            raise Refused(f"the tree is deeper than {DEEPEST:,} branches, or runs in a circle")
        if not isinstance(node, Mapping):
            raise Refused("a branch of the tree is missing")
        if subject not in node:
            yield _leaf(node, way)
            continue
        mapping(node, words, "a branch")
        chosen = positions(node[subject] if subject == "pair" else [node[subject]], count, f"the {subject} of a branch")
        if len(chosen) != (2 if subject == "pair" else 1):
            raise Refused("a pair is two points")
        key = tuple(sorted(chosen)) if subject == "pair" else chosen[0]
        stack += [(node[no], (key, False, way), depth + 1), (node[yes], (key, True, way), depth + 1)]
    raise Refused(f"the tree has more than {MOST_NODES:,} nodes")


def _leaf(node: Mapping[str, Any], way: Any) -> Leaf:
    sides: tuple[list[Any], list[Any]] = ([], [])
    while way is not None:
        key, is_yes, way = way
        sides[0 if is_yes else 1].append(key)
    if len({*sides[0], *sides[1]}) < len(sides[0]) + len(sides[1]):
        raise Refused("a branch decides what was decided before")
    return Leaf(node, *sides)
