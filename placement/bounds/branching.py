"""Where to branch: what opening and closing each column did to the value so far, tried out where little is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from placement.bounds.cover_lp import CoverProgram
from placement.core.types import BoolArray, FloatArray, IntArray

LEAST_GAIN = 1e-4
WHOLE = 1e-6
RELIABLE = 8
"""So often must both sides of a column have been seen before their means are trusted."""
PROBED, PROBE_STEPS, LOOKAHEAD = 30, 30, 12
"""At most so many columns are tried at a node, for so many simplex steps; so many in a row that are no better end it."""


class Brancher:
    """Chooses columns to branch on, and learns from what the branches do.

    Parameters
    ----------
    program : CoverProgram
        Where columns are tried.

    References
    ----------
    T. Achterberg, T. Koch, A. Martin, "Branching rules revisited", Oper. Res. Lett. 33 (2005) 42-54, doi
    10.1016/j.orl.2004.04.002, section 4 (reliability branching, the product of both gains).
    """

    def __init__(self, program: CoverProgram) -> None:
        self.program = program
        self.total, self.count = np.zeros((2, program.columns.m)), np.zeros((2, program.columns.m))

    def note(self, column: int, side: int, gain: float, step: float) -> None:
        """Learn that opening (side 0) or closing (side 1) a column gained so much over this step of its share."""
        self.total[side, column] += max(gain, 0.0) / max(step, WHOLE)
        self.count[side, column] += 1

    def choose(self, share: FloatArray, is_decided: BoolArray, wanted: float, lesser: Callable[[int], IntArray]) -> int:
        """Return the undecided column whose sides promise most, no gain counted beyond what is wanted; -1 when there is none.

        `lesser` names the columns that are closed with a column.
        """
        divided = np.flatnonzero((share > WHOLE) & (share < 1 - WHOLE) & ~is_decided)
        if len(divided) == 0:
            return -1 if is_decided.all() else int(np.argmax(np.where(is_decided, -1.0, share)))
        promise = self._promise(divided, share[divided], wanted)
        value, n_tried, n_worse = float(share.sum()), 0, 0
        best, most = int(divided[0]), -1.0
        for place in np.argsort(-promise, kind="stable"):
            column, score = int(divided[place]), float(promise[place])
            if self.count[:, column].min() < RELIABLE and n_tried < PROBED:
                n_tried += 1
                score = self._tried(column, lesser(column), float(share[column]), value, wanted)
            n_worse = 0 if score > most else n_worse + 1
            best, most = (column, score) if score > most else (best, most)
            if n_worse >= LOOKAHEAD:
                break
        return best

    def _promise(self, divided: IntArray, share: FloatArray, wanted: float) -> FloatArray:
        """Return the product of both expected gains; columns without history are expected to do what the others did."""
        score = np.ones(len(divided))
        for side, step in ((0, 1 - share), (1, share)):
            known = self.count[side] > 0
            mean = float((self.total[side, known] / self.count[side, known]).mean()) if known.any() else 1.0
            rate = (self.total[side, divided] + mean) / (self.count[side, divided] + 1)
            score *= np.minimum(rate * step, wanted) + LEAST_GAIN
        return score

    def _tried(self, column: int, beside: IntArray, share: float, value: float, wanted: float) -> float:
        """Return the product of both gains as a few simplex steps show them."""
        score = 1.0
        for side, rise in enumerate(self.program.probe(column, beside, PROBE_STEPS)):
            gain = min(max(rise - value, 0.0), wanted)
            self.note(column, side, gain, share if side else 1 - share)
            score *= gain + LEAST_GAIN
        return score
