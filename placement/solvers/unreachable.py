"""How errors name demand points."""

from __future__ import annotations

from placement.core.types import IntArray

NAMED = 20
"""So many points are named, the rest counted."""


def named(ids: tuple[str, ...], index: IntArray) -> str:
    """Return the names at these positions, in order of the names, as text: at most 20, then how many more.

    Examples
    --------
    >>> import numpy as np
    >>> named(("b", "a", "c"), np.array([0, 1]))
    'a, b'
    """
    names = sorted(ids[i] for i in index)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
