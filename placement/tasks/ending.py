"""How a search of a task ended, and what to say when it was stopped early."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from placement.progress import Watch

Status = Literal["feasible", "time_limit", "interrupted"]
"""feasible: all the work that was asked for was done."""

_BY = {"time_limit": "stopped by its time limit", "interrupted": "interrupted"}


def status_of(watch: Watch) -> Status:
    """Return how a search ended that stopped when its watch said so."""
    return watch.stop_reason() or "feasible"


def warning_of(status: Status, outcome: str) -> tuple[str, ...]:
    """Return the sentence that a user must hear when the search was stopped.

    Parameters
    ----------
    status : {"feasible", "time_limit", "interrupted"}
        How the search ended.
    outcome : str
        What was searched for.

    Returns
    -------
    tuple of str
        One sentence, or none.

    Examples
    --------
    >>> warning_of("interrupted", "colours")
    ('The search was interrupted; these are the best colours it had found.',)
    """
    return () if status == "feasible" else (f"The search was {_BY[status]}; these are the best {outcome} it had found.",)
