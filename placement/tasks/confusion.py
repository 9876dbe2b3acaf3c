"""How well groups that were found agree with groups that are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """Known groups against found ones.

    Parameters
    ----------
    groups : tuple of str
        The known groups.
    found : tuple of str
        The found ones.
    counts : ndarray of shape (groups, found)
        Rows in both.
    """

    groups: tuple[str, ...]
    found: tuple[str, ...]
    counts: NDArray[np.int64]

    @property
    def agreement(self) -> float:
        """Share of rows that are right when each found group is taken for the known one that most of it belongs to."""
        return float(self.counts.max(axis=0).sum() / self.counts.sum())

    @property
    def adjusted_rand(self) -> float:
        """Agreement of pairs beyond chance: 1 when the groups are the same, about 0 when they have nothing in common.

        L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2, 1985, equation 5.
        """
        both = _pairs(self.counts).sum()
        known, found = _pairs(self.counts.sum(axis=1)).sum(), _pairs(self.counts.sum(axis=0)).sum()
        by_chance = known * found / max(float(_pairs(self.counts.sum())), 1.0)
        most = (known + found) / 2
        return 1.0 if most == by_chance else float((both - by_chance) / (most - by_chance))


def confusion(groups: tuple[str, ...], truth: NDArray[np.intp], found: tuple[str, ...], labels: NDArray[np.integer]) -> Confusion:
    """Count rows by known and found group.

    Parameters
    ----------
    groups, found : tuple of str
        Names of the known and the found groups.
    truth, labels : ndarray of shape (n,)
        Positions in them; rows with the label −1 are left out.

    Returns
    -------
    Confusion
        The table.

    Examples
    --------
    >>> table = confusion(("a", "b"), np.array([0, 0, 1, 1]), ("S1", "S2"), np.array([0, 0, 1, 0]))
    >>> table.counts.tolist(), table.agreement
    ([[2, 0], [1, 1]], 0.75)
    """
    kept = labels >= 0
    cells = np.bincount(truth[kept] * len(found) + labels[kept], minlength=len(groups) * len(found))
    return Confusion(groups, found, cells.reshape(len(groups), len(found)))


def cut_into_bands(
    values: NDArray[np.float64], groups: tuple[str, ...], truth: NDArray[np.intp]
) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Cut one feature into bands: the most that somebody could know who sorts customers by it and knows the groups' sizes.

    Parameters
    ----------
    values : ndarray of shape (n,)
        The feature.
    groups : tuple of str
        Names of the known groups.
    truth : ndarray of shape (n,)
        Position of each row's group.

    Returns
    -------
    names : tuple of str
        One band for each group, from the lowest values to the highest.
    labels : ndarray of shape (n,)
        Band of each row. Band i is as large as the group whose mean is the i-th smallest; ties keep the order of the rows.

    Examples
    --------
    >>> cut_into_bands(np.array([5.0, 1.0, 9.0]), ("big", "small"), np.array([0, 1, 0]))
    (('band 1 (as many as small)', 'band 2 (as many as big)'), array([1, 0, 1]))
    """
    sizes = np.bincount(truth, minlength=len(groups))
    means = np.bincount(truth, values, minlength=len(groups)) / np.maximum(sizes, 1)
    order = np.argsort(means, kind="stable")
    labels = np.empty(len(values), dtype=np.intp)
    labels[np.argsort(values, kind="stable")] = np.repeat(np.arange(len(groups)), sizes[order])
    return tuple(f"band {rank + 1} (as many as {groups[at]})" for rank, at in enumerate(order)), labels


def _pairs(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    numbers = np.asarray(counts, dtype=np.float64)
    return numbers * (numbers - 1) / 2
