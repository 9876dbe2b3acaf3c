"""From a `random_state` to one 64-bit seed a start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RandomState = int | np.integer | np.random.Generator | np.random.RandomState | None
"""What scikit-learn users pass as `random_state`, and NumPy generators."""


def draw_seeds(random_state: RandomState, n_seeds: int) -> NDArray[np.uint64]:
    """Return one seed a start; asking for more of the same state keeps the first ones.

    Parameters
    ----------
    random_state : int, numpy Generator, numpy RandomState or None
        An int of at least 0 gives the same seeds each time; a generator moves on; None is fresh each time.
    n_seeds : int
        How many, at least 1.

    Returns
    -------
    ndarray of shape (n_seeds,), uint64
        Independent seeds.

    Raises
    ------
    ValueError
        If `random_state` is none of these.

    Examples
    --------
    >>> bool(np.all(draw_seeds(7, 5)[:3] == draw_seeds(7, 3)))
    True
    """
    if isinstance(random_state, np.random.RandomState):
        return random_state.randint(0, 2**64, size=n_seeds, dtype=np.uint64)
    is_seed = isinstance(random_state, int | np.integer) and not isinstance(random_state, bool) and random_state >= 0
    if random_state is None or is_seed or isinstance(random_state, np.random.Generator):
        return np.random.default_rng(random_state).integers(0, 2**64, size=n_seeds, dtype=np.uint64)
    raise ValueError(
        f"random_state must be None, an int of at least 0, or a numpy Generator or RandomState, got {random_state!r}"
    )
