"""How many threads a kernel may use."""

from __future__ import annotations

import os


def count_threads(n_threads: int | None = None) -> int:
    """Return the number of threads to use: what was asked for, or every processor this process may run on.

    Parameters
    ----------
    n_threads : int, optional
        At least 1; None for all available processors. No kernel's result depends on it.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If `n_threads` is below 1.

    Examples
    --------
    >>> count_threads(3)
    3
    >>> count_threads() >= 1
    True
    """
    if n_threads is not None:
        if n_threads < 1:
            raise ValueError(f"n_threads must be at least 1 or None, got {n_threads}")
        return int(n_threads)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
