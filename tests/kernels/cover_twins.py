"""Slow twins of the kernels for covering problems, in plain Python: everything is computed anew at every step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
MASK = (1 << 64) - 1


def containment_twin(holds: Bools) -> tuple[Bools, Bools]:
    """Return is_within and is_holding of the sets in the columns of a matrix (items, sets)."""
    m = holds.shape[1]
    within, holding = np.zeros(m, dtype=bool), np.zeros(m, dtype=bool)
    for a in range(m):
        within[a] = not holds[:, a].any()
        for b in range(m):
            if a == b or not holds[:, a].any() or (holds[:, a] & ~holds[:, b]).any():
                continue
            is_equal = (holds[:, a] == holds[:, b]).all()
            within[a] |= not is_equal or b < a
            holding[b] |= not is_equal or a < b
    return within, holding


class RandomTwin:
    """xoshiro256++ with splitmix64 seeding, in Python's whole numbers."""

    def __init__(self, seed: int) -> None:
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def uniform(self) -> float:
        """Return the next number in [0, 1)."""
        s = self.state
        rotated = (s[0] + s[3]) & MASK
        result = (((rotated << 23) | (rotated >> 41)) + s[0]) & MASK
        carried = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= carried
        s[3] = ((s[3] << 45) | (s[3] >> 19)) & MASK
        return (result >> 11) * 2.0**-53


class SearchTwin:
    """The search for p columns of a matrix (rows, columns); rows that lack columns are kept in the order of the kernel."""

    def __init__(self, covers: Bools, need: NDArray[np.int64], p: int, seed: int) -> None:
        self.covers, self.need, self.p, self.random = covers, need, p, RandomTwin(seed)
        self.weight = np.ones(len(need), dtype=np.int64)
        self.chosen: list[int] = []
        self.lacking = [int(i) for i in np.flatnonzero(need > 0)]
        self.last_in = self.last_out = -1
        while len(self.chosen) < min(p, covers.shape[1]):
            gains = [
                -1 if j in self.chosen else self.cost([*self.chosen]) - self.cost([*self.chosen, j])
                for j in range(covers.shape[1])
            ]
            self.open(int(np.argmax(gains)))
        self.best, self.best_shortage = list(self.chosen), self.shortage

    def lack(self, chosen: list[int]) -> NDArray[np.int64]:
        """Return how many columns each row lacks."""
        return np.maximum(self.need - self.covers[:, chosen].sum(axis=1), 0)

    def cost(self, chosen: list[int]) -> int:
        """Return the weighted shortage."""
        return int((self.weight * self.lack(chosen)).sum())

    @property
    def shortage(self) -> int:
        """Return the plain shortage."""
        return int(self.lack(self.chosen).sum())

    def open(self, column: int) -> None:
        """Open a column; rows that have enough leave the list, the last one takes their place."""
        self.chosen.append(column)
        lack = self.lack(self.chosen)
        for row in np.flatnonzero(self.covers[:, column]):
            if row in self.lacking and lack[row] == 0:
                place = self.lacking.index(row)
                self.lacking[place] = self.lacking[-1]
                self.lacking.pop()

    def close(self, place: int) -> None:
        """Close a column; rows that lack it now join the list."""
        column = self.chosen.pop(place)
        lack = self.lack(self.chosen)
        self.lacking += [int(row) for row in np.flatnonzero(self.covers[:, column]) if lack[row] > 0 and row not in self.lacking]

    def step(self) -> None:
        """Make the best swap for a row drawn among those that lack a column."""
        row = self.lacking[int(self.random.uniform() * len(self.lacking))]
        best, n_equal, now = (2**62, -1, -1), 0, self.cost(self.chosen)
        for column in np.flatnonzero(self.covers[row]):
            if column in self.chosen or column == self.last_out:
                continue
            for place, out in enumerate(self.chosen):
                if out == self.last_in:
                    continue
                change = self.cost([*self.chosen[:place], *self.chosen[place + 1 :], int(column)]) - now
                if change > best[0]:
                    continue
                n_equal = n_equal + 1 if change == best[0] else 1
                if n_equal == 1 or self.random.uniform() * n_equal < 1.0:
                    best = (change, int(column), place)
        change, column, place = best
        if column < 0 or change >= 0:
            self.weight[self.lacking] += 1
        self.last_in, self.last_out = column, self.chosen[place] if column >= 0 else -1
        if column >= 0:
            self.close(place)
            self.open(column)
            if self.shortage < self.best_shortage:
                self.best, self.best_shortage = list(self.chosen), self.shortage
