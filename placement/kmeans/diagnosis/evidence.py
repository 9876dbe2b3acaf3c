"""What every diagnosis looks at and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Evidence(NamedTuple):
    """A clustering and its samples, those set aside or without weight left out.

    Parameters
    ----------
    points : ndarray of shape (n, d)
        Counted from an origin near them.
    weights : ndarray of shape (n,)
        Above 0.
    labels : ndarray of shape (n,)
        0..k−1.
    centers : ndarray of shape (k, d)
        Counted from the same origin.
    """

    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    labels: NDArray[np.int64]
    centers: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a careful user wants to know.

    Parameters
    ----------
    kind : str
        "scale", "pulled centre", "outlier cluster", "elongated", "unequal", "starts disagree", "wrong shape" or "hollow".
    text : str
        What it is and what to do, in plain words with the number in them.
    value : float
        The number behind it.
    limit : float
        The value past which it is said.
    """

    kind: str
    text: str
    value: float
    limit: float
