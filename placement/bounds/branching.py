"""Where to branch: what opening and closing each column did to the value so far."""

from __future__ import annotations

import numpy as np

from placement.core.types import FloatArray, IntArray

LEAST_GAIN = 1e-4
WHOLE = 1e-6
RELIABLE = 2


class Gains:
    """The mean gain of the value for each unit by which a column's share was pushed up (opened) or down (closed).

    References
    ----------
    T. Achterberg, T. Koch, A. Martin, "Branching rules revisited", Oper. Res. Lett. 33 (2005) 42-54, doi
    10.1016/j.orl.2004.04.002, section 2 (pseudocosts, the product of both sides).
    """

    def __init__(self, m: int) -> None:
        self.total, self.count = np.zeros((2, m)), np.zeros((2, m))

    def note(self, column: int, side: int, gain: float, step: float) -> None:
        """Learn that opening (side 0) or closing (side 1) a column gained so much over this step of its share."""
        self.total[side, column] += max(gain, 0.0) / max(step, WHOLE)
        self.count[side, column] += 1

    def promise(self, share: FloatArray, wanted: float) -> tuple[IntArray, FloatArray]:
        """Return the divided columns and what branching on each promises: the product of both gains, none beyond what is wanted.

        Columns without history promise the mean of all others.
        """
        divided = np.flatnonzero((share > WHOLE) & (share < 1 - WHOLE))
        step = np.stack([1 - share[divided], share[divided]])
        score = np.ones(len(divided))
        for side in (0, 1):
            known = self.count[side] > 0
            mean = float((self.total[side, known] / self.count[side, known]).mean()) if known.any() else 1.0
            seen = self.count[side, divided]
            rate = (self.total[side, divided] + mean) / (seen + 1)
            score *= np.minimum(rate * step[side], wanted) + LEAST_GAIN
        return divided, score

    def is_known(self, column: int) -> bool:
        """Whether both sides of a column have been seen often enough to be trusted."""
        return bool(self.count[:, column].min() >= RELIABLE)
